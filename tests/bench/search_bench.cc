// SPDX-License-Identifier: Apache-2.0
// Questions of two words to the index of a million articles (--growth; else 200,000) of 44 words
// each, drawn with Zipf's frequencies from 100,000 words of our own:
//
//   search.RANKS   median and worst milliseconds of `search A B --limit 20`, a word of each rank;
//                  "common" stands for ranks 1 to 8, "tens" for 10 to 80, and so on
//
// What is asked is what the verb asks: count, rank, the best with their lines and highlights.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "core/base/check.h"
#include "core/base/files.h"
#include "core/search/index.h"
#include "tests/bench/measure.h"
#include "tests/bench/workload.h"

namespace verbatim::bench {
namespace fs = std::filesystem;
namespace {

constexpr size_t kArticles = 200'000;
constexpr size_t kArticlesGrown = 1'000'000;
constexpr size_t kWordsOfArticle = 44;
constexpr size_t kWordsOfTitle = 6;
constexpr size_t kVocabulary = 100'000;
constexpr size_t kBatchArticles = 2'000;
constexpr size_t kPairsOfClass = 8;
constexpr uint64_t kSeed = 20'261'122;

// A word of our own for each rank: syllables that say the number.
std::string WordOf(size_t rank) {
  static constexpr const char* kSyllables[] = {"ba", "do", "fe", "gu", "ki", "la", "me", "no",
                                               "pu", "ra", "si", "to", "vu", "wa", "xe", "zo"};
  std::string word;
  for (size_t rest = rank; rest > 0 || word.empty(); rest /= std::size(kSyllables)) {
    word += kSyllables[rest % std::size(kSyllables)];
  }
  return word + "n";
}

// Ranks from 1, the r-th drawn with a frequency of 1/r.
class ZipfWords {
 public:
  explicit ZipfWords(uint64_t seed) : random_(seed) {
    double sum = 0;
    for (size_t rank = 1; rank <= kVocabulary; ++rank) {
      sums_.push_back(sum += 1.0 / static_cast<double>(rank));
    }
  }
  std::string Text(size_t words) {
    std::string text;
    for (size_t i = 0; i < words; ++i) {
      const double draw =
          static_cast<double>(random_() >> 11) * 0x1.0p-53 * sums_.back();  // in [0, sum)
      const auto at = std::upper_bound(sums_.begin(), sums_.end(), draw);
      text += (i == 0 ? "" : " ") + WordOf(static_cast<size_t>(at - sums_.begin()) + 1);
    }
    return text;
  }

 private:
  std::mt19937_64 random_;
  std::vector<double> sums_;
};

void FillLog(log::EventLog& log, size_t articles) {
  Workload workload;
  ZipfWords words(kSeed);
  for (size_t done = 0; done < articles; done += kBatchArticles) {
    std::vector<Draft> drafts;
    for (size_t i = 0; i < kBatchArticles; ++i) {
      drafts.push_back(workload.Article(words.Text(kWordsOfArticle), words.Text(kWordsOfTitle)));
    }
    AppendAll(log, Encode(drafts));
  }
}

struct Class {
  const char* name;
  size_t first;
  size_t second;  // ranks; the next pairs are of multiples of them
};

constexpr Class kClasses[] = {
    {"common_common", 1, 2},   {"common_tens", 1, 10},          {"common_hundreds", 1, 100},
    {"common_rare", 1, 9'000}, {"tens_tens", 10, 13},           {"tens_hundreds", 10, 100},
    {"tens_rare", 10, 9'000},  {"hundreds_hundreds", 100, 130}, {"rare_rare", 5'000, 7'000},
};

double AskMs(search::Index& index, size_t first, size_t second) {
  search::Query query;
  query.terms = {{WordOf(first)}, {WordOf(second)}};
  query.limit = 20;
  return Measure([&] { VB_CHECK(index.Ask(query).ok(), "the index answers"); }).wall_s * 1e3;
}

void BenchQueries(search::Index& index, const Options& options) {
  double worst = 0;
  for (const Class& each : kClasses) {
    std::vector<double> medians;
    for (size_t pair = 1; pair <= kPairsOfClass; ++pair) {
      std::vector<double> times;
      for (int round = 0; round < options.rounds; ++round) {
        times.push_back(AskMs(index, each.first * pair, each.second * pair + 1));
      }
      medians.push_back(SpreadOf(std::move(times)).median);
    }
    std::sort(medians.begin(), medians.end());
    worst = std::max(worst, medians.back());
    fmt::print("search.{} p50_ms={:.1f} worst_ms={:.1f}\n", each.name, medians[medians.size() / 2],
               medians.back());
  }
  fmt::print("search.all worst_ms={:.1f}\n", worst);
}

int Run(const Options& options) {
  const base::TemporaryFolder temporary("verbatim-search-bench");
  const fs::path folder = options.folder.empty() ? temporary.path() : options.folder;
  fs::create_directories(folder);
  const size_t articles = options.growth ? kArticlesGrown : kArticles;
  const bool made = !fs::exists(folder / "index.db");  // --folder: asked again without filling
  search::Index index = search::Index::Open(folder / "index.db").value();
  if (made) {
    const auto log = NewLog(folder / "log");
    FillLog(*log, articles);
    const double seconds =
        Measure([&] { VB_CHECK(index.Update(log->Read().value()).ok(), "it is filled"); }).wall_s;
    fmt::print("search.fill articles={} per_s={:.0f} index_bytes_per_article={}\n", articles,
               static_cast<double>(articles) / seconds,
               fs::file_size(folder / "index.db") / articles);
  }
  BenchQueries(index, options);
  return 0;
}

}  // namespace
}  // namespace verbatim::bench

int main(int argc, char** argv) {
  return verbatim::bench::Run(verbatim::bench::Options::Parse(argc, argv));
}
