// SPDX-License-Identifier: Apache-2.0
#include "core/archive/names.h"

#include "core/ingest/url.h"

namespace verbatim::archive {
namespace {

// As it stands when it is no URL.
std::string Canonical(std::string_view name) {
  const auto url = ingest::CanonicalUrl(name);
  return url.ok() ? *url : std::string(name);
}

}  // namespace

absl::StatusOr<std::string> ArticleNamed(const Archive& archive, std::string_view name) {
  return audit::ResolveArticle(archive.log(), Canonical(name));
}

absl::StatusOr<audit::Resolved> ThingNamed(const Archive& archive, std::string_view name) {
  return audit::Resolve(archive.log(), Canonical(name));
}

}  // namespace verbatim::archive
