// SPDX-License-Identifier: Apache-2.0
// Pages as they come, of every kind that newsrooms make, and what is read from each: text, what was
// left out and why, metadata. tests/data/golden/page-NAME.txt is the expected reading.
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/ingest/draft.h"
#include "core/ingest/inputs.h"
#include "tests/support/golden.h"

namespace verbatim::ingest {
namespace {

class GoldenPages : public ::testing::TestWithParam<const char*> {};

std::string Shown(const absl::StatusOr<Draft>& draft) {
  if (!draft.ok()) return absl::StrCat("refused: ", draft.status().message(), "\n");
  const v1::ArticleContent& content = draft->content;
  const v1::ArticleMetadata& metadata = content.metadata();
  std::string shown;
  const auto line = [&](const char* name, const std::string& value) {
    if (!value.empty()) absl::StrAppend(&shown, name, ": ", value, "\n");
  };
  line("title", metadata.title());
  line("authors", absl::StrJoin(metadata.authors(), ", "));
  line("outlet", metadata.outlet());
  line("section", metadata.section());
  line("language", metadata.language());
  line("published", metadata.published().value());
  line("modified", metadata.modified().value());
  line("url", metadata.canonical_url());
  line("place", metadata.dateline().place());
  line("agency", metadata.dateline().agency());
  for (const auto& source : metadata.sources())
    line("source", absl::StrCat(source.field(), " from ", source.source()));
  for (const std::string& warning : content.extraction().warnings()) line("warning", warning);
  absl::StrAppend(&shown, "\n", content.text(), "\n\n");
  for (const v1::DroppedSpan& span : content.dropped())
    line("left out",
         absl::StrCat(span.reason(), ", before byte ", span.before_byte(), ": ", span.text()));
  return shown;
}

TEST_P(GoldenPages, IsReadAsPeopleWould) {
  const std::string name = GetParam();
  auto bytes = ReadInput({testing::DataFolder() / "pages" / (name + ".html")});
  ASSERT_TRUE(bytes.ok()) << bytes.status();
  Given given;
  given.not_after = "2035-01-01";
  EXPECT_TRUE(testing::MatchesGolden(Shown(DraftFromBytes(*std::move(bytes), name, given)),
                                     absl::StrCat("page-", name, ".txt")));
}

INSTANTIATE_TEST_SUITE_P(Pages, GoldenPages,
                         ::testing::Values("news-with-sidebars", "live-blog", "paywall-stub",
                                           "listing", "german", "tables", "no-article"),
                         [](const auto& page) {
                           std::string name = page.param;
                           std::erase(name, '-');
                           return name;
                         });

}  // namespace
}  // namespace verbatim::ingest
