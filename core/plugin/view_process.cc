// SPDX-License-Identifier: Apache-2.0
#include "core/plugin/view_process.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/base/limits.h"
#include "core/plugin/instance.h"
#include "core/plugin/loader.h"
#include "fmt/format.h"
#include "verbatim/keys.h"

namespace verbatim::plugin {
namespace {

using Run = v1::RunCompleted;

constexpr size_t kSequenceBytes = 8;
constexpr size_t kDigestBytes = 32;

void KeepLine(const Frame& frame, std::vector<LogLine>& log) {
  if (log.size() >= limits::kPluginLogLinesMax || frame.payload.empty()) return;
  log.push_back({frame.payload[0], CleanMessage(std::string_view(frame.payload).substr(1))});
}

// What kRefused and kTrouble carry. Never OK, whatever the worker says.
absl::Status StatusOf(const Frame& frame) {
  const int code = KeyReader(frame.payload).U8().value_or(0);
  const bool known = code > 0 && code <= static_cast<int>(absl::StatusCode::kUnauthenticated);
  return {known ? static_cast<absl::StatusCode>(code) : absl::StatusCode::kUnknown,
          CleanMessage(
              std::string_view(frame.payload).substr(std::min<size_t>(frame.payload.size(), 1)))};
}

// Gathers the frames of one fold.
class Fold {
 public:
  Fold(Worker& worker, uint64_t target, const std::function<absl::Status(uint64_t)>& on_step)
      : worker_(worker), target_(target), on_step_(on_step) {}

  Worker::Next Take(const Frame& frame) {
    const std::optional<uint64_t> sequence = KeyReader(frame.payload).U64();
    switch (frame.kind) {
      case FrameKind::kLog:
        KeepLine(frame, out_.log);
        return Worker::Next::kMore;
      case FrameKind::kStep:
        return sequence ? Step(*sequence) : Worker::Next::kInvalid;
      case FrameKind::kFolded:
        if (!sequence || frame.payload.size() != kSequenceBytes + kDigestBytes) {
          return Worker::Next::kInvalid;
        }
        out_.digest = frame.payload.substr(kSequenceBytes);
        return Finish(Run::OUTCOME_COMPLETED, *sequence, "");
      case FrameKind::kStalled:
        if (!sequence) return Worker::Next::kInvalid;
        return Finish(Run::OUTCOME_BAD_INPUT, *sequence,
                      CleanMessage(std::string_view(frame.payload).substr(kSequenceBytes)));
      case FrameKind::kTrouble:
        out_.status = StatusOf(frame);
        return Finish(Run::OUTCOME_FAILED, 0, std::string(out_.status.message()));
      case FrameKind::kTimeUp:
        return Finish(Run::OUTCOME_TIMED_OUT, 0,
                      "used up the time of a batch: raise cpu_ms_max in its manifest if it needs "
                      "more");
      case FrameKind::kOutOfMemory:
        return Finish(Run::OUTCOME_LIMIT_EXCEEDED, 0,
                      "wanted more memory than it may have: raise memory_mib_max in its manifest "
                      "if it needs more");
      default:
        return Worker::Next::kInvalid;
    }
  }

  FoldOutcome Finish(const Worker::End& end) {
    if (!end.answered) Finish(end.outcome, out_.sequence, end.message);
    return std::move(out_);
  }

 private:
  Worker::Next Step(uint64_t sequence) {
    if (sequence < out_.sequence || sequence > target_) return Worker::Next::kInvalid;
    // A step starts the clock anew, but not one that leads nowhere: it could take them for ever.
    const bool leads_on = sequence > out_.sequence;
    out_.sequence = sequence;
    const absl::Status status = on_step_ ? on_step_(sequence) : absl::OkStatus();
    if (!status.ok()) {
      out_.status = status;
      return Finish(Run::OUTCOME_FAILED, sequence, std::string(status.message()));
    }
    worker_.Send(FrameKind::kGoOn, "");
    return leads_on ? Worker::Next::kRenew : Worker::Next::kMore;
  }

  Worker::Next Finish(Run::Outcome outcome, uint64_t sequence, std::string message) {
    out_.outcome = outcome;
    out_.sequence = sequence;
    out_.message = std::move(message);
    return Worker::Next::kEnough;
  }

  Worker& worker_;
  uint64_t target_;
  const std::function<absl::Status(uint64_t)>& on_step_;
  FoldOutcome out_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<ViewProcess>> ViewProcess::Start(const ViewJob& job) {
  const auto& all = job.file.manifest.views();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.name() == job.view; });
  if (found == all.end()) {
    return absl::NotFoundError(
        fmt::format("plugin {} has no view {}", job.file.manifest.name(), job.view));
  }
  std::unique_ptr<ViewProcess> process(new ViewProcess(*found));
  VB_ASSIGN_OR_RETURN(const base::Fd code, SealedCopy(job.file));
  VB_ASSIGN_OR_RETURN(process->worker_,
                      Worker::Start({"view", job.view, std::to_string(process->quota_.cpu_ms),
                                     std::to_string(process->quota_.memory_mib),
                                     std::filesystem::absolute(job.log_folder).string(),
                                     std::filesystem::absolute(job.generation_folder).string(),
                                     std::to_string(static_cast<int>(job.trial))},
                                    {code.get()}, job.watched));
  process->worker_->Send(FrameKind::kConfig, job.config);
  return process;
}

FoldOutcome ViewProcess::AwaitReady() {
  FoldOutcome out;
  const Worker::End end = worker_->Converse(quota_.Wall(), [&](const Frame& frame) {
    if (frame.kind == FrameKind::kLog) {
      KeepLine(frame, out.log);
      return Worker::Next::kMore;
    }
    if (frame.kind == FrameKind::kRefused) out.status = StatusOf(frame);
    ready_ = frame.kind == FrameKind::kReady;
    return ready_ || !out.status.ok() ? Worker::Next::kEnough : Worker::Next::kInvalid;
  });
  if (ready_) return out;
  out.outcome = end.answered ? Run::OUTCOME_FAILED : end.outcome;
  out.message =
      "while starting: " + (end.answered ? std::string(out.status.message()) : end.message);
  return out;
}

FoldOutcome ViewProcess::FoldTo(uint64_t target,
                                const std::function<absl::Status(uint64_t)>& on_step) {
  std::vector<LogLine> early;
  if (!ready_) {
    FoldOutcome started = AwaitReady();
    if (!ready_) {
      worker_->Stop();
      return started;
    }
    early = std::move(started.log);
  }
  worker_->Send(FrameKind::kFold, KeyWriter().U64(target).key());
  Fold fold(*worker_, target, on_step);
  FoldOutcome out = fold.Finish(
      worker_->Converse(quota_.Wall(), [&](const Frame& frame) { return fold.Take(frame); }));
  if (out.outcome != Run::OUTCOME_COMPLETED && out.outcome != Run::OUTCOME_BAD_INPUT) {
    worker_->Stop();
  }
  out.log.insert(out.log.begin(), early.begin(), early.end());
  return out;
}

}  // namespace verbatim::plugin
