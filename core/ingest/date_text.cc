// SPDX-License-Identifier: Apache-2.0
#include "core/ingest/date_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>

#include "core/base/time_point.h"
#include "core/ingest/month_names.h"
#include "fmt/format.h"
#include "verbatim/text/chars.h"
#include "verbatim/text/fold.h"
#include "verbatim/text/utf8.h"

namespace verbatim::ingest {
namespace {

// A number of so many digits and no more is read as one.
constexpr int kNumberDigitsMax = 8;

std::optional<DateText> Day(int year, int month, int day) {
  if (year < 100) year += 2000;
  static constexpr std::array<int, 12> kDays = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (year < 1900 || year > 2999 || month < 1 || month > 12) return std::nullopt;
  if (day < 1 || day > kDays[static_cast<size_t>(month - 1)]) return std::nullopt;
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  if (month == 2 && day == 29 && !leap) return std::nullopt;
  return DateText{fmt::format("{:04}-{:02}-{:02}", year, month, day)};
}

struct Piece {
  int number = -1;  // -1: no number
  int digits = 0;
  std::string word;       // folded; empty for a number
  std::string_view mark;  // what stands before it
  size_t begin = 0;
  size_t end = 0;
};

// Words and numbers, with the marks between them.
std::vector<Piece> Pieces(std::string_view text) {
  std::vector<Piece> pieces;
  size_t last = 0;
  for (size_t i = 0; i < text.size();) {
    const text::Decoded at = text::DecodeAt(text, i);
    Piece piece;
    piece.begin = i;
    if (at.code_point >= U'0' && at.code_point <= U'9') {
      while (i < text.size() && text[i] >= '0' && text[i] <= '9') ++i;
      piece.digits = static_cast<int>(i - piece.begin);
      piece.number = 0;
      if (piece.digits <= kNumberDigitsMax) {
        std::from_chars(text.data() + piece.begin, text.data() + i, piece.number);
      }
    } else if (text::IsIdeograph(at.code_point)) {
      i += at.size;
      piece.word = std::string(text.substr(piece.begin, at.size));
    } else if (text::IsLetter(at.code_point)) {
      while (i < text.size()) {
        const text::Decoded next = text::DecodeAt(text, i);
        if (!text::IsLetter(next.code_point) || text::IsIdeograph(next.code_point)) break;
        i += next.size;
      }
      piece.word = text::Fold(text.substr(piece.begin, i - piece.begin));
    } else {
      i += at.size;
      continue;
    }
    piece.mark = text.substr(last, piece.begin - last);
    piece.end = last = i;
    pieces.push_back(std::move(piece));
  }
  return pieces;
}

class Finder {
 public:
  Finder(std::string_view text, DateStyle style)
      : text_(text), style_(style), pieces_(Pieces(text)) {}

  std::vector<DateText> All() {
    std::vector<DateText> found;
    for (size_t i = 0; i < pieces_.size();) {
      size_t next = i + 1;
      if (auto date = At(i, next)) {
        AddTime(next, *date);
        found.push_back(*std::move(date));
      }
      i = next;
    }
    return found;
  }

 private:
  bool Number(size_t i, int digits_min, int digits_max) const {
    return i < pieces_.size() && pieces_[i].number >= 0 && pieces_[i].digits >= digits_min &&
           pieces_[i].digits <= digits_max;
  }
  bool Year(size_t i) const {
    return Number(i, 4, 4) && pieces_[i].number >= 1900 && pieces_[i].number < 2100;
  }
  int Month(size_t i) const {
    return i < pieces_.size() && pieces_[i].number < 0 ? MonthOfFolded(pieces_[i].word) : 0;
  }
  bool Word(size_t i, std::initializer_list<std::string_view> words) const {
    return i < pieces_.size() &&
           std::find(words.begin(), words.end(), pieces_[i].word) != words.end();
  }
  bool MarkIs(size_t i, std::string_view mark) const {
    return i < pieces_.size() && pieces_[i].mark == mark;
  }
  char Mark(size_t i) const {
    return i < pieces_.size() && pieces_[i].mark.size() == 1 ? pieces_[i].mark[0] : '\0';
  }

