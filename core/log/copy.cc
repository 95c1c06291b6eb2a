// SPDX-License-Identifier: Apache-2.0
#include "core/log/copy.h"

#include "core/base/limits.h"
#include "core/log/body.h"
#include "core/log/body_value.h"
#include "core/log/copy_writer.h"
#include "core/log/header_view.h"
#include "core/log/log_keys.h"
#include "fmt/format.h"
#include "verbatim/v1/archive.pb.h"
#include "verbatim/v1/article.pb.h"

namespace verbatim::log {
namespace {

constexpr std::string_view kArchiveCreated = "verbatim.v1.ArchiveCreated";

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

absl::Status CheckBelongs(const HeaderView& header, std::string_view salt, std::string_view body) {
  if (salt.size() != kSaltBytes) return absl::DataLossError("a salt has 16 bytes");
  if (body.size() != header.body_size ||
      base::AsView(BodyDigest(salt, body)) != header.body_digest) {
    return absl::DataLossError("the body is not the one that the header has the digest of");
  }
  return CheckBody(header.type, body);
}

}  // namespace

absl::Status CopyBatch::Add(std::string_view bytes, std::string_view salt, std::string_view body) {
  VB_ASSIGN_OR_RETURN(const HeaderView header, HeaderView::Parse(bytes));
  VB_RETURN_IF_ERROR(CheckHeader(header));
  Event event;
  event.begin = bytes_.size();
  event.header_bytes = bytes.size();
  event.leaf = merkle::LeafHash(bytes);
  if (salt.empty()) {
    event.entries = EntriesOfHeader(header.event_id, header.type);
    bytes_.append(bytes);
    events_.push_back(std::move(event));
    return absl::OkStatus();
  }
  VB_RETURN_IF_ERROR(CheckBelongs(header, salt, body));
  absl::StatusOr<IndexEntries> entries =
      EntriesOf(header.event_id, header.stream, header.type, body);
  if (!entries.ok()) return absl::DataLossError(entries.status().message());
  event.entries = *std::move(entries);
  if (header.type == kContentErased) {
    v1::ContentErased erased;
    if (erased.ParseFromArray(body.data(), static_cast<int>(body.size()))) {
      event.erases.assign(erased.erased().begin(), erased.erased().end());
    }
  } else if (header.type == kArchiveCreated) {
    v1::ArchiveCreated created;
    if (created.ParseFromArray(body.data(), static_cast<int>(body.size()))) {
      event.archive_id = created.archive_id();
    }
  }
  bytes_.append(bytes);
  event.body_bytes = AppendSealed(salt, body, WantsCompression(header.type, body.size()), bytes_);
  events_.push_back(std::move(event));
  return absl::OkStatus();
}

absl::Status CopyBatch::AddCheckpoint(std::string_view note) {
  if (note.size() > limits::kNoteBytesMax) {
    return absl::DataLossError(fmt::format("a checkpoint of {} bytes, and {} is the most",
                                           note.size(), limits::kNoteBytesMax));
  }
  checkpoints_.emplace_back(events_.size(), note);
  return absl::OkStatus();
}

void CopyBatch::Clear() {
  bytes_.clear();
  events_.clear();
  checkpoints_.clear();
}

absl::StatusOr<LogCopy> LogCopy::Begin(const std::filesystem::path& folder,
                                       std::string_view archive_id, const LogOptions& options) {
  VB_ASSIGN_OR_RETURN(std::unique_ptr<CopyWriter> writer,
                      CopyWriter::Begin(folder, archive_id, options));
  return LogCopy(std::move(writer));
}

LogCopy::LogCopy(std::unique_ptr<CopyWriter> writer) : writer_(std::move(writer)) {}
LogCopy::LogCopy(LogCopy&&) noexcept = default;
LogCopy& LogCopy::operator=(LogCopy&&) noexcept = default;
LogCopy::~LogCopy() = default;

absl::Status LogCopy::Add(absl::Span<const CopyBatch> batches) { return writer_->Add(batches); }
uint64_t LogCopy::events() const { return writer_->frontier().size(); }
base::Digest LogCopy::Root() const { return writer_->frontier().Root(); }
absl::StatusOr<VerifyReport> LogCopy::Finish() { return writer_->Finish(); }

}  // namespace verbatim::log
