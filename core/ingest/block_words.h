// SPDX-License-Identifier: Apache-2.0
// What a block's own words say: how it opens, how it ends, what it is made of.
#ifndef VERBATIM_CORE_INGEST_BLOCK_WORDS_H_
#define VERBATIM_CORE_INGEST_BLOCK_WORDS_H_

#include <cstdint>
#include <string_view>

#include "core/ingest/blocks.h"

namespace verbatim::ingest {

// Families of opening words that furniture of pages begins with ("Read more", "Share", "Photo").
inline constexpr int kOpeningFamilies = 15;

// The family that a block opens with, from 1; 0 when none.
int OpeningFamily(std::string_view text);

// What its characters say, each a share or a count.
struct WordMeasures {
  float commas = 0;      // a word
  float stops = 0;       // sentence ends within
  float ending = 0;      // 1 a full stop and kin, 2 a colon, 3 a comma or semicolon, 0 none
  float first = 0;       // 1 a capital, 2 a small letter, 3 a digit, 4 a quotation mark, 0 other
  float capitals = 0;    // share of words that begin with one
  float digits = 0;      // share of characters
  float word_chars = 0;  // mean length of a word
  bool copyright = false;
  bool separator = false;  // a bar, a bullet, an arrow between words
  bool question = false;
  bool at_sign = false;
  bool clock = false;  // 10:30
  bool quoted = false;
  bool year = false;  // 19xx or 20xx
};

WordMeasures MeasureWords(const Block& block);

}  // namespace verbatim::ingest

#endif  // VERBATIM_CORE_INGEST_BLOCK_WORDS_H_
