// SPDX-License-Identifier: Apache-2.0
#include "core/pages/series.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"

namespace verbatim::pages {
namespace {

constexpr std::string_view kEvidence = "number: ";
constexpr std::string_view kBecame = " -> ";

// Pixels, estimated on the safe side: of a character and of the drawing, in the narrowest window
// that counts as wide and on a small phone.
constexpr double kCharPixels = 7.5;
constexpr double kWidePixels = 900;
constexpr double kNarrowPixels = 320;
constexpr double kSidePercent = 20;

std::optional<double> Figure(std::string_view word) {
  static const std::map<std::string_view, double> words = {
      {"no", 0},   {"one", 1},     {"two", 2},    {"three", 3}, {"four", 4},
      {"five", 5}, {"six", 6},     {"seven", 7},  {"eight", 8}, {"nine", 9},
      {"ten", 10}, {"eleven", 11}, {"twelve", 12}};
  const auto named = words.find(word);
  if (named != words.end()) return named->second;
  std::string digits;
  for (const char c : word) {
    if (c != ',') digits.push_back(c);
  }
  double value = 0;
  if (digits.empty() || !absl::ascii_isdigit(static_cast<unsigned char>(digits[0])) ||
      !absl::SimpleAtod(digits, &value)) {
    return std::nullopt;
  }
  return value;
}

double Multiplier(std::string_view word) {
  static const std::map<std::string_view, double> words = {
      {"hundred", 1e2}, {"thousand", 1e3}, {"million", 1e6}, {"billion", 1e9}, {"trillion", 1e12}};
  const auto found = words.find(word);
  return found == words.end() ? 1 : found->second;
}

// Which saying of the matter holds this statement; nothing when none does.
class SayingsByName {
 public:
  explicit SayingsByName(const audit::Matter& matter) {
    for (size_t i = 0; i < matter.sayings.size(); ++i) {
      for (const audit::Report& report : matter.sayings[i].reports) {
        by_name_.emplace(std::make_pair(report.annotation, report.segment), i);
      }
    }
  }
  std::optional<size_t> Find(const std::string& annotation, const std::string& segment) const {
    const auto found = by_name_.find({annotation, segment});
    if (found == by_name_.end()) return std::nullopt;
    return found->second;
  }

 private:
  std::map<std::pair<std::string, std::string>, size_t> by_name_;
};

// Percent of the width that the label takes.
std::pair<double, double> SpanOf(const Label& label, double pixels) {
  const double width = static_cast<double>(label.chars) * kCharPixels / pixels * 100;
  const std::string_view side = SideOf(label.share);
  const double begin = side == "begin" ? label.share
                       : side == "end" ? label.share - width
                                       : label.share - width / 2;
  return {begin, begin + width};
}

}  // namespace

std::string_view SideOf(double share) {
  return share < kSidePercent ? "begin" : share > 100 - kSidePercent ? "end" : "middle";
}

std::vector<Room> RoomOf(const std::vector<Label>& labels) {
  std::vector<Room> rooms(labels.size(), Room::kNone);
  if (labels.empty()) return rooms;
  const auto [least, most] =
      std::minmax_element(labels.begin(), labels.end(),
                          [](const Label& a, const Label& b) { return a.value < b.value; });
  std::vector<size_t> order = {labels.size() - 1, static_cast<size_t>(most - labels.begin()),
                               static_cast<size_t>(least - labels.begin())};
  for (size_t i = 0; i < labels.size(); ++i) order.push_back(i);
  for (const auto& [room, pixels] :
       {std::pair(Room::kAlways, kNarrowPixels), std::pair(Room::kWide, kWidePixels)}) {
    for (const size_t i : order) {
      if (rooms[i] != Room::kNone) continue;
      const auto [begin, end] = SpanOf(labels[i], pixels);
      bool free = begin > -1 && end < 101;
      for (size_t other = 0; other < labels.size() && free; ++other) {
        if (rooms[other] == Room::kNone) continue;
        const auto [other_begin, other_end] = SpanOf(labels[other], pixels);
        free = end <= other_begin || other_end <= begin;
      }
      if (free) rooms[i] = room;
    }
  }
  return rooms;
}

std::optional<Amount> ReadAmount(std::string_view text) {
  std::vector<std::string> words =
      absl::StrSplit(absl::string_view(text.data(), text.size()), ' ', absl::SkipWhitespace());
  if (words.empty()) return std::nullopt;
  const std::optional<double> figure = Figure(words[0]);
  if (!figure) return std::nullopt;
  Amount amount{*figure, ""};
  for (size_t i = 1; i < words.size(); ++i) {
    const double times = Multiplier(words[i]);
    amount.value *= times;
    if (times > 1) continue;
    if (!amount.unit.empty()) amount.unit += " ";
    amount.unit += words[i];
  }
  return amount;
}

std::vector<Series> SeriesOf(const audit::Matter& matter) {
  const SayingsByName sayings(matter);
  // By unit and saying; the last one said of a saying holds.
  std::map<std::string, std::map<size_t, SeriesPoint>> units;
  for (size_t i = 0; i < matter.sayings.size(); ++i) {
    const audit::Report& report = matter.sayings[i].reports.front();
    const std::optional<size_t> previous = sayings.Find(report.previous, report.previous_segment);
    if (!previous) continue;
    for (const std::string& evidence : report.evidence) {
      if (!evidence.starts_with(kEvidence)) continue;
      const std::string change = evidence.substr(kEvidence.size());
      const size_t arrow = change.find(kBecame);
      if (arrow == std::string::npos) continue;
      const std::string before = change.substr(0, arrow);
      const std::string after = change.substr(arrow + kBecame.size());
      const std::optional<Amount> from = ReadAmount(before);
      const std::optional<Amount> to = ReadAmount(after);
      if (!from || !to || from->unit != to->unit) continue;
      units[to->unit].try_emplace(*previous, SeriesPoint{*previous, from->value, before});
      units[to->unit].insert_or_assign(i, SeriesPoint{i, to->value, after});
      break;  // one amount a saying: a second one of its evidence is another thing
    }
  }
  std::vector<Series> series;
  for (auto& [unit, points] : units) {
    Series one{unit, {}};
    for (auto& [saying, point] : points) one.points.push_back(std::move(point));
    if (one.points.size() > 1) series.push_back(std::move(one));
  }
  return series;
}

}  // namespace verbatim::pages
