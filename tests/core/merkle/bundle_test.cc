// SPDX-License-Identifier: Apache-2.0
// Proof bundles: what is written is read back; one change anywhere is refused, also when the digest
// in the last line is made again; and parsing is total.
#include "core/merkle/bundle.h"

#include <gmock/gmock.h>

#include <random>

#include "tests/core/merkle/naive_tree.h"

namespace verbatim::merkle {
namespace {

using ::testing::HasSubstr;

constexpr size_t kLeaves = 11;

ProofBundle Bundle() {
  const Leaves leaves = MakeLeaves(kLeaves);
  const SigningKey key = SigningKey::FromSeed("log.example", std::string(32, 'k')).value();
  ProofBundle bundle;
  bundle.subject.kind = Subject::Kind::kAnnotation;
  bundle.subject.id = std::string(16, '\x5a');
  bundle.key = key.verifying_key();
  bundle.note = SignNote(CheckpointText({"log.example", kLeaves, NaiveRoot(leaves)}), key).value();
  for (const uint64_t sequence : {2u, 3u, 11u}) {
    ProvenEvent event;
    event.sequence = sequence;
    event.header = leaves[sequence - 1];
    event.proof = InclusionProof(sequence - 1, kLeaves, NaiveReader(leaves)).value();
    event.body_state = BodyState::kThere;
    event.salt = std::string(16, 's');
    event.body = std::string(sequence * 40, 'b');
    bundle.events.push_back(std::move(event));
  }
  bundle.events[1].body_state = BodyState::kErased;
  bundle.events[1].salt.clear();
  bundle.events[1].body.clear();
  return bundle;
}

bool Holds(const std::string& text) {
  const absl::StatusOr<ProofBundle> bundle = ParseBundle(text);
  return bundle.ok() && CheckProofs(*bundle).ok();
}

// With the digest of what now stands above it.
std::string Resealed(std::string text) {
  const size_t last = text.rfind("sha256 ");
  if (last == std::string::npos) return text;
  text.resize(last);
  return text + "sha256 " + base::ToHex(base::AsView(base::Sha256(text))) + "\n";
}

TEST(Bundle, IsReadAsItIsWritten) {
  const ProofBundle bundle = Bundle();
  const std::string text = EncodeBundle(bundle);
  const ProofBundle again = ParseBundle(text).value();
  EXPECT_EQ(again.subject.ToString(), "annotation " + base::ToHex(bundle.subject.id));
  EXPECT_EQ(again.key, bundle.key);
  EXPECT_EQ(again.note, bundle.note);
  ASSERT_EQ(again.events.size(), 3U);
  EXPECT_EQ(again.events[2].body, bundle.events[2].body);
  EXPECT_EQ(again.events[1].body_state, BodyState::kErased);
  EXPECT_EQ(EncodeBundle(again), text);
  EXPECT_EQ(CheckProofs(again).value().size, kLeaves);
}

TEST(Bundle, BodiesOfEverySizeAreWrapped) {
  for (const size_t size : {0u, 1u, 2u, 56u, 57u, 58u, 113u, 114u, 115u, 5000u}) {
    ProofBundle bundle = Bundle();
    bundle.events[0].body = std::string(size, 'x');
    const std::string text = EncodeBundle(bundle);
    EXPECT_EQ(ParseBundle(text).value().events[0].body.size(), size);
    EXPECT_TRUE(Holds(text));
  }
}

TEST(Bundle, EveryChangedBitIsSeenAlsoUnderAFreshDigest) {
  const std::string text = EncodeBundle(Bundle());
  const size_t sealed = text.rfind("sha256 ");
  for (size_t bit = 0; bit < text.size() * 8; ++bit) {
    std::string changed = text;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
    EXPECT_FALSE(Holds(changed)) << bit;
    if (bit / 8 >= sealed) continue;
    const std::string resealed = Resealed(changed);
    if (!Holds(resealed)) continue;
    // What is left are bytes that only the events' meaning binds: the subject, bodies and salts.
    const ProofBundle other = ParseBundle(resealed).value();
    const ProofBundle whole = Bundle();
    bool meaning = other.subject.id != whole.subject.id;
    for (size_t i = 0; i < whole.events.size(); ++i) {
      EXPECT_EQ(other.events[i].header, whole.events[i].header);
      meaning = meaning || other.events[i].body != whole.events[i].body ||
                other.events[i].salt != whole.events[i].salt;
    }
    EXPECT_TRUE(meaning) << bit;
  }
}

TEST(Bundle, AddedAndRemovedBytesAreSeen) {
  const std::string text = EncodeBundle(Bundle());
  const size_t sealed = text.rfind("sha256 ");
  for (size_t place = 0; place <= text.size(); ++place) {
    for (const char* added : {"\n", " ", "\r", "=", "0", "A"}) {
      std::string longer = text;
      longer.insert(place, added);
      EXPECT_FALSE(Holds(longer)) << place;
      EXPECT_FALSE(place < sealed && Holds(Resealed(longer))) << place;
    }
    if (place == text.size()) break;
    std::string shorter = text;
    shorter.erase(place, 1);
    EXPECT_FALSE(Holds(shorter)) << place;
    EXPECT_FALSE(place < sealed && Holds(Resealed(shorter))) << place;
    EXPECT_FALSE(Holds(text.substr(0, place))) << place;
  }
  std::string windows;
  for (const char c : text) windows += c == '\n' ? std::string("\r\n") : std::string(1, c);
  EXPECT_FALSE(Holds(windows));
  EXPECT_FALSE(Holds(text + text));
}

TEST(Bundle, EventsInAnotherOrderOrTwiceAreRefused) {
  ProofBundle bundle = Bundle();
  std::swap(bundle.events[0], bundle.events[1]);
  EXPECT_THAT(ParseBundle(EncodeBundle(bundle)).status().ToString(), HasSubstr("in order"));
  bundle = Bundle();
  bundle.events.push_back(bundle.events.back());
  EXPECT_FALSE(ParseBundle(EncodeBundle(bundle)).ok());
  bundle.events.clear();
  EXPECT_THAT(ParseBundle(EncodeBundle(bundle)).status().ToString(), HasSubstr("one event"));
}

TEST(Bundle, AProofOfAnotherEventOrTreeIsRefused) {
  ProofBundle bundle = Bundle();
  std::swap(bundle.events[0].proof, bundle.events[2].proof);
  EXPECT_THAT(CheckProofs(bundle).status().ToString(), HasSubstr("event @2"));
  bundle = Bundle();
  bundle.events[0].sequence = 1;
  EXPECT_FALSE(CheckProofs(bundle).ok());
  bundle = Bundle();
  const SigningKey other = SigningKey::FromSeed("log.example", std::string(32, 'o')).value();
  bundle.note = SignNote(CheckpointText({"log.example", kLeaves, EmptyRoot()}), other).value();
  EXPECT_THAT(CheckProofs(bundle).status().ToString(), HasSubstr("no signature"));
  bundle.key = other.verifying_key();
  EXPECT_THAT(CheckProofs(bundle).status().ToString(), HasSubstr("another root"));
}

TEST(Bundle, ASecondSignatureHasNoPlace) {
  ProofBundle bundle = Bundle();
  const std::string text = bundle.note.substr(0, bundle.note.find("\n\n") + 1);
  const SigningKey other = SigningKey::FromSeed("other", std::string(32, 'o')).value();
  bundle.note += SignNote(text, other).value().substr(text.size() + 1);
  EXPECT_FALSE(ParseBundle(EncodeBundle(bundle)).ok());
}

TEST(Bundle, NoBytesAreTooMuchForTheReader) {
  std::mt19937 random(20211020);
  const std::string text = EncodeBundle(Bundle());
  for (int i = 0; i < 20'000; ++i) {
    std::string bytes = text.substr(0, random() % (text.size() + 1));
    for (unsigned n = random() % 4; n > 0 && !bytes.empty(); --n) {
      bytes[random() % bytes.size()] = static_cast<char>(random());
    }
    if (bytes == text) continue;
    EXPECT_FALSE(Holds(bytes));
    EXPECT_FALSE(ParseBundle(Resealed(bytes)).ok() && Resealed(bytes).size() < text.size());
  }
  EXPECT_FALSE(ParseBundle("").ok());
  EXPECT_FALSE(ParseBundle(std::string(1000, '\n')).ok());
}

}  // namespace
}  // namespace verbatim::merkle
