// SPDX-License-Identifier: Apache-2.0
#include "core/ingest/text_reader.h"

#include <zlib.h>

#include "absl/strings/str_cat.h"
#include "core/ingest/charset.h"
#include "core/ingest/limits.h"
#include "verbatim/text/utf8.h"

namespace verbatim::ingest {
namespace {

// Share of control characters from which bytes that are no UTF-8 are no text of another encoding.
constexpr double kNoiseShareMin = 0.02;

bool IsGzip(std::string_view bytes) {
  return bytes.size() > 2 && bytes[0] == '\x1f' && bytes[1] == '\x8b';
}

// Control characters that no text holds: all of C0 but tab, line ends and form feed.
unsigned IsControl(char c) {
  const auto byte = static_cast<unsigned char>(c);
  const unsigned blank = (byte == '\t') | (byte == '\n') | (byte == '\r') | (byte == '\f');
  return (static_cast<unsigned>(byte < 0x20) & ~blank) | (byte == 0x7f);
}

size_t CountControls(std::string_view bytes) {
  // Pieces of one fixed length, counted in a byte: the compiler takes a vector of them at a time.
  constexpr size_t kPiece = 128;
  size_t controls = 0;
  for (; bytes.size() >= kPiece; bytes.remove_prefix(kPiece)) {
    uint8_t found = 0;
    for (size_t i = 0; i < kPiece; ++i) found = static_cast<uint8_t>(found + IsControl(bytes[i]));
    controls += found;
  }
  for (const char c : bytes) controls += IsControl(c);
  return controls;
}

bool IsBlankOnly(std::string_view text) {
  return text.find_first_not_of(" \t\r\n\f\v") == std::string_view::npos;
}

absl::Status CheckControls(std::string_view text, size_t controls) {
  if (IsBlankOnly(text)) return absl::InvalidArgumentError("empty: there is no text in it");
  if (const size_t nul = text.find('\0'); nul != std::string_view::npos) {
    return absl::InvalidArgumentError(absl::StrCat("binary: a NUL at byte ", nul));
  }
  if (static_cast<double>(controls) > limits::kControlShareMax * static_cast<double>(text.size())) {
    return absl::InvalidArgumentError(
        absl::StrCat("binary: ", controls, " control characters in ", text.size(), " bytes"));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::string> Expand(std::string bytes) {
  if (!IsGzip(bytes)) return bytes;
  z_stream stream{};
  if (inflateInit2(&stream, 15 + 16) != Z_OK)
    return absl::ResourceExhaustedError("no memory to expand gzip");
  stream.next_in = reinterpret_cast<Bytef*>(bytes.data());
  stream.avail_in = static_cast<uInt>(bytes.size());
  std::string expanded;
  char buffer[1 << 16];
  absl::Status status;
  while (status.ok()) {
    stream.next_out = reinterpret_cast<Bytef*>(buffer);
    stream.avail_out = sizeof buffer;
    const int result = inflate(&stream, Z_NO_FLUSH);
    expanded.append(buffer, sizeof buffer - stream.avail_out);
    const size_t offset = bytes.size() - stream.avail_in;
    if (expanded.size() > limits::kExpandedBytesMax) {
      status = absl::ResourceExhaustedError(absl::StrCat("too-large: gzip expands to more than ",
                                                         limits::kExpandedBytesMax, " bytes"));
    } else if (result == Z_STREAM_END) {
      if (stream.avail_in == 0) break;
      inflateReset(&stream);
    } else if (result != Z_OK) {
      const bool cut = result == Z_BUF_ERROR;
      status = absl::InvalidArgumentError(
          absl::StrCat(cut ? "truncated-gzip" : "damaged-gzip", " at byte ", offset));
    }
  }
  inflateEnd(&stream);
  if (!status.ok()) return status;
  return expanded;
}

absl::Status CheckPlainText(std::string_view text) {
  VB_RETURN_IF_ERROR(CheckControls(text, CountControls(text)));
  if (const size_t bad = text::FirstInvalidByte(text); bad != std::string_view::npos) {
    return absl::InvalidArgumentError(
        absl::StrCat("invalid-utf8 at byte ", bad,
                     ": convert it first, for example with iconv -f windows-1252 -t utf-8"));
  }
  return absl::OkStatus();
}

absl::Status CheckReadable(std::string_view bytes) {
  using std::string_view_literals::operator""sv;
  const bool wide = bytes.substr(0, 2) == "\xFF\xFE" || bytes.substr(0, 2) == "\xFE\xFF" ||
                    bytes.substr(0, 4) == "\0\0\xFE\xFF"sv || !WideEncoding(bytes).empty();
  if (wide) return absl::OkStatus();
  const size_t controls = CountControls(bytes);
  VB_RETURN_IF_ERROR(CheckControls(bytes, controls));
  // Old encodings have no more controls than UTF-8 has; noise has them as often as letters.
  const bool noisy =
      static_cast<double>(controls) > kNoiseShareMin * static_cast<double>(bytes.size());
  if (!noisy || text::IsValidUtf8(bytes)) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(
      "binary: neither UTF-8 nor free of control characters, of which it has ", controls));
}

}  // namespace verbatim::ingest
