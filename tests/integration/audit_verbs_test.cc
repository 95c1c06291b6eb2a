// SPDX-License-Identifier: Apache-2.0
// The record read from the command line: log, history, blame, diff, why, bisect, and rows by name.
#include <gmock/gmock.h>

#include <algorithm>
#include <set>

#include "tests/integration/fixture.h"

namespace verbatim::testing {
namespace {

using ::testing::AnyOf;
using ::testing::Contains;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

class AuditVerbs : public ArchiveTest {
 protected:
  void SetUp() override { ASSERT_EQ(IngestSamples().exit, 0); }
  Json Quotation() const { return Rows({"view", "quotes", "--limit", "1"}).at(0); }
  std::string Archive() const { return (folder_ / "archive").string(); }
  // A shell with $V for the tool on this archive.
  Finished Shell(const std::string& script,
                 std::map<std::string, std::string> environment = {}) const {
    environment["USER"] = "tester";
    environment["V"] = VerbatimProgram() + " -C " + Archive();
    return RunProgram({"bash", "-c", script},
                      {.input = {}, .folder = folder_, .environment = std::move(environment)});
  }
};

TEST_F(AuditVerbs, EachHasHelpWithAnExample) {
  for (const char* verb : {"blame", "diff", "why", "bisect"}) {
    EXPECT_THAT(Verbatim({verb, "--help"}).out, HasSubstr("Example:\n  verbatim ")) << verb;
  }
}

TEST_F(AuditVerbs, BlameNamesTheEventOfEveryField) {
  const Json quotation = Quotation();
  const std::string article = quotation.at("article");
  bool found = false;
  uint64_t last_begin = 0;
  for (const Json& row : Rows({"blame", article})) {
    EXPECT_GE(row.at("begin_char").get<uint64_t>(), last_begin);
    last_begin = row.at("begin_char");
    const Json event = Rows({"show", "@" + row.at("sequence").dump()}).at(0);
    EXPECT_EQ(event.at("actor"), row.at("actor"));
    found = found || row.at("annotation") == quotation.at("annotation");
    if (found) break;
  }
  EXPECT_TRUE(found);
  const Finished table = Verbatim({"blame", article, "--type", "Quote"});
  EXPECT_THAT(table.out, ContainsRegex("text quotes@[0-9.]* @[0-9]* \\(nobody has looked\\)"));
  EXPECT_THAT(table.out, Not(HasSubstr("TemporalExpression")));
  EXPECT_EQ(Verbatim({"blame", article, "--as-of", "1"}).exit, 1);
}

TEST_F(AuditVerbs, DiffIsZeroWhenNothingDiffersAndOneWhenSomethingDoes) {
  const std::string head = std::to_string(Head());
  for (const std::vector<std::string>& what :
       std::vector<std::vector<std::string>>{{}, {"quotes"}, {"timeline"}, {"statements"}}) {
    std::vector<std::string> same = {"diff", "--from", head};
    same.insert(same.end(), what.begin(), what.end());
    const Finished none = Verbatim(same);
    EXPECT_EQ(none.exit, 0) << none.err;
    EXPECT_THAT(none.out, IsEmpty());
    std::vector<std::string> all = {"diff", "--from", "0", "--format", "jsonl"};
    all.insert(all.end(), what.begin(), what.end());
    const Finished some = Verbatim(all);
    EXPECT_EQ(some.exit, 1) << some.err;
    const size_t lines = static_cast<size_t>(std::count(some.out.begin(), some.out.end(), '\n'));
    if (!what.empty()) {
      EXPECT_EQ(lines, Rows({"view", what[0]}).size()) << what[0];
    }
    EXPECT_THAT(some.out, HasSubstr("\"what\":\"added\""));
  }
  EXPECT_EQ(Verbatim({"diff", "--from", head, "--to", "1"}).exit, 2);
  EXPECT_EQ(Verbatim({"diff", "--from", head, "quotes", "--type", "Quote"}).exit, 2);
}

TEST_F(AuditVerbs, ARowIsNamedByItsKey) {
  const Json quotation = Quotation();
  const std::string key = quotation.at("key");
  EXPECT_TRUE(quotation.contains("sequence"));
  for (const std::string& name : {key, quotation.at("annotation").get<std::string>()}) {
    const auto row = Rows({"show", "quotes/" + name});
    ASSERT_EQ(row.size(), 1u) << name;
    EXPECT_EQ(row[0].at("text"), quotation.at("text"));
    EXPECT_EQ(Rows({"history", "quotes/" + name}).at(0).at("what"), "added");
    EXPECT_EQ(Rows({"why", "quotes", name}).at(0).at("part"), "row");
  }
  EXPECT_EQ(Verbatim({"show", "quotes/ffffffffffff"}).exit, 1);
  EXPECT_EQ(Verbatim({"why", "quotes", key, "--as-of", "1"}).exit, 1);
  EXPECT_THAT(Verbatim({"view", "quotes", "--format", "csv", "--limit", "1"}).out,
              HasSubstr(",key,sequence"));
  EXPECT_THAT(Verbatim({"view", "quotes", "--limit", "1"}).out, Not(HasSubstr("sequence")));
}

TEST_F(AuditVerbs, WhyReachesBytesTextPluginAndView) {
  for (const char* view : {"quotes", "timeline", "statements"}) {
    const Json row = Rows({"view", view, "--limit", "1"}).at(0);
    std::set<std::string> told;
    for (const Json& reason : Rows({"why", view, row.at("key")})) {
      told.insert(reason.at("part").get<std::string>() + " " +
                  reason.at("what").get<std::string>());
      if (reason.at("part") == "plugin" || reason.at("what") == "captured") {
        EXPECT_EQ(reason.at("digest").get<std::string>().size(), 64u);
      }
    }
    for (const char* wanted :
         {"view pinned", "annotation added", "article captured", "plugin pinned"}) {
      EXPECT_THAT(told, Contains(wanted)) << view;
    }
    // Which of the sample's rows is first, one of a revised article or not, is up to chance.
    EXPECT_THAT(told, Contains(AnyOf("article ingested", "article revised"))) << view;
  }
}

TEST_F(AuditVerbs, BisectNamesTheFirstEvent) {
  const std::string speaker = Quotation().at("speaker");
  const auto first = Rows({"bisect", "quotes", "--where", "speaker==" + speaker});
  ASSERT_EQ(first.size(), 1u);
  const uint64_t sequence = first[0].at("sequence");
  EXPECT_EQ(first[0].at("row").at("speaker"), speaker);
  const std::vector<std::string> asked = {"view", "quotes", "--where", "speaker==" + speaker,
                                          "--as-of"};
  auto at = asked;
  at.push_back(std::to_string(sequence));
  EXPECT_FALSE(Rows(at).empty());
  auto before = asked;
  before.push_back(std::to_string(sequence - 1));
  EXPECT_TRUE(Rows(before).empty());
  const Finished never = Verbatim({"bisect", "quotes", "--where", "speaker=Nobody Atall"});
  EXPECT_EQ(never.exit, 1);
  EXPECT_THAT(never.err, HasSubstr("ever had speaker=Nobody Atall"));
  EXPECT_EQ(Verbatim({"bisect", "quotes"}).exit, 2);
}

TEST_F(AuditVerbs, FollowPrintsWhatComes) {
  const Finished followed = Shell(
      "$V log --follow --type SettingChanged --format jsonl > followed & p=$!\n"
      "$V log --follow --type SettingChanged > table & q=$!\n"
      "$V config user.name ana >/dev/null\n"
      "for i in $(seq 200); do [ -s followed ] && [ -s table ] && break; sleep 0.05; done\n"
      "kill $p $q; cat followed table");
  EXPECT_THAT(followed.out, ContainsRegex("\"sequence\":[0-9]+,.*SettingChanged"));
  EXPECT_THAT(followed.out, HasSubstr("user.name = ana"));
  EXPECT_EQ(Verbatim({"log", "--follow", "--to", "5"}).exit, 2);
}

TEST_F(AuditVerbs, ATerminalGetsAPagerAndAPipeDoesNot) {
  // `script` gives the tool a terminal; the pager marks what went through it.
  const std::string log = VerbatimProgram() + " -C " + Archive() + " log --limit 3";
  const Finished paged =
      Shell("script -qec '" + log + "' /dev/null < /dev/null", {{"PAGER", "sed s/^/paged:/"}});
  EXPECT_THAT(paged.out, HasSubstr("paged:#"));
  const Finished piped = Shell("$V log --limit 3 | cat", {{"PAGER", "sed s/^/paged:/"}});
  EXPECT_THAT(piped.out, StartsWith("#"));
  EXPECT_THAT(piped.out, Not(HasSubstr("paged:")));
  EXPECT_EQ(std::count(piped.out.begin(), piped.out.end(), '\n'), 4);
}

TEST_F(AuditVerbs, LocalTimesAreForTables) {
  const std::map<std::string, std::string> zone = {{"TZ", "Etc/GMT-5"}};
  EXPECT_THAT(Shell("$V --local log --limit 1", zone).out, HasSubstr(" +0500"));
  EXPECT_THAT(Shell("$V --local log --limit 1", zone).out, HasSubstr("when (local)"));
  EXPECT_THAT(Shell("$V log --limit 1", zone).out, HasSubstr("when (UTC)"));
  EXPECT_THAT(Shell("$V --local log --limit 1 --format jsonl", zone).out,
              ContainsRegex("\"recorded_at\":\"[-0-9]+T[:.0-9]+Z\""));
  EXPECT_THAT(Shell("$V --local show @1", zone).out, HasSubstr(" +0500)"));
}

TEST_F(AuditVerbs, EveryVerbReadsEveryPoint) {
  const Json quotation = Quotation();
  const std::string id = quotation.at("annotation");
  const std::string article = quotation.at("article");
  const std::vector<std::vector<std::string>> verbs = {
      {"view", "quotes", "--as-of"},      {"show", id, "--as-of"},
      {"article", article, "--as-of"},    {"history", id, "--as-of"},
      {"blame", article, "--as-of"},      {"why", "quotes", id, "--as-of"},
      {"log", "--limit", "1", "--to"},    {"log", "--limit", "1", "--from"},
      {"log", "--limit", "1", "--since"}, {"diff", "--article", article, "--from"},
      {"view", "quotes", "--since"},      {"replay", "timeline", "--verify", "--to"}};
  const std::string head = std::to_string(Head());
  const std::vector<std::string> points = {
      head, "@" + head, "today", "0h", "2999-12", "2999-12-31", "2999-12-31T10:00Z"};
  for (const auto& verb : verbs) {
    for (const std::string& point : points) {
      auto asked = verb;
      asked.push_back(point);
      EXPECT_LE(Verbatim(asked).exit, 1) << verb[0] << " " << verb.back() << " " << point;
    }
    for (const char* wrong : {"then", "2026-13", "@x"}) {
      auto asked = verb;
      asked.push_back(wrong);
      const Finished refused = Verbatim(asked);
      EXPECT_EQ(refused.exit, 2) << verb[0] << " " << verb.back() << " " << wrong;
      EXPECT_THAT(refused.err, HasSubstr("is neither a sequence"));
    }
  }
}

TEST_F(AuditVerbs, AnswersAboutThePastEqualAReplay) {
  for (const uint64_t to : {Head() / 3, Head() / 2, Head()}) {
    for (const Json& row : Rows({"replay", "--verify", "--to", std::to_string(to)})) {
      EXPECT_EQ(row.at("result"), "agrees") << row.dump();
      EXPECT_EQ(row.at("sequence"), to);
    }
  }
}

}  // namespace
}  // namespace verbatim::testing
