// SPDX-License-Identifier: Apache-2.0
#include "core/base/time_point.h"

#include <cctype>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace verbatim::base {
namespace {

constexpr uint64_t kHourUs = 3600ull * 1000 * 1000;
constexpr uint64_t kDayUs = 24 * kHourUs;

absl::string_view Absl(std::string_view text) { return {text.data(), text.size()}; }

bool AllDigits(std::string_view text) {
  if (text.empty()) return false;
  for (const char c : text) {
    if (!absl::ascii_isdigit(static_cast<unsigned char>(c))) return false;
  }
  return true;
}

std::optional<int> Number(std::string_view text) {
  int value = 0;
  if (!AllDigits(text) || !absl::SimpleAtoi(Absl(text), &value)) return std::nullopt;
  return value;
}

uint64_t DayStartUs(absl::CivilDay day) {
  const int64_t us = absl::ToUnixMicros(absl::FromCivil(day, absl::UTCTimeZone()));
  return us < 0 ? 0 : static_cast<uint64_t>(us);
}

// Year 1 to 9999; a day that the calendar doesn't have is nothing.
std::optional<absl::CivilDay> ParseDay(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = Number(text.substr(0, 4));
  const auto month = Number(text.substr(5, 2));
  const auto day = Number(text.substr(8, 2));
  if (!year || !month || !day || *year == 0) return std::nullopt;
  const absl::CivilDay civil(*year, *month, *day);
  if (civil.month() != *month || civil.day() != *day) return std::nullopt;
  return civil;
}

std::optional<absl::CivilMonth> ParseMonth(std::string_view text) {
  if (text.size() != 7 || text[4] != '-') return std::nullopt;
  const auto year = Number(text.substr(0, 4));
  const auto month = Number(text.substr(5, 2));
  if (!year || !month || *year == 0 || *month < 1 || *month > 12) return std::nullopt;
  return absl::CivilMonth(*year, *month);
}

// RFC 3339, seconds optional.
std::optional<absl::Time> ParseInstant(std::string_view text) {
  if (text.size() < 16 || (text[10] != 'T' && text[10] != ' ') || !ParseDay(text.substr(0, 10))) {
    return std::nullopt;
  }
  absl::Time time;
  std::string error;
  std::string with_t(text);
  with_t[10] = 'T';
  for (const char* format :
       {"%Y-%m-%dT%H:%M:%E*S%Ez", "%Y-%m-%dT%H:%M%Ez", "%Y-%m-%dT%H:%M:%E*S", "%Y-%m-%dT%H:%M"}) {
    if (absl::ParseTime(format, with_t, absl::UTCTimeZone(), &time, &error)) return time;
  }
  return std::nullopt;
}

std::optional<TimeRange> ParseRelative(std::string_view text, uint64_t now_us) {
  const uint64_t today = now_us / kDayUs * kDayUs;
  if (text == "now") return TimeRange{now_us, now_us};
  if (text == "today") return TimeRange{today, today + kDayUs};
  if (text == "yesterday") return TimeRange{today - kDayUs, today};
  if (text.size() < 2) return std::nullopt;
  const auto count = Number(text.substr(0, text.size() - 1));
  if (!count) return std::nullopt;
  uint64_t unit = 0;
  switch (text.back()) {
    case 'h':
      unit = kHourUs;
      break;
    case 'd':
      unit = kDayUs;
      break;
    case 'w':
      unit = 7 * kDayUs;
      break;
    default:
      return std::nullopt;
  }
  const uint64_t back = static_cast<uint64_t>(*count) * unit;
  const uint64_t at = back > now_us ? 0 : now_us - back;
  return TimeRange{at, at};
}

std::optional<TimeRange> ParseTimeRange(std::string_view text, uint64_t now_us) {
  if (const auto day = ParseDay(text)) return TimeRange{DayStartUs(*day), DayStartUs(*day + 1)};
  if (const auto month = ParseMonth(text)) {
    return TimeRange{DayStartUs(absl::CivilDay(*month)), DayStartUs(absl::CivilDay(*month + 1))};
  }
  if (const auto instant = ParseInstant(text)) {
    const int64_t us = absl::ToUnixMicros(*instant);
    const uint64_t at = us < 0 ? 0 : static_cast<uint64_t>(us);
    return TimeRange{at, at};
  }
  return ParseRelative(text, now_us);
}

}  // namespace

absl::StatusOr<PointInLog> ParsePoint(std::string_view text, uint64_t now_us) {
  const std::string_view digits = !text.empty() && text[0] == '@' ? text.substr(1) : text;
  uint64_t sequence = 0;
  if (AllDigits(digits) && absl::SimpleAtoi(Absl(digits), &sequence))
    return PointInLog(Sequence{sequence});
  if (const auto range = ParseTimeRange(text, now_us)) return PointInLog(*range);
  return absl::InvalidArgumentError(
      absl::StrCat("'", Absl(text),
                   "' is neither a sequence (1043 or @1043) nor a time (2026-11-01, 2026-11, "
                   "2026-11-20T10:00Z, yesterday, 3d)"));
}

absl::StatusOr<Days> ParseDays(std::string_view text, uint64_t now_us) {
  // Days before 1970 have no microseconds of ours, so the calendar is asked first.
  if (text.size() == 4 && AllDigits(text) && text != "0000") {
    return Days{absl::StrCat(Absl(text), "-01-01"), absl::StrCat(Absl(text), "-12-31")};
  }
  if (const auto day = ParseDay(text))
    return Days{absl::FormatCivilTime(*day), absl::FormatCivilTime(*day)};
  if (const auto month = ParseMonth(text)) {
    return Days{absl::FormatCivilTime(absl::CivilDay(*month)),
                absl::FormatCivilTime(absl::CivilDay(*month + 1) - 1)};
  }
  if (const auto range = ParseRelative(text, now_us)) {
    const std::string day = FormatDay(range->begin_us);
    return Days{day, day};
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "'", Absl(text),
      "' is not a day (2026-11-01), a month (2026-11), a year (2026), yesterday or 3d"));
}

absl::StatusOr<std::string> ParsePublished(std::string_view text) {
  if (ParseDay(text)) return std::string(text);
  if (text.size() > 16 && ParseInstant(text)) {
    std::string stored(text);
    stored[10] = 'T';
    return stored;
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "'", Absl(text),
      "' is not a date of publication: give a day (2021-10-20) or an instant with its offset "
      "(2021-10-20T18:05:00+03:00)"));
}

std::string FormatTime(uint64_t us) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%E6SZ", absl::FromUnixMicros(static_cast<int64_t>(us)),
                          absl::UTCTimeZone());
}

std::string ShowTime(std::string_view formatted, bool local) {
  absl::Time time;
  if (!absl::ParseTime(absl::RFC3339_full, Absl(formatted), &time, nullptr)) {
    return std::string(formatted);
  }
  return local ? absl::FormatTime("%Y-%m-%d %H:%M:%S %z", time, absl::LocalTimeZone())
               : absl::FormatTime("%Y-%m-%d %H:%M:%S", time, absl::UTCTimeZone());
}

std::string FormatDay(uint64_t us) {
  return absl::FormatTime("%Y-%m-%d", absl::FromUnixMicros(static_cast<int64_t>(us)),
                          absl::UTCTimeZone());
}

}  // namespace verbatim::base
