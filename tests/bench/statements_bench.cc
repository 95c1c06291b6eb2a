// SPDX-License-Identifier: Apache-2.0
// How fast statements are compared and placed, beside wdiff and git's word diff on the same pairs.
//
//   statements_bench [--rounds N] [--folder DIR] [P13]
//
//   P13 statements.pairs     labels and word diff of pairs of statements
//   P13 statements.unlike    two texts of 0.2 MB with nothing in common
//   P13 statements.placing   one more statement among 100,000 of 1,000 speakers on 50 sides
//   P13 statements.one_side  the same with half as many, all on one side
//
// Rows are kept in maps; `verbatim replay statements` adds the store's time to the fold's. The
// texts are drawn from a vocabulary with the frequencies of a natural one (Zipf).
#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "fold.h"
#include "labels.h"
#include "map_tables.h"
#include "tests/bench/measure.h"
#include "tests/support/process.h"
#include "verbatim/text/diff.h"

namespace verbatim::statements {
namespace {

constexpr size_t kStatements = 100000;
constexpr size_t kSpeakers = 1000;
constexpr size_t kSides = 50;
constexpr size_t kOnOneSide = 50000;
constexpr size_t kPairs = 2000;
// A process a pair is what the others cost most: they get fewer, and are counted a pair.
constexpr size_t kPairsOfOthers = 50;
constexpr size_t kUnlikeBytes = 200000;

class Texts {
 public:
  explicit Texts(uint32_t seed) : random_(seed) {
    double sum = 0;
    for (size_t n = 0; n < kWords; ++n) {
      std::string word;
      for (size_t k = n + 7; k > 0; k /= 19)
        word += std::string(1, "bcdfglmnprstvzkhjwq"[k % 19]) + "aeiou"[(k / 3) % 5];
      words_.push_back(word);
      sum += 1.0 / static_cast<double>(n + 5);
      share_.push_back(sum);
    }
  }

  std::string Next() {
    const size_t words = 8 + random_() % 25;
    std::string text = Word();
    for (size_t n = 1; n < words; ++n) text += " " + Word();
    return text + ".";
  }

  std::string Long(size_t bytes) {
    std::string text;
    while (text.size() < bytes) text += Next() + " ";
    return text;
  }

  uint32_t Random() { return static_cast<uint32_t>(random_()); }

 private:
  static constexpr size_t kWords = 30000;

  const std::string& Word() {
    const double at =
        static_cast<double>(random_()) / static_cast<double>(std::mt19937::max()) * share_.back();
    const auto it = std::lower_bound(share_.begin(), share_.end(), at);
    return words_[static_cast<size_t>(std::min<std::ptrdiff_t>(it - share_.begin(), kWords - 1))];
  }

  std::mt19937 random_;
  std::vector<std::string> words_;
  std::vector<double> share_;
};

using Pair = std::pair<std::string, std::string>;

// A statement and the same with a word more somewhere.
std::vector<Pair> DrawPairs() {
  Texts texts(2);
  std::vector<Pair> pairs;
  for (size_t n = 0; n < kPairs; ++n) {
    std::string a = texts.Next();
    std::string b = a;
    const size_t at = b.find(' ', texts.Random() % (b.size() / 2));
    if (at != std::string::npos) b.insert(at, " not");
    pairs.emplace_back(std::move(a), std::move(b));
  }
  return pairs;
}

// The two texts in files, for the programs that want files.
class PairFiles {
 public:
  explicit PairFiles(const std::filesystem::path& folder)
      : a_(folder / "statements.a"), b_(folder / "statements.b") {}
  ~PairFiles() {
    std::filesystem::remove(a_);
    std::filesystem::remove(b_);
  }
  PairFiles(const PairFiles&) = delete;
  PairFiles& operator=(const PairFiles&) = delete;

  size_t Compare(std::vector<std::string> command, const Pair& pair) const {
    std::ofstream(a_, std::ios::binary) << pair.first << "\n";
    std::ofstream(b_, std::ios::binary) << pair.second << "\n";
    command.push_back(a_.string());
    command.push_back(b_.string());
    return testing::RunProgram(command).out.size();
  }

