// SPDX-License-Identifier: Apache-2.0
// A log made of another's events, exactly as they were: the same headers, the same salts and
// bodies, so the same root. How a log leaves a machine event by event and arrives on another.
//
//   VB_ASSIGN_OR_RETURN(LogCopy copy, LogCopy::Begin(folder, archive_id, options));
//   for (event : events) VB_RETURN_IF_ERROR(copy.Add(event.header, event.body));
//   VB_ASSIGN_OR_RETURN(VerifyReport whole, copy.Finish());
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

#include "core/base/status.h"
#include "core/log/event_log.h"
#include "core/log/verify.h"
#include "core/merkle/frontier.h"

namespace verbatim::log {

class LogCopy {
 public:
  // In a folder that holds no log. What was begun and not finished is no whole log: give the folder
  // a place of its own until Finish returned OK.
  static absl::StatusOr<LogCopy> Begin(const std::filesystem::path& folder,
                                       std::string_view archive_id, const LogOptions& options);

  // The next event. `header` is its leaf, byte by byte; no body: it was erased. kDataLoss when
  // header and body don't belong together, or no log of this program could have written them.
  absl::Status Add(std::string_view header, std::optional<SaltedBody> body);
  // A signed tree head that the log kept, of the events added so far or fewer.
  absl::Status AddCheckpoint(uint64_t size, std::string_view note);

  uint64_t events() const { return frontier_.size(); }
  // Of the events added so far.
  base::Digest Root() const { return frontier_.Root(); }

  // Makes the indexes, then verifies the whole log; kDataLoss when it isn't whole. Nothing may be
  // added after it.
  absl::StatusOr<VerifyReport> Finish();

 private:
  struct Held {
    std::string header;
    std::string body;  // as stored; empty: erased
  };
  explicit LogCopy(std::unique_ptr<EventLog> log) : log_(std::move(log)) {}
  absl::Status Write();

  std::unique_ptr<EventLog> log_;
  merkle::Frontier frontier_;
  std::vector<Held> held_;  // not written yet
  size_t held_bytes_ = 0;
  std::vector<std::pair<uint64_t, std::string>> checkpoints_;
};

}  // namespace verbatim::log

#endif  // VERBATIM_CORE_LOG_COPY_H_
