// SPDX-License-Identifier: Apache-2.0
#include "core/archive/names.h"

#include <set>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/archive/catalog.h"
#include "core/ingest/url.h"
#include "verbatim/text/fold.h"
#include "verbatim/v1/date.pb.h"
#include "verbatim/v1/note.pb.h"
#include "verbatim/v1/quote.pb.h"

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

absl::StatusOr<std::string> BodyTypeNamed(const Archive& archive, std::string_view name) {
  std::set<std::string> types = {
      v1::Quote::descriptor()->full_name(), v1::TemporalExpression::descriptor()->full_name(),
      v1::DocumentDate::descriptor()->full_name(), v1::Note::descriptor()->full_name()};
  for (const auto& [plugin, installed] : archive.catalog().plugins()) {
    for (const v1::AnnotatorManifest& annotator : installed.pin.manifest().annotators()) {
      types.insert(annotator.produces().begin(), annotator.produces().end());
    }
  }
  std::vector<std::string> meant;
  for (const std::string& type : types) {
    const std::string last = type.substr(type.rfind('.') + 1);
    if (type == name || text::EqualFolded(last, name)) meant.push_back(type);
  }
  if (meant.size() == 1) return meant[0];
  return absl::InvalidArgumentError(absl::StrCat(
      "'", std::string(name),
      meant.empty() ? "' is no type of annotation; there are: "
                    : "' ends several types; write one whole: ",
      absl::StrJoin(meant.empty() ? std::vector(types.begin(), types.end()) : meant, ", ")));
}

}  // namespace verbatim::archive
