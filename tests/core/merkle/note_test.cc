// SPDX-License-Identifier: Apache-2.0
// Checkpoints and the notes that carry them.
#include "core/merkle/note.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "core/base/hex.h"

namespace verbatim::merkle {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;

SigningKey KeyOf(std::string name, char fill) {
  return SigningKey::FromSeed(std::move(name), std::string(32, fill)).value();
}

const Checkpoint kCheckpoint = {"verbatim/0011", 20'852, LeafHash("root")};

TEST(Note, HasTheKeysOfRfc8032) {
  // Section 7.1, test 1.
  const auto seed =
      base::FromHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
  const SigningKey key = SigningKey::FromSeed("test", *seed).value();
  EXPECT_EQ(base::ToHex(key.verifying_key().public_key),
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
}

// The key and the note that implementations of signed notes share as their reference vector.
constexpr std::string_view kReferenceVerifier =
    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
constexpr std::string_view kReferenceSigner =
    "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
constexpr std::string_view kReferenceText =
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n";
constexpr std::string_view kReferenceSignature =
    "\n\xe2\x80\x94 PeterNeumann "
    "x08go/ZJkuBS9UG/"
    "SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

TEST(Note, TheReferenceNoteOpensAndIsSignedTheSame) {
  const std::string note = std::string(kReferenceText) + std::string(kReferenceSignature);
  const VerifyingKey verifier = VerifyingKey::Parse(kReferenceVerifier).value();
  EXPECT_EQ(OpenNote(note, verifier).value(), kReferenceText);
  const SigningKey signer = SigningKey::Parse(kReferenceSigner).value();
  EXPECT_EQ(signer.verifying_key(), verifier);
  EXPECT_EQ(signer.ToString(), kReferenceSigner);
  EXPECT_EQ(SignNote(kReferenceText, signer).value(), note);
}

TEST(Note, ATextMayHaveBlankLines) {
  // The signatures follow the last one: the first paragraph is no note by itself.
  const SigningKey key = KeyOf("archive", 'a');
  const std::string signed_note = SignNote("two\n", key).value();
  EXPECT_FALSE(OpenNote("one\n\n" + signed_note, key.verifying_key()).ok());
}

TEST(Note, SigningKeysAreReadAsTheyAreWritten) {
  const SigningKey key = KeyOf("archive", 'a');
  const std::string text = key.ToString();
  EXPECT_EQ(SigningKey::Parse(text).value().seed(), key.seed());
  for (size_t i = 0; i < text.size(); ++i) {
    std::string changed = text;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_FALSE(SigningKey::Parse(changed).ok() &&
                 SigningKey::Parse(changed)->verifying_key() == key.verifying_key());
    EXPECT_FALSE(SigningKey::Parse(text.substr(0, i)).ok());
  }
  EXPECT_FALSE(SigningKey::Parse(text + "\n").ok());
  EXPECT_FALSE(SigningKey::Parse(key.verifying_key().ToString()).ok());
}

TEST(Note, ControlCharactersAndBrokenUtf8AreRefused) {
  const SigningKey key = KeyOf("archive", 'a');
  const std::string note = SignNote("line\n", key).value();
  for (const std::string text : {"tab\there\n", "return\r\n", "\xff\n", "\x01\n"}) {
    EXPECT_FALSE(SignNote(text, key).ok()) << text;
    const auto opened = OpenNote(text + note.substr(5), key.verifying_key());
    EXPECT_THAT(std::string(opened.status().message()),
                AnyOf(HasSubstr("control character"), HasSubstr("not UTF-8")));
  }
}

TEST(Note, SixteenSignaturesAreNotTooMany) {
  const std::string text = CheckpointText(kCheckpoint);
  std::string note = text + "\n";
  for (char c = 'a'; c < 'a' + 16; ++c) {
    note += SignNote(text, KeyOf(std::string("witness/") + c, c)).value().substr(text.size() + 1);
  }
  EXPECT_EQ(OpenNote(note, KeyOf("witness/p", 'p').verifying_key()).value(), text);
}

TEST(Note, ACheckpointIsThreeLines) {
  const std::string text = CheckpointText(kCheckpoint);
  EXPECT_EQ(text.substr(0, 20), "verbatim/0011\n20852\n");
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 3);
  const Checkpoint again = ParseCheckpoint(text).value();
  EXPECT_EQ(again.origin, kCheckpoint.origin);
  EXPECT_EQ(again.size, kCheckpoint.size);
  EXPECT_EQ(again.root, kCheckpoint.root);
  EXPECT_TRUE(ParseCheckpoint(text + "more\n").ok());
}

TEST(Note, WhatIsNoCheckpointIsRefused) {
  const std::string text = CheckpointText(kCheckpoint);
  for (const std::string& bad :
       {std::string(), std::string("a\n"), std::string("a\n1\n"), "a\n01\n" + text.substr(20),
        "a\n-1\n" + text.substr(20), std::string("a\n1\nAAAA\n"), text.substr(0, text.size() - 1),
        "\n1\n" + text.substr(20)}) {
    EXPECT_TRUE(absl::IsInvalidArgument(ParseCheckpoint(bad).status())) << bad;
  }
}

TEST(Note, ASignedNoteOpensWithItsKeyAndNoOther) {
  const SigningKey key = KeyOf("archive", 'a');
  const std::string text = CheckpointText(kCheckpoint);
  const std::string note = SignNote(text, key).value();
  EXPECT_EQ(OpenNote(note, key.verifying_key()).value(), text);
  EXPECT_FALSE(OpenNote(note, KeyOf("archive", 'b').verifying_key()).ok());
  EXPECT_FALSE(OpenNote(note, KeyOf("other", 'a').verifying_key()).ok());
}

TEST(Note, SignaturesOfOthersArePassedOver) {
  const std::string text = CheckpointText(kCheckpoint);
  const std::string note = SignNote(text, KeyOf("archive", 'a')).value();
  const std::string other = SignNote(text, KeyOf("witness", 'w')).value();
  const std::string both = note + other.substr(text.size() + 1);
  EXPECT_EQ(OpenNote(both, KeyOf("archive", 'a').verifying_key()).value(), text);
  EXPECT_EQ(OpenNote(both, KeyOf("witness", 'w').verifying_key()).value(), text);
}

TEST(Note, EveryFlippedBitOfANoteIsSeen) {
  const SigningKey key = KeyOf("archive", 'a');
  const std::string note = SignNote(CheckpointText(kCheckpoint), key).value();
  for (size_t bit = 0; bit < note.size() * 8; ++bit) {
    std::string flipped = note;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
    EXPECT_FALSE(OpenNote(flipped, key.verifying_key()).ok()) << bit;
  }
  for (size_t size = 0; size < note.size(); ++size) {
    EXPECT_FALSE(OpenNote(note.substr(0, size), key.verifying_key()).ok()) << size;
  }
}

TEST(Note, VerifierKeysAreReadAsTheyAreWritten) {
  const VerifyingKey key = KeyOf("archive", 'a').verifying_key();
  const VerifyingKey again = VerifyingKey::Parse(key.ToString()).value();
  EXPECT_EQ(again.name, key.name);
  EXPECT_EQ(again.public_key, key.public_key);
  for (const std::string& bad :
       {std::string("x"), std::string("a+b+c"), key.ToString() + "=", "b" + key.ToString()}) {
    EXPECT_FALSE(VerifyingKey::Parse(bad).ok()) << bad;
  }
}

TEST(Note, OnlyLinesAreSigned) {
  const SigningKey key = KeyOf("archive", 'a');
  for (const std::string_view bad : {"", "no newline", "two\n\nparagraphs\n"}) {
    EXPECT_FALSE(SignNote(bad, key).ok());
  }
  EXPECT_FALSE(SigningKey::FromSeed("two words", std::string(32, 'a')).ok());
  EXPECT_FALSE(SigningKey::FromSeed("archive", "short").ok());
}

}  // namespace
}  // namespace verbatim::merkle
