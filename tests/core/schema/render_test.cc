// SPDX-License-Identifier: Apache-2.0
#include "core/schema/render.h"

#include <gtest/gtest.h>

#include "verbatim/v1/quote.pb.h"

namespace verbatim::schema {
namespace {

std::string Render(std::vector<Column> columns, RenderOptions options,
                   const std::vector<Record>& rows) {
  std::string out;
  RowWriter writer(std::move(columns), options, [&](std::string_view text) { out.append(text); });
  for (const Record& row : rows) writer.Write(row);
  writer.Finish();
  return out;
}

const std::vector<Record> kRows = {
    Record().Add("id", "0123456789abcdef").Add("said", "We will stay.").Add("n", 7),
    Record().Add("id", "fedcba9876543210").Add("said", "“Bien sûr”, il dit").Add("n", 12),
};
const std::vector<Column> kColumns = {
    {"id", "", Role::kId}, {"said", "words", Role::kText}, {"n", "", Role::kPlain, true}};

TEST(Render, TableAlignsByWhatIsSeen) {
  EXPECT_EQ(Render(kColumns, {}, kRows),
            "id        words\n"
            "01234567  We will stay.\n"
            "fedcba98  “Bien sûr”, il dit\n");
}

TEST(Render, TableShortensTextsToTheTerminal) {
  EXPECT_EQ(Render(kColumns, {.width_columns = 26}, kRows),
            "id        words\n"
            "01234567  We will stay.\n"
            "fedcba98  “Bien sûr”, il…\n");
}

TEST(Render, ADiffGoesOnOverLinesInColour) {
  const std::vector<Record> rows = {
      Record().Add("diff", "They [-may act-] {+will act at once+} now").Add("s", "SAID")};
  EXPECT_EQ(Render({{"diff", "", Role::kDiff}, {"s"}}, {.width_columns = 24, .color = true}, rows),
            "\x1b[1mdiff\x1b[0m                \x1b[1ms\x1b[0m\n"
            "They \x1b[31m[-may act-]\x1b[0m    SAID\n"
            "\x1b[32m{+will act at\x1b[0m\n"
            "\x1b[32monce+}\x1b[0m now\n")
      << "titles are bold, and a change that goes on keeps its colour";
}

TEST(Render, JsonlPrintsWholeRows) {
  EXPECT_EQ(Render(kColumns, {.format = Format::kJsonl}, {kRows[0]}),
            "{\"id\":\"0123456789abcdef\",\"said\":\"We will stay.\",\"n\":7}\n");
}

TEST(Render, JsonIsOneArray) {
  EXPECT_EQ(Render({}, {.format = Format::kJson}, {Record().Add("a", 1), Record().Add("a", 2)}),
            "[\n{\n  \"a\": 1\n},\n{\n  \"a\": 2\n}\n]\n");
  EXPECT_EQ(Render({}, {.format = Format::kJson}, {}), "[]\n");
}

TEST(Render, CsvQuotesByRfc4180) {
  EXPECT_EQ(Render({{"a"}, {"b"}}, {.format = Format::kCsv},
                   {Record().Add("a", "x,y").Add("b", "say \"no\"\nnow"), Record().Add("a", "é")}),
            "a,b\r\n\"x,y\",\"say \"\"no\"\"\nnow\"\r\né,\r\n");
  EXPECT_EQ(Render({{"a"}, {"b"}}, {.format = Format::kCsv}, {}), "a,b\r\n");
}

TEST(Render, MessagesNeedNoRecord) {
  v1::Quote quote;
  quote.set_said_on("2019-07-27");
  quote.set_said_on_basis(v1::Quote::SAID_ON_ARTICLE_DATE);
  quote.set_speaker("Ana Maar");
  std::string out;
  RowWriter table({{"sequence"}, {"said_on", "said", Role::kDate}, {"speaker"}}, {},
                  [&](std::string_view text) { out.append(text); });
  table.Write(Record().Add("sequence", 7), quote);
  table.Finish();
  EXPECT_EQ(out, "sequence  said           speaker\n7         by 2019-07-27  Ana Maar\n");

  out.clear();
  RowWriter lines({}, {.format = Format::kJsonl}, [&](std::string_view text) { out.append(text); });
  v1::TypedBody body;
  body.set_type("t");
  lines.Write(Record().Add("sequence", 7), body);
  lines.Write(Record(), body);
  lines.Finish();
  EXPECT_EQ(out, "{\"sequence\":7,\"type\":\"t\"}\n{\"type\":\"t\"}\n");
}

TEST(Render, NothingInATextSteersTheTerminal) {
  EXPECT_EQ(Shorten("a\x1b[2Jb\nc", 0), "a [2Jb c");
  EXPECT_EQ(DisplayWidth("日本"), 4U);
  EXPECT_EQ(DisplayWidth("e\xCC\x81"), 1U);
  EXPECT_EQ(Shorten("日本語", 5), "日本…");
}

TEST(Render, FormatsAreNamed) {
  EXPECT_EQ(*ParseFormat("csv"), Format::kCsv);
  EXPECT_FALSE(ParseFormat("xml").ok());
}

}  // namespace
}  // namespace verbatim::schema
