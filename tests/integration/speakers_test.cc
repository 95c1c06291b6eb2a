// SPDX-License-Identifier: Apache-2.0
// Speakers whom the log makes one, and two again, and what waits for a person.
#include <gmock/gmock.h>

#include "tests/integration/fixture.h"

namespace verbatim::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr char kFirst[] =
    "Ferry to stay\n\nThe ferry stays. \"The ferry will sail every day,\" Marguerite Olsson said "
    "on Monday.\n";
constexpr char kSecond[] =
    "Ferry to go\n\nThe ferry goes. \"The ferry will not sail every day,\" M. Olsson said on "
    "Tuesday.\n\n\"The islanders were never asked about it,\" Nils Anker said on Wednesday.\n";

class ArchiveOfTwo : public ArchiveTest {
 protected:
  void SetUp() override {
    ASSERT_EQ(Verbatim({"ingest", Write("a.txt", kFirst), "--published", "2020-06-16"}).exit, 0);
    ASSERT_EQ(Verbatim({"ingest", Write("b.txt", kSecond), "--published", "2020-07-01"}).exit, 0);
  }
  std::string Names() const { return Lines({"view", "quotes"}, {"speaker"}); }
  std::string Last() const { return "@" + std::to_string(Head()); }
};

class SpeakersVerb : public ArchiveOfTwo {};

TEST_F(SpeakersVerb, AreListedWithTheirNamesAsPrinted) {
  EXPECT_EQ(Rows({"speaker", "list"}).size(), 3u);
  const Json olsson = Rows({"speaker", "show", "marguerite olsson"})[0];
  EXPECT_EQ(olsson.at("speaker"), "Marguerite Olsson");
  EXPECT_EQ(olsson.at("quotations"), 1);
  const Finished ambiguous = Verbatim({"speaker", "show", "Olsson"});
  EXPECT_EQ(ambiguous.exit, 2);
  EXPECT_THAT(ambiguous.err, HasSubstr("M. Olsson, Marguerite Olsson"));
  const Finished unknown = Verbatim({"speaker", "show", "Nils Ankar"});
  EXPECT_EQ(unknown.exit, 1);
  EXPECT_THAT(unknown.err, HasSubstr("did you mean Nils Anker?"));
}

TEST_F(SpeakersVerb, MergedAreOneInEveryViewAtOnce) {
  const uint64_t before = Head();
  ASSERT_EQ(Verbatim({"speaker", "merge", "Marguerite Olsson", "M. Olsson", "--reason",
                      "the ferry company has one"})
                .exit,
            0);
  EXPECT_EQ(Names(), "Marguerite Olsson\nMarguerite Olsson\nNils Anker\n");
  EXPECT_EQ(Rows({"view", "quotes", "--where", "speaker=M. Olsson"}).size(), 2u);
  const auto statements = Rows({"view", "statements", "--where", "speaker=Marguerite Olsson"});
  ASSERT_EQ(statements.size(), 2u);
  EXPECT_EQ(statements[0].at("thread"), statements[1].at("thread"));
  EXPECT_EQ(Lines({"view", "quotes", "--as-of", std::to_string(before)}, {"speaker"}),
            "Marguerite Olsson\nM. Olsson\nNils Anker\n");
  const Json shown = Rows({"speaker", "show", "M. Olsson"})[0];
  EXPECT_EQ(shown.at("quotations"), 2);
  EXPECT_THAT(shown.at("merged"), ElementsAre("m olson"));
  EXPECT_EQ(Verbatim({"speaker", "merge", "Marguerite Olsson", "M. Olsson"}).exit, 2);
  EXPECT_EQ(Verbatim({"replay", "--verify"}).exit, 0);
  // No name stands in a header.
  const Json event = Rows({"log", "--type", "SpeakersMerged"})[0];
  EXPECT_THAT(event.at("stream").get<std::string>(), ::testing::Not(HasSubstr("olsson")));
}

TEST_F(SpeakersVerb, SplitAndUndoTakeItBack) {
  ASSERT_EQ(Verbatim({"speaker", "merge", "Marguerite Olsson", "M. Olsson"}).exit, 0);
  ASSERT_EQ(Verbatim({"speaker", "split", "Marguerite Olsson", "M. Olsson"}).exit, 0);
  EXPECT_EQ(Names(), "Marguerite Olsson\nM. Olsson\nNils Anker\n");
  ASSERT_EQ(Verbatim({"undo", Last()}).exit, 0);
  EXPECT_EQ(Names(), "Marguerite Olsson\nMarguerite Olsson\nNils Anker\n");
  ASSERT_EQ(Verbatim({"undo", Last()}).exit, 0);
  EXPECT_EQ(Names(), "Marguerite Olsson\nM. Olsson\nNils Anker\n");
  const Finished stranger = Verbatim({"speaker", "split", "Marguerite Olsson", "Nils Anker"});
  EXPECT_EQ(stranger.exit, 2);
  EXPECT_THAT(stranger.err, HasSubstr("was not merged into"));
  EXPECT_EQ(Verbatim({"replay", "--verify"}).exit, 0);
}

