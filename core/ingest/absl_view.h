// SPDX-License-Identifier: Apache-2.0
// Views for functions of abseil, which are built with a view type of their own.
#ifndef VERBATIM_CORE_INGEST_ABSL_VIEW_H_
#define VERBATIM_CORE_INGEST_ABSL_VIEW_H_

#include <string_view>

#include "absl/strings/string_view.h"

namespace verbatim::ingest {

inline absl::string_view View(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace verbatim::ingest

#endif  // VERBATIM_CORE_INGEST_ABSL_VIEW_H_
