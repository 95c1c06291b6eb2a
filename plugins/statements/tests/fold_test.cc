// SPDX-License-Identifier: Apache-2.0
// The fold against a rebuild, in any order of articles, with a fold made anew at any border.
#include "fold.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "chain.h"
#include "map_tables.h"
#include "relation.h"

namespace verbatim::statements {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

Identity Itself(std::string_view key) { return {std::string(key), ""}; }

std::string Id(int n) {
  std::string id(16, 'a');
  id[0] = static_cast<char>('A' + n % 26);
  id[1] = static_cast<char>('0' + n / 26);
  return id;
}

Quotation Say(int n, std::string speaker, std::string day, std::string text) {
  Quotation q;
  q.annotation = Id(n);
  q.article = Id(n + 200);
  q.text = std::move(text);
  q.speaker = speaker;
  q.speaker_key = std::move(speaker);
  q.kind = QuoteKind::kDirect;
  q.basis = day.empty() ? Basis::kUnknown : Basis::kStated;
  q.said_on = std::move(day);
  q.status = 1;
  return q;
}

class FoldTest : public testing::Test {
 protected:
  void Put(const Quotation& q) { fold_.Put(q, ++sequence_, Itself); }

  // The texts of every row, in order.
  std::vector<std::string> Texts() const {
    std::vector<std::string> texts;
    for (const auto& [key, row] : tables_.statements.rows) texts.push_back(row.quotation.text);
    return texts;
  }
  const Statement& Row(const std::string& text) const {
    for (const auto& [key, row] : tables_.statements.rows) {
      if (row.quotation.text == text) return row;
    }
    ADD_FAILURE() << "no row says: " << text;
    static const Statement none;
    return none;
  }

