// SPDX-License-Identifier: Apache-2.0
#include "verbatim/text/shingles.h"

#include <algorithm>

#include "verbatim/text/chars.h"
#include "verbatim/text/utf8.h"

namespace verbatim::text {
namespace {

constexpr std::uint64_t kPrime = 0x9E3779B97F4A7C15u;
constexpr std::size_t kMinima = 2 * kSketchBands;
constexpr unsigned kMinimumBits = 7;  // 2^7 == kMinima
constexpr std::uint64_t kNone = UINT64_MAX;

std::uint64_t Mix(std::uint64_t hash, std::uint64_t value) {
  hash = (hash ^ value) * kPrime;
  return hash ^ (hash >> 29);
}

// Every bit of the result depends on every bit of the value (Stafford's mix 13).
std::uint64_t Scatter(std::uint64_t value) {
  value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9u;
  value = (value ^ (value >> 27)) * 0x94D049BB133111EBu;
  return value ^ (value >> 31);
}

// The smallest hash of each of 128 equal parts of the range. A part without one borrows that of
// another, chosen by number alone: so two sets borrow alike.
std::array<std::uint64_t, kMinima> Minima(const std::vector<std::uint64_t>& shingles) {
  std::array<std::uint64_t, kMinima> minima;
  minima.fill(kNone);
  for (const std::uint64_t shingle : shingles) {
    const std::uint64_t hash = Scatter(shingle);
    std::uint64_t& minimum = minima[hash >> (64 - kMinimumBits)];
    minimum = std::min(minimum, hash);
  }
  const std::array<std::uint64_t, kMinima> own = minima;
  for (std::size_t part = 0; part < kMinima; ++part) {
    for (std::uint64_t attempt = 1; minima[part] == kNone; ++attempt) {
      minima[part] = own[Scatter(part * kPrime + attempt) >> (64 - kMinimumBits)];
    }
  }
  return minima;
}

// Lower case of the ASCII letters and digits; 0 for what is neither.
constexpr std::array<unsigned char, 0x80> kAsciiWord = [] {
  std::array<unsigned char, 0x80> table{};
  for (unsigned char c = '0'; c <= '9'; ++c) table[c] = c;
  for (unsigned char c = 'a'; c <= 'z'; ++c) table[c] = table[c - ('a' - 'A')] = c;
  return table;
}();

bool HasDistinct(std::vector<std::uint64_t> values, std::size_t wanted) {
  std::sort(values.begin(), values.end());
  const auto end = std::unique(values.begin(), values.end());
  return static_cast<std::size_t>(end - values.begin()) >= wanted;
}

}  // namespace

std::vector<std::uint64_t> WordHashes(std::string_view text) {
  std::vector<std::uint64_t> words;
  words.reserve(text.size() / 5);  // letters of an English word, and a blank
  std::uint64_t hash = 0;
  bool within = false;
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < kAsciiWord.size()) {
      ++i;
      if (kAsciiWord[byte] != 0) {
        hash = Mix(within ? hash : 1, kAsciiWord[byte]);
        within = true;
      } else if (within) {
        words.push_back(hash);
        within = false;
      }
      continue;
    }
    const Decoded decoded = DecodeAt(text, i);
    i += decoded.size;
    const char32_t c = decoded.code_point;
    const bool ideograph = IsIdeograph(c);
    if (within && (ideograph || !(IsLetter(c) || IsDigit(c)))) {
      words.push_back(hash);
      within = false;
    }
    if (ideograph) {
      words.push_back(Mix(1, c));
    } else if (IsLetter(c) || IsDigit(c)) {
      hash = Mix(within ? hash : 1, ToLower(c));
      within = true;
    }
  }
  if (within) words.push_back(hash);
  return words;
}

std::vector<std::uint64_t> Triples(const std::vector<std::uint64_t>& words) {
  std::vector<std::uint64_t> triples;
  triples.reserve(words.size());
  for (std::size_t i = 2; i < words.size(); ++i) {
    triples.push_back(Mix(Mix(words[i - 2], words[i - 1]), words[i]));
  }
  return triples;
}

std::vector<std::uint64_t> Shingles(std::string_view text) {
  std::vector<std::uint64_t> shingles = Triples(WordHashes(text));
  std::sort(shingles.begin(), shingles.end());
  shingles.erase(std::unique(shingles.begin(), shingles.end()), shingles.end());
  return shingles;
}

double Containment(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b) {
  const std::size_t smaller = std::min(a.size(), b.size());
  if (smaller == 0) return 0;
  std::size_t both = 0;
  for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
    const bool equal = *i == *j;
    both += equal;
    const bool step_a = *i <= *j;
    const bool step_b = *j <= *i;
    i += step_a;
    j += step_b;
  }
  return static_cast<double>(both) / static_cast<double>(smaller);
}

SketchBands Sketch(const std::vector<std::uint64_t>& shingles) {
  SketchBands bands{};
  if (shingles.empty()) return bands;
  const std::array<std::uint64_t, kMinima> minima = Minima(shingles);
  for (std::size_t band = 0; band < kSketchBands; ++band) {
    const std::uint64_t both = Mix(minima[2 * band], minima[2 * band + 1]);
    bands[band] = static_cast<std::uint16_t>(Scatter(both) >> 48);
  }
  return bands;
}

std::optional<SketchBands> CopySketch(std::string_view text) {
  const std::vector<std::uint64_t> triples = Triples(WordHashes(text));
  if (triples.size() < kCopyShinglesMin) return std::nullopt;
  // Nearly every text has enough of them among its first.
  const auto first =
      triples.begin() + static_cast<std::ptrdiff_t>(std::min(triples.size(), 2 * kCopyShinglesMin));
  if (!HasDistinct({triples.begin(), first}, kCopyShinglesMin) &&
      !HasDistinct(triples, kCopyShinglesMin)) {
    return std::nullopt;
  }
  return Sketch(triples);
}

}  // namespace verbatim::text
