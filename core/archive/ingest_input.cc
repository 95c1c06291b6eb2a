// SPDX-License-Identifier: Apache-2.0
#include "core/archive/ingest_input.h"

#include <filesystem>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/base/hex.h"
#include "core/base/sha256.h"
#include "core/base/time_point.h"
#include "core/ingest/byte_stream.h"
#include "verbatim/v1/archive.pb.h"

namespace verbatim::archive {
namespace {

constexpr size_t kHeadBytes = 64 * 1024;

// What tells a file from another that later bears its name. Absent for what is no file.
std::optional<v1::IngestCursor> CursorOf(const ingest::Input& input) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(input.path, error)) return std::nullopt;
  const std::string path = std::filesystem::canonical(input.path, error).string();
  const uint64_t size = std::filesystem::file_size(input.path, error);
  auto stream = ingest::ByteStream::Open(input.path);
  if (error || !stream.ok()) return std::nullopt;
  stream->Need(kHeadBytes);
  v1::IngestCursor cursor;
  // A path is bytes, a message's string is UTF-8.
  cursor.set_input(base::ToHex(base::ToString(base::Sha256(path))));
  cursor.set_size(size);
  cursor.set_head_sha256(base::ToString(base::Sha256(stream->Peek().substr(0, kHeadBytes))));
  return cursor;
}

bool IsSameFile(const v1::IngestCursor& a, const v1::IngestCursor& b) {
  return a.size() == b.size() && a.head_sha256() == b.head_sha256();
}

class Feeder {
 public:
  Feeder(Archive& archive, Ingester& ingester, const ingest::Input& input)
      : archive_(archive), ingester_(ingester), input_(input), cursor_(CursorOf(input)) {}

  absl::Status Run(const ingest::Given& given) {
    ingest::From from;
    if (cursor_) {
      VB_ASSIGN_OR_RETURN(const log::Snapshot snapshot, archive_.log().Read());
      VB_ASSIGN_OR_RETURN(const std::optional<std::string> kept, snapshot.Cursor(cursor_->input()));
      v1::IngestCursor known;
      if (kept && known.ParseFromString(*kept) && IsSameFile(known, *cursor_)) {
        if (known.offset() >= known.size()) {
          return ingester_.Skip(input_.name(), {.byte = known.offset()},
                                "read before to its end, and unchanged since");
        }
        from = {known.offset(), known.record()};
      }
    }
    VB_RETURN_IF_ERROR(ingest::ReadArticles(
        input_, given, from, [&](ingest::Reading reading) { return Take(std::move(reading)); }));
    return container_ ? Mark(cursor_ ? cursor_->size() : 0, 0) : absl::OkStatus();
  }

 private:
  absl::Status Take(ingest::Reading reading) {
    InputPlace place = {std::move(reading.record), reading.byte, reading.line};
    // The record itself is read again after an interruption: then it is a duplicate.
    if (!place.record.empty() && (place.byte > 0 || place.line > 0)) {
      container_ = true;
      VB_RETURN_IF_ERROR(Mark(place.byte, place.line));
    }
    if (!reading.skipped.empty()) {
      return ingester_.Skip(input_.name(), std::move(place), std::move(reading.skipped));
    }
    return ingester_.AddLater(input_.name(), std::move(reading.draft), reading.bytes,
                              std::move(place));
  }

  absl::Status Mark(uint64_t byte, uint64_t line) {
    if (!cursor_) return absl::OkStatus();
    cursor_->set_offset(byte);
    cursor_->set_record(line);
    return ingester_.Mark({cursor_->input(), cursor_->SerializeAsString()});
  }

  Archive& archive_;
  Ingester& ingester_;
  const ingest::Input& input_;
  std::optional<v1::IngestCursor> cursor_;
  bool container_ = false;
};

}  // namespace

absl::Status IngestInput(Archive& archive, Ingester& ingester, const ingest::Input& input,
                         const ingest::Given& given) {
  ingest::Given bounded = given;
  constexpr uint64_t kDayUs = uint64_t{86'400} * 1'000'000;
  if (bounded.not_after.empty()) bounded.not_after = base::FormatDay(archive.NowUs() + kDayUs);
  return Feeder(archive, ingester, input).Run(bounded);
}

}  // namespace verbatim::archive
