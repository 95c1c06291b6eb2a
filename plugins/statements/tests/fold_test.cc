// SPDX-License-Identifier: Apache-2.0
// Where a statement lands, what it is compared with, and what takes it out again.
#include "fold.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "fold_fixture.h"

namespace verbatim::statements {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

TEST_F(FoldTest, AnOldArticleThatComesLateLandsBetweenItsNeighbours) {
  Put(Say(1, "marsk", "2018-05-14", kNotRise));
  Put(Say(2, "marsk", "2021-01-28", kWillRise));
  EXPECT_EQ(Row(kWillRise).previous, Id(1));
  EXPECT_EQ(Row(kWillRise).days_between, 990);

  Put(Say(3, "marsk", "2019-09-01", kMayRise));
  EXPECT_THAT(Texts(), ElementsAre(kNotRise, kMayRise, kWillRise));
  EXPECT_EQ(Row(kMayRise).previous, Id(1));
  EXPECT_EQ(Row(kWillRise).previous, Id(3));
  EXPECT_EQ(Row(kWillRise).relation, Relation::kLaterRestatement);
  EXPECT_EQ(Row(kWillRise).diff,
            "Harbour dues [-may-] {+will+} rise by [-3 percent-] {+4.5 percent+} this year.");
  EXPECT_THAT(Row(kWillRise).labels, ElementsAre("number", "strength"));
  EXPECT_EQ(Row(kWillRise).thread, Id(1)) << "the founder's id stays";
}

TEST_F(FoldTest, ARejectedStatementIsGoneFromItsNeighboursDiffs) {
  Put(Say(1, "marsk", "2018-05-14", kNotRise));
  Put(Say(2, "marsk", "2019-09-01", kMayRise));
  Put(Say(3, "marsk", "2021-01-28", kWillRise));
  fold_.Remove(Id(200 + 2), Id(2));
  EXPECT_THAT(Texts(), ElementsAre(kNotRise, kWillRise));
  EXPECT_EQ(Row(kWillRise).previous, Id(1));
  fold_.Remove(Id(200 + 1), Id(1));
  EXPECT_EQ(Row(kWillRise).previous, "");
  EXPECT_THAT(Row(kWillRise).labels, IsEmpty());
  fold_.Remove(Id(200 + 3), Id(3));
  EXPECT_THAT(tables_.statements.rows, IsEmpty());
  EXPECT_THAT(tables_.members.rows, IsEmpty());
  EXPECT_THAT(tables_.sources.rows, IsEmpty());
}

TEST_F(FoldTest, UndatedOnesComeLastAndAnUpperBoundAfterTheDay) {
  Put(Say(1, "marsk", "", "Harbour dues: undated words about harbour dues."));
  Quotation by_article = Say(2, "marsk", "2020-02-18", "Harbour dues by the article's date.");
  by_article.basis = Basis::kArticleDate;
  Put(by_article);
  Put(Say(3, "marsk", "2020-02-18", "Harbour dues of that very day."));
  EXPECT_THAT(Texts(),
              ElementsAre("Harbour dues of that very day.", "Harbour dues by the article's date.",
                          "Harbour dues: undated words about harbour dues."));
  EXPECT_EQ(Row("Harbour dues by the article's date.").days_between, -1);
}

TEST_F(FoldTest, TwoReportsOfOneSayingAreOneUtteranceAndTheLostHedgeIsFlagged) {
  const std::string lead = "Lanor will not drill off the island of Kerrin";
  const std::string words = "At Lanor we will probably not drill off the island of Kerrin";
  Quotation paraphrase = Say(1, "kestle", "2019-09-27", lead);
  paraphrase.kind = QuoteKind::kIndirect;
  Quotation direct = Say(2, "kestle", "2019-09-27", words);
  direct.article = paraphrase.article;
  direct.begin_byte = 300;
  Put(paraphrase);
  Put(direct);
  Put(Say(3, "kestle", "2021-04-09", "We may drill off the island of Kerrin next year"));
  EXPECT_EQ(Row(words).relation, Relation::kSameUtterance);
  EXPECT_EQ(Row(words).utterance, Id(1));
  EXPECT_THAT(Row(words).variant, ElementsAre("hedge"));
  EXPECT_EQ(Row("We may drill off the island of Kerrin next year").previous, Id(2))
      << "compared with the direct words, not with the paraphrase";
}

TEST_F(FoldTest, AShortParaphraseOfOneArticleIsTheSameSaying) {
  const std::string lead = "The authority will dig a second basin as early as next spring.";
  const std::string words = "We will dig a second basin off Selis next spring.";
  const std::string other = "Sailing boats were promised by a second basin last winter.";
  std::string article;
  for (const auto& [n, text] : {std::pair(1, words), {2, lead}, {3, other}}) {
    Quotation q = Say(n, "marsk", "2019-09-27", text);
    if (article.empty()) article = q.article;
    q.article = article;
    q.begin_byte = static_cast<uint32_t>(n * 100);
    if (n > 1) q.kind = QuoteKind::kIndirect;
    Put(q);
  }
  EXPECT_EQ(Row(lead).utterance, Row(words).utterance);
  EXPECT_NE(Row(other).utterance, Row(words).utterance) << "its subject in other words";
}

TEST_F(FoldTest, WordsThatAnArticlePrintsTwiceAreOneSayingAndLikeWordsAreTwo) {
  const std::string whole = "If you want dues that fall, you can go to another harbour authority.";
  const std::string part = "You can go to another harbour authority.";
  const std::string other = "I was a harbour authority clerk myself.";
  std::string article;
  for (const auto& [n, text] : {std::pair(1, whole), {2, part}, {3, other}}) {
    Quotation direct = Say(n, "marsk", "2019-09-27", text);
    if (article.empty()) article = direct.article;
    direct.article = article;
    direct.begin_byte = static_cast<uint32_t>(n * 100);
    Put(direct);
  }
  EXPECT_EQ(Row(part).utterance, Row(whole).utterance) << "the headline took a part of it";
  EXPECT_EQ(Row(other).relation, Relation::kSameEvent);
  EXPECT_EQ(Row(other).utterance, Id(3));
}

TEST_F(FoldTest, LikeWordsOfAnotherEventAreNeverCompared) {
  Put(Say(1, "command", "2020-07-23",
          "A tanker of theirs ran aground in the strait on the 3rd of May."));
  Put(Say(2, "command", "2021-11-15",
          "A tanker of theirs ran aground in the strait on October 21."));
  const Statement& later = Row("A tanker of theirs ran aground in the strait on October 21.");
  EXPECT_EQ(later.relation, Relation::kDifferentEvent);
  EXPECT_THAT(later.labels, IsEmpty());
  EXPECT_EQ(later.diff, "");
}

TEST_F(FoldTest, ThreadsOfOneSideShareAMatter) {
  Quotation minister =
      Say(1, "dorokhov", "2019-03-12", "We have drafted rules for pilots on tankers.");
  minister.side = "Tarsovia";
  Quotation ministry =
      Say(2, "ministry", "2020-06-05", "The draft rules for pilots on tankers lie in a drawer.");
  ministry.side = "Tarsovia";
  Quotation stranger =
      Say(3, "lindqvist", "2020-06-06", "The draft rules for pilots on tankers are a beginning.");
  stranger.side = "Northern Sea Council";
  for (const Quotation& q : {minister, ministry, stranger}) Put(q);
  EXPECT_EQ(Row(ministry.text).matter, Row(minister.text).matter);
  EXPECT_NE(Row(ministry.text).thread, Row(minister.text).thread);
  EXPECT_NE(Row(stranger.text).matter, Row(minister.text).matter);
  EXPECT_EQ(Row(ministry.text).topic, Row(minister.text).topic);
}

TEST_F(FoldTest, ASideThatBecomesKnownTakesAlongWhatWasThere) {
  Put(Say(1, "dorokhov", "2019-03-12", "We have drafted rules for pilots on tankers."));
  EXPECT_EQ(Row("We have drafted rules for pilots on tankers.").quotation.side, "dorokhov");
  Quotation later = Say(2, "dorokhov", "2020-03-12", "No fish will be divided without us.");
  later.side = "Tarsovia";
  Put(later);
  EXPECT_EQ(Row("We have drafted rules for pilots on tankers.").quotation.side, "Tarsovia");
  Quotation ministry =
      Say(3, "ministry", "2020-06-05", "The draft rules for pilots on tankers lie in a drawer.");
  ministry.side = "Tarsovia";
  Put(ministry);
  EXPECT_EQ(Row(ministry.text).matter, Id(1));
}

TEST_F(FoldTest, OneQuotationOnTwoThingsIsTwoStatements) {
  Put(Say(1, "marsk", "2018-05-14", kNotRise));
  Put(Say(2, "marsk", "2018-06-14", "The breakwater costs 180 million crowns."));
  Put(Say(3, "marsk", "2020-02-18",
          "Harbour dues will rise this year. The northern breakwater costs 235 million crowns."));
  EXPECT_EQ(Row("Harbour dues will rise this year.").thread, Id(1));
  EXPECT_EQ(Row("The northern breakwater costs 235 million crowns.").thread, Id(2));
  EXPECT_EQ(Row("The northern breakwater costs 235 million crowns.").previous, Id(2));
}

// Words that tie everything together early on weigh little later: what came before the others in
// time is placed before them, whenever it arrives.
TEST_F(FoldTest, ASmallSideIsPlacedByDateWhateverCameFirst) {
  std::vector<Quotation> by_date = {
      Say(1, "marsk", "2018-05-14", "The harbour of Selis needs a longer breakwater."),
      Say(2, "ministry", "2019-05-14",
          "The harbour of Selis will get its longer breakwater at last."),
      Say(3, "marsk", "2020-05-14", "The harbour of Selis has no money for a second crane."),
      Say(4, "marsk", "2021-05-14", "A second crane for Selis must wait until there is money.")};
  for (Quotation& q : by_date) q.side = "Marenia";
  MapTables in_order;
  Fold fold(in_order.tables());
  for (const Quotation& q : by_date) fold.Put(q, ++sequence_, Itself);
  for (auto q = by_date.rbegin(); q != by_date.rend(); ++q) Put(*q);
  const auto threads = [](const MapTables& tables) {
    std::vector<std::string> found;
    for (const auto& [key, row] : tables.statements.rows)
      found.push_back(row.matter + row.thread + row.topic + row.quotation.text + row.diff);
    return found;
  };
  EXPECT_EQ(threads(tables_), threads(in_order));
}

TEST_F(FoldTest, MergedSpeakersShareTheirThreads) {
  Put(Say(1, "dorokhov", "2019-03-12", "Our offer stands: two pilots a ship."));
  Put(Say(2, "dorohov", "2021-03-12", "Our offer stood: two pilots a ship."));
  EXPECT_NE(Row("Our offer stood: two pilots a ship.").thread, Id(1));
  const auto merged = [](std::string_view key) {
    return key == "dorohov" ? Identity{"dorokhov", "Yevgeny Dorokhov"} : Itself(key);
  };
  fold_.ResolveAnew({"dorohov", "dorokhov"}, merged);
  const Statement& row = Row("Our offer stood: two pilots a ship.");
  EXPECT_EQ(row.thread, Id(1));
  EXPECT_EQ(row.previous, Id(1));
  EXPECT_EQ(row.quotation.speaker, "Yevgeny Dorokhov");
  fold_.ResolveAnew({"dorohov"}, Itself);
  EXPECT_EQ(Row("Our offer stood: two pilots a ship.").quotation.speaker_key, "dorohov");
}

TEST_F(FoldTest, AConfirmedStatementKeepsItsPlace) {
  Put(Say(1, "marsk", "2018-05-14", kNotRise));
  Put(Say(2, "marsk", "2021-01-28", kWillRise));
  Quotation confirmed = Say(2, "marsk", "2021-01-28", kWillRise);
  confirmed.status = 2;
  const std::string thread = Row(kWillRise).thread;
  Put(confirmed);
  EXPECT_EQ(Row(kWillRise).thread, thread);
  EXPECT_EQ(Row(kWillRise).previous, Id(1));
  EXPECT_EQ(Row(kWillRise).quotation.status, 2u);
}

TEST_F(FoldTest, ACorrectedDayMovesTheRow) {
  Put(Say(1, "marsk", "2018-05-14", kNotRise));
  Put(Say(2, "marsk", "2021-01-28", kWillRise));
  Put(Say(1, "marsk", "2022-05-14", kNotRise));
  EXPECT_THAT(Texts(), ElementsAre(kWillRise, kNotRise));
  EXPECT_EQ(Row(kNotRise).previous, Id(2));
  EXPECT_EQ(Row(kWillRise).previous, "");
}

TEST_F(FoldTest, WithoutASpeakerThereIsNoStatement) {
  Put(Say(1, "", "2018-05-14", kNotRise));
  EXPECT_THAT(tables_.statements.rows, IsEmpty());
  Put(Say(1, "marsk", "2018-05-14", kNotRise));
  EXPECT_THAT(tables_.statements.rows, SizeIs(1));
  Put(Say(1, "", "2018-05-14", kNotRise));
  EXPECT_THAT(tables_.statements.rows, IsEmpty());
}

}  // namespace
}  // namespace verbatim::statements
