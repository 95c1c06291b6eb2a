// SPDX-License-Identifier: Apache-2.0
// verbatim annotate: annotators over what they have not seen.
#include <CLI/CLI.hpp>

#include "absl/strings/str_cat.h"
#include "core/archive/annotating.h"
#include "core/base/hex.h"
#include "core/schema/json.h"
#include "tools/verbatim/cli.h"
#include "tools/verbatim/names.h"
#include "tools/verbatim/progress.h"

namespace verbatim::tool {
namespace {

schema::Record RowOf(const archive::AnnotateResult& result, const v1::RunCompleted& run) {
  const auto* outcomes = v1::RunCompleted::Outcome_descriptor();
  schema::Record row;
  row.Add("article", base::ToHex(result.article))
      .Add("plugin", run.plugin())
      .Add("annotator", run.annotator())
      .Add("version", run.version())
      .Add("outcome", schema::EnumText(*outcomes, run.outcome()))
      .Add("added", run.added())
      .Add("revised", run.revised())
      .Add("retracted", run.retracted())
      .Add("kept", run.kept())
      .Add("disputed", run.disputed())
      .Add("suppressed", run.suppressed())
      .Add("message", run.message());
  return row;
}

absl::StatusOr<int> Run(const Cli& cli, archive::AnnotateOptions options,
                        const std::vector<std::string>& articles) {
  VB_ASSIGN_OR_RETURN(const auto archive, cli.Open(archive::Access::kWrite));
  for (const std::string& name : articles) {
    VB_ASSIGN_OR_RETURN(options.articles.emplace_back(), ArticleNamed(*archive, name));
  }
  Progress progress("articles", cli.quiet);
  const auto rows = cli.Rows({{"article", "", schema::Role::kId},
                              {"annotator"},
                              {"version"},
                              {"outcome"},
                              {"added"},
                              {"revised"},
                              {"retracted"},
                              {"kept"},
                              {"disputed"},
                              {"suppressed"},
                              {"message", "", schema::Role::kText}});
  int code = kDone;
  uint64_t runs = 0;
  const absl::Status status = archive::Annotate(
      *archive, options,
      [&](const archive::AnnotateResult& result) {
        if (!result.failure.empty()) {
          Cli::Complain(
              absl::StrCat("article ", base::ToHex(result.article), ": ", result.failure));
          code = kSomeFailed;
        }
        for (const v1::RunCompleted& run : result.runs) {
          rows->Write(RowOf(result, run));
          ++runs;
          const bool done = run.outcome() == v1::RunCompleted::OUTCOME_COMPLETED ||
                            run.outcome() == v1::RunCompleted::OUTCOME_SKIPPED_LANGUAGE;
          if (!done) code = kSomeFailed;
        }
      },
      [&](uint64_t done, uint64_t total) { progress.Show(done, total); });
  progress.Clear();
  rows->Finish();
  if (!status.ok()) return status;
  cli.Say(runs == 0 ? "nothing was due" : absl::StrCat(runs, " runs"));
  return code;
}

}  // namespace

void AddAnnotate(CLI::App& app, Cli& cli) {
  CLI::App* verb = AddVerb(app, "annotate", "Run annotators over what they have not seen",
                           "verbatim annotate --plugin quotes");
  auto options = std::make_shared<archive::AnnotateOptions>();
  auto articles = std::make_shared<std::vector<std::string>>();
  verb->add_option("article", *articles, "ARTICLEs: id prefix, URL or file name; none: all");
  verb->add_option("--plugin", options->only_plugin, "Only this plugin's annotators");
  verb->add_flag("--force", options->force, "Run also what isn't due");
  verb->add_option("--jobs", options->jobs, "Articles at once; 0: one a processor");
  verb->callback([&cli, options, articles] {
    cli.run = [&cli, options, articles] {
      const auto code = Run(cli, *options, *articles);
      return code.ok() ? *code : Fail(code.status());
    };
  });
}

}  // namespace verbatim::tool
