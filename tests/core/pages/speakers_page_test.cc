// SPDX-License-Identifier: Apache-2.0
// A speaker who said much has several pages, and every saying stands on one of them.
#include "core/pages/speakers_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/pages/limits.h"

namespace verbatim::pages {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::vector<Quotation> Sayings(size_t count) {
  std::vector<Quotation> sayings;
  for (size_t i = 0; i < count; ++i) {
    sayings.push_back({.speaker_key = "k",
                       .said_on = "2026-03-01",
                       .basis = "STATED",
                       .kind = "DIRECT",
                       .text = "Saying " + std::to_string(i) + ".",
                       .article = "aa",
                       .title = "Harbour",
                       .outlet = "The Example Courier",
                       .annotation = std::to_string(i),
                       .status = "PROPOSED"});
  }
  return sayings;
}

TEST(SpeakerPage, EverySayingStandsOnOnePage) {
  const Speaker speaker = {
      .key = "k", .name = "Tove Aldren", .quotations = "", .first = "", .last = "", .aliases = ""};
  const auto sayings = Sayings(2 * kQuotationsPerPage + 7);
  ASSERT_EQ(SpeakerPages(sayings), 3u);
  std::string all;
  for (size_t page = 0; page < 3; ++page) {
    const std::string html = SpeakerPage({}, speaker, sayings, page);
    EXPECT_THAT(html, HasSubstr(std::to_string(sayings.size()) + " quotations"));
    EXPECT_THAT(html, HasSubstr("<ol class=\"cards\" start=\"" +
                                std::to_string(page * kQuotationsPerPage + 1) + "\""));
    // Links to the pages beside this one, in its own folder.
    EXPECT_THAT(html, HasSubstr("href=\"" + SpeakerStem("k") + "-2.html\""));
    all += html;
  }
  for (const Quotation& saying : sayings) {
    const size_t first = all.find(">" + saying.text);
    ASSERT_NE(first, std::string::npos) << saying.text;
    EXPECT_EQ(all.find(">" + saying.text, first + 1), std::string::npos) << saying.text;
  }
}

TEST(SpeakerPage, OfFewSayingsHasNoPager) {
  const Speaker speaker = {
      .key = "k", .name = "Tove Aldren", .quotations = "", .first = "", .last = "", .aliases = ""};
  EXPECT_EQ(SpeakerPages({}), 1u);
  EXPECT_THAT(SpeakerPage({}, speaker, Sayings(3), 0), Not(HasSubstr("pager")));
}

TEST(Pager, OfManyPagesLinksTheFirstTheLastAndThoseAbout) {
  const std::string html = Pager({}, "index", 50, 101);
  for (const char* const link :
       {"\"index.html\"", "\"index-47.html\"", "\"index-51.html\" aria-current",
        "\"index-55.html\"", "\"index-101.html\"", "\"index-50.html\" rel=\"prev\"",
        "\"index-52.html\" rel=\"next\""}) {
    EXPECT_THAT(html, HasSubstr(link));
  }
  EXPECT_THAT(html, Not(HasSubstr("\"index-30.html\"")));
  EXPECT_EQ(Pager({}, "index", 0, 1), "");
}

}  // namespace
}  // namespace verbatim::pages
