// SPDX-License-Identifier: Apache-2.0
// Proofs over a log with erasures and people's decisions, and what a forger tries with them.
#include "core/archive/proving.h"

#include "core/archive/checking.h"
#include "core/base/hex.h"
#include "core/schema/value.h"
#include "tests/core/archive/fixture.h"

namespace verbatim::archive {
namespace {

using ::testing::HasSubstr;

class Proving : public ArchiveFixture {
 protected:
  void SetUp() override {
    ArchiveFixture::SetUp();
    ingest::Given given;
    given.url = "https://selis.example/sea-wall";
    article_ = Ingest({{kQuoted, given}}).at(0).article;
    const log::Snapshot snapshot = archive_->log().Read().value();
    for (uint64_t sequence = 1; sequence <= snapshot.head(); ++sequence) {
      const v1::EventHeader header = snapshot.Header(sequence).value();
      if (header.type() != "verbatim.v1.AnnotationAdded") continue;
      v1::AnnotationAdded body;
      ASSERT_TRUE(body.ParseFromString(snapshot.Body(sequence).value().value()));
      if (body.body().type() != "verbatim.v1.Quote") continue;
      annotation_ = body.annotation();
      added_ = sequence;
    }
    ASSERT_EQ(annotation_.size(), 16U);
  }

  // A person's event about the article.
  uint64_t Append(const google::protobuf::Message& body, std::vector<uint64_t> erase = {}) {
    log::Unit unit;
    const article::EventMaker maker = archive_->Events().As(article::PersonActor("ana"));
    unit.events.push_back(maker.Make(base::ToHex(article_), body).value());
    unit.erase = std::move(erase);
    return archive_->log().Append(std::move(unit)).value().at(0);
  }

  std::string Proof(const audit::Resolved& thing, ProveOptions options = {}) {
    const absl::StatusOr<Proved> proved = Prove(*archive_, thing, options);
    EXPECT_TRUE(proved.ok()) << proved.status();
    return proved.ok() ? proved->text : "";
  }
  audit::Resolved Annotation() const { return {audit::Kind::kAnnotation, annotation_, added_}; }
  static audit::Resolved Event(uint64_t sequence) { return {audit::Kind::kEvent, "", sequence}; }

  // What check-proof says of a bundle with these changes, written as it has to be.
  static absl::Status Forged(const std::string& text,
                             const std::function<void(merkle::ProofBundle&)>& change) {
    merkle::ProofBundle bundle = merkle::ParseBundle(text).value();
    change(bundle);
    return CheckProof(merkle::EncodeBundle(bundle), {}).status();
  }

