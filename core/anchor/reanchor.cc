// SPDX-License-Identifier: Apache-2.0
#include "core/anchor/reanchor.h"

#include <utility>

#include "core/anchor/changed.h"
#include "core/anchor/exact.h"
#include "core/base/limits.h"

namespace verbatim::anchor {
namespace {

using Outcome = v1::AnnotationReanchored;

Reanchored Unchanged(const std::vector<text::Range>& spans, const Mapping& mapping) {
  Reanchored out;
  out.outcome = Outcome::OUTCOME_UNCHANGED;
  out.to = MakeAnchor(mapping.to(), spans);
  out.score = 1;
  return out;
}

// Best first. Equal ones are for a person to choose from.
Reanchored FromPlacements(const std::vector<text::Range>& spans,
                          const std::vector<Placement>& placements, const Mapping& mapping,
                          const ReanchorOptions& options) {
  Reanchored out;
  out.score = placements[0].score;
  out.runner_up = placements.size() > 1 ? placements[1].score : 0;
  const bool tie = placements.size() > 1 && placements[0].score == placements[1].score;
  if (tie) {
    for (const Placement& placement : placements) {
      if (placement.score < out.score || out.candidates.size() == limits::kAnchorCandidatesMax)
        break;
      out.candidates.push_back(MakeAnchor(mapping.to(), placement.ranges));
    }
    out.outcome = options.find_changed ? Outcome::OUTCOME_CHANGED : Outcome::OUTCOME_ORPHANED;
    if (options.find_changed) out.to = out.candidates[0];
    return out;
  }
  out.outcome =
      placements[0].ranges == spans ? Outcome::OUTCOME_UNCHANGED : Outcome::OUTCOME_SHIFTED;
  out.to = MakeAnchor(mapping.to(), placements[0].ranges);
  return out;
}

Reanchored FromChange(Change change, const Mapping& mapping) {
  Reanchored out;
  out.outcome = Outcome::OUTCOME_CHANGED;
  out.to = MakeAnchor(mapping.to(), change.ranges);
  out.score = change.score;
  out.runner_up = change.runner_up;
  out.diff = std::move(change.diff);
  return out;
}

text::Span SpanOf(const v1::TextSpan& span) {
  return {span.begin_byte(), span.end_byte(), span.begin_char(), span.end_char(), span.exact()};
}

// A span that is one of the anchor's, or lies within one that kept its words, goes where that went.
std::optional<text::Range> MoveWithAnchor(text::Range span, const v1::Anchor& from,
                                          const v1::Anchor& to) {
  if (from.spans_size() != to.spans_size()) return std::nullopt;
  for (int n = 0; n < from.spans_size(); ++n) {
    const v1::TextSpan& old_span = from.spans(n);
    const v1::TextSpan& new_span = to.spans(n);
    if (span.begin < old_span.begin_byte() || span.end > old_span.end_byte()) continue;
    if (span.begin == old_span.begin_byte() && span.end == old_span.end_byte()) {
      return text::Range{new_span.begin_byte(), new_span.end_byte()};
    }
    if (old_span.exact() != new_span.exact()) return std::nullopt;
    const uint32_t begin = new_span.begin_byte() + (span.begin - old_span.begin_byte());
    return text::Range{begin, begin + span.size()};
  }
  return std::nullopt;
}

}  // namespace

Reanchored Reanchor(const v1::Anchor& from, const Mapping& mapping,
                    const ReanchorOptions& options) {
  const std::vector<text::Range> spans = RangesOf(from);
  if (spans.empty()) return {};
  if (mapping.same_text()) return Unchanged(spans, mapping);
  const std::vector<Placement> placements = FindExact(spans, mapping);
  if (!placements.empty()) return FromPlacements(spans, placements, mapping, options);
  if (!options.find_changed) return {};
  std::optional<Change> change = FindChanged(spans, mapping);
  return change ? FromChange(*std::move(change), mapping) : Reanchored{};
}

std::optional<text::Span> MoveSpan(const text::Span& span, const v1::Anchor& from,
                                   const Reanchored& moved, const Mapping& mapping) {
  if (moved.outcome == Outcome::OUTCOME_ORPHANED) return std::nullopt;
  const text::Range range{span.begin_byte, span.end_byte};
  std::optional<text::Range> to;
  if (mapping.same_text()) {
    to = range;
  } else {
    to = MoveWithAnchor(range, from, moved.to);
    if (!to && !range.empty()) to = FindNear(range, mapping.Follow(range.begin), mapping);
  }
  if (!to) return std::nullopt;
  return SpanOf(MakeTextSpan(mapping.to(), *to));
}

}  // namespace verbatim::anchor
