// SPDX-License-Identifier: Apache-2.0
#include "quotations.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <unordered_map>
#include <utility>

#include "bounds.h"
#include "confidence.h"
#include "restated.h"
#include "said_on.h"
#include "verbatim/text/fold.h"
#include "verbatim/text/names.h"

namespace verbatim::quotes {
namespace {

// The range without blanks at its ends.
Range Trim(std::string_view text, Range range) {
  const auto blank = [&](uint32_t at) {
    return text[at] == ' ' || text[at] == '\t' || text[at] == '\r';
  };
  while (range.begin < range.end && blank(range.begin)) ++range.begin;
  while (range.begin < range.end && blank(range.end - 1)) --range.end;
  return range;
}

Quotation Emit(const Document& doc, const Attribution& a, const Speaker& speaker) {
  Quotation q;
  q.kind = a.kind;
  for (const Range& piece : a.pieces) q.spans.push_back(Trim(doc.text, piece));
  for (const int32_t s : a.segments)
    q.quoted.push_back(Trim(doc.text, doc.segments[static_cast<size_t>(s)].inner));
  std::sort(q.quoted.begin(), q.quoted.end(),
            [](const Range& x, const Range& y) { return x.begin < y.begin; });
  if (a.cue_first >= 0) q.cue = doc.Bytes(a.cue_first, a.cue_last);
  q.cue_lemma = a.lemma;
  q.negated = a.negated;
  q.modal = a.modal;
  q.flags = a.flags;
  if (a.subject.found() && (a.flags & kContinued) == 0)
    q.mention = doc.Bytes(a.subject.head_first, a.subject.head_last);
  q.speaker = speaker.name;
  if (!speaker.generic) q.speaker_key = text::NameKey(speaker.name);
  q.speaker_type = speaker.type;
  q.speaker_role = speaker.role;
  for (const Range& evidence : speaker.evidence) {
    if (evidence.end > evidence.begin) q.evidence.push_back(evidence);
  }
  q.rule = a.rule;
  q.weighed = Evidence(doc, a, speaker);
  q.confidence = Confidence(q.weighed);
  return q;
}

std::string Hex(uint64_t value) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string hex;
  for (int shift = 60; shift >= 0; shift -= 4) hex.push_back(kDigits[(value >> shift) & 0xF]);
  return hex;
}

// Pieces that follow from one another share an utterance, numbered in text order. Its name is a
// digest of its first words, so that it stays as quotations come and go around it and as its end is
// rewritten; what begins with the same words again has another.
void NumberUtterances(const Document& doc, const std::vector<int32_t>& order,
                      const std::vector<Attribution>& found, std::vector<Quotation>& quotations) {
  std::vector<int32_t> root(found.size());
  std::iota(root.begin(), root.end(), 0);
  for (const int32_t n : order) {
    const int32_t from = found[static_cast<size_t>(n)].inherits;
    if (from >= 0) root[static_cast<size_t>(n)] = root[static_cast<size_t>(from)];
  }
  std::vector<std::string> name(found.size());
  std::vector<uint32_t> pieces(found.size(), 0);
  std::unordered_map<uint64_t, uint64_t> times;
  for (size_t n = 0; n < order.size(); ++n) {
    const auto r = static_cast<size_t>(root[static_cast<size_t>(order[n])]);
    if (name[r].empty()) {
      const std::string_view words =
          doc.In(quotations[n].spans.front()).substr(0, kUtteranceNameBytes);
      const uint64_t digest = text::HashFolded(words);
      name[r] = Hex(digest + times[digest]++);
    }
    quotations[n].utterance = name[r];
    quotations[n].segment = pieces[r]++;
  }
}

// What the opening says over again has the name of what it repeats, and is numbered behind its
// pieces.
void JoinRestated(const Document& doc, std::vector<Quotation>& quotations) {
  const std::vector<int32_t> restated = FindRestated(doc, quotations);
  for (size_t n = 0; n < restated.size(); ++n) {
    if (restated[n] < 0) continue;
    const std::string own = quotations[n].utterance;
    const std::string name = quotations[static_cast<size_t>(restated[n])].utterance;
    if (own == name) continue;
    const auto of = [](const std::string& utterance) {
      return [&utterance](const Quotation& q) { return q.utterance == utterance; };
    };
    auto pieces =
        static_cast<uint32_t>(std::count_if(quotations.begin(), quotations.end(), of(name)));
    for (Quotation& q : quotations) {
      if (q.utterance == own) q.utterance = name, q.segment = pieces++;
    }
  }
}

bool Sayable(const Attribution& a) {
  return !a.pieces.empty() && std::all_of(a.pieces.begin(), a.pieces.end(),
                                          [](const Range& r) { return r.begin < r.end; });
}

}  // namespace

std::vector<Quotation> FindQuotations(const Article& article) {
  const Document doc =
      Read(article.text, article.words != nullptr ? *article.words : Lexicon::Get());
  std::vector<Attribution> found = FindAttributions(doc);
  LinkSayings(doc, found);
  std::vector<int32_t> order;
  for (size_t n = 0; n < found.size(); ++n) {
    Attribution& a = found[n];
    std::sort(a.pieces.begin(), a.pieces.end(),
              [](const Range& x, const Range& y) { return x.begin < y.begin; });
    if (Sayable(a)) order.push_back(static_cast<int32_t>(n));
  }
  if (order.empty()) return {};
  const std::vector<Speaker> speakers = Resolver(doc).Resolve(found);
  std::stable_sort(order.begin(), order.end(), [&](int32_t a, int32_t b) {
    return found[static_cast<size_t>(a)].pieces.front().begin <
           found[static_cast<size_t>(b)].pieces.front().begin;
  });
  std::vector<Quotation> quotations;
  std::vector<const Attribution*> from;
  quotations.reserve(order.size());
  from.reserve(order.size());
  for (const int32_t n : order) {
    quotations.push_back(
        Emit(doc, found[static_cast<size_t>(n)], speakers[static_cast<size_t>(n)]));
    from.push_back(&found[static_cast<size_t>(n)]);
  }
  NumberUtterances(doc, order, found, quotations);
  JoinRestated(doc, quotations);
  DateQuotations(doc, article, from, quotations);
  return quotations;
}

std::vector<std::string> FlagNames(uint8_t flags) {
  static constexpr std::array<std::pair<uint8_t, const char*>, 7> kNames = {
      {{kUnclosed, "unclosed"},
       {kMismatched, "mismatched"},
       {kNested, "nested"},
       {kContinued, "continued"},
       {kElided, "elided"},
       {kInserted, "inserted"},
       {kHeadline, "headline"}}};
  std::vector<std::string> names;
  for (const auto& [flag, name] : kNames) {
    if ((flags & flag) != 0) names.emplace_back(name);
  }
  return names;
}

}  // namespace verbatim::quotes