  // A date that begins at piece i; `next` goes behind it.
  std::optional<DateText> At(size_t i, size_t& next) const {
    if (Year(i)) {
      if (auto date = YearFirst(i, next)) return date;
    }
    if (Number(i, 8, 8)) {
      const int all = pieces_[i].number;
      if (all > 19000000) return Day(all / 10000, all / 100 % 100, all % 100);
    }
    if (Number(i, 1, 2)) {
      if (auto date = DayFirst(i, next)) return date;
      if (auto date = Numeric(i, next)) return date;
    }
    if (const int month = Number(i + 1, 1, 2) ? Month(i) : 0; month > 0) {
      size_t year = i + 2;
      if (Word(year, {"st", "nd", "rd", "th"})) ++year;
      if (Word(year, {"de", "at", "of"})) ++year;
      // Mar 04 12:00:00 CET 2021
      if (!Year(year)) year = BehindClock(year);
      if (Year(year)) {
        next = year + 1;
        auto date = Day(pieces_[year].number, month, pieces_[i + 1].number);
        if (date && year > i + 3) AddTime(i + 2, *date);
        return date;
      }
    }
    return std::nullopt;
  }

  // The piece behind a time of day and its zone, of which there may be none.
  size_t BehindClock(size_t at) const {
    if (!Number(at, 1, 2) || Mark(at + 1) != ':') return at;
    at += 2;
    if (Number(at, 2, 2) && Mark(at) == ':') ++at;
    return at < pieces_.size() && ZoneMinutes(pieces_[at].word) ? at + 1 : at;
  }

  std::optional<DateText> YearFirst(size_t i, size_t& next) const {
    const bool kanji = Word(i + 1, {"年", "년"}) && Number(i + 2, 1, 2) &&
                       Word(i + 3, {"月", "월"}) && Number(i + 4, 1, 2);
    if (kanji) {
      next = i + 5;
      return Day(pieces_[i].number, pieces_[i + 2].number, pieces_[i + 4].number);
    }
    // 2021. október 19.
    if (const int month = Number(i + 2, 1, 2) && !Year(i + 3) ? Month(i + 1) : 0; month > 0) {
      next = i + 3;
      return Day(pieces_[i].number, month, pieces_[i + 2].number);
    }
    // 2021. 3. 4.
    const bool spaced =
        MarkIs(i + 1, ". ") && MarkIs(i + 2, ". ") && Number(i + 1, 1, 2) && Number(i + 2, 1, 2);
    if (spaced) {
      next = i + 3;
      return Day(pieces_[i].number, pieces_[i + 1].number, pieces_[i + 2].number);
    }
    const char mark = Mark(i + 1);
    const bool marked = mark == '-' || mark == '/' || mark == '.' || mark == '_';
    if (!marked || !Number(i + 1, 1, 2) || Mark(i + 2) != mark || !Number(i + 2, 1, 2))
      return std::nullopt;
    next = i + 3;
    return Day(pieces_[i].number, pieces_[i + 1].number, pieces_[i + 2].number);
  }

  // 19 October 2021, 19th of October, 2021, 19. Oktober 2021, 19 de octubre de 2021, 1er mars 2021.
  std::optional<DateText> DayFirst(size_t i, size_t& next) const {
    size_t at = i + 1;
    if (Word(at, {"st", "nd", "rd", "th", "er", "º", "o"})) ++at;
    if (Word(at, {"day"})) ++at;
    if (Word(at, {"of", "de", "di", "d"})) ++at;
    int month = Month(at);
    // 4 tháng 3 năm 2021
    if (month == 0 && Word(at, {"thang"}) && Number(at + 1, 1, 2)) month = pieces_[++at].number;
    if (month == 0) return std::nullopt;
    ++at;
    if (Word(at, {"de", "del", "of", "nam"})) ++at;
    const bool short_year = Number(at, 2, 2) && Mark(at) == '-';
    if (!Year(at) && !short_year) return std::nullopt;
    next = at + 1;
    return Day(pieces_[at].number, month, pieces_[i].number);
  }

