// SPDX-License-Identifier: Apache-2.0
#include "core/view/deliveries.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/article/load.h"
#include "core/base/hex.h"
#include "core/base/limits.h"

namespace verbatim::view {
namespace {

constexpr std::string_view kAnnotationChanged = "verbatim.v1.AnnotationChanged";

// The fields of verbatim.v1.ViewEvent.
enum ViewEventField : uint8_t { kSequence = 1, kType = 2, kHeader = 3, kBody = 4 };

void AppendVarint(uint64_t value, std::string* out) {
  while (value >= 0x80) {
    out->push_back(static_cast<char>((value & 0x7F) | 0x80));
    value >>= 7;
  }
  out->push_back(static_cast<char>(value));
}

void AppendBytes(ViewEventField field, std::string_view bytes, std::string* out) {
  if (bytes.empty()) return;
  out->push_back(static_cast<char>((field << 3) | 2));
  AppendVarint(bytes.size(), out);
  out->append(bytes);
}

// A ViewEvent from parts that are serialized already: nothing is parsed to be written again. The
// same bytes as protobuf's, as a test checks.
void WriteViewEvent(uint64_t sequence, std::string_view type, std::string_view header,
                    std::string_view body, std::string* out) {
  std::string& event = *out;
  event.clear();
  event.reserve(32 + type.size() + header.size() + body.size());
  event.push_back(static_cast<char>(kSequence << 3));
  AppendVarint(sequence, &event);
  AppendBytes(kType, type, &event);
  AppendBytes(kHeader, header, &event);
  AppendBytes(kBody, body, &event);
}

bool Among(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Texts as they are, and as much again for what is folded from them; annotations with some room.
size_t BytesOf(const article::ArticleState& state) {
  constexpr size_t kAnnotationBytes = 2048;
  size_t bytes = state.annotations().size() * kAnnotationBytes;
  for (const auto& revision : state.revisions()) bytes += 2 * revision->text().size();
  return bytes;
}

v1::AnnotationChanged ChangeOf(const article::ArticleState& state,
                               const article::AnnotationPtr& before,
                               const article::AnnotationPtr& after) {
  v1::AnnotationChanged changed;
  *changed.mutable_article() = state.Context();
  if (before != nullptr) *changed.mutable_before() = ToProto(*before);
  if (after == nullptr) return changed;
  *changed.mutable_after() = ToProto(*after);
  const v1::Anchor& anchor = after->value->anchor;
  if (anchor.spans_size() > 0 && anchor.revision() < state.revisions().size()) {
    *changed.mutable_sentence() =
        state.revisions()[anchor.revision()]->SentenceAt(anchor.spans(0).begin_byte());
  }
  return changed;
}

}  // namespace

absl::StatusOr<article::ArticleState*> ArticleCache::Before(const log::Snapshot& log,
                                                            std::string_view stream,
                                                            uint64_t sequence) {
  if (const auto known = by_stream_.find(stream); known != by_stream_.end()) {
    folded_.splice(folded_.begin(), folded_, known->second);
    return &folded_.front().state;
  }
  const std::optional<std::string> article = base::FromHex(stream);
  if (!article) {
    return absl::DataLossError(
        fmt::format("event {}: {} is not the stream of an article", sequence, stream));
  }
  VB_ASSIGN_OR_RETURN(article::ArticleState state, article::Load(log, *article, sequence - 1));
  folded_.push_front({std::string(stream), std::move(state), 0});
  by_stream_.emplace(folded_.front().stream, folded_.begin());
  return &folded_.front().state;
}

void ArticleCache::Settle() {
  if (folded_.empty()) return;
  Folded& used = folded_.front();
  bytes_ -= used.bytes;
  used.bytes = BytesOf(used.state);
  bytes_ += used.bytes;
  while (folded_.size() > 1 &&
         (folded_.size() > limits::kFoldedArticlesMax || bytes_ > limits::kFoldedArticleBytesMax)) {
    bytes_ -= folded_.back().bytes;
    by_stream_.erase(folded_.back().stream);
    folded_.pop_back();
  }
}

void ArticleCache::Clear() {
  by_stream_.clear();
  folded_.clear();
  bytes_ = 0;
}

Deliveries::Deliveries(const v1::ViewManifest& manifest)
    : subscribes_(manifest.subscribes().begin(), manifest.subscribes().end()),
      annotation_types_(manifest.annotation_types().begin(), manifest.annotation_types().end()) {}

bool Deliveries::Subscribed(std::string_view type) const { return Among(subscribes_, type); }

bool Deliveries::Wants(std::string_view type) const {
  return Subscribed(type) ||
         (!annotation_types_.empty() && article::ArticleState::MattersToViews(type));
}

absl::Status Deliveries::For(const log::Snapshot& log, uint64_t sequence,
                             const log::HeaderView& header,
                             absl::FunctionRef<bool(std::string_view event)> deliver) {
  const std::string_view bytes = header.bytes;
  VB_ASSIGN_OR_RETURN(const std::optional<std::string> body, log.Body(sequence, header));
  if (body && Subscribed(header.type)) {
    WriteViewEvent(sequence, header.type, bytes, *body, &event_);
    if (!deliver(event_)) return absl::OkStatus();
  }
  if (annotation_types_.empty() || !article::ArticleState::MattersToViews(header.type)) {
    return absl::OkStatus();
  }
  return Annotations(log, sequence, header, bytes, body, deliver);
}

absl::Status Deliveries::Annotations(const log::Snapshot& log, uint64_t sequence,
                                     const log::HeaderView& view, std::string_view header,
                                     const std::optional<std::string>& body,
                                     absl::FunctionRef<bool(std::string_view event)> deliver) {
  v1::EventHeader parsed;
  if (!parsed.ParseFromArray(header.data(), static_cast<int>(header.size()))) {
    return absl::DataLossError(fmt::format("event {}: its header can't be read", sequence));
  }
  VB_ASSIGN_OR_RETURN(article::ArticleState * state, articles_.Before(log, view.stream, sequence));
  VB_ASSIGN_OR_RETURN(
      const article::Applied applied,
      state->Apply(sequence, parsed, body ? std::optional<std::string_view>(*body) : std::nullopt));
  const auto tell = [&](const article::AnnotationPtr& before, const article::AnnotationPtr& after) {
    const article::AnnotationPtr& either = after != nullptr ? after : before;
    if (either == nullptr || !Among(annotation_types_, either->type())) return true;
    WriteViewEvent(sequence, kAnnotationChanged, header,
                   ChangeOf(*state, before, after).SerializeAsString(), &event_);
    return deliver(event_);
  };
  // An erased event, and an article whose text is gone, have nothing to show.
  bool on = body && !state->erased();
  if (on && applied.change) on = tell(applied.change->before, applied.change->after);
  if (on && applied.context_changed) {
    for (const article::AnnotationPtr& annotation : state->All()) {
      if (applied.change && applied.change->after == annotation) continue;
      if (!tell(annotation, annotation)) break;
    }
  }
  articles_.Settle();
  return absl::OkStatus();
}

}  // namespace verbatim::view
