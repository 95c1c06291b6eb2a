// SPDX-License-Identifier: Apache-2.0
// The bytes that an article was made from, read once more: what an extractor of today makes of
// them. What a person said when the article came in holds again.
#ifndef VERBATIM_CORE_INGEST_REREAD_H_
#define VERBATIM_CORE_INGEST_REREAD_H_

#include <string>

#include "core/base/status.h"
#include "core/ingest/draft.h"

namespace verbatim::ingest {

// `source` with its content; `before` is what was made of it then; nothing in it was published
// after the day `not_after`. Errors are those of the readers.
absl::StatusOr<Draft> DraftAgain(const v1::SourceCaptured& source, const v1::ArticleContent& before,
                                 std::string not_after);

// Is there a difference that a reader could see: text, what was left out of it, metadata?
bool ReadsOtherwise(const v1::ArticleContent& a, const v1::ArticleContent& b);

}  // namespace verbatim::ingest

#endif  // VERBATIM_CORE_INGEST_REREAD_H_
