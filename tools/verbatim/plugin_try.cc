// SPDX-License-Identifier: Apache-2.0
#include "tools/verbatim/plugin_try.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "core/archive/trying.h"
#include "core/base/time_point.h"
#include "core/ingest/inputs.h"
#include "core/ingest/text_reader.h"
#include "core/schema/json.h"
#include "tools/verbatim/published_table.h"
#include "verbatim/v1/date.pb.h"

namespace verbatim::tool {
namespace {

struct Arguments {
  std::string what;
  std::vector<std::string> files;
  std::string published;
  std::string table;
  std::string not_after;
  bool infer_published = false;
  bool explain = false;
};

schema::Record SpanRow(const v1::TextSpan& span) {
  return schema::Record()
      .Add("begin_byte", span.begin_byte())
      .Add("end_byte", span.end_byte())
      .Add("begin_char", span.begin_char())
      .Add("end_char", span.end_char())
      .Add("exact", span.exact());
}

schema::Record RowOf(const std::string& file, const archive::Tryout& tryout,
                     const v1::Proposal& proposal) {
  schema::List spans;
  for (const v1::TextSpan& span : proposal.spans()) spans.emplace_back(SpanRow(span));
  return schema::Record()
      .Add("file", file)
      .Add("plugin", tryout.annotator().plugin)
      .Add("type", proposal.body().type())
      .Add("spans", std::move(spans))
      .Add("confidence", proposal.confidence())
      .Add("body",
           schema::BodyValue(tryout.registry(), proposal.body().type(), proposal.body().value()));
}

void Explain(const std::string& file, const v1::Proposal& proposal) {
  const v1::TextSpan& first = proposal.spans(0);
  std::printf("%s:%u-%u  %s\n", file.c_str(), first.begin_char(),
              proposal.spans(proposal.spans_size() - 1).end_char(), first.exact().c_str());
  for (const std::string& line : proposal.explanation()) std::printf("    %s\n", line.c_str());
}

// {"file","lo","hi","best","candidates","why"}; nothing for a text that tells no day.
void WriteInferred(const std::string& file, const std::vector<v1::Proposal>& proposals,
                   schema::RowWriter& rows) {
  for (const v1::Proposal& proposal : proposals) {
    v1::DocumentDate date;
    if (proposal.body().type() != date.GetTypeName() ||
        !date.ParseFromString(proposal.body().value()))
      continue;
    schema::List candidates;
    for (const auto& candidate : date.candidates())
      candidates.emplace_back(schema::ToRecord(candidate));
    rows.Write(schema::Record()
                   .Add("file", file)
                   .Add("lo", date.lo())
                   .Add("hi", date.hi())
                   .Add("best", date.best())
                   .Add("candidates", std::move(candidates))
                   .Add("why", date.why()));
  }
}

class Trying {
 public:
  Trying(const Cli& cli, const Arguments& arguments, archive::Tryout& tryout, PublishedTable table)
      : arguments_(arguments), tryout_(tryout), table_(std::move(table)) {
    const std::vector<schema::Column> inferred = {
        {"file"}, {"best"}, {"lo"}, {"hi"}, {"why", "", schema::Role::kText}};
    const std::vector<schema::Column> found = {{"file"},
                                               {"type"},
                                               {"spans.exact", "text", schema::Role::kText},
                                               {"confidence"},
                                               {"body", "", schema::Role::kText}};
    rows_ = cli.Rows(arguments.infer_published ? inferred : found, &tryout.registry());
  }

  absl::Status Take(const ingest::Input& input) {
    const std::string file = input.path.filename().string();
    VB_ASSIGN_OR_RETURN(const std::string text, ingest::ReadInput(input));
    VB_RETURN_IF_ERROR(ingest::CheckPlainText(text));
    std::string published =
        arguments_.published.empty() ? table_.Find(input.name()).published : arguments_.published;
    if (arguments_.infer_published) published.clear();
    VB_ASSIGN_OR_RETURN(
        const archive::TriedText tried,
        tryout_.Try(text, published, arguments_.not_after, arguments_.infer_published));
    if (arguments_.infer_published) {
      WriteInferred(file, tried.proposals, *rows_);
      return absl::OkStatus();
    }
    for (const v1::Proposal& proposal : tried.proposals) {
      if (arguments_.explain) {
        Explain(file, proposal);
      } else {
        rows_->Write(RowOf(file, tryout_, proposal));
      }
    }
    for (const plugin::LogLine& line : tried.log)
      Cli::Complain(absl::StrCat(file, ": ", line.text));
    return absl::OkStatus();
  }

  void Finish() {
    if (!arguments_.explain) rows_->Finish();
  }

 private:
  const Arguments& arguments_;
  archive::Tryout& tryout_;
  PublishedTable table_;
  std::unique_ptr<schema::RowWriter> rows_;
};

absl::StatusOr<Exit> Run(const Cli& cli, const Arguments& arguments) {
  if (arguments.files.empty())
    return absl::InvalidArgumentError("name at least one text file to try the plugin on");
  if (!arguments.published.empty())
    VB_RETURN_IF_ERROR(base::ParsePublished(arguments.published).status());
  archive::Options options;
  options.in_process = cli.in_process;
  VB_ASSIGN_OR_RETURN(const auto tryout, archive::Tryout::Make(arguments.what, options));
  PublishedTable table;
  if (!arguments.table.empty()) {
    VB_ASSIGN_OR_RETURN(table, PublishedTable::Read(arguments.table));
  }
  std::vector<ingest::Input> inputs = ingest::ListInputs(arguments.files);
  std::stable_sort(inputs.begin(), inputs.end(),
                   [](const ingest::Input& a, const ingest::Input& b) {
                     return a.path.filename() < b.path.filename();
                   });
  Trying trying(cli, arguments, *tryout, std::move(table));
  Exit code = kDone;
  for (const ingest::Input& input : inputs) {
    const absl::Status status = trying.Take(input);
    if (status.ok()) continue;
    Cli::Complain(absl::StrCat(input.name(), ": ", status.message()));
    code = kSomeFailed;
  }
  trying.Finish();
  return code;
}

}  // namespace

void AddPluginTry(CLI::App& group, Cli& cli) {
  CLI::App* verb = AddVerb(group, "try", "Run an annotator on text files, with no archive",
                           "verbatim plugin try dates --published 2021-10-20 talks.txt --explain");
  auto arguments = SetRun(verb, cli, &Run);
  verb->add_option("plugin", arguments->what, "NAME of a built-in plugin, or FILE.so")->required();
  verb->add_option("file", arguments->files, "Text files");
  verb->add_option("--published", arguments->published,
                   "Day or instant of publication of every file");
  verb->add_option("--published-from", arguments->table, "Table with lines file<TAB>date")
      ->check(CLI::ExistingFile);
  verb->add_option("--not-after", arguments->not_after, "Day after which nothing was published");
  verb->add_flag("--infer-published", arguments->infer_published,
                 "Print what the text tells of its own date instead");
  verb->add_flag("--explain", arguments->explain, "A line of reasons for each");
}

}  // namespace verbatim::tool
