// SPDX-License-Identifier: Apache-2.0
// Invariants of our own. A check is always on: the log is worth more than uptime. What a user, a
// disk or a plugin can bring about is never checked here: that is a status.
//
//   VB_CHECK(sequence > 0, "sequences start at 1");
#ifndef VERBATIM_CORE_BASE_CHECK_H_
#define VERBATIM_CORE_BASE_CHECK_H_

namespace verbatim::base {

// Prints where and why to stderr and aborts.
[[noreturn]] void CheckFailed(const char* file, int line, const char* condition, const char* why);

}  // namespace verbatim::base

#define VB_CHECK(condition, why) \
  (static_cast<bool>(condition)  \
       ? static_cast<void>(0)    \
       : ::verbatim::base::CheckFailed(__FILE__, __LINE__, #condition, why))

#endif  // VERBATIM_CORE_BASE_CHECK_H_
