// SPDX-License-Identifier: Apache-2.0
#include "core/view/folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "core/base/check.h"
#include "core/base/limits.h"
#include "core/base/sha256.h"
#include "core/view/deliveries.h"
#include "core/view/overlay.h"

namespace verbatim::view {
namespace {

// Takes what a plugin says of its trouble, up to a bound.
class ErrorText {
 public:
  ErrorText() : sink_{this, &ErrorText::Put} {}
  ErrorText(const ErrorText&) = delete;
  ErrorText& operator=(const ErrorText&) = delete;
  vb_sink* sink() { return &sink_; }
  std::string Or(std::string_view otherwise) const {
    return text_.empty() ? std::string(otherwise) : text_;
  }

 private:
  static int32_t Put(void* self, vb_bytes bytes) {
    auto& text = static_cast<ErrorText*>(self)->text_;
    const size_t room = limits::kPluginMessageBytesMax - text.size();
    if (bytes.size > 0) {
      text.append(static_cast<const char*>(bytes.data), std::min(bytes.size, room));
    }
    return bytes.size >= room ? 1 : 0;
  }

  std::string text_;
  vb_sink sink_;
};

// What ended a stretch of the scan, other than its end.
struct Stop {
  enum class Kind { kNone, kStalled, kCancelled, kError };
  Kind kind = Kind::kNone;
  uint64_t sequence = 0;
  std::string why;
  absl::Status status;
};

// Trouble of the event, not of the machine: it will be there the next time, too.
bool Indigestible(const absl::Status& status) {
  return absl::IsDataLoss(status) || absl::IsInvalidArgument(status) || absl::IsNotFound(status);
}

class FolderImpl final : public Folder {
 public:
  FolderImpl(const log::EventLog& log, Generation& generation, const vb_view& view,
             std::string config, FoldOptions options)
      : log_(log),
        generation_(generation),
        view_(view),
        config_(std::move(config)),
        options_(std::move(options)),
        deliveries_(generation.manifest()) {
    if (options_.batch_events_max == 0) options_.batch_events_max = limits::kViewBatchEventsMax;
    if (options_.batch_bytes_max == 0) options_.batch_bytes_max = limits::kViewOverlayBytesMax;
    host_.struct_size = sizeof(vb_host);
    host_.ctx = this;
    host_.log = &FolderImpl::Log;
    host_.progress = [](void*, uint64_t, uint64_t) {};
    host_.cancelled = &FolderImpl::Cancelled;
  }
  ~FolderImpl() override { Forget(); }

  // Makes the instance, where there is none.
  absl::Status Ready() {
    if (instance_ != nullptr) return absl::OkStatus();
    ErrorText error;
    instance_ = view_.create(&host_, {config_.data(), config_.size()}, error.sink());
    if (instance_ != nullptr) return absl::OkStatus();
    return absl::InvalidArgumentError(fmt::format("view {} can't be made: {}",
                                                  generation_.manifest().name(),
                                                  error.Or("the plugin gives no reason")));
  }

  absl::StatusOr<FoldResult> FoldTo(uint64_t target) override {
    VB_ASSIGN_OR_RETURN(Overlay overlay, Overlay::Make(generation_));
    if (!followed_ || overlay.checkpoint().sequence() != folded_to_) {
      // The first call, or somebody else folded on: nothing remembered is true any more.
      VB_RETURN_IF_ERROR(CheckFits(overlay.checkpoint()));
      deliveries_.Forget();
      Forget();
      folded_to_ = overlay.checkpoint().sequence();
    }
    batch_begin_ = folded_to_;
    FoldResult result;
    const absl::Status status = FoldOn(target, &overlay, &result);
    // What a broken batch held is lost, and so is what was remembered of it.
    followed_ = status.ok() && !result.stalled;
    if (!status.ok()) return status;
    result.checkpoint = overlay.checkpoint();
    return result;
  }

 private:
  absl::Status CheckFits(const v1::ViewCheckpoint& checkpoint) {
    VB_ASSIGN_OR_RETURN(const bool fits, FitsLog(checkpoint, log_));
    if (fits) return absl::OkStatus();
    return absl::FailedPreconditionError(fmt::format(
        "view {} stands at event {} of another log: build it again with `verbatim "
        "replay {}`",
        generation_.manifest().name(), checkpoint.sequence(), generation_.manifest().name()));
  }

