// SPDX-License-Identifier: Apache-2.0
// The half of a copy that writes: batches of checked events into a log of their own, with every
// index, each event held against those before it. Private to the room.
#ifndef VERBATIM_CORE_LOG_COPY_WRITER_H_
#define VERBATIM_CORE_LOG_COPY_WRITER_H_

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/status.h"
#include "core/log/absences.h"
#include "core/log/annotation_runs.h"
#include "core/log/copy.h"
#include "core/log/header_view.h"
#include "core/log/log_dbs.h"
#include "core/merkle/frontier.h"
#include "core/merkle/tiles.h"
#include "core/store/env.h"
#include "core/store/txn.h"

namespace verbatim::log {

class CopyWriter {
 public:
  static absl::StatusOr<std::unique_ptr<CopyWriter>> Begin(const std::filesystem::path& folder,
                                                           std::string_view archive_id,
                                                           const LogOptions& options);

  // As LogCopy's of these names.
  absl::Status Add(absl::Span<const CopyBatch> batches);
  absl::StatusOr<VerifyReport> Finish();
  const merkle::Frontier& frontier() const { return frontier_; }

 private:
  CopyWriter(std::filesystem::path folder, std::string_view archive_id, const LogOptions& options)
      : folder_(std::move(folder)), archive_id_(archive_id), options_(options) {}

  struct Writers {
    store::WriteCursor events;
    store::WriteCursor bodies;
    std::optional<store::WriteCursor> ids;  // appends only: see PutId
    store::WriteCursor streams;
  };
  absl::Status WriteEvents(store::WriteTxn& txn, const CopyBatch& batch);
  absl::Status WriteEvent(store::WriteTxn& txn, Writers& writers, std::string_view stored,
                          const CopyBatch::Event& event);
  absl::Status WriteStream(store::WriteTxn& txn, Writers& writers, const HeaderView& header,
                           std::string_view sequence);
  absl::Status CheckFollows(const HeaderView& header, const CopyBatch::Event& event);

  const std::filesystem::path folder_;
  const std::string archive_id_;
  const LogOptions options_;
  std::unique_ptr<store::Env> env_;
  LogDbs dbs_;

  merkle::Frontier frontier_;
  merkle::TileBuilder tiles_;
  AnnotationRuns annotations_;
  std::string last_id_;  // greatest key of `ids`
  uint64_t recorded_at_us_ = 0;
  // Next version of the streams of one commit, by key.
  std::unordered_map<std::string, uint64_t> next_versions_;
  Absences absences_;
  VerifyReport report_;
};

}  // namespace verbatim::log

#endif  // VERBATIM_CORE_LOG_COPY_WRITER_H_
