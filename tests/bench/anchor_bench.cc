// SPDX-License-Identifier: Apache-2.0
// Finding anchors again in another revision, as an article's annotations are moved: the digests of
// both texts, their comparison and all anchors of one article.
//
//   anchor_bench [--rounds N]
//
//   P13 anchors.unchanged   the same text again
//   P13 anchors.edited      a sentence in ten dropped or reworded, two paragraphs added
//   P13 anchors.rewritten   every other sentence reworded
#include <fmt/format.h>

#include <functional>
#include <random>
#include <string>
#include <vector>

#include "core/anchor/anchor.h"
#include "core/anchor/mapping.h"
#include "core/anchor/reanchor.h"
#include "tests/bench/measure.h"

namespace verbatim::anchor {
namespace {

constexpr size_t kSentences = 60;  // a long article: about 6 KB
constexpr size_t kAnchors = 30;
constexpr size_t kArticles = 40;

constexpr std::string_view kWords[] = {
    "harbour", "council",  "voted",  "repair", "winter", "bridge",  "mayor",   "promised",
    "against", "treasury", "pilots", "ferry",  "storm",  "quarter", "percent", "island",
    "report",  "minister", "nearly", "spring", "old",    "walls",   "before",  "engineers",
    "because", "fishing",  "again",  "season", "money",  "river"};

class Texts {
 public:
  std::string Sentence() {
    std::string sentence = "The";
    const size_t words = 10 + random_() % 14;
    for (size_t i = 0; i < words; ++i) sentence.append(" ").append(Word());
    return sentence + " on day " + std::to_string(random_() % 997) + ".";
  }

  // Two words replaced and one dropped.
  std::string Reword(const std::string& sentence) {
    std::string out;
    size_t word = 0;
    for (size_t begin = 0; begin < sentence.size(); ++word) {
      const size_t end = std::min(sentence.find(' ', begin), sentence.size());
      if (word != 5) {
        out.append(out.empty() ? "" : " ");
        out.append(word == 3 || word == 8 ? std::string(Word())
                                          : sentence.substr(begin, end - begin));
      }
      begin = end + 1;
    }
    return out;
  }

  size_t Below(size_t n) { return random_() % n; }

 private:
  std::string_view Word() { return kWords[random_() % std::size(kWords)]; }
  std::mt19937 random_{11};
};

std::string Join(const std::vector<std::string>& sentences) {
  std::string text;
  for (size_t i = 0; i < sentences.size(); ++i)
    text.append(sentences[i]).append(i % 4 == 3 ? "\n\n" : " ");
  return text;
}

struct Pair {
  std::string from;
  std::string to;
  std::vector<text::Range> places;  // in `from`
};

// `edit` gives what stands in the place of a sentence; empty: nothing.
Pair MakePair(Texts* texts, const std::function<std::string(size_t, const std::string&)>& edit) {
  std::vector<std::string> old_sentences;
  std::vector<std::string> new_sentences;
  Pair pair;
  uint32_t at = 0;
  for (size_t i = 0; i < kSentences; ++i) {
    old_sentences.push_back(texts->Sentence());
    const auto size = static_cast<uint32_t>(old_sentences.back().size());
    // Half of the anchors are whole sentences, half are words within one.
    if (pair.places.size() < kAnchors && i % 2 == 0) {
      pair.places.push_back(i % 4 == 0 ? text::Range{at, at + size}
                                       : text::Range{at + 4, at + size / 2});
    }
    at += size + (i % 4 == 3 ? 2 : 1);
    std::string edited = edit(i, old_sentences.back());
    if (!edited.empty()) new_sentences.push_back(std::move(edited));
  }
  pair.from = Join(old_sentences);
  pair.to = Join(new_sentences);
  return pair;
}

// Anchors a second over all pairs.
double Rate(const std::vector<Pair>& pairs, size_t* found) {
  size_t anchors = 0;
  const auto reanchor = [&](const Pair& pair) {
    const text::CharMap from_chars(pair.from);
    const text::CharMap to_chars(pair.to);
    const RevisionText from("0123456789abcdef", 0, pair.from, from_chars);
    const RevisionText to("0123456789abcdef", 1, pair.to, to_chars);
    const Mapping mapping(from, to);
    for (const text::Range& place : pair.places) {
      const Reanchored moved = Reanchor(MakeAnchor(from, {place}), mapping);
      *found += moved.outcome != v1::AnnotationReanchored::OUTCOME_ORPHANED;
      ++anchors;
    }
  };
  const bench::Cost cost = bench::Measure([&] {
    for (const Pair& pair : pairs) reanchor(pair);
  });
  return static_cast<double>(anchors) / cost.wall_s;
}

void Report(std::string_view name, const std::vector<Pair>& pairs, int rounds) {
  size_t found = 0;
  std::vector<double> rates;
  for (int round = 0; round < rounds; ++round) rates.push_back(Rate(pairs, &found));
  const bench::Spread rate = bench::SpreadOf(rates);
  const size_t anchors = rates.size() * pairs.size() * kAnchors;
  fmt::print("P13 anchors.{} per_second={:.0f} [{:.0f}..{:.0f}] found={:.3f}\n", name, rate.median,
             rate.low, rate.high, static_cast<double>(found) / static_cast<double>(anchors));
}

void Run(int rounds) {
  Texts texts;
  std::vector<Pair> unchanged;
  std::vector<Pair> edited;
  std::vector<Pair> rewritten;
  for (size_t i = 0; i < kArticles; ++i) {
    unchanged.push_back(MakePair(&texts, [](size_t, const std::string& s) { return s; }));
    edited.push_back(MakePair(&texts, [&](size_t n, const std::string& s) {
      if (n == 0 || n == kSentences / 2) return texts.Sentence() + "\n\n" + s;
      if (texts.Below(10) != 0) return s;
      return n % 2 == 0 ? std::string() : texts.Reword(s);
    }));
    rewritten.push_back(MakePair(
        &texts, [&](size_t n, const std::string& s) { return n % 4 < 2 ? texts.Reword(s) : s; }));
  }
  Report("unchanged", unchanged, rounds);
  Report("edited", edited, rounds);
  Report("rewritten", rewritten, rounds);
}

}  // namespace
}  // namespace verbatim::anchor

int main(int argc, char** argv) {
  const auto options = verbatim::bench::Options::Parse(argc, argv);
  if (options.Wants("P13")) verbatim::anchor::Run(options.rounds);
  return 0;
}
