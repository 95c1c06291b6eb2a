// SPDX-License-Identifier: Apache-2.0
// The lines that every plugin would write again: a proposal at a place of the text, the body of an
// annotation, and whether it counts.
//
//   const text::CharMap map(request.text());
//   EmitMessage(emit, MakeProposal(request.text(), map, {4, 9}, body, 0.9F));
//   if (const auto quote = BodyOf<v1::Quote>(annotation)) ... quote->speaker()
#ifndef VERBATIM_MESSAGES_H_
#define VERBATIM_MESSAGES_H_

#include <optional>
#include <string>
#include <string_view>

#include "verbatim/plugin.h"
#include "verbatim/text/utf8.h"
#include "verbatim/v1/annotation.pb.h"
#include "verbatim/v1/plugin.pb.h"

namespace verbatim {

// A proposal over the bytes `where` of `text` (at borders of characters), of which `map` is the
// map. `body` is a message of a type under `produces`. Confidence is 0 to 1.
template <class Body>
v1::Proposal MakeProposal(std::string_view text, const text::CharMap& map, text::Range where,
                          const Body& body, float confidence) {
  const text::Span span = text::MakeSpan(text, map, where.begin, where.end);
  v1::Proposal proposal;
  v1::TextSpan* out = proposal.add_spans();
  out->set_begin_byte(span.begin_byte);
  out->set_end_byte(span.end_byte);
  out->set_begin_char(span.begin_char);
  out->set_end_char(span.end_char);
  out->set_exact(span.exact);
  proposal.mutable_body()->set_type(body.GetTypeName());
  proposal.mutable_body()->set_value(body.SerializeAsString());
  proposal.set_confidence(confidence);
  return proposal;
}

// The body of an annotation, or of a proposal, as the message that it is; nothing when it is one of
// another type. For those who consume, or subscribe to, several. BadInput when it doesn't parse.
template <class Body, class Annotation>
std::optional<Body> BodyOf(const Annotation& annotation) {
  if (annotation.body().type() != Body::default_instance().GetTypeName()) return std::nullopt;
  return Parse<Body>(annotation.body().value());
}

// Does the annotation stand: proposed, confirmed or corrected, and neither rejected, retracted nor
// without its text? False for one that is unset, as `before` of a new one is.
inline bool Stands(const v1::Annotation& annotation) {
  switch (annotation.status()) {
    case v1::ANNOTATION_STATUS_PROPOSED:
    case v1::ANNOTATION_STATUS_CONFIRMED:
    case v1::ANNOTATION_STATUS_CORRECTED:
      return true;
    default:
      return false;
  }
}

}  // namespace verbatim

#endif  // VERBATIM_MESSAGES_H_
