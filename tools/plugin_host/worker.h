// SPDX-License-Identifier: Apache-2.0
// What both kinds of workers share: the descriptors that they are handed, loading, clocks.
#ifndef VERBATIM_TOOLS_PLUGIN_HOST_WORKER_H_
#define VERBATIM_TOOLS_PLUGIN_HOST_WORKER_H_

#include <cstdint>
#include <string>

#include "core/base/status.h"
#include "core/plugin/frames.h"
#include "core/plugin/instance.h"
#include "core/plugin/loader.h"
#include "core/plugin/quota.h"
#include "core/plugin/view_process.h"

namespace verbatim::plugin_host {

inline constexpr int kSocketFd = 3;
inline constexpr int kCodeFd = 4;

struct Assignment {
  std::string role;  // name of the annotator or view
  plugin::Quota quota;
  std::string log_folder;                              // of a view
  std::string generation_folder;                       // of a view
  plugin::FoldTrial trial = plugin::FoldTrial::kNone;  // of a view
};

// The time of one call: asks the plugin to stop when its processor time is used up, and ends the
// process when it doesn't. One at a time.
class CallClock {
 public:
  explicit CallClock(const plugin::Quota& quota) : quota_(quota) {}
  void Start();
  void Stop();
  // Cheap: looks at the clock now and then only.
  bool IsOver();

 private:
  plugin::Quota quota_;
  uint64_t end_ns_ = 0;
  uint32_t asked_ = 0;
  bool over_ = false;
};

// True when an allocation has failed since the last time that this was asked.
bool TakeOutOfMemory();

// Buffers, libraries and handlers that can't be had, or made, inside the sandbox.
void Prepare();

// A failure as kRefused and kTrouble carry it.
std::string StatusPayload(const absl::Status& status);

// Hooks that send log lines to the parent; both outlive what is made with them.
plugin::HostHooks HooksOf(plugin::FrameSocket& socket, CallClock& clock);

// Each answers its parent until the socket closes, and gives the exit code.
int RunAnnotator(const Assignment& assignment, plugin::FrameSocket& socket);
int RunView(const Assignment& assignment, plugin::FrameSocket& socket);

}  // namespace verbatim::plugin_host

#endif  // VERBATIM_TOOLS_PLUGIN_HOST_WORKER_H_
