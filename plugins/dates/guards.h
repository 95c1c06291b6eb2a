// SPDX-License-Identifier: Apache-2.0
// What must hold around a match. Small named questions, asked only after a pattern matched.
#ifndef VERBATIM_PLUGINS_DATES_GUARDS_H_
#define VERBATIM_PLUGINS_DATES_GUARDS_H_

#include "rules.h"

namespace verbatim::dates {

// The month is written as a name: capital letter, and not "may" the verb or "march" the noun.
bool MonthIsName(const Parsing& parsing, const Match& match);
// The same, and the number behind it is a day: not "May 20 percent", "June 10 people".
bool MonthHasDay(const Parsing& parsing, const Match& match);
// A month that stands alone: something before it speaks of time, or it can be nothing else.
bool LoneMonth(const Parsing& parsing, const Match& match);
// Four digits that are a year, by what stands around them.
bool LoneYear(const Parsing& parsing, const Match& match);
bool WeekdayIsName(const Parsing& parsing, const Match& match);
// A season, not a verb or a water source.
bool LoneSeason(const Parsing& parsing, const Match& match);
// "two days before," and "the night before.": before what was told, not before what follows.
bool BeforeThen(const Parsing& parsing, const Match& match);
// A winter named by both of its years: "1702-03".
bool WinterOfTwoYears(const Parsing& parsing, const Match& match);
// The unit isn't part of something else: no age, no speed.
bool FreeDuration(const Parsing& parsing, const Match& match);
// "decades", "weeks": without a number, so something must make them a length.
bool BareUnits(const Parsing& parsing, const Match& match);
// "a year", "a day": a length, not a rate or a name.
bool OneUnit(const Parsing& parsing, const Match& match);
// "$3 million a year": a rate.
bool IsRate(const Parsing& parsing, const Match& match);
// "the day", "the year": the one spoken of, not one that is described further.
bool TheUnit(const Parsing& parsing, const Match& match);
bool TheQuarter(const Parsing& parsing, const Match& match);
// Months and shorter: "8-month-old", but no "six-year-old".
bool NoAge(const Parsing& parsing, const Match& match);
// "1941/42" and "1941-42 season": the second year is the one after the first.
bool SeasonOfTwoYears(const Parsing& parsing, const Match& match);
// "FY2008", in capitals.
bool AbbreviatedFiscalYear(const Parsing& parsing, const Match& match);
// "AD 79", "490 B.C.", in capitals.
bool EraInCapitals(const Parsing& parsing, const Match& match);
// Two digits and an s that are a decade: "'90s", "the 90s".
bool ShortDecade(const Parsing& parsing, const Match& match);
// "the first and second quarters": behind another one.
bool QuartersOfList(const Parsing& parsing, const Match& match);
// "third quarter": of accounts, not of a game.
bool AccountingQuarter(const Parsing& parsing, const Match& match);
// A clock needs a word for it: "at", "p.m." or a zone; scores and verses have none.
bool IsClock(const Parsing& parsing, const Match& match);
bool NoonOrMidnight(const Parsing& parsing, const Match& match);
// "the morning", "the night" with a preposition.
bool LonePartOfDay(const Parsing& parsing, const Match& match);
// "that same night", "the next morning": counted from the day that was spoken of.
bool StoryPart(const Parsing& parsing, const Match& match);
// A word that is vague about time here: "now", not "now-defunct".
bool FreeWord(const Parsing& parsing, const Match& match);
// "it will one day be": some day to come.
bool OneFineDay(const Parsing& parsing, const Match& match);
// The length that the match begins with is the first or last of something: "the last days of".
bool EdgeLength(const Parsing& parsing, const Match& match);
bool SoonAlone(const Parsing& parsing, const Match& match);
// "in the past", not "the past year".
bool InThePast(const Parsing& parsing, const Match& match);
// "the year ended March 31": a length.
bool YearEnded(const Parsing& parsing, const Match& match);
// "over the years", not "the years 1914 to 1918".
bool TheYears(const Parsing& parsing, const Match& match);
// "many years", not "in as many years".
bool FewUnits(const Parsing& parsing, const Match& match);
// "Tuesday the 9th", not "Tuesday the first step".
bool DayOrdinalIsDay(const Parsing& parsing, const Match& match);
// "a hundred years", "a dozen days".
bool HundredUnits(const Parsing& parsing, const Match& match);
bool LoneEarlier(const Parsing& parsing, const Match& match);
// "on the 15th".
bool DayOfMonthAlone(const Parsing& parsing, const Match& match);
// "this"/"last" before a month or weekday, written as names.
bool NamedAfterShift(const Parsing& parsing, const Match& match);
// A frequency word: "daily", not the title of a newspaper.
bool Frequency(const Parsing& parsing, const Match& match);
// The chunk of a second-pass match has no Mod yet.
bool Unmodified(const Parsing& parsing, const Match& match);
// "c. 1450", not "vitamin C. 1990 was".
bool Circa(const Parsing& parsing, const Match& match);
// "around Nov. 1", not "get around Friday's ban".
bool AboutThen(const Parsing& parsing, const Match& match);
// "over a week" is longer than a week; "over the past week", "over a three-week period" is not.
bool OverLength(const Parsing& parsing, const Match& match);

}  // namespace verbatim::dates

#endif  // VERBATIM_PLUGINS_DATES_GUARDS_H_
