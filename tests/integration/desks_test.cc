// SPDX-License-Identifier: Apache-2.0
// Two desks over the same articles: what one decides arrives at the other once, attributed; what
// they decide differently waits.
#include <gmock/gmock.h>

#include <map>
#include <sstream>

#include "tests/integration/fixture.h"

namespace verbatim::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kTalks[] =
    "Talks on the canal\n\n"
    "\xE2\x80\x9CThe canal stays open,\xE2\x80\x9D said Tove Aldren, the minister of ports, on "
    "March 3, 2020.\n\n"
    "\xE2\x80\x9CWe pay for the new lock and for both of the bridges,\xE2\x80\x9D said Peter Holm, "
    "the mayor of Selby.\n";

class Desks : public ArchiveTest {
 protected:
  void SetUp() override {
    const std::string talks = Write("talks.txt", kTalks);
    for (const char* desk : {"archive", "other"}) {
      ASSERT_EQ(At(desk, {"ingest", talks, "--published", "2020-03-03"}).exit, 0);
    }
  }
  // Ids differ between the desks: each made its own.
  std::string QuotationAt(const std::string& desk, const std::string& words) const {
    for (const Json& row : JsonAt(desk, {"view", "quotes", "--all"})) {
      if (row.at("text").get<std::string>().find(words) != std::string::npos) {
        return row.at("annotation");
      }
    }
    ADD_FAILURE() << words;
    return "";
  }
  std::vector<Json> JsonAt(const std::string& desk, std::vector<std::string> arguments) const {
    arguments.insert(arguments.end(), {"--format", "jsonl"});
    const Finished done = At(desk, arguments);
    EXPECT_LE(done.exit, 1) << done.err;
    std::vector<Json> rows;
    std::istringstream lines(done.out);
    for (std::string line; std::getline(lines, line);) rows.push_back(Json::parse(line));
    return rows;
  }
  std::map<std::string, size_t> Pulled(const std::string& to, const std::string& from) const {
    std::map<std::string, size_t> count;
    for (const Json& row : JsonAt(to, {"pull", from})) ++count[row.at("action")];
    return count;
  }
  std::string SpeakerAt(const std::string& desk, const std::string& words) const {
    for (const Json& row : JsonAt(desk, {"view", "quotes"})) {
      if (row.at("text").get<std::string>().find(words) != std::string::npos) {
        return row.at("speaker");
      }
    }
    return "";
  }
};

TEST_F(Desks, DecisionsArriveOnceAndSayWhoMadeThem) {
  const std::string canal = QuotationAt("other", "canal stays");
  ASSERT_EQ(At("other", {"correct", canal, "speaker=Tove Aldren-Lund", "--as", "bo", "--reason",
                         "her name since May"})
                .exit,
            0);
  ASSERT_EQ(At("other", {"reject", QuotationAt("other", "We pay"), "--as", "bo"}).exit, 0);
  ASSERT_EQ(At("other", {"add", "talks.txt", "quote", "--quote", "Talks on the canal",
                         "speaker=Nobody", "--as", "bo"})
                .exit,
            0);
  EXPECT_EQ(Pulled("archive", Path("other")), (std::map<std::string, size_t>{{"applied", 3}}));
  EXPECT_EQ(SpeakerAt("archive", "canal stays"), "Tove Aldren-Lund");
  EXPECT_EQ(SpeakerAt("archive", "We pay"), "");
  EXPECT_EQ(SpeakerAt("archive", "Talks on"), "Nobody");
  const std::string history = Verbatim({"history", Quotation("canal stays")}).out;
  EXPECT_THAT(history, HasSubstr("bo"));
  EXPECT_THAT(history, HasSubstr("her name since May"));
  const std::string log = Verbatim({"log", "--type", "DecisionPulled", "--format", "jsonl"}).out;
  const std::string there = JsonAt("other", {"log", "--limit", "1"}).at(0).at("event_id");
  EXPECT_THAT(log, HasSubstr(there)) << "the event keeps its id";
  // A second time there is nothing, nor does it come back to where it was made.
  const uint64_t head = Head();
  EXPECT_TRUE(Pulled("archive", Path("other")).empty());
  EXPECT_EQ(Head(), head);
  EXPECT_TRUE(Pulled("other", Path("archive")).empty());
  EXPECT_EQ(Verbatim({"verify", "--full"}).exit, 0);
  EXPECT_EQ(Verbatim({"replay", "--verify"}).exit, 0);
}

