// SPDX-License-Identifier: Apache-2.0
#include "core/archive/ingest_entry.h"

#include "core/article/load.h"
#include "core/base/hex.h"

namespace verbatim::archive {
namespace {

// The bytes that the latest revision was made from, which another extractor reads otherwise: the
// publisher changed nothing.
bool IsReread(const Entry& entry) {
  const v1::ArticleContent& latest = entry.state.latest()->content();
  const v1::Extraction& before = latest.extraction();
  const v1::Extraction& now = entry.draft->content.extraction();
  if (before.extractor() == now.extractor() && before.version() == now.version()) return false;
  for (const article::Source& source : entry.state.sources()) {
    if (source.event_id == latest.source())
      return source.capture.content_sha256() == entry.draft->source.content_sha256();
  }
  return false;
}

}  // namespace

bool HasSameText(const Entry& entry) {
  return !entry.same_text.empty() && entry.same_text != entry.draft->article;
}

absl::Status Decide(const log::Snapshot& snapshot, const IngestOptions& options, Entry& entry) {
  entry.result = {.input = entry.input, .place = entry.place};
  if (!entry.skipped.empty()) {
    entry.result.action = IngestAction::kSkipped;
    entry.result.reason = entry.skipped;
    return absl::OkStatus();
  }
  if (!entry.draft.ok()) {
    entry.result.reason = std::string(entry.draft.status().message());
    return absl::OkStatus();
  }
  ingest::Draft& draft = *entry.draft;
  const std::string& url = draft.content.metadata().canonical_url();
  std::string article = draft.article;
  if (!options.revises.empty()) {
    article = options.revises;
  } else if (!url.empty()) {
    VB_ASSIGN_OR_RETURN(const std::optional<std::string> known, snapshot.FindByUrl(url));
    if (known) article = *known;
  }
  VB_ASSIGN_OR_RETURN(const std::vector<log::ContentHit> copies,
                      snapshot.FindByContent(draft.content.content_key()));
  entry.same_text.clear();
  entry.reread = false;
  for (const log::ContentHit& copy : copies) {
    if (copy.article != article) entry.same_text = copy.article;
  }
  // A text of which nobody says where it stands is the article that has it already.
  if (url.empty() && options.revises.empty() && !entry.same_text.empty()) article = entry.same_text;
  VB_ASSIGN_OR_RETURN(entry.state, article::Load(snapshot, article));
  entry.seen = entry.state.stream_version();
  VB_ASSIGN_OR_RETURN(const std::optional<uint64_t> source,
                      snapshot.FindSource(draft.source.content_sha256()));
  entry.same_source.clear();
  if (source) {
    VB_ASSIGN_OR_RETURN(const log::HeaderView header, snapshot.View(*source));
    // Articles never share bytes: one can be erased, and the other keeps its own.
    if (header.stream == base::ToHex(article)) entry.same_source = std::string(header.event_id);
  }
  draft.article = article;
  entry.result.article = article;
  if (entry.state.erased() && !options.erased_too) {
    entry.result.reason =
        "erased: this article was erased from the archive; --erased-too takes it in again";
  } else if (entry.state.revisions().empty()) {
    entry.result.action = IngestAction::kIngested;
  } else if (entry.state.latest()->content().content_key() == draft.content.content_key()) {
    entry.result.action = IngestAction::kDuplicate;
    entry.result.revision = entry.state.latest()->number();
  } else {
    entry.result.action = IngestAction::kRevised;
    entry.result.revision = entry.state.latest()->number() + 1;
    entry.reread = IsReread(entry);
  }
  return absl::OkStatus();
}

}  // namespace verbatim::archive
