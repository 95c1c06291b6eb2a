// SPDX-License-Identifier: Apache-2.0
// Articles, ids and types of annotations, as people type them.
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

// The one body type that is meant, by its name or the last part of it in any case: of those that
// this archive's annotators make and those compiled in. kInvalidArgument names them.
absl::StatusOr<std::string> BodyTypeNamed(const Archive& archive, std::string_view name);

}  // namespace verbatim::archive

#endif  // VERBATIM_CORE_ARCHIVE_NAMES_H_
