// SPDX-License-Identifier: Apache-2.0
// Words and phrases, found through the tool: against the texts themselves.
#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>

#include "tests/integration/fixture.h"

namespace verbatim::testing {
namespace {
namespace fs = std::filesystem;

using ::testing::HasSubstr;
using ::testing::Not;

class Search : public ArchiveTest {
 protected:
  void Ingest(const std::string& name, const std::string& text,
              std::vector<std::string> flags = {}) const {
    const std::string file = Write(name, text);
    flags.insert(flags.begin(), {"ingest", file});
    ASSERT_EQ(Verbatim(flags).exit, 0);
  }
  // "1: The ferry ..." for each line, in the order of the answer.
  std::string Found(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "search");
    arguments.insert(arguments.end(), {"--format", "jsonl"});
    std::string lines;
    std::istringstream rows(Verbatim(arguments).out);
    for (std::string line; std::getline(rows, line);) {
      const Json row = Json::parse(line);
      lines += row.at("line").dump() + ": " + row.at("text").get<std::string>() + "\n";
    }
    return lines;
  }
};

// The oracle: a text holds a word when its letters stand there between others.
TEST_F(Search, FindsTheSampleArticlesThatHoldTheWord) {
  ASSERT_EQ(IngestSamples().exit, 0);
  for (const std::string word : {"pilots", "inflation", "strike", "lighthouses"}) {
    std::vector<std::string> holding;
    for (const Json& article : Rows({"articles"})) {
      const std::string id = article.at("article");
      std::string text =
          article.value("title", "") + "\n" + Verbatim({"article", id, "--text"}).out;
      std::transform(text.begin(), text.end(), text.begin(),
                     [](unsigned char c) { return std::isalpha(c) ? std::tolower(c) : ' '; });
      if ((" " + text + " ").find(" " + word + " ") != std::string::npos) holding.push_back(id);
    }
    std::vector<std::string> found;
    for (const Json& row : Rows({"search", word, "--limit", "0"}))
      found.push_back(row.at("article"));
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    std::sort(holding.begin(), holding.end());
    EXPECT_EQ(found, holding) << word;
    EXPECT_FALSE(found.empty()) << word;
  }
}

TEST_F(Search, WordsPhrasesAndBeginnings) {
  Ingest("ferry.txt", "The ferry runs again.\n\nA caf\xC3\xA9 on the ferry deck runs all day.\n");
  Ingest("bridge.txt", "No ferry needed: the bridge is open.\n");
  EXPECT_EQ(Found({"FERRY", "cafe"}),
            "1: The ferry runs again.\n3: A caf\xC3\xA9 on the ferry deck runs all day.\n");
  EXPECT_EQ(Found({"\"ferry runs\""}), "1: The ferry runs again.\n");
  EXPECT_EQ(Found({"bridg*"}), "1: No ferry needed: the bridge is open.\n");
  const Finished none = Verbatim({"search", "tunnel"});
  EXPECT_EQ(none.exit, 1);
  EXPECT_EQ(none.out, "");
  EXPECT_EQ(Verbatim({"search", "..."}).exit, 2);
  EXPECT_EQ(Verbatim({"search", "ferry OR \"NEAR(a b)\" col:x ^y"}).exit, 1);
}

TEST_F(Search, PrintsAsRipgrepDoes) {
  Ingest("ferry.txt", "The ferry runs again.\n");
  const std::string id = Rows({"articles"}).front().at("article");
  EXPECT_EQ(Verbatim({"search", "ferry"}).out, id.substr(0, 8) + ":1: The ferry runs again.\n");
  const Json hit = Rows({"search", "ferry"}).front().at("hits").at(0);
  EXPECT_EQ(hit, Json({{"begin_char", 4}, {"end_char", 9}}));
}

TEST_F(Search, FollowsWhatArrivesAndShowsWhatWas) {
  const std::string url = "https://news.example/ferry";
  Ingest("ferry.txt", "The ferry runs again.\n", {"--url", url});
  EXPECT_NE(Found({"ferry"}), "");
  const std::string before = std::to_string(Head());
  Ingest("ferry2.txt", "The boat runs again, and the old pier is open.\n", {"--url", url});
  Ingest("pier.txt", "The pier is closed.\n");
  EXPECT_EQ(Found({"ferry"}), "");
  EXPECT_EQ(Found({"ferry", "--as-of", before}), "1: The ferry runs again.\n");
  EXPECT_THAT(Found({"pier"}), HasSubstr("The pier is closed."));
  EXPECT_EQ(Found({"pier", "--as-of", before}), "");
  // Nothing depends on when the index was made.
  const std::string now = Found({"pier"});
  fs::remove_all(folder_ / "archive/search");
  EXPECT_EQ(Found({"pier"}), now);
  EXPECT_EQ(Found({"ferry", "--as-of", before}), "1: The ferry runs again.\n");
}

TEST_F(Search, QuotationsBySpeakerAndDay) {
  ASSERT_EQ(IngestSamples().exit, 0);
  const auto rows = Rows({"search", "pilots", "--speaker", "Dorokhov"});
  ASSERT_FALSE(rows.empty());
  for (const Json& row : rows) {
    EXPECT_EQ(row.at("in"), "quotes");
    EXPECT_THAT(row.at("speaker").get<std::string>(), HasSubstr("Dorokhov"));
  }
  EXPECT_EQ(Verbatim({"search", "pilots", "--speaker", "Solvay"}).exit, 1);
  EXPECT_LT(Rows({"search", "pilots", "--speaker", "Dorokhov", "--to", "2019-12"}).size(),
            rows.size());
  const std::string rejected = rows.front().at("annotation");
  ASSERT_EQ(Verbatim({"reject", rejected}).exit, 0);
  const Finished left = Verbatim({"search", "pilots", "--in", "quotes", "--format", "jsonl"});
  EXPECT_THAT(left.out, Not(HasSubstr(rejected)));
}

TEST_F(Search, StatementsAreThoseOfTheView) {
  ASSERT_EQ(IngestSamples().exit, 0);
  const auto found = Rows({"search", "inflation", "--in", "statements", "--limit", "0"});
  const auto all = Rows({"view", "statements", "--where", "text~inflation"});
  EXPECT_EQ(found.size(), all.size());
  EXPECT_FALSE(found.empty());
}

TEST_F(Search, WhatWasErasedIsNotFoundAndNotOnTheDisk) {
  Ingest("secret.txt", "The word is quagmire, and nobody else says it.\n");
  Ingest("other.txt", "Another article.\n");
  ASSERT_EQ(Verbatim({"search", "quagmire"}).exit, 0);
  const std::string before = std::to_string(Head());
  ASSERT_EQ(Verbatim({"erase", "secret.txt", "--reason-code", "request", "--authority",
                      "the author", "--yes"})
                .exit,
            0);
  for (int again = 0; again < 2; ++again) {
    for (const auto& file : fs::recursive_directory_iterator(folder_ / "archive/search")) {
      if (file.is_regular_file()) {
        EXPECT_THAT(ReadAll(file.path()), Not(HasSubstr("quagmire")));
      }
    }
    EXPECT_EQ(Verbatim({"search", "quagmire"}).exit, 1);
    EXPECT_EQ(Verbatim({"search", "quagmire", "--as-of", before}).exit, 1);
  }
}

TEST_F(Search, ADamagedIndexIsMadeAnew) {
  Ingest("ferry.txt", "The ferry runs again.\n");
  ASSERT_NE(Found({"ferry"}), "");
  std::ofstream(folder_ / "archive/search/0.db", std::ios::binary) << "no database at all, really";
  EXPECT_EQ(Found({"ferry"}), "1: The ferry runs again.\n");
}

// Ranking reads every document, so of very many the newest are ranked, and it is said.
TEST_F(Search, OfVeryManyTheNewestAreRankedUnlessAllAreAskedFor) {
  std::string lines;
  for (int i = 0; i < 2'100; ++i) {
    lines += R"({"url":"https://example.org/ferry/)" + std::to_string(i) +
             R"(","text":"The ferry made crossing number )" + std::to_string(i) +
             (i == 3 ? " in a quagmire" : " in good weather") + R"(, as the harbour log says."})" +
             "\n";
  }
  ASSERT_EQ(Verbatim({"ingest", Write("crossings.jsonl", lines), "--no-annotate"}).exit, 0);
  const Finished few = Verbatim({"search", "ferry", "crossing", "--limit", "5"});
  EXPECT_THAT(few.err, HasSubstr("older ones match too"));
  EXPECT_EQ(Rows({"search", "ferry", "--limit", "0"}).size(), 2'100u);
  // A rare word beside a common one leaves few: all of them are ranked.
  EXPECT_THAT(Found({"ferry", "quagmire"}), HasSubstr("number 3 "));
  EXPECT_THAT(Verbatim({"search", "ferry", "quagmire"}).err, Not(HasSubstr("older")));
}

}  // namespace
}  // namespace verbatim::testing
