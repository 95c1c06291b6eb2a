// SPDX-License-Identifier: Apache-2.0
// One pass over the tokens: a figure, the scale words and the second end of a range that follow it,
// then what it counts.
#include "amounts.h"

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <unordered_set>

#include "lexicon.h"
#include "terms.h"
#include "verbatim/text/chars.h"
#include "verbatim/text/fold.h"

namespace verbatim::statements {
namespace {

using text::Token;
using Set = std::unordered_set<std::string_view>;

bool IsScale(std::string_view word) {
  static const Set words = {"hundred", "thousand", "million", "billion", "trillion",
                            "dozen",   "bn",       "mn",      "m"};
  return words.count(word) != 0;
}

bool IsVagueScale(std::string_view word) {
  static const Set words = {"hundreds",  "thousands", "millions", "billions",
                            "trillions", "dozens",    "tens"};
  return words.count(word) != 0;
}

// The figure of a number word; empty when it is none.
std::string_view NumberWord(std::string_view word) {
  static const std::unordered_map<std::string_view, std::string_view> words = {
      {"two", "2"},
      {"three", "3"},
      {"four", "4"},
      {"five", "5"},
      {"six", "6"},
      {"seven", "7"},
      {"eight", "8"},
      {"nine", "9"},
      {"ten", "10"},
      {"eleven", "11"},
      {"twelve", "12"},
      {"fifteen", "15"},
      {"twenty", "20"},
      {"thirty", "30"},
      {"forty", "40"},
      {"fifty", "50"},
      {"sixty", "60"},
      {"seventy", "70"},
      {"eighty", "80"},
      {"ninety", "90"},
      {"half", "1/2"},
      {"third", "1/3"},
      {"quarter", "1/4"},
      {"two-thirds", "2/3"},
      {"three-quarters", "3/4"},
      {"twice", "2"}};
  const auto it = words.find(word);
  return it == words.end() ? std::string_view() : it->second;
}

bool IsMoneyWord(std::string_view word) {
  static const Set words = {"dollar", "dollars", "euro",    "euros",  "pound",  "pounds", "cent",
                            "cents",  "rouble",  "roubles", "ruble",  "rubles", "yen",    "yuan",
                            "franc",  "francs",  "crown",   "crowns", "krona",  "kronor", "rupee",
                            "rupees", "peso",    "pesos",   "usd",    "eur"};
  return words.count(word) != 0;
}

class Reader {
 public:
  Reader(std::string_view text, const std::vector<Token>& tokens) : text_(text), tokens_(tokens) {
    words_.reserve(tokens.size());
    for (const Token& token : tokens) words_.push_back(text::Fold(In(text, token)));
  }

  std::vector<Amount> Run() {
    while (at_ < tokens_.size()) {
      if (!TakeAmount()) ++at_;
    }
    return std::move(amounts_);
  }

 private:
  std::string_view Word(size_t n) const {
    return n < words_.size() ? std::string_view(words_[n]) : std::string_view();
  }
  bool IsFigure(size_t n) const { return n < tokens_.size() && tokens_[n].IsNumber(); }

  bool IsYear(size_t n) const {
    const std::string_view word = Word(n);
    return word.size() == 4 && IsFigure(n) &&
           (word.substr(0, 2) == "19" || word.substr(0, 2) == "20") &&
           word.find_first_not_of("0123456789") == std::string_view::npos;
  }

  bool BesideMonth(size_t n) const {
    const auto month = [this](size_t m) {
      return m < tokens_.size() && IsMonth(Word(m)) && tokens_[m].Has(text::kCapitalised);
    };
    return month(n + 1) || (n > 0 && month(n - 1)) || (Word(n + 1) == "of" && month(n + 2));
  }

  void Put(size_t end, std::string unit, std::string value) {
    amounts_.push_back(
        {{tokens_[at_].begin, tokens_[end - 1].end}, std::move(unit), std::move(value)});
    at_ = end;
  }

  bool TakeAmount() {
    const std::string_view word = Word(at_);
    if (IsFigure(at_)) {
      if (BesideMonth(at_) || IsClockOrOrdinal(word)) {
        Put(at_ + 1, "date", std::string(word));
        return true;
      }
      return TakeFigure();
    }
    if (!tokens_[at_].IsWord()) return false;
    if (IsMonth(word) && tokens_[at_].Has(text::kCapitalised) &&
        (word.size() > 3 || word == "may" || BesideFigure(at_)) && !Ambiguous(word)) {
      Put(at_ + 1, "date", std::string(word));
      return true;
    }
    if (IsVagueScale(word)) return TakeVague();
    return !NumberWord(word).empty() && TakeFigure();
  }

