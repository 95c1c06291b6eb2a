// SPDX-License-Identifier: Apache-2.0
#include "tools/verbatim/names.h"

#include "core/archive/names.h"

namespace verbatim::tool {

absl::StatusOr<std::string> ArticleNamed(const archive::Archive& archive, std::string_view name) {
  return archive::ArticleNamed(archive, name);
}

absl::StatusOr<audit::Resolved> ThingNamed(const archive::Archive& archive, std::string_view name) {
  return archive::ThingNamed(archive, name);
}

}  // namespace verbatim::tool
