// SPDX-License-Identifier: Apache-2.0
// SHA-256 by OpenSSL, which uses the processor's instructions for it where there are any. Nothing
// is allocated.
#ifndef VERBATIM_CORE_BASE_SHA256_H_
#define VERBATIM_CORE_BASE_SHA256_H_

#include <array>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace verbatim::base {

using Digest = std::array<uint8_t, 32>;

// Of the parts, one after the other, with nothing between them.
Digest Sha256(std::initializer_list<std::string_view> parts);
Digest Sha256(std::string_view bytes);

// For input that comes in pieces. One thread at a time.
class Sha256Hasher {
 public:
  Sha256Hasher();
  Sha256Hasher(const Sha256Hasher&) = delete;
  Sha256Hasher& operator=(const Sha256Hasher&) = delete;
  void Update(std::string_view bytes);
  // The digest so far; the hasher starts anew.
  Digest Finish();

 private:
  alignas(8) unsigned char state_[112];
};

// The 32 bytes as a string (protos, keys) and as a view that lives as long as the digest.
std::string ToString(const Digest& digest);
std::string_view AsView(const Digest& digest);

}  // namespace verbatim::base

#endif  // VERBATIM_CORE_BASE_SHA256_H_
