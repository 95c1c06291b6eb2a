// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/measure.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "core/base/check.h"

namespace verbatim::bench {
namespace {

double CpuSeconds() {
  rusage usage{};
  VB_CHECK(getrusage(RUSAGE_SELF, &usage) == 0, "the process knows its CPU time");
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

}  // namespace

Options Options::Parse(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string_view arg = argv[i];
    const bool more = i + 1 < argc;
    if (arg == "--rounds" && more) {
      options.rounds = std::max(1, std::atoi(argv[++i]));
    } else if (arg == "--folder" && more) {
      options.folder = argv[++i];
    } else if (arg == "--texts" && more) {
      options.texts = argv[++i];
    } else if (arg == "--growth") {
      options.growth = true;
    } else if (arg.size() >= 2 && arg[0] == 'P') {
      options.goals.emplace(arg);
    } else {
      fmt::print(stderr,
                 "usage: {} [--rounds N] [--folder DIR] [--texts DIR] [--growth] [P1 P2 ...]\n",
                 argv[0]);
      std::exit(2);
    }
  }
  return options;
}

Cost Measure(const std::function<void()>& work) {
  const double cpu = CpuSeconds();
  const auto begin = std::chrono::steady_clock::now();
  work();
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - begin;
  return {wall.count(), CpuSeconds() - cpu};
}

Spread SpreadOf(std::vector<double> values) {
  if (values.empty()) return {};
  std::sort(values.begin(), values.end());
  const auto at = [&](double q) {
    return values[static_cast<size_t>(q * static_cast<double>(values.size() - 1) + 0.5)];
  };
  return {at(0.5), at(0.25), at(0.75)};
}

std::string ToText(const Spread& spread) {
  return fmt::format("{:.2f} [{:.2f}..{:.2f}]", spread.median, spread.low, spread.high);
}

void Contest::Round(const std::vector<Turn>& turns) {
  for (size_t i = 0; i < turns.size(); ++i) {
    const Turn& turn = turns[(i + rounds_) % turns.size()];
    const Cost cost = Measure(turn.second);
    seconds_[turn.first].push_back(clock_ == Clock::kWall ? cost.wall_s : cost.cpu_s);
  }
  ++rounds_;
}

Spread Contest::RatioVs(const std::string& other) const {
  const std::vector<double>& ours = seconds_.at(ours_);
  const std::vector<double>& theirs = seconds_.at(other);
  std::vector<double> ratios;
  for (size_t i = 0; i < ours.size(); ++i) ratios.push_back(theirs[i] / ours[i]);
  return SpreadOf(std::move(ratios));
}

double Contest::Seconds(const std::string& contender) const {
  return SpreadOf(seconds_.at(contender)).median;
}

void Contest::Report(const std::vector<std::string>& others) const {
  std::string line = name_;
  for (const std::string& other : others) {
    line += fmt::format(" ratio_vs_{}={}", other, ToText(RatioVs(other)));
  }
  for (const auto& [key, value] : notes_) line += fmt::format(" {}={}", key, value);
  fmt::print("{}\n", line);
  std::fflush(stdout);
}

}  // namespace verbatim::bench
