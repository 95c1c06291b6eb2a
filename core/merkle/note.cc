// SPDX-License-Identifier: Apache-2.0
#include "core/merkle/note.h"

#include <openssl/evp.h>

#include <charconv>
#include <memory>
#include <optional>

#include "core/base/hex.h"
#include "fmt/format.h"

namespace verbatim::merkle {
namespace {

constexpr std::string_view kDash = "\xe2\x80\x94 ";  // an em dash and a blank
constexpr char kEd25519 = '\x01';                    // C2SP's byte for the algorithm
constexpr size_t kKeyIdBytes = 4;
constexpr size_t kSignatureBytes = 64;

struct OpenSslDeleter {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Key = std::unique_ptr<EVP_PKEY, OpenSslDeleter>;
using Context = std::unique_ptr<EVP_MD_CTX, OpenSslDeleter>;

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string ToBase64(std::string_view bytes) {
  std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), Bytes(bytes),
                                   static_cast<int>(bytes.size()));
  text.resize(static_cast<size_t>(size));
  return text;
}

// Only the one writing that ToBase64 gives: no blanks, no other padding.
std::optional<std::string> FromBase64(std::string_view text) {
  if (text.empty() || text.size() % 4 != 0) return std::nullopt;
  std::string bytes(text.size() / 4 * 3, '\0');
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()), Bytes(text),
                                   static_cast<int>(text.size()));
  if (size < 0) return std::nullopt;
  size_t padding = 0;
  while (padding < 2 && text[text.size() - 1 - padding] == '=') ++padding;
  bytes.resize(static_cast<size_t>(size) - padding);
  if (ToBase64(bytes) != text) return std::nullopt;
  return bytes;
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

// Takes the line at the front, without its newline; nothing when there is no whole line.
std::optional<std::string_view> TakeLine(std::string_view& text) {
  const size_t end = text.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
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
  const auto read = std::from_chars(size->data(), size->data() + size->size(), checkpoint.size);
  // One writing a number: no zeros before it.
  if (read.ec != std::errc() || fmt::format("{}", checkpoint.size) != *size) {
    return absl::InvalidArgumentError("a checkpoint's second line is the size in decimal");
  }
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
  const size_t first = text.find('+');
  const size_t second = text.find('+', first == std::string_view::npos ? first : first + 1);
  VerifyingKey key;
  if (second != std::string_view::npos) {
    key.name = text.substr(0, first);
    const auto bytes = FromBase64(text.substr(second + 1));
    if (bytes && bytes->size() == 1 + kEd25519KeyBytes && bytes->front() == kEd25519) {
      key.public_key = bytes->substr(1);
      if (IsName(key.name) && key.ToString() == text) return key;
    }
  }
  return absl::InvalidArgumentError(
      "this is no key of a verifier: it reads name+hash+key, as `verbatim checkpoint` prints it");
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

absl::StatusOr<std::string> SignNote(std::string_view text, const SigningKey& key) {
  if (text.empty() || text.back() != '\n' || text.find("\n\n") != std::string_view::npos) {
    return absl::InvalidArgumentError("a note is lines, none of them empty, each with its newline");
  }
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