  // Picture by picture of the log, none of them held for long.
  absl::Status FoldOn(uint64_t target, Overlay* overlay, FoldResult* result) {
    {
      VB_ASSIGN_OR_RETURN(const log::Snapshot log, log_.Read());
      target = std::min(target, log.head());
    }
    while (folded_to_ < target && !result->stalled) {
      VB_RETURN_IF_ERROR(FoldPicture(target, overlay, result));
      if (options_.progress) options_.progress(folded_to_, target);
    }
    return absl::OkStatus();
  }

  absl::Status FoldPicture(uint64_t target, Overlay* overlay, FoldResult* result) {
    VB_ASSIGN_OR_RETURN(const log::Snapshot log, log_.Read());
    const uint64_t end = std::min(target, folded_to_ + limits::kViewSnapshotEvents);
    const Stop stop = FoldStretch(log, end, overlay, result);
    if (stop.kind == Stop::Kind::kError) return stop.status;
    if (stop.kind != Stop::Kind::kNone || folded_to_ == target) {
      VB_RETURN_IF_ERROR(Commit(log, stop, overlay));
    }
    if (stop.kind == Stop::Kind::kCancelled) return absl::CancelledError(stop.why);
    result->stalled = stop.kind == Stop::Kind::kStalled;
    return absl::OkStatus();
  }

  Stop FoldStretch(const log::Snapshot& log, uint64_t end, Overlay* overlay, FoldResult* result) {
    Stop stop;
    const absl::Status scanned =
        log.ScanHeaders(folded_to_ + 1, end, [&](uint64_t sequence, const log::HeaderView& header) {
          if (deliveries_.Wants(header.type))
            stop = Deliver(log, sequence, header, overlay, result);
          if (stop.kind != Stop::Kind::kNone) return false;
          ++result->scanned;
          folded_to_ = sequence;
          if (overlay->bytes() < options_.batch_bytes_max &&
              sequence - batch_begin_ < options_.batch_events_max) {
            return true;
          }
          const absl::Status committed = Commit(log, stop, overlay);
          if (!committed.ok()) stop = {Stop::Kind::kError, sequence, "", committed};
          return committed.ok();
        });
    if (!scanned.ok()) return {Stop::Kind::kError, folded_to_ + 1, "", scanned};
    return stop;
  }

  // Everything that the view is given for one event, and the versions that it leaves.
  Stop Deliver(const log::Snapshot& log, uint64_t sequence, const log::HeaderView& header,
               Overlay* overlay, FoldResult* result) {
    if (options_.new_instance_every_event) Forget();
    if (absl::Status ready = Ready(); !ready.ok()) return {Stop::Kind::kError, sequence, "", ready};
    Stop stop;
    bool disturb = options_.disturb;
    const absl::Status told = deliveries_.For(log, sequence, header, [&](std::string_view event) {
      if (std::exchange(disturb, false)) stop = Disturb(sequence, event, overlay);
      if (stop.kind != Stop::Kind::kNone) return false;
      ++result->delivered;
      stop = Apply(sequence, event, overlay);
      return stop.kind == Stop::Kind::kNone;
    });
    if (!told.ok()) {
      stop = {Indigestible(told) ? Stop::Kind::kStalled : Stop::Kind::kError, sequence,
              std::string(told.message()), told};
    }
    if (stop.kind != Stop::Kind::kNone) {
      overlay->DropEvent();
      return stop;
    }
    const absl::Status kept = overlay->KeepEvent(sequence);
    if (!kept.ok()) return {Stop::Kind::kError, sequence, "", kept};
    return {};
  }

