// SPDX-License-Identifier: Apache-2.0
// The word tables. A word may stand in several rows: classes add up, the first row gives the value.
#include "calendar.h"
#include "lexicon.h"

namespace verbatim::dates {
namespace {

constexpr int32_t U(Unit unit) { return static_cast<int32_t>(unit); }
constexpr int32_t M(Mod mod) { return static_cast<int32_t>(mod); }
constexpr int32_t P(DayPart part) { return static_cast<int32_t>(part); }
constexpr int32_t S(Shift shift) { return static_cast<int32_t>(shift); }
constexpr int32_t H(Holiday holiday) { return static_cast<int32_t>(holiday); }

constexpr uint8_t kDot = 1;      // an abbreviation
constexpr uint8_t kContext = 2;  // an everyday word too

}  // namespace

const LexiconRow kTimeWords[] = {
    {"january", cls::kMonth, 1, 0},
    {"jan", cls::kMonth, 1, kDot | kContext},
    {"february", cls::kMonth, 2, 0},
    {"feb", cls::kMonth, 2, kDot},
    {"march", cls::kMonth, 3, kContext},
    {"mar", cls::kMonth, 3, kDot | kContext},
    {"april", cls::kMonth, 4, kContext},
    {"apr", cls::kMonth, 4, kDot},
    {"may", cls::kMonth | cls::kFutureCue, 5, kContext},
    {"june", cls::kMonth, 6, kContext},
    {"jun", cls::kMonth, 6, kDot | kContext},
    {"july", cls::kMonth, 7, 0},
    {"jul", cls::kMonth, 7, kDot},
    {"august", cls::kMonth, 8, kContext},
    {"aug", cls::kMonth, 8, kDot},
    {"september", cls::kMonth, 9, 0},
    {"sept sep", cls::kMonth, 9, kDot},
    {"october", cls::kMonth, 10, 0},
    {"oct", cls::kMonth, 10, kDot},
    {"november", cls::kMonth, 11, 0},
    {"nov", cls::kMonth, 11, kDot},
    {"december", cls::kMonth, 12, 0},
    {"dec", cls::kMonth, 12, kDot},

    {"monday", cls::kWeekday, 1, 0},
    {"mon", cls::kWeekday, 1, kDot | kContext},
    {"tuesday", cls::kWeekday, 2, 0},
    {"tue tues", cls::kWeekday, 2, kDot | kContext},
    {"wednesday", cls::kWeekday, 3, 0},
    {"wed", cls::kWeekday, 3, kDot | kContext},
    {"thursday", cls::kWeekday, 4, 0},
    {"thu thur thurs", cls::kWeekday, 4, kDot | kContext},
    {"friday", cls::kWeekday, 5, 0},
    {"fri", cls::kWeekday, 5, kDot | kContext},
    {"saturday", cls::kWeekday, 6, 0},
    {"sat", cls::kWeekday, 6, kDot | kContext},
    {"sunday", cls::kWeekday, 7, 0},
    {"sun", cls::kWeekday, 7, kDot | kContext},
    {"mondays", cls::kWeekdays, 1, 0},
    {"tuesdays", cls::kWeekdays, 2, 0},
    {"wednesdays", cls::kWeekdays, 3, 0},
    {"thursdays", cls::kWeekdays, 4, 0},
    {"fridays", cls::kWeekdays, 5, 0},
    {"saturdays", cls::kWeekdays, 6, 0},
    {"sundays", cls::kWeekdays, 7, 0},

    {"one", cls::kNumberWord, 1, 0},
    {"two", cls::kNumberWord, 2, 0},
    {"three", cls::kNumberWord, 3, 0},
    {"four", cls::kNumberWord, 4, 0},
    {"five", cls::kNumberWord, 5, 0},
    {"six", cls::kNumberWord, 6, 0},
    {"seven", cls::kNumberWord, 7, 0},
    {"eight", cls::kNumberWord, 8, 0},
    {"nine", cls::kNumberWord, 9, 0},
    {"ten", cls::kNumberWord, 10, 0},
    {"eleven", cls::kNumberWord, 11, 0},
    {"twelve", cls::kNumberWord, 12, 0},
    {"thirteen", cls::kNumberWord, 13, 0},
    {"fourteen", cls::kNumberWord, 14, 0},
    {"fifteen", cls::kNumberWord, 15, 0},
    {"sixteen", cls::kNumberWord, 16, 0},
    {"seventeen", cls::kNumberWord, 17, 0},
    {"eighteen", cls::kNumberWord, 18, 0},
    {"nineteen", cls::kNumberWord, 19, 0},
    {"twenty", cls::kNumberWord, 20, 0},
    {"thirty", cls::kNumberWord, 30, 0},
    {"forty", cls::kNumberWord, 40, 0},
    {"fifty", cls::kNumberWord, 50, 0},
    {"sixty", cls::kNumberWord, 60, 0},
    {"seventy", cls::kNumberWord, 70, 0},
    {"eighty", cls::kNumberWord, 80, 0},
    {"ninety", cls::kNumberWord, 90, 0},
    {"hundred", cls::kBigNumber, 100, 0},
    {"thousand", cls::kBigNumber, 1000, 0},
    {"million", cls::kBigNumber, 1000000, 0},
    {"billion trillion", cls::kBigNumber, 1000000000, 0},
    {"dozen", cls::kBigNumber, 12, 0},

    {"first", cls::kOrdinal | cls::kDayOrdinal, 1, kContext},
    {"second", cls::kOrdinal | cls::kDayOrdinal | cls::kUnit, 2, kContext},
    {"third", cls::kOrdinal | cls::kDayOrdinal, 3, kContext},
    {"fourth", cls::kOrdinal | cls::kDayOrdinal, 4, 0},
    {"fifth", cls::kOrdinal | cls::kDayOrdinal, 5, 0},
    {"sixth", cls::kOrdinal | cls::kDayOrdinal, 6, 0},
    {"seventh", cls::kOrdinal | cls::kDayOrdinal, 7, 0},
    {"eighth", cls::kOrdinal | cls::kDayOrdinal, 8, 0},
    {"ninth", cls::kOrdinal | cls::kDayOrdinal, 9, 0},
    {"tenth", cls::kOrdinal | cls::kDayOrdinal, 10, 0},
    {"eleventh", cls::kOrdinal | cls::kDayOrdinal, 11, 0},
    {"twelfth", cls::kOrdinal | cls::kDayOrdinal, 12, 0},
    {"thirteenth", cls::kOrdinal | cls::kDayOrdinal, 13, 0},
    {"fourteenth", cls::kOrdinal | cls::kDayOrdinal, 14, 0},
    {"fifteenth", cls::kOrdinal | cls::kDayOrdinal, 15, 0},
    {"sixteenth", cls::kOrdinal | cls::kDayOrdinal, 16, 0},
    {"seventeenth", cls::kOrdinal | cls::kDayOrdinal, 17, 0},
    {"eighteenth", cls::kOrdinal | cls::kDayOrdinal, 18, 0},
    {"nineteenth", cls::kOrdinal | cls::kDayOrdinal, 19, 0},
    {"twentieth", cls::kOrdinal | cls::kDayOrdinal, 20, 0},
    {"thirtieth", cls::kOrdinal | cls::kDayOrdinal, 30, 0},
    {"final", cls::kOrdinal, -1, kContext},

    {"seconds", cls::kUnits, U(Unit::kSecond), 0},
    {"minute", cls::kUnit, U(Unit::kMinute), 0},
    {"minutes mins", cls::kUnits, U(Unit::kMinute), 0},
    {"hour", cls::kUnit, U(Unit::kHour), 0},
    {"hours hrs", cls::kUnits, U(Unit::kHour), 0},
    {"day", cls::kUnit, U(Unit::kDay), 0},
    {"days", cls::kUnits, U(Unit::kDay), 0},
    {"weekend", cls::kUnit, U(Unit::kWeekend), 0},
    {"weekends", cls::kUnits, U(Unit::kWeekend), 0},
    {"week", cls::kUnit, U(Unit::kWeek), 0},
    {"weeks", cls::kUnits, U(Unit::kWeek), 0},
    {"fortnight", cls::kUnit, U(Unit::kFortnight), 0},
    {"fortnights", cls::kUnits, U(Unit::kFortnight), 0},
    {"month", cls::kUnit, U(Unit::kMonth), 0},
    {"months", cls::kUnits, U(Unit::kMonth), 0},
    {"quarter", cls::kUnit, U(Unit::kQuarter), kContext},
    {"quarters", cls::kUnits, U(Unit::kQuarter), kContext},
    {"year", cls::kUnit, U(Unit::kYear), 0},
    {"years", cls::kUnits, U(Unit::kYear), 0},
    {"decade", cls::kUnit, U(Unit::kDecade), 0},
    {"decades", cls::kUnits, U(Unit::kDecade), 0},
    {"century", cls::kUnit, U(Unit::kCentury), 0},
    {"centuries", cls::kUnits, U(Unit::kCentury), 0},
    {"millennium", cls::kUnit, U(Unit::kMillennium), 0},
    {"millennia", cls::kUnits, U(Unit::kMillennium), 0},

    {"spring springtime", cls::kSeason, 1, kContext},
    {"summer summertime", cls::kSeason, 2, kContext},
    {"fall autumn", cls::kSeason, 3, kContext},
    {"winter wintertime", cls::kSeason, 4, kContext},

    {"morning mornings", cls::kDayPart, P(DayPart::kMorning), 0},
    {"midday", cls::kDayPart, P(DayPart::kMidday), 0},
    {"afternoon afternoons", cls::kDayPart, P(DayPart::kAfternoon), 0},
    {"evening evenings", cls::kDayPart, P(DayPart::kEvening), 0},
    {"night nights", cls::kDayPart, P(DayPart::kNight), 0},
    {"daytime", cls::kDayPart, P(DayPart::kDaytime), 0},
    {"noon", cls::kClockWord, 12, 0},
    {"midnight", cls::kClockWord, 24, 0},
    {"am", cls::kAmPm, 0, kContext},
    {"pm", cls::kAmPm, 12, kContext},
    {"utc gmt est edt cst cdt mst mdt pst pdt bst cet cest ist jst msk", cls::kZone, 0, 0},

    {"several few many some couple", cls::kFew, 0, 0},
    {"every each", cls::kEvery, 0, 0},
    {"hourly", cls::kFrequency, U(Unit::kHour), 0},
    {"daily", cls::kFrequency, U(Unit::kDay), 0},
    {"nightly", cls::kFrequency, U(Unit::kDay), 0},
    {"weekly", cls::kFrequency, U(Unit::kWeek), 0},
    {"fortnightly biweekly", cls::kFrequency, U(Unit::kFortnight), 0},
    {"monthly", cls::kFrequency, U(Unit::kMonth), 0},
    {"quarterly", cls::kFrequency, U(Unit::kQuarter), 0},
    {"annual annually yearly", cls::kFrequency, U(Unit::kYear), 0},

    {"early earlier", cls::kPart, M(Mod::kStart), 0},
    {"mid", cls::kPart, M(Mod::kMid), 0},
    {"late later", cls::kPart, M(Mod::kEnd), 0},
    {"beginning start", cls::kEdge, M(Mod::kStart), 0},
    {"middle", cls::kEdge, M(Mod::kMid), 0},
    {"end close", cls::kEdge, M(Mod::kEnd), 0},
    {"about around approximately roughly circa", cls::kNearly, M(Mod::kApprox), 0},
    {"almost nearly", cls::kNearly, M(Mod::kLessThan), 0},

    {"q1", cls::kQuarterName, 1, 0},
    {"q2", cls::kQuarterName, 2, 0},
    {"q3", cls::kQuarterName, 3, 0},
    {"q4", cls::kQuarterName, 4, 0},
    {"h1", cls::kQuarterName, 11, 0},
    {"h2", cls::kQuarterName, 12, 0},
    {"christmas", cls::kHoliday, H(Holiday::kChristmas), 0},
    {"easter", cls::kHoliday, H(Holiday::kEaster), 0},
    {"thanksgiving", cls::kHoliday, H(Holiday::kThanksgiving), 0},
    {"halloween", cls::kHoliday, H(Holiday::kHalloween), 0},

    {"twenties", cls::kDecade, 2, 0},
    {"thirties", cls::kDecade, 3, 0},
    {"forties", cls::kDecade, 4, 0},
    {"fifties", cls::kDecade, 5, 0},
    {"sixties", cls::kDecade, 6, 0},
    {"seventies", cls::kDecade, 7, 0},
    {"eighties", cls::kDecade, 8, 0},
    {"nineties", cls::kDecade, 9, 0},

    {"this", cls::kShift | cls::kDeterminer, S(Shift::kThis), 0},
    {"last", cls::kShift, S(Shift::kLast), 0},
    {"next", cls::kShift, S(Shift::kNext), 0},
    {"past", cls::kShift, S(Shift::kPast), 0},
    {"coming upcoming", cls::kShift, S(Shift::kComing), 0},
    {"previous preceding prior", cls::kShift, S(Shift::kPrevious), 0},
    {"following ensuing subsequent", cls::kShift, S(Shift::kFollowing), 0},
    {"same", cls::kShift, S(Shift::kSame), 0},
    {"that", cls::kShift | cls::kDeterminer | cls::kClauseBreak, S(Shift::kThat), 0},
    {"current", cls::kShift, S(Shift::kThis), 0},

    {"today", cls::kDeictic, 0, 0},
    {"yesterday", cls::kDeictic, -1, 0},
    {"tomorrow", cls::kDeictic, 1, 0},

    {"bc bce", cls::kEra, -1, kContext},
    {"ad ce", cls::kEra, 1, kContext},

    {"in since by during until till from of before after through throughout late early between and "
     "to "
     "than for on around about circa mid till around at or but",
     cls::kPreposition, 0, 0},
    {"with without under over onto upon within against among across along amid despite except via "
     "behind "
     "below beneath beside besides beyond down inside near off out outside toward towards unlike "
     "up not so too "
     "also then there here again even still just only yet already if unless because is are was "
     "were be been "
     "he she it they we you who which",
     0, 0, 0},
    {"into", cls::kPreposition, 0, 0},
    {"the a an his her its their our my your these those no any", cls::kDeterminer, 0, 0},
    {"period term stretch span tenure sentence interval phase", cls::kPeriod, 0, 0},
    {"people dollars miles kilometers kilometres meters metres feet tons tonnes troops soldiers "
     "points percent "
     "pounds euros rubles roubles yen shares jobs workers employees men women children cases votes "
     "seats copies "
     "homes houses units members students cars vehicles aircraft planes barrels acres hectares km "
     "kg mph "
     "horsepower megawatts refugees civilians patients deaths others pages words items",
     cls::kMeasured, 0, 0},
    {"he she it they we you i who", cls::kPronoun, 0, 0},
    {nullptr, 0, 0, 0},
};

const LexiconRow kVerbWords[] = {
    {"was were had did said told came went took gave made left began became found got held kept "
     "knew led lost "
     "met paid ran rose fell saw sent sold spoke stood thought won wrote hit set put cut shut "
     "spent built "
     "brought bought caught fought taught felt dealt heard meant drew flew grew threw blew broke "
     "chose drove "
     "froze rode stole wore woke swore struck stuck swung sank sang sprang shot shook sought sped "
     "split spread "
     "quit read lay laid lit bore bent bound bled bred burst cost crept dug fled flung forgave "
     "forgot hung hid "
     "hurt leapt overthrew overtook oversaw rang slept slid slew spun strode swept swam tore "
     "undertook "
     "understood underwent upheld withdrew withheld withstood died tied lied done gone been taken "
     "given seen "
     "shown",
     cls::kPastVerb, 0, 0},
    {"will would shall might should ll", cls::kFutureCue, 0, 0},
    {"upcoming forthcoming due", cls::kFutureCue, 0, 0},
    {"planned planning expect expects expected expecting scheduled scheduling intend intends "
     "intended due slated deadline supposed",
     cls::kPlan, 0, 0},
    {"set plan plans schedule schedules promise promises promised pledge pledges pledged agree "
     "agrees agreed decide "
     "decides decided propose proposes proposed vow vows vowed hope hopes hoped hoping likely "
     "ready prepare prepares "
     "preparing want wants wanted going about bound aim aims",
     cls::kPlanTo, 0, 0},
    {"is are has have be being been was were had am", cls::kAuxiliary, 0, 0},
    {"begins starts opens expires ends meets resumes arrives leaves takes returns goes comes faces "
     "votes",
     cls::kPlan, 0, 0},
    {"which who where when while because although though after before if unless whether but as",
     cls::kClauseBreak, 0, 0},
    {nullptr, 0, 0, 0},
};

}  // namespace verbatim::dates
