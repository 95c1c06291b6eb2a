// SPDX-License-Identifier: Apache-2.0
// The index of annotation ids. They are digests, so spread over all keys: entered one by one, each
// would rewrite a page of its own. They are kept in sorted runs instead, one for every 256 events,
// and 16 runs side by side become one of the next level: an entry is written four times in all, in
// whole pages. Which runs there are, and every byte of them, follows from the events alone. What
// stands after the last full 256 is read from the headers. README.md is the format. Private to the
// room.
#ifndef VERBATIM_CORE_LOG_ANNOTATION_RUNS_H_
#define VERBATIM_CORE_LOG_ANNOTATION_RUNS_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "core/base/status.h"
#include "core/store/txn.h"

namespace verbatim::log {

using AnnotationKey = std::array<char, 16>;

// First 16 bytes of SHA-256, as base::AnnotationIdOf.
AnnotationKey AnnotationKeyOf(std::string_view event_id);
inline std::string_view IdView(const AnnotationKey& id) { return {id.data(), id.size()}; }

struct AnnotationEntry {
  AnnotationKey id;
  uint64_t sequence;  // of its AnnotationAdded
};

// Run n of level l is of the events from 256 * 16^l * n + 1 on, as many as 256 * 16^l.
struct RunId {
  unsigned level = 0;
  uint64_t number = 0;
  uint64_t events() const;
  uint64_t first_sequence() const { return number * events() + 1; }
  uint64_t last_sequence() const { return first_sequence() + events() - 1; }
};

inline constexpr uint64_t kRunEvents = 256;
// The runs of a log of that many events, in order of their events: a digit of the number of full
// 256s in base 16 says how many of its level there are.
std::vector<RunId> RunsOf(uint64_t events);

// Key and value of the parts of a run.
using RunParts = std::vector<std::pair<std::string, std::string>>;
RunParts PartsOf(RunId run, std::vector<AnnotationEntry> entries);
std::string RunKey(RunId run, std::string_view first_id);

// The entries of one run whose id is not below `from`, in order of id, until `visit` says false.
absl::Status FindInRun(const store::Txn& txn, store::Db db, RunId run, std::string_view from,
                       absl::FunctionRef<bool(const AnnotationEntry&)> visit);

// What an append needs: the entries of the events that no run holds yet.
class AnnotationRuns {
 public:
  AnnotationRuns() = default;
  // Over a log of `events` events, of which the last events % 256 gave `pending`.
  AnnotationRuns(uint64_t events, std::vector<AnnotationEntry> pending)
      : events_(events), pending_(std::move(pending)) {}

  // The next event of the log; nothing where it adds no annotation. Writes the run that it fills.
  absl::Status Append(store::WriteTxn& txn, store::Db db, const std::optional<AnnotationKey>& id);

 private:
  absl::Status WriteRun(store::WriteTxn& txn, store::Db db);

  uint64_t events_ = 0;
  std::vector<AnnotationEntry> pending_;
};

// Compares the runs with the events, given in order from the first of some run on.
class RunCheck {
 public:
  RunCheck(const store::Txn& txn, store::Db db, uint64_t events)
      : txn_(txn), db_(db), runs_(RunsOf(events)) {}

  // Sequences of annotations that the run ending with this event doesn't lead to.
  absl::StatusOr<std::vector<uint64_t>> Event(uint64_t sequence,
                                              const std::optional<AnnotationKey>& id);
  // Entries of the database that the runs seen account for.
  uint64_t parts() const { return parts_; }

 private:
  const store::Txn& txn_;
  store::Db db_;
  std::vector<RunId> runs_;
  size_t next_ = 0;     // in runs_
  bool whole_ = false;  // all events of this run were given
  std::vector<AnnotationEntry> entries_;
  uint64_t parts_ = 0;
};

}  // namespace verbatim::log

#endif  // VERBATIM_CORE_LOG_ANNOTATION_RUNS_H_