  MapTables tables_;
  Fold fold_{tables_.tables()};
  uint64_t sequence_ = 0;
};

const char kNotRise[] = "Harbour dues will not rise this year.";
const char kMayRise[] = "Harbour dues may rise by 3 percent this year.";
const char kWillRise[] = "Harbour dues will rise by 4.5 percent this year.";

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

// --- copies of one story ------------------------------------------------------------------------

const char kTolland[] = "No pilot will take a ship through there at night.";

Quotation Print(int paper, std::string day, std::string text = kTolland) {
  Quotation q = Say(paper, "tolland", std::move(day), std::move(text));
  q.outlet = "Paper " + std::to_string(paper);
  return q;
}

TEST_F(FoldTest, AWireStoryInFortyPapersIsOneReportWithFortySources) {
  for (int paper = 1; paper <= 40; ++paper) {
    if (paper > 1) fold_.Link(Id(200 + paper), Id(199 + paper), Itself);
    Put(Print(paper, "2031-03-05"));
  }
  EXPECT_THAT(Texts(), ElementsAre(kTolland));
  EXPECT_EQ(Row(kTolland).sources, 40u);
  EXPECT_THAT(Row(kTolland).printed_by, SizeIs(40));
  EXPECT_EQ(Row(kTolland).printed_by.front(), "Paper 1");
  EXPECT_EQ(Row(kTolland).printed_by.back(), "Paper 40");
}

TEST_F(FoldTest, CopiesAreFoundInWhateverOrderLinksAndQuotationsCome) {
  Put(Print(1, "2031-03-05"));
  Put(Print(2, "2031-03-05"));
  Put(Print(3, "2031-03-05"));
  EXPECT_THAT(Texts(), SizeIs(3)) << "nobody said yet that they print one story";
  fold_.Link(Id(203), Id(202), Itself);
  fold_.Link(Id(202), Id(201), Itself);
  EXPECT_THAT(Texts(), ElementsAre(kTolland));
  EXPECT_EQ(Row(kTolland).sources, 3u);
  EXPECT_THAT(tables_.members.rows, SizeIs(1)) << "copies weigh nothing in the placing";
}

TEST_F(FoldTest, ARejectedReportIsFollowedByTheNextCopy) {
  fold_.Link(Id(202), Id(201), Itself);
  fold_.Link(Id(203), Id(201), Itself);
  for (int paper = 1; paper <= 3; ++paper) Put(Print(paper, "2031-03-05"));
  fold_.Remove(Id(202), Id(2));
  EXPECT_THAT(Row(kTolland).printed_by, ElementsAre("Paper 1", "Paper 3"));
  fold_.Remove(Id(201), Id(1));
  EXPECT_EQ(Row(kTolland).quotation.annotation, Id(3));
  EXPECT_EQ(Row(kTolland).sources, 1u);
  EXPECT_THAT(Row(kTolland).printed_by, IsEmpty());
  fold_.Remove(Id(203), Id(3));
  EXPECT_THAT(tables_.statements.rows, IsEmpty());
  EXPECT_THAT(tables_.reports.rows, IsEmpty());
}

TEST_F(FoldTest, AReportHasTheDayThatACopyKnowsBest) {
  fold_.Link(Id(202), Id(201), Itself);
  Quotation late = Print(1, "2031-03-09");
  late.basis = Basis::kArticleDate;
  Put(late);
  EXPECT_EQ(Row(kTolland).quotation.said_on, "2031-03-09");
  Put(Print(2, "2031-03-04"));
  EXPECT_EQ(Row(kTolland).quotation.said_on, "2031-03-04");
  EXPECT_EQ(Row(kTolland).quotation.basis, Basis::kStated);
  fold_.Remove(Id(202), Id(2));
  EXPECT_EQ(Row(kTolland).quotation.said_on, "2031-03-09");
}

TEST_F(FoldTest, ACopyWithEditedWordsIsAnotherReportOfTheSaying) {
  const char edited[] = "No pilot may take a ship through there at night.";
  fold_.Link(Id(202), Id(201), Itself);
  Put(Print(1, "2031-03-05"));
  Put(Print(2, "", edited));
  EXPECT_EQ(Row(edited).utterance, Row(kTolland).utterance);
  EXPECT_THAT(Row(edited).relation == Relation::kSameUtterance ? Row(edited).variant
                                                               : Row(kTolland).variant,
              ElementsAre("hedge"));
}

// --- any history ------------------------------------------------------------------------------

struct Step {
  int statement = 0;  // which
  int wording = 0;    // of kWordings; -1: removed; -2: its article is linked with the next one's
  int day = 0;        // 0: undated
  int speaker = 0;
};

const char* const kWordings[] = {
    kNotRise,
    kMayRise,
    kWillRise,
    "The breakwater costs 180 million crowns.",
    "The breakwater costs 235 million crowns, and the state cannot pay for it.",
    "Harbour dues will rise. The breakwater is expensive, and a fishing quota was promised to the "
    "islanders.",
    "No."};

rc::Gen<Step> Steps() {
  return rc::gen::build<Step>(rc::gen::set(&Step::statement, rc::gen::inRange(0, 12)),
                              rc::gen::set(&Step::wording, rc::gen::inRange(-2, 7)),
                              rc::gen::set(&Step::day, rc::gen::inRange(0, 6)),
                              rc::gen::set(&Step::speaker, rc::gen::inRange(0, 3)));
}

void Apply(const Step& step, uint64_t sequence, Fold& fold) {
  if (step.wording == -2) {
    return fold.Link(Id(100 + step.statement / 3), Id(100 + (step.statement / 3 + 1) % 4), Itself);
  }
  if (step.wording == -1) {
    return fold.Remove(Id(100 + step.statement / 3), Id(step.statement));
  }
  static const char* const kSpeakers[] = {"marsk", "brennick", "ministry"};
  Quotation q =
      Say(step.statement, kSpeakers[step.speaker],
          step.day == 0 ? "" : "2020-01-0" + std::to_string(step.day), kWordings[step.wording]);
  q.article = Id(100 + step.statement / 3);
  q.begin_byte = static_cast<uint32_t>(step.statement) * 10;
  if (step.speaker == 2) q.side = "Marenia";
  if (step.speaker == 0 && step.day > 3) q.side = "Marenia";
  fold.Put(q, sequence, Itself);
}

auto Look(const Statement& s) {
  return std::make_tuple(s.matter, s.thread, s.topic, s.segment, s.relation, s.previous,
                         s.previous_segment, s.utterance, s.labels, s.label_evidence, s.variant,
                         s.diff, s.similarity, s.days_between, s.copies, s.printed_in,
                         s.quotation.story, s.quotation.text, s.quotation.side, s.quotation.said_on,
                         s.quotation.speaker_key);
}

auto Look(const MapTables& tables) {
  std::map<std::string, decltype(Look(Statement{}))> rows;
  for (const auto& [key, row] : tables.statements.rows) rows.emplace(key, Look(row));
  return rows;
}

RC_GTEST_PROP(FoldProperty, AFoldMadeAnewAtAnyBorderGoesOnAlike, ()) {
  const auto steps = *rc::gen::container<std::vector<Step>>(Steps());
  const auto borders =
      *rc::gen::container<std::vector<bool>>(steps.size(), rc::gen::arbitrary<bool>());
  MapTables one;
  Fold whole(one.tables());
  MapTables two;
  auto pieces = std::make_unique<Fold>(two.tables());
  for (size_t n = 0; n < steps.size(); ++n) {
    Apply(steps[n], n, whole);
    if (borders[n]) pieces = std::make_unique<Fold>(two.tables());
    Apply(steps[n], n, *pieces);
  }
  RC_ASSERT(Look(one) == Look(two));
}

// What a reader sees of a thread, without the ids of those who founded it.
auto Story(const MapTables& tables) {
  std::map<std::string, std::vector<decltype(Look(Statement{}))>> threads;
  for (const auto& [key, row] : tables.statements.rows) {
    Statement plain = row;
    for (std::string* id : {&plain.matter, &plain.thread, &plain.topic, &plain.utterance,
                            &plain.quotation.story, &plain.previous})
      id->clear();
    std::sort(plain.copies.begin(), plain.copies.end());
    std::sort(plain.printed_in.begin(), plain.printed_in.end());
    threads[row.thread].push_back(Look(plain));
  }
  std::multiset<std::vector<decltype(Look(Statement{}))>> story;
  for (auto& [thread, rows] : threads) story.insert(std::move(rows));
  return story;
}

// Where words say clearly what belongs together, threads are the same whatever comes first: an old
// article between its neighbours, with both comparisons made anew, and copies under one report.
RC_GTEST_PROP(FoldProperty, AnyOrderOfArrivalMakesTheSameThreads, ()) {
  struct Event {
    Quotation quotation;
    int link = 0;
  };
  std::vector<Event> events;
  for (int n = 0; n < 4; ++n) {
    const std::string number = std::to_string(n + 2);
    const std::string day = "202" + number + "-01-05";
    events.push_back(
        {Say(n, "marsk", day, "Harbour dues will rise by " + number + " percent this year."), 0});
    events.push_back({Say(n + 10, "marsk", day,
                          "The northern breakwater off Kerrin costs 18" + number + " crowns."),
                      0});
    events.push_back({Say(n + 20, "tolland", "2031-03-05", kTolland), 0});
    if (n > 0) events.push_back({{}, n});
  }
  const auto fold_all = [](const std::vector<Event>& in_order, MapTables* tables) {
    Fold fold(tables->tables());
    uint64_t sequence = 0;
    for (const Event& event : in_order) {
      ++sequence;
      if (event.link == 0) {
        fold.Put(event.quotation, sequence, Itself);
      } else {
        fold.Link(Id(220 + event.link), Id(219 + event.link), Itself);
      }
    }
  };
  MapTables by_date;
  fold_all(events, &by_date);
  std::mt19937 random(*rc::gen::arbitrary<uint32_t>());
  std::shuffle(events.begin(), events.end(), random);
  MapTables shuffled;
  fold_all(events, &shuffled);
  // Which copy stands for the report is a matter of who came first: so is its article.
  RC_ASSERT(Story(by_date).size() == 3u);
  RC_ASSERT(Story(by_date) == Story(shuffled));
}

// Every comparison that stands is the one that a look at the finished thread would make.
RC_GTEST_PROP(FoldProperty, NeighboursAreComparedAsTheyStand, ()) {
  const auto steps = *rc::gen::container<std::vector<Step>>(Steps());
  MapTables tables;
  Fold fold(tables.tables());
  for (size_t n = 0; n < steps.size(); ++n) Apply(steps[n], n, fold);
  MapTables again;
  for (const auto& [key, row] : tables.statements.rows) {
    Statement bare = row;
    ClearComparison(&bare);
    again.statements.Put(key, bare);
    Rechain(ThreadPrefix(row.matter, row.thread), key, again.statements);
  }
  RC_ASSERT(Look(tables) == Look(again));
}

// What stands is what the last step of each statement said, in order of its days within a thread.
RC_GTEST_PROP(FoldProperty, RowsHoldTheLastWordOfEachQuotationByDate, ()) {
  const auto steps = *rc::gen::container<std::vector<Step>>(Steps());
  MapTables tables;
  Fold fold(tables.tables());
  std::map<std::string, std::string> last;
  for (size_t n = 0; n < steps.size(); ++n) {
    Apply(steps[n], n, fold);
    if (steps[n].wording == -2) continue;
    last.erase(Id(steps[n].statement));
    if (steps[n].wording >= 0) last[Id(steps[n].statement)] = kWordings[steps[n].wording];
  }
  std::map<std::string, std::string> stands;
  std::map<std::string, std::string> day;
  for (const auto& [key, row] : tables.statements.rows) {
    std::string& text = stands[row.quotation.annotation];
    if (row.segment == 0)
      text = row.quotation.text + (text.empty() ? "" : " " + text);
    else
      text += (text.empty() ? "" : " ") + row.quotation.text;
    const std::string order = row.quotation.said_on.empty() ? "9" : row.quotation.said_on;
    RC_ASSERT(day[row.thread] <= order);
    day[row.thread] = order;
  }
  // A copy of what stands there says the same and is named there.
  for (const auto& [key, row] : tables.statements.rows) {
    for (const std::string& copy : row.copies) {
      if (copy == row.quotation.annotation) continue;
      RC_ASSERT(stands.count(copy) == 0u || stands[copy] == stands[row.quotation.annotation]);
      stands[copy] = stands[row.quotation.annotation];
    }
  }
  RC_ASSERT(stands == last);
  RC_ASSERT(tables.sources.rows.size() == last.size());
  RC_ASSERT(tables.members.rows.size() == tables.statements.rows.size());
}

}  // namespace
}  // namespace verbatim::statements