 private:
  std::filesystem::path a_;
  std::filesystem::path b_;
};

const std::vector<std::string>& Wdiff() {
  static const std::vector<std::string> command = {"wdiff"};
  return command;
}

const std::vector<std::string>& GitWordDiff() {
  static const std::vector<std::string> command = {"git", "diff", "--no-index", "--word-diff"};
  return command;
}

// Times of all contenders are those of one pair.
void ComparePairs(const bench::Options& options, const PairFiles& files) {
  const std::vector<Pair> pairs = DrawPairs();
  size_t bytes = 0;
  for (const auto& [a, b] : pairs) bytes += a.size() + b.size();
  size_t kept = 0;
  bench::Contest contest("P13 statements.pairs", "ours");
  const auto others = [&](const std::vector<std::string>& command) {
    for (size_t n = 0; n < kPairsOfOthers; ++n) kept += files.Compare(command, pairs[n]);
  };
  for (int round = 0; round < options.rounds; ++round) {
    contest.Round({{"ours",
                    [&] {
                      for (const auto& [a, b] : pairs) {
                        kept += Labels(a, b).labels.size() + text::DiffWords(a, b).size();
                      }
                    }},
                   {"wdiff", [&] { others(Wdiff()); }},
                   {"git", [&] { others(GitWordDiff()); }}});
  }
  const double ours = contest.Seconds("ours");
  const auto per_pair = [&](const char* name) {
    return fmt::format("{:.0f}", contest.Seconds(name) / kPairsOfOthers / (ours / kPairs));
  };
  fmt::print(
      "P13 statements.pairs pairs_per_s={:.0f} mb_per_s={:.1f} ratio_vs_wdiff={} ratio_vs_git={} "
      "kept={}\n",
      kPairs / ours, static_cast<double>(bytes) / ours / 1e6, per_pair("wdiff"), per_pair("git"),
      kept);
}

void CompareUnlike(const bench::Options& options, const PairFiles& files) {
  const Pair pair = {Texts(3).Long(kUnlikeBytes), Texts(4).Long(kUnlikeBytes)};
  size_t kept = 0;
  bench::Contest contest("P13 statements.unlike", "ours");
  for (int round = 0; round < options.rounds; ++round) {
    contest.Round({{"ours", [&] { kept += text::DiffWords(pair.first, pair.second).size(); }},
                   {"wdiff", [&] { kept += files.Compare(Wdiff(), pair); }},
                   {"git", [&] { kept += files.Compare(GitWordDiff(), pair); }}});
  }
  contest.Note("seconds", fmt::format("{:.3f}", contest.Seconds("ours")));
  contest.Report({"wdiff", "git"});
}

Quotation Draw(size_t number, size_t sides, Texts* texts) {
  Quotation q;
  q.annotation = std::to_string(1000000000000000 + number);
  q.article = std::to_string(1000000000000000 + number / 20);
  q.begin_byte = static_cast<uint32_t>(number % 20) * 100;
  q.text = texts->Next();
  q.kind = QuoteKind::kDirect;
  const uint32_t speaker = texts->Random() % kSpeakers;
  q.speaker = q.speaker_key = fmt::format("speaker {}", speaker);
  if (texts->Random() % 2 == 0) q.side = fmt::format("side {}", speaker % sides);
  const auto up_to = [texts](uint32_t n) { return texts->Random() % n; };
  q.said_on = fmt::format("20{:02}-{:02}-{:02}", 10 + up_to(14), 1 + up_to(12), 1 + up_to(28));
  q.basis = Basis::kStated;
  q.status = 1;
  return q;
}

void PlaceAmongMany(const char* name, size_t statements, size_t sides) {
  Texts texts(1);
  MapTables tables;
  Fold fold(tables.tables());
  const auto resolve = [](std::string_view key) { return Identity{std::string(key), ""}; };
  std::vector<double> last_ms;
  double fold_s = 0;
  for (size_t n = 0; n < statements; ++n) {
    const Quotation q = Draw(n, sides, &texts);
    const bench::Cost cost = bench::Measure([&] { fold.Put(q, n + 1, resolve); });
    fold_s += cost.cpu_s;
    if (n + 2000 >= statements) last_ms.push_back(cost.cpu_s * 1000);
  }
  std::sort(last_ms.begin(), last_ms.end());
  fmt::print("P13 {} among={} p50_ms={:.3f} p99_ms={:.3f} fold_s={:.1f} rows={}\n", name,
             statements, last_ms[last_ms.size() / 2], last_ms[last_ms.size() * 99 / 100], fold_s,
             tables.statements.rows.size());
}

void Run(const bench::Options& options) {
  const PairFiles files(options.folder.empty() ? std::filesystem::temp_directory_path()
                                               : options.folder);
  ComparePairs(options, files);
  CompareUnlike(options, files);
  PlaceAmongMany("statements.placing", kStatements, kSides);
  PlaceAmongMany("statements.one_side", kOnOneSide, 1);
}

}  // namespace
}  // namespace verbatim::statements

int main(int argc, char** argv) {
  const auto options = verbatim::bench::Options::Parse(argc, argv);
  if (options.Wants("P13")) verbatim::statements::Run(options);
  return 0;
}
