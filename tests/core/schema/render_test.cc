// SPDX-License-Identifier: Apache-2.0
#include "core/schema/render.h"

#include <gtest/gtest.h>

#include "core/schema/control.h"
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

TEST(Render, NothingSteersATerminal) {
  const std::vector<Record> rows = {Record().Add("said", "a\u009b2J\x1b[1m,\n\"b\" \u202ec")};
  const std::vector<Column> columns = {{"said", "", Role::kText}};
  EXPECT_EQ(Render(columns, {}, rows), "said\na 2J [1m, \"b\"  c\n");
  EXPECT_EQ(Render(columns, {.format = Format::kCsv}, rows),
            "said\r\n\"a\\u009b2J\\u001b[1m,\n\"\"b\"\" \\u202ec\"\r\n");
  EXPECT_EQ(Render(columns, {.format = Format::kJsonl}, rows),
            "{\"said\":\"a\\u009b2J\\u001b[1m,\\n\\\"b\\\" \\u202ec\"}\n");
  EXPECT_EQ(ForTerminal("one\n\ttwo\u0085\x1b[2J\r"), "one\n\ttwo  [2J ");
}

const std::vector<Column> kSaid = {{"day", "", Role::kDate},
                                   {"who", "", Role::kName},
                                   {"kind"},
                                   {"words", "", Role::kText},
                                   {"note"},
                                   {"status", "", Role::kStatus},
                                   {"id", "", Role::kId}};
std::vector<Record> Said() {
  const auto row = [](std::string_view who, std::string_view kind, std::string_view words) {
    return Record()
        .Add("day", "2021-10-20")
        .Add("who", std::string(who))
        .Add("kind", std::string(kind))
        .Add("words", std::string(words))
        .Add("note", "")
        .Add("status", "PROPOSED")
        .Add("id", "0123456789abcdef");
  };
  return {row("Ana Maar", "DIRECT", "The harbour stays open as long as there is one boat in it."),
          row("the spokesman of the board of the harbour", "MIXED", "no comment")};
}

TEST(Render, ALongNameGivesWayToo) {
  EXPECT_EQ(Render(kSaid, {.width_columns = 100}, Said()),
            "day         who                       kind    words                         note  "
            "status    id\n"
            "2021-10-20  Ana Maar                  DIRECT  The harbour stays open as l…        "
            "PROPOSED  01234567\n"
            "2021-10-20  the spokesman of the bo…  MIXED   no comment                          "
            "PROPOSED  01234567\n");
}

TEST(Render, WhatTellsLeastIsLeftOutFirstAndNamed) {
  EXPECT_EQ(Render(kSaid, {.width_columns = 70}, Said()),
            "day         who             kind    words                     id\n"
            "2021-10-20  Ana Maar        DIRECT  The harbour stays open…   01234567\n"
            "2021-10-20  the spokesman…  MIXED   no comment                01234567\n"
            "(no room for status; --format csv has every column)\n")
      << "an empty column isn't missed, one that says the same in every row hardly";
}

TEST(Render, NoTableIsWiderThanItsTerminal) {
  for (size_t width = 60; width < 160; ++width) {
    const std::string table = Render(kSaid, {.width_columns = width}, Said());
    for (size_t begin = 0, end = 0; begin < table.size(); begin = end + 1) {
      end = table.find('\n', begin);
      EXPECT_LE(DisplayWidth(table.substr(begin, end - begin)), width) << table;
    }
    EXPECT_NE(table.find("no comment"), std::string::npos) << "the words are what it is read for";
    EXPECT_NE(table.find("01234567"), std::string::npos) << "an id is never left out";
  }
}

TEST(Render, ADiffGoesOnOverLinesInColour) {
  const std::vector<Record> rows = {
      Record().Add("diff", "They [-may act-] {+will act at once+} now").Add("s", "SAID")};
  EXPECT_EQ(Render({{"diff", "", Role::kDiff}, {"s"}}, {.width_columns = 30, .color = true}, rows),
            "\x1b[1mdiff\x1b[0m                      \x1b[1ms\x1b[0m\n"
            "They \x1b[31m[-may act-]\x1b[0m \x1b[32m{+will\x1b[0m   SAID\n"
            "\x1b[32mact at once+}\x1b[0m now\n")
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
