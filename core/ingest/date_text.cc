// SPDX-License-Identifier: Apache-2.0
#include "core/ingest/date_text.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/base/time_point.h"
#include "fmt/format.h"
#include "verbatim/text/chars.h"
#include "verbatim/text/fold.h"
#include "verbatim/text/utf8.h"

namespace verbatim::ingest {
namespace {

// Names and short forms of months, folded, by month; as long a prefix as tells them apart.
constexpr std::array<std::string_view, 12> kMonths = {
    "jan january januar janvier enero gennaio janeiro januari stycznia ocak ene gen janv января "
    "янв ledna januarie tammikuuta jänner janner ianuarie januara січня януари يناير",
    "feb february februar fevrier febrero febbraio fevereiro februari lutego subat fev fevr "
    "февраля фев unora februarie helmikuuta februara лютого февруари فبراير",
    "mar march marz mars marzo marco maart marca mart mrz mär марта мар brezna mrt martie marcius "
    "maaliskuuta березня март مارس",
    "apr april avril abril aprile kwietnia nisan avr abr апреля апр dubna aprilie aprilis "
    "huhtikuuta aprila квітня април أبريل ابريل إبريل",
    "may mai mayo maggio maio mei maja mayis maj мая май kvetna mag majus toukokuuta травня مايو",
    "jun june juni juin junio giugno junho czerwca haziran juin giu июня июн cervna iunie junius "
    "kesakuuta juna червня юни يونيو يونيه",
    "jul july juli juillet julio luglio julho lipca temmuz juil lug июля июл cervence iulie julius "
    "heinakuuta jula липня юли يوليو يوليه",
    "aug august aout agosto augustus augusti sierpnia agustos ago августа авг srpna augusztus "
    "elokuuta augusta agustus серпня август أغسطس اغسطس",
    "sep sept september septembre septiembre settembre setembro wrzesnia eylul set сентября сен "
    "zari septembrie szeptember syyskuuta septembra вересня септември سبتمبر",
    "oct october oktober octobre octubre ottobre outubro pazdziernika ekim okt ott out октября окт "
    "rijna octombrie lokakuuta oktobra жовтня октомври أكتوبر اكتوبر",
    "nov november novembre noviembre novembro listopada kasim ноября ноя listopadu noiembrie "
    "marraskuuta novembra листопада ноември نوفمبر",
    "dec december dezember decembre diciembre dicembre dezembro grudnia aralik dez dic декабря дек "
    "prosince des decembrie joulukuuta desember decembra грудня декември ديسمبر"};

int MonthOf(const std::string& word) {
  if (word.size() < 3) return 0;
  for (size_t month = 0; month < kMonths.size(); ++month) {
    std::string_view names = kMonths[month];
    while (!names.empty()) {
      const size_t end = names.find(' ');
      if (names.substr(0, end) == word) return static_cast<int>(month) + 1;
      names.remove_prefix(end == std::string_view::npos ? names.size() : end + 1);
    }
  }
  return 0;
}

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
      if (piece.digits <= 8) {
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
    return i < pieces_.size() && pieces_[i].number < 0 ? MonthOf(pieces_[i].word) : 0;
  }
  bool Word(size_t i, std::initializer_list<std::string_view> words) const {
    return i < pieces_.size() &&
           std::find(words.begin(), words.end(), pieces_[i].word) != words.end();
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
      if (Year(year)) {
        next = year + 1;
        return Day(pieces_[year].number, month, pieces_[i + 1].number);
      }
    }
    return std::nullopt;
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
    if (Word(at, {"of", "de", "di"})) ++at;
    const int month = Month(at);
    if (month == 0) return std::nullopt;
    ++at;
    if (Word(at, {"de", "del", "of"})) ++at;
    const bool short_year = Number(at, 2, 2) && Mark(at) == '-';
    if (!Year(at) && !short_year) return std::nullopt;
    next = at + 1;
    return Day(pieces_[at].number, month, pieces_[i].number);
  }

  std::optional<DateText> Numeric(size_t i, size_t& next) const {
    const char mark = Mark(i + 1);
    const bool spaced =
        i + 2 < pieces_.size() && pieces_[i + 1].mark == ". " && pieces_[i + 2].mark == ". ";
    if (!Number(i + 1, 1, 2) ||
        !(spaced || ((mark == '.' || mark == '/' || mark == '-') && Mark(i + 2) == mark)))
      return std::nullopt;
    const bool short_year = mark == '.' && Number(i + 2, 2, 2) && pieces_[i].digits == 2;
    if (!Year(i + 2) && !short_year) return std::nullopt;
    const int first = pieces_[i].number;
    const int second = pieces_[i + 1].number;
    const int year = pieces_[i + 2].number;
    const bool month_first = second > 12 || (mark == '/' && style_.month_first && first <= 12);
    auto date = month_first ? Day(year, first, second) : Day(year, second, first);
    if (date) next = i + 3;
    return date;
  }

  // "T18:05:00+03:00", " 18:05:00 GMT": an instant, when its offset is printed too.
  void AddTime(size_t next, DateText& date) const {
    if (!Number(next, 1, 2) && !Word(next, {"t"})) return;
    size_t at = Word(next, {"t"}) ? next + 1 : next;
    if (!Number(at, 2, 2) || !Number(at + 1, 2, 2) || Mark(at + 1) != ':') return;
    const int hour = pieces_[at].number;
    const int minute = pieces_[at + 1].number;
    int second = 0;
    at += 2;
    if (Number(at, 2, 2) && Mark(at) == ':') second = pieces_[at++].number;
    if (Number(at, 1, 9) && Mark(at) == '.') ++at;
    if (hour > 23 || minute > 59 || second > 59) return;
    const std::string offset = Offset(at);
    if (offset.empty()) return;
    date.value += fmt::format("T{:02}:{:02}:{:02}{}", hour, minute, second, offset);
  }

  std::string Offset(size_t at) const {
    if (Word(at, {"z", "gmt", "utc"}) && !Number(at + 1, 2, 4)) return "Z";
    if (Word(at, {"gmt", "utc"})) ++at;
    if (!Number(at, 2, 4)) return "";
    const char sign = pieces_[at].mark.empty() ? '\0' : pieces_[at].mark.back();
    if (sign != '+' && sign != '-') return "";
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

// Seconds or milliseconds since 1970, of a time that news can be of.
std::optional<DateText> FromEpoch(std::string_view text) {
  uint64_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  const uint64_t seconds = text.size() == 13 ? value / 1000 : value;
  if ((text.size() != 10 && text.size() != 13) || seconds < 631152000) return std::nullopt;
  return DateText{base::FormatTime(seconds * 1'000'000).substr(0, 19) + "Z"};
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
    if (const int month = MonthOf(pieces[i + 1].word); month > 0) {
      if (auto date = Day(pieces[i].number, month, pieces[i + 2].number)) return date;
    }
  }
  const auto found = FindDates(spaced);
  if (found.empty()) return std::nullopt;
  return DateText{found.front().day()};
}

bool IsMonthName(std::string_view word) { return MonthOf(text::Fold(word)) > 0; }

}  // namespace verbatim::ingest
