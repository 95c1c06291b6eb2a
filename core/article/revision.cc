// SPDX-License-Identifier: Apache-2.0
#include "core/article/revision.h"

#include <utility>

#include "verbatim/text/sentences.h"

namespace verbatim::article {

Revision::Revision(uint32_t number, Origin origin, bool minor, v1::ArticleContent content,
                   uint64_t sequence, uint64_t recorded_at_us, std::string event_id)
    : number_(number),
      origin_(origin),
      minor_(minor),
      content_(std::move(content)),
      sequence_(sequence),
      recorded_at_us_(recorded_at_us),
      event_id_(std::move(event_id)) {}

const text::CharMap& Revision::chars() const {
  std::call_once(chars_once_, [this] { chars_ = text::CharMap(text()); });
  return chars_;
}

const std::vector<text::Range>& Revision::sentences() const {
  std::call_once(sentences_once_, [this] { sentences_ = text::Sentences(text()); });
  return sentences_;
}

v1::TextSpan Revision::SentenceAt(uint32_t byte) const {
  const text::Range sentence = text::SentenceAround(sentences(), byte);
  return MakeTextSpan(*this, sentence.begin, sentence.end);
}

v1::TextSpan MakeTextSpan(const Revision& revision, uint32_t begin_byte, uint32_t end_byte) {
  text::Span span = text::MakeSpan(revision.text(), revision.chars(), begin_byte, end_byte);
  v1::TextSpan out;
  out.set_begin_byte(span.begin_byte);
  out.set_end_byte(span.end_byte);
  out.set_begin_char(span.begin_char);
  out.set_end_char(span.end_char);
  out.set_exact(std::move(span.exact));
  return out;
}

}  // namespace verbatim::article
