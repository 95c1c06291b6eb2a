// SPDX-License-Identifier: Apache-2.0
#include "tools/verbatim/plugin_try.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/archive/plugin_config.h"
#include "core/archive/plugins.h"
#include "core/archive/scratch.h"
#include "core/archive/trying.h"
#include "core/base/files.h"
#include "core/base/limits.h"
#include "core/base/time_point.h"
#include "core/ingest/inputs.h"
#include "core/ingest/text_reader.h"
#include "core/schema/json.h"
#include "core/view/query.h"
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
  std::string config;  // a file
  std::string view;
  std::string events;  // a file
  bool rows = false;
};

schema::Record SpanRow(const v1::TextSpan& span) {
  return schema::Record()
      .Add("begin_byte", span.begin_byte())
      .Add("end_byte", span.end_byte())
      .Add("begin_char", span.begin_char())
      .Add("end_char", span.end_char())
      .Add("exact", span.exact());
}

// `text`: what a table shows in place of the spans.
schema::Record RowOf(const std::string& file, const archive::Tryout& tryout,
                     const v1::Proposal& proposal, bool text) {
  schema::List spans;
  for (const v1::TextSpan& span : proposal.spans()) spans.emplace_back(SpanRow(span));
  schema::Record row;
  row.Add("file", file)
      .Add("plugin", tryout.annotator().plugin)
      .Add("type", proposal.body().type())
      .Add("spans", std::move(spans))
      .Add("confidence", proposal.confidence())
      .Add("body",
           schema::BodyValue(tryout.registry(), proposal.body().type(), proposal.body().value()));
  if (text) row.Add("text", proposal.spans(0).exact());
  return row;
}

void Explain(const std::string& file, const v1::Proposal& proposal) {
  const v1::TextSpan& first = proposal.spans(0);
  const auto show = [](const std::string& text) { return schema::Shorten(text, 0); };
  std::printf("%s:%u-%u  %s\n", file.c_str(), first.begin_char(),
              proposal.spans(proposal.spans_size() - 1).end_char(), show(first.exact()).c_str());
  for (const std::string& line : proposal.explanation())
    std::printf("    %s\n", show(line).c_str());
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
                                               {"text", "", schema::Role::kText},
                                               {"confidence"},
                                               {"body", "", schema::Role::kText}};
    table_only_ = cli.Format() == schema::Format::kTable;
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
        explained_ = explained_ || !proposal.explanation().empty();
        found_ = true;
      } else {
        rows_->Write(RowOf(file, tryout_, proposal, table_only_));
      }
    }
    for (const plugin::LogLine& line : tried.log)
      Cli::Complain(absl::StrCat(file, ": ", line.text));
    return absl::OkStatus();
  }

  void Finish() {
    if (!arguments_.explain) rows_->Finish();
    if (found_ && !explained_)
      Cli::Complain("it gives no reasons: proposal.add_explanation(\"...\") adds a line of them");
  }

 private:
  const Arguments& arguments_;
  archive::Tryout& tryout_;
  PublishedTable table_;
  std::unique_ptr<schema::RowWriter> rows_;
  bool table_only_ = false;
  bool found_ = false;  // something to explain
  bool explained_ = false;
};

absl::StatusOr<std::string> ConfigOf(const Arguments& arguments, const plugin::PluginFile& file) {
  if (arguments.config.empty()) return std::string();
  VB_ASSIGN_OR_RETURN(const std::string text,
                      base::ReadFile(arguments.config, limits::kBodyBytesMax));
  absl::StatusOr<std::string> config = archive::ReadConfig(file, text);
  return config.ok() ? config : base::WithContext(config.status(), arguments.config);
}

// By name, whatever the order in which they were given.
std::vector<ingest::Input> InputsOf(const Arguments& arguments) {
  std::vector<ingest::Input> inputs = ingest::ListInputs(arguments.files);
  std::stable_sort(inputs.begin(), inputs.end(),
                   [](const ingest::Input& a, const ingest::Input& b) {
                     return a.path.filename() < b.path.filename();
                   });
  return inputs;
}

absl::StatusOr<PublishedTable> TableOf(const Arguments& arguments) {
  if (arguments.table.empty()) return PublishedTable();
  return PublishedTable::Read(arguments.table);
}

