// SPDX-License-Identifier: Apache-2.0
#include "core/anchor/anchor.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/base/check.h"
#include "core/base/sha256.h"

namespace verbatim::anchor {
namespace {

constexpr size_t kArticleIdBytes = 16;

std::string_view Before(const RevisionText& ground, uint32_t byte) {
  const uint32_t ch = ground.chars().CharOf(byte);
  const uint32_t begin = ground.chars().ByteOf(ch - std::min(ch, kContextChars));
  return ground.text().substr(begin, byte - begin);
}

std::string_view After(const RevisionText& ground, uint32_t byte) {
  const uint32_t end = ground.chars().ByteOf(ground.chars().CharOf(byte) + kContextChars);
  return ground.text().substr(byte, end - byte);
}

absl::Status Wrong(std::string_view what, uint64_t said, uint64_t is) {
  return absl::InvalidArgumentError(
      fmt::format("anchor says {} {}, the text says {}", what, said, is));
}

absl::Status CheckRange(const v1::TextSpan& span, uint32_t floor, const RevisionText& ground) {
  const auto size = static_cast<uint32_t>(ground.text().size());
  if (span.begin_byte() < floor || span.begin_byte() >= span.end_byte() || span.end_byte() > size) {
    return absl::InvalidArgumentError(
        fmt::format("anchor has a span of bytes {} to {}, which is empty, out of order or beyond "
                    "the text of {} bytes",
                    span.begin_byte(), span.end_byte(), size));
  }
  for (const uint32_t byte : {span.begin_byte(), span.end_byte()}) {
    if (!ground.chars().AtBorder(byte)) {
      return absl::InvalidArgumentError(fmt::format("anchor cuts a character at byte {}", byte));
    }
  }
  return absl::OkStatus();
}

absl::Status CheckSpan(const v1::TextSpan& span, const RevisionText& ground) {
  const v1::TextSpan is = MakeTextSpan(ground, {span.begin_byte(), span.end_byte()});
  if (span.begin_char() != is.begin_char()) {
    return Wrong("begin_char", span.begin_char(), is.begin_char());
  }
  if (span.end_char() != is.end_char()) return Wrong("end_char", span.end_char(), is.end_char());
  if (span.exact() != is.exact()) {
    return absl::InvalidArgumentError(
        fmt::format("anchor says \"{}\", the text says \"{}\"", span.exact(), is.exact()));
  }
  return absl::OkStatus();
}

}  // namespace

RevisionText::RevisionText(std::string_view article, uint32_t revision, std::string_view text,
                           const text::CharMap& chars)
    : article_(article),
      revision_(revision),
      text_(text),
      chars_(chars),
      sha256_(base::ToString(base::Sha256(text))) {}

v1::TextSpan MakeTextSpan(const RevisionText& ground, text::Range range) {
  return MakeTextSpan(ground.text(), ground.chars(), range);
}

v1::TextSpan MakeTextSpan(std::string_view text, const text::CharMap& chars, text::Range range) {
  text::Span span = text::MakeSpan(text, chars, range.begin, range.end);
  v1::TextSpan out;
  out.set_begin_byte(span.begin_byte);
  out.set_end_byte(span.end_byte);
  out.set_begin_char(span.begin_char);
  out.set_end_char(span.end_char);
  out.set_exact(std::move(span.exact));
  return out;
}

v1::Anchor MakeAnchor(const RevisionText& ground, const std::vector<text::Range>& spans) {
  VB_CHECK(!spans.empty(), "an anchor holds somewhere");
  v1::Anchor anchor;
  anchor.set_article(ground.article());
  anchor.set_revision(ground.revision());
  anchor.set_text_sha256(ground.sha256());
  for (const text::Range& range : spans) *anchor.add_spans() = MakeTextSpan(ground, range);
  const std::string_view before = Before(ground, spans.front().begin);
  const std::string_view after = After(ground, spans.back().end);
  anchor.set_prefix(before.data(), before.size());
  anchor.set_suffix(after.data(), after.size());
  return anchor;
}

v1::Anchor MakeAnchor(const RevisionText& ground,
                      const google::protobuf::RepeatedPtrField<v1::TextSpan>& spans) {
  std::vector<text::Range> ranges;
  for (const v1::TextSpan& span : spans) ranges.push_back({span.begin_byte(), span.end_byte()});
  return MakeAnchor(ground, ranges);
}

absl::Status CheckAnchor(const v1::Anchor& anchor, const RevisionText& ground) {
  if (anchor.article().size() != kArticleIdBytes || anchor.article() != ground.article()) {
    return absl::InvalidArgumentError("anchor is on another article");
  }
  if (anchor.revision() != ground.revision()) {
    return Wrong("revision", anchor.revision(), ground.revision());
  }
  if (anchor.text_sha256() != ground.sha256()) {
    return absl::InvalidArgumentError("anchor has the digest of another text");
  }
  if (anchor.spans().empty()) return absl::InvalidArgumentError("anchor has no span");
  uint32_t floor = 0;
  for (const v1::TextSpan& span : anchor.spans()) {
    VB_RETURN_IF_ERROR(CheckRange(span, floor, ground));
    VB_RETURN_IF_ERROR(CheckSpan(span, ground));
    floor = span.end_byte();
  }
  if (anchor.prefix() != Before(ground, anchor.spans(0).begin_byte()) ||
      anchor.suffix() != After(ground, floor)) {
    return absl::InvalidArgumentError("anchor has another text around it than the revision");
  }
  return absl::OkStatus();
}

std::vector<text::Range> RangesOf(const v1::Anchor& anchor) {
  std::vector<text::Range> ranges;
  for (const v1::TextSpan& span : anchor.spans())
    ranges.push_back({span.begin_byte(), span.end_byte()});
  return ranges;
}

}  // namespace verbatim::anchor
