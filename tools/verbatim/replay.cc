// SPDX-License-Identifier: Apache-2.0
// verbatim replay: views built anew from the log, or compared with a build from zero.
#include <CLI/CLI.hpp>
#include <optional>

#include "absl/strings/str_cat.h"
#include "core/archive/views.h"
#include "core/base/hex.h"
#include "tools/verbatim/cli.h"
#include "tools/verbatim/points.h"
#include "tools/verbatim/progress.h"

namespace verbatim::tool {
namespace {

struct Arguments {
  std::vector<std::string> views;
  std::string to;
  bool verify = false;
};

absl::StatusOr<schema::Record> ReplayOne(archive::Views& views, const std::string& name,
                                         std::optional<uint64_t> to, bool verify) {
  schema::Record row;
  row.Add("view", name);
  if (!verify) {
    VB_ASSIGN_OR_RETURN(const v1::ViewCheckpoint checkpoint, views.Rebuild(name, to));
    row.Add("sequence", checkpoint.sequence())
        .Add("result", checkpoint.stalled_at() == 0 ? "rebuilt" : "stalled")
        .Add("rows", checkpoint.rows())
        .Add("digest", base::ToHex(checkpoint.digest()))
        .Add("what", checkpoint.stalled_why());
    return row;
  }
  VB_ASSIGN_OR_RETURN(const archive::ViewVerification verified, views.Verify(name, to));
  row.Add("sequence", verified.sequence)
      .Add("result", verified.agrees ? "agrees" : "DIFFERS")
      .Add("digest", base::ToHex(verified.digest))
      .Add("what", verified.what);
  return row;
}

absl::StatusOr<Exit> Run(const Cli& cli, const Arguments& arguments) {
  VB_ASSIGN_OR_RETURN(const auto archive, cli.Open(archive::Access::kRead));
  std::optional<uint64_t> to;
  if (!arguments.to.empty()) {
    VB_ASSIGN_OR_RETURN(to, SequenceAt(*archive, arguments.to));
  }
  Progress progress("events", cli.quiet);
  archive::Views views(*archive, [&](std::string_view view, uint64_t sequence, uint64_t target) {
    progress.Show(sequence, target, view);
  });
  const std::vector<std::string> names =
      arguments.views.empty() ? archive->catalog().ViewNames() : arguments.views;
  const auto rows = cli.Rows({{"view"},
                              {"sequence"},
                              {"result"},
                              {"digest", "", schema::Role::kId},
                              {"what", "", schema::Role::kText}});
  Exit code = kDone;
  for (const std::string& name : names) {
    const auto row = ReplayOne(views, name, to, arguments.verify);
    progress.Clear();
    VB_RETURN_IF_ERROR(row.status());
    const std::string result = schema::TextOf(*row->Find("result"));
    if (result == "DIFFERS" || result == "stalled") code = kNegative;
    rows->Write(*row);
  }
  rows->Finish();
  return code;
}

}  // namespace

void AddReplay(CLI::App& app, Cli& cli) {
  CLI::App* verb =
      AddVerb(app, "replay", "Build views anew from the log, or compare them with such a build",
              "verbatim replay --verify");
  auto arguments = SetRun(verb, cli, &Run);
  verb->add_option("view", arguments->views, "Names of views; none: all");
  verb->add_option("--to", arguments->to, "Up to this sequence or time");
  verb->add_flag("--verify", arguments->verify,
                 "Fold into scratch and compare; exit 1 when they differ");
}

}  // namespace verbatim::tool
