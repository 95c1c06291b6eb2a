// SPDX-License-Identifier: Apache-2.0
// First pass: dates that count from the publication date or from what was mentioned before.
#include "guards.h"
#include "rules_tables.h"

namespace verbatim::dates {
namespace {

constexpr int kYearBefore = static_cast<int>(Context::kYearBefore);
constexpr int kSamePeriod = static_cast<int>(Context::kSamePeriod);
constexpr int kSamePeriodOfYear = static_cast<int>(Context::kSamePeriodOfYear);
constexpr int kThis = static_cast<int>(Shift::kThis);
constexpr int kThat = static_cast<int>(Shift::kThat);
constexpr int kPrevious = static_cast<int>(Shift::kPrevious);
constexpr int kFollowing = static_cast<int>(Shift::kFollowing);

constexpr int kToday = static_cast<int>(PartOf::kToday);
constexpr int kYesterday = static_cast<int>(PartOf::kYesterday);
constexpr int kDayOfMention = static_cast<int>(PartOf::kDayOfMention);
constexpr int kShiftedDay = static_cast<int>(PartOf::kShiftedDay);
constexpr int kDayBefore = static_cast<int>(PartOf::kDayBefore);

constexpr Rule kRows[] = {
    {"deictic-day", "DEICTIC", Action::kDeictic, 0, nullptr,
     "He resigned [yesterday] in Rome. => 2015-06-16", "It opens [tomorrow] at last. => 2015-06-18",
     "All his days were alike."},
    {"day-before-yesterday", "the? day before yesterday", Action::kDeictic, -1, nullptr,
     "He resigned [the day before yesterday] there. => 2015-06-15",
     "It rained [the day before yesterday]. => 2015-06-15", "The day came before he knew."},
    {"day-after-tomorrow", "the? day after tomorrow", Action::kDeictic, 1, nullptr,
     "It opens [the day after tomorrow] there. => 2015-06-19",
     "Rain comes [the day after tomorrow]. => 2015-06-19", "The day came after all."},
    {"shift-unit", "(the|this)? (very)? SHIFT fiscal|financial|calendar? UNIT; that same UNIT",
     Action::kShiftUnit, 0, TheQuarter, "It rose [last week] again. => 2015-W24",
     "It falls [next year] at last. => 2016", "At last weeks passed."},
    {"full-year", "the|this full|fiscal|financial|calendar year", Action::kShiftUnit, kThis,
     nullptr, "For [the full year] it lost. => 2015",
     "It sees a rise in [the fiscal year] too. => 2015", "The year was full."},
    {"the-year-unit", "the year", Action::kShiftUnit, kThis, TheUnit,
     "It was the best of [the year], he said. => 2015", "For [the year], sales fell. => 2015",
     "The year that he left was 1999."},
    {"the-day-unit", "the day|week|month|weekend", Action::kShiftUnit, kThat, TheUnit,
     "On June 3 he won. Most of [the day], he slept. => 2015-06-03",
     "It fell in July 2014, by a third for [the month]. => 2014-07", "It was the day of rage."},
    {"edge-of-unit", "the? (very)? EDGE of the|this (fiscal|financial|calendar)? UNIT",
     Action::kShiftUnit, kThis, nullptr, "It closes by [the end of the year] for good. => 2015",
     "At [the beginning of the month] it rained. => 2015-06", "The end of the yearly fair."},
    {"year-end", "(the)? year DASH? end; (the)? year POSS end", Action::kHoliday,
     static_cast<int>(Holiday::kNewYearsEve), nullptr,
     "It will close by [year-end] for good. => 2015-12-31",
     "It has risen since [year-end] there. => 2014-12-31", "It took a year. End of story."},
    {"the-quarter", "the quarter; the|that period", Action::kContext, kSamePeriod, TheQuarter,
     "First-quarter net rose; sales in [the quarter] fell. => 2015-Q1",
     "Profit fell in the first quarter. For [that period] it sees less. => 2015-Q1",
     "The old quarter of the city."},
    {"latest-period", "the|its most? latest|same|recent|corresponding|comparable quarter|period",
     Action::kContext, kSamePeriod, TheQuarter,
     "First-quarter net rose; in [the latest period] costs fell. => 2015-Q1",
     "First-quarter net fell. In [the same period] costs rose. => 2015-Q1",
     "The latest periodical."},
    {"year-ago", "year DASH ago|earlier", Action::kContext, kYearBefore, nullptr,
     "First-quarter net rose from the [year-earlier] figure. => 2014-Q1",
     "It lost more than the [year-ago] loss. => 2014", "The year is early."},
    {"year-ago-period",
     "the (comparable|corresponding|same)? year DASH? ago|earlier ORD? quarter|period",
     Action::kContext, kYearBefore, nullptr,
     "First-quarter net rose from [the year-earlier period] by far. => 2014-Q1",
     "Its net beat that of [the year-ago second quarter] by far. => 2014-Q2",
     "A year ago a quarter was lost."},
    {"same-period-year-ago",
     "the (same|comparable|corresponding)? period|quarter|month a year ago|earlier",
     Action::kContext, kYearBefore, nullptr,
     "First-quarter net beat that of [the same period a year earlier] by far. => 2014-Q1",
     "Sales rose in May from those of [the same month a year ago] by far. => 2014-05",
     "The same thing a year ago."},
    {"period-of-year", "the YEAR period|quarter", Action::kContext, kSamePeriodOfYear, nullptr,
     "First-quarter net rose from that of [the 2013 period] by far. => 2013-Q1",
     "First-quarter net beat that of [the 2012 quarter] by far. => 2012-Q1", "The 2013 problem."},
    {"this-part", "this|that DAYPART", Action::kDayPart, kToday, nullptr,
     "He said [this morning] it was over. => 2015-06-17TMO",
     "It rains [this evening] too. => 2015-06-17TEV", "This mourning is over."},
    {"story-part", "(the|that)? SHIFT DAYPART", Action::kDayPart, kShiftedDay, StoryPart,
     "He came on June 3 and left [the next morning] early. => 2015-06-04TMO",
     "The town fell on May 9. [That same night] it burned. => 2015-05-09TNI",
     "The coming evening is fair."},
    {"unit-before", "the day|week|month|year before", Action::kShiftUnit, kPrevious, BeforeThen,
     "It fell on June 3. [The day before], it had rained. => 2015-06-02",
     "It fell in May 2014. It had stood firm [the month before]. => 2014-04",
     "He left the day before the feast."},
    {"unit-after", "the day|week|month|year after", Action::kShiftUnit, kFollowing, BeforeThen,
     "It fell on June 3. [The day after], it burned. => 2015-06-04",
     "It fell in May 2014. It was lost [the month after]. => 2014-06",
     "He left the day after the feast."},
    {"part-before", "the DAYPART before", Action::kDayPart, kDayBefore, BeforeThen,
     "It fell on June 3. [The night before], nobody slept. => 2015-06-02TNI",
     "It fell on May 9; he had left [the evening before]. => 2015-05-08TEV",
     "He left the night before the feast."},
    {"mid-part", "early|mid|late DASH? morning|afternoon|evening|night", Action::kDayPart,
     kDayOfMention, LonePartOfDay, "He left on June 3 by [mid-afternoon] there. => 2015-06-03TAF",
     "He left on June 3 in [late evening]. => 2015-06-03TEV", "The late morning star."},
    {"last-night", "last night|evening", Action::kDayPart, kYesterday, nullptr,
     "It burned [last night] in Rome. => 2015-06-16TNI",
     "He sang [last evening] in Rome. => 2015-06-16TEV", "At last it was night."},
    {"tonight", "tonight", Action::kDayPart, kToday, nullptr,
     "He sings [tonight] in Rome. => 2015-06-17TNI", "It rains [tonight]. => 2015-06-17TNI",
     "Not a night goes by."},
    {"overnight", "overnight", Action::kDayPart, kYesterday, FreeWord,
     "Shells fell [overnight] in the east. => 2015-06-16TNI",
     "It rained [overnight]. => 2015-06-16TNI", "An overnight-delivery firm."},
    {"the-part", "the DAYPART", Action::kDayPart, kDayOfMention, LonePartOfDay,
     "He left on June 3 in [the morning]. => 2015-06-03TMO",
     "He came on June 3 and left in [the evening]. => 2015-06-03TEV", "The morning star rose."},
};

}  // namespace

RuleTable RelativeRules() { return {kRows, sizeof kRows / sizeof kRows[0]}; }

}  // namespace verbatim::dates
