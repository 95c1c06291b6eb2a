// SPDX-License-Identifier: Apache-2.0
// What the benchmarks of the text plugins share: real text to read over and over beside a
// yardstick, and text made to be slow. CPU time, since only one thread reads.
#ifndef VERBATIM_TESTS_BENCH_TEXT_BENCH_H_
#define VERBATIM_TESTS_BENCH_TEXT_BENCH_H_

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/bench/measure.h"

namespace verbatim::bench {

struct Corpus {
  std::string source;              // the folder, for the report
  std::vector<std::string> texts;  // each once
  size_t bytes = 0;                // of all of them
};

// Every *.txt below options.texts, else below `development` (a folder of ../shared beside the
// project), else the project's sample articles.
Corpus LoadCorpus(const Options& options, const std::string& development);

// Reads text number so-and-so of a corpus.
using ReadText = std::function<void(size_t text)>;

// Prints "P13 LABEL mb_per_s=52.10 [50.90..53.00] ratio_vs_re2=0.21 [..]": in each round both read
// the corpus again and again, 64 MiB each.
void CompareOnText(const Options& options, const std::string& label, const Corpus& corpus,
                   const ReadText& plugin, const std::string& yardstick_name,
                   const ReadText& yardstick);

// `piece` over and over: how fast a MiB of it is read, and how much longer two take; 2 is linear.
void PrintGrowth(const Options& options, const std::string& label, std::string_view piece,
                 const std::function<void(std::string_view)>& plugin);

}  // namespace verbatim::bench

#endif  // VERBATIM_TESTS_BENCH_TEXT_BENCH_H_
