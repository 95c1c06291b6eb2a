// SPDX-License-Identifier: Apache-2.0
// A worker for one annotator: opens nothing of the archive, and answers requests with proposals.
#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "core/base/limits.h"
#include "tools/plugin_host/sandbox.h"
#include "tools/plugin_host/worker.h"
#include "verbatim/keys.h"

namespace verbatim::plugin_host {
namespace {

using plugin::AnnotateEnd;
using plugin::AnnotatorInstance;
using plugin::Frame;
using plugin::FrameKind;
using plugin::FrameSocket;

// Loads the plugin and makes its instance, both inside the sandbox.
absl::StatusOr<std::unique_ptr<AnnotatorInstance>> Make(const Assignment& assignment,
                                                        const vb_host* host,
                                                        const std::string& config) {
  VB_RETURN_IF_ERROR(
      EnterLoading(kSocketFd, Writes::kNothing, {.memory_mib = assignment.quota.memory_mib}));
  VB_ASSIGN_OR_RETURN(const plugin::LoadedPlugin loaded,
                      plugin::LoadSealed(base::Fd(kCodeFd), assignment.role));
  VB_RETURN_IF_ERROR(EnterRunning(Writes::kNothing));
  VB_RETURN_IF_ERROR(loaded.Initialise());
  VB_ASSIGN_OR_RETURN(const vb_annotator* functions, loaded.Annotator(assignment.role));
  return AnnotatorInstance::Create(functions, host, config);
}

void Answer(AnnotatorInstance& instance, const Assignment& assignment, const Frame& request,
            FrameSocket& socket) {
  AnnotatorInstance::Answer answer = instance.Annotate(
      request.payload, assignment.quota,
      [&](std::string_view proposal) { socket.Write(FrameKind::kProposal, proposal); });
  if (TakeOutOfMemory() && answer.end != AnnotateEnd::kCompleted) {
    answer = {AnnotateEnd::kOutOfMemory,
              "wanted more memory than it may have: raise memory_mib_max in its manifest if it "
              "needs more"};
  }
  socket.Write(FrameKind::kDone,
               KeyWriter().U8(static_cast<uint8_t>(answer.end)).Bytes(answer.message).key());
}

}  // namespace

int RunAnnotator(const Assignment& assignment, FrameSocket& socket) {
  const std::optional<Frame> config = socket.Read();
  if (!config || config->kind != FrameKind::kConfig) return 2;
  CallClock clock(assignment.quota);
  // A plugin that talks without end is heard for a while and then not any more.
  plugin::HostHooks hooks = HooksOf(socket, clock);
  size_t lines = 0;
  const auto log = std::move(hooks.log);
  hooks.log = [&](vb_severity severity, std::string_view text) {
    if (lines++ < limits::kPluginLogLinesMax) log(severity, text);
  };
  const plugin::HostAdapter host(std::move(hooks));
  clock.Start();
  auto instance = Make(assignment, host.abi(), config->payload);
  clock.Stop();
  if (!instance.ok()) {
    socket.Write(FrameKind::kRefused, StatusPayload(instance.status()));
    return 0;
  }
  socket.Write(FrameKind::kReady, "");
  while (const std::optional<Frame> request = socket.Read()) {
    if (request->kind != FrameKind::kRequest) return 2;
    lines = 0;
    clock.Start();
    Answer(**instance, assignment, *request, socket);
    clock.Stop();
  }
  return 0;
}

}  // namespace verbatim::plugin_host
