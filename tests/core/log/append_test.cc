// SPDX-License-Identifier: Apache-2.0
// Appending: sequences, idempotency, expected versions, units that fail and units that share a
// commit.
#include <algorithm>
#include <atomic>
#include <set>
#include <thread>

#include "core/base/in_order.h"
#include "core/log/stored_body.h"
#include "tests/core/log/log_fixture.h"

namespace verbatim::log {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class AppendTest : public LogTest {};

TEST_F(AppendTest, SequencesStartAtOneAndHaveNoGaps) {
  EXPECT_EQ(Head(), 0u);
  EXPECT_THAT(log_->Append(UnitOf({Setting("a", "1"), Setting("b", "2")})).value(),
              ElementsAre(1, 2));
  EXPECT_THAT(Append(Setting("c", "3")).value(), ElementsAre(3));
  EXPECT_EQ(Head(), 3u);
}

TEST_F(AppendTest, WhatWasAppendedIsReadAgain) {
  const NewEvent event = Setting("user.name", "Ana");
  NewEvent copy = event;
  copy.caused_by = NewId();
  copy.correlation = NewId();
  copy.schema = 2;
  ASSERT_TRUE(Append(copy).ok());
  Reopen();
  const Snapshot snapshot = log_->Read().value();
  const v1::EventHeader header = snapshot.Header(1).value();
  EXPECT_EQ(header.event_id(), copy.id);
  EXPECT_EQ(header.stream(), "archive");
  EXPECT_EQ(header.stream_version(), 0u);
  EXPECT_EQ(header.type(), "verbatim.v1.SettingChanged");
  EXPECT_EQ(header.schema(), 2u);
  EXPECT_EQ(header.actor().tool().name(), "verbatim");
  EXPECT_EQ(header.caused_by(), copy.caused_by);
  EXPECT_EQ(header.correlation(), copy.correlation);
  EXPECT_EQ(header.body_size(), copy.body.size());
  EXPECT_EQ(StoredBody(snapshot, 1, snapshot.View(1).value()).value(), copy.body);
  EXPECT_EQ(log_->archive_id(), kArchiveId);
  EXPECT_EQ(log_->format(), kFormat);
}

TEST_F(AppendTest, TheSameUnitAgainGivesTheOldSequences) {
  const Unit unit = UnitOf({Setting("a", "1"), Setting("b", "2")});
  ASSERT_TRUE(Append(Setting("z", "0")).ok());
  EXPECT_THAT(log_->Append(unit).value(), ElementsAre(2, 3));
  EXPECT_THAT(log_->Append(unit).value(), ElementsAre(2, 3));
  Reopen();
  EXPECT_THAT(log_->Append(unit).value(), ElementsAre(2, 3));
  EXPECT_EQ(Head(), 3u);
}

TEST_F(AppendTest, ARetryIsNotHeldUpByTheVersionThatItMadeItself) {
  Unit unit = UnitOf({Ingested("dam", "The dam holds.")});
  unit.expects.push_back(Expect::None(StreamOf("dam")));
  ASSERT_THAT(log_->Append(unit).value(), ElementsAre(1));
  EXPECT_THAT(log_->Append(unit).value(), ElementsAre(1));
}

TEST_F(AppendTest, TheSameIdWithOtherContentIsRefused) {
  NewEvent event = Setting("a", "1");
  ASSERT_TRUE(Append(event).ok());
  event.body = Setting("a", "2").body;
  EXPECT_EQ(Append(event).status().code(), absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(Head(), 1u);
}

TEST_F(AppendTest, AUnitThatIsHalfThereIsRefusedWhole) {
  const NewEvent old = Setting("a", "1");
  ASSERT_TRUE(Append(old).ok());
  const auto result = log_->Append(UnitOf({old, Setting("b", "2")}));
  EXPECT_EQ(result.status().code(), absl::StatusCode::kAlreadyExists);
  EXPECT_THAT(std::string(result.status().message()), HasSubstr("1 of this unit's 2"));
  EXPECT_EQ(Head(), 1u);
}

TEST_F(AppendTest, TwoEventsOfOneUnitNeedTwoIds) {
  const NewEvent event = Setting("a", "1");
  EXPECT_EQ(log_->Append(UnitOf({event, event})).status().code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Head(), 0u);
}

TEST_F(AppendTest, AnIdOlderThanTheNewestIsFoundAllTheSame) {
  const NewEvent old = Setting("a", "1");
  const NewEvent newer = Setting("b", "2");
  ASSERT_THAT(Append(newer).value(), ElementsAre(1));
  ASSERT_THAT(Append(old).value(), ElementsAre(2));
  EXPECT_THAT(Append(old).value(), ElementsAre(2));
  EXPECT_EQ(log_->Read()->FindById(old.id).value(), 2u);
}

TEST_F(AppendTest, AWriterNamesTheVersionThatItHasSeen) {
  const std::string stream = StreamOf("dam");
  const auto append = [&](Expect expect) {
    Unit unit = UnitOf({Ingested("dam", "The dam holds.")});
    unit.expects.push_back(std::move(expect));
    return log_->Append(std::move(unit)).status().code();
  };
  EXPECT_EQ(append(Expect::Exact(stream, 0)), absl::StatusCode::kAborted);
  EXPECT_EQ(append(Expect::None(stream)), absl::StatusCode::kOk);
  EXPECT_EQ(append(Expect::None(stream)), absl::StatusCode::kAborted);
  EXPECT_EQ(append(Expect::Exact(stream, 0)), absl::StatusCode::kOk);
  EXPECT_EQ(append(Expect::Exact(stream, 0)), absl::StatusCode::kAborted);
  EXPECT_EQ(append(Expect::Any(stream)), absl::StatusCode::kOk);
  const auto seen = log_->Read()->StreamVersion(stream).value();
  EXPECT_EQ(append(Expect::Seen(stream, seen)), absl::StatusCode::kOk);
  EXPECT_EQ(Head(), 4u);
}

TEST_F(AppendTest, UnitsOfABatchAreAtomicEachAndSeeTheEarlierOnes) {
  std::vector<Unit> units;
  units.push_back(UnitOf({Ingested("dam", "The dam holds."), Added("dam", "dam")}));
  units.back().expects.push_back(Expect::None(StreamOf("dam")));
  units.push_back(UnitOf({Ingested("dam", "Another."), Added("dam", "Another")}));
  units.back().expects.push_back(Expect::None(StreamOf("dam")));  // no longer so
  units.push_back(UnitOf({Setting("bad", "1")}));
  units.back().events[0].body = "\x0a\x02\xc3\x28";  // a key that is not UTF-8
  units.push_back(UnitOf({Revised("dam", 1, "The dam broke.")}));
  units.back().expects.push_back(Expect::Exact(StreamOf("dam"), 1));
  const auto results = log_->AppendBatch(std::move(units));
  ASSERT_EQ(results.size(), 4u);
  EXPECT_THAT(results[0].value(), ElementsAre(1, 2));
  EXPECT_EQ(results[1].status().code(), absl::StatusCode::kAborted);
  EXPECT_EQ(results[2].status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(results[3].value(), ElementsAre(3));
  EXPECT_EQ(Head(), 3u);
  EXPECT_THAT(log_->Read()->StreamSequences(StreamOf("dam")).value(), ElementsAre(1, 2, 3));
}

TEST_F(AppendTest, TheSameUnitTwiceInABatchIsAppendedOnce) {
  const Unit unit = UnitOf({Setting("a", "1")});
  const auto results = log_->AppendBatch({unit, unit});
  EXPECT_THAT(results[0].value(), ElementsAre(1));
  EXPECT_THAT(results[1].value(), ElementsAre(1));
  EXPECT_EQ(Head(), 1u);
}

TEST_F(AppendTest, TimeStrictlyIncreasesAlsoWhenTheClockGoesBack) {
  ASSERT_TRUE(Append(Setting("a", "1")).ok());
  clock_.Set(5);
  ASSERT_TRUE(log_->Append(UnitOf({Setting("b", "1"), Setting("c", "1")})).ok());
  Reopen();
  ASSERT_TRUE(Append(Setting("d", "1")).ok());
  uint64_t last = 0;
  const Snapshot snapshot = log_->Read().value();
  for (uint64_t sequence = 1; sequence <= 4; ++sequence) {
    const uint64_t time = snapshot.View(sequence)->recorded_at_us;
    EXPECT_GT(time, last);
    last = time;
  }
}

TEST_F(AppendTest, ManyWritersShareCommitsAndLoseNothing) {
  constexpr size_t kThreads = 8;
  constexpr int kUnits = 40;
  std::vector<std::vector<Unit>> work(kThreads);
  for (auto& units : work) {
    for (int i = 0; i < kUnits; ++i) {
      units.push_back(UnitOf({Setting("a", std::to_string(i)), Setting("b", "2")}));
    }
  }
  std::vector<std::vector<uint64_t>> sequences(kThreads);
  std::vector<std::thread> threads;
  for (size_t t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (Unit& unit : work[t]) {
        const auto appended = log_->Append(unit);
        ASSERT_TRUE(appended.ok()) << appended.status();
        sequences[t].insert(sequences[t].end(), appended->begin(), appended->end());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::set<uint64_t> all;
  for (const auto& own : sequences) {
    EXPECT_TRUE(std::is_sorted(own.begin(), own.end()));
    all.insert(own.begin(), own.end());
  }
  EXPECT_EQ(all.size(), size_t{kThreads} * kUnits * 2);
  EXPECT_EQ(*all.rbegin(), all.size());
  EXPECT_EQ(Head(), all.size());
}

// As the ingester does: units are made ready by threads ahead of the one that appends, which goes
// on meanwhile, and somebody reads. The thread sanitizer runs it.
TEST_F(AppendTest, UnitsThatThreadsPrepareGoInInTheirOrderWhileOthersRead) {
  constexpr size_t kUnits = 120;
  struct Turn {
    Unit unit;
    absl::StatusOr<PreparedUnit> prepared = absl::UnknownError("not prepared");
  };
  std::string words;  // enough for zstd and for a sketch
  for (int i = 0; i < 400; ++i) words += "word" + std::to_string(i * i % 97) + " ";
  std::vector<Unit> units;
  for (size_t i = 0; i < kUnits; ++i) {
    const std::string name = std::to_string(i);
    units.push_back(UnitOf(
        {Captured(name, words + name), Ingested(name, words + name, name), Added(name, "word1")}));
  }
  std::atomic<bool> ended = false;
  std::thread reader([&] {
    while (!ended) {
      const Snapshot snapshot = log_->Read().value();
      uint64_t sketches = 0;
      EXPECT_TRUE(snapshot.ScanSketches([&](const SketchHit&) { return ++sketches > 0; }).ok());
      EXPECT_EQ(sketches, snapshot.head() / 3) << "a unit is there whole or not at all";
      EXPECT_EQ(snapshot.FindByContent(ContentKey(words + "0"))->size(), snapshot.head() > 0);
    }
  });
  base::InOrder<Turn> turns(
      3, [&](Turn& turn) { turn.prepared = log_->Prepare(std::move(turn.unit)); });
  std::vector<uint64_t> sequences;
  const auto append = [&](Turn turn) {
    ASSERT_TRUE(turn.prepared.ok()) << turn.prepared.status();
    std::vector<PreparedUnit> batch;
    batch.push_back(*std::move(turn.prepared));
    for (const auto& appended : log_->AppendPrepared(std::move(batch))) {
      ASSERT_TRUE(appended.ok()) << appended.status();
      sequences.insert(sequences.end(), appended->begin(), appended->end());
    }
  };
  for (Unit& unit : units) {
    while (turns.size() >= 8) append(turns.Take());
    turns.Put({.unit = unit});
  }
  while (!turns.empty()) append(turns.Take());
  ended = true;
  reader.join();
  ASSERT_EQ(sequences.size(), 3 * kUnits);
  const Snapshot snapshot = log_->Read().value();
  for (size_t i = 0; i < sequences.size(); ++i) {
    EXPECT_EQ(sequences[i], i + 1);
    EXPECT_EQ(snapshot.Body(i + 1)->value(), units[i / 3].events[i % 3].body);
  }
}

TEST_F(AppendTest, AMalformedEventIsNamedAndNothingIsAppended) {
  const auto refused = [&](auto change) {
    NewEvent event = Setting("a", "1");
    change(event);
    const auto result = log_->Append(UnitOf({Setting("ok", "1"), event}));
    EXPECT_EQ(result.status().code(), absl::StatusCode::kInvalidArgument) << result.status();
    EXPECT_THAT(std::string(result.status().message()), HasSubstr("event 1 of a unit"));
  };
  refused([](NewEvent& event) { event.id = "short"; });
  refused([](NewEvent& event) { event.stream = ""; });
  refused([](NewEvent& event) { event.stream = std::string(500, 'x'); });
  refused([](NewEvent& event) { event.stream = "\xff"; });
  refused([](NewEvent& event) { event.actor.Clear(); });
  refused([](NewEvent& event) { event.actor.mutable_tool()->set_name("\xff"); });
  refused([](NewEvent& event) { event.actor.mutable_tool()->set_name(std::string(2000, 'x')); });
  refused([](NewEvent& event) { event.caused_by = "x"; });
  refused([](NewEvent& event) { event.correlation = "x"; });
  refused([](NewEvent& event) { event.body = "\x0a\x05"; });
  refused([&](NewEvent& event) { event = Ingested("dam", "x"), event.stream = "archive"; });
  refused([&](NewEvent& event) { event = Added("dam", "x"), event.id = NewId(); });
  EXPECT_EQ(Head(), 0u);
}

TEST_F(AppendTest, IngestCursorsMoveWithTheirUnit) {
  Unit unit = UnitOf({Setting("a", "1")});
  unit.cursors.push_back({"feed.warc.gz", "where"});
  ASSERT_TRUE(log_->Append(unit).ok());
  EXPECT_EQ(log_->Read()->Cursor("feed.warc.gz").value(), "where");
  Unit only;
  only.cursors.push_back({"feed.warc.gz", ""});
  EXPECT_THAT(log_->Append(only).value(), ElementsAre());
  EXPECT_EQ(log_->Read()->Cursor("feed.warc.gz").value(), std::nullopt);
}

TEST_F(AppendTest, ALogIsMadeOnceAndOpenedOnceAProcess) {
  EXPECT_EQ(EventLog::Open(folder(), Options()).status().code(),
            absl::StatusCode::kFailedPrecondition);
  log_.reset();
  EXPECT_EQ(EventLog::Create(folder(), kArchiveId, Options()).status().code(),
            absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(EventLog::Open(temporary_.path() / "elsewhere", Options()).status().code(),
            absl::StatusCode::kNotFound);
}

TEST_F(AppendTest, AReadOnlyLogRefusesToAppend) {
  ASSERT_TRUE(Append(Setting("a", "1")).ok());
  log_.reset();
  LogOptions options;
  options.mode = store::Mode::kReadOnly;
  const auto log = EventLog::Open(folder(), options).value();
  EXPECT_EQ(log->Append(UnitOf({Setting("b", "1")})).status().code(),
            absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(log->Read()->head(), 1u);
}

TEST_F(AppendTest, IdsInAnyOrderFindTheirPlace) {
  std::vector<NewEvent> older;  // ids from before the rest of the log
  for (int i = 0; i < 40; ++i) older.push_back(Setting("older", std::to_string(i)));
  std::vector<NewEvent> first;
  for (int i = 0; i < 1500; ++i) first.push_back(Setting("first", std::to_string(i)));
  std::vector<NewEvent> mixed;
  for (NewEvent& event : older) {
    // The middle of the index, its beginning and its end take turns.
    std::swap(event.id, first[first.size() / 2 + mixed.size()].id);
    mixed.push_back(Setting("newer", "1"));
    mixed.push_back(std::move(event));
  }
  std::vector<std::string> ids;
  for (const auto* events : {&first, &mixed}) {
    for (const NewEvent& event : *events) ids.push_back(event.id);
  }
  ASSERT_TRUE(log_->Append(UnitOf(std::move(first))).ok());
  ASSERT_TRUE(log_->Append(UnitOf(std::move(mixed))).ok());
  const Snapshot snapshot = log_->Read().value();
  for (size_t i = 0; i < ids.size(); ++i) EXPECT_EQ(snapshot.FindById(ids[i]).value(), i + 1);
}

}  // namespace
}  // namespace verbatim::log
