// SPDX-License-Identifier: Apache-2.0
// Drives a view over the log: from its checkpoint to a target, a batch of events a transaction.
// Only headers are read until an event is one that the view asked for; annotation types come as
// AnnotationChanged, folded by core/article. The same events give the same bytes, whatever the
// batches and however often the instance was made anew.
//
//   VB_ASSIGN_OR_RETURN(auto folder, Folder::Make(*log, *generation, *plugin_view, config, {}));
//   VB_ASSIGN_OR_RETURN(FoldResult result, folder->FoldTo(kHead));
//   if (result.stalled) ...
#ifndef VERBATIM_CORE_VIEW_FOLDER_H_
#define VERBATIM_CORE_VIEW_FOLDER_H_

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/status.h"
#include "core/log/event_log.h"
#include "core/view/generation.h"
#include "verbatim/plugin_abi.h"
#include "verbatim/v1/view.pb.h"

namespace verbatim::view {

inline constexpr uint64_t kHead = std::numeric_limits<uint64_t>::max();

struct FoldOptions {
  // A batch is committed when it has seen this many events, or holds this many bytes. 0: the limits
  // of core/base/limits.h. Never changes a byte of the rows.
  uint64_t batch_events_max = 0;
  size_t batch_bytes_max = 0;
  // Every limits::kViewSnapshotEvents events: how far the fold has looked (not: committed). No
  // transaction on the log is open meanwhile, so that whoever holds one for it may renew it here.
  std::function<void(uint64_t sequence, uint64_t target)> progress;
  // Asked at every delivery; true ends the fold with kCancelled, what is committed stays.
  std::function<bool()> cancelled;
  // Lines that the plugin logs.
  std::function<void(vb_severity severity, std::string_view text)> on_log;
  // For the conformance suite and tests: makes the instance anew at every event; calls it before
  // every event with bytes that are none, and with the event under a body that is none. What it
  // changes then is undone; kFailedPrecondition when it gives up.
  bool new_instance_every_event = false;
  bool disturb = false;
};

struct FoldResult {
  v1::ViewCheckpoint checkpoint;  // as committed
  uint64_t scanned = 0;           // events looked at
  uint64_t delivered = 0;         // calls of apply
  bool stalled = false;           // checkpoint.stalled_at and stalled_why say where and why
};

class Folder {
 public:
  // Log, generation and view must outlive it. `config` is the serialized message of the plugin's
  // config_type. kInvalidArgument when the plugin refuses its configuration.
  static absl::StatusOr<std::unique_ptr<Folder>> Make(const log::EventLog& log,
                                                      Generation& generation, const vb_view& view,
                                                      std::string config, FoldOptions options);
  virtual ~Folder() = default;

  // Folds every event after the checkpoint up to `target` (kHead: the head as it is now). A view
  // that refuses an event stands before it: what came earlier is committed, and the checkpoint says
  // why. A stalled view tries that event again. kFailedPrecondition: the checkpoint is beyond the
  // log, or of another log (see FitsLog).
  virtual absl::StatusOr<FoldResult> FoldTo(uint64_t target) = 0;

 protected:
  Folder() = default;
};

// Is the checkpoint one of this log? False when it is beyond head or has another root: the
// generation is to be dropped and built again.
absl::StatusOr<bool> FitsLog(const v1::ViewCheckpoint& checkpoint, const log::EventLog& log);

}  // namespace verbatim::view

#endif  // VERBATIM_CORE_VIEW_FOLDER_H_
