// SPDX-License-Identifier: Apache-2.0
// A log made of another's events, exactly as they were: the same headers, the same salts and
// bodies, so the same root. How a log leaves a machine event by event and arrives on another.
//
//   VB_ASSIGN_OR_RETURN(LogCopy copy, LogCopy::Begin(folder, archive_id, options));
//   for (event : events) VB_RETURN_IF_ERROR(batch.Add(event.header, event.body));
//   VB_RETURN_IF_ERROR(copy.Add({&batch, 1}));
//   VB_ASSIGN_OR_RETURN(VerifyReport whole, copy.Finish());
//
// Everything that a full verify asks of a log is asked of the events while they are at hand, so
// that what was written need not be read again: headers are the leaves of the tree, each body has
// the digest that its header gives, times rise, streams have no gaps, no id is there twice, index
// entries follow from the events, and whatever body is absent was erased by an event.
#ifndef VERBATIM_CORE_LOG_COPY_H_
#define VERBATIM_CORE_LOG_COPY_H_

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/types/span.h"
#include "core/base/status.h"
#include "core/log/event_log.h"
#include "core/log/index_entries.h"
#include "core/log/verify.h"
#include "core/merkle/hash.h"

namespace verbatim::log {

// Events in their order, checked each for itself, digested and compressed: all that needs no log.
// Batches may be filled by several threads, one each.
class CopyBatch {
 public:
  // The next event. `header` is its leaf, byte by byte; no salt: its body was erased. kDataLoss
  // when header and body don't belong together, or no log of this program could have written them.
  absl::Status Add(std::string_view header, std::string_view salt, std::string_view body);
  // A signed tree head that the log kept, of this batch's events so far and all before them.
  absl::Status AddCheckpoint(std::string_view note);

  size_t size() const { return events_.size(); }
  // Without events again; its memory stays, to be filled anew.
  void Clear();

 private:
  friend class CopyWriter;
  struct Event {
    size_t begin = 0;  // in bytes_: the header, then the stored body
    size_t header_bytes = 0;
    size_t body_bytes = 0;  // as stored; 0: erased
    merkle::Hash leaf;
    IndexEntries entries;
    std::vector<uint64_t> erases;  // sequences whose bodies it says were erased
    std::string archive_id;        // of the event that says it
  };
  std::string bytes_;
  std::vector<Event> events_;
  std::vector<std::pair<size_t, std::string>> checkpoints_;  // after so many events
};

class LogCopy {
 public:
  // In a folder that holds no log. Nothing is flushed before Finish, and what was begun and not
  // finished is no whole log: give the folder a place of its own until Finish returned OK.
  static absl::StatusOr<LogCopy> Begin(const std::filesystem::path& folder,
                                       std::string_view archive_id, const LogOptions& options);
  LogCopy(LogCopy&&) noexcept;
  LogCopy& operator=(LogCopy&&) noexcept;
  ~LogCopy();

  // The events after those added so far, in one commit. kDataLoss names the first that can't follow
  // the ones before it. Any thread, one at a time.
  absl::Status Add(absl::Span<const CopyBatch> batches);

  uint64_t events() const;
  // Of the events added so far.
  base::Digest Root() const;

  // Everything on the disk, and compared with what was added; kDataLoss when it isn't whole.
  // Nothing may be added after it.
  absl::StatusOr<VerifyReport> Finish();

 private:
  explicit LogCopy(std::unique_ptr<class CopyWriter> writer);
  std::unique_ptr<class CopyWriter> writer_;
};

}  // namespace verbatim::log

#endif  // VERBATIM_CORE_LOG_COPY_H_
