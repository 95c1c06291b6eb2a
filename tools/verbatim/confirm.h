// SPDX-License-Identifier: Apache-2.0
// The question before what can't be undone.
#ifndef VERBATIM_TOOLS_VERBATIM_CONFIRM_H_
#define VERBATIM_TOOLS_VERBATIM_CONFIRM_H_

#include <string_view>

#include "core/base/status.h"

namespace verbatim::tool {

// True when --yes was given or the person at the terminal says so. kInvalidArgument (exit 2) when
// there is nobody to ask.
absl::StatusOr<bool> Confirmed(std::string_view question, bool yes);

}  // namespace verbatim::tool

#endif  // VERBATIM_TOOLS_VERBATIM_CONFIRM_H_
