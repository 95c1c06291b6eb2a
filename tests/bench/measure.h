// SPDX-License-Identifier: Apache-2.0
// What every benchmark needs: rounds in which all contenders take their turn, ratios of one round,
// and their median and quartiles over the rounds. A busy machine moves rates several times over,
// ratios of neighbours in time much less. Nothing here judges: a benchmark is never a test.
//
//   Contest contest("P1 append.b1000", "ours");
//   for (int round = 0; round < options.rounds; ++round) {
//     contest.Round({{"ours", [&] {...}}, {"lmdb", [&] {...}}});
//   }
//   contest.Report({"lmdb"});
#ifndef VERBATIM_TESTS_BENCH_MEASURE_H_
#define VERBATIM_TESTS_BENCH_MEASURE_H_

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace verbatim::bench {

struct Options {
  int rounds = 7;
  std::filesystem::path folder;  // empty: a temporary one
  std::filesystem::path texts;   // read by the plugins; empty: the development data, or the samples
  bool growth = false;           // the long tables too
  std::set<std::string> goals;   // P1 ...; empty: all

  // PROGRAM [--rounds N] [--folder DIR] [--texts DIR] [--growth] [P1 P2 ...]; exits with 2 on
  // anything else.
  static Options Parse(int argc, char** argv);
  bool Wants(const std::string& goal) const { return goals.empty() || goals.count(goal) != 0; }
};

// Seconds of wall and of this process's CPU, both threads and kernel.
struct Cost {
  double wall_s = 0;
  double cpu_s = 0;
};
Cost Measure(const std::function<void()>& work);

struct Spread {
  double median = 0;
  double low = 0;   // first quartile
  double high = 0;  // third
};
Spread SpreadOf(std::vector<double> values);
std::string ToText(const Spread& spread);  // "0.86 [0.81..0.93]"

enum class Clock { kWall, kCpu };

// One line of results: contenders measured in turns, and how the others' times compare with ours.
class Contest {
 public:
  using Turn = std::pair<std::string, std::function<void()>>;

  Contest(std::string name, std::string ours, Clock clock = Clock::kWall)
      : name_(std::move(name)), ours_(std::move(ours)), clock_(clock) {}

  const std::string& name() const { return name_; }
  // Every contender once; who begins changes from round to round.
  void Round(const std::vector<Turn>& turns);
  void Note(const std::string& key, const std::string& value) { notes_.emplace_back(key, value); }

  // seconds of `other` / seconds of ours, over the rounds: larger is better for us.
  Spread RatioVs(const std::string& other) const;
  // Median seconds of a contender.
  double Seconds(const std::string& contender) const;
  // "NAME ratio_vs_lmdb=0.86 [0.81..0.93] ...", then the notes.
  void Report(const std::vector<std::string>& others) const;

 private:
  std::string name_;
  std::string ours_;
  Clock clock_;
  std::map<std::string, std::vector<double>> seconds_;
  std::vector<std::pair<std::string, std::string>> notes_;
  size_t rounds_ = 0;
};

}  // namespace verbatim::bench

#endif  // VERBATIM_TESTS_BENCH_MEASURE_H_
