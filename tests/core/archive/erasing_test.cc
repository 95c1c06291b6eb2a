// SPDX-License-Identifier: Apache-2.0
// What leaves an archive on demand, what goes with it, what stays, and that it never comes back.
#include "core/archive/erasing.h"

#include "core/archive/erasure_list.h"
#include "core/article/load.h"
#include "core/audit/history.h"
#include "core/audit/show.h"
#include "core/base/hex.h"
#include "core/log/compact.h"
#include "core/log/rebuild.h"
#include "core/schema/json.h"
#include "tests/core/archive/erasing_fixture.h"
#include "verbatim/v1/annotation.pb.h"

namespace verbatim::archive {
namespace {
namespace fs = std::filesystem;

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST_F(ErasingTest, AnArticleGoesWholeAndTheRestStays) {
  const std::string article = IngestPrivate();
  Ingest({{kQuoted, {}}});
  const Erased erased = EraseIt({0, article});
  EXPECT_EQ(erased.plan.event.article(), article);
  const auto state = article::Load(*archive_->log().Read(), article);
  EXPECT_TRUE(state->erased());
  EXPECT_THAT(state->annotations(), IsEmpty());
  EXPECT_THAT(BodiesText(), Not(HasSubstr("Aberforth")));
  EXPECT_THAT(BodiesText(), HasSubstr("Tove Aldren"));
  EXPECT_EQ(archive_->log().Read()->FindByUrl("https://news.example/aberforth").value(),
            std::nullopt);
  ExpectVerified();
  EXPECT_TRUE(
      absl::IsNotFound(Erase(*archive_, {0, article}, kReason, archive_->Events()).status()));
}

TEST_F(ErasingTest, ATextOrASourceTakesItsArticleAnAnnotationAllThatWasSaidOfIt) {
  const std::string article = IngestPrivate();
  const uint64_t last = Head();
  for (const char* type : {"verbatim.v1.SourceCaptured", "verbatim.v1.ArticleIngested"}) {
    const auto plan = PlanErasure(*archive_, {FirstOf(type), {}}, kReason);
    ASSERT_TRUE(plan.ok()) << plan.status();
    EXPECT_EQ(plan->event.article(), article);
    EXPECT_EQ(plan->events.back(), last);
  }
  const uint64_t added = FirstOf("verbatim.v1.AnnotationAdded");
  v1::AnnotationAdded annotation;
  ASSERT_TRUE(annotation.ParseFromString(**archive_->log().Read()->Body(added)));
  v1::AnnotationConfirmed confirmed;
  confirmed.set_annotation(annotation.annotation());
  log::Unit unit;
  unit.events.push_back(archive_->Events().Make(base::ToHex(article), confirmed).value());
  ASSERT_TRUE(archive_->log().Append(unit).ok());
  for (const uint64_t sequence : {added, Head()}) {
    const auto plan = PlanErasure(*archive_, {sequence, {}}, kReason);
    ASSERT_TRUE(plan.ok()) << plan.status();
    EXPECT_THAT(plan->events, ElementsAre(added, Head()));
  }
  const size_t annotations = article::Load(*archive_->log().Read(), article)->annotations().size();
  EraseIt({Head(), {}});
  const auto state = article::Load(*archive_->log().Read(), article);
  ASSERT_TRUE(state.ok()) << state.status();
  EXPECT_FALSE(state->erased());
  EXPECT_EQ(state->annotations().size(), annotations - 1);
  ExpectVerified();
}

TEST_F(ErasingTest, AMetadataCorrectionGoesWithItsWithdrawal) {
  const std::string article = IngestPrivate();
  const std::string stream = base::ToHex(article);
  v1::ArticleMetadataCorrected corrected;
  corrected.set_article(article);
  corrected.mutable_metadata()->set_title("Quillon Aberforth accused");
  corrected.add_fields("title");
  log::NewEvent first = archive_->Events().Make(stream, corrected).value();
  v1::DecisionWithdrawn withdrawn;
  withdrawn.set_target(first.id);
  withdrawn.set_reason("not he");
  log::Unit unit;
  unit.events = {first, archive_->Events().Make(stream, withdrawn).value()};
  ASSERT_TRUE(archive_->log().Append(unit).ok());
  const uint64_t head = Head();
  for (const uint64_t sequence : {head - 1, head}) {
    EXPECT_THAT(PlanErasure(*archive_, {sequence, {}}, kReason)->events,
                ElementsAre(head - 1, head));
  }
}

TEST_F(ErasingTest, WhatTheArchiveIsReadByMustNotGo) {
  const std::string article = IngestPrivate();
  const Erased erased = EraseIt({0, article});
  for (const uint64_t sequence :
       {FirstOf("verbatim.v1.PluginPinned"), FirstOf("verbatim.v1.SchemaRegistered")}) {
    const auto plan = PlanErasure(*archive_, {sequence, {}}, kReason);
    EXPECT_TRUE(absl::IsInvalidArgument(plan.status()));
    EXPECT_THAT(std::string(plan.status().message()), HasSubstr("part of the archive itself"));
  }
  const auto record = PlanErasure(*archive_, {erased.sequence, {}}, kReason);
  EXPECT_THAT(std::string(record.status().message()), HasSubstr("record of an erasure"));
  EXPECT_FALSE(PlanErasure(*archive_, {0, article}, {"Court Order", "x"}).ok());
  EXPECT_FALSE(PlanErasure(*archive_, {0, article}, {"court-order", ""}).ok());
}

TEST_F(ErasingTest, ArticlesNeverShareTheirBytes) {
  ingest::Given here, there;
  here.url = "https://news.example/a";
  there.url = "https://other.example/b";
  const auto results = Ingest({{kPrivate, here}, {kPrivate, there}});
  ASSERT_NE(results[0].article, results[1].article);
  const auto plan = PlanErasure(*archive_, {0, results[0].article}, kReason);
  EXPECT_THAT(plan->same_text, ElementsAre(results[1].article));
  EraseIt({0, results[0].article});
  const std::string digest = base::ToString(base::Sha256(kPrivate));
  {
    const auto snapshot = archive_->log().Read();
    EXPECT_EQ(SourceOf(digest, results[0].article), std::nullopt);
    const auto source = SourceOf(digest, results[1].article);
    ASSERT_TRUE(source.has_value());
    v1::SourceCaptured capture;
    ASSERT_TRUE(capture.ParseFromString(**snapshot->Body(*source)));
    EXPECT_EQ(capture.content(), kPrivate);
  }
  EraseIt({0, results[1].article});
  EXPECT_THAT(BodiesText(), Not(HasSubstr("Aberforth")));
}

TEST_F(ErasingTest, NothingPersonalStandsInAHeader) {
  const std::string article = IngestPrivate();
  EraseIt({0, article});
  const auto snapshot = archive_->log().Read();
  for (uint64_t sequence = 1; sequence <= snapshot->head(); ++sequence) {
    const v1::EventHeader header = *snapshot->Header(sequence);
    // By the descriptor, so that a field that is added later is looked at too.
    for (int i = 0; i < v1::EventHeader::descriptor()->field_count(); ++i) {
      const std::string field = v1::EventHeader::descriptor()->field(i)->name();
      EXPECT_THAT((std::vector<std::string>{"event_id", "stream", "stream_version", "type",
                                            "schema", "recorded_at_us", "actor", "caused_by",
                                            "correlation", "body_digest", "body_size"}),
                  Contains(field))
          << "a new field: think about what it may hold, a header is for ever";
    }
    const std::string text = header.DebugString();
    for (const char* word : {"Aberforth", "Quillon", "Ferry", "buoy", "news.example", "input"}) {
      EXPECT_THAT(text, Not(HasSubstr(word))) << "event " << sequence;
    }
    if (header.stream() != kArchiveStream) {
      EXPECT_TRUE(base::IsHex(header.stream()));
      EXPECT_EQ(header.stream().size(), 32u);
    }
  }
}

TEST_F(ErasingTest, AsOfBeforeShowsThatSomethingWasThereAndNotWhat) {
  const std::string article = IngestPrivate();
  const uint64_t before = Head();
  const uint64_t added = FirstOf("verbatim.v1.AnnotationAdded");
  v1::AnnotationAdded annotation;
  ASSERT_TRUE(annotation.ParseFromString(**archive_->log().Read()->Body(added)));
  EraseIt({0, article});
  const auto snapshot = archive_->log().Read();
  for (const uint64_t at : {before, audit::kNow}) {
    const auto shown = audit::ShowArticle(*snapshot, article, at);
    ASSERT_TRUE(shown.ok()) << shown.status();
    const std::string json = schema::ToJson(*shown);
    EXPECT_THAT(json, HasSubstr("\"erased\":true"));
    EXPECT_THAT(json, HasSubstr("\"reason_code\":\"court-order\""));
    EXPECT_THAT(json, HasSubstr("District Court of Selis"));
    EXPECT_THAT(json, Not(HasSubstr("Ferry")));
    const auto one =
        audit::ShowAnnotation(*snapshot, archive_->registry(), annotation.annotation(), at);
    ASSERT_TRUE(one.ok()) << one.status();
    EXPECT_THAT(schema::ToJson(*one), HasSubstr("\"status\":\"erased\""));
  }
  const auto steps =
      audit::AnnotationHistory(*snapshot, archive_->registry(), annotation.annotation());
  ASSERT_TRUE(steps.ok()) << steps.status();
  ASSERT_EQ(steps->size(), 2u);
  EXPECT_THAT(schema::ToJson((*steps)[1]), HasSubstr("court-order, District Court of Selis"));
}

TEST_F(ErasingTest, AnErasedArticleIsTakenInAgainOnlyWhenToldSo) {
  const std::string article = IngestPrivate();
  EraseIt({0, article});
  ingest::Given given;
  given.url = "https://news.example/aberforth";
  const auto refused = Ingest({{kPrivate, given}});
  EXPECT_EQ(refused[0].action, IngestAction::kFailed);
  EXPECT_THAT(refused[0].reason, HasSubstr("--erased-too"));
  IngestOptions options;
  options.erased_too = true;
  const auto taken = Ingest({{kPrivate, given}}, options);
  EXPECT_EQ(taken[0].action, IngestAction::kIngested) << taken[0].reason;
  EXPECT_EQ(taken[0].article, article);
  const auto state = article::Load(*archive_->log().Read(), article);
  ASSERT_TRUE(state.ok()) << state.status();
  EXPECT_FALSE(state->erased());
  EXPECT_GT(state->annotations().size(), 0u);
  EXPECT_GT(RowsOf("quotes"), 0u);
  ExpectVerified();
  EraseIt({0, article});
  EXPECT_THAT(BodiesText(), Not(HasSubstr("Aberforth")));
  ExpectVerified();
}

// The same words from everywhere that a crawl may find them.
std::vector<std::pair<std::string, ingest::Given>> OtherWaysIn() {
  ingest::Given elsewhere, titled;
  elsewhere.url = "https://copies.example/1";
  titled.url = "https://copies.example/2";
  titled.title = "From the archives";
  std::string spaced = kPrivate;
  spaced.insert(spaced.find("Captain"), "  ");
  return {{kPrivate, {}}, {kPrivate, elsewhere}, {kPrivate, titled}, {spaced, {}}};
}

TEST_F(ErasingTest, WhatWasErasedIsKnownUnderAnyUrlAndWithoutOne) {
  const std::string article = IngestPrivate();
  const Erased erased = EraseIt({0, article});
  EXPECT_FALSE(erased.plan.event.refused().empty());
  const uint64_t head = Head();
  const auto expect_refused = [&] {
    for (const auto& way : OtherWaysIn()) {
      const IngestResult refused = Ingest({way}).at(0);
      EXPECT_EQ(refused.action, IngestAction::kFailed) << way.second.url;
      EXPECT_THAT(refused.reason, HasSubstr("--erased-too"));
      EXPECT_THAT(refused.reason, HasSubstr("@" + std::to_string(erased.sequence)));
      EXPECT_THAT(refused.reason, HasSubstr("court-order"));
    }
    EXPECT_EQ(Head(), head);
  };
  expect_refused();
  ASSERT_TRUE(log::RebuildIndexes(archive_->log()).ok());
  ExpectVerified();
  expect_refused();
  ingest::Given other;
  other.url = "https://copies.example/1";
  EXPECT_EQ(Ingest({{kQuoted, other}}).at(0).action, IngestAction::kIngested);
  // A page that stands must not turn into it either.
  EXPECT_EQ(Ingest({{kPrivate, other}}).at(0).action, IngestAction::kFailed);
  ExpectVerified();
}

TEST_F(ErasingTest, WhatIsTakenInOnPurposeIsKnownFromThenOn) {
  EraseIt({0, IngestPrivate()});
  const auto way = OtherWaysIn().at(1);
  IngestOptions options;
  options.erased_too = true;
  const IngestResult taken = Ingest({way}, options).at(0);
  EXPECT_EQ(taken.action, IngestAction::kIngested) << taken.reason;
  EXPECT_EQ(Ingest({way}).at(0).action, IngestAction::kDuplicate);
  // Erased again, it is refused again.
  const Erased again = EraseIt({0, taken.article});
  EXPECT_THAT(Ingest({OtherWaysIn().at(0)}).at(0).reason, HasSubstr("--erased-too"));
  EXPECT_THAT(Ingest({way}).at(0).reason, HasSubstr("@" + std::to_string(again.sequence)));
  ExpectVerified();
}

TEST_F(ErasingTest, ACopyThatWasKeptIsNoReasonToRefuse) {
  const std::string article = IngestPrivate();
  ASSERT_EQ(Ingest({OtherWaysIn().at(1)}).at(0).action, IngestAction::kIngested);
  EraseIt({0, article});
  EXPECT_EQ(Ingest({OtherWaysIn().at(1)}).at(0).action, IngestAction::kDuplicate);
  EXPECT_EQ(Ingest({OtherWaysIn().at(0)}).at(0).action, IngestAction::kDuplicate);
}

TEST_F(ErasingTest, MarksAreOfThisArchiveAndMayBeLeftOut) {
  const std::string article = IngestPrivate();
  const auto marks = PlanErasure(*archive_, {0, article}, kReason)->event.refused();
  for (const std::string& mark : marks) {
    EXPECT_EQ(mark.size(), 16U);
    for (const auto& sum : {base::Sha256(kPrivate), base::Sha256(ingest::ContentKey("", kPrivate))})
      EXPECT_THAT(base::ToString(sum), Not(HasSubstr(mark)));
  }
  ErasureReason unmarked = kReason;
  unmarked.marks = false;
  const auto erased = Erase(*archive_, {0, article}, unmarked, archive_->Events());
  ASSERT_TRUE(erased.ok()) << erased.status();
  EXPECT_TRUE(erased->plan.event.refused().empty());
  EXPECT_THAT(*ExportErasures(archive_->log()), HasSubstr("\"marks\":false"));
  EXPECT_FALSE(ErasuresOf(archive_->log())->at(0).reason.marks);
  EXPECT_EQ(Ingest({OtherWaysIn().at(1)}).at(0).action, IngestAction::kIngested);
}

TEST_F(ErasingTest, ErasuresTravelAsAListAndAreMadeOnce) {
  const std::string article = IngestPrivate();
  Ingest({{kQuoted, {}}});
  const fs::path copy = folder_.path() / "copy";
  fs::create_directories(copy);
  ASSERT_TRUE(archive_->log().env().CopyCompact(copy / "log").ok());
  for (const char* name : {"views", "plugins"}) fs::create_directories(copy / name);
  fs::copy_file(archive_->layout().marker(), copy / "verbatim");
  EraseIt({FirstOf("verbatim.v1.AnnotationAdded"), {}});
  EraseIt({0, article});
  const auto lines = ExportErasures(archive_->log());
  ASSERT_TRUE(lines.ok()) << lines.status();
  std::ofstream(folder_.path() / "list.jsonl") << *lines;
  const auto read = ReadErasures(folder_.path() / "list.jsonl");
  ASSERT_TRUE(read.ok()) << read.status();
  const auto from_log = ReadErasures(copy);
  ASSERT_TRUE(from_log.ok());
  EXPECT_THAT(*from_log, IsEmpty());
  Options options = options_;
  options.access = Access::kWrite;
  const auto older = Archive::Open(copy, options);
  ASSERT_TRUE(older.ok()) << older.status();
  const auto first = Reapply(**older, *read, (*older)->Events());
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(first->applied, 2u);
  EXPECT_TRUE(article::Load(*(*older)->log().Read(), article)->erased());
  EXPECT_EQ(ErasuresOf((*older)->log())->back().reason.marks, true);
  const auto again = Reapply(**older, *read, (*older)->Events());
  EXPECT_EQ(again->known, 2u);
  EXPECT_EQ(again->applied, 0u);
  std::ofstream(folder_.path() / "bad.jsonl") << *lines << "{\"article\":\"00\"}\n";
  EXPECT_THAT(std::string(ReadErasures(folder_.path() / "bad.jsonl").status().message()),
              HasSubstr("line 3"));
}

}  // namespace
}  // namespace verbatim::archive
