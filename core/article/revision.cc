// SPDX-License-Identifier: Apache-2.0
#include "core/article/revision.h"

#include <utility>

#include "core/anchor/anchor.h"
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
  return anchor::MakeTextSpan(text(), chars(), sentence);
}

}  // namespace verbatim::article