// The log that a view is tried on: of the texts or events that were named, else of the archive.
absl::StatusOr<std::unique_ptr<archive::Scratch>> ScratchOf(
    const Cli& cli, const Arguments& arguments, const plugin::PluginFile& file,
    std::unique_ptr<archive::Archive>* opened) {
  archive::Options options;
  VB_ASSIGN_OR_RETURN(std::string config, ConfigOf(arguments, file));
  if (!arguments.events.empty()) {
    VB_ASSIGN_OR_RETURN(const std::string events,
                        base::ReadFile(arguments.events, limits::kPluginBytesMax));
    auto scratch = archive::Scratch::OfEvents(file, std::move(config), events, options);
    if (!scratch.ok()) return base::WithContext(scratch.status(), arguments.events);
    return scratch;
  }
  if (arguments.files.empty()) {
    VB_ASSIGN_OR_RETURN(*opened, cli.Open(archive::Access::kRead));
    return archive::Scratch::OfArchive(file, std::move(config), **opened);
  }
  VB_ASSIGN_OR_RETURN(const PublishedTable table, TableOf(arguments));
  std::vector<archive::ScratchText> texts;
  for (const ingest::Input& input : InputsOf(arguments)) {
    archive::ScratchText& text = texts.emplace_back();
    text.name = input.name();
    VB_ASSIGN_OR_RETURN(text.text, ingest::ReadInput(input));
    text.published =
        arguments.published.empty() ? table.Find(input.name()).published : arguments.published;
  }
  return archive::Scratch::OfTexts(file, std::move(config), texts, options);
}

absl::StatusOr<Exit> TryView(const Cli& cli, const Arguments& arguments,
                             const plugin::PluginFile& file) {
  if (file.manifest.views().empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat("plugin ", file.manifest.name(), " has no view to try"));
  }
  std::unique_ptr<archive::Archive> opened;  // outlives what folds its log
  VB_ASSIGN_OR_RETURN(const auto scratch, ScratchOf(cli, arguments, file, &opened));
  archive::Scratch::How how;
  how.on_log = [](const plugin::LogLine& line) { Cli::Complain(line.text); };
  VB_ASSIGN_OR_RETURN(
      const auto generation,
      scratch->Fold(arguments.view.empty() ? file.manifest.views(0).name() : arguments.view, how));
  schema::Registry registry;
  VB_ASSIGN_OR_RETURN(const view::Answer answer, view::Ask(*generation, registry, {}));
  VB_ASSIGN_OR_RETURN(std::vector<schema::Column> columns,
                      view::ColumnsOf(*generation, registry, 0));
  const auto rows = cli.Rows(std::move(columns), &registry);
  for (const view::AnsweredRow& row : answer.rows) rows->Write(schema::Record(), *row.message);
  rows->Finish();
  return kDone;
}

// Nothing: an annotator is meant.
absl::StatusOr<std::optional<plugin::PluginFile>> TriedForRows(const Arguments& arguments) {
  const bool wanted = arguments.rows || !arguments.view.empty() || !arguments.events.empty();
  if (!absl::EndsWith(arguments.what, ".so")) {
    if (!wanted) return std::nullopt;
    VB_ASSIGN_OR_RETURN(plugin::PluginFile file,
                        plugin::ReadPlugin(archive::BuiltinFolder({}) / (arguments.what + ".so")));
    return file;
  }
  VB_ASSIGN_OR_RETURN(plugin::PluginFile file, plugin::ReadPlugin(arguments.what));
  if (wanted || file.manifest.annotators().empty()) return file;
  return std::nullopt;
}

absl::StatusOr<Exit> Run(const Cli& cli, const Arguments& arguments) {
  if (!arguments.published.empty())
    VB_RETURN_IF_ERROR(base::ParsePublished(arguments.published).status());
  VB_ASSIGN_OR_RETURN(const auto for_rows, TriedForRows(arguments));
  if (for_rows) return TryView(cli, arguments, *for_rows);
  if (arguments.files.empty())
    return absl::InvalidArgumentError("name at least one text file to try the plugin on");
  archive::Options options;
  options.in_process = cli.in_process;
  std::string config;
  if (!arguments.config.empty()) {
    VB_ASSIGN_OR_RETURN(const plugin::PluginFile file, plugin::ReadPlugin(arguments.what));
    VB_ASSIGN_OR_RETURN(config, ConfigOf(arguments, file));
  }
  VB_ASSIGN_OR_RETURN(const auto tryout, archive::Tryout::Make(arguments.what, options, config));
  VB_ASSIGN_OR_RETURN(PublishedTable table, TableOf(arguments));
  const std::vector<ingest::Input> inputs = InputsOf(arguments);
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
  CLI::App* verb =
      AddVerb(group, "try", "Run an annotator, or fold a view, on text files, with no archive",
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
  verb->add_option("--view", arguments->view,
                   "Rows of this view instead: over the texts, --events, or the archive's log");
  verb->add_flag("--rows", arguments->rows, "The same, of its first view");
  verb->add_option("--events", arguments->events,
                   "Events to fold, as 'verbatim log --format jsonl' prints them");
  verb->add_option("--config", arguments->config,
                   "Its configuration: a file of JSON or protobuf text format");
  verb->add_flag("--explain", arguments->explain, "A line of reasons for each");
}

}  // namespace verbatim::tool
