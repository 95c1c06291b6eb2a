// SPDX-License-Identifier: Apache-2.0
// From LMDB's return codes to statuses that say what happened and what to do. Private to the room.
#ifndef VERBATIM_CORE_STORE_ERROR_H_
#define VERBATIM_CORE_STORE_ERROR_H_

#include <filesystem>
#include <string_view>

#include "core/base/status.h"

namespace verbatim::store {

// `code` is LMDB's or an errno; `what` was being done; `folder` is the environment's.
absl::Status LmdbStatus(int code, std::string_view what, const std::filesystem::path& folder);

}  // namespace verbatim::store

#endif  // VERBATIM_CORE_STORE_ERROR_H_
