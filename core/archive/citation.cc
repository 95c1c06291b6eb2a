// SPDX-License-Identifier: Apache-2.0
#include "core/archive/citation.h"

#include <set>
#include <utility>

#include "core/article/article_state.h"
#include "core/audit/show.h"
#include "core/audit/summary.h"
#include "core/audit/text_fragment.h"
#include "core/base/hex.h"
#include "core/base/sha256.h"
#include "core/base/time_point.h"
#include "core/schema/json.h"
#include "fmt/format.h"
#include "verbatim/v1/quote.pb.h"

namespace verbatim::archive {
namespace {

using schema::List;
using schema::Record;

absl::Status Wrong(std::string why) { return absl::InvalidArgumentError(std::move(why)); }

Record Missing() {
  return Record().Add("missing",
                      "the words are not in this proof: their bodies were erased, or left out");
}

// The fold of those events that stand in the stream.
absl::StatusOr<article::ArticleState> FoldOf(const std::vector<audit::Opened>& events,
                                             std::string_view stream) {
  article::ArticleState state;
  for (const audit::Opened& event : events) {
    if (event.header.stream() != stream) continue;
    const absl::Status applied = state.Apply(event.sequence, event.header, event.body).status();
    if (!applied.ok()) {
      return Wrong(
          fmt::format("the events don't fit together: {}", std::string(applied.message())));
    }
  }
  return state;
}

absl::Status CheckWords(const article::ArticleState& state, const v1::Anchor& anchor) {
  if (anchor.revision() >= state.revisions().size()) {
    return Wrong(fmt::format("revision {} of its text is not here", anchor.revision()));
  }
  const v1::ArticleContent& content = state.revisions()[anchor.revision()]->content();
  const base::Digest digest = base::Sha256(content.text());
  if (base::AsView(digest) != content.text_sha256() ||
      content.text_sha256() != anchor.text_sha256()) {
    return Wrong("the annotation is of another text than the one here");
  }
  for (const v1::TextSpan& span : anchor.spans()) {
    if (span.begin_byte() > span.end_byte() || span.end_byte() > content.text().size() ||
        std::string_view(content.text())
                .substr(span.begin_byte(), span.end_byte() - span.begin_byte()) != span.exact()) {
      return Wrong("its words do not stand where the annotation says");
    }
  }
  return absl::OkStatus();
}

void AddPublication(const article::ArticleState& state, Record& record) {
  const v1::ArticleMetadata& metadata = state.metadata();
  List authors;
  for (const std::string& author : metadata.authors()) authors.emplace_back(author);
  record.Add("title", metadata.title()).Add("authors", std::move(authors));
  record.Add("outlet", metadata.outlet()).Add("published", metadata.published().value());
  if (metadata.published().basis() != v1::DatedValue::BASIS_UNSPECIFIED) {
    record.Add("published_basis",
               schema::EnumText(*v1::DatedValue::Basis_descriptor(), metadata.published().basis()));
  }
  record.Add("url", metadata.canonical_url());
}

// The captured bytes that a text was made from, when they are among the events and are what their
// event says.
absl::Status AddSource(const std::vector<audit::Opened>& events, const v1::ArticleContent& content,
                       Record& record) {
  std::string wanted = content.source();
  std::string url;
  for (int hops = 0; hops < 2 && !wanted.empty(); ++hops) {
    std::string next;
    for (const audit::Opened& event : events) {
      v1::SourceCaptured capture;
      if (event.header.event_id() != wanted || !event.body ||
          !capture.ParseFromString(*event.body)) {
        continue;
      }
      if (hops == 0) url = capture.url();
      next = capture.same_as();
      if (!next.empty()) break;
      if (base::AsView(base::Sha256(capture.content())) != capture.content_sha256()) {
        return Wrong("the captured bytes are not those of their digest");
      }
      record.Add("source_sha256", base::ToHex(capture.content_sha256()));
      record.Add("source_bytes", static_cast<uint64_t>(capture.content().size()));
      record.Add("media_type", capture.media_type()).Add("source_url", url);
      if (capture.fetched_at_us() != 0) {
        record.Add("fetched_at", base::FormatTime(capture.fetched_at_us()));
      }
    }
    wanted = next;
  }
  return absl::OkStatus();
}

// Who did what to the annotation, in order; and which people's confirmations stand.
void AddHistory(const std::vector<audit::Opened>& events,
                const article::AnnotationState& annotation, Record& record) {
  std::set<std::string> withdrawn;
  for (const auto& step : annotation.steps) withdrawn.insert(step->target);
  List confirmed;
  List history;
  for (const auto& step : annotation.steps) {
    for (const audit::Opened& event : events) {
      if (event.sequence != step->sequence) continue;
      Record row;
      row.Add("sequence", event.sequence)
          .Add("recorded_at", base::FormatTime(event.header.recorded_at_us()))
          .Add("actor", audit::ActorRecord(event.header.actor()))
          .Add("what", audit::Summary(event))
          .Add("reason", event.message ? audit::TextField(*event.message, "reason") : "")
          .Add("withdrawn", withdrawn.contains(step->event_id));
      history.emplace_back(std::move(row));
    }
    if (step->kind == article::Step::Kind::kConfirmed && !withdrawn.contains(step->event_id)) {
      confirmed.emplace_back(step->who);
    }
  }
  record.Add("confirmed_by", std::move(confirmed)).Add("history", std::move(history));
}

void AddQuote(const v1::TypedBody& body, Record& record) {
  v1::Quote quote;
  if (body.type() != quote.GetTypeName() || !quote.ParseFromString(body.value())) return;
  record.Add("speaker", quote.speaker()).Add("speaker_role", quote.speaker_role());
  record.Add("kind", schema::EnumText(*v1::Quote::Kind_descriptor(), quote.kind()));
  record.Add("said_on", quote.said_on());
  record.Add("said_on_basis",
             schema::EnumText(*v1::Quote::SaidOn_descriptor(), quote.said_on_basis()));
}

}  // namespace

absl::StatusOr<Record> CiteAnnotation(const std::vector<audit::Opened>& events,
                                      const schema::Registry& registry,
                                      const std::string& annotation) {
  std::string stream;
  bool withheld = false;
  for (const audit::Opened& event : events) {
    if (event.header.type() != "verbatim.v1.AnnotationAdded") continue;
    stream = event.header.stream();
    withheld = !event.body;
  }
  if (withheld) return Missing();
  VB_ASSIGN_OR_RETURN(const article::ArticleState state, FoldOf(events, stream));
  const article::AnnotationPtr found = state.Find(annotation);
  if (found == nullptr || state.revisions().empty()) {
    return Missing();
  }
  const v1::Anchor& anchor = found->value->anchor;
  VB_RETURN_IF_ERROR(CheckWords(state, anchor));
  const v1::ArticleContent& content = state.revisions()[anchor.revision()]->content();
  Record record;
  record.Add("words", audit::WordsOf(anchor));
  AddQuote(found->value->body, record);
  AddPublication(state, record);
  record.Add("link", audit::LinkToWords(state.metadata().canonical_url(), anchor, content.text()));
  record.Add("status", article::StatusName(found->status)).Add("place", audit::PlaceOf(anchor));
  record.Add("text_sha256", base::ToHex(content.text_sha256()));
  VB_RETURN_IF_ERROR(AddSource(events, content, record));
  AddHistory(events, *found, record);
  record.Add("record", audit::AnnotationRecord(state, *found, registry));
  return record;
}

absl::StatusOr<Record> CiteArticle(const std::vector<audit::Opened>& events,
                                   const std::string& article) {
  VB_ASSIGN_OR_RETURN(const article::ArticleState state, FoldOf(events, base::ToHex(article)));
  if (state.revisions().empty()) {
    return Missing();
  }
  Record record;
  AddPublication(state, record);
  VB_RETURN_IF_ERROR(AddSource(events, state.latest()->content(), record));
  record.Add("text_sha256", base::ToHex(state.latest()->content().text_sha256()));
  record.Add("record", audit::ArticleRecord(state));
  return record;
}

}  // namespace verbatim::archive
