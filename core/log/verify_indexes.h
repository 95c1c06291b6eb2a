// SPDX-License-Identifier: Apache-2.0
// The half of verify that compares the indexes with the events, both ways: every event has its
// entries, and no entry is without its event. Private to the room.
#ifndef VERBATIM_CORE_LOG_VERIFY_INDEXES_H_
#define VERBATIM_CORE_LOG_VERIFY_INDEXES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/log/absences.h"
#include "core/log/annotation_runs.h"
#include "core/log/index_entries.h"
#include "core/log/snapshot.h"

namespace verbatim::log {

struct Finding {
  uint64_t sequence = 0;  // 0: no single event
  std::string what;
  std::string way_out;
  // Of what is derived from the record: an altered event makes entries of others look wrong.
  bool derived = false;
};

class IndexCheck {
 public:
  IndexCheck(const Snapshot& snapshot, bool bodies)
      : snapshot_(snapshot),
        bodies_(bodies),
        runs_(snapshot.txn(), snapshot.dbs().annotations, snapshot.head()) {}

  // ids, streams (with contiguous versions), annotations.
  std::vector<Finding> OfHeader(uint64_t sequence, const HeaderView& header);
  // digests and urls; which bodies may be absent.
  std::vector<Finding> OfBody(uint64_t sequence, const HeaderView& header,
                              const std::optional<std::string>& body);
  // After every event from 1 to the head.
  std::vector<Finding> AtTheEnd();

 private:
  using Findings = std::vector<Finding>;

  void Entries(uint64_t sequence, const IndexEntries& entries, Findings& findings);
  void Vouch(std::string_view db, std::string_view key, std::string_view value);
  bool Vouched(std::string_view db, std::string_view key, std::string_view value) const;
  void UnvouchedEntries(Findings& findings);
  void MissingBodies(Findings& findings);
  void Settings(Findings& findings);

  const Snapshot& snapshot_;
  const bool bodies_;
  RunCheck runs_;
  std::vector<uint64_t> vouched_;  // 64 bits of SHA-256 of entries that an event asked for
  Absences absences_;
  uint64_t last_erasure_ = 0;
  std::string archive_id_;  // of ArchiveCreated
};

}  // namespace verbatim::log

#endif  // VERBATIM_CORE_LOG_VERIFY_INDEXES_H_
