// SPDX-License-Identifier: Apache-2.0
#include "core/log/copy.h"

#include "core/base/limits.h"
#include "core/log/body.h"
#include "core/log/body_value.h"
#include "core/log/header_view.h"
#include "core/log/log_keys.h"
#include "core/log/rebuild.h"
#include "core/store/keys.h"
#include "fmt/format.h"

namespace verbatim::log {
namespace {

absl::Status CheckHeader(const HeaderView& header) {
  if (header.bytes.size() > limits::kHeaderBytesMax) {
    return absl::DataLossError(fmt::format("a header of {} bytes, and {} is the most",
                                           header.bytes.size(), limits::kHeaderBytesMax));
  }
  if (header.stream.empty() || header.type.empty() || header.actor_kind == ActorKind::kNone) {
    return absl::DataLossError("a header without a stream, a type or an actor");
  }
  return absl::OkStatus();
}

absl::Status CheckBelongs(const HeaderView& header, const SaltedBody& body) {
  if (body.salt.size() != kSaltBytes) return absl::DataLossError("a salt has 16 bytes");
  if (body.body.size() != header.body_size ||
      base::AsView(BodyDigest(body.salt, body.body)) != header.body_digest) {
    return absl::DataLossError("the body is not the one that the header has the digest of");
  }
  return CheckBody(header.type, body.body);
}

}  // namespace

absl::StatusOr<LogCopy> LogCopy::Begin(const std::filesystem::path& folder,
                                       std::string_view archive_id, const LogOptions& options) {
  VB_ASSIGN_OR_RETURN(std::unique_ptr<EventLog> log,
                      EventLog::Create(folder, std::string(archive_id), options));
  return LogCopy(std::move(log));
}

absl::Status LogCopy::Add(std::string_view bytes, std::optional<SaltedBody> body) {
  const auto wrong = [&](const absl::Status& status) {
    return base::WithContext(status, fmt::format("event {}", frontier_.size() + 1));
  };
  const absl::StatusOr<HeaderView> header = HeaderView::Parse(bytes);
  if (!header.ok()) return wrong(header.status());
  if (const absl::Status status = CheckHeader(*header); !status.ok()) return wrong(status);
  Held held{std::string(bytes), {}};
  if (body) {
    if (const absl::Status status = CheckBelongs(*header, *body); !status.ok()) {
      return wrong(status);
    }
    held.body = SealBody(body->salt, body->body, WantsCompression(header->type, body->body.size()));
  }
  held_bytes_ += held.header.size() + held.body.size();
  held_.push_back(std::move(held));
  frontier_.Append(merkle::LeafHash(bytes));
  if (held_.size() < limits::kCommitEventsMax && held_bytes_ < limits::kCommitBytesMax) {
    return absl::OkStatus();
  }
  return Write();
}

absl::Status LogCopy::AddCheckpoint(uint64_t size, std::string_view note) {
  if (size > frontier_.size() || note.size() > limits::kNoteBytesMax) {
    return absl::DataLossError(
        fmt::format("a checkpoint of {} events after event {}", size, frontier_.size()));
  }
  checkpoints_.emplace_back(size, note);
  return absl::OkStatus();
}

absl::Status LogCopy::Write() {
  VB_ASSIGN_OR_RETURN(const LogDbs dbs, LogDbs::Open(log_->env()));
  VB_ASSIGN_OR_RETURN(store::WriteTxn txn, log_->env().BeginWrite());
  uint64_t sequence = frontier_.size() - held_.size();
  for (const Held& held : held_) {
    const store::U64Key key(++sequence);
    VB_RETURN_IF_ERROR(txn.PutAppend(dbs.events, key.view(), held.header));
    if (held.body.empty()) continue;
    VB_RETURN_IF_ERROR(txn.PutAppend(dbs.bodies, key.view(), held.body));
  }
  for (const auto& [size, note] : checkpoints_) {
    VB_RETURN_IF_ERROR(txn.Put(dbs.checkpoints, store::U64Key(size).view(), note));
  }
  VB_RETURN_IF_ERROR(txn.Put(dbs.meta, kMetaFrontier, frontier_.Serialize()));
  VB_RETURN_IF_ERROR(txn.Commit());
  held_.clear();
  held_bytes_ = 0;
  checkpoints_.clear();
  return absl::OkStatus();
}

absl::StatusOr<VerifyReport> LogCopy::Finish() {
  VB_RETURN_IF_ERROR(Write());
  VB_RETURN_IF_ERROR(RebuildIndexes(*log_));
  VB_ASSIGN_OR_RETURN(VerifyReport report, Verify(*log_, {}));
  if (report.whole) return report;
  return absl::DataLossError(fmt::format(
      "what was copied is no whole log{}: {}",
      report.first_bad_sequence == 0 ? "" : fmt::format(", at @{}", report.first_bad_sequence),
      report.what));
}

}  // namespace verbatim::log
