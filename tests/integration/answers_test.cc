// SPDX-License-Identifier: Apache-2.0
// What a person reads who mistyped, asked of too few letters, or asked for what isn't there: never
// nothing, never the first of several.
#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "core/schema/render.h"
#include "tests/integration/fixture.h"

namespace verbatim::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

using Answers = ArchiveTest;

TEST_F(Answers, WhatIsNotThereIsSaid) {
  ASSERT_EQ(Verbatim({"init"}).exit, 0);
  EXPECT_THAT(Verbatim({"articles"}).err, HasSubstr("no articles yet"));
  EXPECT_THAT(Verbatim({"view", "quotes"}).err, HasSubstr("no rows in quotes"));
  ASSERT_EQ(IngestSamples().exit, 0);
  EXPECT_THAT(Verbatim({"articles"}).err, IsEmpty());

  const Finished later = Verbatim({"view", "quotes", "--from", "2031"});
  EXPECT_EQ(later.exit, 0);
  EXPECT_THAT(later.err, HasSubstr("no such rows in quotes\n"));
  EXPECT_THAT(Verbatim({"view", "quotes", "--as-of", "1990-01-01"}).err,
              HasSubstr("no rows in quotes as of @0"));
  EXPECT_THAT(Verbatim({"view", "quotes", "--as-of", "1", "--quiet"}).err, IsEmpty());
  EXPECT_THAT(Verbatim({"search", "zzyzx"}).err, HasSubstr("nothing found"));
  EXPECT_THAT(Verbatim({"log", "--type", "ArticleInvented"}).err,
              AllOf(HasSubstr("no such events"), HasSubstr("is no type of event")));
  EXPECT_THAT(Verbatim({"log", "--type", "ArticleRevised", "--to", "1"}).err,
              AllOf(HasSubstr("no such events"), Not(HasSubstr("is no type"))));
  const Finished unborn = Verbatim({"history", "2020-10-21-key-rate-raised.txt", "--as-of", "3"});
  EXPECT_EQ(unborn.exit, 1) << "as of article, show and blame";
  EXPECT_THAT(unborn.err, HasSubstr("was not there at sequence 3"));
}

TEST_F(Answers, AMistypedCommandLineNamesWhatCameNear) {
  const Finished verb = Verbatim({"ingets", "x.txt"});
  EXPECT_EQ(verb.exit, 2);
  EXPECT_THAT(verb.err, HasSubstr("there is no verb 'ingets'; did you mean ingest?"));
  EXPECT_THAT(Verbatim({"speaker", "lst"}).err,
              HasSubstr("verbatim speaker: there is no verb 'lst'; did you mean list?"));
  EXPECT_THAT(Verbatim({"view", "quotes", "--form", "2020"}).err,
              AllOf(HasSubstr("--form"), HasSubstr("did you mean --format?"),
                    HasSubstr("'verbatim view --help'")));
  EXPECT_THAT(Verbatim({"plugin"}).err, HasSubstr("verbatim plugin: name a verb"));
}

TEST_F(Answers, AYearIsAStretchOfDays) {
  ASSERT_EQ(IngestSamples().exit, 0);
  const auto rows = Rows({"view", "quotes", "--from", "2021", "--to", "2021"});
  EXPECT_FALSE(rows.empty());
  EXPECT_EQ(rows, Rows({"view", "quotes", "--from", "2021-01-01", "--to", "2021-12-31"}));
  EXPECT_EQ(Verbatim({"statements", "--since", "2021", "--until", "2022"}).out,
            Verbatim({"statements", "--since", "2021-01", "--until", "2022-12"}).out);
  EXPECT_EQ(Rows({"search", "strait", "--from", "2021"}),
            Rows({"search", "strait", "--from", "2021-01-01"}));
}

TEST_F(Answers, LimitNoughtIsAllEverywhere) {
  ASSERT_EQ(IngestSamples().exit, 0);
  EXPECT_EQ(Rows({"view", "quotes", "--limit", "0"}), Rows({"view", "quotes"}));
}

