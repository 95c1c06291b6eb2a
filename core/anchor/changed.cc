// SPDX-License-Identifier: Apache-2.0
#include "core/anchor/changed.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

#include "core/base/limits.h"
#include "verbatim/text/chars.h"
#include "verbatim/text/diff.h"
#include "verbatim/text/sentences.h"

namespace verbatim::anchor {
namespace {

// Words under this many characters are never found by likeness: everything is like them.
constexpr uint32_t kCharsMin = 8;
// Least likeness, and least distance to the next best sentence.
constexpr float kLikenessMin = 0.45F;
constexpr float kLeadMin = 0.1F;
// What a contained text counts against an equal one.
constexpr float kContainedWeight = 0.9F;

float Likeness(std::string_view a, std::string_view b) {
  const text::Overlap overlap = text::OverlapOf(a, b);
  return static_cast<float>(std::max(overlap.dice, kContainedWeight * overlap.containment));
}

class ChangeFinder {
 public:
  ChangeFinder(const std::vector<text::Range>& spans, const Mapping& mapping)
      : spans_(spans), mapping_(mapping), sentences_(mapping.sentences()) {}

  std::optional<Change> Find() {
    const std::string old_text = TextOf(spans_, mapping_.from().text());
    if (text::CountChars(old_text) < kCharsMin) return std::nullopt;
    Change change;
    for (const text::Range& span : spans_) {
      const std::optional<text::Range> moved = MoveRange(span);
      if (!moved) continue;
      if (!change.ranges.empty() && moved->begin < change.ranges.back().end) continue;
      change.ranges.push_back(*moved);
    }
    if (change.ranges.empty()) return std::nullopt;
    const std::string new_text = TextOf(change.ranges, mapping_.to().text());
    change.score = ScoreOf(old_text, new_text, change.ranges);
    change.runner_up = RunnerUp(old_text, change.ranges);
    if (change.score < kLikenessMin || change.score < change.runner_up + kLeadMin)
      return std::nullopt;
    change.diff = text::RenderDiff(old_text, new_text, text::DiffWords(old_text, new_text));
    return change;
  }

 private:
  static std::string TextOf(const std::vector<text::Range>& ranges, std::string_view text) {
    std::string joined;
    for (const text::Range& range : ranges) {
      if (!joined.empty()) joined += ' ';
      joined += text::In(text, range);
    }
    return joined;
  }

  // Of words within a sentence, half by what the sentence became: "3 percent" in a sentence that
  // else stayed.
  float ScoreOf(std::string_view old_text, std::string_view new_text,
                const std::vector<text::Range>& ranges) const {
    const float words = Likeness(old_text, new_text);
    const std::string_view old_around = Around(sentences_.from, spans_, mapping_.from().text());
    const std::string_view new_around = Around(sentences_.to, ranges, mapping_.to().text());
    return std::max(words, (words + Likeness(old_around, new_around)) / 2);
  }

  // From the begin of the first range's sentence to the end of the last one's.
  static std::string_view Around(const std::vector<text::Range>& sentences,
                                 const std::vector<text::Range>& ranges, std::string_view text) {
    const text::Range first = text::SentenceAround(sentences, ranges.front().begin);
    const text::Range last = text::SentenceAround(sentences, ranges.back().end - 1);
    return text.substr(first.begin, std::max(last.end, ranges.back().end) - first.begin);
  }

  // First sentence that ends after the byte.
  static size_t SentenceNumber(const std::vector<text::Range>& sentences, uint32_t byte) {
    const auto at = std::upper_bound(sentences.begin(), sentences.end(), byte,
                                     [](uint32_t b, const text::Range& r) { return b < r.end; });
    return static_cast<size_t>(at - sentences.begin());
  }

  // The most like of the sentences that old sentence number `n` became.
  std::optional<text::Range> PartnerOf(size_t n) const {
    const auto& pairs = sentences_.pairs;
    auto at = std::lower_bound(pairs.begin(), pairs.end(), n,
                               [](const text::SentencePair& p, size_t x) { return p.a < x; });
    std::optional<text::Range> best;
    float best_similarity = -1;
    for (; at != pairs.end() && at->a == n; ++at) {
      if (at->similarity <= best_similarity) continue;
      best_similarity = at->similarity;
      best = sentences_.to[at->b];
    }
    return best;
  }

