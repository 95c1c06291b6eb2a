// SPDX-License-Identifier: Apache-2.0
// What scripts rely on: exit codes, formats, prefixes of ids, points in time, help.
#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>

#include "tests/integration/fixture.h"
#include "verbatim_test_paths.h"

namespace verbatim::testing {
namespace {

using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

class Verbs : public ArchiveTest {
 protected:
  void SetUp() override { ASSERT_EQ(IngestSamples().exit, 0); }
  Json Quotation() const { return Rows({"view", "quotes", "--limit", "1"}).at(0); }
};

TEST_F(Verbs, EachHasHelpWithAnExample) {
  for (const char* verb :
       {"init",        "ingest", "annotate",   "articles", "article", "view",       "log",
        "history",     "show",   "statements", "replay",   "verify",  "checkpoint", "prove",
        "check-proof", "plugin", "extract",    "config",   "status",  "completion"}) {
    const Finished help = Verbatim({verb, "--help"});
    EXPECT_EQ(help.exit, 0) << verb;
    EXPECT_THAT(help.out, HasSubstr("Example:\n  verbatim ")) << verb;
  }
}

TEST_F(Verbs, UsageErrorsAreExitTwoAndGoToStandardError) {
  for (const std::vector<std::string>& wrong :
       std::vector<std::vector<std::string>>{{"no-such-verb"},
                                             {"view", "quotes", "--format", "xml"},
                                             {"view", "quotes", "--where", "nonsense"},
                                             {"view", "quotes", "--where", "speeker=Solvay"},
                                             {"show", "@x"},
                                             {"view", "quotes", "--as-of", "then"}}) {
    const Finished finished = Verbatim(wrong);
    EXPECT_EQ(finished.exit, 2) << wrong.back();
    EXPECT_THAT(finished.out, IsEmpty());
    EXPECT_THAT(finished.err, Not(IsEmpty()));
  }
}

TEST_F(Verbs, WhatIsNotThereIsExitOne) {
  EXPECT_EQ(Verbatim({"show", "ffffffffffffff"}).exit, 1);
  EXPECT_EQ(Verbatim({"history", "ffffffffffffff"}).exit, 1);
  EXPECT_EQ(Verbatim({"show", "@999999"}).exit, 1);
  const Finished view = Verbatim({"view", "quotas"});
  EXPECT_EQ(view.exit, 1);
  EXPECT_THAT(view.err, HasSubstr("quotes"));
}

TEST_F(Verbs, AMissingArchiveSaysHowToMakeOne) {
  const Finished finished =
      RunProgram({VerbatimProgram(), "-C", (folder_ / "nowhere").string(), "articles"});
  EXPECT_EQ(finished.exit, 1);
  EXPECT_THAT(finished.err, HasSubstr("verbatim init -C"));
}

TEST_F(Verbs, InitTakesTheFolderAsAWordToo) {
  const std::string folder = (folder_ / "by-name").string();
  const Finished two =
      RunProgram({VerbatimProgram(), "-C", (folder_ / "other").string(), "init", folder});
  EXPECT_EQ(two.exit, 2);
  EXPECT_THAT(two.err, HasSubstr("two folders for one archive"));
  EXPECT_EQ(RunProgram({VerbatimProgram(), "init", folder}).exit, 0);
  EXPECT_EQ(RunProgram({VerbatimProgram(), "-C", folder, "status"}).exit, 0);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "other"));
}

TEST_F(Verbs, UniquePrefixesOfIdsAreEnough) {
  const std::string annotation = Quotation().at("annotation");
  EXPECT_THAT(Verbatim({"show", annotation.substr(0, 12)}).out, HasSubstr(annotation.substr(0, 8)));
  // A single digit would be a sequence.
  std::map<char, int> beginnings;
  for (const Json& row : Rows({"view", "quotes"})) {
    ++beginnings[row.at("annotation").get<std::string>()[0]];
  }
  const auto several = std::find_if(beginnings.begin(), beginnings.end(), [](const auto& letter) {
    return letter.second > 1 && (letter.first == '0' || letter.first > '9');
  });
  ASSERT_NE(several, beginnings.end());
  const Finished ambiguous = Verbatim({"show", std::string(1, several->first)});
  EXPECT_EQ(ambiguous.exit, 2);
  EXPECT_THAT(ambiguous.err, HasSubstr("begins several ids"));
}

