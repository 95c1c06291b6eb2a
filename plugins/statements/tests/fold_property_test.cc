// SPDX-License-Identifier: Apache-2.0
// The fold after any history: against a look at the finished thread, against a fold made anew at
// any border, and in any order of arrival.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <ostream>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "chain.h"
#include "fold_fixture.h"
#include "relation.h"

namespace verbatim::statements {
namespace {

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

void showValue(const Step& s, std::ostream& os) {
  os << "statement " << s.statement << " wording " << s.wording << " day " << s.day << " speaker "
     << s.speaker;
}

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
