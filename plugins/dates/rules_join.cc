// SPDX-License-Identifier: Apache-2.0
// Second pass: what the first pass found, joined and modified.
#include "guards.h"
#include "rules_tables.h"

namespace verbatim::dates {
namespace {

constexpr int M(Mod mod) { return static_cast<int>(mod); }

constexpr int kBeforePublication = static_cast<int>(CountFrom::kBeforePublication);
constexpr int kAfterPublication = static_cast<int>(CountFrom::kAfterPublication);
constexpr int kBeforeMention = static_cast<int>(CountFrom::kBeforeMention);
constexpr int kAfterMention = static_cast<int>(CountFrom::kAfterMention);

constexpr Rule kRows[] = {
    {"clock-day", "cCLOCK ,? cDAY", Action::kJoinPart, 0, nullptr,
     "It opens at [10 p.m. Friday] there. => 2015-06-19T22:00",
     "It begins at [noon Thursday] there. => 2015-06-18T12:00", "At noon he left."},
    {"day-clock", "cDAY ,? cCLOCK", Action::kJoinPart, 0, nullptr,
     "It opened [yesterday 10 p.m.] there. => 2015-06-16T22:00",
     "On [June 3, 10:30 a.m.], it fell. => 2015-06-03T10:30", "On June 3 at noon it fell."},
    {"day-part", "cDAY DAYPART", Action::kJoinPart, 0, nullptr,
     "It burned [Monday night] in Rome. => 2015-06-15TNI",
     "He left [yesterday morning] early. => 2015-06-16TMO", "On Monday the night was calm."},
    {"part-of-day", "the? DAYPART of cDAY", Action::kJoinPart, 0, nullptr,
     "On [the night of June 3] it burned. => 2015-06-03TNI",
     "On [the evening of June 5] he left. => 2015-06-05TEV", "The night of terror."},

    {"part-join-day", "cPART cDAY", Action::kJoinPart, 0, nullptr,
     "It was shut by [mid-afternoon yesterday] there. => 2015-06-16TAF",
     "He came in [late evening June 3] there. => 2015-06-03TEV", "He came this evening."},
    {"year-of", "cQUARTER|cSEASON|cMONTH|cDAY of|in? cYEAR", Action::kJoin, 0, nullptr,
     "In [the third quarter of last year] it fell. => 2014-Q3",
     "It fell in [June last year] much. => 2014-06", "It fell in June and last year."},
    {"part-of-era", "cQUARTER of cERA|cMONTH", Action::kPartOfEra, 0, nullptr,
     "In [the first half of March 1918] it grew. => 1918-03",
     "In [the last quarter of the 19th century] it shrank. => 18", "The first half of the game."},
    {"year-first", "cYEAR POSS? cQUARTER|cSEASON|cMONTH|cDAY", Action::kJoin, 0, nullptr,
     "In [this year's first quarter] it fell. => 2015-Q1",
     "It fell in [last year's fourth quarter] much. => 2014-Q4", "This year the third floor fell."},
    {"the-year-quarter", "the cYEAR cQUARTER", Action::kJoin, 0, nullptr,
     "In [the 1988 second quarter] it fell. => 1988-Q2",
     "It fell in [the 2013 first quarter] much. => 2013-Q1", "The 1988 quarrel."},

    {"day-of-week", "cDAY of? cWEEK", Action::kDayOfWeek, 0, nullptr,
     "It opens [Friday next week] there. => 2015-06-26",
     "It ended on [Monday of last week] there. => 2015-06-08", "Next week it opens on Friday."},

    {"early", "PART DASH? cDAY|cMONTH|cYEAR|cQUARTER|cSEASON|cWEEK|cPART|cERA", Action::kModify, 0,
     Unmodified, "It closed in [early 1990] there. => 1990",
     "Since [mid-November] it is shut. => 2014-11", "Early birds sing."},
    {"the-early", "the PART DASH? cYEAR|cERA|cSEASON", Action::kModify, 0, Unmodified,
     "It closed in [the late 1970s] there. => 197", "Since [the early 1990s] it is shut. => 199",
     "The early bird."},
    {"later-in", "earlier|later in cMONTH|cYEAR|cWEEK|cQUARTER", Action::kModify, 0, Unmodified,
     "It closed [earlier in May] there. => 2015-05", "It opens [later in 2016] there. => 2016",
     "Earlier in Rome."},
    {"edge-of", "the? (very)? EDGE|early|late of cMONTH|cYEAR|cQUARTER|cSEASON|cWEEK|cERA|cDAY",
     Action::kEdgeOf, 0, Unmodified, "It closed at [the end of 1990] for good. => 1990",
     "By [the middle of October] it was over. => 2014-10", "The end of the line."},
    {"edge-days", "cDURATION of cMONTH|cYEAR|cSEASON", Action::kEdgeOf, 0, EdgeLength,
     "It fell in [the last days of April 1945] there. => 1945-04",
     "It rose in [the first weeks of 1942] there. => 1942", "Three days of April were wet."},
    {"early-days", "the early|opening cDURATION of cMONTH|cYEAR|cSEASON", Action::kEdgeOf,
     M(Mod::kStart), nullptr, "It fell in [the early months of 1942] there. => 1942",
     "It rose in [the opening days of May 1940] there. => 1940-05", "The early days of steam."},
    {"late-days", "the late|closing cDURATION of cMONTH|cYEAR|cSEASON", Action::kEdgeOf,
     M(Mod::kEnd), nullptr, "It fell in [the closing months of 1944] there. => 1944",
     "It rose in [the closing days of the summer of 1944] there. => 1944-SU",
     "The late days of steam."},
    {"day-of-month", "cDAY of cMONTH", Action::kDayOfMonth, 0, nullptr,
     "He came on June 3 and left on [the 12th of that month] again. => 2015-06-12",
     "It ends on [the 20th of this month] there. => 2015-06-20", "A day of May."},
    {"turn-of", "the? turn of cERA", Action::kModify, M(Mod::kStart), Unmodified,
     "At [the turn of the 20th century] it grew. => 19",
     "It fell before [the turn of the 3rd century BC] there. => BC02", "The turn of events."},
    {"part-of", "a good|large|big? part of cYEAR", Action::kExtend, 0, nullptr,
     "It fell in [a good part of 1990] there. => 1990",
     "He was away [a large part of last year]. => 2014", "A part of the city."},
    {"sometime", "sometime cDAY|cWEEK|cMONTH|cYEAR; some time cDAY|cWEEK|cMONTH|cYEAR",
     Action::kExtend, 0, nullptr, "It opens [sometime next year] there. => 2016",
     "It opens [sometime next week] there. => 2015-W26", "Some men."},
    {"circa", "c|ca .? cYEAR", Action::kModify, M(Mod::kApprox), Circa,
     "The abbey was founded [c. 1450] there. => 1450", "It dates from [ca. 1806] or so. => 1806",
     "Vitamin C. 1990 was dull."},
    {"about", "NEARLY cDURATION|cDAY|cCLOCK|cYEAR|cMONTH", Action::kModify, 0, AboutThen,
     "It took [about two years] in all. => P2Y", "It opens [around Nov. 1] there. => 2015-11-01",
     "About two men."},
    {"more-than", "more|longer than cDURATION", Action::kModify, M(Mod::kMoreThan), Unmodified,
     "It took [more than two years] in all. => P2Y", "It took [longer than a week] in all. => P1W",
     "More than two men."},
    {"over", "over cDURATION", Action::kModify, M(Mod::kMoreThan), OverLength,
     "It took [over a week] in all. => P1W", "It took [over 20 years] in all. => P20Y",
     "Over the past two years it rose."},
    {"less-than", "less|fewer|shorter than cDURATION", Action::kModify, M(Mod::kLessThan),
     Unmodified, "It took [less than two years] in all. => P2Y",
     "It took [less than a week] in all. => P1W", "Less than two men."},
    {"at-least", "at least cDURATION", Action::kModify, M(Mod::kEqualOrMore), Unmodified,
     "It takes [at least two years] in all. => P2Y", "It takes [at least a week] in all. => P1W",
     "At least two men."},
    {"up-to", "up to cDURATION", Action::kModify, M(Mod::kEqualOrLess), Unmodified,
     "It takes [up to 180 days] in all. => P180D", "It takes [up to a week] in all. => P1W",
     "Up to two men."},
    {"at-most", "no more than cDURATION; at most cDURATION", Action::kModify, M(Mod::kEqualOrLess),
     Unmodified, "It takes [no more than sixty days] in all. => P60D",
     "It takes [no more than a week] in all. => P1W", "No more than two men."},
    {"or-so", "cDURATION|cYEAR|cMONTH or so", Action::kModify, M(Mod::kApprox), Unmodified,
     "It takes [a week or so] in all. => P1W", "It takes [two years or so] in all. => P2Y",
     "A man or so."},
    {"or-more", "cDURATION or more|longer", Action::kModify, M(Mod::kEqualOrMore), Unmodified,
     "It takes [a week or more] in all. => P1W", "It takes [two years or longer] in all. => P2Y",
     "A man or more."},
    {"or-less", "cDURATION or less", Action::kModify, M(Mod::kEqualOrLess), Unmodified,
     "It takes [a week or less] in all. => P1W", "It takes [two years or less] in all. => P2Y",
     "A man or less."},
    {"or-later", "cYEAR|cMONTH|cDAY or later|after", Action::kModify, M(Mod::kOnOrAfter),
     Unmodified, "It opens in [1994 or later], they say. => 1994",
     "It opens in [2017 or later], they say. => 2017", "He left in 1994."},
    {"and-beyond", "cYEAR and beyond|later|after|onwards", Action::kModify, M(Mod::kOnOrAfter),
     Unmodified, "It sees more for [1990 and beyond], they say. => 1990",
     "It plans for [2017 and beyond], they say. => 2017", "1990 and Rome."},
    {"or-earlier", "cYEAR|cMONTH|cDAY or earlier|before", Action::kModify, M(Mod::kOnOrBefore),
     Unmodified, "It opened in [1994 or earlier], they say. => 1994",
     "It opened in [2001 or before], they say. => 2001", "He left in 1994."},
    {"ago", "cDURATION ago", Action::kAgo, kBeforePublication, nullptr,
     "He left [two years ago] for Rome. => 2013", "It fell [a month ago] in Rome. => 2015-05",
     "The long-ago war lasted two years."},
    {"earlier-than", "cDURATION earlier", Action::kAgo, kBeforeMention, nullptr,
     "He died on June 3; [two days earlier] he had left. => 2015-06-01",
     "He came in 1990; [three years earlier] he had left. => 1987",
     "It lasted two days before it broke."},
    {"before-then", "cDURATION before|previously|beforehand", Action::kAgo, kBeforeMention,
     BeforeThen, "He died on June 3; [two days before], he had left. => 2015-06-01",
     "He came in 1990; he had left [three years before]. => 1987",
     "He left two days before the feast."},
    {"after-then", "cDURATION after|thereafter", Action::kAgo, kAfterMention, BeforeThen,
     "He died on June 3 and was buried [two days after]. => 2015-06-05",
     "He came in 1990 and left [three years after], alone. => 1993",
     "He left two days after the feast."},
    {"later-than", "cDURATION later|afterwards|afterward", Action::kAgo, kAfterMention, nullptr,
     "He came on June 3 and [two days later] left. => 2015-06-05",
     "He came in 1990 and [three years later] left. => 1993", "It lasted two days after he came."},
    {"from-now", "cDURATION from now|hence", Action::kAgo, kAfterPublication, nullptr,
     "It ends [two years from now] in Rome. => 2017",
     "It ends [a month from now] in Rome. => 2015-07", "Now it takes two years."},
    {"from-day", "cDURATION from|after cDAY", Action::kFromChunk, 1, nullptr,
     "It ends [two days from today] in Rome. => 2015-06-19",
     "It ends [a week from tomorrow] in Rome. => 2015-06-25", "It takes two days from June."},
    {"sum", "cDURATION ,|and? cDURATION", Action::kSumDuration, 0, nullptr,
     "It took [two hours and ten minutes] in all. => PT2H10M",
     "It took [one year and six months] in all. => P1Y6M", "It took two hours and he left."},
    {"each-of", "each of cDURATION", Action::kExtend, 0, nullptr,
     "It rose in [each of the past three years] there. => P3Y",
     "It fell on [each of the last two days] there. => P2D", "Each of the men."},

};

}  // namespace

RuleTable JoinRules() { return {kRows, sizeof kRows / sizeof kRows[0]}; }

std::vector<RuleTable> FirstPassTables() {
  return {CalendarRules(), RelativeRules(), DurationRules(), ClockRules(), VagueRules()};
}

std::vector<RuleTable> SecondPassTables() { return {JoinRules()}; }

}  // namespace verbatim::dates
