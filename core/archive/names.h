// SPDX-License-Identifier: Apache-2.0
// ARTICLE and ID arguments, as people type them.
#ifndef VERBATIM_CORE_ARCHIVE_NAMES_H_
#define VERBATIM_CORE_ARCHIVE_NAMES_H_

#include <string>
#include <string_view>

#include "core/archive/archive.h"
#include "core/audit/resolve.h"
#include "core/base/status.h"

namespace verbatim::archive {

// 16 bytes. A URL in any spelling means its canonical one; the rest is as audit::ResolveArticle
// says.
absl::StatusOr<std::string> ArticleNamed(const Archive& archive, std::string_view name);

// An article, an annotation or an event.
absl::StatusOr<audit::Resolved> ThingNamed(const Archive& archive, std::string_view name);

}  // namespace verbatim::archive

#endif  // VERBATIM_CORE_ARCHIVE_NAMES_H_