TEST_F(Desks, WhatIsDecidedDifferentlyWaitsAndIsCounted) {
  ASSERT_EQ(
      Verbatim({"correct", Quotation("canal stays"), "speaker=Port Ministry", "--as", "ana"}).exit,
      0);
  ASSERT_EQ(Verbatim({"confirm", Quotation("We pay"), "--as", "ana"}).exit, 0);
  ASSERT_EQ(At("other", {"reject", QuotationAt("other", "canal stays"), "--as", "bo"}).exit, 0);
  ASSERT_EQ(At("other", {"confirm", QuotationAt("other", "We pay"), "--as", "bo"}).exit, 0);
  // From a file as from a folder, and not at all when only asked.
  ASSERT_EQ(At("other", {"export", "--as", "jsonl", "--out", Path("other.jsonl")}).exit, 0);
  const uint64_t head = Head();
  const auto agreement = JsonAt("archive", {"pull", Path("other.jsonl"), "--agreement"});
  ASSERT_EQ(agreement.size(), 1u);
  EXPECT_EQ(agreement[0].at("both"), 2);
  EXPECT_EQ(agreement[0].at("alike"), 1);
  // Of three that hold at one desk or the other two times one is the same.
  EXPECT_NEAR(agreement[0].at("f1"), 2.0 / 3, 1e-6);
  // Half agree; by chance a quarter would: here corrected, confirmed; there rejected, confirmed.
  EXPECT_NEAR(agreement[0].at("kappa"), (0.5 - 0.25) / 0.75, 1e-6);
  EXPECT_EQ(Head(), head);
  EXPECT_EQ(Pulled("archive", Path("other.jsonl")),
            (std::map<std::string, size_t>{{"conflict", 1}, {"agreed", 1}}));
  EXPECT_EQ(SpeakerAt("archive", "canal stays"), "Port Ministry") << "what people here hold stays";
  const auto conflicts = JsonAt("archive", {"review", "--conflicts"});
  ASSERT_EQ(conflicts.size(), 1u);
  EXPECT_THAT(conflicts[0].at("detail").get<std::string>(),
              HasSubstr("bo decided that it isn't there"));
  // The other desk is told as well, and keeps what its own people hold.
  EXPECT_EQ(Pulled("other", Path("archive")),
            (std::map<std::string, size_t>{{"conflict", 1}, {"agreed", 1}}));
  EXPECT_EQ(SpeakerAt("other", "canal stays"), "");
  // A decision made after both were seen settles it at both desks.
  ASSERT_EQ(Verbatim({"reject", Quotation("canal stays"), "--as", "ana"}).exit, 0);
  EXPECT_TRUE(JsonAt("archive", {"review", "--conflicts"}).empty());
  EXPECT_EQ(Pulled("other", Path("archive")), (std::map<std::string, size_t>{{"applied", 1}}));
  EXPECT_TRUE(JsonAt("other", {"review", "--conflicts"}).empty());
}

TEST_F(Desks, AnUndoThereIsAnUndoHere) {
  const std::string pay = QuotationAt("other", "We pay");
  ASSERT_EQ(At("other", {"reject", pay, "--as", "bo"}).exit, 0);
  EXPECT_EQ(Pulled("archive", Path("other")).at("applied"), 1u);
  EXPECT_EQ(SpeakerAt("archive", "We pay"), "");
  const std::string sequence = JsonAt("other", {"log", "--limit", "1"}).at(0).at("sequence").dump();
  ASSERT_EQ(At("other", {"undo", "@" + sequence, "--as", "bo"}).exit, 0);
  EXPECT_EQ(Pulled("archive", Path("other")).at("applied"), 1u);
  EXPECT_EQ(SpeakerAt("archive", "We pay"), "Peter Holm");
}

TEST_F(Desks, RemarksChangeNothingAndAreShown) {
  const std::string canal = Quotation("canal stays");
  const std::string before = Verbatim({"view", "quotes", "--format", "jsonl"}).out;
  ASSERT_EQ(Verbatim({"add", canal, "note", "text=ask her office", "--as", "ana"}).exit, 0);
  EXPECT_EQ(Verbatim({"view", "quotes", "--format", "jsonl"}).out, before);
  EXPECT_THAT(Verbatim({"history", canal}).out, HasSubstr("ask her office"));
  EXPECT_THAT(Verbatim({"show", canal}).out, HasSubstr("ask her office"));
  EXPECT_THAT(Verbatim({"blame", "talks.txt"}).out, HasSubstr("ask her office"));
  EXPECT_EQ(Pulled("other", Path("archive")).at("applied"), 1u);
  EXPECT_THAT(At("other", {"blame", "talks.txt"}).out, HasSubstr("ask her office"));
  const Finished wrong = Verbatim({"add", canal, "quote", "speaker=Ana"});
  EXPECT_NE(wrong.exit, 0);
}

TEST_F(Desks, WatchShowsWhatIsNewOnce) {
  const std::string state = "XDG_STATE_HOME=" + Path("state");
  const auto watch = [&](const std::string& who, std::vector<std::string> more = {}) {
    std::vector<std::string> arguments = {
        VerbatimProgram(), "-C", Path("archive"), "watch", "quotes", "--as", who};
    arguments.insert(arguments.end(), more.begin(), more.end());
    RunOptions options;
    options.environment = {{"XDG_STATE_HOME", Path("state")}, {"USER", "tester"}};
    return RunProgram(arguments, options);
  };
  EXPECT_EQ(watch("ana", {"--keep"}).exit, 0);
  EXPECT_THAT(watch("ana").out, HasSubstr("We pay"));
  EXPECT_EQ(watch("ana").exit, 1);
  ASSERT_EQ(Verbatim({"correct", Quotation("canal stays"), "speaker=Port Ministry"}).exit, 0);
  const Finished news = watch("ana");
  EXPECT_THAT(news.out, HasSubstr("Port Ministry"));
  EXPECT_THAT(news.out, Not(HasSubstr("We pay")));
  EXPECT_EQ(watch("ana").exit, 1);
  EXPECT_THAT(watch("bo").out, HasSubstr("We pay")) << "each has looked by themselves";
}

TEST_F(Desks, TheManualHasEveryVerb) {
  const Finished page = Verbatim({"help", "--man"});
  ASSERT_EQ(page.exit, 0);
  EXPECT_THAT(page.out, HasSubstr(".TH VERBATIM 1"));
  const std::string script = Verbatim({"completion", "bash"}).out;
  for (const char* verb : {"pull", "watch", "import", "help", "export", "review"}) {
    EXPECT_THAT(page.out, HasSubstr(std::string("\n.SS ") + verb + "\n"));
    EXPECT_THAT(script, HasSubstr(std::string("    ") + verb + ") COMPREPLY"));
  }
  EXPECT_EQ(Verbatim({"help", "import"}).exit, 0);
  EXPECT_EQ(Verbatim({"help", "imprt"}).exit, 2);
}

}  // namespace
}  // namespace verbatim::testing