TEST_F(Answers, AFewLettersOfARowAreEnoughOnlyWhenTheyAreItsAlone) {
  ASSERT_EQ(IngestSamples().exit, 0);
  for (const std::string view : {"quotes", "timeline"}) {
    // Which rows a single digit could mean: by their key, or by the id of their annotation.
    std::map<std::string, std::set<std::string>> meant;
    for (const Json& row : Rows({"view", view, "--all"})) {
      const std::string key = row.at("key");
      meant[key.substr(0, 1)].insert(key);
      meant[row.at("annotation").get<std::string>().substr(0, 1)].insert(key);
    }
    for (const auto& [digit, rows] : meant) {
      EXPECT_EQ(Verbatim({"why", view, digit}).exit, rows.size() == 1 ? 0 : 2)
          << view << " " << digit << ": " << rows.size() << " rows";
    }
  }
}

TEST_F(Answers, TheListOfViewsCountsTheRowsThatAreHad) {
  ASSERT_EQ(IngestSamples().exit, 0);
  std::map<std::string, size_t> had;
  for (const Json& view : Rows({"view"})) {
    const std::string name = view.at("name");
    had[name] = Rows({"view", name, "--all"}).size();
  }
  for (const Json& view : Rows({"view"})) {
    EXPECT_EQ(view.at("rows").get<size_t>(), had.at(view.at("name"))) << view.at("name");
  }
}

TEST_F(Answers, TheListOfArticlesWasWhatItWas) {
  std::map<uint64_t, std::string> printed;
  for (const char* name : {"a.txt", "b.txt", "a.txt"}) {
    const std::string file =
        Write(name, std::string("Dues rise in the harbour of ") + name + ", take " +
                        std::to_string(printed.size()) + ".\n\nThe board met on Friday.\n");
    ASSERT_EQ(
        Verbatim({"ingest", file, "--url", std::string("https://courier.example/") + name}).exit,
        0);
    ASSERT_EQ(Verbatim({"correct", "b.txt", absl::StrCat("title=Dues ", printed.size())}).exit,
              printed.empty() ? 1 : 0);
    printed[Head()] = Verbatim({"articles", "--format", "json"}).out;
  }
  for (const auto& [sequence, then] : printed) {
    EXPECT_EQ(Verbatim({"articles", "--format", "json", "--as-of", std::to_string(sequence)}).out,
              then)
        << "as of @" << sequence;
  }
  EXPECT_THAT(Verbatim({"articles", "--as-of", "1"}).err, HasSubstr("no article at @1"));
}

TEST_F(Answers, AJsonTextLaidOutForPeopleFailsOnce) {
  const std::string file = Write("gold.json",
                                 "{\n  \"a.html\": {\n    \"title\": \"Dues rise\"\n  },\n"
                                 "  \"b.html\": {\n    \"title\": \"Dues fall\"\n  }\n}\n");
  const Finished ingested = Verbatim({"ingest", file, "--format", "jsonl"});
  EXPECT_EQ(ingested.exit, 3);
  EXPECT_THAT(ingested.out, HasSubstr("no-text"));
  EXPECT_EQ(std::count(ingested.out.begin(), ingested.out.end(), '\n'), 1);
}

TEST_F(Answers, EventsGoIntoAnArchiveOfTheirOwn) {
  ASSERT_EQ(IngestSamples().exit, 0);
  const std::string events = Path("events.jsonl");
  ASSERT_EQ(Verbatim({"export", "--as", "jsonl", "--out", events}).exit, 0);
  const Finished again = Verbatim({"import", events});
  EXPECT_EQ(again.exit, 2);
  EXPECT_THAT(again.err, AllOf(HasSubstr("is there already"), HasSubstr("name a new folder")));
}

TEST_F(Answers, ATableFitsItsTerminal) {
  ASSERT_EQ(IngestSamples().exit, 0);
  for (const std::string view : {"quotes", "statements", "timeline", "speakers"}) {
    for (const size_t columns : {size_t{80}, size_t{120}}) {
      const std::string command =
          absl::StrCat("stty cols ", columns, "; ", VerbatimProgram(), " -C ", Path("archive"),
                       " --no-color view ", view, " 2>/dev/null");
      RunOptions options;
      options.environment = {{"PAGER", "cat"}};
      const Finished seen = RunProgram({"script", "-qec", command, "/dev/null"}, options);
      ASSERT_EQ(seen.exit, 0) << seen.out;
      for (const absl::string_view line : absl::StrSplit(seen.out, "\r\n")) {
        EXPECT_LE(schema::DisplayWidth({line.data(), line.size()}), columns) << view;
      }
      EXPECT_THAT(seen.out, HasSubstr("\r\n")) << "script gave it a terminal";
    }
  }
}

}  // namespace
}  // namespace verbatim::testing
