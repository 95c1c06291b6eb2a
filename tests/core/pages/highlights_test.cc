// SPDX-License-Identifier: Apache-2.0
// What is marked is exactly the words of the annotation, however places lie over each other, and
// what a browser reads from the page is the text.
#include "core/pages/highlights.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "core/pages/limits.h"
#include "tests/core/pages/read_back.h"

namespace verbatim::pages {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using verbatim::testing::ReadBack;
using verbatim::testing::ReadHtml;

// Quotation 0 over all of it, a day in it.
constexpr char kText[] = "\"We leave on Friday,\" she said.\n\nNobody asked why.";

Place At(size_t number, std::vector<text::Range> ranges, std::string_view held = "plugin") {
  return {number, "quote", held, std::move(ranges)};
}

TEST(Highlights, MarkTheirWords) {
  const ReadBack read = ReadHtml(MarkUp(kText, "", {At(0, {{1, 19}}), At(1, {{13, 19}})}));
  EXPECT_EQ(read.text, kText);
  EXPECT_EQ(read.by_place.at(0), "We leave on Friday");
  EXPECT_EQ(read.by_place.at(1), "Friday");
}

TEST(Highlights, AnInterruptedQuotationIsOnePlace) {
  const ReadBack read = ReadHtml(MarkUp(kText, "", {At(7, {{1, 9}, {33, 39}})}));
  EXPECT_EQ(read.by_place.at(7), "We leaveNobody");
  EXPECT_THAT(read.tags, Contains(HasSubstr("id=\"p7\"")).Times(1));
}

TEST(Highlights, SayWhoStandsBehindThem) {
  const std::string html = MarkUp(kText, "", {At(0, {{1, 9}}, "person"), At(1, {{13, 19}}, "")});
  EXPECT_THAT(html, HasSubstr("data-p=\"0\" data-kind=\"quote\" data-held=\"person\""));
  EXPECT_THAT(html, HasSubstr("data-p=\"1\" data-kind=\"quote\">"));
}

TEST(Highlights, ParagraphsArePartedByBlankLinesWhereThereAreAny) {
  EXPECT_EQ(MarkUp("a\nb\n\nc", "", {}), "<p dir=\"auto\">a\nb</p>\n\n<p dir=\"auto\">c</p>");
  EXPECT_EQ(MarkUp("a\nb\n", "", {}), "<p dir=\"auto\">a</p>\n<p dir=\"auto\">b</p>\n");
  EXPECT_EQ(MarkUp("", "", {}), "");
  EXPECT_THAT(MarkUp("Dues rise\n\nToday.", "Dues rise", {}), HasSubstr("class=\"again\">Dues"));
}

TEST(Highlights, UnderlinesOfWhatOverlapsDiffer) {
  // The shorter lies nearer; the fourth overlaps none of them.
  EXPECT_THAT(
      Underlines({At(0, {{0, 30}}), At(1, {{5, 12}}), At(2, {{10, 25}}), At(3, {{40, 45}})}),
      ElementsAre(2, 0, 1, 0));
}

TEST(Highlights, ThousandsOverOneWordStayFew) {
  std::vector<Place> places;
  for (size_t i = 0; i < 5000; ++i) places.push_back(At(i, {{3, 8}}));
  const ReadBack read = ReadHtml(MarkUp(kText, "", places));
  EXPECT_EQ(read.text, kText);
  EXPECT_EQ(read.deepest, kMarksDeepMax);
}

// Against the words themselves, cut out by hand.
TEST(Highlights, WhateverLiesOverWhateverTheWordsAreExact) {
  std::mt19937 random(20261122);  // NOLINT(cert-msc51-cpp): the same in every run
  const std::string alphabet = "ab <>&\"'\n\n\r";
  for (int round = 0; round < 300; ++round) {
    std::string text;
    for (size_t i = random() % 60; i > 0; --i) text.push_back(alphabet[random() % alphabet.size()]);
    std::vector<Place> places;
    std::vector<std::string> words;
    for (size_t n = random() % (kMarksDeepMax + 1); n > 0 && !text.empty(); --n) {
      std::vector<text::Range> ranges;
      std::string exact;
      for (uint32_t at = 0; at < text.size() && ranges.size() < 3;) {
        const auto begin = static_cast<uint32_t>(at + random() % (text.size() - at));
        const auto end = static_cast<uint32_t>(begin + 1 + random() % (text.size() - begin));
        ranges.push_back({begin, end});
        exact += text.substr(begin, end - begin);
        at = end;
      }
      places.push_back(At(places.size(), ranges));
      // Ends of lines between paragraphs belong to no element.
      words.push_back(exact);
    }
    const ReadBack read = ReadHtml(MarkUp(text, "", places));
    ASSERT_EQ(read.text, text);
    const auto without_lines = [](std::string words_of) {
      std::erase(words_of, '\n');
      return words_of;
    };
    for (size_t i = 0; i < places.size(); ++i) {
      const auto found = read.by_place.find(i);
      const std::string marked = found == read.by_place.end() ? "" : found->second;
      EXPECT_EQ(without_lines(marked), without_lines(words[i])) << text;
    }
  }
}

}  // namespace
}  // namespace verbatim::pages