TEST_F(Verbs, AnArticleIsFoundByIdUrlAndFile) {
  const Json article = Rows({"articles"}).at(0);
  const std::string id = article.at("article");
  for (const std::string& name : {id.substr(0, 10), article.at("url").get<std::string>()}) {
    const Finished found = Verbatim({"article", name});
    EXPECT_EQ(found.exit, 0) << name << found.err;
    EXPECT_THAT(found.out, HasSubstr(id.substr(0, 8)));
  }
  EXPECT_EQ(Verbatim({"article", "undated-cod-quota.txt"}).exit, 0);
}

TEST_F(Verbs, RowsComeInFourFormats) {
  EXPECT_THAT(Verbatim({"view", "quotes", "--limit", "2", "--format", "json"}).out,
              StartsWith("["));
  EXPECT_THAT(Verbatim({"view", "quotes", "--limit", "2", "--format", "jsonl"}).out,
              StartsWith("{\""));
  EXPECT_THAT(Verbatim({"view", "quotes", "--limit", "2", "--format", "csv"}).out,
              HasSubstr("said_on,"));
  EXPECT_THAT(Verbatim({"view", "quotes", "--limit", "2"}).out, Not(HasSubstr("\x1b[")));
}

TEST_F(Verbs, WhereFindsAPersonByLastNameAndSpelling) {
  const std::string dorokhov = Lines({"view", "quotes", "--where", "speaker=dorokhov"}, {"text"});
  EXPECT_THAT(dorokhov, Not(IsEmpty()));
  EXPECT_EQ(
      Lines({"view", "quotes", "--where", "speaker=DOROKHOV", "--where", "kind=direct"}, {"kind"})
          .find("INDIRECT"),
      std::string::npos);
  const Finished near = Verbatim({"view", "quotes", "--where", "speaker=Dorokof"});
  EXPECT_EQ(near.exit, 0);
  EXPECT_THAT(near.err, HasSubstr("Dorokhov"));
}

TEST_F(Verbs, DaysBoundTheDateColumnAndSayWhatWasLeftOut) {
  for (const Json& row : Rows({"view", "quotes", "--from", "2021-11", "--to", "2021-11-30"})) {
    EXPECT_THAT(row.at("said_on").get<std::string>(), StartsWith("2021-11"));
  }
  EXPECT_THAT(Verbatim({"view", "quotes", "--from", "2021-11"}).err, HasSubstr("undated"));
}

TEST_F(Verbs, TheLogSaysWhoDidWhat) {
  const Json row = Rows({"log", "--type", "verbatim.v1.AnnotationAdded", "--limit", "1"}).at(0);
  for (const char* field :
       {"sequence", "event_id", "stream", "stream_version", "type", "recorded_at", "actor",
        "correlation", "article", "annotation", "body"}) {
    EXPECT_TRUE(row.contains(field)) << field;
  }
  EXPECT_EQ(row.at("actor").at("kind"), "plugin");
  EXPECT_THAT(row.at("recorded_at").get<std::string>(), ContainsRegex("^20[0-9-]*T[0-9:.]*Z$"));
}

TEST_F(Verbs, HistoryTellsEveryStepOfAnAnnotation) {
  const auto steps = Rows({"history", Quotation().at("annotation")});
  ASSERT_FALSE(steps.empty());
  EXPECT_EQ(steps[0].at("what"), "added");
  EXPECT_EQ(steps[0].at("actor").at("name"), "quotes");
}

TEST_F(Verbs, SettingsAreEvents) {
  EXPECT_EQ(Verbatim({"config", "user.name", "ana@desk"}).exit, 0);
  EXPECT_EQ(Lines({"config"}, {"key", "value"}), "user.name | ana@desk\n");
  EXPECT_EQ(Rows({"log", "--type", "verbatim.v1.SettingChanged"}).size(), 1u);
  EXPECT_EQ(Verbatim({"config", "no.such"}).exit, 1);
}