  std::optional<DateText> Numeric(size_t i, size_t& next) const {
    const char mark = Mark(i + 1);
    const bool spaced = MarkIs(i + 1, ". ") && MarkIs(i + 2, ". ");
    if (!Number(i + 1, 1, 2) ||
        !(spaced || ((mark == '.' || mark == '/' || mark == '-') && Mark(i + 2) == mark)))
      return std::nullopt;
    const bool short_year = Number(i + 2, 2, 2) && pieces_[i].digits == 2 &&
                            (mark == '.' || (mark == '/' && pieces_[i + 1].digits == 2));
    if (!Year(i + 2) && !short_year) return std::nullopt;
    const int first = pieces_[i].number;
    const int second = pieces_[i + 1].number;
    const int year = pieces_[i + 2].number;
    const bool month_first = second > 12 || (mark == '/' && style_.month_first && first <= 12);
    auto date = month_first ? Day(year, first, second) : Day(year, second, first);
    if (date) next = i + 3;
    return date;
  }

  // "T18:05:00+03:00", " at 6:05 pm GMT", "T180500Z": an instant, when its offset is printed too.
  void AddTime(size_t next, DateText& date) const {
    size_t at = Word(next, {"t", "at"}) ? next + 1 : next;
    int hour = 0;
    int minute = 0;
    int second = 0;
    if (Number(at, 1, 2) && Number(at + 1, 2, 2) && Mark(at + 1) == ':') {
      hour = pieces_[at].number;
      minute = pieces_[at + 1].number;
      at += 2;
      if (Number(at, 2, 2) && Mark(at) == ':') second = pieces_[at++].number;
      if (Number(at, 1, 9) && (Mark(at) == '.' || Mark(at) == ',')) ++at;
    } else if (at > next && (Number(at, 4, 4) || Number(at, 6, 6))) {
      const int all = pieces_[at].digits == 4 ? pieces_[at].number * 100 : pieces_[at].number;
      hour = all / 10000;
      minute = all / 100 % 100;
      second = all % 100;
      ++at;
    } else {
      return;
    }
    if (Word(at, {"am", "pm"}) && hour <= 12)
      hour = hour % 12 + (pieces_[at++].word == "pm" ? 12 : 0);
    if (hour > 23 || minute > 59 || second > 59) return;
    const std::string offset = Offset(at);
    if (offset.empty()) return;
    date.value += fmt::format("T{:02}:{:02}:{:02}{}", hour, minute, second, offset);
  }

  // Behind a time: "Z", "GMT+0100", "+01", "CET".
  std::string Offset(size_t at) const {
    const auto zone = at < pieces_.size() ? ZoneMinutes(pieces_[at].word) : std::nullopt;
    // GMT+0100, but not what an hour behind a zone's name would be.
    if (zone) ++at;
    const char sign =
        at >= pieces_.size() || pieces_[at].mark.empty() ? '\0' : pieces_[at].mark.back();
    const bool signed_number =
        Number(at, 2, 4) && (sign == '+' || sign == '-') && (!zone || pieces_[at].mark.size() == 1);
    if (zone && !signed_number) {
      if (*zone == 0) return "Z";
      const int ahead = std::abs(*zone);
      return fmt::format("{}{:02}:{:02}", *zone < 0 ? '-' : '+', ahead / 60, ahead % 60);
    }
    if (!signed_number) return "";
    int hours = pieces_[at].number;
    int minutes = 0;
    if (pieces_[at].digits == 4) {
      minutes = hours % 100;
      hours /= 100;
    } else if (pieces_[at].digits == 2 && Number(at + 1, 2, 2) && Mark(at + 1) == ':') {
      minutes = pieces_[at + 1].number;
    }
    if (hours > 14 || minutes > 59) return "";
    return fmt::format("{}{:02}:{:02}", sign, hours, minutes);
  }

