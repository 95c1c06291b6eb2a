// SPDX-License-Identifier: Apache-2.0
// What the names of classes and ids hint at: one bit a family of words ("comment", "sidebar" ...).
// Evidence for a learned judgement, never a verdict: sites name things as they like.
#ifndef VERBATIM_CORE_INGEST_NAME_EVIDENCE_H_
#define VERBATIM_CORE_INGEST_NAME_EVIDENCE_H_

#include <cstdint>
#include <string_view>

namespace verbatim::ingest {

// Families of words, and so bits in use.
inline constexpr uint32_t kNameFamilies = 60;

// The families that a class, id or role speaks of. Linear in the name; "articleBody" and
// "article-body" are the same to it.
uint64_t NameEvidence(std::string_view name);

}  // namespace verbatim::ingest

#endif  // VERBATIM_CORE_INGEST_NAME_EVIDENCE_H_
