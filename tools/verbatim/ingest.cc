// SPDX-License-Identifier: Apache-2.0
// verbatim ingest: articles in, annotated, a line an input.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <csignal>
#include <filesystem>
#include <map>

#include "absl/strings/str_cat.h"
#include "core/archive/ingest_input.h"
#include "core/archive/ingesting.h"
#include "core/base/hex.h"
#include "core/base/memory.h"
#include "core/base/time_point.h"
#include "core/ingest/inputs.h"
#include "core/ingest/language.h"
#include "tools/verbatim/cli.h"
#include "tools/verbatim/counts.h"
#include "tools/verbatim/names.h"
#include "tools/verbatim/progress.h"
#include "tools/verbatim/published_table.h"

namespace verbatim::tool {
namespace {

struct Arguments {
  std::vector<std::string> paths;
  ingest::Given given;
  std::string table;
  std::string table_published;
  std::string revises;
  bool no_annotate = false;
  bool erased_too = false;
  bool dry_run = false;
  unsigned jobs = 0;
};

absl::Status Check(const Arguments& arguments, size_t inputs) {
  if (!arguments.given.published.empty()) {
    VB_RETURN_IF_ERROR(base::ParsePublished(arguments.given.published).status());
  }
  const std::string& language = arguments.given.language;
  if (!language.empty() && !ingest::IsLanguageTag(language)) {
    return absl::InvalidArgumentError(
        absl::StrCat("--language ", language, " is no BCP 47 tag: en, pt-BR, zh-Hans"));
  }
  const bool names_one =
      !arguments.given.title.empty() || !arguments.given.url.empty() || !arguments.revises.empty();
  if (names_one && inputs != 1) {
    return absl::InvalidArgumentError(absl::StrCat(
        "--title, --url and --revises speak of one article, and here are ", inputs, " inputs"));
  }
  return absl::OkStatus();
}

// What the flags say, and where they are silent what the table says.
ingest::Given GivenFor(const Arguments& arguments, const PublishedTable& table,
                       const ingest::Input& input) {
  ingest::Given given = arguments.given;
  const ingest::Given row = table.Find(input.name());
  const bool only_dates = !arguments.table_published.empty();
  if (given.published.empty()) given.published = row.published;
  if (only_dates) return given;
  if (given.url.empty()) given.url = row.url;
  if (given.outlet.empty()) given.outlet = row.outlet;
  if (given.title.empty()) given.title = row.title;
  return given;
}

class Report {
 public:
  Report(const Cli& cli, const std::vector<ingest::Input>& inputs)
      : cli_(cli),
        rows_(cli.Rows({{"action"},
                        {"article", "", schema::Role::kId},
                        {"revision"},
                        {"annotations"},
                        {"input", "", schema::Role::kText},
                        {"record"},
                        {"reason", "", schema::Role::kText}})),
        progress_("articles", cli.quiet) {
    std::error_code error;
    for (const ingest::Input& input : inputs) {
      const uint64_t size = std::filesystem::file_size(input.path, error);
      if (!error) sizes_[input.name()] += size;
      if (!error) total_bytes_ += size;
    }
  }

  void Take(const archive::IngestResult& result) {
    ++counts_[std::string(archive::ToText(result.action))];
    schema::Record row;
    row.Add("input", result.input).Add("action", std::string(archive::ToText(result.action)));
    if (!result.place.record.empty()) row.Add("record", result.place.record);
    if (result.place.byte > 0) row.Add("byte", result.place.byte);
    if (result.place.line > 0) row.Add("line", result.place.line);
    if (!result.article.empty())
      row.Add("article", base::ToHex(result.article)).Add("revision", result.revision);
    row.Add("annotations", result.annotations).Add("reason", result.reason);
    const bool skipped = result.action == archive::IngestAction::kSkipped;
    // Every page of a crawl has its request: a program may want them, a reader doesn't.
    const bool shown = !skipped || result.place.record.empty() || cli_.format != "table";
    if (shown) rows_->Write(row);
    done_ += skipped ? 0 : 1;
    if (result.input != input_) {
      before_bytes_ += sizes_[input_];
      input_ = result.input;
    }
    const uint64_t inside = result.place.record.empty() ? sizes_[input_] : result.place.byte;
    progress_.ShowShare(done_,
                        static_cast<double>(before_bytes_ + inside) /
                            static_cast<double>(std::max<uint64_t>(total_bytes_, 1)),
                        Counts());
  }

  Exit Finish() {
    progress_.Clear();
    rows_->Finish();
    const std::string line = Counts();
    cli_.Say(line.empty() ? "nothing to ingest" : line);
    return counts_.contains("failed") ? kSomeFailed : kDone;
  }

 private:
  std::string Counts() const {
    return CountsLine(counts_, [](const std::string& action) { return action; });
  }

