// SPDX-License-Identifier: Apache-2.0
#include "core/log/snapshot.h"

#include <algorithm>

#include "core/log/body_value.h"
#include "core/log/log_keys.h"
#include "core/log/stored_body.h"
#include "core/log/upcast.h"
#include "core/store/keys.h"
#include "fmt/format.h"

namespace verbatim::log {
namespace {

absl::Status At(uint64_t sequence, const absl::Status& status) {
  return base::WithContext(status, fmt::format("event {}", sequence));
}

}  // namespace

absl::Status Snapshot::Renew() {
  body_place_.reset();
  VB_RETURN_IF_ERROR(txn_.Renew());
  return LoadHead();
}

absl::Status Snapshot::LoadHead() {
  VB_ASSIGN_OR_RETURN(const std::string_view frontier, txn_.Get(dbs_.meta, kMetaFrontier));
  store::KeyReader reader(frontier);
  const std::optional<uint64_t> size = reader.U64();
  if (!size) return absl::DataLossError("the frontier is cut short; run `verbatim verify`");
  head_ = *size;
  return absl::OkStatus();
}

absl::StatusOr<std::string_view> Snapshot::RawHeader(uint64_t sequence) const {
  if (sequence == 0 || sequence > head_) {
    return absl::NotFoundError(
        fmt::format("there is no event {}: the log has {}", sequence, head_));
  }
  VB_ASSIGN_OR_RETURN(const std::optional<std::string_view> header,
                      txn_.Find(dbs_.events, store::U64Key(sequence).view()));
  if (!header) return At(sequence, absl::DataLossError("its header is missing"));
  return *header;
}

absl::StatusOr<HeaderView> Snapshot::View(uint64_t sequence) const {
  VB_ASSIGN_OR_RETURN(const std::string_view bytes, RawHeader(sequence));
  absl::StatusOr<HeaderView> header = HeaderView::Parse(bytes);
  if (!header.ok()) return At(sequence, header.status());
  return header;
}

absl::StatusOr<v1::EventHeader> Snapshot::Header(uint64_t sequence) const {
  VB_ASSIGN_OR_RETURN(const std::string_view bytes, RawHeader(sequence));
  v1::EventHeader header;
  if (!header.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return At(sequence, absl::DataLossError("its header cannot be read"));
  }
  return header;
}

absl::StatusOr<std::optional<std::string>> Snapshot::Body(uint64_t sequence) const {
  VB_ASSIGN_OR_RETURN(const HeaderView header, View(sequence));
  return Body(sequence, header);
}

absl::StatusOr<std::optional<std::string>> Snapshot::Body(uint64_t sequence,
                                                          const HeaderView& header) const {
  VB_ASSIGN_OR_RETURN(std::optional<std::string> stored, StoredBody(*this, sequence, header));
  if (!stored) return stored;
  absl::StatusOr<std::string> body =
      UpcastersInForce().Upcast(header.type, header.schema, *std::move(stored));
  if (!body.ok()) return At(sequence, body.status());
  return std::optional<std::string>(*std::move(body));
}

absl::StatusOr<std::optional<std::string_view>> Snapshot::BodyValue(uint64_t sequence) const {
  if (!body_place_) {
    VB_ASSIGN_OR_RETURN(store::Cursor cursor, txn_.OpenCursor(dbs_.bodies));
    body_place_.emplace(std::move(cursor));
  }
  VB_ASSIGN_OR_RETURN(const bool there, body_place_->Find(store::U64Key(sequence).view()));
  if (!there) return std::optional<std::string_view>();
  return std::optional<std::string_view>(body_place_->entry().value);
}

absl::StatusOr<std::optional<std::string>> StoredBody(const Snapshot& snapshot, uint64_t sequence,
                                                      const HeaderView& header) {
  VB_ASSIGN_OR_RETURN(const std::optional<std::string_view> value, snapshot.BodyValue(sequence));
  if (!value) return std::optional<std::string>();
  absl::StatusOr<std::string> body = OpenBody(*value, header.body_size, header.body_digest);
  if (!body.ok()) return At(sequence, body.status());
  return std::optional<std::string>(*std::move(body));
}

absl::Status Snapshot::ScanHeaders(
    uint64_t from, uint64_t to, absl::FunctionRef<bool(uint64_t, const HeaderView&)> visit) const {
  uint64_t expected = std::max<uint64_t>(from, 1);
  to = std::min(to, head_);
  if (expected > to) return absl::OkStatus();
  VB_ASSIGN_OR_RETURN(store::Cursor cursor, txn_.OpenCursor(dbs_.events));
  VB_ASSIGN_OR_RETURN(bool there, cursor.Seek(store::U64Key(expected).view()));
  for (; expected <= to; ++expected) {
    if (!there || cursor.entry().key != store::U64Key(expected).view()) {
      return At(expected, absl::DataLossError("its header is missing"));
    }
    const absl::StatusOr<HeaderView> header = HeaderView::Parse(cursor.entry().value);
    if (!header.ok()) return At(expected, header.status());
    if (!visit(expected, *header)) return absl::OkStatus();
    if (expected == to) break;
    VB_ASSIGN_OR_RETURN(there, cursor.Next());
  }
  return absl::OkStatus();
}

absl::StatusOr<uint64_t> Snapshot::LastAtOrBefore(uint64_t time_us) const {
  uint64_t low = 0;  // recorded at or before
  uint64_t high = head_ + 1;
  while (high - low > 1) {
    const uint64_t middle = low + (high - low) / 2;
    VB_ASSIGN_OR_RETURN(const HeaderView header, View(middle));
    (header.recorded_at_us <= time_us ? low : high) = middle;
  }
  return low;
}

}  // namespace verbatim::log
