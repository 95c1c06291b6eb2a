// SPDX-License-Identifier: Apache-2.0
// The front end: the style sheet and the scripts of every page, compiled in from assets/.
#ifndef VERBATIM_CORE_PAGES_ASSETS_H_
#define VERBATIM_CORE_PAGES_ASSETS_H_

#include <string_view>

#include "absl/types/span.h"

namespace verbatim::pages {

struct Asset {
  std::string_view name;  // of the file, beside index.html
  std::string_view media_type;
  std::string_view bytes;
};

absl::Span<const Asset> Assets();

}  // namespace verbatim::pages

#endif  // VERBATIM_CORE_PAGES_ASSETS_H_
