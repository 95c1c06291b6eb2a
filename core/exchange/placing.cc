// SPDX-License-Identifier: Apache-2.0
#include "core/exchange/placing.h"

#include <algorithm>
#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "core/anchor/place.h"
#include "core/article/ground.h"
#include "core/schema/read_message.h"
#include "core/schema/set_spans.h"

namespace verbatim::exchange {
namespace {

using Outcome = v1::AnnotationReanchored;

// Bytes at the end of `a` and of `b` that are equal.
size_t CommonEnd(std::string_view a, std::string_view b) {
  size_t n = 0;
  while (n < std::min(a.size(), b.size()) && a[a.size() - 1 - n] == b[b.size() - 1 - n]) ++n;
  return n;
}

size_t CommonBeginning(std::string_view a, std::string_view b) {
  return static_cast<size_t>(
      std::mismatch(a.begin(), a.begin() + static_cast<ptrdiff_t>(std::min(a.size(), b.size())),
                    b.begin())
          .first -
      a.begin());
}

// The bytes of a range of characters; nothing when the text is shorter.
std::optional<text::Range> RangeOf(const FoundSpan& span, const anchor::RevisionText& ground) {
  if (span.begin_char >= span.end_char || span.end_char > ground.chars().chars()) {
    return std::nullopt;
  }
  return text::Range{ground.chars().ByteOf(span.begin_char), ground.chars().ByteOf(span.end_char)};
}

absl::Status NoWords(const FoundSpan& span) {
  return absl::NotFoundError(absl::StrCat("the words '", span.exact, "' don't stand in the text"));
}

// One span of several after the byte `floor`. The words decide, then what stands around them, then
// the position.
absl::StatusOr<text::Range> FindSpan(const Found& found, size_t number, uint32_t floor,
                                     const anchor::RevisionText& ground) {
  const FoundSpan& span = found.spans[number];
  const std::optional<text::Range> said = RangeOf(span, ground);
  if (span.exact.empty()) {
    if (said && said->begin >= floor) return *said;
    return absl::NotFoundError(absl::StrCat("characters ", span.begin_char, "..", span.end_char,
                                            " are no part of the text, which has ",
                                            ground.chars().chars()));
  }
  const std::string_view text = ground.text();
  const std::string_view before = number == 0 ? std::string_view(found.prefix) : "";
  const std::string_view after =
      number + 1 == found.spans.size() ? std::string_view(found.suffix) : "";
  struct Rated {
    text::Range range;
    size_t context;
    uint64_t distance;
  };
  std::vector<Rated> rated;
  for (const text::Range& range : anchor::FindWords(text, span.exact)) {
    if (range.begin < floor) continue;
    const uint64_t distance =
        said ? static_cast<uint64_t>(std::abs(int64_t{range.begin} - int64_t{said->begin})) : 0;
    rated.push_back({range,
                     CommonEnd(text.substr(0, range.begin), before) +
                         CommonBeginning(text.substr(range.end), after),
                     distance});
  }
  if (rated.empty()) return NoWords(span);
  std::stable_sort(rated.begin(), rated.end(), [](const Rated& a, const Rated& b) {
    return std::pair(b.context, a.distance) < std::pair(a.context, b.distance);
  });
  const bool tied =
      rated.size() > 1 && !said && number == 0 && rated[0].context == rated[1].context;
  if (!tied) return rated[0].range;
  return absl::NotFoundError(absl::StrCat("the words '", span.exact, "' stand in the text ",
                                          rated.size(), " times, and nothing says which is meant"));
}

absl::StatusOr<std::vector<text::Range>> FindSpans(const Found& found,
                                                   const anchor::RevisionText& ground) {
  std::vector<text::Range> ranges;
  for (size_t i = 0; i < found.spans.size(); ++i) {
    VB_ASSIGN_OR_RETURN(ranges.emplace_back(),
                        FindSpan(found, i, ranges.empty() ? 0 : ranges.back().end, ground));
  }
  return ranges;
}

// The spans of a file with its own text: positions are the truth.
absl::StatusOr<std::vector<text::Range>> SpansIn(const Found& found,
                                                 const anchor::RevisionText& ground) {
  std::vector<text::Range> ranges;
  for (const FoundSpan& span : found.spans) {
    const auto range = RangeOf(span, ground);
    if (!range || (!ranges.empty() && range->begin < ranges.back().end)) {
      return absl::InvalidArgumentError(
          absl::StrCat("characters ", span.begin_char, "..", span.end_char,
                       " are out of order, or beyond the text of ", ground.chars().chars()));
    }
    ranges.push_back(*range);
  }
  return ranges;
}

// A span as it stands in this text: at its characters, else the nearest of its words.
std::optional<text::Span> Settled(const text::Span& span, const v1::Anchor& near,
                                  const anchor::RevisionText& ground) {
  const auto made = [&](const text::Range& range) {
    return text::MakeSpan(ground.text(), ground.chars(), range.begin, range.end);
  };
  const auto said = RangeOf({span.begin_char, span.end_char, ""}, ground);
  if (said && text::In(ground.text(), *said) == span.exact) return made(*said);
  const int64_t at = near.spans(0).begin_byte();
  std::optional<text::Range> best;
  for (const text::Range& range : anchor::FindWords(ground.text(), span.exact)) {
    if (!best || std::abs(int64_t{range.begin} - at) < std::abs(int64_t{best->begin} - at)) {
      best = range;
    }
  }
  return best ? std::optional(made(*best)) : std::nullopt;
}

bool SameValue(const article::Value& value, const v1::Anchor& anchor, const v1::TypedBody& body,
               const schema::Registry& registry) {
  return article::SameSpans(value.anchor, anchor) &&
         registry.EqualBodies(body.type(), value.body.value(), body.value(), {});
}

}  // namespace

Passage::Passage(const article::ArticleState& state, std::string text,
                 const anchor::RevisionText& latest)
    : text_(std::move(text)),
      chars_(text_),
      from_(state.id(), latest.revision(), text_, chars_),
      mapping_(from_, latest) {}

Placer::Placer(const article::ArticleState& state, const FoundArticle& article,
               const schema::Registry& registry)
    : state_(state),
      article_(article),
      registry_(registry),
      latest_(article::GroundOf(state, *state.latest())) {}

const Passage* Placer::PassageFrom(const Found& found) {
  if (!article_.text.empty()) {
    if (own_ == nullptr) own_ = std::make_unique<Passage>(state_, article_.text, latest_);
    return own_.get();
  }
  if (!found.revision || *found.revision >= latest_.revision()) return nullptr;
  std::unique_ptr<Passage>& passage = earlier_[*found.revision];
  if (passage == nullptr) {
    passage =
        std::make_unique<Passage>(state_, state_.revisions()[*found.revision]->text(), latest_);
  }
  return passage.get();
}

absl::StatusOr<Place> Placer::Find(const Found& found) {
  Place place;
  place.passage = PassageFrom(found);
  if (place.passage != nullptr) {
    const anchor::RevisionText& from = place.passage->from();
    auto ranges = article_.text.empty() ? FindSpans(found, from) : SpansIn(found, from);
    if (ranges.ok()) {
      place.from = anchor::MakeAnchor(from, *ranges);
      place.moved = anchor::Reanchor(place.from, place.passage->mapping());
      place.anchor = place.moved.to;
      if (place.moved.outcome == Outcome::OUTCOME_UNCHANGED ||
          place.moved.outcome == Outcome::OUTCOME_SHIFTED) {
        return place;
      }
      return absl::NotFoundError(place.moved.outcome == Outcome::OUTCOME_CHANGED
                                     ? absl::StrCat("its words have changed: ", place.moved.diff)
                                     : "its words don't stand in the text any more");
    }
    if (!absl::IsNotFound(ranges.status())) return ranges.status();
    place.passage = nullptr;
  }
  VB_ASSIGN_OR_RETURN(const std::vector<text::Range> ranges, FindSpans(found, latest_));
  place.anchor = anchor::MakeAnchor(latest_, ranges);
  return place;
}

std::optional<text::Span> Placer::Move(const text::Span& span, const Place& place) const {
  if (place.passage == nullptr) return Settled(span, place.anchor, latest_);
  const auto there = Settled(span, place.from, place.passage->from());
  if (!there) return std::nullopt;
  return anchor::MoveSpan(*there, place.from, place.moved, place.passage->mapping());
}

absl::StatusOr<v1::TypedBody> Placer::BodyOf(const Found& found, const Place& place,
                                             const v1::TypedBody* base) const {
  v1::TypedBody body;
  body.set_type(found.type);
  if (!found.body_json.empty()) {
    VB_ASSIGN_OR_RETURN(const schema::MessagePtr message, registry_.New(found.type));
    VB_RETURN_IF_ERROR(base::WithContext(
        schema::ReadJson(found.body_json, &registry_, message.get()), "its body"));
    schema::MoveSpans(message.get(),
                      [&](std::string_view, const text::Span& span) { return Move(span, place); });
    body.set_value(message->SerializeAsString());
  } else if (base != nullptr) {
    body = *base;
  }
  if (found.body_json.empty() && base == nullptr) {
    VB_ASSIGN_OR_RETURN(
        body, article::NewBody(found.type, found.fields, place.anchor, latest_, registry_));
  } else {
    VB_ASSIGN_OR_RETURN(body,
                        article::AssignBody(body, found.fields, place.anchor, latest_, registry_));
  }
  if (found.places.empty()) return body;
  VB_ASSIGN_OR_RETURN(const schema::MessagePtr message, registry_.Parse(body.type(), body.value()));
  for (const auto& [field, spans] : found.places) {
    VB_ASSIGN_OR_RETURN(const schema::FieldPath path,
                        schema::FindField(*message->GetDescriptor(), field));
    if (!schema::IsSpanField(path)) {
      return absl::InvalidArgumentError(
          absl::StrCat("has_", field, ": ", field, " of ", found.type, " holds no place"));
    }
    std::vector<text::Span> moved;
    for (const FoundSpan& span : spans) {
      const auto to = Move({0, 0, span.begin_char, span.end_char, span.exact}, place);
      if (to) moved.push_back(*to);
    }
    VB_RETURN_IF_ERROR(schema::SetSpans(message.get(), path, moved));
  }
  body.set_value(message->SerializeAsString());
  return body;
}

absl::StatusOr<v1::TypedBody> Placer::BodyAsFound(const Found& found) const {
  VB_ASSIGN_OR_RETURN(const schema::MessagePtr message, registry_.New(found.type));
  if (!found.body_json.empty()) {
    VB_RETURN_IF_ERROR(base::WithContext(
        schema::ReadJson(found.body_json, &registry_, message.get()), "its body"));
  }
  for (const article::Assignment& field : found.fields) {
    VB_RETURN_IF_ERROR(schema::SetField(message.get(), field.field, field.value));
  }
  for (const auto& [field, spans] : found.places) {
    VB_ASSIGN_OR_RETURN(const schema::FieldPath path,
                        schema::FindField(*message->GetDescriptor(), field));
    std::vector<text::Span> as_found;
    for (const FoundSpan& span : spans) {
      as_found.push_back({0, 0, span.begin_char, span.end_char, span.exact});
    }
    if (schema::IsSpanField(path)) {
      VB_RETURN_IF_ERROR(schema::SetSpans(message.get(), path, as_found));
    }
  }
  v1::TypedBody body;
  body.set_type(found.type);
  body.set_value(message->SerializeAsString());
  return body;
}

article::AnnotationPtr Meet(const article::ArticleState& state, const Found& found,
                            const v1::Anchor& anchor) {
  if (article::AnnotationPtr named = state.Find(found.id);
      named != nullptr && named->type() == found.type) {
    return named;
  }
  article::AnnotationPtr best;
  for (const article::AnnotationPtr& one : state.All(found.type)) {
    if (!article::SameSpans(one->value->anchor, anchor)) continue;
    // What a plugin took back by itself is nobody's any more.
    if (!one->IsLive() && !one->human_held) continue;
    if (best == nullptr || (one->IsLive() && !best->IsLive())) best = one;
  }
  return best;
}

News NewsOf(const article::AnnotationState& annotation, const v1::Anchor& anchor,
            const v1::TypedBody& body, const schema::Registry& registry) {
  if (annotation.IsSuppressed()) return News::kGone;
  const bool same = SameValue(*annotation.value, anchor, body, registry);
  if (same && annotation.IsLive()) return News::kSame;
  for (const article::Stage& stage : article::Stages(annotation)) {
    if (SameValue(*stage.after->value, anchor, body, registry)) return News::kHadOnce;
  }
  return News::kCorrection;
}

}  // namespace verbatim::exchange
