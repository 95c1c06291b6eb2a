// SPDX-License-Identifier: Apache-2.0
#include "core/archive/ingesting.h"

#include "absl/strings/str_cat.h"
#include "core/archive/annotating.h"
#include "core/article/load.h"
#include "core/base/hex.h"
#include "tests/core/archive/fixture.h"

namespace verbatim::archive {
namespace {

using Ingesting = ArchiveFixture;

ingest::Given At(const std::string& url) {
  ingest::Given given;
  given.url = url;
  return given;
}

TEST_F(Ingesting, AnArticleWithItsAnnotationsAndRunsIsOneUnit) {
  const uint64_t head = Head();
  const auto results = Ingest({{kQuoted, At("https://courier.example/wall")}});
  ASSERT_EQ(results.size(), 1u);
  EXPECT_EQ(results[0].action, IngestAction::kIngested);
  EXPECT_GE(results[0].annotations, 2u);
  const auto snapshot = archive_->log().Read();
  std::set<std::string> correlations;
  for (uint64_t sequence = head + 1; sequence <= snapshot->head(); ++sequence) {
    correlations.insert(snapshot->Header(sequence)->correlation());
  }
  EXPECT_EQ(correlations.size(), 1u);
}

TEST_F(Ingesting, OneTextAtTwoPlacesIsTwoArticlesLinkedEachWithItsBytes) {
  const auto results =
      Ingest({{kQuoted, At("https://a.example/1")}, {kQuoted, At("https://b.example/2")}});
  ASSERT_EQ(results.size(), 2u);
  EXPECT_NE(results[0].article, results[1].article);
  const auto snapshot = archive_->log().Read();
  const auto second = article::Load(*snapshot, results[1].article);
  ASSERT_TRUE(second.ok());
  ASSERT_EQ(second->links().size(), 1u);
  EXPECT_EQ(second->links()[0].other(), results[0].article);
  ASSERT_EQ(second->sources().size(), 1u);
  EXPECT_TRUE(second->sources()[0].capture.same_as().empty())
      << "one of them can be erased, and the other is whole";
}

TEST_F(Ingesting, TheSameBatchSeesItsEarlierUnits) {
  std::string changed = kQuoted;
  changed.replace(changed.find("no time"), 7, "much time");
  const auto results = Ingest({{kQuoted, At("https://a.example/1")},
                               {kQuoted, At("https://a.example/1")},
                               {changed, At("https://a.example/1")}});
  ASSERT_EQ(results.size(), 3u);
  EXPECT_EQ(results[0].action, IngestAction::kIngested);
  EXPECT_EQ(results[1].action, IngestAction::kDuplicate);
  EXPECT_EQ(results[2].action, IngestAction::kRevised);
  EXPECT_EQ(results[2].revision, 1u);
}

TEST_F(Ingesting, ARevisionMovesWhatStaysAndOrphansWhatIsGone) {
  const std::string url = "https://a.example/1";
  Ingest({{kQuoted, At(url)}});
  const std::string moved = std::string("Correction added.\n\n") + kQuoted;
  const auto results = Ingest({{moved, At(url)}});
  const auto state = article::Load(*archive_->log().Read(), results[0].article);
  ASSERT_TRUE(state.ok());
  const auto live = state->Live("verbatim.v1.Quote");
  ASSERT_FALSE(live.empty());
  EXPECT_EQ(live[0]->value->anchor.revision(), 1u);
  EXPECT_EQ(live[0]->version, 2u) << "added, then reanchored, and nothing else";

  Ingest(
      {{"Council votes to repair sea wall\n\nThe council of Selis met on Monday behind closed "
        "doors. "
        "a word about it.\n",
        At(url)}});
  const auto gone = article::Load(*archive_->log().Read(), results[0].article);
  ASSERT_TRUE(gone.ok());
  EXPECT_TRUE(gone->Live("verbatim.v1.Quote").empty());
}

TEST_F(Ingesting, ARevisionKeepsTheDateThatTheFirstHad) {
  ingest::Given given = At("https://a.example/1");
  given.published = "2020-06-16";
  Ingest({{kQuoted, given}});
  const auto results =
      Ingest({{std::string(kQuoted) + "\nMore soon.\n", At("https://a.example/1")}});
  const auto state = article::Load(*archive_->log().Read(), results[0].article);
  EXPECT_EQ(state->metadata().published().value(), "2020-06-16");
}

// Long texts before short ones, twins, revisions, faults, things that are no article.
std::vector<std::string> ManyWith(Archive& archive, unsigned jobs) {
  std::vector<std::string> lines;
  IngestOptions options;
  options.jobs = jobs;
  options.annotate = false;
  Ingester ingester(archive, options, [&](const IngestResult& result) {
    lines.push_back(absl::StrCat(result.input, " ", std::string(ToText(result.action)), " ",
                                 base::ToHex(result.article), " ", result.revision, " ",
                                 result.reason));
  });
  for (int i = 0; i < 400; ++i) {
    const std::string name = absl::StrCat("input ", i);
    if (i % 7 == 3) {
      EXPECT_TRUE(ingester.Skip(name, {}, "a picture").ok());
      continue;
    }
    std::string text = i % 5 == 0 ? "" : absl::StrCat("Report ", i % 60, " of the ferry.\n\n");
    for (int k = 0; k < (i % 3 == 0 ? 2000 : 2); ++k)
      absl::StrAppend(&text, "The ferry of ", i % 60, " left at ", k, ". ");
    if (i % 11 == 0) text[0] = '\0';
    const uint64_t bytes = text.size();
    EXPECT_TRUE(ingester
                    .AddLater(
                        name,
                        [text, i] {
                          return ingest::DraftFromBytes(
                              text, "input", At(absl::StrCat("https://a.example/", i % 90)));
                        },
                        bytes)
                    .ok());
    EXPECT_TRUE(ingester.Mark({.input = "a crawl", .value = std::to_string(i)}).ok());
  }
  EXPECT_TRUE(ingester.Finish().ok());
  EXPECT_EQ(archive.log().Read()->Cursor("a crawl").value().value_or(""), "399");
  return lines;
}

TEST_F(Ingesting, GivesTheSameWhateverTheNumberOfThreads) {
  const std::vector<std::string> alone = ManyWith(*archive_, 1);
  ASSERT_EQ(alone.size(), 400u);
  const auto other = Archive::Create(folder_.path() / "other", options_);
  ASSERT_TRUE(other.ok()) << other.status();
  EXPECT_EQ(ManyWith(**other, 4), alone);
}

TEST_F(Ingesting, AnArchiveThatOthersWriteToIsDecidedAnew) {
  auto other =
      Archive::Open(archive_->layout().root(),
                    {.access = Access::kRead, .builtin_plugins = options_.builtin_plugins});
  EXPECT_FALSE(other.ok()) << "one process never opens an environment twice";
}

TEST_F(Ingesting, CatchingUpFindsWhatWasLeftOut) {
  IngestOptions without;
  without.annotate = false;
  Ingest({{kQuoted, At("https://a.example/1")}}, without);
  int reported = 0;
  const auto annotate = [&] {
    return Annotate(
        *archive_, {}, [&](const AnnotateResult& result) { reported += result.failure.empty(); },
        [](uint64_t, uint64_t) {});
  };
  ASSERT_TRUE(annotate().ok());
  EXPECT_EQ(reported, 1);
  const uint64_t head = Head();
  ASSERT_TRUE(annotate().ok());
  EXPECT_EQ(reported, 1);
  EXPECT_EQ(Head(), head);
}

}  // namespace
}  // namespace verbatim::archive
