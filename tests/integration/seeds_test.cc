// SPDX-License-Identifier: Apache-2.0
// Real articles through the whole path, where they lie beside the project.
#include <gmock/gmock.h>

#include "tests/integration/fixture.h"

namespace verbatim::testing {
namespace {

class Seeds : public ArchiveTest {
 protected:
  void SetUp() override {
    const auto shared = SharedFolder();
    if (shared.empty())
      GTEST_SKIP() << "the five articles of ../shared/seeds are not beside this project";
    const Finished done = Verbatim({"ingest", (shared / "seeds").string(), "--published-from",
                                    (shared / "eval/seeds_published.tsv").string()});
    ASSERT_EQ(done.exit, 0) << done.err;
  }
};

TEST_F(Seeds, GoTheWholeWay) {
  EXPECT_EQ(Rows({"articles"}).size(), 5u);
  EXPECT_GE(Rows({"view", "quotes"}).size(), 28u);
  EXPECT_GE(Rows({"view", "timeline", "--undated"}).size(), 19u);
  EXPECT_GE(Rows({"view", "statements"}).size(), 28u);
  EXPECT_EQ(Verbatim({"replay", "--verify"}).exit, 0);
  EXPECT_EQ(Verbatim({"verify", "--full"}).exit, 0);
}

TEST_F(Seeds, OffsetsHoldInBytesAndCharacters) {
  for (const Json& article : Rows({"articles"})) {
    const std::string id = article.at("article");
    const std::string text = Verbatim({"article", id, "--text"}).out;
    for (const Json& row :
         Rows({"log", "--article", id, "--type", "verbatim.v1.AnnotationAdded"})) {
      for (const Json& span : row.at("body").at("anchor").at("spans")) {
        const size_t begin = span.at("begin_byte");
        const size_t end = span.at("end_byte");
        EXPECT_EQ(text.substr(begin, end - begin), span.at("exact").get<std::string>());
      }
    }
  }
}

}  // namespace
}  // namespace verbatim::testing
