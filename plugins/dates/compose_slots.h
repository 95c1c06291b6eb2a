// SPDX-License-Identifier: Apache-2.0
// What a pattern found, as the builders of expressions read it: the tokens in its slots, and the
// few readings that several kinds of expression share.
#ifndef VERBATIM_PLUGINS_DATES_COMPOSE_SLOTS_H_
#define VERBATIM_PLUGINS_DATES_COMPOSE_SLOTS_H_

#include <string_view>

#include "rules.h"

namespace verbatim::dates {

// Reads the slots of one match, which it borrows.
class Slots {
 public:
  Slots(const Parsing& parsing, const Match& match) : parsing_(parsing), match_(match) {}

  bool Has(Classes slot) const { return match_.Slot(slot) >= 0; }
  const Token& Of(Classes slot) const {
    return parsing_.tokens[static_cast<size_t>(match_.Slot(slot))];
  }
  int ValueOf(Classes slot) const { return Has(slot) ? Of(slot).value : kUnset; }
  bool HasSecond(Classes slot) const { return match_.SecondSlot(slot) >= 0; }
  const Token& SecondOf(Classes slot) const {
    return parsing_.tokens[static_cast<size_t>(match_.SecondSlot(slot))];
  }
  // Does one of the matched tokens say this word?
  bool Says(std::string_view word) const {
    for (size_t i = match_.begin; i < match_.end; ++i) {
      if (parsing_.IsWord(i, word)) return true;
    }
    return false;
  }
  const Token& Number(size_t k) const { return parsing_.tokens[match_.begin + k]; }

 private:
  const Parsing& parsing_;
  const Match& match_;
};

// "second" is an ordinal first; kNone where no slot names a unit.
Unit SlotUnit(const Slots& slots);

// Is the shift counted from what the text spoke of, not from the day of publication?
bool OfMention(Shift shift);

// last, next, this, the following: the shift, and what it is counted from. Nothing where no slot
// has one.
void SetShift(const Slots& slots, Expression* e);

}  // namespace verbatim::dates

#endif  // VERBATIM_PLUGINS_DATES_COMPOSE_SLOTS_H_
