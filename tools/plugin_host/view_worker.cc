// SPDX-License-Identifier: Apache-2.0
// A worker for one view: reads the log, which it can't write and whose locks it doesn't touch, and
// folds into its own generation. Between two steps it holds no picture of the log, so that the
// parent can renew the read transaction that keeps the log's pages from being used again.
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include "core/base/limits.h"
#include "core/log/event_log.h"
#include "core/view/folder.h"
#include "core/view/generation.h"
#include "tools/plugin_host/sandbox.h"
#include "tools/plugin_host/worker.h"
#include "verbatim/keys.h"

namespace verbatim::plugin_host {
namespace {

using plugin::Frame;
using plugin::FrameKind;
using plugin::FrameSocket;

std::string Sequence(uint64_t sequence) { return KeyWriter().U64(sequence).Take(); }

class ViewWorker {
 public:
  ViewWorker(const Assignment& assignment, FrameSocket& socket)
      : assignment_(assignment), socket_(socket), clock_(assignment.quota) {}

  absl::Status Make(std::string config) {
    VB_ASSIGN_OR_RETURN(
        log_, log::EventLog::Open(assignment_.log_folder, {.mode = store::Mode::kReadOnlyNoLock}));
    VB_ASSIGN_OR_RETURN(generation_, view::Generation::Open(assignment_.generation_folder,
                                                            store::Mode::kReadWrite));
    VB_ASSIGN_OR_RETURN(const uint64_t file_bytes,
                        FileBytesIn(assignment_.generation_folder, FileBytes()));
    const Room room = {.memory_mib = assignment_.quota.memory_mib, .file_bytes = file_bytes};
    VB_RETURN_IF_ERROR(EnterLoading(kSocketFd, Writes::kGeneration, room));
    VB_ASSIGN_OR_RETURN(const plugin::LoadedPlugin loaded,
                        plugin::LoadSealed(base::Fd(kCodeFd), assignment_.role));
    VB_RETURN_IF_ERROR(EnterRunning(Writes::kGeneration));
    clock_.Start();
    VB_RETURN_IF_ERROR(loaded.Initialise());
    VB_ASSIGN_OR_RETURN(const vb_view* functions, loaded.View(assignment_.role));
    view::FoldOptions options;
    options.new_instance_every_event = assignment_.trial == plugin::FoldTrial::kEveryEventAnew;
    options.disturb = assignment_.trial == plugin::FoldTrial::kDisturbed;
    options.progress = [this](uint64_t sequence, uint64_t) { Step(sequence); };
    options.cancelled = [this] { return clock_.IsOver(); };
    options.on_log = [this](vb_severity severity, std::string_view text) {
      if (lines_++ >= limits::kPluginLogLinesMax) return;
      const auto level = static_cast<uint8_t>(severity);
      socket_.Write(FrameKind::kLog, KeyWriter().U8(level).Bytes(plugin::CleanMessage(text)).key());
    };
    VB_ASSIGN_OR_RETURN(folder_, view::Folder::Make(*log_, *generation_, *functions,
                                                    std::move(config), std::move(options)));
    clock_.Stop();
    return absl::OkStatus();
  }

  // Folds up to `target`. False: there is no going on from here.
  bool Fold(uint64_t target) {
    clock_.Start();
    const absl::StatusOr<view::FoldResult> result = folder_->FoldTo(target);
    clock_.Stop();
    if (!result.ok()) return Trouble(result.status());
    const v1::ViewCheckpoint& checkpoint = result->checkpoint;
    if (result->stalled) return Stalled(checkpoint.stalled_at(), checkpoint.stalled_why());
    socket_.Write(FrameKind::kFolded, Sequence(checkpoint.sequence()) + checkpoint.digest());
    return true;
  }

 private:
  // What the rows take now.
  uint64_t FileBytes() const {
    std::error_code ignored;
    const auto size = std::filesystem::file_size(
        std::filesystem::path(assignment_.generation_folder) / "data.mdb", ignored);
    return ignored ? 0 : size;
  }

  // Between two pictures of the log: the parent renews the transaction that keeps its pages.
  void Step(uint64_t sequence) {
    clock_.Stop();
    socket_.Write(FrameKind::kStep, Sequence(sequence));
    const std::optional<Frame> answer = socket_.Read();
    // Without a parent the pages of the log may go at any time.
    if (!answer || answer->kind != FrameKind::kGoOn) _exit(0);
    lines_ = 0;
    clock_.Start();
  }

  bool Trouble(const absl::Status& status) {
    if (TakeOutOfMemory()) {
      socket_.Write(FrameKind::kOutOfMemory, "");
      return false;
    }
    if (absl::IsCancelled(status)) {
      socket_.Write(FrameKind::kTimeUp, "");
      return false;
    }
    socket_.Write(FrameKind::kTrouble, StatusPayload(status));
    return false;
  }

  bool Stalled(uint64_t sequence, const std::string& why) {
    // An event is not to blame for memory that ran out.
    if (TakeOutOfMemory()) {
      socket_.Write(FrameKind::kOutOfMemory, "");
      return false;
    }
    socket_.Write(FrameKind::kStalled, Sequence(sequence) + why);
    return true;
  }

  const Assignment& assignment_;
  FrameSocket& socket_;
  CallClock clock_;
  size_t lines_ = 0;
  std::unique_ptr<log::EventLog> log_;
  std::unique_ptr<view::Generation> generation_;
  std::unique_ptr<view::Folder> folder_;
};

}  // namespace

int RunView(const Assignment& assignment, FrameSocket& socket) {
  std::optional<Frame> config = socket.Read();
  if (!config || config->kind != FrameKind::kConfig) return 2;
  ViewWorker worker(assignment, socket);
  if (const absl::Status status = worker.Make(std::move(config->payload)); !status.ok()) {
    socket.Write(FrameKind::kRefused, StatusPayload(status));
    return 0;
  }
  socket.Write(FrameKind::kReady, "");
  while (const std::optional<Frame> frame = socket.Read()) {
    const std::optional<uint64_t> target = KeyReader(frame->payload).U64();
    if (frame->kind != FrameKind::kFold || !target) return 2;
    if (!worker.Fold(*target)) return 0;
  }
  return 0;
}

}  // namespace verbatim::plugin_host