  // Two calls that mean nothing, before anything of this event has been applied.
  Stop Disturb(uint64_t sequence, std::string_view event, Overlay* overlay) {
    constexpr char kNoMessage[] = "\xFF\xFF\xFF\xFF";
    v1::ViewEvent broken;
    VB_CHECK(broken.ParseFromArray(event.data(), static_cast<int>(event.size())),
             "a delivery is a ViewEvent");
    broken.set_body(kNoMessage);
    for (const std::string& bytes : {std::string(kNoMessage), broken.SerializeAsString()}) {
      ErrorText error;
      const vb_status status =
          view_.apply(instance_, {bytes.data(), bytes.size()}, overlay->store(), error.sink());
      overlay->DropEvent();
      if (status == VB_OK || status == VB_BAD_INPUT) continue;
      return {Stop::Kind::kError, sequence, "",
              absl::FailedPreconditionError(fmt::format(
                  "gives up on an event that is none: {}; VB_BAD_INPUT is the answer, as "
                  "verbatim::Parse gives it",
                  error.Or("no reason given")))};
    }
    return {};
  }

  Stop Apply(uint64_t sequence, std::string_view event, Overlay* overlay) {
    if (options_.cancelled && options_.cancelled()) {
      return {Stop::Kind::kCancelled, sequence, "cancelled", {}};
    }
    ErrorText error;
    const vb_status status =
        view_.apply(instance_, {event.data(), event.size()}, overlay->store(), error.sink());
    if (!overlay->status().ok()) return {Stop::Kind::kError, sequence, "", overlay->status()};
    if (status == VB_OK) return {};
    if (status == VB_CANCELLED) return {Stop::Kind::kCancelled, sequence, "cancelled", {}};
    return {Stop::Kind::kStalled, sequence, error.Or("the view gives no reason"), {}};
  }

  // Rows and checkpoint at folded_to_.
  absl::Status Commit(const log::Snapshot& log, const Stop& stop, Overlay* overlay) {
    v1::ViewCheckpoint checkpoint;
    checkpoint.set_sequence(folded_to_);
    VB_ASSIGN_OR_RETURN(const base::Digest root, log.RootAt(folded_to_));
    checkpoint.set_root(base::ToString(root));
    if (stop.kind == Stop::Kind::kStalled) {
      checkpoint.set_stalled_at(stop.sequence);
      checkpoint.set_stalled_why(stop.why);
    }
    batch_begin_ = folded_to_;
    return overlay->Commit(std::move(checkpoint));
  }

  void Forget() {
    if (instance_ != nullptr) view_.destroy(std::exchange(instance_, nullptr));
  }

  static void Log(void* self, vb_severity severity, vb_bytes text) {
    const auto& options = static_cast<FolderImpl*>(self)->options_;
    if (!options.on_log || text.size == 0) return;
    options.on_log(severity, {static_cast<const char*>(text.data),
                              std::min(text.size, limits::kPluginMessageBytesMax)});
  }

  static int32_t Cancelled(void* self) {
    const auto& options = static_cast<FolderImpl*>(self)->options_;
    return options.cancelled && options.cancelled() ? 1 : 0;
  }

  const log::EventLog& log_;
  Generation& generation_;
  const vb_view& view_;
  std::string config_;
  FoldOptions options_;
  Deliveries deliveries_;
  vb_host host_{};
  void* instance_ = nullptr;
  bool followed_ = false;     // what is remembered belongs to folded_to_
  uint64_t folded_to_ = 0;    // every event up to it is in the overlay, or committed
  uint64_t batch_begin_ = 0;  // every event up to it is committed
};

}  // namespace

absl::StatusOr<std::unique_ptr<Folder>> Folder::Make(const log::EventLog& log,
                                                     Generation& generation, const vb_view& view,
                                                     std::string config, FoldOptions options) {
  auto folder =
      std::make_unique<FolderImpl>(log, generation, view, std::move(config), std::move(options));
  VB_RETURN_IF_ERROR(folder->Ready());
  return std::unique_ptr<Folder>(std::move(folder));
}

absl::StatusOr<bool> FitsLog(const v1::ViewCheckpoint& checkpoint, const log::EventLog& log) {
  if (checkpoint.sequence() == 0) return true;
  VB_ASSIGN_OR_RETURN(const log::Snapshot snapshot, log.Read());
  if (checkpoint.sequence() > snapshot.head()) return false;
  VB_ASSIGN_OR_RETURN(const base::Digest root, snapshot.RootAt(checkpoint.sequence()));
  return base::AsView(root) == checkpoint.root();
}

}  // namespace verbatim::view
