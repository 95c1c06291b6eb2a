// SPDX-License-Identifier: Apache-2.0
// verbatim annotate: annotators over what they have not seen.
#include <CLI/CLI.hpp>

#include "absl/strings/str_cat.h"
#include "core/archive/annotating.h"
#include "core/audit/changes.h"
#include "core/audit/summary.h"
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

struct Arguments {
  archive::AnnotateOptions options;
  std::vector<std::string> articles;
};

schema::Record RowOf(const archive::AnnotateResult& result, const archive::PlannedChange& change) {
  schema::Record row;
  row.Add("article", base::ToHex(result.article)).Add("who", change.who).Add("what", change.what);
  row.Add("annotation", base::ToHex(change.after->id)).Add("type", change.after->type());
  row.Add("text", audit::WordsOf(change.after->value->anchor));
  return row.Add("changes", audit::ChangesList(change.changes))
      .Add("change", change.what == "added" ? "" : audit::ChangesLine(change.changes));
}

absl::StatusOr<Exit> Plan(const Cli& cli, archive::Archive& archive,
                          const archive::AnnotateOptions& options) {
  using schema::Role;
  const auto rows = cli.Rows({{"article", "", Role::kId},
                              {"who"},
                              {"what"},
                              {"annotation", "", Role::kId, true},
                              {"type", "", Role::kText, true},
                              {"text", "", Role::kText},
                              {"change", "", Role::kText}});
  Exit code = kDone;
  VB_RETURN_IF_ERROR(archive::Annotate(
      archive, options,
      [&](const archive::AnnotateResult& result) {
        const std::string article = base::ShortId(result.article);
        if (!result.failure.empty()) {
          Cli::Complain(absl::StrCat("article ", article, ": ", result.failure));
          code = kSomeFailed;
        }
        for (const archive::PlannedChange& change : result.planned) {
          rows->Write(RowOf(result, change));
        }
        for (const v1::RunCompleted& run : result.runs) {
          cli.Say(absl::StrCat("article ", article, ", ", run.annotator(), " ", run.version(),
                               " would: ", audit::RunSummary(run)));
        }
      },
      [](uint64_t, uint64_t) {}));
  rows->Finish();
  return code;
}

absl::StatusOr<Exit> Run(const Cli& cli, const Arguments& arguments) {
  VB_ASSIGN_OR_RETURN(const auto archive, cli.Open(archive::Access::kWrite));
  archive::AnnotateOptions options = arguments.options;
  for (const std::string& name : arguments.articles) {
    VB_ASSIGN_OR_RETURN(options.articles.emplace_back(), ArticleNamed(*archive, name));
  }
  if (options.dry_run) return Plan(cli, *archive, options);
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
  Exit code = kDone;
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
  auto arguments = SetRun(verb, cli, &Run);
  verb->add_option("article", arguments->articles,
                   "ARTICLEs: id prefix, URL or file name; none: all");
  verb->add_option("--plugin", arguments->options.only_plugin, "Only this plugin's annotators");
  verb->add_flag("--force", arguments->options.force, "Run also what isn't due");
  verb->add_flag("--dry-run", arguments->options.dry_run,
                 "Print what would be added, revised, retracted, disputed, and append nothing");
  verb->add_option("--jobs", arguments->options.jobs, "Articles at once; 0: one a processor");
}

}  // namespace verbatim::tool