TEST_F(Verbs, PluginsAreListedCheckedAndTried) {
  EXPECT_EQ(Lines({"plugin", "list"}, {"name", "state"}),
            "dates | enabled\nduplicates | enabled\nquotes | enabled\nstatements | enabled\n");
  const std::string so = std::string(VERBATIM_BINARY_DIR) + "/lib/verbatim/plugins/quotes.so";
  EXPECT_EQ(Verbatim({"plugin", "check", so}).exit, 0);
  EXPECT_EQ(Verbatim({"plugin", "check", Write("no.so", "not a plugin")}).exit, 1);
  const std::string text =
      Write("t.txt", "\u201CIt will rain on 3 May 2021,\u201D Orla Brandvik said.\n");
  const Finished quotes = Verbatim({"plugin", "try", "quotes", text, "--format", "jsonl"});
  EXPECT_THAT(
      quotes.out,
      HasSubstr(
          "\"file\":\"t.txt\",\"plugin\":\"quotes\",\"type\":\"verbatim.v1.Quote\",\"spans\":[{"));
  EXPECT_THAT(quotes.out, HasSubstr("\"speaker\":\"Orla Brandvik\""));
  EXPECT_THAT(Verbatim({"plugin", "try", "dates", text, "--format", "jsonl"}).out,
              HasSubstr("\"value\":\"2021-05-03\""));
  EXPECT_THAT(Verbatim({"plugin", "try", so, text, "--format", "jsonl"}).out,
              HasSubstr("\"speaker\":\"Orla Brandvik\""));
}

TEST_F(Verbs, ADisabledPluginRestsAndItsViewSaysSo) {
  ASSERT_EQ(Verbatim({"view", "quotes"}).exit, 0);
  ASSERT_EQ(Verbatim({"plugin", "disable", "quotes"}).exit, 0);
  const Finished view = Verbatim({"view", "quotes"});
  EXPECT_EQ(view.exit, 0);
  EXPECT_THAT(view.err, HasSubstr("behind"));
  ASSERT_EQ(Verbatim({"plugin", "enable", "quotes"}).exit, 0);
  EXPECT_THAT(Verbatim({"view", "quotes"}).err, Not(HasSubstr("behind")));
}

TEST_F(Verbs, StatusFitsOneScreen) {
  const Finished status = Verbatim({"status"});
  EXPECT_EQ(status.exit, 0);
  for (const char* word :
       {"events", "articles", "annotations", "quotes", "statements", "plugins"}) {
    EXPECT_THAT(status.out, HasSubstr(word));
  }
  EXPECT_LT(std::count(status.out.begin(), status.out.end(), '\n'), 40);
}

TEST_F(Verbs, CompletionsKnowEveryVerb) {
  for (const char* shell : {"bash", "zsh", "fish"}) {
    const Finished script = Verbatim({"completion", shell});
    EXPECT_EQ(script.exit, 0);
    EXPECT_THAT(script.out, HasSubstr("replay"));
  }
  const Finished checked =
      RunProgram({"bash", "-n"},
                 {.input = Verbatim({"completion", "bash"}).out, .folder = {}, .environment = {}});
  EXPECT_EQ(checked.exit, 0) << checked.err;
  EXPECT_EQ(Verbatim({"completion"}).exit, 2);
}

TEST_F(Verbs, CompletionsAskTheArchiveForNames) {
  EXPECT_THAT(Verbatim({"completion", "--names", "views"}).out, HasSubstr("quotes\n"));
  EXPECT_THAT(Verbatim({"completion", "--names", "plugins"}).out, HasSubstr("dates\n"));
  const auto completed = [&](const std::string& line) {
    const std::string script = Verbatim({"completion", "bash"}).out + "COMP_WORDS=(" +
                               VERBATIM_BINARY_DIR "/bin/verbatim -C " + Path("archive") + " " +
                               line +
                               ")\nCOMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n"
                               "_verbatim\necho \" ${COMPREPLY[*]} \"\n";
    return RunProgram({"bash"}, {.input = script, .folder = {}, .environment = {}}).out;
  };
  EXPECT_EQ(completed("view quo"), " quotes \n");
  EXPECT_EQ(completed("why time"), " timeline \n");
  EXPECT_EQ(completed("plugin disable quo"), " quotes \n");
  EXPECT_EQ(completed("annotate --plugin dat"), " dates \n");
  EXPECT_THAT(completed("view --wh"), HasSubstr(" --where "));
}

}  // namespace
}  // namespace verbatim::testing
