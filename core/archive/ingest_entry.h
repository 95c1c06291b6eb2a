// SPDX-License-Identifier: Apache-2.0
// One input on its way into the log, and the decision what it is: new, a revision, there already.
// Private to the ingester.
#ifndef VERBATIM_CORE_ARCHIVE_INGEST_ENTRY_H_
#define VERBATIM_CORE_ARCHIVE_INGEST_ENTRY_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/annotate/annotate.h"
#include "core/archive/copies.h"
#include "core/archive/ingesting.h"
#include "core/article/article_state.h"
#include "core/ingest/draft.h"
#include "core/log/prepare.h"
#include "core/log/snapshot.h"
#include "core/log/unit.h"

namespace verbatim::archive {

struct Entry {
  std::string input;
  absl::StatusOr<ingest::Draft> draft = absl::UnknownError("not made");
  InputPlace place = {};
  std::string skipped = {};
  std::optional<IngestResult> repeat = {};         // known without being read
  std::optional<log::CursorUpdate> document = {};  // to be kept once it is an article
  IngestResult result = {};
  article::ArticleState state = {};   // as the log has it, then with the pending events
  std::optional<uint64_t> seen = {};  // stream version that the unit is built on
  std::string same_text = {};         // another article with this text
  std::vector<Copy> copies = {};      // other articles with nearly this text
  std::string same_source = {};       // event id of the capture that holds these bytes
  bool reread = false;                // the latest revision's own bytes, by another extractor
  log::Unit unit = {};
  log::PreparedUnit prepared = {};  // from the unit
  std::vector<annotate::RunReport> runs = {};
  absl::Status status = {};  // the archive's own trouble
};

// Fills in what the log knows of the entry's draft, and its result's action. The draft's article
// becomes the one that it belongs to. Fails only on trouble of the archive's own.
absl::Status Decide(const log::Snapshot& snapshot, std::string_view archive_id,
                    const IngestOptions& options, Entry& entry);

// What an input that is one document, and an article now, leaves for the next run: entry.document
// with the article and revision that it became.
log::CursorUpdate DocumentCursor(const Entry& entry);

// Word for word the text of another article.
bool HasSameText(const Entry& entry);

}  // namespace verbatim::archive

#endif  // VERBATIM_CORE_ARCHIVE_INGEST_ENTRY_H_
