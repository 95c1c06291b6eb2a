// SPDX-License-Identifier: Apache-2.0
// verbatim verify: is the log whole, and is it what was appended?
#include "core/log/verify.h"

#include <CLI/CLI.hpp>

#include "absl/strings/str_cat.h"
#include "core/base/hex.h"
#include "tools/verbatim/cli.h"

namespace verbatim::tool {
namespace {

struct Arguments {
  bool quick = false;
  bool tree = false;
  bool full = false;
  uint64_t since = 1;
};

schema::Record RowOf(const log::VerifyReport& report) {
  schema::Record row;
  row.Add("whole", report.whole)
      .Add("first_bad_sequence", report.first_bad_sequence)
      .Add("what", report.what)
      .Add("way_out", report.way_out)
      .Add("events", report.events)
      .Add("bodies", report.bodies)
      .Add("erased", report.erased)
      .Add("root", base::ToHex(report.root));
  return row;
}

void PrintForPeople(const log::VerifyReport& report) {
  if (report.whole) {
    std::printf("whole: %llu events, %llu bodies (%llu erased), root %s\n",
                static_cast<unsigned long long>(report.events),
                static_cast<unsigned long long>(report.bodies),
                static_cast<unsigned long long>(report.erased), base::ToHex(report.root).c_str());
    return;
  }
  std::printf("ALTERED");
  if (report.first_bad_sequence != 0) {
    std::printf(" at @%llu", static_cast<unsigned long long>(report.first_bad_sequence));
  }
  std::printf(": %s\n%s\n", report.what.c_str(), report.way_out.c_str());
}

absl::StatusOr<Exit> Run(const Cli& cli, const Arguments& arguments) {
  VB_ASSIGN_OR_RETURN(const auto archive, cli.Open(archive::Access::kRead));
  log::VerifyOptions options;
  options.level = arguments.quick  ? log::VerifyLevel::kQuick
                  : arguments.tree ? log::VerifyLevel::kTree
                                   : log::VerifyLevel::kFull;
  options.since = arguments.since;
  VB_ASSIGN_OR_RETURN(const log::VerifyReport report, log::Verify(archive->log(), options));
  if (cli.Format() == schema::Format::kTable) {
    PrintForPeople(report);
  } else {
    const auto rows = cli.Rows({});
    rows->Write(RowOf(report));
    rows->Finish();
  }
  return report.whole ? kDone : kNegative;
}

}  // namespace

void AddVerify(CLI::App& app, Cli& cli) {
  CLI::App* verb = AddVerb(app, "verify", "Is the log whole, and was nothing in it altered?",
                           "verbatim verify --full --format json");
  auto arguments = SetRun(verb, cli, &Run);
  CLI::Option* quick =
      verb->add_flag("--quick", arguments->quick, "Head, frontier and the newest events only");
  CLI::Option* tree = verb->add_flag("--tree", arguments->tree, "Every header against the tree");
  verb->add_flag("--full", arguments->full,
                 "And every body and index (what is done when nothing is said)")
      ->excludes(quick)
      ->excludes(tree);
  quick->excludes(tree);
  verb->add_option("--since", arguments->since,
                   "Don't read again what stands before this sequence");
}

}  // namespace verbatim::tool
