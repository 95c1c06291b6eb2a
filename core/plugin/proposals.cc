// SPDX-License-Identifier: Apache-2.0
#include "core/plugin/proposals.h"

#include <algorithm>

#include "fmt/format.h"

namespace verbatim::plugin {
namespace {

absl::Status Lie(const std::string& what) { return absl::InvalidArgumentError(what); }

absl::Status CheckSpan(const v1::TextSpan& span, uint32_t after_byte, std::string_view text,
                       const text::CharMap& map) {
  const uint32_t begin = span.begin_byte();
  const uint32_t end = span.end_byte();
  const std::string at = fmt::format("span [{}, {})", begin, end);
  if (begin >= end) return Lie(at + " is empty");
  if (end > text.size())
    return Lie(fmt::format("{} ends beyond the text of {} bytes", at, text.size()));
  if (begin < after_byte) return Lie(at + " begins before the span before it ends");
  if (!map.AtBorder(begin) || !map.AtBorder(end)) return Lie(at + " cuts a character in two");
  if (span.exact() != text.substr(begin, end - begin)) {
    return Lie(at + " holds another text than its `exact`");
  }
  if (span.begin_char() != map.CharOf(begin) || span.end_char() != map.CharOf(end)) {
    return Lie(fmt::format("{} is characters [{}, {}), not [{}, {})", at, map.CharOf(begin),
                           map.CharOf(end), span.begin_char(), span.end_char()));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status ProposalChecker::Check(const v1::Proposal& proposal, std::string_view text,
                                    const text::CharMap& map) const {
  if (proposal.spans().empty()) return Lie("a proposal without a span");
  uint32_t after_byte = 0;
  for (const v1::TextSpan& span : proposal.spans()) {
    VB_RETURN_IF_ERROR(CheckSpan(span, after_byte, text, map));
    after_byte = span.end_byte();
  }
  // Written so that a NaN fails.
  if (!(proposal.confidence() >= 0.0F && proposal.confidence() <= 1.0F)) {
    return Lie(fmt::format("confidence {} is not between 0 and 1", proposal.confidence()));
  }
  const std::string& type = proposal.body().type();
  const auto& produces = annotator_.produces();
  if (std::find(produces.begin(), produces.end(), type) == produces.end()) {
    return Lie(
        fmt::format("body of type \"{}\", which its manifest doesn't list under produces", type));
  }
  if (types_ == nullptr) return absl::OkStatus();
  return types_->Parse(type, proposal.body().value()).status();
}

}  // namespace verbatim::plugin
