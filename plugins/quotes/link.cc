// SPDX-License-Identifier: Apache-2.0
// Quotations without an attribution of their own. In order: the rest of a quotation that runs over
// paragraphs or past its "he said" joins it; a new one that only quotes goes to whoever was
// speaking, or to the one whom the sentence before it is about.
#include <algorithm>

#include "attach.h"
#include "bounds.h"

namespace verbatim::quotes {
namespace {

class Linker {
 public:
  Linker(const Document& doc, std::vector<Attribution>& found)
      : doc_(doc), found_(found), owner_(doc.segments.size(), -1), place_(doc.segments.size()) {
    for (size_t n = 0; n < found_.size(); ++n) {
      for (const int32_t s : found_[n].segments)
        owner_[static_cast<size_t>(s)] = static_cast<int32_t>(n);
    }
    for (size_t n = 0; n < doc_.sentences.size(); ++n) {
      for (int32_t k = doc_.sentences[n].begin; k < doc_.sentences[n].end; ++k) {
        if (doc_.IsQuoted(k))
          place_[static_cast<size_t>(doc_.SegmentOf(k))] = {static_cast<int32_t>(n), k};
      }
    }
    last_in_sentence_.assign(doc_.sentences.size(), -1);
    for (size_t n = 0; n < found_.size(); ++n) {
      // Whose words nobody is named for carry nobody on.
      if (!found_[n].subject.found() && found_[n].inherits < 0) continue;
      last_in_sentence_[static_cast<size_t>(found_[n].sentence)] = static_cast<int32_t>(n);
    }
  }

  void Run() {
    for (Attribution& a : found_) {
      if (!a.continues || a.subject.found() || a.inherits >= 0) continue;
      a.inherits = LastBefore(a.sentence);
      if (a.inherits >= 0) a.flags = static_cast<uint8_t>(a.flags | kContinued);
    }
    for (size_t s = 0; s < owner_.size(); ++s) JoinBackwards(static_cast<int32_t>(s));
    for (size_t s = 0; s < owner_.size(); ++s) Settle(static_cast<int32_t>(s));
  }

 private:
  struct Place {
    int32_t sentence = -1;
    int32_t element = -1;
  };

  const Segment& At(int32_t segment) const { return doc_.segments[static_cast<size_t>(segment)]; }
  int32_t& Owner(int32_t segment) { return owner_[static_cast<size_t>(segment)]; }

  void Join(int32_t segment, int32_t attribution) {
    Attribution& a = found_[static_cast<size_t>(attribution)];
    Owner(segment) = attribution;
    a.segments.push_back(segment);
    a.flags = static_cast<uint8_t>(a.flags | At(segment).flags);
    a.pieces.push_back(At(segment).inner);
  }

  // "... <paragraph> ... ," she said: the paragraphs before belong to what she said.
  void JoinBackwards(int32_t segment) {
    if (Owner(segment) < 0) return;
    const int32_t attribution = Owner(segment);
    if (found_[static_cast<size_t>(attribution)].kind != QuoteKind::kDirect) return;
    int pieces = 0;
    for (int32_t s = At(segment).previous; s >= 0 && Owner(s) < 0; s = At(s).previous) {
      if (At(s).words > 0) Join(s, attribution);
      if (++pieces == kPiecesMax) break;
    }
    std::vector<Range>& all = found_[static_cast<size_t>(attribution)].pieces;
    std::sort(all.begin(), all.end(),
              [](const Range& x, const Range& y) { return x.begin < y.begin; });
  }

  // Nothing but quotations in its sentence?
  bool Alone(const Place& place) const {
    const Sentence& sentence = doc_.sentences[static_cast<size_t>(place.sentence)];
    int32_t words = 0;
    for (int32_t k = sentence.begin; k < sentence.end; ++k) {
      if (!doc_.IsQuoted(k) && (doc_.TokenOf(k).IsWord() || doc_.TokenOf(k).kind == Kind::kNumber))
        ++words;
    }
    return words == 0;
  }