  const Cli& cli_;
  std::unique_ptr<schema::RowWriter> rows_;
  Progress progress_;
  size_t done_ = 0;
  // How far it is, by bytes of the inputs: how many articles they hold nobody knows before.
  std::map<std::string, uint64_t> sizes_;
  uint64_t total_bytes_ = 0;
  uint64_t before_bytes_ = 0;
  std::string input_;
  std::map<std::string, size_t> counts_;
};

absl::StatusOr<std::unique_ptr<archive::Archive>> OpenOrMake(const Cli& cli) {
  auto archive = cli.Open(archive::Access::kWrite);
  if (!absl::IsNotFound(archive.status())) return archive;
  VB_ASSIGN_OR_RETURN(
      auto made, archive::Archive::Create(cli.ArchiveFolder(), {.in_process = cli.in_process}));
  cli.Say(absl::StrCat("made archive ", cli.ArchiveFolder()));
  return made;
}

constexpr int kInterrupted = 130;

// Whoever interrupts is told what becomes of it. What is committed is whole at any moment.
extern "C" void TellAndLeave(int) {
  constexpr char kTold[] =
      "\nverbatim: interrupted; what was taken in is kept, the same command goes on from there\n";
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, kTold, sizeof kTold - 1);
  ::_exit(kInterrupted);
}

absl::StatusOr<Exit> Run(const Cli& cli, const Arguments& arguments) {
  base::KeepFreedMemory();
  const std::string& table_path =
      arguments.table.empty() ? arguments.table_published : arguments.table;
  std::vector<ingest::Input> inputs = ingest::ListInputs(arguments.paths);
  // The table that speaks of a folder's files often lies among them, and is no article.
  std::erase_if(inputs, [&](const ingest::Input& input) {
    std::error_code error;
    return !table_path.empty() && std::filesystem::equivalent(input.path, table_path, error);
  });
  VB_RETURN_IF_ERROR(Check(arguments, inputs.size()));
  PublishedTable table;
  if (!table_path.empty()) {
    VB_ASSIGN_OR_RETURN(table, PublishedTable::Read(table_path));
  }
  VB_ASSIGN_OR_RETURN(const auto archive, OpenOrMake(cli));
  archive::IngestOptions options;
  options.annotate = !arguments.no_annotate;
  options.erased_too = arguments.erased_too;
  options.dry_run = arguments.dry_run;
  options.jobs = arguments.jobs;
  if (!arguments.revises.empty()) {
    VB_ASSIGN_OR_RETURN(options.revises, ArticleNamed(*archive, arguments.revises));
  }
  std::signal(SIGINT, &TellAndLeave);
  Report report(cli, inputs);
  archive::Ingester ingester(*archive, options,
                             [&](const archive::IngestResult& result) { report.Take(result); });
  absl::Status status;
  for (const ingest::Input& input : inputs) {
    status = archive::IngestInput(*archive, ingester, input, GivenFor(arguments, table, input));
    if (!status.ok()) break;
  }
  if (status.ok()) status = ingester.Finish();
  std::signal(SIGINT, SIG_DFL);
  const Exit code = report.Finish();
  if (!status.ok()) return status;
  return code;
}

}  // namespace

void AddIngest(CLI::App& app, Cli& cli) {
  CLI::App* verb =
      AddVerb(app, "ingest", "Take articles in: files, folders, or - for standard input",
              "verbatim ingest --published 2021-10-20 talks.txt reports/");
  auto arguments = SetRun(verb, cli, &Run);
  verb->add_option("path", arguments->paths, "Files, folders, - for standard input")->required();
  verb->add_option("--published", arguments->given.published,
                   "Day (2021-10-20) or instant of publication");
  verb->add_option("--published-from", arguments->table_published, "Table with lines file<TAB>date")
      ->check(CLI::ExistingFile);
  verb->add_option("--metadata-from", arguments->table,
                   "Table with lines file<TAB>date<TAB>url<TAB>outlet<TAB>title")
      ->check(CLI::ExistingFile);
  verb->add_option("--url", arguments->given.url, "Where the article stands on the web");
  verb->add_option("--outlet,--source", arguments->given.outlet, "Who published it");
  verb->add_option("--title", arguments->given.title, "Its headline");
  verb->add_option("--language", arguments->given.language,
                   "BCP 47 tag, where the text is too short to tell");
  verb->add_option("--media-type", arguments->given.media_type,
                   "What the input is, where its content doesn't tell: text/plain, text/html, "
                   "application/warc, application/jsonl, application/rss+xml");
  verb->add_option("--revises", arguments->revises, "ARTICLE that this text is a new revision of");
  verb->add_flag("--no-annotate", arguments->no_annotate,
                 "Only take it in; 'verbatim annotate' catches up");
  verb->add_flag("--erased-too", arguments->erased_too,
                 "Take an article in again that was erased from this archive");
  verb->add_flag("--dry-run", arguments->dry_run, "Say what would happen and change nothing");
  verb->add_option("--jobs", arguments->jobs,
                   "Articles read and annotated at once; 0: one a processor");
}

}  // namespace verbatim::tool
