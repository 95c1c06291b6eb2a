// SPDX-License-Identifier: Apache-2.0
// verbatim-plugin-host: the process that a plugin runs in. Started by verbatim with a socket as
// descriptor 3 and the plugin's sealed code as descriptor 4; of no use by hand.
// core/plugin/README.md describes what goes over the socket.
//
//   verbatim-plugin-host annotator NAME CPU_MS MEMORY_MIB PROPOSALS
//   verbatim-plugin-host view NAME CPU_MS MEMORY_MIB LOG_FOLDER GENERATION_FOLDER TRIAL
#include <fcntl.h>
#include <unistd.h>

#include <charconv>
#include <cstdio>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/plugin_host/worker.h"

namespace verbatim::plugin_host {
namespace {

std::optional<uint32_t> Number(std::string_view text) {
  uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

int Run(const std::vector<std::string>& arguments) {
  if (arguments.size() < 5 || fcntl(kSocketFd, F_GETFD) < 0 || fcntl(kCodeFd, F_GETFD) < 0) {
    std::fputs("verbatim-plugin-host is started by verbatim, not by hand\n", stderr);
    return 2;
  }
  const std::optional<uint32_t> cpu_ms = Number(arguments[2]);
  const std::optional<uint32_t> memory_mib = Number(arguments[3]);
  if (!cpu_ms || !memory_mib) return 2;
  Assignment assignment{arguments[1], {*cpu_ms, *memory_mib, 0}, "", "", plugin::FoldTrial::kNone};
  plugin::FrameSocket socket(kSocketFd);
  Prepare();
  if (arguments[0] == "annotator" && arguments.size() == 5) {
    const std::optional<uint32_t> proposals = Number(arguments[4]);
    if (!proposals) return 2;
    assignment.quota.proposals = *proposals;
    return RunAnnotator(assignment, socket);
  }
  if (arguments[0] == "view" && arguments.size() == 7) {
    assignment.log_folder = arguments[4];
    assignment.generation_folder = arguments[5];
    const std::optional<uint32_t> trial = Number(arguments[6]);
    if (!trial) return 2;
    assignment.trial = static_cast<plugin::FoldTrial>(*trial);
    return RunView(assignment, socket);
  }
  return 2;
}

}  // namespace
}  // namespace verbatim::plugin_host

int main(int argc, char** argv) {
  try {
    const int code = verbatim::plugin_host::Run({argv + 1, argv + argc});
    // Destructors of a plugin's globals are none of the host's business.
    _exit(code);
  } catch (const std::bad_alloc&) {
    std::fputs("out of memory\n", stderr);
    _exit(3);
  }
}
