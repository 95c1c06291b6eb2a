// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/text_bench.h"

#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "verbatim_bench_paths.h"

namespace verbatim::bench {
namespace {

namespace fs = std::filesystem;

constexpr size_t kGrowthBytes = 1u << 20;

void AddFolder(const fs::path& folder, Corpus* corpus) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file() && entry.path().extension() == ".txt")
      files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) {
    std::ifstream in(file, std::ios::binary);
    corpus->texts.emplace_back(std::istreambuf_iterator<char>(in),
                               std::istreambuf_iterator<char>());
    corpus->bytes += corpus->texts.back().size();
  }
  corpus->source += (corpus->source.empty() ? "" : ", ") + folder.lexically_normal().string();
}

std::string Written(const Spread& spread) {
  return fmt::format("{:.3g} [{:.3g}..{:.3g}]", spread.median, spread.low, spread.high);
}

}  // namespace

void Corpus::Repeat(size_t total_bytes, const std::function<void(std::string_view)>& read) const {
  for (size_t done = 0, at = 0; done < total_bytes; at = (at + 1) % texts.size()) {
    read(texts[at]);
    done += texts[at].size() + 1;
  }
}

Corpus LoadCorpus(int argc, char** argv, const std::vector<std::string>& shared) {
  Corpus corpus;
  for (int i = 1; i < argc; ++i) AddFolder(argv[i], &corpus);
  const fs::path source = VERBATIM_SOURCE_DIR;
  for (const std::string& folder : shared) {
    if (argc < 2 && fs::is_directory(source.parent_path() / "shared" / folder))
      AddFolder(source.parent_path() / "shared" / folder, &corpus);
  }
  if (corpus.texts.empty()) AddFolder(source / "tests/data/articles", &corpus);
  return corpus;
}

double CpuSeconds(const std::function<void()>& work) {
  const auto now = [] {
    timespec time{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
  };
  const double begin = now();
  work();
  return now() - begin;
}

Spread SpreadOf(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const auto at = [&](double share) {
    return values[static_cast<size_t>(share * static_cast<double>(values.size() - 1) + 0.5)];
  };
  return {at(0.5), at(0.25), at(0.75)};
}

void CompareOnText(std::string_view label, std::string_view yardstick_name, const Corpus& corpus,
                   const std::function<void(std::string_view)>& plugin,
                   const std::function<void(std::string_view)>& yardstick) {
  std::vector<double> rates;
  std::vector<double> ratios;
  const double megabytes = static_cast<double>(kTextBytes) / 1e6;
  for (int round = 0; round < kRounds; ++round) {
    const double own = CpuSeconds([&] { corpus.Repeat(kTextBytes, plugin); });
    const double other = CpuSeconds([&] { corpus.Repeat(kTextBytes, yardstick); });
    rates.push_back(megabytes / own);
    ratios.push_back(other / own);
  }
  fmt::print("P13 {} mb_per_s={} ratio_vs_{}={}\n", label, Written(SpreadOf(rates)), yardstick_name,
             Written(SpreadOf(ratios)));
}

void PrintGrowth(std::string_view label, const std::function<std::string(size_t)>& input,
                 const std::function<void(std::string_view)>& plugin) {
  const std::string one = input(kGrowthBytes);
  const std::string two = input(2 * kGrowthBytes);
  std::vector<double> ratios;
  std::vector<double> rates;
  for (int round = 0; round < kRounds; ++round) {
    const double first = CpuSeconds([&] { plugin(one); });
    const double second = CpuSeconds([&] { plugin(two); });
    ratios.push_back(second / first);
    rates.push_back(static_cast<double>(one.size()) / 1e6 / first);
  }
  fmt::print("P13 {} mb_per_s={} twice_the_input={}\n", label, Written(SpreadOf(rates)),
             Written(SpreadOf(ratios)));
}

}  // namespace verbatim::bench
