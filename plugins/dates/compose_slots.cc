// SPDX-License-Identifier: Apache-2.0
#include "compose_slots.h"

namespace verbatim::dates {
namespace {

Unit UnitOf(const Token& token) {
  // "second" is an ordinal first.
  if (token.Is(cls::kOrdinal)) return Unit::kSecond;
  return static_cast<Unit>(token.value);
}

}  // namespace

Unit SlotUnit(const Slots& slots) {
  if (slots.Has(cls::kUnit)) return UnitOf(slots.Of(cls::kUnit));
  if (slots.Has(cls::kUnits)) return UnitOf(slots.Of(cls::kUnits));
  if (slots.Has(cls::kFrequency)) return static_cast<Unit>(slots.ValueOf(cls::kFrequency));
  return Unit::kNone;
}

bool OfMention(Shift shift) {
  return shift == Shift::kPrevious || shift == Shift::kFollowing || shift == Shift::kSame ||
         shift == Shift::kThat;
}

void SetShift(const Slots& slots, Expression* e) {
  if (!slots.Has(cls::kShift)) return;
  Shift shift = static_cast<Shift>(slots.ValueOf(cls::kShift));
  // "this coming Sunday", "this past spring": the second word says more.
  if (slots.HasSecond(cls::kShift)) shift = static_cast<Shift>(slots.SecondOf(cls::kShift).value);
  e->shift = shift;
  e->base = OfMention(shift) ? Base::kMention : Base::kPublication;
}

}  // namespace verbatim::dates
