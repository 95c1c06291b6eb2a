// SPDX-License-Identifier: Apache-2.0
#include "confidence.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <unordered_map>

namespace verbatim::quotes {
namespace {

constexpr double kLeast = 0.02;
constexpr double kMost = 0.99;

constexpr size_t kKnots = 10;
constexpr size_t kEvidenceBytes = 120;  // of most

struct Weights {
  std::unordered_map<std::string_view, double> of;  // borrows from the list
  std::array<double, kKnots> curve{};
  bool has_curve = false;  // all of its knots
};

// "name weight" a line; "#" begins a comment. Weights are thousandths of a log-odd.
Weights ReadWeights(std::string_view list) {
  Weights weights;
  while (!list.empty()) {
    const size_t end = list.find('\n');
    const std::string_view line = list.substr(0, end);
    list.remove_prefix(end == std::string_view::npos ? list.size() : end + 1);
    const size_t blank = line.find(' ');
    if (line.empty() || line[0] == '#' || blank == std::string_view::npos) continue;
    // No locale, no exception: digits and a sign.
    int value = 0;
    bool negative = false;
    for (const char c : line.substr(blank + 1)) {
      if (c == '-') negative = true;
      if (c >= '0' && c <= '9') value = value * 10 + (c - '0');
    }
    weights.of.emplace(line.substr(0, blank), (negative ? -value : value) / 1000.0);
  }
  weights.has_curve = true;
  for (size_t n = 0; n < kKnots; ++n) {
    const auto knot = weights.of.find(std::string("curve:") + std::to_string(n));
    weights.has_curve = weights.has_curve && knot != weights.of.end();
    if (knot != weights.of.end()) weights.curve[n] = knot->second;
  }
  return weights;
}

const Weights& AllWeights() {
  static const Weights* const weights = new Weights(ReadWeights(EmbeddedList("confidence")));
  return *weights;
}

// Which share of what the weights call this sure is right: between the knots of the table, a line.
double OnCurve(const Weights& weights, double chance) {
  if (!weights.has_curve) return chance;
  double x = 0;
  double y = 0;
  for (size_t n = 0; n <= kKnots; ++n) {
    const bool end = n == kKnots;
    const double next_x = end ? 1.0 : (static_cast<double>(n) + 0.5) / 10;
    const double next_y = end ? 1.0 : weights.curve[n];
    if (chance <= next_x) return y + (next_y - y) * (chance - x) / (next_x - x);
    x = next_x;
    y = next_y;
  }
  return chance;
}

struct Content {
  int32_t words = 0;
  int32_t commas = 0;
  bool dash = false;
};

Content Measure(const Document& doc, const Attribution& a) {
  Content content;
  for (const Range& piece : a.pieces) {
    auto token = std::lower_bound(doc.tokens.begin(), doc.tokens.end(), piece.begin,
                                  [](const Token& t, uint32_t byte) { return t.begin < byte; });
    for (; token != doc.tokens.end() && token->begin < piece.end; ++token) {
      content.words += token->IsWord() ? 1 : 0;
      content.commas += token->kind == Kind::kComma && token->segment < 0 ? 1 : 0;
      content.dash = content.dash || (token->kind == Kind::kDash && token->segment < 0);
    }
  }
  return content;
}

const char* WordsName(int32_t words) {
  if (words <= 2) return "words:1";
  if (words <= 5) return "words:3";
  if (words <= 10) return "words:6";
  if (words <= 25) return "words:11";
  if (words <= 40) return "words:26";
  return "words:41";
}

const char* SpeakerName(const Attribution& a, const Speaker& speaker) {
  if (speaker.name.empty()) return "speaker:none";
  if ((a.flags & kContinued) != 0) return "speaker:carried";
  if (speaker.by_pronoun) return "speaker:pronoun";
  if (speaker.generic) return "speaker:described";
  return a.subject.head == HeadKind::kName ? "speaker:named" : "speaker:office";
}

}  // namespace

std::string Evidence(const Document& doc, const Attribution& a, const Speaker& speaker) {
  const char* kind = a.kind == QuoteKind::kDirect  ? "direct"
                     : a.kind == QuoteKind::kMixed ? "mixed"
                                                   : "indirect";
  const Content content = Measure(doc, a);
  std::string evidence;
  evidence.reserve(kEvidenceBytes);
  evidence.append("all rule:").append(a.rule);
  evidence.append(" ").append(SpeakerName(a, speaker));
  evidence.append(" kind:").append(kind);
  evidence.append(" ").append(WordsName(content.words)).append("/").append(kind);
  if (a.kind != QuoteKind::kDirect) {
    if (content.commas > 0) evidence += content.commas > 1 ? " commas:2" : " commas:1";
    if (content.dash) evidence += " dash";
    if (a.lemma == "say" || a.lemma == "tell") evidence += " cue:say";
  }
  if ((a.flags & kUnclosed) != 0) evidence += " unclosed";
  if ((a.flags & kHeadline) != 0) evidence += " headline";
  if (a.weak) evidence += " weak";
  if (a.negated) evidence += " negated";
  if (!a.modal.empty()) evidence += " modal";
  if (a.segments.size() > 1) evidence += " pieces";
  return evidence;
}

double Confidence(std::string_view evidence) {
  const Weights& weights = AllWeights();
  double odds = 0;
  while (!evidence.empty()) {
    const size_t end = evidence.find(' ');
    const auto weight = weights.of.find(evidence.substr(0, end));
    if (weight != weights.of.end()) odds += weight->second;
    evidence.remove_prefix(end == std::string_view::npos ? evidence.size() : end + 1);
  }
  return std::clamp(OnCurve(weights, 1.0 / (1.0 + std::exp(-odds))), kLeast, kMost);
}

}  // namespace verbatim::quotes
