// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/text_bench.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "core/base/files.h"
#include "verbatim_bench_paths.h"

namespace verbatim::bench {
namespace {

namespace fs = std::filesystem;

constexpr size_t kRoundBytes = 64u << 20;
constexpr size_t kGrowthBytes = 1u << 20;
constexpr size_t kTextBytesMax = 64u << 20;
constexpr double kMega = 1e6;

double Seconds(const std::function<void()>& work) { return Measure(work).cpu_s; }

// Bytes read: whole texts, at least kRoundBytes.
size_t Repeat(const Corpus& corpus, const ReadText& read) {
  size_t done = 0;
  for (size_t at = 0; done < kRoundBytes; at = (at + 1) % corpus.texts.size()) {
    read(at);
    done += corpus.texts[at].size() + 1;
  }
  return done;
}

std::string Repeated(std::string_view piece, size_t bytes) {
  std::string text;
  while (text.size() < bytes) text.append(piece);
  return text;
}

}  // namespace

Corpus LoadCorpus(const Options& options, const std::string& development) {
  const fs::path source = VERBATIM_SOURCE_DIR;
  const fs::path shared = source.parent_path() / "shared" / development;
  const fs::path folder = !options.texts.empty()     ? options.texts
                          : fs::is_directory(shared) ? shared
                                                     : source / "tests/data/articles";
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file() && entry.path().extension() == ".txt")
      files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  Corpus corpus;
  corpus.source = folder.lexically_normal().string();
  for (const fs::path& file : files) {
    corpus.texts.push_back(base::ReadFile(file, kTextBytesMax).value());
    corpus.bytes += corpus.texts.back().size();
  }
  if (corpus.texts.empty()) {
    fmt::print(stderr, "no .txt file below {}\n", corpus.source);
    std::exit(2);
  }
  fmt::print("# {} texts, {} bytes, of {}\n", corpus.texts.size(), corpus.bytes, corpus.source);
  return corpus;
}

void CompareOnText(const Options& options, const std::string& label, const Corpus& corpus,
                   const ReadText& plugin, const std::string& yardstick_name,
                   const ReadText& yardstick) {
  std::vector<double> rates;
  std::vector<double> ratios;
  for (int round = 0; round < options.rounds; ++round) {
    size_t bytes = 0;
    const double own = Seconds([&] { bytes = Repeat(corpus, plugin); });
    const double other = Seconds([&] { Repeat(corpus, yardstick); });
    rates.push_back(static_cast<double>(bytes) / kMega / own);
    ratios.push_back(other / own);
  }
  fmt::print("P13 {} mb_per_s={} ratio_vs_{}={}\n", label, ToText(SpreadOf(rates)), yardstick_name,
             ToText(SpreadOf(ratios)));
}

void PrintGrowth(const Options& options, const std::string& label, std::string_view piece,
                 const std::function<void(std::string_view)>& plugin) {
  const std::string one = Repeated(piece, kGrowthBytes);
  const std::string two = Repeated(piece, 2 * kGrowthBytes);
  std::vector<double> rates;
  std::vector<double> ratios;
  for (int round = 0; round < options.rounds; ++round) {
    const double first = Seconds([&] { plugin(one); });
    rates.push_back(static_cast<double>(one.size()) / kMega / first);
    ratios.push_back(Seconds([&] { plugin(two); }) / first);
  }
  fmt::print("P13 {} mb_per_s={} twice_the_input={}\n", label, ToText(SpreadOf(rates)),
             ToText(SpreadOf(ratios)));
}

}  // namespace verbatim::bench
