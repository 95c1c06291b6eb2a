// SPDX-License-Identifier: Apache-2.0
#include "core/archive/ingest_entry.h"

#include "absl/strings/str_cat.h"
#include "core/archive/refusals.h"
#include "core/article/load.h"
#include "core/audit/erasure.h"
#include "core/base/hex.h"
#include "verbatim/v1/archive.pb.h"

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

// The revision that was made from this very capture: the same bytes, taken at the same time, or the
// same record of the same container. What an older capture says again is no change when it is read
// again.
std::optional<uint32_t> RevisionOf(const Entry& entry) {
  const v1::SourceCaptured& now = entry.draft->source;
  const bool in_container = entry.place.byte > 0 || entry.place.line > 0;
  for (const article::Source& source : entry.state.sources()) {
    const v1::SourceCaptured& then = source.capture;
    if (then.content_sha256() != now.content_sha256() ||
        then.fetched_at_us() != now.fetched_at_us() || then.record() != now.record())
      continue;
    const bool same = now.fetched_at_us() != 0 || (in_container && then.input() == now.input());
    if (!same) continue;
    for (const article::RevisionPtr& revision : entry.state.revisions()) {
      if (revision->content().source() == source.event_id) return revision->number();
    }
  }
  return std::nullopt;
}

// That an erasure stands against it, and the way in all the same.
absl::StatusOr<std::string> WhyRefused(const log::Snapshot& snapshot, const std::string& what,
                                       std::string_view article) {
  std::string why = absl::StrCat("erased: ", what, " was erased from the archive");
  VB_ASSIGN_OR_RETURN(const auto erasure, audit::ErasureOf(snapshot, base::ToHex(article)));
  if (erasure) {
    absl::StrAppend(&why, " at @", erasure->sequence, " (", audit::ErasureText(*erasure), ")");
  }
  return absl::StrCat(why, "; --erased-too takes it in again");
}

// A text that somebody erased doesn't come back under another name. Where an article that stands
// has it too, that one was kept on purpose.
absl::Status RefuseErased(const log::Snapshot& snapshot, std::string_view archive_id,
                          Entry& entry) {
  if (entry.result.action != IngestAction::kIngested &&
      entry.result.action != IngestAction::kRevised) {
    return absl::OkStatus();
  }
  VB_ASSIGN_OR_RETURN(const auto refused, FindRefusal(snapshot, archive_id, *entry.draft));
  if (!refused) return absl::OkStatus();
  const std::string what =
      absl::StrCat("what it says, as article ", base::ShortId(refused->article), ",");
  entry.result.action = IngestAction::kFailed;
  entry.result.article.clear();
  VB_ASSIGN_OR_RETURN(entry.result.reason, WhyRefused(snapshot, what, refused->article));
  return absl::OkStatus();
}

}  // namespace

log::CursorUpdate DocumentCursor(const Entry& entry) {
  v1::IngestCursor cursor;
  cursor.ParseFromString(entry.document->value);
  cursor.set_input(base::ToHex(entry.result.article));
  cursor.set_record(entry.result.revision);
  return {entry.document->input, cursor.SerializeAsString()};
}

bool HasSameText(const Entry& entry) {
  return !entry.same_text.empty() && entry.same_text != entry.draft->article;
}

absl::Status Decide(const log::Snapshot& snapshot, std::string_view archive_id,
                    const IngestOptions& options, Entry& entry) {
  entry.result = {.input = entry.input, .place = entry.place};
  if (entry.repeat) {
    entry.result = *entry.repeat;
    return absl::OkStatus();
  }
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
    VB_ASSIGN_OR_RETURN(entry.result.reason, WhyRefused(snapshot, "this article", article));
  } else if (entry.state.revisions().empty()) {
    entry.result.action = IngestAction::kIngested;
  } else if (entry.state.latest()->content().content_key() == draft.content.content_key()) {
    entry.result.action = IngestAction::kDuplicate;
    entry.result.revision = entry.state.latest()->number();
  } else {
    entry.result.action = IngestAction::kRevised;
    entry.result.revision = entry.state.latest()->number() + 1;
    entry.reread = IsReread(entry);
    const auto again = entry.reread || !options.revises.empty() ? std::nullopt : RevisionOf(entry);
    if (again) {
      entry.result.action = IngestAction::kDuplicate;
      entry.result.revision = *again;
    }
  }
  if (options.erased_too || !copies.empty()) return absl::OkStatus();
  return RefuseErased(snapshot, archive_id, entry);
}

}  // namespace verbatim::archive
