// SPDX-License-Identifier: Apache-2.0
#include "core/archive/refusals.h"

#include <set>

#include "core/article/load.h"
#include "core/base/ids.h"
#include "core/base/sha256.h"
#include "core/log/last_erasure.h"

namespace verbatim::archive {
namespace {

std::string MarkOf(std::string_view archive_id, std::string_view key) {
  const base::Digest digest = base::Sha256({std::string_view("v1\0erased\0", 10), archive_id, key});
  return base::ToString(digest).substr(0, base::kIdBytes);
}

// A title may be given at one time and not at another: the text counts by itself, too.
void AddContent(std::string_view archive_id, const v1::ArticleContent& content,
                std::set<std::string>& marks) {
  marks.insert(MarkOf(archive_id, content.content_key()));
  marks.insert(MarkOf(archive_id, ingest::ContentKey("", content.text())));
}

}  // namespace

std::vector<std::string> RefusalMarks(std::string_view archive_id,
                                      const article::ArticleState& state) {
  std::set<std::string> marks;
  for (const article::RevisionPtr& revision : state.revisions()) {
    AddContent(archive_id, revision->content(), marks);
  }
  for (const article::Source& source : state.sources()) {
    marks.insert(MarkOf(archive_id, source.capture.content_sha256()));
  }
  return {marks.begin(), marks.end()};
}

absl::StatusOr<std::optional<log::RefusedHit>> FindRefusal(const log::Snapshot& snapshot,
                                                           std::string_view archive_id,
                                                           const ingest::Draft& draft) {
  VB_ASSIGN_OR_RETURN(const uint64_t last_erasure, log::LastErasure(snapshot));
  if (last_erasure == 0) return std::optional<log::RefusedHit>();
  std::set<std::string> marks = {MarkOf(archive_id, draft.source.content_sha256())};
  AddContent(archive_id, draft.content, marks);
  for (const std::string& mark : marks) {
    VB_ASSIGN_OR_RETURN(const std::vector<log::RefusedHit> hits, snapshot.FindRefused(mark));
    for (const log::RefusedHit& hit : hits) {
      VB_ASSIGN_OR_RETURN(const article::ArticleState state, article::Load(snapshot, hit.article));
      if (state.erased()) return std::optional<log::RefusedHit>(hit);
    }
  }
  return std::optional<log::RefusedHit>();
}

}  // namespace verbatim::archive
