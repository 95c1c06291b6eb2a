// SPDX-License-Identifier: Apache-2.0
// verbatim reextract: texts made anew from the kept bytes.
#include <CLI/CLI.hpp>
#include <map>

#include "absl/strings/str_cat.h"
#include "core/archive/reextracting.h"
#include "core/base/hex.h"
#include "tools/verbatim/care.h"
#include "tools/verbatim/cli.h"
#include "tools/verbatim/names.h"
#include "tools/verbatim/progress.h"

namespace verbatim::tool {
namespace {

struct Arguments {
  archive::ReextractOptions options;
  std::vector<std::string> articles;
  bool no_annotate = false;
};

absl::StatusOr<Exit> Run(const Cli& cli, const Arguments& arguments) {
  using archive::ReextractAction;
  VB_ASSIGN_OR_RETURN(const auto archive, cli.Open(archive::Access::kWrite));
  archive::ReextractOptions options = arguments.options;
  options.annotate = !arguments.no_annotate;
  for (const std::string& name : arguments.articles) {
    VB_ASSIGN_OR_RETURN(options.articles.emplace_back(), ArticleNamed(*archive, name));
  }
  const auto rows = cli.Rows({{"action"},
                              {"article", "", schema::Role::kId},
                              {"revision"},
                              {"extractor_before", "before"},
                              {"extractor", "now"},
                              {"reason", "", schema::Role::kText}});
  Progress progress("articles", cli.quiet);
  std::map<ReextractAction, uint64_t> counts;
  const absl::Status status = archive::Reextract(
      *archive, options,
      [&](const archive::ReextractResult& result) {
        ++counts[result.action];
        // What stays as it is, is counted: it is nearly everything.
        if (result.action == ReextractAction::kUnchanged) return;
        progress.Clear();
        rows->Write(schema::Record()
                        .Add("action", std::string(ToText(result.action)))
                        .Add("article", base::ToHex(result.article))
                        .Add("revision", result.revision)
                        .Add("extractor_before", result.extractor_before)
                        .Add("extractor", result.extractor)
                        .Add("reason", result.reason));
      },
      [&](uint64_t done, uint64_t total) { progress.Show(done, total); });
  progress.Clear();
  rows->Finish();
  if (!status.ok()) return status;
  cli.Say(absl::StrCat(counts[ReextractAction::kReextracted],
                       options.dry_run ? " would be read anew, " : " read anew, ",
                       counts[ReextractAction::kUnchanged], " unchanged, ",
                       counts[ReextractAction::kFailed], " failed"));
  return counts[ReextractAction::kFailed] > 0 ? kSomeFailed : kDone;
}

}  // namespace

void AddReextract(CLI::App& app, Cli& cli) {
  CLI::App* verb =
      AddVerb(app, "reextract", "Make texts anew from the kept bytes, with the extractors of today",
              "verbatim reextract --dry-run");
  auto arguments = SetRun(verb, cli, &Run);
  verb->add_option("article", arguments->articles,
                   "ARTICLEs: id prefix, URL or file name; none: all");
  verb->add_flag("--dry-run", arguments->options.dry_run,
                 "Print which texts would change, and append nothing");
  verb->add_flag("--no-annotate", arguments->no_annotate,
                 "Only the texts; 'verbatim annotate' catches up");
  verb->add_option("--jobs", arguments->options.jobs, "Articles at once; 0: one a processor");
}

}  // namespace verbatim::tool
