// SPDX-License-Identifier: Apache-2.0
// What an annotation says: a body at a place, with the key of the claim that it makes. Values are
// shared and never changed, so that states of one article share them.
#ifndef VERBATIM_CORE_ARTICLE_VALUE_H_
#define VERBATIM_CORE_ARTICLE_VALUE_H_

#include <string>
#include <string_view>

#include "verbatim/v1/annotation.pb.h"

namespace verbatim::article {

struct Value {
  v1::Anchor anchor;
  v1::TypedBody body;
  float confidence = 0;
  std::string key;        // the annotator's own
  std::string claim_key;  // 32 bytes
};

// 32 bytes: SHA-256 over the body type, the article, the folded exact text of all spans and the
// annotator's own key. Not over the place: a claim keeps its key when the text around it grows, and
// a claim of one article never meets that of another.
std::string ClaimKey(std::string_view body_type, const v1::Anchor& anchor, std::string_view key);

// The same bytes for the same claim at the same place of the same revision.
std::string ClaimAtPlace(const Value& value);

// The same places: revision and bytes of every span.
bool SameSpans(const v1::Anchor& a, const v1::Anchor& b);

// The same words in the same order, wherever they stand. For anchors on different revisions.
bool SameWords(const v1::Anchor& a, const v1::Anchor& b);

// Bytes in both divided by bytes in either, over all spans; 0 on different revisions.
double Overlap(const v1::Anchor& a, const v1::Anchor& b);

// By first byte, then last byte: the order of reading.
bool StandsBefore(const v1::Anchor& a, const v1::Anchor& b);

}  // namespace verbatim::article

#endif  // VERBATIM_CORE_ARTICLE_VALUE_H_
