// SPDX-License-Identifier: Apache-2.0
// Helpers over absl::Status, which everything that can fail returns.
//
//   VB_ASSIGN_OR_RETURN(std::string bytes, ReadFile(path));
//   VB_RETURN_IF_ERROR(log.Append(unit).status());
//   return WithContext(status, "while reading feed.xml");
//
// Codes mean the same everywhere, and tools/verbatim turns them into exit codes: kNotFound (1),
// kInvalidArgument (2), kDataLoss, kResourceExhausted, kUnavailable, kFailedPrecondition (4: the
// archive is damaged, full, locked).
#ifndef VERBATIM_CORE_BASE_STATUS_H_
#define VERBATIM_CORE_BASE_STATUS_H_

#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace verbatim::base {

// The same code, with "context: " before the message. OK stays OK.
[[nodiscard]] absl::Status WithContext(const absl::Status& status, std::string_view context);

// From errno: "open /a/b: No such file or directory". Full disks and quotas become
// kResourceExhausted.
[[nodiscard]] absl::Status ErrnoStatus(int error, std::string_view what);

}  // namespace verbatim::base

#define VB_RETURN_IF_ERROR(expression)                                               \
  do {                                                                               \
    if (absl::Status vb_status_ = (expression); !vb_status_.ok()) return vb_status_; \
  } while (false)

#define VB_STATUS_CONCAT_INNER_(a, b) a##b
#define VB_STATUS_CONCAT_(a, b) VB_STATUS_CONCAT_INNER_(a, b)
#define VB_ASSIGN_OR_RETURN_IMPL_(result, target, expression) \
  auto result = (expression);                                 \
  if (!result.ok()) return std::move(result).status();        \
  target = *std::move(result)
#define VB_ASSIGN_OR_RETURN(target, expression) \
  VB_ASSIGN_OR_RETURN_IMPL_(VB_STATUS_CONCAT_(vb_result_, __LINE__), target, expression)

#endif  // VERBATIM_CORE_BASE_STATUS_H_
