// SPDX-License-Identifier: Apache-2.0
#include "core/article/value.h"

#include <algorithm>

#include "core/base/sha256.h"
#include "verbatim/keys.h"
#include "verbatim/text/fold.h"

namespace verbatim::article {
namespace {

std::string WordsOf(const v1::Anchor& anchor) {
  std::string words;
  for (const v1::TextSpan& span : anchor.spans()) {
    if (!words.empty()) words += ' ';
    words += span.exact();
  }
  return words;
}

uint64_t Bytes(const v1::Anchor& anchor) {
  uint64_t bytes = 0;
  for (const v1::TextSpan& span : anchor.spans()) bytes += span.end_byte() - span.begin_byte();
  return bytes;
}

}  // namespace

std::string ClaimKey(std::string_view body_type, const v1::Anchor& anchor, std::string_view key) {
  const std::string claim = KeyWriter()
                                .Text(body_type)
                                .Text(anchor.article())
                                .Text(text::Fold(WordsOf(anchor)))
                                .Text(key)
                                .Take();
  return base::ToString(base::Sha256(claim));
}

std::string ClaimAtPlace(const Value& value) {
  KeyWriter key;
  key.Text(value.claim_key).U32(value.anchor.revision());
  for (const v1::TextSpan& span : value.anchor.spans()) {
    key.U32(span.begin_byte()).U32(span.end_byte());
  }
  return key.Take();
}

bool SameSpans(const v1::Anchor& a, const v1::Anchor& b) {
  return a.revision() == b.revision() &&
         std::equal(a.spans().begin(), a.spans().end(), b.spans().begin(), b.spans().end(),
                    [](const v1::TextSpan& x, const v1::TextSpan& y) {
                      return x.begin_byte() == y.begin_byte() && x.end_byte() == y.end_byte();
                    });
}

bool SameWords(const v1::Anchor& a, const v1::Anchor& b) {
  return std::equal(
      a.spans().begin(), a.spans().end(), b.spans().begin(), b.spans().end(),
      [](const v1::TextSpan& x, const v1::TextSpan& y) { return x.exact() == y.exact(); });
}

double Overlap(const v1::Anchor& a, const v1::Anchor& b) {
  if (a.revision() != b.revision()) return 0;
  uint64_t both = 0;
  for (const v1::TextSpan& x : a.spans()) {
    for (const v1::TextSpan& y : b.spans()) {
      const uint32_t begin = std::max(x.begin_byte(), y.begin_byte());
      const uint32_t end = std::min(x.end_byte(), y.end_byte());
      if (begin < end) both += end - begin;
    }
  }
  const uint64_t either = Bytes(a) + Bytes(b) - both;
  return either == 0 ? 0 : static_cast<double>(both) / static_cast<double>(either);
}

bool StandsBefore(const v1::Anchor& a, const v1::Anchor& b) {
  return std::lexicographical_compare(
      a.spans().begin(), a.spans().end(), b.spans().begin(), b.spans().end(),
      [](const v1::TextSpan& x, const v1::TextSpan& y) {
        return x.begin_byte() != y.begin_byte() ? x.begin_byte() < y.begin_byte()
                                                : x.end_byte() < y.end_byte();
      });
}

}  // namespace verbatim::article
