// SPDX-License-Identifier: Apache-2.0
#include "core/plugin/frames.h"

#include <unistd.h>

#include <array>
#include <cerrno>

#include "core/base/check.h"
#include "core/base/limits.h"
#include "fmt/format.h"
#include "verbatim/keys.h"

namespace verbatim::plugin {
namespace {

constexpr size_t kHeaderBytes = 5;
constexpr std::string_view kKinds = "cqfgrxlpdnFStTm!";
// Beyond this the read part of a buffer is given up.
constexpr size_t kCompactBytes = 1 << 20;

}  // namespace

std::string EncodeFrame(FrameKind kind, std::string_view payload) {
  VB_CHECK(payload.size() <= limits::kFrameBytesMax, "a frame's payload is bounded by its sender");
  return KeyWriter()
      .U32(static_cast<uint32_t>(payload.size()))
      .U8(static_cast<uint8_t>(kind))
      .Bytes(payload)
      .Take();
}

absl::StatusOr<std::optional<Frame>> FrameBuffer::Next() {
  const std::string_view rest = std::string_view(bytes_).substr(read_);
  if (rest.size() < kHeaderBytes) return std::nullopt;
  KeyReader header(rest);
  const size_t size = *header.U32();
  const char kind = static_cast<char>(*header.U8());
  if (kKinds.find(kind) == std::string_view::npos || size > limits::kFrameBytesMax) {
    return absl::InvalidArgumentError(
        fmt::format("no frame: kind {:#x}, {} bytes", static_cast<unsigned char>(kind), size));
  }
  if (rest.size() - kHeaderBytes < size) return std::nullopt;
  Frame frame{static_cast<FrameKind>(kind), std::string(rest.substr(kHeaderBytes, size))};
  read_ += kHeaderBytes + size;
  if (read_ == bytes_.size() || read_ > kCompactBytes) {
    bytes_.erase(0, read_);
    read_ = 0;
  }
  return frame;
}

void FrameSocket::Write(FrameKind kind, std::string_view payload) {
  const std::string frame = EncodeFrame(kind, payload);
  std::string_view rest = frame;
  while (!rest.empty()) {
    const ssize_t wrote = write(fd_, rest.data(), rest.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) _exit(0);
    rest.remove_prefix(static_cast<size_t>(wrote));
  }
}

std::optional<Frame> FrameSocket::Read() {
  std::array<char, 65536> chunk;
  while (true) {
    absl::StatusOr<std::optional<Frame>> frame = in_.Next();
    if (!frame.ok()) return std::nullopt;
    if (frame->has_value()) return **std::move(frame);
    const ssize_t got = read(fd_, chunk.data(), chunk.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return std::nullopt;
    in_.Append({chunk.data(), static_cast<size_t>(got)});
  }
}

}  // namespace verbatim::plugin