  // The part of the new text that the range became: through the first and the last of its sentences
  // that have partners.
  std::optional<text::Range> MoveRange(text::Range span) const {
    std::optional<text::Range> moved;
    for (size_t n = SentenceNumber(sentences_.from, span.begin);
         n < sentences_.from.size() && sentences_.from[n].begin < span.end; ++n) {
      const std::optional<text::Range> partner = PartnerOf(n);
      if (!partner) continue;
      const text::Range sentence = sentences_.from[n];
      const text::Range part{std::max(span.begin, sentence.begin),
                             std::min(span.end, sentence.end)};
      const std::optional<text::Range> piece = MoveWithin(part, sentence, *partner);
      if (!piece) continue;
      // Sentences of one span stay together: what has moved away is left out.
      if (!moved) {
        moved = piece;
      } else if (piece->begin >= moved->end && piece->begin - moved->end <= kGapBytesMax) {
        moved->end = piece->end;
      }
    }
    return moved;
  }

  std::optional<text::Range> MoveWithin(text::Range part, text::Range sentence,
                                        text::Range partner) const {
    if (part == sentence) return partner;
    const std::string_view old_text = text::In(mapping_.from().text(), sentence);
    const std::string_view new_text = text::In(mapping_.to().text(), partner);
    text::DiffOptions options;
    options.min_similarity = 0;
    options.swallow_islands = false;
    const std::vector<text::DiffOp> ops = text::DiffWords(old_text, new_text, options);
    const uint32_t begin = MapBegin(ops, part.begin - sentence.begin);
    const uint32_t end = MapEnd(ops, part.end - sentence.begin);
    if (begin >= end) return std::nullopt;
    return Trim({partner.begin + begin, partner.begin + end});
  }

  static uint32_t MapBegin(const std::vector<text::DiffOp>& ops, uint32_t byte) {
    return text::MapByte(ops, byte);
  }

  // Behind the last byte before `byte`; where that was replaced, behind what replaced it.
  static uint32_t MapEnd(const std::vector<text::DiffOp>& ops, uint32_t byte) {
    for (size_t n = 0; n < ops.size(); ++n) {
      if (ops[n].kind == text::OpKind::kInsert || byte > ops[n].a.end) continue;
      if (ops[n].kind == text::OpKind::kKeep) {
        return std::min(ops[n].b.begin + (byte - ops[n].a.begin), ops[n].b.end);
      }
      const bool replaced = n + 1 < ops.size() && ops[n + 1].kind == text::OpKind::kInsert;
      return replaced ? ops[n + 1].b.end : ops[n].b.begin;
    }
    return ops.empty() ? 0 : ops.back().b.end;
  }

  // Whole characters of the new text, without blanks at the ends.
  std::optional<text::Range> Trim(text::Range range) const {
    const std::string_view text = mapping_.to().text();
    while (range.begin < range.end && !text::IsLeadByte(text[range.begin])) ++range.begin;
    while (range.end < text.size() && !text::IsLeadByte(text[range.end])) ++range.end;
    while (range.begin < range.end && IsBlankAt(range.begin)) {
      range.begin += text::DecodeAt(text, range.begin).size;
    }
    while (range.end > range.begin && IsBlankAt(text::PreviousChar(text, range.end))) {
      range.end = text::PreviousChar(text, range.end);
    }
    if (range.empty()) return std::nullopt;
    return range;
  }

  bool IsBlankAt(uint32_t byte) const {
    const char32_t c = text::DecodeAt(mapping_.to().text(), byte).code_point;
    return text::IsBlank(c) || text::IsLineEnd(c);
  }

  // The likest of the new sentences that the ranges don't touch and that no old sentence became.
  float RunnerUp(std::string_view old_text, const std::vector<text::Range>& ranges) const {
    std::vector<bool> explained(sentences_.to.size(), false);
    for (const text::SentencePair& pair : sentences_.pairs) explained[pair.b] = true;
    float best = 0;
    size_t rivals = 0;
    for (size_t n = 0; n < sentences_.to.size() && rivals < limits::kAnchorRivalsMax; ++n) {
      const text::Range sentence = sentences_.to[n];
      const bool taken =
          std::any_of(ranges.begin(), ranges.end(), [sentence](const text::Range& r) {
            return r.begin < sentence.end && sentence.begin < r.end;
          });
      if (taken || explained[n]) continue;
      ++rivals;
      best = std::max(best, Likeness(old_text, text::In(mapping_.to().text(), sentence)));
    }
    return best;
  }

  // Between two sentences: blanks and a line end or two.
  static constexpr uint32_t kGapBytesMax = 8;

  const std::vector<text::Range>& spans_;
  const Mapping& mapping_;
  const Mapping::Sentences& sentences_;
};

}  // namespace

std::optional<Change> FindChanged(const std::vector<text::Range>& spans, const Mapping& mapping) {
  return ChangeFinder(spans, mapping).Find();
}

}  // namespace verbatim::anchor
