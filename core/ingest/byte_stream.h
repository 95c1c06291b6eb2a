// SPDX-License-Identifier: Apache-2.0
// An input read in pieces, gzip or not, in a fixed amount of memory. It knows at which byte of the
// file it stands, so that what is wrong can be named and a reader can go on there later.
//
//   VB_ASSIGN_OR_RETURN(ByteStream stream, ByteStream::Open("crawl.warc.gz"));
//   while (stream.Need(1)) Use(stream.Take(stream.buffered()));
//   if (!stream.status().ok()) ...   // damage; what came before it is whole
#ifndef VERBATIM_CORE_INGEST_BYTE_STREAM_H_
#define VERBATIM_CORE_INGEST_BYTE_STREAM_H_

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/files.h"
#include "core/base/status.h"

namespace verbatim::ingest {

class ByteStream {
 public:
  // "-" is standard input. Errors begin with "unreadable" or "not-regular".
  static absl::StatusOr<ByteStream> Open(const std::filesystem::path& path);
  // Over bytes in memory, which are copied.
  static ByteStream Of(std::string_view bytes);
  ByteStream(ByteStream&&) noexcept;
  ByteStream& operator=(ByteStream&&) noexcept;
  ~ByteStream();

  // Makes at least `bytes` bytes visible; false when the input ends, or is damaged, before that.
  bool Need(size_t bytes);
  // What is visible. Valid until the next call of anything here.
  std::string_view Peek() const;
  // Goes on by `bytes`, which must be visible.
  void Skip(size_t bytes);

  // Up to and without the next line end (LF or CR LF), gone past it. kResourceExhausted when there
  // is none within `bytes_max`; kOutOfRange at the end.
  absl::StatusOr<std::string> ReadLine(size_t bytes_max);
  // Did the last line end with the input, and not with a line end?
  bool line_cut() const;

  // The byte of the file that belongs to the next one: exact in a plain file; in gzip, where the
  // member began that it comes from.
  uint64_t offset() const;
  // Where the gzip member began that was read last: after damage the damaged one.
  uint64_t member() const;
  // Bytes read of the file so far, for progress.
  uint64_t read() const;
  // Is the input gzip?
  bool gzip() const;
  // OK, or the damage that ended it: "truncated-gzip at byte N", "damaged-gzip at byte N",
  // "crc-mismatch at byte N" (what the member gave so far is not what was packed),
  // "trailing-garbage at byte N", "too-large-expanded at byte N".
  const absl::Status& status() const;
  // After damage: on at the next gzip member whose content begins with these bytes, everything
  // before it given up. False when there is none.
  bool Resync(std::string_view begins);
  // In a file: on at this byte, which must begin a member (or anything in a plain file).
  absl::Status Seek(uint64_t byte);

 private:
  class State;
  explicit ByteStream(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace verbatim::ingest

#endif  // VERBATIM_CORE_INGEST_BYTE_STREAM_H_
