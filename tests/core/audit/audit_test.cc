// SPDX-License-Identifier: Apache-2.0
// What an auditor asks of the record: a story is written into a log, and the rows must tell it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "core/audit/history.h"
#include "core/audit/log_rows.h"
#include "core/audit/resolve.h"
#include "core/audit/show.h"
#include "core/audit/totals.h"
#include "core/base/files.h"
#include "core/base/hex.h"
#include "core/base/ids.h"
#include "core/base/time_point.h"
#include "core/log/event_log.h"
#include "core/schema/render.h"
#include "tests/core/audit/told_log.h"

namespace verbatim::audit {
namespace {

using article::Story;
using schema::Record;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class AuditTest : public ::testing::Test {
 protected:
  AuditTest() : story_(kText) {
    v1::SourceCaptured source;
    source.set_article(story_.state().id());
    source.set_input("papers/harbour.txt");
    source.set_content(kText);
    source.set_content_size(sizeof(kText) - 1);
    story_.Tell(source, story_.tool());
  }

  log::Snapshot Written() {
    told_.Write(story_);
    return told_.Read();
  }

  std::vector<Record> LogRows(const LogFilter& filter) {
    std::vector<Record> rows;
    const log::Snapshot snapshot = Written();
    EXPECT_TRUE(
        Log(snapshot, types_, filter, [&](const Record& row) { rows.push_back(row); }).ok());
    return rows;
  }

  std::vector<Record> History(const std::string& id, uint64_t as_of = kNow) {
    return AnnotationHistory(Written(), types_, id, as_of).value();
  }

  Story story_;
  schema::Registry types_;
  ToldLog told_;
};

TEST_F(AuditTest, ALogRowSaysEverythingOfAnEvent) {
  const std::string a = story_.PluginAdds("Tuesday", "2021-10-19");
  const std::vector<Record> rows = LogRows({});
  ASSERT_EQ(rows.size(), 3U);
  const Record& row = rows[2];
  EXPECT_EQ(At(row, "sequence"), "3");
  EXPECT_EQ(At(row, "event_id"), base::ToHex(story_.told()[2].header.event_id()));
  EXPECT_EQ(At(row, "stream"), story_.stream());
  EXPECT_EQ(At(row, "stream_version"), "2");
  EXPECT_EQ(At(row, "type"), "verbatim.v1.AnnotationAdded");
  EXPECT_EQ(At(row, "recorded_at").substr(0, 10), "2023-11-14");
  EXPECT_EQ(At(row, "actor.kind"), "plugin");
  EXPECT_EQ(At(row, "actor.name"), "dates");
  EXPECT_EQ(At(row, "actor.version"), "1.0.0");
  EXPECT_EQ(At(row, "article"), story_.stream());
  EXPECT_EQ(At(row, "annotation"), base::ToHex(a));
  EXPECT_EQ(At(row, "body.body.value.value"), "2021-10-19");
  EXPECT_THAT(At(row, "what"), HasSubstr("+ TemporalExpression \"Tuesday\""));
}

TEST_F(AuditTest, ALineOfJsonIsTheRow) {
  const std::string a = story_.PluginAdds("Tuesday", "2021-10-19");
  story_.PersonConfirms(a);
  const log::Snapshot snapshot = Written();
  for (uint64_t sequence = 1; sequence <= snapshot.head(); ++sequence) {
    auto event = Open(snapshot, types_, sequence);
    ASSERT_TRUE(event.ok()) << event.status();
    for (int step = 0; step < 3; ++step) {
      if (step == 1) event->message.reset();  // of a type that nobody knows
      if (step == 2) event->body.reset();     // erased
      std::string line = "before";
      AppendLogJson(*event, types_, line);
      EXPECT_EQ(line, "before" + schema::ToJson(LogRow(*event, types_)));
    }
  }
}

TEST_F(AuditTest, TheLogIsFiltered) {
  const std::string a = story_.PluginAdds("Tuesday");
  story_.PersonConfirms(a);
  story_.PluginBecomes("2.0.0");
  story_.PluginDisputes(a, "2021-10-12");
  const auto sequences = [&](const LogFilter& filter) {
    return Tell(LogRows(filter), {"sequence"});
  };
  EXPECT_THAT(sequences({.actor = "ana"}), ElementsAre("4"));
  EXPECT_THAT(sequences({.actor = "person"}), ElementsAre("4"));
  EXPECT_THAT(sequences({.actor = "dates"}), ElementsAre("3", "5"));
  EXPECT_THAT(sequences({.actor = "dates@2.0.0"}), ElementsAre("5"));
  EXPECT_THAT(sequences({.actor = "plugin:dates@1.0.0"}), ElementsAre("3"));
  EXPECT_THAT(sequences({.actor = "person:dates"}), IsEmpty());
  EXPECT_THAT(sequences({.type = "AnnotationConfirmed"}), ElementsAre("4"));
  EXPECT_THAT(sequences({.type = "verbatim.v1.AnnotationAdded"}), ElementsAre("3"));
  EXPECT_THAT(sequences({.type = "Annotation"}), IsEmpty());
  EXPECT_THAT(sequences({.from = 2, .to = 3}), ElementsAre("2", "3"));
  EXPECT_THAT(sequences({.limit = 2}), ElementsAre("4", "5"));
  EXPECT_THAT(sequences({.article = std::string(16, 'z')}), IsEmpty());
  EXPECT_EQ(sequences({.article = story_.state().id()}).size(), 5U);
  const uint64_t at_4 = told_.Read().View(4).value().recorded_at_us;
  EXPECT_THAT(sequences({.since_us = at_4}), ElementsAre("4", "5"));
}

TEST_F(AuditTest, HistoryTellsEveryStepFieldByField) {
  const std::string a = story_.PluginAdds("Tuesday", "2021-10-19");
  story_.PersonCorrects(a, "2021-10-12");
  const std::string confirmation = story_.PersonConfirms(a);
  story_.PluginBecomes("2.0.0");
  story_.PluginDisputes(a, "2021-10-26");
  story_.PluginDisputes(a, std::nullopt);
  story_.PersonUndoes(confirmation);
  EXPECT_THAT(
      Tell(History(a), {"sequence", "actor.name", "what", "field", "before", "after", "reason"}),
      ElementsAre("3|dates|added|text||Tuesday|",                          //
                  "3|dates|added|type||DATE|",                             //
                  "3|dates|added|value||2021-10-19|",                      //
                  "3|dates|added|confidence||0.5|",                        //
                  "4|ana|revised|value|2021-10-19|2021-10-12|read again",  //
                  "4|ana|revised|status|PROPOSED|CORRECTED|read again",    //
                  "5|ana|confirmed|status|CORRECTED|CONFIRMED|",           //
                  "6|dates|disputed|value|2021-10-12|2021-10-26|",         //
                  "7|dates|disputed||Tuesday|not found|",                  //
                  "8|ana|withdrawn|status|CONFIRMED|CORRECTED|"));
  EXPECT_EQ(History(a, 4).size(), 6U);
  EXPECT_THAT(Tell(History(a), {"sequence", "note"}),
              ElementsAre("3|", "3|", "3|", "3|", "4|", "4|", "5|withdrawn by @8",
                          "6|not applied: held by ana @5", "7|not applied: held by ana @5", "8|"));
  EXPECT_EQ(At(History(a)[6], "withdrawn_by"), "8");
}

TEST_F(AuditTest, HistoryFollowsAnAnnotationToAnotherRevision) {
  const std::string a = story_.PluginAdds("Tuesday", "2021-10-19");
  story_.Revise("News: the harbour opened on Tuesday.");
  story_.Reanchor(a, v1::AnnotationReanchored::OUTCOME_SHIFTED, story_.Where("Tuesday"));
  story_.Revise("The harbour opened.");
  story_.Reanchor(a, v1::AnnotationReanchored::OUTCOME_ORPHANED, std::nullopt);
  const std::vector<Record> rows = History(a);
  EXPECT_THAT(Tell({rows[4], rows[5]}, {"what", "field", "before", "after"}),
              ElementsAre("reanchored|place|revision 0, characters 22-29|revision 1, characters "
                          "28-35",
                          "reanchored|status|PROPOSED|ORPHANED"));
}

TEST_F(AuditTest, AnArticleHasAHistoryToo) {
  v1::ArticleMetadata metadata = story_.state().metadata();
  metadata.mutable_published()->set_value("2021-10-20");
  metadata.set_title("The harbour opens");
  story_.Tell(*CorrectMetadata(story_.state(), metadata, {"published", "title"}, "the masthead",
                               story_.person()));
  story_.Revise("The harbour opened on Wednesday.");
  const auto rows = ArticleHistory(Written(), types_, story_.state().id()).value();
  const std::vector<std::string> told =
      Tell(rows, {"sequence", "what", "field", "before", "after"});
  EXPECT_EQ(told[0], "1|ingested|text||73 characters");
  EXPECT_THAT(told, testing::Contains("2|captured|||source papers/harbour.txt, 73 bytes"));
  EXPECT_THAT(told, testing::Contains("3|corrected|title|Harbour news|The harbour opens"));
  EXPECT_THAT(told, testing::Contains("3|corrected|published.value||2021-10-20"));
  EXPECT_EQ(told.back(), "4|revised|text|73 characters|32 characters");
  EXPECT_EQ(At(rows[4], "reason"), "the masthead");
}

TEST_F(AuditTest, ShowIsAsOf) {
  const std::string a = story_.PluginAdds("Tuesday", "2021-10-19");
  story_.PersonCorrects(a, "2021-10-12");
  const log::Snapshot snapshot = Written();
  const Record now = ShowAnnotation(snapshot, types_, a).value();
  EXPECT_EQ(At(now, "status"), "CORRECTED");
  EXPECT_EQ(At(now, "body.value"), "2021-10-12");
  EXPECT_EQ(At(now, "text"), "Tuesday");
  EXPECT_EQ(At(now, "human_held"), "true");
  const Record then = ShowAnnotation(snapshot, types_, a, 3).value();
  EXPECT_EQ(At(then, "status"), "PROPOSED");
  EXPECT_EQ(At(then, "body.value"), "2021-10-19");
  const auto before = ShowAnnotation(snapshot, types_, a, 2);
  EXPECT_TRUE(absl::IsNotFound(before.status()));
  EXPECT_THAT(std::string(before.status().message()),
              HasSubstr("was added at sequence 3, after 2"));
  EXPECT_TRUE(absl::IsNotFound(ShowAnnotation(snapshot, types_, std::string(16, 'q')).status()));
}

TEST_F(AuditTest, ArticlesAreListedAndShown) {
  const std::string a = story_.PluginAdds("Tuesday");
  story_.PluginAdds("Friday");
  story_.PersonRejects(a);
  story_.Revise("Another text.");
  const log::Snapshot snapshot = Written();
  std::vector<Record> rows;
  ASSERT_TRUE(Articles(snapshot, [&](const Record& row) { rows.push_back(row); }).ok());
  EXPECT_THAT(Tell(rows, {"article", "title", "language", "revisions", "annotations"}),
              ElementsAre(story_.stream() + "|Harbour news|en|2|1"));
  const Record shown = ShowArticle(snapshot, story_.state().id()).value();
  EXPECT_EQ(std::get<schema::List>(shown.Find("revisions")->v).size(), 2U);
  EXPECT_EQ(std::get<schema::List>(shown.Find("sources")->v).size(), 1U);
  const Record then = ShowArticle(snapshot, story_.state().id(), 1).value();
  EXPECT_EQ(At(then, "annotations"), "0");
  EXPECT_FALSE(ShowArticle(snapshot, std::string(16, 'q')).ok());
}

TEST_F(AuditTest, TotalsCountWhatIsThere) {
  const std::string a = story_.PluginAdds("Tuesday");
  story_.PersonConfirms(a);
  v1::RunCompleted run;
  run.set_article(story_.state().id());
  run.set_plugin("dates");
  run.set_annotator("dates");
  run.set_outcome(v1::RunCompleted::OUTCOME_CRASHED);
  story_.Tell(run, story_.plugin());
  const Totals totals = CountAll(Written()).value();
  EXPECT_EQ(totals.events, 5U);
  EXPECT_EQ(totals.articles, 1U);
  EXPECT_EQ(totals.annotations, 1U);
  EXPECT_EQ(totals.annotations_added, 1U);
  EXPECT_EQ(totals.decisions, 1U);
  ASSERT_EQ(totals.trouble.size(), 1U);
  EXPECT_EQ(totals.trouble[0].outcome, "CRASHED");
}

TEST_F(AuditTest, TotalsCountTheAnnotationsThatStand) {
  const std::string kept = story_.PluginAdds("Tuesday");
  const std::string gone = story_.PluginAdds("Friday");
  const auto standing = [&] {
    const Totals totals = CountAll(Written()).value();
    EXPECT_EQ(totals.annotations_added, 2U);
    EXPECT_EQ(totals.annotations, story_.state().Live().size());
    return totals.annotations;
  };
  EXPECT_EQ(standing(), 2U);
  story_.PluginRetracts(gone);
  EXPECT_EQ(standing(), 1U);
  const std::string rejection = story_.PersonRejects(kept);
  EXPECT_EQ(standing(), 0U);
  story_.PersonUndoes(rejection);
  EXPECT_EQ(standing(), 1U);
  story_.Reanchor(kept, v1::AnnotationReanchored::OUTCOME_ORPHANED, std::nullopt);
  EXPECT_EQ(standing(), 0U);
}

TEST_F(AuditTest, ALineOfTheLogFitsItsTerminal) {
  Record row;
  row.Add("sequence", uint64_t{1043})
      .Add("recorded_at", "2026-11-20T09:14:02.000000Z")
      .Add("actor", Record().Add("name", "statements-of-ministers").Add("version", "0.12.3"))
      .Add("article", "3fa91c02aa01aa01")
      .Add("what", "+ Quote \"The harbour opens on Tuesday, whatever the weather may bring\"");
  for (size_t width = 80; width < 200; ++width) {
    for (const bool local_time : {false, true}) {
      const std::string line = LogLine(row, {local_time, width});
      EXPECT_LE(schema::DisplayWidth(line.substr(0, line.size() - 1)), width) << line;
    }
  }
  EXPECT_THAT(LogLine(row, {}), HasSubstr("the weather may bring"));
}

TEST_F(AuditTest, NamesAreResolved) {
  const std::string a = story_.PluginAdds("Tuesday");
  Written();
  const std::string hex = base::ToHex(a);
  const Resolved annotation = Resolve(told_.log(), hex.substr(0, 6)).value();
  EXPECT_EQ(annotation.kind, Kind::kAnnotation);
  EXPECT_EQ(annotation.id, a);
  EXPECT_EQ(annotation.sequence, 3U);
  EXPECT_EQ(ResolveArticle(told_.log(), story_.stream().substr(0, 6)).value(), story_.state().id());
  EXPECT_EQ(ResolveArticle(told_.log(), "harbour.txt").value(), story_.state().id());
  EXPECT_EQ(ResolveArticle(told_.log(), "papers/harbour.txt").value(), story_.state().id());
  const Resolved event = Resolve(told_.log(), "@2").value();
  EXPECT_EQ(event.kind, Kind::kEvent);
  EXPECT_EQ(event.sequence, 2U);
  EXPECT_EQ(Resolve(told_.log(), "2").value().id, event.id);
  EXPECT_TRUE(absl::IsNotFound(Resolve(told_.log(), "02").status())) << "the beginning of an id";
  EXPECT_TRUE(absl::IsNotFound(Resolve(told_.log(), "00000002").status()));
  EXPECT_TRUE(absl::IsNotFound(Resolve(told_.log(), "nothing-like-it").status()));
  EXPECT_TRUE(absl::IsNotFound(Resolve(told_.log(), "@99").status()));
  EXPECT_TRUE(absl::IsInvalidArgument(Resolve(told_.log(), "@x").status()));
  // A file that two articles came from.
  v1::SourceCaptured second;
  second.set_article(std::string(16, 's'));
  second.set_input("other/harbour.txt");
  story_.Tell(*story_.tool().Make(base::ToHex(second.article()), second));
  Written();
  const auto ambiguous = ResolveArticle(told_.log(), "harbour.txt");
  EXPECT_TRUE(absl::IsInvalidArgument(ambiguous.status()));
  EXPECT_THAT(std::string(ambiguous.status().message()), HasSubstr(story_.stream()));
}

}  // namespace
}  // namespace verbatim::audit
