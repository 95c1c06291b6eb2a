// SPDX-License-Identifier: Apache-2.0
// Signed tree heads: C2SP tlog-checkpoint texts in C2SP signed notes, signed with Ed25519. One line
// of text a fact, so that a checkpoint can be printed, committed or mailed, which is what makes it
// worth something (README.md).
//
//   std::string note = SignNote(CheckpointText({origin, size, root}), key).value();
//   VB_ASSIGN_OR_RETURN(std::string text, OpenNote(note, key.verifying_key()));
//   VB_ASSIGN_OR_RETURN(Checkpoint checkpoint, ParseCheckpoint(text));
#ifndef VERBATIM_CORE_MERKLE_NOTE_H_
#define VERBATIM_CORE_MERKLE_NOTE_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/status.h"
#include "core/merkle/hash.h"

namespace verbatim::merkle {

inline constexpr size_t kEd25519KeyBytes = 32;

struct Checkpoint {
  std::string origin;  // whose log it is: a line without blanks at its ends
  uint64_t size = 0;
  Hash root = {};
};

// Origin, size in decimal, root in base64, a line each.
std::string CheckpointText(const Checkpoint& checkpoint);
// Lines after the third are allowed and not read. kInvalidArgument when it is none.
absl::StatusOr<Checkpoint> ParseCheckpoint(std::string_view text);

// Who may be believed: the name that stands in the note's signature, and the key.
struct VerifyingKey {
  std::string name;        // no blanks, no '+'
  std::string public_key;  // 32 bytes

  // name+hash+base64, as C2SP writes a verifier key.
  std::string ToString() const;
  static absl::StatusOr<VerifyingKey> Parse(std::string_view text);
  friend bool operator==(const VerifyingKey&, const VerifyingKey&) = default;
};

class SigningKey {
 public:
  // From 32 bytes of randomness, which are the secret.
  static absl::StatusOr<SigningKey> FromSeed(std::string name, std::string_view seed);
  const VerifyingKey& verifying_key() const { return verifying_key_; }
  const std::string& seed() const { return seed_; }

  // PRIVATE+KEY+name+hash+base64, as Go's sumdb/note writes a signer's key. A secret.
  std::string ToString() const;
  static absl::StatusOr<SigningKey> Parse(std::string_view text);

 private:
  SigningKey() = default;
  std::string seed_;
  VerifyingKey verifying_key_;
};

// The text, a blank line, and the signature's line. kInvalidArgument: the text is not UTF-8 lines
// that end in a newline.
absl::StatusOr<std::string> SignNote(std::string_view text, const SigningKey& key);

// The text of a note that carries a good signature of that key; signatures of others are passed
// over. kInvalidArgument: it is no note, has no signature of this key, or a wrong one.
absl::StatusOr<std::string> OpenNote(std::string_view note, const VerifyingKey& key);

}  // namespace verbatim::merkle

#endif  // VERBATIM_CORE_MERKLE_NOTE_H_