  std::string_view text_;
  DateStyle style_;
  std::vector<Piece> pieces_;
};

// Seconds or milliseconds since 1970, of a time that news can be of; "/Date(1614859200000)/" too.
std::optional<DateText> FromEpoch(std::string_view text) {
  constexpr std::string_view kWrapper = "/Date(";
  if (text.substr(0, kWrapper.size()) == kWrapper) {
    text.remove_prefix(kWrapper.size());
    text = text.substr(0, text.find_first_not_of("0123456789"));
  }
  uint64_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  const uint64_t seconds = text.size() == 13 ? value / 1000 : value;
  if ((text.size() != 10 && text.size() != 13) || seconds < 631152000) return std::nullopt;
  return DateText{base::FormatTime(seconds * 1'000'000).substr(0, 19) + "Z"};
}

// 20210304120000: a day, and an hour nobody says of where. In a path it is when an archive took it.
std::optional<DateText> FromStamp(std::string_view text) {
  int day = 0;
  int time = 0;
  if (text.size() != 14 || text.find_first_not_of("0123456789") != std::string_view::npos)
    return std::nullopt;
  std::from_chars(text.data(), text.data() + 8, day);
  std::from_chars(text.data() + 8, text.data() + 14, time);
  if (day < 19900000 || time >= 240000 || time / 100 % 100 > 59) return std::nullopt;
  return Day(day / 10000, day / 100 % 100, day % 100);
}

}  // namespace

std::vector<DateText> FindDates(std::string_view text, DateStyle style) {
  // Most labels and links that are asked hold no number, and no date is without one.
  const bool number =
      std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  return number ? Finder(text, style).All() : std::vector<DateText>();
}

std::optional<DateText> ParseMachineDate(std::string_view text, DateStyle style) {
  const size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return std::nullopt;
  text = text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
  if (auto epoch = FromEpoch(text)) return epoch;
  if (auto stamp = FromStamp(text)) return stamp;
  auto found = FindDates(text.substr(0, 80), style);
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::optional<DateText> DateInPath(std::string_view url) {
  const size_t scheme = url.find("://");
  const size_t path = url.find('/', scheme == std::string_view::npos ? 0 : scheme + 3);
  if (path == std::string_view::npos) return std::nullopt;
  // "/2024/feb/24/" too: the month's name between slashes is read as a word.
  std::string spaced(url.substr(path, url.find_first_of("?#") - path));
  const auto pieces = Pieces(spaced);
  for (size_t i = 0; i + 2 < pieces.size(); ++i) {
    if (pieces[i].digits != 4 || pieces[i + 2].digits < 1 || pieces[i + 2].digits > 2) continue;
    if (const int month = MonthOfFolded(pieces[i + 1].word); month > 0) {
      if (auto date = Day(pieces[i].number, month, pieces[i + 2].number)) return date;
    }
  }
  // "/2021/0304/" and "/202103/04/".
  for (size_t i = 0; i + 1 < pieces.size(); ++i) {
    const Piece& first = pieces[i];
    const Piece& second = pieces[i + 1];
    if (second.mark != "/" || first.number < 0) continue;
    const int all = first.digits == 4 && second.digits == 4   ? first.number * 10000 + second.number
                    : first.digits == 6 && second.digits == 2 ? first.number * 100 + second.number
                                                              : 0;
    if (all < 19900000 || all >= 21000000) continue;
    if (auto date = Day(all / 10000, all / 100 % 100, all % 100)) return date;
  }
  const auto found = FindDates(spaced);
  if (found.empty()) return std::nullopt;
  return DateText{found.front().day()};
}

}  // namespace verbatim::ingest
