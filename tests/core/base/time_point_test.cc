// SPDX-License-Identifier: Apache-2.0
// The one table of every way to name a point in time or in the log.
#include "core/base/time_point.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace verbatim::base {
namespace {

using ::testing::HasSubstr;

// 2026-11-22T08:00:00Z, a Sunday.
constexpr uint64_t kNowUs = 1795334400ull * 1000000;

std::string Shown(std::string_view text) {
  const auto point = ParsePoint(text, kNowUs);
  if (!point.ok()) return "refused";
  if (const auto* sequence = std::get_if<Sequence>(&*point))
    return "@" + std::to_string(sequence->value);
  const auto range = std::get<TimeRange>(*point);
  return FormatTime(range.begin_us).substr(0, 19) + ".." + FormatTime(range.end_us).substr(0, 19);
}

TEST(ParsePoint, Table) {
  const std::pair<const char*, const char*> rows[] = {
      {"1043", "@1043"},
      {"@1043", "@1043"},
      {"0", "@0"},
      {"2026-11-01", "2026-11-01T00:00:00..2026-11-02T00:00:00"},
      {"2026-11", "2026-11-01T00:00:00..2026-12-01T00:00:00"},
      {"2024-02-29", "2024-02-29T00:00:00..2024-03-01T00:00:00"},
      {"2026-11-20T10:00Z", "2026-11-20T10:00:00..2026-11-20T10:00:00"},
      {"2026-11-20T10:00:30Z", "2026-11-20T10:00:30..2026-11-20T10:00:30"},
      {"2026-11-20T10:00+03:00", "2026-11-20T07:00:00..2026-11-20T07:00:00"},
      {"2026-11-20 10:00:30", "2026-11-20T10:00:30..2026-11-20T10:00:30"},
      {"today", "2026-11-22T00:00:00..2026-11-23T00:00:00"},
      {"yesterday", "2026-11-21T00:00:00..2026-11-22T00:00:00"},
      {"3d", "2026-11-19T08:00:00..2026-11-19T08:00:00"},
      {"12h", "2026-11-21T20:00:00..2026-11-21T20:00:00"},
      {"2w", "2026-11-08T08:00:00..2026-11-08T08:00:00"},
      {"", "refused"},
      {"@", "refused"},
      {"-5", "refused"},
      {"@12x", "refused"},
      {"2026-02-30", "refused"},
      {"2025-02-29", "refused"},
      {"2026-13", "refused"},
      {"2026-00", "refused"},
      {"2026-11-20T25:00Z", "refused"},
      {"20/11/2026", "refused"},
      {"99999999999999999999", "refused"},
      {"tomorrow", "refused"},
      {"3y", "refused"},
  };
  for (const auto& [text, wanted] : rows) EXPECT_EQ(Shown(text), wanted) << text;
}

TEST(ParsePoint, ARefusalShowsTheForms) {
  EXPECT_THAT(std::string(ParsePoint("then", kNowUs).status().message()),
              HasSubstr("'then' is neither a sequence"));
}

TEST(ParseDays, ReachesBeforeTheEpoch) {
  EXPECT_EQ(ParseDays("1911-05", kNowUs)->first, "1911-05-01");
  EXPECT_EQ(ParseDays("1911-05", kNowUs)->last, "1911-05-31");
  EXPECT_EQ(ParseDays("1863-07-03", kNowUs)->last, "1863-07-03");
  EXPECT_EQ(ParseDays("1911", kNowUs)->first, "1911-01-01");
  EXPECT_EQ(ParseDays("1911", kNowUs)->last, "1911-12-31");
  EXPECT_FALSE(ParseDays("0000", kNowUs).ok());
  EXPECT_FALSE(ParseDays("191", kNowUs).ok());
  EXPECT_EQ(ParseDays("yesterday", kNowUs)->first, "2026-11-21");
  EXPECT_FALSE(ParseDays("May 1911", kNowUs).ok());
}

TEST(ParsePublished, ADayOrAnInstantWithItsOwnOffset) {
  EXPECT_EQ(ParsePublished("2021-10-20").value(), "2021-10-20");
  EXPECT_EQ(ParsePublished("2021-10-20T18:05:00+03:00").value(), "2021-10-20T18:05:00+03:00");
  EXPECT_EQ(ParsePublished("2021-10-20 18:05:00+03:00").value(), "2021-10-20T18:05:00+03:00");
  for (const char* text : {"", "2021", "2021-10", "2021-10-32", "October 20, 2021", "yesterday"}) {
    EXPECT_FALSE(ParsePublished(text).ok()) << text;
  }
}

TEST(FormatTime, IsRfc3339InUtc) {
  EXPECT_EQ(FormatTime(kNowUs + 5), "2026-11-22T08:00:00.000005Z");
  EXPECT_EQ(FormatDay(kNowUs), "2026-11-22");
}

}  // namespace
}  // namespace verbatim::base
