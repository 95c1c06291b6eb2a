// SPDX-License-Identifier: Apache-2.0
#include "restated.h"

#include <algorithm>

#include "bounds.h"

namespace verbatim::quotes {
namespace {

// Of the words that carry meaning in the shorter report, so many must stand in the longer one, and
// at least this share.
constexpr size_t kSharedWordsMin = 3;
constexpr size_t kSharePercent = 60;

// "closing" and "closed" begin alike, and so do most forms of a word.
constexpr uint32_t kStemBytes = 5;

std::vector<Token>::const_iterator FirstToken(const Document& doc, uint32_t byte) {
  return std::lower_bound(doc.tokens.begin(), doc.tokens.end(), byte,
                          [](const Token& t, uint32_t b) { return t.begin < b; });
}

// The beginnings of the words that carry meaning, in order and each once.
std::vector<std::string> Stems(const Document& doc, const std::vector<Range>& spans) {
  std::vector<std::string> stems;
  for (const Range& span : spans) {
    for (auto t = FirstToken(doc, span.begin); t != doc.tokens.end() && t->begin < span.end; ++t) {
      if (stems.size() == kRestatedWordsMax) break;
      const bool telling = t->kind == Kind::kNumber || (t->IsWord() && !t->Is(kGrammar | kAdverb));
      if (telling) stems.push_back(LowerWord(doc.In(*t).substr(0, kStemBytes)));
    }
  }
  std::sort(stems.begin(), stems.end());
  stems.erase(std::unique(stems.begin(), stems.end()), stems.end());
  return stems;
}

size_t Shared(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return static_cast<size_t>(std::count_if(a.begin(), a.end(), [&](const std::string& stem) {
    return std::binary_search(b.begin(), b.end(), stem);
  }));
}

const Paragraph& ParagraphOf(const Document& doc, const Quotation& q) {
  return doc.paragraphs[FirstToken(doc, q.spans.front().begin)->paragraph];
}

// Enough of the shorter one's words in the other?
bool Enough(size_t shared, size_t shorter) { return shared * 100 >= shorter * kSharePercent; }

// The first byte behind the opening.
uint32_t OpeningEnd(const Document& doc) {
  uint32_t end = 0;
  int paragraphs = 0;
  for (const Paragraph& p : doc.paragraphs) {
    if (p.furniture || p.headline) continue;
    end = p.bytes.end;
    if (++paragraphs == kOpeningParagraphs) break;
  }
  return end;
}

// A headline often has the words without who said them.
bool MaySpeak(const Quotation& opening, bool headline, const Quotation& quotation) {
  if (opening.speaker_key.empty()) return headline && !quotation.speaker.empty();
  return opening.speaker_key == quotation.speaker_key;
}

}  // namespace

std::vector<int32_t> FindRestated(const Document& doc, const std::vector<Quotation>& quotations) {
  std::vector<int32_t> restated(quotations.size(), -1);
  const uint32_t opening_end = OpeningEnd(doc);
  const size_t compared = std::min(quotations.size(), kRestatedLookedAt);
  std::vector<std::vector<std::string>> stems(compared);
  const auto stems_of = [&](size_t n) -> const std::vector<std::string>& {
    if (stems[n].empty()) stems[n] = Stems(doc, quotations[n].spans);
    return stems[n];
  };
  for (size_t n = 0; n < compared && quotations[n].spans.front().begin < opening_end; ++n) {
    const Paragraph& paragraph = ParagraphOf(doc, quotations[n]);
    const bool own_words = quotations[n].kind == QuoteKind::kDirect && !paragraph.headline;
    if (own_words || n >= kOpeningQuotationsMax) continue;
    const std::vector<std::string> quoted = Stems(doc, quotations[n].quoted);  // verbatim in both
    size_t best = 0;
    for (size_t m = n + 1; m < compared; ++m) {
      const Quotation& other = quotations[m];
      if (other.kind == QuoteKind::kIndirect || other.spans.front().begin < paragraph.bytes.end ||
          !MaySpeak(quotations[n], paragraph.headline, other))
        continue;
      const size_t shared = Shared(stems_of(n), stems_of(m));
      const size_t shorter = std::min(stems_of(n).size(), stems_of(m).size());
      if (shared < kSharedWordsMin || shared <= best || !Enough(shared, shorter)) continue;
      if (!Enough(Shared(quoted, stems_of(m)), quoted.size())) continue;
      best = shared;
      restated[n] = static_cast<int32_t>(m);
    }
  }
  return restated;
}

}  // namespace verbatim::quotes
