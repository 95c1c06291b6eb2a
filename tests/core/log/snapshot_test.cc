// SPDX-License-Identifier: Apache-2.0
// Reading: pictures that stay, look-ups by every index, erased bodies.
#include "tests/core/log/log_fixture.h"

namespace verbatim::log {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class SnapshotTest : public LogTest {
 protected:
  Snapshot Read() { return log_->Read().value(); }
};

TEST_F(SnapshotTest, APictureStaysUntilItIsRenewed) {
  ASSERT_TRUE(Append(Setting("a", "1")).ok());
  Snapshot snapshot = Read();
  ASSERT_TRUE(Append(Setting("b", "1")).ok());
  EXPECT_EQ(snapshot.head(), 1u);
  EXPECT_EQ(snapshot.RawHeader(2).status().code(), absl::StatusCode::kNotFound);
  ASSERT_TRUE(snapshot.Renew().ok());
  EXPECT_EQ(snapshot.head(), 2u);
  EXPECT_TRUE(snapshot.RawHeader(2).ok());
}

TEST_F(SnapshotTest, HeadersAreScannedInOrderWithinBounds) {
  for (int i = 0; i < 10; ++i) ASSERT_TRUE(Append(Setting("a", std::to_string(i))).ok());
  const Snapshot snapshot = Read();
  const auto scan = [&](uint64_t from, uint64_t to) {
    std::vector<uint64_t> seen;
    EXPECT_TRUE(snapshot
                    .ScanHeaders(from, to,
                                 [&](uint64_t sequence, const HeaderView& header) {
                                   EXPECT_EQ(header.stream_version, sequence - 1);
                                   seen.push_back(sequence);
                                   return seen.size() < 4;
                                 })
                    .ok());
    return seen;
  };
  EXPECT_THAT(scan(0, 3), ElementsAre(1, 2, 3));
  EXPECT_THAT(scan(9, 100), ElementsAre(9, 10));
  EXPECT_THAT(scan(1, 100), ElementsAre(1, 2, 3, 4));
  EXPECT_THAT(scan(11, 100), IsEmpty());
  EXPECT_THAT(scan(3, 2), IsEmpty());
}

TEST_F(SnapshotTest, ArticlesAreFoundByUrlContentSourceAndShortId) {
  ASSERT_TRUE(log_->Append(UnitOf({Captured("dam", "<p>The dam holds."),
                                   Ingested("dam", "The dam holds.", "https://news.example/dam"),
                                   Ingested("port", "The port is shut.")}))
                  .ok());
  ASSERT_TRUE(Append(Revised("dam", 1, "The dam broke.", "https://news.example/dam")).ok());
  const Snapshot snapshot = Read();
  EXPECT_EQ(snapshot.FindByUrl("https://news.example/dam").value(), Article("dam"));
  EXPECT_EQ(snapshot.FindByUrl("https://news.example/").value(), std::nullopt);
  const auto hits = snapshot.FindByContent(ContentKey("The dam broke.")).value();
  ASSERT_EQ(hits.size(), 1u);
  EXPECT_EQ(hits[0].article, Article("dam"));
  EXPECT_EQ(hits[0].revision, 1u);
  EXPECT_EQ(snapshot.FindByContent(ContentKey("The dam holds."))->front().revision, 0u);
  EXPECT_THAT(snapshot.FindByContent(ContentKey("Never seen.")).value(), IsEmpty());
  EXPECT_EQ(snapshot.FindSource(base::ToString(base::Sha256("<p>The dam holds."))).value(), 1u);
  EXPECT_EQ(snapshot.FindSource(base::ToString(base::Sha256("x"))).value(), std::nullopt);

  const std::string hex = StreamOf("dam");
  for (size_t digits = 3; digits <= hex.size(); ++digits) {
    EXPECT_THAT(snapshot.FindArticles(hex.substr(0, digits), 10).value(),
                ElementsAre(Article("dam")));
  }
  EXPECT_EQ(snapshot.FindArticles("", 10)->size(), 2u);
  EXPECT_EQ(snapshot.FindArticles("", 1)->size(), 1u);
  EXPECT_EQ(snapshot.FindArticles("xyz", 1).status().code(), absl::StatusCode::kInvalidArgument);
  std::map<std::string, uint64_t> articles;
  ASSERT_TRUE(snapshot
                  .ScanArticles([&](std::string_view article, uint64_t first) {
                    articles.emplace(article, first);
                    return true;
                  })
                  .ok());
  EXPECT_EQ(articles, (std::map<std::string, uint64_t>{{Article("dam"), 1}, {Article("port"), 3}}));
}

TEST_F(SnapshotTest, TheFirstArticleOfAUrlKeepsIt) {
  ASSERT_TRUE(Append(Ingested("one", "a", "https://news.example/x")).ok());
  ASSERT_TRUE(Append(Ingested("two", "b", "https://news.example/x")).ok());
  EXPECT_EQ(Read().FindByUrl("https://news.example/x").value(), Article("one"));
}

TEST_F(SnapshotTest, AnnotationsAreFoundByShortIdOfAnyLength) {
  std::vector<std::string> ids;
  for (int i = 0; i < 200; ++i) {
    NewEvent event = Added("dam", std::to_string(i));
    ids.push_back(base::AnnotationIdOf(event.id));
    ASSERT_TRUE(Append(std::move(event)).ok());
  }
  const Snapshot snapshot = Read();
  for (size_t digits = 0; digits <= 32; ++digits) {
    const std::string prefix = base::ToHex(ids[17]).substr(0, digits);
    size_t expected = 0;
    for (const std::string& id : ids) expected += base::ToHex(id).substr(0, digits) == prefix;
    const auto hits = snapshot.FindAnnotations(prefix, 1000).value();
    EXPECT_EQ(hits.size(), expected) << prefix;
    for (const AnnotationHit& hit : hits) EXPECT_EQ(ids[hit.sequence - 1], hit.annotation);
  }
}

TEST_F(SnapshotTest, StreamsKeepTheirOwnVersions) {
  ASSERT_TRUE(Append(Setting("a", "1")).ok());
  ASSERT_TRUE(Append(Ingested("dam", "x")).ok());
  ASSERT_TRUE(Append(Setting("b", "1")).ok());
  ASSERT_TRUE(Append(Added("dam", "x")).ok());
  const Snapshot snapshot = Read();
  EXPECT_EQ(snapshot.StreamVersion("archive").value(), 1u);
  EXPECT_EQ(snapshot.StreamVersion("speaker/x").value(), std::nullopt);
  EXPECT_THAT(snapshot.StreamSequences("archive").value(), ElementsAre(1, 3));
  EXPECT_THAT(snapshot.StreamSequences(StreamOf("dam"), 1).value(), ElementsAre(4));
  EXPECT_THAT(snapshot.StreamSequences("speaker/x").value(), IsEmpty());
}

TEST_F(SnapshotTest, TimesLeadToSequences) {
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(Append(Setting("a", "1")).ok());
  const Snapshot snapshot = Read();
  for (uint64_t sequence = 1; sequence <= 20; ++sequence) {
    const uint64_t time = snapshot.View(sequence)->recorded_at_us;
    EXPECT_EQ(snapshot.LastAtOrBefore(time).value(), sequence);
    EXPECT_EQ(snapshot.LastAtOrBefore(time - 1).value(), sequence - 1);
  }
}

TEST_F(SnapshotTest, AnErasedBodyIsAbsentAndEverythingElseStays) {
  ASSERT_TRUE(log_->Append(UnitOf({Captured("dam", "<p>x"), Ingested("dam", "x", "https://u/"),
                                   Added("dam", "x")}))
                  .ok());
  const base::Digest root = Read().RootAt(3).value();
  const auto hit = Read().FindAnnotations("", 10).value();
  v1::ContentErased body;
  body.set_article(Article("dam"));
  body.set_reason_code("court-order");
  for (const uint64_t sequence : {1U, 2U, 3U}) body.add_erased(sequence);
  Unit unit = UnitOf({Event("archive", body)});
  unit.erase = {1, 2, 3};
  Unit unnamed = unit;
  unnamed.erase.push_back(4);
  EXPECT_EQ(log_->Append(unnamed).status().code(), absl::StatusCode::kInvalidArgument);
  ASSERT_TRUE(log_->Append(unit).ok());
  // What says that they are gone stays, or verify would miss them.
  v1::ContentErased again;
  again.add_erased(4);
  Unit of_the_erasure = UnitOf({Event("archive", again)});
  of_the_erasure.erase = {4};
  EXPECT_EQ(log_->Append(of_the_erasure).status().code(), absl::StatusCode::kInvalidArgument);

  const Snapshot snapshot = Read();
  for (const uint64_t sequence : {1U, 2U, 3U}) {
    EXPECT_EQ(snapshot.Body(sequence).value(), std::nullopt);
    EXPECT_TRUE(snapshot.View(sequence).ok());
  }
  EXPECT_TRUE(snapshot.Body(4).value().has_value());
  EXPECT_EQ(snapshot.RootAt(3).value(), root);
  EXPECT_EQ(snapshot.FindByUrl("https://u/").value(), std::nullopt);
  EXPECT_THAT(snapshot.FindByContent(ContentKey("x")).value(), IsEmpty());
  EXPECT_EQ(snapshot.FindSource(base::ToString(base::Sha256("<p>x"))).value(), std::nullopt);
  EXPECT_EQ(snapshot.FindAnnotations("", 10)->size(), hit.size());
}

TEST_F(SnapshotTest, WaitingEndsWithTheNextEventOrTheTime) {
  ASSERT_TRUE(Append(Setting("a", "1")).ok());
  EXPECT_EQ(log_->WaitPast(0, 1000).value(), 1u);
  EXPECT_EQ(log_->WaitPast(1, 30).value(), 1u);
}

}  // namespace
}  // namespace verbatim::log
