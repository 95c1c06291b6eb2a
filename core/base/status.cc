// SPDX-License-Identifier: Apache-2.0
#include "core/base/status.h"

#include <cerrno>
#include <string>
#include <system_error>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"

namespace verbatim::base {

absl::Status WithContext(const absl::Status& status, std::string_view context) {
  if (status.ok()) return status;
  absl::Status told(status.code(), absl::StrCat(absl::string_view(context.data(), context.size()),
                                                ": ", status.message()));
  status.ForEachPayload([&told](absl::string_view name, const absl::Cord& payload) {
    told.SetPayload(name, payload);
  });
  return told;
}

absl::Status ErrnoStatus(int error, std::string_view what) {
  const std::string message = absl::StrCat(absl::string_view(what.data(), what.size()), ": ",
                                           std::generic_category().message(error));
  switch (error) {
    case ENOENT:
      return absl::NotFoundError(message);
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return absl::ResourceExhaustedError(message);
    case EACCES:
    case EPERM:
    case EROFS:
      return absl::PermissionDeniedError(message);
    default:
      return absl::UnavailableError(message);
  }
}

}  // namespace verbatim::base