TEST_F(SpeakersVerb, ATableOfSpellingsIsTakenWhole) {
  const uint64_t head = Head();
  const Finished bad =
      Verbatim({"speaker", "import", Write("bad.tsv", "# who\nNils Anker\tN. Anker\nNobody\n")});
  EXPECT_EQ(bad.exit, 2);
  EXPECT_THAT(bad.err, HasSubstr("bad.tsv, line 3"));
  EXPECT_EQ(Head(), head);
  ASSERT_EQ(Verbatim({"speaker", "import",
                      Write("names.tsv",
                            "Marguerite Olsson\tM. Olsson\tOlsson M\n"
                            "Ida Vik\tI. Vik\n")})
                .exit,
            0);
  EXPECT_EQ(Names(), "Marguerite Olsson\nMarguerite Olsson\nNils Anker\n");
  EXPECT_THAT(Rows({"speaker", "show", "Olsson M"})[0].at("aliases"),
              ElementsAre("M. Olsson", "Olsson M"));
}

class ReviewVerb : public ArchiveOfTwo {
 protected:
  std::string Waits() const { return Lines({"review"}, {"text", "why"}); }
};

TEST_F(ReviewVerb, NothingWaitsWhereNobodyHasDecided) {
  EXPECT_EQ(Waits(), "");
  EXPECT_THAT(Verbatim({"review"}).err, HasSubstr("nothing waits"));
  EXPECT_GT(Rows({"review", "--below", "1"}).size(), 1u);
  EXPECT_EQ(Rows({"review", "--below", "1", "--limit", "1"}).size(), 1u);
  EXPECT_EQ(Rows({"review", "--below", "1", "--type", "quote", "--why", "low_confidence"})[0].at(
                "why")[0],
            "LOW_CONFIDENCE");
}

TEST_F(ReviewVerb, TwoPeopleWhoDifferAreAConflictUntilOneAgrees) {
  const std::string id = Quotation("never asked");
  ASSERT_EQ(Verbatim({"confirm", id, "--as", "ana"}).exit, 0);
  EXPECT_EQ(Waits(), "");
  ASSERT_EQ(Verbatim({"correct", id, "speaker=Ida Vik", "--as", "ben"}).exit, 0);
  EXPECT_THAT(Waits(), HasSubstr("CONFLICT"));
  EXPECT_THAT(Lines({"review"}, {"detail"}), HasSubstr("speaker: Nils Anker → Ida Vik"));
  ASSERT_EQ(Verbatim({"confirm", id, "--as", "ana"}).exit, 0);
  EXPECT_EQ(Waits(), "");
}

TEST_F(ReviewVerb, ADecisionOnChangedWordsIsNotCarriedSilently) {
  const std::string id = Quotation("sail every day");
  ASSERT_EQ(Verbatim({"confirm", id}).exit, 0);
  std::string changed = kFirst;
  changed.replace(changed.find("every day"), 9, "every other day");
  ASSERT_EQ(Verbatim({"ingest", Write("a2.txt", changed), "--revises", "a.txt"}).exit, 0);
  const Json row = Rows({"review", "--why", "changed"}).at(0);
  EXPECT_EQ(row.at("why")[0], "CHANGED");
  EXPECT_THAT(row.at("detail").get<std::string>(), HasSubstr("decided on revision 0"));
  EXPECT_THAT(row.at("detail").get<std::string>(), HasSubstr("{+other+}"));
  ASSERT_EQ(Verbatim({"confirm", id}).exit, 0);
  EXPECT_EQ(Waits(), "");
  ASSERT_EQ(Verbatim({"ingest", Write("a3.txt", "Ferry\n\nThe ferry is gone for ever.\n"),
                      "--revises", "a.txt"})
                .exit,
            0);
  EXPECT_EQ(Rows({"review", "--why", "orphaned"}).size(), 1u);
  ASSERT_EQ(Verbatim({"confirm", id}).exit, 0);
  EXPECT_EQ(Waits(), "");
}

TEST_F(ReviewVerb, WalksThroughWhatWaits) {
  const std::string first = Quotation("never asked");
  const std::string second = Quotation("will not sail");
  const std::string third = Quotation("will sail every");
  const Finished walked =
      Verbatim({"review", "--below", "1", "--type", "quote", "--next", "--as", "ana"},
               "nonsense\ncorrect speaker=\"Ida Vik\" # she said it\nreject\nskip\n");
  EXPECT_EQ(walked.exit, 0) << walked.err;
  EXPECT_THAT(walked.out, HasSubstr("[1 of 3]"));
  EXPECT_THAT(walked.err, HasSubstr("'nonsense' is no answer"));
  EXPECT_THAT(walked.err, HasSubstr("2 decided, 1 still wait"));
  EXPECT_EQ(Lines({"view", "quotes", "--all"}, {"status"}), "CORRECTED\nREJECTED\nPROPOSED\n");
  EXPECT_EQ(Rows({"review", "--below", "1", "--type", "quote"}).size(), 1u);
  const Finished quit = Verbatim({"review", "--below", "1", "--type", "quote", "--next"}, "q\n");
  EXPECT_EQ(quit.exit, 0);
}

}  // namespace
}  // namespace verbatim::testing
