// SPDX-License-Identifier: Apache-2.0
// ARTICLE arguments, as every verb takes them.
#ifndef VERBATIM_TOOLS_VERBATIM_NAMES_H_
#define VERBATIM_TOOLS_VERBATIM_NAMES_H_

#include <string>
#include <string_view>

#include "core/archive/archive.h"
#include "core/audit/resolve.h"
#include "core/base/status.h"

namespace verbatim::tool {

// 16 bytes. A URL in any spelling means its canonical one; the rest is as audit::ResolveArticle
// says.
absl::StatusOr<std::string> ArticleNamed(const archive::Archive& archive, std::string_view name);

// An article, an annotation or an event.
absl::StatusOr<audit::Resolved> ThingNamed(const archive::Archive& archive, std::string_view name);

}  // namespace verbatim::tool

#endif  // VERBATIM_TOOLS_VERBATIM_NAMES_H_
