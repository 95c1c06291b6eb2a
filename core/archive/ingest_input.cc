// SPDX-License-Identifier: Apache-2.0
#include "core/archive/ingest_input.h"

#include <filesystem>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/audit/erasure.h"
#include "core/base/hex.h"
#include "core/base/sha256.h"
#include "core/base/time_point.h"
#include "core/ingest/byte_stream.h"
#include "core/ingest/html_reader.h"
#include "core/ingest/limits.h"
#include "core/ingest/reading.h"
#include "verbatim/v1/archive.pb.h"

namespace verbatim::archive {
namespace {

constexpr size_t kHeadBytes = 64 * 1024;

// What decides how a document is read, beside its bytes: what a person says of it, and by which
// extractors.
std::string ReadingKey(const ingest::Given& given) {
  std::string key = absl::StrCat(std::string(ingest::kHtmlExtractorVersion), ",",
                                 std::string(ingest::kTextExtractorVersion));
  for (const std::string* said : {&given.title, &given.url, &given.outlet, &given.published,
                                  &given.language, &given.media_type})
    absl::StrAppend(&key, "\n", *said);
  return key;
}

// How far a file has been read: a container up to a byte and line of it. A document is one article
// (`input` is its id, `record` its revision), and all of its bytes tell whether it changed.
struct Known {
  v1::IngestCursor cursor;
  std::string key;  // of the file
  bool document = false;
};

// What tells a file from another that later bears its name. Absent for what is no file.
std::optional<Known> KnownBy(const ingest::Input& input, const ingest::Given& given) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(input.path, error)) return std::nullopt;
  const std::string path = std::filesystem::canonical(input.path, error).string();
  const uint64_t size = std::filesystem::file_size(input.path, error);
  auto stream = ingest::ByteStream::Open(input.path);
  if (error || !stream.ok()) return std::nullopt;
  stream->Need(kHeadBytes);
  Known known;
  known.document = ingest::IsDocument(stream->Peek(), given.media_type);
  if (known.document) stream->Need(limits::kDocumentBytesMax);
  base::Digest digest =
      base::Sha256(known.document ? stream->Peek() : stream->Peek().substr(0, kHeadBytes));
  if (known.document) digest = base::Sha256({base::ToString(digest), ReadingKey(given)});
  // A path is bytes, a message's string is UTF-8.
  known.key = base::ToHex(base::ToString(base::Sha256(path)));
  known.cursor.set_input(known.document ? "" : known.key);
  known.cursor.set_size(size);
  known.cursor.set_head_sha256(base::ToString(digest));
  return known;
}

bool IsSameFile(const v1::IngestCursor& a, const v1::IngestCursor& b) {
  return a.size() == b.size() && a.head_sha256() == b.head_sha256();
}

class Feeder {
 public:
  Feeder(Archive& archive, Ingester& ingester, const ingest::Input& input,
         const ingest::Given& given)
      : archive_(archive), ingester_(ingester), input_(input), known_(KnownBy(input, given)) {}

  absl::Status Run(const ingest::Given& given) {
    ingest::From from;
    VB_ASSIGN_OR_RETURN(const std::optional<v1::IngestCursor> before, Before());
    if (before && known_->document) {
      VB_ASSIGN_OR_RETURN(const bool stands, Stands(before->input()));
      if (stands) {
        return ingester_.Repeat(input_.name(), base::FromHex(before->input()).value(),
                                static_cast<uint32_t>(before->record()));
      }
    } else if (before && before->offset() >= before->size()) {
      return ingester_.Skip(input_.name(), {.byte = before->offset()},
                            "read before to its end, and unchanged since");
    } else if (before) {
      from = {before->offset(), before->record()};
    }
    VB_RETURN_IF_ERROR(ingest::ReadArticles(
        input_, given, from, [&](ingest::Reading reading) { return Take(std::move(reading)); }));
    return container_ ? Mark(known_ ? known_->cursor.size() : 0, 0) : absl::OkStatus();
  }

 private:
  // What an earlier run knew of this very file.
  absl::StatusOr<std::optional<v1::IngestCursor>> Before() const {
    if (!known_) return std::nullopt;
    VB_ASSIGN_OR_RETURN(const log::Snapshot snapshot, archive_.log().Read());
    VB_ASSIGN_OR_RETURN(const std::optional<std::string> kept, snapshot.Cursor(known_->key));
    v1::IngestCursor before;
    if (!kept || !before.ParseFromString(*kept) || !IsSameFile(before, known_->cursor))
      return std::nullopt;
    return before;
  }

  // Is this article in the archive, and was not erased?
  absl::StatusOr<bool> Stands(const std::string& stream) const {
    if (stream.empty() || !ingester_.TakesKnown()) return false;
    VB_ASSIGN_OR_RETURN(const log::Snapshot snapshot, archive_.log().Read());
    VB_ASSIGN_OR_RETURN(const auto version, snapshot.StreamVersion(stream));
    if (!version) return false;
    VB_ASSIGN_OR_RETURN(const auto erasure, audit::ErasureOf(snapshot, stream));
    return !erasure;
  }

  absl::Status Take(ingest::Reading reading) {
    InputPlace place = {std::move(reading.record), reading.byte, reading.line};
    // The record itself is read again after an interruption: then it is a duplicate.
    if (!place.record.empty()) {
      container_ = true;
      VB_RETURN_IF_ERROR(Mark(place.byte, place.line));
    }
    if (!reading.skipped.empty()) {
      return ingester_.Skip(input_.name(), std::move(place), std::move(reading.skipped));
    }
    std::optional<log::CursorUpdate> document;
    if (known_ && known_->document) {
      known_->cursor.set_offset(known_->cursor.size());
      document = {known_->key, known_->cursor.SerializeAsString()};
    }
    return ingester_.AddLater(input_.name(), std::move(reading.draft), reading.bytes,
                              std::move(place), std::move(document));
  }

  absl::Status Mark(uint64_t byte, uint64_t line) {
    if (!known_ || known_->document) return absl::OkStatus();
    known_->cursor.set_offset(byte);
    known_->cursor.set_record(line);
    return ingester_.Mark({known_->key, known_->cursor.SerializeAsString()});
  }

  Archive& archive_;
  Ingester& ingester_;
  const ingest::Input& input_;
  std::optional<Known> known_;
  bool container_ = false;
};

}  // namespace

absl::Status IngestInput(Archive& archive, Ingester& ingester, const ingest::Input& input,
                         const ingest::Given& given) {
  ingest::Given bounded = given;
  constexpr uint64_t kDayUs = uint64_t{86'400} * 1'000'000;
  if (bounded.not_after.empty()) bounded.not_after = base::FormatDay(archive.NowUs() + kDayUs);
  return Feeder(archive, ingester, input, given).Run(bounded);
}

}  // namespace verbatim::archive
