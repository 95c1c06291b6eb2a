// SPDX-License-Identifier: Apache-2.0
// How long placing a statement takes among many, how long labels and diffs take: no test, a
// measurement. Prints one line a figure, in time on one core. The texts are drawn from a vocabulary
// with the frequencies of a natural one (Zipf), the speakers from a thousand.
//
//   statements_bench [STATEMENTS] [SPEAKERS]      100000 1000 by default
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <random>
#include <string>
#include <vector>

#include "fold.h"
#include "labels.h"
#include "map_tables.h"
#include "verbatim/text/diff.h"

namespace verbatim::statements {
namespace {

// Time of this process on a core: what others do on the machine doesn't count.
struct Clock {
  static std::clock_t now() { return std::clock(); }
};

double MillisecondsSince(std::clock_t start) {
  return static_cast<double>(std::clock() - start) * 1000 / CLOCKS_PER_SEC;
}

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
    std::string text;
    const size_t words = 8 + random_() % 25;
    for (size_t n = 0; n < words; ++n) {
      const double at =
          static_cast<double>(random_()) / static_cast<double>(std::mt19937::max()) * share_.back();
      const auto it = std::lower_bound(share_.begin(), share_.end(), at);
      if (!text.empty()) text += ' ';
      text +=
          words_[static_cast<size_t>(std::min<std::ptrdiff_t>(it - share_.begin(), kWords - 1))];
    }
    return text + ".";
  }

  uint32_t Random() { return static_cast<uint32_t>(random_()); }

 private:
  static constexpr size_t kWords = 30000;
  std::mt19937 random_;
  std::vector<std::string> words_;
  std::vector<double> share_;
};

Quotation Draw(size_t number, size_t speakers, Texts* texts) {
  Quotation q;
  q.annotation = std::to_string(1000000000000000 + number);
  q.article = std::to_string(1000000000000000 + number / 20);
  q.begin_byte = static_cast<uint32_t>(number % 20) * 100;
  q.text = texts->Next();
  q.kind = QuoteKind::kDirect;
  q.speaker = q.speaker_key = "speaker " + std::to_string(texts->Random() % speakers);
  if (texts->Random() % 2 == 0)
    q.side = "side " + std::to_string(std::hash<std::string>()(q.speaker) % 50);
  char day[16];
  std::snprintf(day, sizeof(day), "20%02u-%02u-%02u", 10 + texts->Random() % 14,
                1 + texts->Random() % 12, 1 + texts->Random() % 28);
  q.said_on = day;
  q.basis = Basis::kStated;
  q.status = 1;
  return q;
}

void BenchPlacing(size_t statements, size_t speakers) {
  Texts texts(1);
  MapTables tables;
  Fold fold(tables.tables());
  const auto resolve = [](std::string_view key) { return Identity{std::string(key), ""}; };
  const auto start = Clock::now();
  std::vector<double> last;
  for (size_t n = 0; n < statements; ++n) {
    const Quotation q = Draw(n, speakers, &texts);
    const auto begun = Clock::now();
    fold.Put(q, n + 1, resolve);
    if (n + 2000 >= statements) last.push_back(MillisecondsSince(begun));
  }
  std::printf("statements.fold rows=%zu seconds=%.1f\n", tables.statements.rows.size(),
              MillisecondsSince(start) / 1000);
  std::sort(last.begin(), last.end());
  std::printf("statements.place among=%zu speakers=%zu p50_ms=%.3f p99_ms=%.3f\n", statements,
              speakers, last[last.size() / 2], last[last.size() * 99 / 100]);
}

void BenchPairs() {
  Texts texts(2);
  std::vector<std::pair<std::string, std::string>> pairs;
  for (int n = 0; n < 2000; ++n) {
    std::string a = texts.Next();
    std::string b = a;
    const size_t at = b.find(' ', texts.Random() % (b.size() / 2));
    if (at != std::string::npos) b.insert(at, " not");
    pairs.emplace_back(std::move(a), std::move(b));
  }
  auto start = Clock::now();
  size_t labels = 0;
  for (const auto& [a, b] : pairs) labels += Labels(a, b).labels.size();
  std::printf("statements.labels pairs_per_s=%.0f labels=%zu\n",
              static_cast<double>(pairs.size()) / MillisecondsSince(start) * 1000, labels);
  start = Clock::now();
  size_t ops = 0;
  for (const auto& [a, b] : pairs) ops += text::DiffWords(a, b).size();
  std::printf("statements.diff pairs_per_s=%.0f ops=%zu\n",
              static_cast<double>(pairs.size()) / MillisecondsSince(start) * 1000, ops);
}

}  // namespace
}  // namespace verbatim::statements

int main(int argc, char** argv) {
  const auto number = [&](int n, size_t otherwise) {
    return argc > n ? static_cast<size_t>(std::strtoull(argv[n], nullptr, 10)) : otherwise;
  };
  verbatim::statements::BenchPairs();
  verbatim::statements::BenchPlacing(std::max<size_t>(number(1, 100000), 1),
                                     std::max<size_t>(number(2, 1000), 1));
  return 0;
}
