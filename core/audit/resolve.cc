// SPDX-License-Identifier: Apache-2.0
#include "core/audit/resolve.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "core/base/hex.h"
#include "core/base/ids.h"
#include "core/log/snapshot.h"
#include "verbatim/v1/article.pb.h"

namespace verbatim::audit {
namespace {

constexpr size_t kCandidatesShown = 8;

absl::Status Ambiguous(std::string_view name, const std::vector<Resolved>& candidates) {
  std::string list;
  for (size_t i = 0; i < std::min(candidates.size(), kCandidatesShown); ++i) {
    absl::StrAppend(&list, "\n  ",
                    candidates[i].kind == Kind::kArticle ? "article    " : "annotation ",
                    base::ToHex(candidates[i].id));
  }
  if (candidates.size() > kCandidatesShown) list += "\n  and more";
  return absl::InvalidArgumentError(
      absl::StrCat("'", std::string(name), "' begins several ids; type more of it:", list));
}

absl::StatusOr<std::vector<Resolved>> ByPrefix(const log::Snapshot& snapshot, std::string_view name,
                                               bool annotations) {
  std::vector<Resolved> found;
  if (!base::IsHex(name) || name.size() > 2 * base::kIdBytes) return found;
  VB_ASSIGN_OR_RETURN(const std::vector<std::string> articles,
                      snapshot.FindArticles(name, kCandidatesShown + 1));
  for (const std::string& article : articles) found.push_back({Kind::kArticle, article, 0});
  if (!annotations) return found;
  VB_ASSIGN_OR_RETURN(const std::vector<log::AnnotationHit> hits,
                      snapshot.FindAnnotations(name, kCandidatesShown + 1));
  for (const log::AnnotationHit& hit : hits)
    found.push_back({Kind::kAnnotation, hit.annotation, hit.sequence});
  return found;
}

std::string_view LastComponent(std::string_view path) {
  const size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

// Every capture is looked at: the way for a person who has only the file's name.
absl::StatusOr<std::vector<Resolved>> ByFile(const log::Snapshot& snapshot, std::string_view name) {
  std::vector<Resolved> found;
  absl::Status status;
  VB_RETURN_IF_ERROR(snapshot.ScanHeaders(
      1, snapshot.head(), [&](uint64_t sequence, const log::HeaderView& header) {
        if (header.type != "verbatim.v1.SourceCaptured") return true;
        const auto body = snapshot.Body(sequence, header);
        if (!body.ok()) {
          status = body.status();
          return false;
        }
        v1::SourceCaptured source;
        if (!body->has_value() || !source.ParseFromString(**body)) return true;
        if (source.input() != name && LastComponent(source.input()) != name) return true;
        for (const Resolved& known : found) {
          if (known.id == source.article()) return true;
        }
        found.push_back({Kind::kArticle, source.article(), 0});
        return true;
      }));
  VB_RETURN_IF_ERROR(status);
  return found;
}

absl::StatusOr<Resolved> ResolveName(const log::Snapshot& snapshot, std::string_view name,
                                     bool annotations) {
  VB_ASSIGN_OR_RETURN(std::vector<Resolved> found, ByPrefix(snapshot, name, annotations));
  if (found.empty()) {
    VB_ASSIGN_OR_RETURN(const std::optional<std::string> by_url, snapshot.FindByUrl(name));
    if (by_url) found.push_back({Kind::kArticle, *by_url, 0});
  }
  if (found.empty()) {
    VB_ASSIGN_OR_RETURN(found, ByFile(snapshot, name));
  }
  if (found.size() == 1) return found[0];
  if (found.size() > 1) return Ambiguous(name, found);
  return absl::NotFoundError(absl::StrCat("nothing in this archive is named '", std::string(name),
                                          "': give a prefix of an id, a URL or a file name"));
}

}  // namespace

absl::StatusOr<std::string> ResolveArticle(const log::EventLog& log, std::string_view name) {
  VB_ASSIGN_OR_RETURN(const log::Snapshot snapshot, log.Read());
  VB_ASSIGN_OR_RETURN(const Resolved resolved, ResolveName(snapshot, name, /*annotations=*/false));
  return resolved.id;
}

absl::StatusOr<Resolved> Resolve(const log::EventLog& log, std::string_view name) {
  VB_ASSIGN_OR_RETURN(const log::Snapshot snapshot, log.Read());
  const bool marked = !name.empty() && name[0] == '@';
  const std::string digits(marked ? name.substr(1) : name);
  uint64_t sequence = 0;
  const bool number = absl::SimpleAtoi(digits, &sequence);
  if (marked && !number) {
    return absl::InvalidArgumentError(
        absl::StrCat("'", std::string(name), "' is no sequence: write @1043"));
  }
  // A number as long as the ids that tables show is one.
  const bool bare = number && digits[0] >= '1' && digits.size() < base::kShortIdChars;
  if (!marked && !(bare && sequence <= snapshot.head())) {
    return ResolveName(snapshot, name, /*annotations=*/true);
  }
  VB_ASSIGN_OR_RETURN(const log::HeaderView header, snapshot.View(sequence));
  return Resolved{Kind::kEvent, std::string(header.event_id), sequence};
}

}  // namespace verbatim::audit
