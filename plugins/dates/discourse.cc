// SPDX-License-Identifier: Apache-2.0
// See discourse.h.
#include "discourse.h"

#include <cstdlib>

namespace verbatim::dates {
namespace {

constexpr int kFarYears = 2;  // further from publication than this is another time
constexpr int kNarrativeYearsMin = 3;
constexpr size_t kLookBackMax = 64;  // mentions; what lies further back is no longer spoken of

// How fine a grain is: the smaller the finer.
int Fineness(Unit grain) {
  switch (grain) {
    case Unit::kDay:
      return 1;
    case Unit::kWeekend:
    case Unit::kWeek:
      return 2;
    case Unit::kMonth:
      return 3;
    case Unit::kQuarter:
      return 4;
    case Unit::kSeason:
    case Unit::kHalf:
      return 5;
    case Unit::kYear:
      return 6;
    case Unit::kDecade:
      return 7;
    default:
      return 8;
  }
}

}  // namespace

Discourse::Discourse(const std::vector<Expression>& expressions,
                     std::optional<DayNumber> published) {
  int far = 0;
  int near = 0;
  const int now = published ? ToCivil(*published).year : 0;
  for (const Expression& e : expressions) {
    // News speaks of its own days: "on Friday", "yesterday", "last week".
    const bool own_days = e.base == Base::kPublication ||
                          (e.weekday != kUnset && e.day == kUnset && e.month == kUnset);
    if (own_days && e.type != Type::kSet && e.type != Type::kDuration) ++near;
    if (e.before_christ) ++far;
    if (e.year == kUnset || e.before_christ) continue;
    // What is due in 1999 is no story of another time, when the year is 1989.
    if (!published || e.year < now - kFarYears) {
      ++far;
    } else {
      ++near;
    }
  }
  narrative_ = far >= kNarrativeYearsMin && far > 2 * near;
}

const Mention* Discourse::LastAsFineAs(Unit grain) const {
  size_t looked = 0;
  for (auto it = mentions_.rbegin(); it != mentions_.rend() && looked < kLookBackMax;
       ++it, ++looked) {
    if (Fineness(it->span.grain) <= Fineness(grain)) return &*it;
  }
  return nullptr;
}

const Mention* Discourse::LastOf(Unit grain, uint32_t at, uint32_t reach_bytes,
                                 std::optional<DayNumber> begun_by) const {
  size_t looked = 0;
  for (auto it = mentions_.rbegin(); it != mentions_.rend() && looked < kLookBackMax;
       ++it, ++looked) {
    if (it->bytes.end + reach_bytes < at) return nullptr;
    const bool to_come = begun_by && !it->span.before_christ && it->span.First() > *begun_by;
    if (it->span.grain == grain && !to_come) return &*it;
  }
  return nullptr;
}

}  // namespace verbatim::dates
