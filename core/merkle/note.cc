// SPDX-License-Identifier: Apache-2.0
#include "core/merkle/note.h"

#include <openssl/evp.h>

#include <memory>
#include <optional>

#include "core/base/base64.h"
#include "core/base/hex.h"
#include "core/merkle/lines.h"
#include "fmt/format.h"
#include "verbatim/text/utf8.h"

namespace verbatim::merkle {
namespace {

using base::FromBase64;
using base::ToBase64;

constexpr std::string_view kDash = "\xe2\x80\x94 ";  // an em dash and a blank
constexpr char kEd25519 = '\x01';                    // C2SP's byte for the algorithm
constexpr size_t kKeyIdBytes = 4;
constexpr size_t kSignatureBytes = 64;
constexpr std::string_view kSecret =
    "PRIVATE+KEY+";  // before a signer's key, as Go's notes have it

struct OpenSslDeleter {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Key = std::unique_ptr<EVP_PKEY, OpenSslDeleter>;
using Context = std::unique_ptr<EVP_MD_CTX, OpenSslDeleter>;

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

bool IsName(std::string_view name) {
  if (name.empty()) return false;
  for (const char c : name) {
    if (static_cast<unsigned char>(c) <= ' ' || c == '+' || c == '\x7f') return false;
  }
  return true;
}

std::string KeyId(const VerifyingKey& key) {
  const base::Digest digest =
      base::Sha256({key.name, "\n", std::string_view(&kEd25519, 1), key.public_key});
  return std::string(base::AsView(digest).substr(0, kKeyIdBytes));
}

struct KeyParts {
  std::string_view name;
  std::string key;  // 32 bytes
};

// Of name+hash+base64; the hash is not looked at.
std::optional<KeyParts> SplitKey(std::string_view text) {
  const size_t first = text.find('+');
  if (first == std::string_view::npos) return std::nullopt;
  const size_t second = text.find('+', first + 1);
  if (second == std::string_view::npos || !IsName(text.substr(0, first))) return std::nullopt;
  const auto bytes = FromBase64(text.substr(second + 1));
  if (!bytes || bytes->size() != 1 + kEd25519KeyBytes || bytes->front() != kEd25519) {
    return std::nullopt;
  }
  return KeyParts{text.substr(0, first), bytes->substr(1)};
}

bool GoodSignature(std::string_view text, std::string_view signature, const VerifyingKey& key) {
  const Key opened(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, Bytes(key.public_key),
                                               key.public_key.size()));
  const Context context(EVP_MD_CTX_new());
  return opened && context &&
         EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, opened.get()) == 1 &&
         EVP_DigestVerify(context.get(), Bytes(signature), signature.size(), Bytes(text),
                          text.size()) == 1;
}

absl::Status NoNote(std::string_view why) {
  return absl::InvalidArgumentError(fmt::format("this is no signed note: {}", why));
}

absl::Status CheckCharacters(std::string_view note) {
  for (const char c : note) {
    if (static_cast<unsigned char>(c) < ' ' && c != '\n') return NoNote("a control character");
  }
  return text::IsValidUtf8(note) ? absl::OkStatus() : NoNote("it is not UTF-8");
}

}  // namespace

std::string CheckpointText(const Checkpoint& checkpoint) {
  return fmt::format("{}\n{}\n{}\n", checkpoint.origin, checkpoint.size,
                     ToBase64(base::AsView(checkpoint.root)));
}

absl::StatusOr<Checkpoint> ParseCheckpoint(std::string_view text) {
  const auto origin = TakeLine(text);
  const auto size = TakeLine(text);
  const auto root = TakeLine(text);
  if (!origin || !size || !root || origin->empty()) {
    return absl::InvalidArgumentError("a checkpoint has three lines: origin, size, root");
  }
  Checkpoint checkpoint;
  checkpoint.origin = *origin;
  const auto number = ReadNumber(*size);
  if (!number) {
    return absl::InvalidArgumentError("a checkpoint's second line is the size in decimal");
  }
  checkpoint.size = *number;
  const auto hash = FromBase64(*root);
  if (!hash || hash->size() != kHashBytes) {
    return absl::InvalidArgumentError("a checkpoint's third line is the root in base64");
  }
  checkpoint.root = HashFrom(*hash);
  return checkpoint;
}

std::string VerifyingKey::ToString() const {
  return fmt::format("{}+{}+{}", name, base::ToHex(KeyId(*this)), ToBase64(kEd25519 + public_key));
}

