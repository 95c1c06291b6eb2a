// SPDX-License-Identifier: Apache-2.0
// Anchors: where an annotation holds in one revision. Spans in bytes and characters, the exact
// text, some text around it, and the digest of the whole text, so that every reader can check that
// it reads the same.
//
//   RevisionText ground(article_id, 0, text, chars);
//   v1::Anchor anchor = MakeAnchor(ground, {{10, 25}, {40, 60}});
#ifndef VERBATIM_CORE_ANCHOR_ANCHOR_H_
#define VERBATIM_CORE_ANCHOR_ANCHOR_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/status.h"
#include "verbatim/text/utf8.h"
#include "verbatim/v1/annotation.pb.h"

namespace verbatim::anchor {

// Code points of text kept before the first span and after the last.
inline constexpr uint32_t kContextChars = 32;

// One revision of an article and what all anchors on it have in common. Borrows `text` and `chars`,
// which must outlive it. The digest is taken once, here.
class RevisionText {
 public:
  // `article` is the 16-byte id, `revision` 0-based, `text` valid UTF-8 and `chars` its map.
  RevisionText(std::string_view article, uint32_t revision, std::string_view text,
               const text::CharMap& chars);

  const std::string& article() const { return article_; }
  uint32_t revision() const { return revision_; }
  std::string_view text() const { return text_; }
  const text::CharMap& chars() const { return chars_; }
  const std::string& sha256() const { return sha256_; }  // 32 bytes, of the text

 private:
  std::string article_;
  uint32_t revision_;
  std::string_view text_;
  const text::CharMap& chars_;
  std::string sha256_;
};

// Wants at least one range; ranges in order, not overlapping, not empty, at borders of characters.
v1::Anchor MakeAnchor(const RevisionText& ground, const std::vector<text::Range>& spans);

// The same from spans whose bytes have been checked; their other fields are made anew.
v1::Anchor MakeAnchor(const RevisionText& ground,
                      const google::protobuf::RepeatedPtrField<v1::TextSpan>& spans);

// A span of the text in both units, and with its text.
v1::TextSpan MakeTextSpan(const RevisionText& ground, text::Range range);
// The same of a text that no anchor is made on; `chars` is its map.
v1::TextSpan MakeTextSpan(std::string_view text, const text::CharMap& chars, text::Range range);

// Is this exactly the anchor that MakeAnchor makes of its byte ranges here? kInvalidArgument says
// what differs.
absl::Status CheckAnchor(const v1::Anchor& anchor, const RevisionText& ground);

// The byte ranges of an anchor's spans.
std::vector<text::Range> RangesOf(const v1::Anchor& anchor);

}  // namespace verbatim::anchor

#endif  // VERBATIM_CORE_ANCHOR_ANCHOR_H_
