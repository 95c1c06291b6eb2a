// SPDX-License-Identifier: Apache-2.0
// OpenSSL's own functions for SHA-256: through EVP every digest costs as much again in look-ups,
// and five are made of each event.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "core/base/sha256.h"

#include <openssl/sha.h>

#include <new>

#include "core/base/check.h"

namespace verbatim::base {
namespace {

SHA256_CTX* Context(unsigned char* state) {
  return std::launder(reinterpret_cast<SHA256_CTX*>(state));
}

}  // namespace

Sha256Hasher::Sha256Hasher() {
  static_assert(sizeof(SHA256_CTX) <= sizeof state_ &&
                alignof(SHA256_CTX) <= alignof(Sha256Hasher));
  new (state_) SHA256_CTX;
  VB_CHECK(SHA256_Init(Context(state_)) == 1, "SHA-256 starts");
}

void Sha256Hasher::Update(std::string_view bytes) {
  VB_CHECK(SHA256_Update(Context(state_), bytes.data(), bytes.size()) == 1, "SHA-256 goes on");
}

Digest Sha256Hasher::Finish() {
  Digest digest;
  VB_CHECK(SHA256_Final(digest.data(), Context(state_)) == 1, "SHA-256 ends with 32 bytes");
  VB_CHECK(SHA256_Init(Context(state_)) == 1, "SHA-256 starts");
  return digest;
}

Digest Sha256(std::initializer_list<std::string_view> parts) {
  Sha256Hasher hasher;
  for (const std::string_view part : parts) hasher.Update(part);
  return hasher.Finish();
}

Digest Sha256(std::string_view bytes) { return Sha256({bytes}); }

std::string ToString(const Digest& digest) { return std::string(AsView(digest)); }

std::string_view AsView(const Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

}  // namespace verbatim::base
