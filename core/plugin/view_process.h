// SPDX-License-Identifier: Apache-2.0
// Folds one view in a worker process. The worker reads the log by itself, without taking part in
// its locks, and writes its generation; the caller's own read transaction is what keeps the log's
// pages whole under it:
//
//   VB_ASSIGN_OR_RETURN(log::Snapshot held, log->Read());            // before the worker starts
//   VB_ASSIGN_OR_RETURN(auto worker, ViewProcess::Start(job));
//   FoldOutcome outcome = worker->FoldTo(held.head(), [&](uint64_t sequence) {
//     ShowProgress(sequence);
//     return held.Renew();                                           // the worker holds no picture
//     now
//   });
#ifndef VERBATIM_CORE_PLUGIN_VIEW_PROCESS_H_
#define VERBATIM_CORE_PLUGIN_VIEW_PROCESS_H_

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/base/status.h"
#include "core/plugin/annotator_runner.h"
#include "core/plugin/plugin_file.h"
#include "core/plugin/quota.h"
#include "core/plugin/worker.h"

namespace verbatim::plugin {

// How a fold is made harder, for the conformance suite. Never changes a byte of the rows.
enum class FoldTrial {
  kNone,
  kEveryEventAnew,  // the instance is destroyed and made at every event
  kDisturbed,       // before every event it is given two that are none
};

struct ViewJob {
  PluginFile file;
  std::string view;
  std::string config;                       // serialized; empty: none
  std::filesystem::path log_folder;         // of the log's environment
  std::filesystem::path generation_folder;  // of a generation that exists; nobody else writes it
  bool watched = false;  // a clock, chance or the environment end the worker: WatchLibrary()
  FoldTrial trial = FoldTrial::kNone;
};

struct FoldOutcome {
  // COMPLETED: folded as far as was asked. BAD_INPUT: stands still before `sequence`, which it
  // can't digest. FAILED: `status` says what is the matter with log, generation, configuration or
  // worker. Else the worker died, or was ended, so; what it had committed stays.
  v1::RunCompleted::Outcome outcome = v1::RunCompleted::OUTCOME_UNSPECIFIED;
  uint64_t sequence = 0;
  std::string digest;   // of all rows, 32 bytes; only when COMPLETED
  std::string message;  // why it did not complete, for a person
  absl::Status status;
  std::vector<LogLine> log;
};

// One view's worker. One thread at a time; its process ends with it, or with the first outcome that
// is neither COMPLETED nor BAD_INPUT.
class ViewProcess {
 public:
  // kNotFound: the manifest has no such view. kFailedPrecondition: the process can't be started.
  static absl::StatusOr<std::unique_ptr<ViewProcess>> Start(const ViewJob& job);

  // Folds every event up to `target`, which the log has. `on_step` is called now and then, while
  // the worker holds no picture of the log and waits; an error from it ends the fold with that
  // status.
  FoldOutcome FoldTo(uint64_t target, const std::function<absl::Status(uint64_t)>& on_step);

  bool alive() const { return worker_->alive(); }

 private:
  explicit ViewProcess(const v1::ViewManifest& view) : quota_(Quota::Of(view.limits())) {}
  // Waits until the worker stands ready, or says why it doesn't.
  FoldOutcome AwaitReady();

  Quota quota_;
  std::unique_ptr<Worker> worker_;
  bool ready_ = false;
};

}  // namespace verbatim::plugin

#endif  // VERBATIM_CORE_PLUGIN_VIEW_PROCESS_H_