  // May and March are verbs too: a figure or a preposition beside them tells.
  bool Ambiguous(std::string_view word) const {
    static const Set before = {"in",   "since", "until", "till",  "by",   "of", "last",
                               "next", "this",  "from",  "early", "late", "to"};
    if (word != "may" && word != "march") return false;
    return !BesideFigure(at_) && (at_ == 0 || before.count(Word(at_ - 1)) == 0);
  }
  bool BesideFigure(size_t n) const { return IsFigure(n + 1) || (n > 0 && IsFigure(n - 1)); }

  static bool IsClockOrOrdinal(std::string_view word) {
    if (word.find(':') != std::string_view::npos) return true;
    const std::string_view end =
        word.size() > 2 ? word.substr(word.size() - 2) : std::string_view();
    return end == "th" || end == "st" || end == "nd" || end == "rd";
  }

  // The figure at n with its scale: the token after it; adds to `value`.
  size_t TakeOne(size_t n, std::string* value) const {
    const std::string_view number = NumberWord(Word(n));
    value->append(IsFigure(n) ? Word(n) : number);
    ++n;
    while (n < tokens_.size() && IsScale(Word(n))) value->append(" ").append(Word(n++));
    return n;
  }

  bool TakeFigure() {
    if (IsYear(at_) && !IsScale(Word(at_ + 1)) && UnitAt(at_ + 1).first != "percent") {
      Put(at_ + 1, "date", std::string(Word(at_)));
      return true;
    }
    std::string value;
    size_t end = TakeOne(at_, &value);
    const std::string_view joint = Word(end);
    const bool second = IsFigure(end + 1) || !NumberWord(Word(end + 1)).empty();
    if (second && (joint == "to" || joint == "-") && !IsYear(end + 1)) {
      value += " to ";
      end = TakeOne(end + 1, &value);
    }
    auto [unit, after] = UnitAt(end);
    const std::string_view first = Word(at_);
    if (first.back() == '%' || value.back() == '%') unit = "percent";
    if (text::IsCurrency(text::DecodeAt(text_, tokens_[at_].begin).code_point)) unit = "money";
    std::string plain;
    for (const char c : value) {
      if (c != '%' && c != ',' && c != '$') plain.push_back(c);
    }
    Put(std::max(end, unit == "percent" || unit == "money" || unit == "basis point" ? after : end),
        unit, plain);
    return true;
  }

  bool TakeVague() {
    std::string value(Word(at_));
    size_t end = at_ + 1;
    while (end < tokens_.size() &&
           (IsVagueScale(Word(end)) || (Word(end) == "of" && IsVagueScale(Word(end + 1))) ||
            (Word(end) == "and" && IsVagueScale(Word(end + 1))))) {
      value.append(" ").append(Word(end++));
    }
    auto [unit, after] = UnitAt(Word(end) == "of" ? end + 1 : end);
    Put(unit == "money" ? after : end, unit, value);
    return true;
  }

  // What is counted from token n on, and the token after its name.
  std::pair<std::string, size_t> UnitAt(size_t n) const {
    const std::string_view word = Word(n);
    if (word == "percent" || word == "percentage" || word == "%" ||
        (word == "per" && Word(n + 1) == "cent")) {
      const bool two = word == "percentage" || word == "per";
      return {"percent", n + (two && n + 1 < tokens_.size() ? 2 : 1)};
    }
    if (word == "basis") return {"basis point", std::min(n + 2, tokens_.size())};
    if (IsMoneyWord(word)) return {"money", n + 1};
    for (size_t m = n; m < std::min(n + 2, tokens_.size()); ++m) {
      if (!tokens_[m].IsWord() || Word(m) == "and" || Word(m) == "or") break;
      if (!IsEmptyWord(Word(m))) return {Stem(Word(m)), m + 1};
    }
    return {"", n};
  }

  std::string_view text_;
  const std::vector<Token>& tokens_;
  std::vector<std::string> words_;
  std::vector<Amount> amounts_;
  size_t at_ = 0;
};

}  // namespace

std::vector<Amount> AmountsOf(std::string_view text, const std::vector<Token>& tokens) {
  return Reader(text, tokens).Run();
}

}  // namespace verbatim::statements
