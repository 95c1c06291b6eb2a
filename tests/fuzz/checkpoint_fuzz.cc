// SPDX-License-Identifier: Apache-2.0
// Checkpoints, signed notes and keys: what is read is written as it was read; nothing but a good
// signature opens a note.
#include <string>

#include "core/merkle/note.h"
#include "tests/fuzz/fuzz.h"

namespace verbatim::fuzz {
namespace {

const merkle::SigningKey& Key() {
  static const merkle::SigningKey key =
      merkle::SigningKey::FromSeed("fuzz.example", std::string(32, 'k')).value();
  return key;
}

}  // namespace

void Run(std::string_view bytes) {
  if (const auto checkpoint = merkle::ParseCheckpoint(bytes); checkpoint.ok()) {
    const std::string text = merkle::CheckpointText(*checkpoint);
    VB_CHECK(bytes.substr(0, text.size()) == text, "one writing of a checkpoint");
  }
  if (const auto key = merkle::VerifyingKey::Parse(bytes); key.ok()) {
    VB_CHECK(key->ToString() == bytes, "one writing of a key");
  }
  if (const auto key = merkle::SigningKey::Parse(bytes); key.ok()) {
    VB_CHECK(key->ToString() == bytes, "one writing of a signing key");
  }
  if (const auto text = merkle::OpenNote(bytes, Key().verifying_key()); text.ok()) {
    VB_CHECK(bytes.substr(0, text->size()) == *text, "a note begins with its text");
  }
  const auto note = merkle::SignNote(bytes, Key());
  if (!note.ok()) return;
  VB_CHECK(merkle::OpenNote(*note, Key().verifying_key()).value() == bytes,
           "what was signed opens");
}

}  // namespace verbatim::fuzz
