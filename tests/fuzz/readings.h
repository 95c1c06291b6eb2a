// SPDX-License-Identifier: Apache-2.0
// What holds for everything that a reader hands over, whatever bytes it was given.
#ifndef VERBATIM_TESTS_FUZZ_READINGS_H_
#define VERBATIM_TESTS_FUZZ_READINGS_H_

#include "core/base/ids.h"
#include "core/ingest/reading.h"
#include "tests/fuzz/fuzz.h"
#include "verbatim/text/utf8.h"

namespace verbatim::fuzz {

inline void CheckDraft(const ingest::Draft& draft) {
  const v1::ArticleContent& content = draft.content;
  VB_CHECK(text::IsValidUtf8(content.text()), "a text is UTF-8");
  VB_CHECK(content.text().find('\0') == std::string::npos, "a text has no NUL");
  VB_CHECK(draft.article.size() == base::kIdBytes, "an article has an id");
  for (const v1::DroppedSpan& dropped : content.dropped()) {
    VB_CHECK(dropped.before_byte() <= content.text().size(), "what was dropped stood in the text");
    VB_CHECK(!dropped.reason().empty(), "what was dropped has a reason");
  }
  const std::string& published = content.metadata().published().value();
  VB_CHECK(published.empty() || published.size() >= 10, "a day at least");
  // Every string of the message: nothing else can be appended to a log.
  VB_CHECK(content.SerializeAsString().size() < (size_t{64} << 20), "a draft has bounds");
}

// Takes what a reader finds, and checks it.
inline ingest::OnReading Checking() {
  return [](ingest::Reading reading) {
    VB_CHECK(reading.skipped.empty() == (reading.draft != nullptr), "an article, or none");
    if (!reading.draft) return absl::OkStatus();
    if (const auto draft = reading.draft(); draft.ok()) CheckDraft(*draft);
    return absl::OkStatus();
  };
}

}  // namespace verbatim::fuzz

#endif  // VERBATIM_TESTS_FUZZ_READINGS_H_