  std::string article_;  // 16 bytes
  std::string annotation_;
  uint64_t added_ = 0;
};

TEST_F(Proving, ACitationHasItsPeopleAndItsWords) {
  v1::AnnotationConfirmed confirmed;
  confirmed.set_annotation(annotation_);
  confirmed.set_reason("heard it myself");
  Append(confirmed);
  const CheckedProof proof = CheckProof(Proof(Annotation()), {}).value();
  EXPECT_EQ(schema::TextOf(*proof.citation.Find("words")), "We have no time to lose,");
  EXPECT_EQ(schema::TextOf(*proof.citation.Find("confirmed_by")), "ana");
  EXPECT_EQ(schema::TextOf(*proof.citation.Find("status")), "CONFIRMED");
  EXPECT_EQ(schema::TextOf(*proof.citation.Find("link")),
            "https://selis.example/sea-wall#:~:text=We%20have%20no%20time%20to%20lose%2C");
  EXPECT_FALSE(proof.signer_verified);
}

TEST_F(Proving, OneProofIsTheSameBytesUntilTheSubjectChanges) {
  const std::string first = Proof(Annotation());
  v1::SettingChanged setting;
  setting.set_key("user.name");
  setting.set_value("ana");
  ASSERT_TRUE(
      archive_->AppendToCatalog({archive_->Events().Make(kArchiveStream, setting).value()}).ok());
  EXPECT_EQ(Proof(Annotation()), first);
  v1::AnnotationRejected rejected;
  rejected.set_annotation(annotation_);
  Append(rejected);
  EXPECT_NE(Proof(Annotation()), first);
}

TEST_F(Proving, AnErasedBodyIsGivenAsErasedAndProvedSo) {
  v1::ContentErased erased;
  erased.set_sequence(added_);
  erased.set_reason_code("court-order");
  erased.add_erased(added_);
  const uint64_t erasure = Append(erased, {added_});
  for (const audit::Resolved& thing : {Event(added_), Annotation()}) {
    const std::string text = Proof(thing);
    EXPECT_THAT(text, HasSubstr("\nbody erased\n"));
    const CheckedProof proof = CheckProof(text, {}).value();
    EXPECT_EQ(proof.events.size(), 2U);
  }
  const CheckedProof proof = CheckProof(Proof(Annotation()), {}).value();
  EXPECT_NE(proof.citation.Find("missing"), nullptr);
  // An erasure that is only claimed is refused.
  const absl::Status claimed = Forged(Proof(Event(added_)), [&](merkle::ProofBundle& bundle) {
    std::erase_if(bundle.events, [&](const auto& event) { return event.sequence == erasure; });
  });
  EXPECT_THAT(claimed.ToString(), HasSubstr("no event here erased it"));
}

TEST_F(Proving, BodiesMayBeWithheldButNotReplaced) {
  const std::string bare = Proof(Annotation(), {.bodies = false});
  EXPECT_NE(CheckProof(bare, {}).value().citation.Find("missing"), nullptr);
  const absl::Status replaced = Forged(
      Proof(Annotation()), [](merkle::ProofBundle& bundle) { bundle.events.back().body += "x"; });
  EXPECT_THAT(replaced.ToString(), HasSubstr("is not the one that its header has the digest of"));
  const absl::Status salted = Forged(Proof(Annotation()), [](merkle::ProofBundle& bundle) {
    bundle.events.back().salt[0] = static_cast<char>(bundle.events.back().salt[0] ^ 1);
  });
  EXPECT_FALSE(salted.ok());
}

TEST_F(Proving, ABundleIsAboutWhatItSays) {
  const std::string text = Proof(Annotation());
  EXPECT_THAT(
      Forged(text, [](merkle::ProofBundle& bundle) { bundle.subject.id = std::string(16, 'x'); })
          .ToString(),
      HasSubstr("no event adds annotation"));
  EXPECT_THAT(Forged(text,
                     [](merkle::ProofBundle& bundle) {
                       bundle.subject = {merkle::Subject::Kind::kEvent, 1, ""};
                     })
                  .ToString(),
              HasSubstr("nothing to do with event 1"));
  const merkle::ProofBundle stranger = merkle::ParseBundle(Proof(Event(1))).value();
  EXPECT_THAT(Forged(text,
                     [&](merkle::ProofBundle& bundle) {
                       bundle.events.insert(bundle.events.begin(), stranger.events[0]);
                     })
                  .ToString(),
              HasSubstr("nothing to do with annotation"));
}

TEST_F(Proving, OnlyATrustedKeyVerifies) {
  const std::string text = Proof(Event(2));
  const Trust trust{AdoptedKeys(*archive_), "ours"};
  EXPECT_TRUE(CheckProof(text, trust).value().signer_verified);
  const merkle::SigningKey other =
      merkle::SigningKey::FromSeed(trust.keys[0].name, std::string(32, 'o')).value();
  EXPECT_THAT(CheckProof(text, {{other.verifying_key()}, "theirs"}).status().ToString(),
              HasSubstr("is not theirs"));
  // Signed anew by a key that came with it: consistent, and nothing more.
  merkle::ProofBundle bundle = merkle::ParseBundle(text).value();
  const std::string head = merkle::OpenNote(bundle.note, bundle.key).value();
  bundle.note = merkle::SignNote(head, other).value();
  bundle.key = other.verifying_key();
  const std::string forged = merkle::EncodeBundle(bundle);
  EXPECT_FALSE(CheckProof(forged, {}).value().signer_verified);
  EXPECT_FALSE(CheckProof(forged, trust).ok());
}

TEST_F(Proving, NothingIsSignedOverAnAlteredHistory) {
  ASSERT_TRUE(MakeCheckpoint(*archive_).ok());
  const SignedCheckpoint made = MakeCheckpoint(*archive_).value();
  // As when the log was replaced by one of another history.
  merkle::Checkpoint other = made.checkpoint;
  other.root = merkle::LeafHash("other");
  const KeyAtHand key =
      ReadOrMakeKey(SigningKeyFile(*archive_), "unused", *archive_->options().random).value();
  const std::string note = merkle::SignNote(merkle::CheckpointText(other), key.key).value();
  ASSERT_TRUE(archive_->log().KeepCheckpoint(other.size, note).ok());
  EXPECT_TRUE(absl::IsDataLoss(MakeCheckpoint(*archive_).status()));
}

}  // namespace
}  // namespace verbatim::archive
