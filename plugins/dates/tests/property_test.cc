// SPDX-License-Identifier: Apache-2.0
// What holds for every text: spans are inside it and apart, the same text gives the same values,
// the publication date changes nothing but values, no day is invented, and time grows with the text
// and no faster.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <ctime>
#include <string>

#include "document_date.h"
#include "parse.h"
#include "resolve.h"

namespace verbatim::dates {
namespace {

// Texts made of the words that rules look at, and of bytes that they don't expect.
rc::Gen<std::string> AnyText() {
  static const std::vector<std::string> kPieces = {
      "May",      "may",     "March", "Oct.", "Friday", "the",   "last",     "next",
      "year",     "quarter", "3",     "20",   "31",     "30",    "1994",     "2021",
      ",",        ".",       "-",     "/",    ":",      "two",   "twenty",   "week",
      "ago",      "earlier", "of",    "in",   "on",     "until", "will",     "said",
      "February", "29th",    "first", "end",  "\n",     "\n\n",  "'s",       "\xE2\x80\x93",
      "\xC2\xA0", "\xFF",    "p.m.",  "noon", "1990s",  "every", "century",  "BC",
      "'",        "half",    "a",     "and",  "fiscal", "now",   "today",    "morning",
      "UTC",      "$",       "(",     ")",    "night",  "80s",   "quarters", "second",
      "days",     "that",    "month"};
  // Most words stand apart; "3-5-22 May" is what glued ones make.
  const auto piece = rc::gen::pair(rc::gen::elementOf(kPieces),
                                   rc::gen::weightedElement<std::string>({{3, " "}, {1, ""}}));
  return rc::gen::map(rc::gen::container<std::vector<std::pair<std::string, std::string>>>(piece),
                      [](const std::vector<std::pair<std::string, std::string>>& pieces) {
                        std::string text;
                        for (const auto& [word, blank] : pieces) text += word + blank;
                        return text;
                      });
}

std::string Dump(const std::vector<Resolved>& values) {
  std::string out;
  for (const Resolved& r : values) {
    out += std::to_string(r.span.begin) + " " + std::to_string(r.span.end) + " " + r.value + " " +
           r.mod + " " + r.earliest + " " + r.latest + " " + std::string(r.rule) + " " +
           r.underspecified + "\n";
  }
  return out;
}

bool IsDayText(const std::string& text) { return text.empty() || ParseIsoDay(text).has_value(); }

RC_GTEST_PROP(Dates, SpansAreInsideTheTextAndApart, ()) {
  const std::string text = *AnyText();
  uint32_t end = 0;
  for (const Expression& e : Parse(text)) {
    RC_ASSERT(e.span.begin >= end);
    RC_ASSERT(e.span.end > e.span.begin);
    RC_ASSERT(e.span.end <= text.size());
    end = e.span.end;
  }
}

// A day that ends one range and seems to begin the next belongs to the first.
TEST(Dates, ADayBetweenTwoRangesIsOneExpression) {
  const std::string text = "Open on Nov. 3-5-22 October only.";
  std::vector<std::string> found;
  for (const Expression& e : Parse(text))
    found.push_back(text.substr(e.span.begin, e.span.end - e.span.begin));
  EXPECT_EQ(found, (std::vector<std::string>{"Nov. 3", "5", "22 October"}));
}

RC_GTEST_PROP(Dates, TheSameTextGivesTheSameValues, ()) {
  const std::string text = *AnyText();
  Publication publication;
  publication.day = *rc::gen::inRange(-20000, 40000);
  RC_ASSERT(Dump(Resolve(Parse(text), publication)) == Dump(Resolve(Parse(text), publication)));
}

RC_GTEST_PROP(Dates, ThePublicationDateMovesNoSpanAndNoRule, ()) {
  const std::string text = *AnyText();
  const auto expressions = Parse(text);
  Publication one;
  one.day = *rc::gen::inRange(-20000, 40000);
  const auto with = Resolve(expressions, one);
  const auto without = Resolve(expressions, Publication{});
  RC_ASSERT(with.size() == without.size());
  for (size_t i = 0; i < with.size(); ++i) {
    RC_ASSERT(with[i].span.begin == without[i].span.begin);
    RC_ASSERT(with[i].rule == without[i].rule);
    RC_ASSERT(with[i].type == without[i].type);
  }
}

RC_GTEST_PROP(Dates, NoDayIsInvented, ()) {
  const std::string text = *AnyText();
  Publication publication;
  publication.day = *rc::gen::inRange(-20000, 40000);
  for (const Resolved& r : Resolve(Parse(text), publication)) {
    RC_ASSERT(!r.value.empty());
    RC_ASSERT(IsDayText(r.earliest));
    RC_ASSERT(IsDayText(r.latest));
    RC_ASSERT(r.earliest.empty() || r.latest.empty() || r.earliest < r.latest);
    const bool day = r.value.size() >= 10 && r.value[4] == '-' && r.value[7] == '-' &&
                     r.value.find('X') == r.value.npos;
    if (day) RC_ASSERT(ParseIsoDay(r.value).has_value());
  }
}

RC_GTEST_PROP(Dates, ADocumentDateIsOrderedAndHasEvidence, ()) {
  const std::string text = *AnyText();
  const auto date = InferDocumentDate(text, Parse(text), ToDayNumber(2026, 11, 22));
  if (!date) return;
  RC_ASSERT(!date->spans.empty());
  RC_ASSERT(date->lo.has_value() == date->hi.has_value());
  if (date->lo) RC_ASSERT(*date->lo <= *date->hi);
  if (date->best) RC_ASSERT(*date->lo <= *date->best && *date->best <= *date->hi);
  if (date->stated) RC_ASSERT(date->best.has_value());
}

double SecondsFor(const std::string& text) {
  const std::clock_t begin = std::clock();
  Publication publication;
  publication.day = ToDayNumber(2015, 6, 17);
  const auto expressions = Parse(text);
  Resolve(expressions, publication);
  InferDocumentDate(text, expressions, publication.day);
  return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

// Eight times the text may take eight times as long; a quadratic step would take 64 times. The
// bound lies between, far from both, so that a busy machine doesn't matter.
TEST(Dates, TakeLinearTimeOnHostileText) {
  for (const std::string piece :
       {"9", "may ", "\n", "May 3 and 4 and ", "3/", "last last ", "the end of the ", "1990-", "'",
        "two ", "twenty-", "Friday ", "said ", "a year ago ", "(", "March, "}) {
    const auto repeated = [&](size_t bytes) {
      std::string text;
      while (text.size() < bytes) text += piece;
      return text;
    };
    SecondsFor(repeated(1 << 14));
    const double small = SecondsFor(repeated(1 << 17)) + 0.002;
    const double large = SecondsFor(repeated(1 << 20));
    EXPECT_LT(large, small * 30) << "repeated: " << piece;
  }
}

TEST(Dates, TakeShortAndBrokenTexts) {
  for (const std::string& text :
       {std::string(), std::string("May"), std::string("1"), std::string("\n"),
        std::string(1, '\0'), std::string("\xFF\xFE"), std::string("\xE2\x80"),
        std::string("on May\xE2"), std::string("'"), std::string("in 1994")}) {
    for (const Expression& e : Parse(text)) EXPECT_LE(e.span.end, text.size());
  }
}

}  // namespace
}  // namespace verbatim::dates
