// SPDX-License-Identifier: Apache-2.0
// What the server takes at most, with the reasons.
#ifndef VERBATIM_CORE_SERVE_LIMITS_H_
#define VERBATIM_CORE_SERVE_LIMITS_H_

#include <cstddef>
#include <cstdint>

namespace verbatim::serve {

// A browser's request has one or two KiB of headers, without cookies.
inline constexpr uint32_t kHeaderBytesMax = 16 * 1024;
// A browser opens six; several windows and a program or two besides.
inline constexpr size_t kConnectionsMax = 64;
// For a whole request to come, also for the next one on a connection that stays: a page's files
// come within a second of each other.
inline constexpr uint64_t kRequestMs = 10'000;
// For a whole answer to go to somebody on this machine.
inline constexpr uint64_t kAnswerMs = 30'000;

}  // namespace verbatim::serve

#endif  // VERBATIM_CORE_SERVE_LIMITS_H_
