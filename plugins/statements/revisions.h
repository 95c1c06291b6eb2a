// SPDX-License-Identifier: Apache-2.0
// What changed from one revision of an article to the next, sentence by sentence.
#ifndef VERBATIM_PLUGINS_STATEMENTS_REVISIONS_H_
#define VERBATIM_PLUGINS_STATEMENTS_REVISIONS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "verbatim/text/utf8.h"

namespace verbatim::statements {

// As verbatim.statements.v1.Revision.Kind.
enum class RevisionKind : uint8_t { kNone, kEdited, kAdded, kDeleted, kMoved, kSplit, kMerged };

struct SentenceChange {
  RevisionKind kind = RevisionKind::kNone;
  int32_t from = -1;  // number of the (first) old sentence; -1: added
  int32_t to = -1;    // number of the (first) new sentence; -1: deleted
  std::string diff;   // [-old-] {+new+}; the sentence itself when it only moved
  std::vector<std::string> labels;
  bool in_quote = false;  // words between quotation marks changed
};

// In the order of the new text; a deleted sentence stands after the one that it followed. Sentences
// that stay as they are make no row. Bounded effort on any input.
std::vector<SentenceChange> CompareRevisions(std::string_view before, std::string_view after);

// What stands between double quotation marks, in order. A mark that is never closed holds to the
// end of its paragraph.
std::vector<text::Range> QuotedRanges(std::string_view text);

}  // namespace verbatim::statements

#endif  // VERBATIM_PLUGINS_STATEMENTS_REVISIONS_H_
