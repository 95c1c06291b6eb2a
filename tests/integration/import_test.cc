// SPDX-License-Identifier: Apache-2.0
// Annotations that other programs give back: taken in as decisions, and as no more decisions than
// they are.
#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>

#include "tests/integration/fixture.h"

namespace verbatim::testing {
namespace {
namespace fs = std::filesystem;

using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kFerry[] =
    "The ferry runs again\n\n"
    "\xE2\x80\x9CWe sail on Friday,\xE2\x80\x9D said Ida Brandt, the harbour master of \xC3\x98re, "
    "on May 4, 2021.\n";

class Import : public ArchiveTest {
 protected:
  std::vector<Json> Imported(std::vector<std::string> arguments, int exit = 0) const {
    arguments.insert(arguments.begin(), "import");
    arguments.insert(arguments.end(), {"--all", "--format", "jsonl"});
    const Finished finished = Verbatim(arguments);
    EXPECT_EQ(finished.exit, exit) << finished.err;
    std::vector<Json> rows;
    std::istringstream lines(finished.out);
    for (std::string line; std::getline(lines, line);) rows.push_back(Json::parse(line));
    return rows;
  }
  static std::map<std::string, size_t> Count(const std::vector<Json>& rows) {
    std::map<std::string, size_t> count;
    for (const Json& row : rows) ++count[row.at("action")];
    return count;
  }
  std::string Exported(const std::string& format, const std::string& archive = "archive") const {
    const std::string place = Path(archive + "." + format);
    const Finished done = At(archive, {"export", "--as", format, place});
    EXPECT_EQ(done.exit, 0) << done.err;
    return place;
  }
  // Every annotation of an archive: article, type, places and body, in an order of their own.
  std::vector<std::string> Said(const std::string& archive,
                                const std::vector<std::string>& fields = {}) const {
    std::vector<std::string> said;
    const Json page = Json::parse(At(archive, {"export", "--as", "webannotation"}).out);
    for (const Json& item : page.at("items")) {
      Json body = Json::parse(item.at("body").at(1).at("value").get<std::string>());
      if (!fields.empty()) {
        Json kept;
        for (const std::string& field : fields) kept[field] = body.value(field, "");
        body = kept;
      }
      std::string line = item.at("article").get<std::string>() + " " +
                         item.at("body").at(0).at("value").get<std::string>() + " " + body.dump();
      for (const Json& target : item.at("target")) {
        line += " " + target.at("selector").at(1).at("start").dump() + ".." +
                target.at("selector").at(1).at("end").dump();
      }
      said.push_back(line);
    }
    std::sort(said.begin(), said.end());
    return said;
  }
  void Ferry() const {
    ASSERT_EQ(Verbatim({"ingest", Write("ferry.txt", kFerry), "--published", "2021-05-04"}).exit,
              0);
  }
  void Replace(const std::string& file, const std::string& from, const std::string& to) const {
    std::string text = ReadAll(file);
    const size_t at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from << " in " << text;
    text.replace(at, from.size(), to);
    std::ofstream(file, std::ios::binary) << text;
  }
};

TEST_F(Import, WhatWasExportedAndNotTouchedDecidesNothing) {
  ASSERT_EQ(IngestSamples().exit, 0);
  const uint64_t head = Head();
  for (const char* format : {"webannotation", "brat", "timeml"}) {
    const auto count = Count(Imported({Exported(format), "--by", "ana"}));
    EXPECT_EQ(count.size(), 1u) << format;
    EXPECT_GT(count.at("same"), 40u) << format;
  }
  EXPECT_EQ(Head(), head);
}

TEST_F(Import, AnotherArchiveOfTheTextsSaysTheSameAfterwards) {
  ASSERT_EQ(IngestSamples().exit, 0);
  for (const char* format : {"webannotation", "brat"}) {
    const std::string other = std::string("with-") + format;
    ASSERT_EQ(IngestSamples({"--no-annotate"}, other).exit, 0);
    const Finished done = At(other, {"import", Exported(format), "--by", "ana"});
    EXPECT_EQ(done.exit, 0) << done.err;
    EXPECT_EQ(Said(other), Said("archive")) << format;
  }
}

TEST_F(Import, TimeExpressionsSurviveTimeml) {
  ASSERT_EQ(IngestSamples().exit, 0);
  ASSERT_EQ(IngestSamples({"--no-annotate"}, "other").exit, 0);
  ASSERT_EQ(At("other", {"import", Exported("timeml"), "--by", "ana"}).exit, 0);
  std::vector<std::string> expressions;
  const std::vector<std::string> fields = {"type", "value", "mod", "quant", "freq"};
  for (const std::string& line : Said("archive", fields)) {
    if (line.find("TemporalExpression") != std::string::npos) expressions.push_back(line);
  }
  EXPECT_EQ(Said("other", fields), expressions);
}

TEST_F(Import, WhatWasChangedInBratIsACorrection) {
  Ferry();
  const std::string folder = Exported("brat");
  const std::string ann = folder + "/ferry.ann";
  Replace(ann, "kind T1 DIRECT", "kind T1 MIXED");
  // A second quotation, made in brat; and one line of the file is gone.
  const size_t date = ReadAll(ann).find("TemporalExpression");
  ASSERT_NE(date, std::string::npos);
  std::ofstream(ann, std::ios::app) << "T90\tQuote 0 20\tThe ferry runs again\n"
                                    << "A90\tkind T90 INDIRECT\n"
                                    << "#90\tAnnotatorNotes T90\tthe headline, is it hers?\n";
  const uint64_t head = Head();
  const auto foreseen = Imported({folder, "--by", "ana", "--dry-run"});
  EXPECT_EQ(Head(), head);
  const auto rows = Imported({folder, "--by", "ana"});
  EXPECT_EQ(Count(rows), Count(foreseen));
  const auto count = Count(rows);
  EXPECT_EQ(count.at("corrected"), 1u);
  EXPECT_EQ(count.at("added"), 2u);  // with the remark
  const Json corrected = *std::find_if(
      rows.begin(), rows.end(), [](const Json& row) { return row.at("action") == "corrected"; });
  EXPECT_EQ(corrected.at("changes").at(0).at("field"), "kind");
  EXPECT_EQ(corrected.at("changes").at(0).at("after"), "MIXED");
  const std::string history = Verbatim({"history", corrected.at("annotation")}).out;
  EXPECT_THAT(history, HasSubstr("ana"));
  EXPECT_THAT(history, HasSubstr("ferry.ann, line 1"));
  const auto log = Rows({"log", "--limit", "1"});
  EXPECT_EQ(log.at(0).at("actor").at("name"), "ana");
  // The same file again has nothing new to say.
  EXPECT_EQ(Count(Imported({folder, "--by", "ana"})).count("added"), 0u);
  // Nor does what the file had before the decision undo it.
  Replace(ann, "kind T1 MIXED", "kind T1 DIRECT");
  EXPECT_EQ(Count(Imported({folder, "--by", "bo"})).at("outdated"), 1u);
}

TEST_F(Import, AnotherValueInTimemlIsResolvedAnew) {
  Ferry();
  const std::string folder = Exported("timeml");
  Replace(folder + "/ferry.tml", "value=\"2021-05-04\" temporalFunction=\"false\">May",
          "value=\"2020-05\" temporalFunction=\"false\">May");
  const auto rows = Imported({folder, "--by", "ana"});
  EXPECT_EQ(Count(rows).at("corrected"), 1u);
  EXPECT_THAT(Lines({"view", "timeline"}, {"earliest", "latest", "text"}),
              HasSubstr("2020-05-01 | 2020-06-01 | May 4, 2021"));
}

TEST_F(Import, WhatHasNoPlaceWaitsForAPerson) {
  Ferry();
  const std::string folder = Exported("brat");
  const std::string later = Write(
      "ferry2.txt",
      "At last\n\nThe ferry runs again\n\nThe harbour master of \xC3\x98re gave no day for it, and "
      "spoke on May 4, 2021.\n");
  // Another archive knows the new text alone, by the name of the old one.
  fs::copy_file(later, Path("fresh.txt"));
  fs::create_directory(Path("new"));
  fs::rename(Path("fresh.txt"), Path("new/ferry.txt"));
  ASSERT_EQ(At("late", {"ingest", Path("new/ferry.txt"), "--no-annotate"}).exit, 0);
  const Finished done = At("late", {"import", folder, "--by", "ana", "--format", "jsonl"});
  EXPECT_EQ(done.exit, 0) << done.err;
  EXPECT_THAT(done.out, HasSubstr("\"unplaced\""));
  EXPECT_THAT(done.out, HasSubstr("\"added\""));  // the date moved along
  const Finished waits = At("late", {"review", "--why", "unplaced", "--format", "jsonl"});
  EXPECT_THAT(waits.out, HasSubstr("We sail on Friday"));
  const Json row = Json::parse(waits.out.substr(0, waits.out.find('\n')));
  // A second time it is not kept again, and a person can let it go.
  EXPECT_THAT(At("late", {"import", folder, "--by", "ana"}).out, HasSubstr("waits already"));
  ASSERT_EQ(At("late", {"undo", "@" + row.at("sequence").dump()}).exit, 0);
  EXPECT_THAT(At("late", {"review", "--why", "unplaced", "--format", "jsonl"}).out,
              Not(HasSubstr("We sail on Friday")));
}

TEST_F(Import, PeopleConfirmOnlyWhenTheyAreAsked) {
  Ferry();
  const std::string page = Exported("webannotation");
  const auto count = Count(Imported({page, "--by", "ana", "--confirm"}));
  EXPECT_GE(count.at("confirmed"), 2u);
  EXPECT_THAT(Lines({"view", "quotes"}, {"status"}), HasSubstr("CONFIRMED"));
  EXPECT_EQ(Count(Imported({page, "--by", "bo", "--confirm"})).at("same"), count.at("confirmed"));
  const std::string quotation = Quotation("We sail");
  ASSERT_EQ(Verbatim({"reject", quotation, "--as", "ana"}).exit, 0);
  EXPECT_EQ(Count(Imported({page, "--by", "bo"})).at("gone"), 1u);
}

TEST_F(Import, CommentsOfOtherProgramsAreRemarks) {
  Ferry();
  const std::string article = Rows({"articles"}).at(0).at("article");
  const std::string file = Write(
      "comment.json",
      R"({"@context":"http://www.w3.org/ns/anno.jsonld","type":"Annotation","motivation":"commenting",
"body":{"type":"TextualBody","value":"Which Friday?"},
"target":{"source":"urn:verbatim:00:article:)" +
          article + R"(","selector":{"type":"TextQuoteSelector","exact":"on Friday"}}})");
  EXPECT_EQ(Count(Imported({file, "--by", "ana"})).at("added"), 1u);
  EXPECT_THAT(Verbatim({"blame", "ferry.txt"}).out, HasSubstr("Which Friday?"));
}

TEST_F(Import, BadFilesAreNamedByLineAndTheRestIsDone) {
  Ferry();
  const std::string folder = Exported("brat");
  const auto complaint = [&](const std::string& name, const std::string& text) {
    const Finished done = Verbatim({"import", Write("bad/" + name, text), folder, "--by", "ana"});
    EXPECT_EQ(done.exit, 3) << name;
    EXPECT_THAT(done.err, HasSubstr("same")) << "the folder after it";
    return done.err;
  };
  Write("bad/a.txt", "short");
  EXPECT_THAT(complaint("a.ann", "T1\tQuote 0 2\tsh\nT2\tQuote 3 900\tx\n"),
              HasSubstr("a.ann, line 2: '3 900' is no part of the text"));
  EXPECT_THAT(complaint("b.tml", "<?xml version=\"1.0\"?>\n<TimeML>\n<TEXT>a</TEX></TimeML>"),
              HasSubstr("b.tml, line 3: no XML"));
  EXPECT_THAT(complaint("c.tml",
                        "<!DOCTYPE TimeML [<!ENTITY a \"aa\">]><TimeML><TEXT>&a;</TEXT>"
                        "</TimeML>"),
              HasSubstr("<!DOCTYPE at byte 0 is refused"));
  std::string deep = "{\"@context\":\"http://www.w3.org/ns/anno.jsonld\",\n\"items\":";
  for (int i = 0; i < 5000; ++i) deep += "[";
  EXPECT_THAT(complaint("d.json", deep), HasSubstr("d.json, line 1: no JSON"));
  EXPECT_THAT(complaint("e.json", "[{\"type\":\"Annotation\"},\n{\"type\":\"Annotation\"}]"),
              HasSubstr("e.json, line 1: the annotation has no body"));
  const Finished unknown = Verbatim({"import", folder, "--as", "conll"});
  EXPECT_EQ(unknown.exit, 2);
  EXPECT_THAT(unknown.err, HasSubstr("webannotation, brat, timeml"));
}

}  // namespace
}  // namespace verbatim::testing
