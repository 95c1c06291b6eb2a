// SPDX-License-Identifier: Apache-2.0
// A body as it is stored: codec byte, 16 bytes of salt, the body plain or compressed. The digest in
// the header is over the salt and the uncompressed body, so that a short body that was erased
// cannot be guessed from it.
#ifndef VERBATIM_CORE_LOG_BODY_VALUE_H_
#define VERBATIM_CORE_LOG_BODY_VALUE_H_

#include <string>
#include <string_view>

#include "core/base/sha256.h"
#include "core/base/status.h"

namespace verbatim::log {

inline constexpr size_t kSaltBytes = 16;
inline constexpr char kCodecPlain = '\x00';
inline constexpr char kCodecZstd = '\x01';

// SHA-256(salt || body).
base::Digest BodyDigest(std::string_view salt, std::string_view body);

// The stored value. `compress` is a wish: what compression makes no smaller stays plain.
std::string SealBody(std::string_view salt, std::string_view body, bool compress);
// The same at the end of `values`, for many in one piece of memory; returns its size.
size_t AppendSealed(std::string_view salt, std::string_view body, bool compress,
                    std::string& values);

// Annotation events stay plain, since replays read them most; captured sources and whatever would
// take pages of its own is compressed.
bool WantsCompression(std::string_view type, size_t body_bytes);

// The salt of a stored value; empty when it is too short to have one.
std::string_view SaltOf(std::string_view value);

// The body of a stored value, checked against the header's size and digest; kDataLoss otherwise.
absl::StatusOr<std::string> OpenBody(std::string_view value, uint64_t body_size,
                                     std::string_view body_digest);
// The same without a copy: a view of `value`, or of `room` where the body was compressed.
absl::StatusOr<std::string_view> OpenBody(std::string_view value, uint64_t body_size,
                                          std::string_view body_digest, std::string& room);

}  // namespace verbatim::log

#endif  // VERBATIM_CORE_LOG_BODY_VALUE_H_