  void Settle(int32_t segment) {
    if (Owner(segment) >= 0) {
      speaking_ = Owner(segment);
      return;
    }
    const Segment& s = At(segment);
    const Place place = place_[static_cast<size_t>(segment)];
    if (s.words == 0 || place.sentence < 0 || doc_.paragraphs[s.paragraph].furniture) return;
    if (s.previous >= 0 && Owner(s.previous) >= 0) {
      const int32_t before = Owner(s.previous);
      const Attribution& a = found_[static_cast<size_t>(before)];
      if (a.kind == QuoteKind::kDirect && a.pieces.size() < kPiecesMax) {
        return Join(segment, before);
      }
    }
    if (!Alone(place)) return;
    const bool sayable = s.speech || s.words >= 4 || s.previous >= 0;
    if (!sayable || (s.single && !s.ends_clause)) return;
    const bool doubtful = s.single && s.words < 8;  // a term, unless it goes on from another
    if (doubtful && !s.ends_sentence) return;
    const int32_t before = place.sentence - 1;
    const bool same_paragraph =
        before >= 0 && doc_.sentences[static_cast<size_t>(before)].paragraph == s.paragraph;
    if (same_paragraph) {
      const int32_t last = LastBefore(place.sentence);
      if (last >= 0) {
        const Attribution& a = found_[static_cast<size_t>(last)];
        const bool adjoins = a.kind == QuoteKind::kDirect && a.pieces.size() < kPiecesMax &&
                             (a.sentence == before || EndsIn(a, before)) &&
                             (!doubtful || At(a.segments.front()).single);
        if (adjoins) {
          Join(segment, last);
          last_in_sentence_[static_cast<size_t>(place.sentence)] = last;
          return;
        }
      }
    }
    if (!doubtful) Carry(segment, place);
  }

  bool EndsIn(const Attribution& a, int32_t sentence) const {
    const Sentence& s = doc_.sentences[static_cast<size_t>(sentence)];
    const Range bytes = doc_.Bytes(s.begin, s.end - 1);
    return a.pieces.back().end > bytes.begin && a.pieces.back().end <= bytes.end;
  }

  // The last attribution in a sentence before this one, within reach; -1.
  int32_t LastBefore(int32_t sentence) const {
    const uint32_t paragraph = doc_.sentences[static_cast<size_t>(sentence)].paragraph;
    for (int32_t n = sentence - 1; n >= 0; --n) {
      if (paragraph - doc_.sentences[static_cast<size_t>(n)].paragraph > kCarryParagraphsMax)
        return -1;
      if (last_in_sentence_[static_cast<size_t>(n)] >= 0)
        return last_in_sentence_[static_cast<size_t>(n)];
    }
    return -1;
  }

  void Carry(int32_t segment, const Place& place) {
    const Segment& s = At(segment);
    Attribution a;
    a.sentence = place.sentence;
    a.paragraph = s.paragraph;
    a.kind = QuoteKind::kDirect;
    a.flags = static_cast<uint8_t>(s.flags | kContinued);
    a.pieces.push_back(s.inner);
    a.segments.push_back(segment);
    const int32_t last = LastBefore(place.sentence);
    const Phrase named = NamedBefore(place.sentence);
    const Phrase signer = SignedBelow(place.sentence);
    const bool adjoins =
        last >= 0 && found_[static_cast<size_t>(last)].sentence >= place.sentence - 1;
    if (signer.found()) {
      a.rule = "signed";
      a.subject = signer;
    } else if (named.found() && !adjoins) {
      a.rule = "lead-in";
      a.subject = named;
    } else if (last >= 0) {
      a.rule = "carry-over";
      a.inherits = last;
    } else {
      a.rule = "bare";
    }
    const auto number = static_cast<int32_t>(found_.size());
    found_.push_back(std::move(a));
    Owner(segment) = number;
    last_in_sentence_[static_cast<size_t>(place.sentence)] = number;
  }

