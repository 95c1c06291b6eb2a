// SPDX-License-Identifier: Apache-2.0
// Drafts into the log: what is new, what is a revision, what is there already; annotated before it
// is appended, so that an article, its annotations and its runs are one unit of work.
//
//   Ingester ingester(*archive, {}, [&](const IngestResult& result) { Print(result); });
//   VB_RETURN_IF_ERROR(ingester.Add("talks.txt", std::move(draft)));
//   VB_RETURN_IF_ERROR(ingester.Finish());
#ifndef VERBATIM_CORE_ARCHIVE_INGESTING_H_
#define VERBATIM_CORE_ARCHIVE_INGESTING_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/archive/archive.h"
#include "core/ingest/draft.h"
#include "core/ingest/reading.h"
#include "core/log/unit.h"

namespace verbatim::archive {

enum class IngestAction { kIngested, kRevised, kDuplicate, kFailed, kSkipped };

// "ingested", "revised", "duplicate", "failed", "skipped".
std::string_view ToText(IngestAction action);

// Which part of an input: a record of a container. All empty: the input itself.
struct InputPlace {
  std::string record = {};
  uint64_t byte = 0;
  uint64_t line = 0;
};

struct IngestResult {
  std::string input;
  InputPlace place = {};
  IngestAction action = IngestAction::kFailed;
  std::string article = {};  // 16 bytes; empty when it failed
  uint32_t revision = 0;
  std::string reason = {};  // why it failed or was skipped, or which annotator failed
  uint64_t annotations = 0;
};

struct IngestOptions {
  bool annotate = true;
  bool erased_too = false;  // takes an article in again that was erased
  bool dry_run = false;     // says what would happen; appends nothing
  std::string
      revises;  // an article (16 bytes) that the text is a new revision of; empty: as its URL says
  unsigned jobs = 0;  // drafting and annotating at once; 0: one a processor
};

class Ingester {
 public:
  using OnResult = std::function<void(const IngestResult&)>;

  // Results come in the order of the inputs, once they are durable. The archive must outlive it.
  Ingester(Archive& archive, IngestOptions options, OnResult on_result);
  ~Ingester();

  // Takes one input; a draft that could not be made counts as failed. The status is trouble of the
  // archive, after which nothing more goes in; what was reported stays.
  absl::Status Add(std::string input, absl::StatusOr<ingest::Draft> draft, InputPlace place = {});
  // The same for a draft of `bytes` bytes that is made by another thread, while others are
  // appended. `document` is kept once the input is an article: a v1::IngestCursor, to which the
  // article (as `input`, in hex) and its revision (as `record`) are added.
  absl::Status AddLater(std::string input, ingest::MakeDraft draft, uint64_t bytes,
                        InputPlace place = {}, std::optional<log::CursorUpdate> document = {});
  // An input that is known to be this article's revision without being read: a duplicate.
  absl::Status Repeat(std::string input, std::string article, uint32_t revision);
  // May inputs be known by what an earlier run made of them? Not where the options give them
  // another meaning.
  bool TakesKnown() const;
  // Something in an input that is no article; reported in its turn.
  absl::Status Skip(std::string input, InputPlace place, std::string why);
  // How far an input has been read: kept with the events of what was added so far, never before
  // them.
  absl::Status Mark(log::CursorUpdate cursor);
  // Appends what is still held.
  absl::Status Finish();

 private:
  class Work;
  std::unique_ptr<Work> work_;
};

}  // namespace verbatim::archive

#endif  // VERBATIM_CORE_ARCHIVE_INGESTING_H_
