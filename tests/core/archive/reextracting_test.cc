// SPDX-License-Identifier: Apache-2.0
// The same bytes read by a later extractor: a text of its own, and no edit of the publisher's.
#include "core/archive/reextracting.h"

#include <fstream>

#include "core/archive/ingest_input.h"
#include "core/article/load.h"
#include "core/base/hex.h"
#include "core/base/sha256.h"
#include "tests/core/archive/fixture.h"

namespace verbatim::archive {
namespace {

class Reextracting : public ArchiveFixture {
 protected:
  // The article as an extractor made it that left the quotation out.
  std::string IngestByAnEarlierExtractor() {
    ingest::Given given;
    given.url = "https://courier.example/wall";
    auto draft = ingest::DraftFromBytes(kQuoted, "wall.txt", given);
    std::string text = kQuoted;
    text.erase(text.find(" \"We have"));
    draft->content.set_text(text);
    draft->content.set_text_sha256(base::ToString(base::Sha256(text)));
    draft->content.set_content_key(ingest::ContentKey("", text));
    draft->content.mutable_extraction()->set_version("0");
    const std::string article = draft->article;
    Ingester ingester(*archive_, {}, [](const IngestResult&) {});
    EXPECT_TRUE(ingester.Add("wall.txt", std::move(draft)).ok());
    EXPECT_TRUE(ingester.Finish().ok());
    return article;
  }

  std::vector<ReextractResult> Run(const ReextractOptions& options = {}) {
    std::vector<ReextractResult> results;
    const absl::Status status = Reextract(
        *archive_, options, [&](const ReextractResult& result) { results.push_back(result); },
        [](uint64_t, uint64_t) {});
    EXPECT_TRUE(status.ok()) << status;
    return results;
  }

  article::ArticleState State(const std::string& article) const {
    return article::Load(*archive_->log().Read(), article).value();
  }

  size_t Count(std::string_view type) const {
    size_t count = 0;
    const auto snapshot = archive_->log().Read();
    EXPECT_TRUE(snapshot
                    ->ScanHeaders(1, snapshot->head(),
                                  [&](uint64_t, const log::HeaderView& header) {
                                    count += header.type == type;
                                    return true;
                                  })
                    .ok());
    return count;
  }
};

TEST_F(Reextracting, ALaterExtractorsTextIsAnEventOfItsOwn) {
  const std::string article = IngestByAnEarlierExtractor();
  EXPECT_TRUE(State(article).Live("verbatim.v1.Quote").empty());
  const auto results = Run();
  ASSERT_EQ(results.size(), 1u);
  EXPECT_EQ(results[0].action, ReextractAction::kReextracted);
  EXPECT_EQ(results[0].revision, 1u);
  EXPECT_EQ(results[0].extractor_before, "text 0");
  const article::ArticleState state = State(article);
  EXPECT_EQ(state.latest()->text(), kQuoted);
  EXPECT_EQ(state.Live("verbatim.v1.Quote").size(), 1u);
  EXPECT_EQ(state.metadata().canonical_url(), "https://courier.example/wall");
  EXPECT_EQ(Count("verbatim.v1.ArticleReextracted"), 1u);
  EXPECT_EQ(Count("verbatim.v1.ArticleRevised"), 0u);
}

TEST_F(Reextracting, WhatReadsTheSameGetsNoEvent) {
  IngestByAnEarlierExtractor();
  Run();
  const uint64_t head = Head();
  const auto again = Run();
  ASSERT_EQ(again.size(), 1u);
  EXPECT_EQ(again[0].action, ReextractAction::kUnchanged);
  EXPECT_EQ(Head(), head);
}

TEST_F(Reextracting, ADryRunChangesNothing) {
  IngestByAnEarlierExtractor();
  const uint64_t head = Head();
  ReextractOptions options;
  options.dry_run = true;
  const auto results = Run(options);
  ASSERT_EQ(results.size(), 1u);
  EXPECT_EQ(results[0].action, ReextractAction::kReextracted);
  EXPECT_EQ(Head(), head);
}

TEST_F(Reextracting, IngestOfTheSameBytesIsNoEditEither) {
  IngestByAnEarlierExtractor();
  ingest::Given given;
  given.url = "https://courier.example/wall";
  const auto results = Ingest({{kQuoted, given}});
  ASSERT_EQ(results.size(), 1u);
  EXPECT_EQ(results[0].action, IngestAction::kRevised);
  EXPECT_THAT(results[0].reason, ::testing::HasSubstr("another extractor"));
  EXPECT_EQ(Count("verbatim.v1.ArticleReextracted"), 1u);
  EXPECT_EQ(Count("verbatim.v1.ArticleRevised"), 0u);
  EXPECT_EQ(Ingest({{kQuoted, given}})[0].action, IngestAction::kDuplicate);
}

TEST_F(Reextracting, EveryReadersArticlesReadTheSameAgain) {
  const std::string words =
      "The council of Selis voted on Monday to repair the old sea wall. Work begins in May and "
      "will take two years, the engineers said, and the promenade stays open meanwhile.";
  const std::pair<const char*, std::string> files[] = {
      {"page.html",
       "<html lang=en><head><title>Sea wall | Courier</title><meta property='og:site_name' "
       "content='Courier'></head><body><h1>Sea wall</h1><p>" +
           words + "</p><p>" + words + "</p></body></html>"},
      {"lines.jsonl", "{\"url\":\"https://a.example/1\",\"title\":\"Sea wall\",\"text\":\"" +
                          words + "\",\"date_publish\":\"2031-03-04\"}\n"},
      {"feed.rss",
       "<rss><channel><title>Courier</title><item><title>Wall</title><link>"
       "https://a.example/2</link><description>" +
           words + "</description></item></channel></rss>"},
      {"feed.json",
       "{\"version\":\"https://jsonfeed.org/version/1\",\"title\":\"Post\",\"items\":[{"
       "\"url\":\"https://a.example/3\",\"content_text\":\"Again. " +
           words + "\"}]}"},
      {"wall.txt", "Sea wall\n\nMore: " + words + "\n"}};
  ingest::Given given;
  given.published = "2031-03-05";
  for (const auto& [name, bytes] : files) {
    const auto path = folder_.path() / name;
    std::ofstream(path) << bytes;
    Ingester ingester(*archive_, {}, [&, file = name](const IngestResult& result) {
      EXPECT_EQ(result.action, IngestAction::kIngested) << file << ": " << result.reason;
    });
    ASSERT_TRUE(IngestInput(*archive_, ingester, {path}, given).ok());
    ASSERT_TRUE(ingester.Finish().ok());
  }
  const uint64_t head = Head();
  const auto results = Run();
  EXPECT_EQ(results.size(), std::size(files));
  for (const ReextractResult& result : results) {
    EXPECT_EQ(result.action, ReextractAction::kUnchanged)
        << result.extractor << ": " << result.reason << "\n"
        << State(result.article).latest()->content().ShortDebugString();
  }
  EXPECT_EQ(Head(), head);
}

}  // namespace
}  // namespace verbatim::archive
