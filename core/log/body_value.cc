// SPDX-License-Identifier: Apache-2.0
#include "core/log/body_value.h"

#include <zstd.h>

#include <memory>

#include "core/base/check.h"
#include "core/base/limits.h"
#include "fmt/format.h"

namespace verbatim::log {
namespace {

// Of a few KiB, as the text of an article has, level 3 spends half as much time again and makes the
// result smaller by less than a hundredth; of a web page's bytes it is worth its time.
constexpr size_t kShortBodyBytes = 32 * 1024;
int ZstdLevel(size_t body_bytes) { return body_bytes <= kShortBodyBytes ? 1 : 3; }

constexpr size_t kPreambleBytes = 1 + kSaltBytes;
constexpr std::string_view kAnnotationTypes = "verbatim.v1.Annotation";
constexpr std::string_view kSourceType = "verbatim.v1.SourceCaptured";

struct ContextDeleter {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

}  // namespace

base::Digest BodyDigest(std::string_view salt, std::string_view body) {
  return base::Sha256({salt, body});
}

bool WantsCompression(std::string_view type, size_t body_bytes) {
  if (type.substr(0, kAnnotationTypes.size()) == kAnnotationTypes) return false;
  return type == kSourceType || body_bytes > limits::kPlainBodyBytesMax;
}

size_t AppendSealed(std::string_view salt, std::string_view body, bool compress,
                    std::string& values) {
  VB_CHECK(salt.size() == kSaltBytes, "a salt has 16 bytes");
  const size_t begin = values.size();
  values.push_back(kCodecPlain);
  values.append(salt);
  if (compress) {
    thread_local const std::unique_ptr<ZSTD_CCtx, ContextDeleter> context(ZSTD_createCCtx());
    VB_CHECK(context != nullptr, "memory to compress");
    values.resize(begin + kPreambleBytes + ZSTD_compressBound(body.size()));
    const size_t size = ZSTD_compressCCtx(context.get(), values.data() + begin + kPreambleBytes,
                                          values.size() - begin - kPreambleBytes, body.data(),
                                          body.size(), ZstdLevel(body.size()));
    const bool smaller = !ZSTD_isError(size) && size < body.size();
    values.resize(begin + kPreambleBytes + (smaller ? size : 0));
    if (smaller) {
      values[begin] = kCodecZstd;
      return kPreambleBytes + size;
    }
  }
  values.append(body);
  return kPreambleBytes + body.size();
}

std::string SealBody(std::string_view salt, std::string_view body, bool compress) {
  std::string value;
  AppendSealed(salt, body, compress, value);
  return value;
}

std::string_view SaltOf(std::string_view value) {
  if (value.size() < kPreambleBytes) return {};
  return value.substr(1, kSaltBytes);
}

absl::StatusOr<std::string> OpenBody(std::string_view value, uint64_t body_size,
                                     std::string_view body_digest) {
  std::string room;
  VB_ASSIGN_OR_RETURN(const std::string_view body, OpenBody(value, body_size, body_digest, room));
  if (body.data() == room.data()) return room;
  return std::string(body);
}

absl::StatusOr<std::string_view> OpenBody(std::string_view value, uint64_t body_size,
                                          std::string_view body_digest, std::string& room) {
  const std::string_view salt = SaltOf(value);
  if (salt.empty()) return absl::DataLossError("the stored body is cut short");
  if (body_size > limits::kBodyBytesMax) {
    return absl::DataLossError(fmt::format("the header gives a body of {} bytes", body_size));
  }
  const std::string_view stored = value.substr(kPreambleBytes);
  std::string_view body = stored;
  if (value[0] == kCodecZstd) {
    thread_local const std::unique_ptr<ZSTD_DCtx, ContextDeleter> context(ZSTD_createDCtx());
    VB_CHECK(context != nullptr, "memory to decompress");
    room.resize(body_size);
    const size_t size =
        ZSTD_decompressDCtx(context.get(), room.data(), room.size(), stored.data(), stored.size());
    if (ZSTD_isError(size) || size != body_size) {
      return absl::DataLossError("the stored body cannot be decompressed");
    }
    body = room;
  } else if (value[0] != kCodecPlain) {
    return absl::DataLossError(
        fmt::format("the stored body has codec {}, which this verbatim does not know",
                    static_cast<unsigned char>(value[0])));
  }
  if (body.size() != body_size) {
    return absl::DataLossError(
        fmt::format("the stored body has {} bytes, its header says {}", body.size(), body_size));
  }
  if (base::AsView(BodyDigest(salt, body)) != body_digest) {
    return absl::DataLossError("the stored body has another digest than its header says");
  }
  return body;
}

}  // namespace verbatim::log