  // A paragraph that is a quotation, and below it "Ada Lund, Northport Courier" or "— Ada Lund".
  Phrase SignedBelow(int32_t sentence) const {
    const auto below = static_cast<size_t>(sentence) + 1;
    if (below >= doc_.sentences.size()) return {};
    const Sentence& line = doc_.sentences[below];
    const uint32_t paragraph = doc_.sentences[static_cast<size_t>(sentence)].paragraph;
    if (line.paragraph != paragraph + 1 || line.end - line.begin > kSignatureMax) return {};
    if (below + 1 < doc_.sentences.size() && doc_.sentences[below + 1].paragraph == line.paragraph)
      return {};
    int32_t at = line.begin;
    const bool dash = !doc_.IsQuoted(at) && doc_.TokenOf(at).kind == Kind::kDash;
    if (dash) ++at;
    for (int32_t k = at; k < line.end; ++k) {
      if (doc_.IsQuoted(k)) return {};
      const Token& token = doc_.TokenOf(k);
      if (token.kind == Kind::kStop || token.kind == Kind::kColon) return {};
      if (!token.capital && token.Is(kFinite | kAuxiliary | kModal | kSpeech)) return {};
    }
    const Phrase phrase = Phrases(doc_).PhraseAt(at, line.end);
    if (phrase.head != HeadKind::kName || phrase.first != phrase.head_first) return {};
    if (!dash && !doc_.TokenOf(phrase.head_first).Is(kGivenName)) return {};
    const int32_t behind = phrase.last + 1;
    const bool ends = behind >= line.end || doc_.TokenOf(behind).kind == Kind::kComma;
    return ends ? phrase : Phrase{};
  }

  // "Asked about the dam, Lund shrugged.": the subject stands behind the comma.
  int32_t BehindParticiple(int32_t at, int32_t end) const {
    const Token& first = doc_.TokenOf(at);
    const bool participle = first.capital && first.Is(kSpeech) && !first.Is(kGivenName) &&
                            (first.word->forms & (kParticiple | kGerund)) != 0;
    if (!participle) return at;
    for (int32_t k = at + 1; k < end && k - at < kLeadMax; ++k) {
      if (!doc_.IsQuoted(k) && doc_.TokenOf(k).kind == Kind::kComma) return k + 1;
    }
    return at;
  }

  // The name that the sentence before is about, when it begins with one.
  Phrase NamedBefore(int32_t sentence) const {
    if (sentence == 0) return {};
    const Sentence& before = doc_.sentences[static_cast<size_t>(sentence - 1)];
    if (doc_.sentences[static_cast<size_t>(sentence)].paragraph - before.paragraph > 1) return {};
    const Paragraph& paragraph = doc_.paragraphs[before.paragraph];
    if (paragraph.headline || paragraph.furniture) return {};
    const Phrases phrases(doc_);
    int32_t at = before.begin;
    while (at < before.end && !doc_.IsQuoted(at) && doc_.TokenOf(at).Is(kConjunction | kAdverb))
      ++at;
    if (at >= before.end || doc_.IsQuoted(at)) return {};
    at = BehindParticiple(at, before.end);
    if (at >= before.end || doc_.IsQuoted(at)) return {};
    const Phrase phrase = phrases.PhraseAt(at, before.end);
    if (phrase.head != HeadKind::kName && phrase.head != HeadKind::kPronoun) return {};
    if (phrase.head == HeadKind::kPronoun) {
      const std::string word = LowerWord(doc_.In(doc_.TokenOf(phrase.first)));
      if (word != "he" && word != "she") return {};
    }
    return phrase;
  }

  const Document& doc_;
  std::vector<Attribution>& found_;
  std::vector<int32_t> owner_;
  std::vector<Place> place_;
  std::vector<int32_t> last_in_sentence_;
  int32_t speaking_ = -1;
};

}  // namespace

void LinkSayings(const Document& doc, std::vector<Attribution>& found) { Linker(doc, found).Run(); }

}  // namespace verbatim::quotes
