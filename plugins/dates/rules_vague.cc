// SPDX-License-Identifier: Apache-2.0
// First pass: words that point to the present, the past or the future and no closer (TimeML:
// *_REF).
#include "guards.h"
#include "rules_tables.h"

namespace verbatim::dates {
namespace {

constexpr int kPresent = static_cast<int>(Vague::kPresent);
constexpr int kPast = static_cast<int>(Vague::kPast);
constexpr int kFuture = static_cast<int>(Vague::kFuture);
constexpr int kSomeCentury = static_cast<int>(Vague::kSomeCentury);

constexpr Rule kRows[] = {
    {"now", "right|just? now", Action::kVague, kPresent, FreeWord,
     "It is [now] open. => PRESENT_REF", "He is in Rome [right now], she said. => PRESENT_REF",
     "A now-defunct firm."},
    {"currently", "currently|nowadays|presently", Action::kVague, kPresent, FreeWord,
     "It [currently] loses. => PRESENT_REF", "[Nowadays] all is calm. => PRESENT_REF",
     "The current fell."},
    {"these-days", "these days", Action::kVague, kPresent, nullptr,
     "He is in Rome [these days], she said. => PRESENT_REF",
     "[These days] it is calm. => PRESENT_REF", "These men."},
    {"current", "current", Action::kVague, kPresent, FreeWord,
     "Its [current] chief left. => PRESENT_REF", "The [current] plan fails. => PRESENT_REF",
     "It is currently open."},
    {"recently", "more|most|very? recently; lately", Action::kVague, kPast, FreeWord,
     "He [recently] left. => PAST_REF", "It fell [more recently], he said. => PAST_REF",
     "The recent fall."},
    {"recent", "recent", Action::kVague, kPast, FreeWord, "A [recent] fall. => PAST_REF",
     "Its [recent] gains. => PAST_REF", "He left recently."},
    {"recent-years", "recent|past years|days|decades", Action::kVague, kPast, nullptr,
     "It fell in [recent years] much. => PAST_REF", "In [past years] it rose. => PAST_REF",
     "A recent year."},
    {"recent-units", "recent|past weeks|months|quarters", Action::kDuration, 0, nullptr,
     "It fell in [recent months] much. => PXM", "In [recent weeks] it rose. => PXW",
     "A recent month."},
    {"the-past", "the recent|distant? past", Action::kVague, kPast, InThePast,
     "It fell in [the past], too. => PAST_REF", "He lives in [the recent past]. => PAST_REF",
     "In the past year it rose."},

    {"once", "once", Action::kVague, kPast, LoneEarlier, "He had been there [once]. => PAST_REF",
     "[Once], it was calm. => PAST_REF", "It opens once a week."},
    {"earlier", "earlier", Action::kVague, kPast, LoneEarlier, "He had left [earlier]. => PAST_REF",
     "[Earlier], it rained. => PAST_REF", "He left earlier than she."},
    {"the-future", "the near|distant|immediate? future", Action::kVague, kFuture, nullptr,
     "It will fall in [the future], too. => FUTURE_REF",
     "In [the near future] it opens. => FUTURE_REF", "The futures fell."},
    {"the-term", "the near|short|medium|long|longer term", Action::kVague, kFuture, nullptr,
     "In [the near term] it falls. => FUTURE_REF", "For [the long term], it rises. => FUTURE_REF",
     "The first term."},
    {"later-date", "a later date|time|stage", Action::kVague, kFuture, nullptr,
     "It may be sold at [a later date], too. => FUTURE_REF",
     "He will call at [a later time], he said. => FUTURE_REF", "A later edition had it."},
    {"some-day", "one day", Action::kVague, kFuture, OneFineDay,
     "It will [one day] be calm. => FUTURE_REF", "He may [one day] return. => FUTURE_REF",
     "It lasted one day."},
    {"time-being", "the time being", Action::kVague, kPresent, nullptr,
     "He stays for [the time being], she said. => PRESENT_REF",
     "For [the time being] it is shut. => PRESENT_REF", "The time came, being short."},
    {"soon", "very? soon", Action::kVague, kFuture, SoonAlone, "It will [soon] open. => FUTURE_REF",
     "He leaves [very soon], she said. => FUTURE_REF", "He left as soon as he could."},
    {"as-soon-as-possible", "as soon as possible", Action::kVague, kFuture, nullptr,
     "He leaves [as soon as possible] now. => FUTURE_REF",
     "It ends [as soon as possible]. => FUTURE_REF", "As soon as he can."},
    {"coming-units", "coming|future UNITS", Action::kVague, kFuture, nullptr,
     "In [coming months] it will fall. => FUTURE_REF",
     "It sees more in [future quarters] there. => FUTURE_REF", "A coming man."},
    {"turn-of-the-century", "the? turn of the century", Action::kVague, kSomeCentury, nullptr,
     "It grew at [the turn of the century] much. => XX",
     "Since [the turn of the century] it fell. => XX", "It took a turn for a century."},
    {"long-ago", "long ago", Action::kVague, kPast, nullptr,
     "He left [long ago] for Rome. => PAST_REF", "It was calm not [long ago]. => PAST_REF",
     "A long way."},
};

}  // namespace

RuleTable VagueRules() { return {kRows, sizeof kRows / sizeof kRows[0]}; }

}  // namespace verbatim::dates
