// SPDX-License-Identifier: Apache-2.0
#include "core/anchor/exact.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

#include "core/base/limits.h"
#include "verbatim/text/chars.h"

namespace verbatim::anchor {
namespace {

// How far from where it is expected a further span of the same anchor may stand.
constexpr uint32_t kNearBytes = 400;
// Fewer characters than this say nothing by themselves.
constexpr uint32_t kTellingChars = 8;
// What must agree around such a short span, where the diff puts it (which may have nothing but the
// span itself to go by), and elsewhere.
constexpr float kAgreementInPlaceMin = 0.08F;
constexpr float kAgreementMin = 0.2F;
// Score of exact words elsewhere: this and a share of the agreement, always below the 1 of those in
// their place.
constexpr float kElsewhereBase = 0.5F;
constexpr float kElsewhereWeight = 0.45F;

bool IsWordChar(char32_t c) {
  return text::IsLetter(c) || text::IsDigit(c) || text::IsCombiningMark(c);
}

bool WordBefore(std::string_view text, uint32_t byte) {
  return byte > 0 && IsWordChar(text::DecodeAt(text, text::PreviousChar(text, byte)).code_point);
}

bool WordAt(std::string_view text, uint32_t byte) {
  return byte < text.size() && IsWordChar(text::DecodeAt(text, byte).code_point);
}

// Does the place cut words where the old one didn't? "he" is not in "the".
bool CutsNewWords(std::string_view from, text::Range span, std::string_view to, uint32_t at) {
  const uint32_t end = at + span.size();
  const bool starts_with_word = WordAt(from, span.begin);
  const bool ends_with_word = WordBefore(from, span.end);
  return (starts_with_word && WordBefore(to, at) && !WordBefore(from, span.begin)) ||
         (ends_with_word && WordAt(to, end) && !WordAt(from, span.end));
}

// The first places in the text, and `expected` if it is one, which comes first then.
std::vector<uint32_t> PlacesOf(text::Range span, uint32_t expected, const Mapping& mapping) {
  const std::string_view from = mapping.from().text();
  const std::string_view to = mapping.to().text();
  const std::string_view exact = text::In(from, span);
  std::vector<uint32_t> places;
  if (expected <= to.size() && to.substr(expected, exact.size()) == exact &&
      !CutsNewWords(from, span, to, expected)) {
    places.push_back(expected);
  }
  size_t at = to.find(exact);
  while (at != std::string_view::npos && places.size() < limits::kAnchorPlacesMax) {
    const auto place = static_cast<uint32_t>(at);
    if (place != expected && !CutsNewWords(from, span, to, place)) places.push_back(place);
    at = to.find(exact, at + 1);
  }
  return places;
}

// Share of the text around the span that is the same around the place, 0 to 1.
float Agreement(text::Range span, uint32_t at, const Mapping& mapping) {
  const std::string_view from = mapping.from().text();
  const std::string_view to = mapping.to().text();
  const size_t window = kContextChars;
  const std::string_view old_before = from.substr(0, span.begin);
  const std::string_view new_before = to.substr(0, at);
  const std::string_view old_after = from.substr(span.end);
  const std::string_view new_after = to.substr(at + span.size());
  const size_t before_max = std::min(window, old_before.size());
  const size_t after_max = std::min(window, old_after.size());
  if (before_max + after_max == 0) return 1;
  size_t before = 0, after = 0;
  while (before < before_max && before < new_before.size() &&
         old_before[old_before.size() - 1 - before] == new_before[new_before.size() - 1 - before]) {
    ++before;
  }
  while (after < after_max && after < new_after.size() && old_after[after] == new_after[after])
    ++after;
  return static_cast<float>(before + after) / static_cast<float>(before_max + after_max);
}

text::Range At(uint32_t place, text::Range span) { return {place, place + span.size()}; }

uint32_t Distance(uint32_t a, uint32_t b) { return a > b ? a - b : b - a; }

// Of the places within `within`, the one nearest to `expected`, and not too far from it.
std::optional<text::Range> Nearest(text::Range span, uint32_t expected, text::Range within,
                                   const Mapping& mapping) {
  std::optional<text::Range> best;
  for (const uint32_t place : PlacesOf(span, expected, mapping)) {
    if (place < within.begin || place + span.size() > within.end) continue;
    if (Distance(place, expected) > kNearBytes) continue;
    if (!best || Distance(place, expected) < Distance(best->begin, expected))
      best = At(place, span);
  }
  return best;
}

// The other spans around the one that has been placed.
std::optional<std::vector<text::Range>> PlaceAround(const std::vector<text::Range>& spans,
                                                    size_t lead, uint32_t place,
                                                    const Mapping& mapping) {
  const auto size = static_cast<uint32_t>(mapping.to().text().size());
  std::vector<text::Range> ranges(spans.size());
  ranges[lead] = At(place, spans[lead]);
  for (size_t n = lead + 1; n < spans.size(); ++n) {
    const uint32_t floor = ranges[n - 1].end;
    const uint32_t expected = floor + (spans[n].begin - spans[n - 1].end);
    const auto found = Nearest(spans[n], expected, {floor, size}, mapping);
    if (!found) return std::nullopt;
    ranges[n] = *found;
  }
  for (size_t n = lead; n-- > 0;) {
    const uint32_t ceiling = ranges[n + 1].begin;
    const uint32_t distance = spans[n + 1].begin - spans[n].begin;
    const auto found =
        Nearest(spans[n], ceiling > distance ? ceiling - distance : 0, {0, ceiling}, mapping);
    if (!found) return std::nullopt;
    ranges[n] = *found;
  }
  return ranges;
}

size_t Longest(const std::vector<text::Range>& spans) {
  const auto longest = std::max_element(
      spans.begin(), spans.end(),
      [](const text::Range& x, const text::Range& y) { return x.size() < y.size(); });
  return static_cast<size_t>(longest - spans.begin());
}

}  // namespace

std::vector<Placement> FindExact(const std::vector<text::Range>& spans, const Mapping& mapping) {
  const size_t lead = Longest(spans);
  const text::Range span = spans[lead];
  const uint32_t followed = mapping.Follow(span.begin);
  const bool telling = text::CountChars(text::In(mapping.from().text(), span)) >= kTellingChars;
  std::vector<std::pair<float, uint32_t>> places;  // score, place
  for (const uint32_t place : PlacesOf(span, followed, mapping)) {
    const bool in_place = place == followed;
    const float agreement = Agreement(span, place, mapping);
    const float needed = in_place ? kAgreementInPlaceMin : kAgreementMin;
    if (!telling && agreement < needed) continue;
    places.push_back({in_place ? 1.0F : kElsewhereBase + kElsewhereWeight * agreement, place});
  }
  std::stable_sort(places.begin(), places.end(),
                   [](const auto& x, const auto& y) { return x.first > y.first; });
  if (places.size() > limits::kAnchorPlacementsMax) places.resize(limits::kAnchorPlacementsMax);
  std::vector<Placement> placements;
  for (const auto& [score, place] : places) {
    auto ranges = PlaceAround(spans, lead, place, mapping);
    if (ranges) placements.push_back({*std::move(ranges), score});
  }
  return placements;
}

std::optional<text::Range> FindNear(text::Range span, uint32_t expected_byte,
                                    const Mapping& mapping) {
  const auto size = static_cast<uint32_t>(mapping.to().text().size());
  return Nearest(span, expected_byte, {0, size}, mapping);
}

}  // namespace verbatim::anchor
