// SPDX-License-Identifier: Apache-2.0
// verbatim verify: is the log whole, and is it what was appended?
#include "core/log/verify.h"

#include <CLI/CLI.hpp>

#include "absl/strings/str_cat.h"
#include "core/archive/signing.h"
#include "core/base/files.h"
#include "core/base/hex.h"
#include "core/base/limits.h"
#include "tools/verbatim/cli.h"

namespace verbatim::tool {
namespace {

struct Arguments {
  bool quick = false;
  bool tree = false;
  bool full = false;
  uint64_t since = 1;
  std::string checkpoint;
  std::string key;
};

// Whether the log still contains what a checkpoint promised; of a log that is whole.
struct Promise {
  archive::PromiseReport report;
  std::string file;
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

schema::Record RowOf(const Promise& promise) {
  return schema::Record()
      .Add("kept", promise.report.kept)
      .Add("origin", promise.report.promised.origin)
      .Add("size", promise.report.promised.size)
      .Add("root", base::ToHex(base::AsView(promise.report.promised.root)))
      .Add("signer", promise.report.signer);
}

void PrintForPeople(const Promise& promise) {
  if (promise.report.kept) {
    std::printf("kept: the log contains what %s promised: %llu events, signed by %s\n",
                promise.file.c_str(), static_cast<unsigned long long>(promise.report.promised.size),
                promise.report.signer.c_str());
    return;
  }
  std::printf("NOT KEPT: %s: %s\n%s\n", promise.file.c_str(), promise.report.what.c_str(),
              promise.report.way_out.c_str());
}

absl::StatusOr<Promise> CheckPromise(const archive::Archive& archive, const Arguments& arguments) {
  Promise promise{{}, arguments.checkpoint};
  VB_ASSIGN_OR_RETURN(const std::string note,
                      base::ReadFile(arguments.checkpoint, limits::kNoteBytesMax));
  std::vector<merkle::VerifyingKey> trusted;
  if (!arguments.key.empty()) {
    VB_ASSIGN_OR_RETURN(trusted.emplace_back(), archive::ReadPublicKey(arguments.key));
  }
  VB_ASSIGN_OR_RETURN(const log::Snapshot snapshot, archive.log().Read());
  VB_ASSIGN_OR_RETURN(promise.report, archive::CheckPromise(archive, snapshot, note, trusted));
  return promise;
}

absl::StatusOr<Exit> Run(const Cli& cli, const Arguments& arguments) {
  VB_ASSIGN_OR_RETURN(const auto archive, cli.Open(archive::Access::kRead));
  log::VerifyOptions options;
  options.level = arguments.quick  ? log::VerifyLevel::kQuick
                  : arguments.tree ? log::VerifyLevel::kTree
                                   : log::VerifyLevel::kFull;
  options.since = arguments.since;
  VB_ASSIGN_OR_RETURN(log::VerifyReport report, log::Verify(archive->log(), options));
  std::optional<Promise> promise;
  if (!arguments.checkpoint.empty() && report.whole) {
    VB_ASSIGN_OR_RETURN(promise, CheckPromise(*archive, arguments));
  }
  if (cli.Format() == schema::Format::kTable) {
    PrintForPeople(report);
    if (promise) PrintForPeople(*promise);
  } else {
    if (promise && !promise->report.kept) {
      report.what = promise->report.what;
      report.way_out = promise->report.way_out;
    }
    schema::Record row = RowOf(report);
    if (promise) row.Add("checkpoint", RowOf(*promise));
    const auto rows = cli.Rows({});
    rows->Write(row);
    rows->Finish();
  }
  return report.whole && (!promise || promise->report.kept) ? kDone : kNegative;
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
  CLI::Option* checkpoint =
      verb->add_option("--checkpoint", arguments->checkpoint,
                       "And does the log still contain what this checkpoint promised?");
  verb->add_option("--key", arguments->key,
                   "Whose checkpoint it is (else of the keys that the archive adopted)")
      ->needs(checkpoint);
}

}  // namespace verbatim::tool
