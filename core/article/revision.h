// SPDX-License-Identifier: Apache-2.0
// One text version of an article. Never changes; shared by all states that hold it.
#ifndef VERBATIM_CORE_ARTICLE_REVISION_H_
#define VERBATIM_CORE_ARTICLE_REVISION_H_

#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

#include "verbatim/text/utf8.h"
#include "verbatim/v1/annotation.pb.h"
#include "verbatim/v1/article.pb.h"

namespace verbatim::article {

// How a revision came about.
enum class Origin : uint8_t {
  kIngested,     // the first
  kRevised,      // the publisher's edit
  kReextracted,  // a later extractor over the same bytes
};

class Revision {
 public:
  // `sequence` and `recorded_at_us` are 0 while the event is not in the log yet.
  Revision(uint32_t number, Origin origin, bool minor, v1::ArticleContent content,
           uint64_t sequence, uint64_t recorded_at_us, std::string event_id);
  Revision(const Revision&) = delete;
  Revision& operator=(const Revision&) = delete;

  uint32_t number() const { return number_; }  // 0-based
  Origin origin() const { return origin_; }
  bool minor() const { return minor_; }
  const v1::ArticleContent& content() const { return content_; }
  const std::string& text() const { return content_.text(); }
  uint64_t sequence() const { return sequence_; }
  uint64_t recorded_at_us() const { return recorded_at_us_; }
  const std::string& event_id() const { return event_id_; }

  // Made at the first call, then kept. Thread-safe.
  const text::CharMap& chars() const;
  const std::vector<text::Range>& sentences() const;

  // The sentence that holds the byte, as a span; unset spans (0, 0, "") when the text has none.
  v1::TextSpan SentenceAt(uint32_t byte) const;

 private:
  uint32_t number_;
  Origin origin_;
  bool minor_;
  v1::ArticleContent content_;
  uint64_t sequence_;
  uint64_t recorded_at_us_;
  std::string event_id_;
  mutable std::once_flag chars_once_;
  mutable text::CharMap chars_;
  mutable std::once_flag sentences_once_;
  mutable std::vector<text::Range> sentences_;
};

}  // namespace verbatim::article

#endif  // VERBATIM_CORE_ARTICLE_REVISION_H_