absl::StatusOr<VerifyingKey> VerifyingKey::Parse(std::string_view text) {
  if (const auto parts = SplitKey(text)) {
    VerifyingKey key{std::string(parts->name), parts->key};
    if (key.ToString() == text) return key;
  }
  return absl::InvalidArgumentError(
      "this is no public key: it reads name+hash+base64, as `verbatim checkpoint --public-key` "
      "prints it");
}

absl::StatusOr<SigningKey> SigningKey::FromSeed(std::string name, std::string_view seed) {
  if (!IsName(name)) return absl::InvalidArgumentError("a key's name has no blanks and no '+'");
  const Key opened(
      EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, Bytes(seed), seed.size()));
  std::string public_key(kEd25519KeyBytes, '\0');
  size_t size = public_key.size();
  if (seed.size() != kEd25519KeyBytes || !opened ||
      EVP_PKEY_get_raw_public_key(opened.get(), reinterpret_cast<unsigned char*>(public_key.data()),
                                  &size) != 1) {
    return absl::InvalidArgumentError("a secret key has 32 bytes");
  }
  SigningKey key;
  key.seed_ = seed;
  key.verifying_key_ = {std::move(name), std::move(public_key)};
  return key;
}

std::string SigningKey::ToString() const {
  return fmt::format("{}{}+{}+{}", kSecret, verifying_key_.name, base::ToHex(KeyId(verifying_key_)),
                     ToBase64(kEd25519 + seed_));
}

absl::StatusOr<SigningKey> SigningKey::Parse(std::string_view text) {
  if (text.substr(0, kSecret.size()) == kSecret) {
    if (const auto parts = SplitKey(text.substr(kSecret.size()))) {
      absl::StatusOr<SigningKey> key = FromSeed(std::string(parts->name), parts->key);
      if (key.ok() && key->ToString() == text) return key;
    }
  }
  return absl::InvalidArgumentError(
      "this is no signing key: it reads PRIVATE+KEY+name+hash+base64, as `verbatim init` makes it");
}

absl::StatusOr<std::string> SignNote(std::string_view text, const SigningKey& key) {
  if (text.empty() || text.back() != '\n' || text.find("\n\n") != std::string_view::npos) {
    return absl::InvalidArgumentError("a note is lines, none of them empty, each with its newline");
  }
  VB_RETURN_IF_ERROR(CheckCharacters(text));
  const Key opened(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, Bytes(key.seed()),
                                                key.seed().size()));
  const Context context(EVP_MD_CTX_new());
  std::string signature(kSignatureBytes, '\0');
  size_t size = signature.size();
  if (!opened || !context ||
      EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, opened.get()) != 1 ||
      EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                     Bytes(text), text.size()) != 1) {
    return absl::InternalError("OpenSSL refused to sign");
  }
  return fmt::format("{}\n{}{} {}\n", text, kDash, key.verifying_key().name,
                     ToBase64(KeyId(key.verifying_key()) + signature));
}

absl::StatusOr<std::string> OpenNote(std::string_view note, const VerifyingKey& key) {
  VB_RETURN_IF_ERROR(CheckCharacters(note));
  const size_t blank = note.rfind("\n\n");
  if (blank == std::string_view::npos) return NoNote("no blank line before the signatures");
  const std::string_view text = note.substr(0, blank + 1);
  std::string_view signatures = note.substr(blank + 2);
  bool known = false;
  while (const auto line = TakeLine(signatures)) {
    if (line->substr(0, kDash.size()) != kDash) return NoNote("a signature begins with a dash");
    const std::string_view rest = line->substr(kDash.size());
    const size_t space = rest.find(' ');
    if (space == std::string_view::npos) return NoNote("a signature has a name and base64");
    const auto bytes = FromBase64(rest.substr(space + 1));
    if (!bytes || bytes->size() < kKeyIdBytes) return NoNote("a signature's base64");
    if (rest.substr(0, space) != key.name || bytes->substr(0, kKeyIdBytes) != KeyId(key)) continue;
    known = true;
    if (!GoodSignature(text, std::string_view(*bytes).substr(kKeyIdBytes), key)) {
      return absl::InvalidArgumentError(
          fmt::format("the signature of {} is not of this text", key.name));
    }
  }
  if (!signatures.empty()) return NoNote("the last line has no newline");
  if (!known) return absl::InvalidArgumentError(fmt::format("no signature of {}", key.name));
  return std::string(text);
}

}  // namespace verbatim::merkle
