// SPDX-License-Identifier: Apache-2.0
// What the words within a block speak of: of reading on, of subscribing, of rights in pictures, or
// of what somebody said. Families of words in the larger languages of newsrooms; each is evidence
// for the learned judgement of blocks, none a verdict.
#ifndef VERBATIM_CORE_INGEST_WORD_EVIDENCE_H_
#define VERBATIM_CORE_INGEST_WORD_EVIDENCE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace verbatim::ingest {

// The last family is that of the small words which running text is full of and lists are not.
inline constexpr size_t kWordFamilies = 15;

// How many words of each family a text holds. Linear in the text; no memory is asked for.
std::array<uint16_t, kWordFamilies> CountFamilies(std::string_view text);

}  // namespace verbatim::ingest

#endif  // VERBATIM_CORE_INGEST_WORD_EVIDENCE_H_
