// SPDX-License-Identifier: Apache-2.0
#include "core/annotate/proposals.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "core/anchor/anchor.h"
#include "core/article/ground.h"
#include "core/base/limits.h"
#include "core/plugin/proposals.h"
#include "core/plugin/quota.h"
#include "core/schema/fields.h"

namespace verbatim::annotate {
namespace {

using article::Value;
using article::ValuePtr;

absl::Status CheckInnerSpan(const article::Revision& revision, std::string_view path,
                            const text::Span& span) {
  const std::string& text = revision.text();
  const text::CharMap& map = revision.chars();
  if (span.begin_byte > span.end_byte || span.end_byte > text.size() ||
      !map.AtBorder(span.begin_byte) || !map.AtBorder(span.end_byte)) {
    return absl::InvalidArgumentError(fmt::format("{} is bytes [{}, {}) of a text of {}", path,
                                                  span.begin_byte, span.end_byte, text.size()));
  }
  const text::Span right = text::MakeSpan(text, map, span.begin_byte, span.end_byte);
  if (right.exact != span.exact) {
    return absl::InvalidArgumentError(
        fmt::format("{} says \"{}\", the text there is \"{}\"", path, span.exact, right.exact));
  }
  if (right.begin_char != span.begin_char || right.end_char != span.end_char) {
    return absl::InvalidArgumentError(fmt::format("{} is characters [{}, {}), not [{}, {})", path,
                                                  right.begin_char, right.end_char, span.begin_char,
                                                  span.end_char));
  }
  return absl::OkStatus();
}

absl::Status CheckBody(const article::Revision& revision, const v1::TypedBody& body,
                       const schema::Registry& registry) {
  VB_ASSIGN_OR_RETURN(const schema::MessagePtr message, registry.Parse(body.type(), body.value()));
  return schema::VisitSpans(*message, [&](std::string_view path, const text::Span& span) {
    return CheckInnerSpan(revision, path, span);
  });
}

}  // namespace

absl::StatusOr<std::vector<ValuePtr>> ValuesOf(const article::ArticleState& state,
                                               const Annotator& annotator,
                                               const std::vector<v1::Proposal>& proposals,
                                               const schema::Registry& registry) {
  const uint32_t count_max = plugin::Quota::Of(annotator.manifest.limits()).proposals;
  if (proposals.size() > count_max) {
    return absl::InvalidArgumentError(
        fmt::format("{} proposals, and at most {} are allowed", proposals.size(), count_max));
  }
  const article::Revision& revision = *state.latest();
  const anchor::RevisionText ground = article::GroundOf(state, revision);
  const plugin::ProposalChecker checker(annotator.manifest, nullptr);
  std::vector<ValuePtr> values;
  for (const v1::Proposal& proposal : proposals) {
    absl::Status status = checker.Check(proposal, revision.text(), revision.chars());
    if (status.ok()) status = CheckBody(revision, proposal.body(), registry);
    if (!status.ok()) {
      return absl::InvalidArgumentError(
          fmt::format("proposal {} ({}): {}", values.size() + 1, proposal.body().type(),
                      std::string_view(status.message().data(), status.message().size())));
    }
    auto value = std::make_shared<Value>();
    value->anchor = anchor::MakeAnchor(ground, proposal.spans());
    value->body = proposal.body();
    value->confidence = proposal.confidence();
    value->key = proposal.key();
    value->claim_key = article::ClaimKey(value->body.type(), value->anchor, value->key);
    values.push_back(std::move(value));
  }
  std::stable_sort(values.begin(), values.end(), [](const ValuePtr& a, const ValuePtr& b) {
    return article::StandsBefore(a->anchor, b->anchor);
  });
  std::set<std::string> seen;
  std::erase_if(values, [&](const ValuePtr& value) {
    return !seen.insert(article::ClaimAtPlace(*value)).second;
  });
  return values;
}

}  // namespace verbatim::annotate
