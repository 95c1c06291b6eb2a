// SPDX-License-Identifier: Apache-2.0
// What the benchmarks of the text plugins share: real text to read over and over, and the CPU time
// of reading it, interleaved with a yardstick.
//
// The text is that of the folders named on the command line, else of the development data that lie
// beside the project, else of the project's own sample articles.
#ifndef VERBATIM_TESTS_BENCH_TEXT_BENCH_H_
#define VERBATIM_TESTS_BENCH_TEXT_BENCH_H_

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace verbatim::bench {

inline constexpr size_t kTextBytes = 64u << 20;
inline constexpr int kRounds = 5;

struct Corpus {
  std::string source;              // the folders, for the report
  std::vector<std::string> texts;  // each once
  size_t bytes = 0;                // of all of them
  // Calls `read` with one text after the other, again and again, until `total_bytes` were read.
  void Repeat(size_t total_bytes, const std::function<void(std::string_view)>& read) const;
};

// Every *.txt below the folders of `arguments` (of main), else below `shared` (relative to the
// project's ../shared), else the samples.
Corpus LoadCorpus(int argc, char** argv, const std::vector<std::string>& shared);

// Seconds of CPU time of this process.
double CpuSeconds(const std::function<void()>& work);

struct Spread {
  double median = 0;
  double low = 0;   // first quartile
  double high = 0;  // third quartile
};
Spread SpreadOf(std::vector<double> values);

// Prints "P13 dates.text mb_per_s=52.1 [50.9..53.0] ratio_vs_re2=0.21 [..]" after kRounds rounds,
// in each of which the plugin and the yardstick read kTextBytes.
void CompareOnText(std::string_view label, std::string_view yardstick_name, const Corpus& corpus,
                   const std::function<void(std::string_view)>& plugin,
                   const std::function<void(std::string_view)>& yardstick);

// Prints how much longer twice the input takes; 2 is linear.
void PrintGrowth(std::string_view label, const std::function<std::string(size_t)>& input,
                 const std::function<void(std::string_view)>& plugin);

}  // namespace verbatim::bench

#endif  // VERBATIM_TESTS_BENCH_TEXT_BENCH_H_
