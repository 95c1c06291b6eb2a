// SPDX-License-Identifier: Apache-2.0
#include "core/base/sha256.h"

#include <openssl/evp.h>

#include <memory>

#include "core/base/check.h"

namespace verbatim::base {
namespace {

const EVP_MD* Algorithm() {
  static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  VB_CHECK(algorithm != nullptr, "OpenSSL offers SHA-256");
  return algorithm;
}

EVP_MD_CTX* Context(void* context) { return static_cast<EVP_MD_CTX*>(context); }

void Begin(EVP_MD_CTX* context) {
  VB_CHECK(EVP_DigestInit_ex2(context, Algorithm(), nullptr) == 1, "SHA-256 starts");
}

}  // namespace

Sha256Hasher::Sha256Hasher() : context_(EVP_MD_CTX_new()) {
  VB_CHECK(context_ != nullptr, "memory for a digest context");
  Begin(Context(context_));
}

Sha256Hasher::~Sha256Hasher() { EVP_MD_CTX_free(Context(context_)); }

void Sha256Hasher::Update(std::string_view bytes) {
  VB_CHECK(EVP_DigestUpdate(Context(context_), bytes.data(), bytes.size()) == 1, "SHA-256 goes on");
}

Digest Sha256Hasher::Finish() {
  Digest digest;
  unsigned int size = 0;
  VB_CHECK(
      EVP_DigestFinal_ex(Context(context_), digest.data(), &size) == 1 && size == digest.size(),
      "SHA-256 ends with 32 bytes");
  Begin(Context(context_));
  return digest;
}

Digest Sha256(std::initializer_list<std::string_view> parts) {
  thread_local Sha256Hasher hasher;
  for (const std::string_view part : parts) hasher.Update(part);
  return hasher.Finish();
}

Digest Sha256(std::string_view bytes) { return Sha256({bytes}); }

std::string ToString(const Digest& digest) { return std::string(AsView(digest)); }

std::string_view AsView(const Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

}  // namespace verbatim::base
