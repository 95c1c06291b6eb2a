// SPDX-License-Identifier: Apache-2.0
// What people decide at the command line, and what becomes of it.
#include <gmock/gmock.h>

#include "tests/integration/fixture.h"

namespace verbatim::testing {
namespace {

using ::testing::HasSubstr;

constexpr char kWall[] =
    "Council votes to repair sea wall\n\nThe council of Selis voted on Monday to repair the old "
    "sea wall. \"We have no time to lose,\" Mayor Tove Aldren said.\n\n\"The money is there,\" the "
    "treasurer said on Monday. The work begins on Thursday.\n";

class Decide : public ArchiveTest {
 protected:
  void SetUp() override {
    const Finished done =
        Verbatim({"ingest", Write("wall.txt", kWall), "--published", "2020-06-16"});
    ASSERT_EQ(done.exit, 0) << done.err;
  }

  Json Shown(const std::string& id) const { return Rows({"show", id})[0]; }

  uint64_t Decided(std::vector<std::string> arguments) const {
    const std::vector<Json> rows = Rows(std::move(arguments));
    return rows.empty() ? 0 : rows[0].at("sequence").get<uint64_t>();
  }
};

TEST_F(Decide, ACorrectedSpeakerIsKeyedAnewAndSeenInEveryView) {
  const std::string id = Quotation("money is there");
  ASSERT_EQ(Verbatim({"correct", id.substr(0, 12), "speaker=Orla Brandvik", "--reason",
                      "the treasurer is she", "--as", "ana@desk"})
                .exit,
            0);
  const Json shown = Shown(id);
  EXPECT_EQ(shown.at("status"), "CORRECTED");
  EXPECT_EQ(shown.at("body").at("speaker"), "Orla Brandvik");
  EXPECT_FALSE(shown.at("body").contains("speaker_evidence"));
  EXPECT_EQ(Lines({"view", "quotes", "--where", "speaker=Brandvik"}, {"text", "status"}),
            "The money is there, | CORRECTED\n");
  EXPECT_EQ(Rows({"view", "statements", "--where", "speaker=Brandvik"}).size(), 1u);
  const std::string history =
      Lines({"history", id}, {"what", "version", "field", "after", "actor", "reason"});
  EXPECT_THAT(history, HasSubstr("revised | 2 | speaker | Orla Brandvik"));
  EXPECT_THAT(history, HasSubstr("ana@desk"));
  EXPECT_THAT(history, HasSubstr("the treasurer is she"));
}

TEST_F(Decide, WhatIsRejectedIsHiddenAndComesBackByUndo) {
  const std::string id = Quotation("no time to lose");
  const uint64_t rejected = Decided({"reject", id, "--reason", "not hers"});
  EXPECT_EQ(Rows({"view", "quotes"}).size(), 1u);
  EXPECT_EQ(Rows({"view", "quotes", "--all"}).size(), 2u);
  EXPECT_EQ(Verbatim({"annotate", "--force"}).exit, 0);
  EXPECT_EQ(Rows({"view", "quotes"}).size(), 1u);
  const uint64_t undone = Decided({"undo", "@" + std::to_string(rejected)});
  EXPECT_EQ(Shown(id).at("status"), "PROPOSED");
  EXPECT_EQ(Rows({"view", "quotes"}).size(), 2u);
  const Finished twice = Verbatim({"undo", std::to_string(rejected)});
  EXPECT_EQ(twice.exit, 2);
  EXPECT_THAT(twice.err, HasSubstr("undo @" + std::to_string(undone)));
  Decided({"undo", std::to_string(undone)});
  EXPECT_EQ(Shown(id).at("status"), "REJECTED");
  EXPECT_EQ(Rows({"log", "--type", "AnnotationRejected"}).size(), 1u);
  EXPECT_EQ(Verbatim({"replay", "--verify"}).exit, 0);
}

TEST_F(Decide, SeveralAtOnceAndOnlyPeoplesDecisionsAreUndone) {
  EXPECT_EQ(Verbatim({"confirm", Quotation("no time"), Quotation("money")}).exit, 0);
  EXPECT_EQ(Lines({"view", "quotes"}, {"status"}), "CONFIRMED\nCONFIRMED\n");
  const auto added = Rows({"log", "--type", "AnnotationAdded"});
  const Finished undo = Verbatim({"undo", std::to_string(added[0].at("sequence").get<uint64_t>())});
  EXPECT_EQ(undo.exit, 2);
  EXPECT_THAT(undo.err, HasSubstr("only a person's decision can be undone"));
}

TEST_F(Decide, WhatChangedSinceItWasSeenIsRefused) {
  const std::string id = Quotation("no time");
  EXPECT_EQ(Shown(id).at("version"), 1);
  ASSERT_EQ(Verbatim({"confirm", id, "--if-version", "1"}).exit, 0);
  const uint64_t head = Head();
  const Finished late = Verbatim({"reject", id, "--if-version", "1"});
  EXPECT_EQ(late.exit, 1);
  EXPECT_THAT(late.err, HasSubstr("is at version 2, this was decided on version 1"));
  EXPECT_EQ(Head(), head);
}

TEST_F(Decide, FieldsAndValuesAreCheckedByName) {
  const std::string id = Quotation("no time");
  const Finished field = Verbatim({"correct", id, "speeker=X"});
  EXPECT_EQ(field.exit, 2);
  EXPECT_THAT(field.err, HasSubstr("did you mean speaker?"));
  const Finished value = Verbatim({"correct", id, "kind=SHOUTED"});
  EXPECT_EQ(value.exit, 2);
  EXPECT_THAT(value.err, HasSubstr("one of DIRECT, MIXED, INDIRECT"));
  const Finished place = Verbatim({"correct", id, "cue=whispered"});
  EXPECT_EQ(place.exit, 2);
  EXPECT_THAT(place.err, HasSubstr("don't stand in it"));
  const Finished same = Verbatim({"correct", id, "speaker=Tove Aldren"});
  EXPECT_EQ(same.exit, 2);
  EXPECT_THAT(same.err, HasSubstr("says so already"));
  ASSERT_EQ(Verbatim({"correct", id, "speaker_mention=Mayor Tove Aldren"}).exit, 0);
  EXPECT_EQ(Shown(id).at("body").at("speaker_mention").at("exact"), "Mayor Tove Aldren");
}

TEST_F(Decide, AddingByWordsAndByCharacters) {
  const Finished ambiguous =
      Verbatim({"add", "wall.txt", "temporalexpression", "--quote", "Monday", "value=2020-06-15"});
  EXPECT_EQ(ambiguous.exit, 2);
  EXPECT_THAT(ambiguous.err, HasSubstr("stands in the text 2 times"));
  EXPECT_THAT(ambiguous.err, HasSubstr("line 3"));
  const Finished absent = Verbatim({"add", "wall.txt", "quote", "--quote", "no such words"});
  EXPECT_EQ(absent.exit, 2);
  EXPECT_THAT(absent.err, HasSubstr("don't stand in revision 0"));
  const Finished type = Verbatim({"add", "wall.txt", "song", "--quote", "Selis"});
  EXPECT_EQ(type.exit, 2);
  EXPECT_THAT(type.err, HasSubstr("verbatim.v1.Quote"));
  EXPECT_EQ(Verbatim({"add", "wall.txt", "quote", "--chars", "0..9999"}).exit, 2);

  ASSERT_EQ(Verbatim({"add", "wall.txt", "quote", "--quote", "the work begins on thursday",
                      "speaker=Tove Aldren"})
                .exit,
            0);
  EXPECT_EQ(Lines({"view", "quotes", "--where", "kind=INDIRECT"}, {"speaker", "text", "status"}),
            "Tove Aldren | The work begins on Thursday | CORRECTED\n");
  ASSERT_EQ(Verbatim({"add", "wall.txt", "temporalexpression", "--quote", "repair", "--occurrence",
                      "2", "type=DATE", "value=2020-06"})
                .exit,
            0);
  EXPECT_EQ(Lines({"view", "timeline", "--where", "text==repair"}, {"earliest", "latest"}),
            "2020-06-01 | 2020-07-01\n");
}

TEST_F(Decide, AFileOfDecisionsIsTakenWholeOrNotAtAll) {
  const std::string first = Quotation("no time");
  const std::string second = Quotation("money");
  const std::string good = "{\"do\":\"confirm\",\"id\":\"" + first + "\"}\n\n" + "{\"id\":\"" +
                           second +
                           "\",\"fields\":{\"speaker\":\"Orla Brandvik\"},\"reason\":\"lead\"}\n";
  const uint64_t head = Head();
  const Finished bad = Verbatim({"correct", "--from", "-"}, good + "{\"do\":\"reject\",\"id\":\"" +
                                                                first + "\",\"fields\":7}\n");
  EXPECT_EQ(bad.exit, 2);
  EXPECT_THAT(bad.err, HasSubstr("standard input, line 4: \"fields\" takes an object"));
  const Finished unknown =
      Verbatim({"correct", "--from", "-"}, good + "{\"do\":\"confirm\",\"id\":\"ffffffffff\"}\n");
  EXPECT_EQ(unknown.exit, 1);
  EXPECT_THAT(unknown.err, HasSubstr("line 4: nothing in this archive is named"));
  EXPECT_EQ(Head(), head);
  const Finished done = Verbatim({"correct", "--from", Write("decisions.jsonl", good)});
  EXPECT_EQ(done.exit, 0) << done.err;
  EXPECT_EQ(Shown(first).at("status"), "CONFIRMED");
  EXPECT_EQ(Shown(second).at("status"), "CORRECTED");
  const auto rows = Rows({"log", "--from", std::to_string(head + 1)});
  EXPECT_EQ(rows[0].at("correlation"), rows[1].at("correlation"));
}

TEST_F(Decide, NothingToDecideIsUsage) {
  EXPECT_EQ(Verbatim({"confirm"}).exit, 2);
  EXPECT_EQ(Verbatim({"confirm", "wall.txt"}).exit, 2);
  EXPECT_EQ(Verbatim({"confirm", "ffffffff"}).exit, 1);
  EXPECT_EQ(Verbatim({"correct", Quotation("money")}).exit, 2);
  EXPECT_EQ(Verbatim({"undo", "@1"}).exit, 2);
}

}  // namespace
}  // namespace verbatim::testing
