// SPDX-License-Identifier: Apache-2.0
// The oracle is FTS5's own bm25, which counts every row.
#include "core/sqlite/relevance.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

namespace verbatim::sqlite {
namespace {

class RelevanceTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto opened = Database::Open(":memory:");
    ASSERT_TRUE(opened.ok()) << opened.status();
    database_ = std::make_unique<Database>(*std::move(opened));
    ASSERT_TRUE(AddRelevance(*database_).ok());
    ASSERT_TRUE(database_->Run("CREATE VIRTUAL TABLE words USING fts5(title, text)").ok());
  }

  // Rows with "wall" in all, "tide" in every second, "heron" in every thousandth.
  void Fill(int64_t rows) {
    ASSERT_TRUE(
        database_
            ->Run("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " +
                  std::to_string(rows) +
                  ") INSERT INTO words SELECT CASE WHEN i % 5 = 0 THEN 'tide wall' ELSE 'harbour' "
                  "END, 'wall' || CASE WHEN i % 2 = 0 THEN ' tide' ELSE '' END || "
                  "CASE WHEN i % 1000 = 0 THEN ' heron heron' ELSE '' END || "
                  "substr(' a b c d e f g h i j', 1, 2 * (i % 10)) FROM n")
            .ok());
  }

  // Ours and FTS5's score of each row that matches.
  std::vector<std::pair<double, double>> Scores(const std::string& match) {
    auto asked = database_->Prepare(
        "SELECT relevance(words, 3.0, 1.0), bm25(words, 3.0, 1.0) FROM words "
        "WHERE words MATCH ?1 ORDER BY rowid");
    EXPECT_TRUE(asked.ok()) << asked.status();
    asked->Bind(1, std::string_view(match));
    std::vector<std::pair<double, double>> scores;
    while (asked->Next().value()) scores.emplace_back(asked->Real(0), asked->Real(1));
    return scores;
  }

  std::unique_ptr<Database> database_;
};

TEST_F(RelevanceTest, IsBm25WhereEveryRowIsCounted) {
  Fill(3000);
  for (const char* const match :
       {"tide", "heron", "wall AND heron", "\"wall tide\"", "tide AND har*"}) {
    const auto scores = Scores(match);
    ASSERT_FALSE(scores.empty()) << match;
    for (const auto& [ours, theirs] : scores) EXPECT_NEAR(ours, theirs, 1e-9) << match;
  }
}

TEST_F(RelevanceTest, OfCommonWordsIsNearlyBm25) {
  Fill(3 * kCountedRows);
  const auto scores = Scores("tide AND heron");
  ASSERT_EQ(scores.size(), static_cast<size_t>(3 * kCountedRows / 1000));
  for (const auto& [ours, theirs] : scores) {
    EXPECT_LT(ours, 0);
    EXPECT_NEAR(ours, theirs, 0.01 * std::abs(theirs));
  }
}

}  // namespace
}  // namespace verbatim::sqlite
