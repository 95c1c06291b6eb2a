// SPDX-License-Identifier: Apache-2.0
// Texts that share most of their words in the same order: copies of a wire story, cut, extended or
// edited. A text is the set of its word shingles (three words in a row, folded); two are compared
// by containment, candidates for that are found by a sketch of fixed size.
//
//   const auto a = Shingles(wire), b = Shingles(printed);
//   if (Containment(a, b) >= 0.6) ...   // asked of those whose sketches share bands
//
// The sketch is MinHash (Broder 1997) by one permutation with densification (Shrivastava 2017): 128
// minima, hashed by twos into 64 bands. Values are the same on every machine: they may be stored.
#ifndef VERBATIM_TEXT_SHINGLES_H_
#define VERBATIM_TEXT_SHINGLES_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace verbatim::text {

inline constexpr std::size_t kSketchBands = 64;
// Below, a text is too short to tell a copy from a phrase that many use.
inline constexpr std::size_t kCopyShinglesMin = 50;

using SketchBands = std::array<std::uint16_t, kSketchBands>;

// A hash of each word in lower case, in order: letters and digits in a row, or one ideograph. Marks
// don't count. Linear in the text.
std::vector<std::uint64_t> WordHashes(std::string_view text);
// A hash of every three in a row.
std::vector<std::uint64_t> Triples(const std::vector<std::uint64_t>& words);

// The triples of the text's words, ascending, each once; empty when there are fewer than three
// words.
std::vector<std::uint64_t> Shingles(std::string_view text);

// Share of the smaller set's shingles that the other has too: 0 to 1; 0 when one is empty.
double Containment(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b);

// Of a set that isn't empty, in any order; a shingle that stands there twice does no harm. Two sets
// with Jaccard similarity s agree in a band with probability s * s, and by chance in one of 65,536.
SketchBands Sketch(const std::vector<std::uint64_t>& shingles);

// Sketch(Shingles(text)), without sorting them; nothing when there are fewer than kCopyShinglesMin.
std::optional<SketchBands> CopySketch(std::string_view text);

}  // namespace verbatim::text

#endif  // VERBATIM_TEXT_SHINGLES_H_
