// SPDX-License-Identifier: Apache-2.0
// The sorted runs of annotation ids against a plain map.
#include "core/log/annotation_runs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>

#include "core/base/files.h"
#include "core/store/env.h"
#include "core/store/keys.h"

namespace verbatim::log {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// The event of that sequence; two of three add an annotation.
std::optional<AnnotationKey> IdOf(uint64_t sequence) {
  if (sequence % 3 == 0) return std::nullopt;
  return AnnotationKeyOf(store::U64Key(sequence).view());
}

class AnnotationRunsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    store::EnvOptions options;
    options.sync = store::Sync::kNoSync;
    env_ = store::Env::Open(temporary_.path(), options).value();
    db_ = env_->OpenDb("annotations").value();
  }

  void AppendTo(uint64_t events) {
    store::WriteTxn txn = env_->BeginWrite().value();
    for (; events_ < events; ++events_) {
      ASSERT_TRUE(runs_.Append(txn, db_, IdOf(events_ + 1)).ok());
    }
    ASSERT_TRUE(txn.Commit().ok());
  }

  // As a writer that opens the log does.
  void Reopen() {
    std::vector<AnnotationEntry> pending;
    for (uint64_t sequence = events_ - events_ % kRunEvents + 1; sequence <= events_; ++sequence) {
      if (const auto id = IdOf(sequence)) pending.push_back({*id, sequence});
    }
    runs_ = AnnotationRuns(events_, std::move(pending));
  }

  std::map<std::string, uint64_t> Found(std::string_view from, uint64_t events) {
    const store::ReadTxn txn = env_->BeginRead().value();
    std::map<std::string, uint64_t> found;
    for (const RunId run : RunsOf(events)) {
      EXPECT_TRUE(FindInRun(txn, db_, run, from, [&](const AnnotationEntry& entry) {
                    found.emplace(IdView(entry.id), entry.sequence);
                    return true;
                  }).ok());
    }
    return found;
  }

  static std::map<std::string, uint64_t> Expected(std::string_view from, uint64_t events) {
    std::map<std::string, uint64_t> expected;
    for (uint64_t sequence = 1; sequence <= events - events % kRunEvents; ++sequence) {
      const auto id = IdOf(sequence);
      if (id && IdView(*id) >= from) expected.emplace(IdView(*id), sequence);
    }
    return expected;
  }

  std::vector<uint64_t> Missing(uint64_t from = 1) {
    const store::ReadTxn txn = env_->BeginRead().value();
    RunCheck check(txn, db_, events_);
    std::vector<uint64_t> missing;
    for (uint64_t sequence = from; sequence <= events_; ++sequence) {
      const auto of_run = check.Event(sequence, IdOf(sequence)).value();
      missing.insert(missing.end(), of_run.begin(), of_run.end());
    }
    if (from == 1) {
      EXPECT_EQ(check.parts(), txn.Count(db_).value());
    }
    return missing;
  }

  base::TemporaryFolder temporary_;
  std::unique_ptr<store::Env> env_;
  store::Db db_;
  AnnotationRuns runs_;
  uint64_t events_ = 0;
};

TEST_F(AnnotationRunsTest, RunsCoverTheEventsWithoutGapsLargestFirst) {
  for (const uint64_t events : {0u, 255u, 256u, 4095u, 4096u, 70'000u, 1'048'576u, 5'000'123u}) {
    uint64_t next = 1;
    uint64_t last_size = UINT64_MAX;
    for (const RunId run : RunsOf(events)) {
      EXPECT_EQ(run.first_sequence(), next);
      EXPECT_LE(run.events(), last_size);
      last_size = run.events();
      next = run.last_sequence() + 1;
    }
    EXPECT_EQ(next, events - events % kRunEvents + 1);
  }
}

TEST_F(AnnotationRunsTest, WhatWasAppendedIsFoundAtEverySize) {
  std::mt19937_64 random(20'261'122);
  while (events_ < 70'000) {  // a run of level 2 is full by then
    AppendTo(events_ + 1 + random() % 3000);
    if (random() % 2 == 0) Reopen();
    const std::string from(1 + random() % 16, static_cast<char>(random()));
    EXPECT_EQ(Found(from, events_), Expected(from, events_)) << events_;
    EXPECT_THAT(Missing(), IsEmpty()) << events_;
  }
  EXPECT_EQ(RunsOf(events_).front().level, 2u);
}

TEST_F(AnnotationRunsTest, AnEntryThatIsAlteredOrGoneIsNamed) {
  AppendTo(4096 + 300);
  const auto id = IdOf(4100);
  std::string key;
  std::string value;
  {
    store::WriteTxn txn = env_->BeginWrite().value();
    ASSERT_TRUE(txn.Scan(db_, RunKey({0, 16}, ""), std::nullopt,
                         [&](const store::Entry& entry) {
                           key = entry.key;
                           value = entry.value;
                           return false;
                         })
                    .ok());
    const size_t at = value.find(IdView(*id));
    ASSERT_NE(at, std::string::npos);
    value[at + 5] = static_cast<char>(value[at + 5] ^ 1);
    ASSERT_TRUE(txn.Put(db_, key, value).ok());
    ASSERT_TRUE(txn.Commit().ok());
  }
  EXPECT_THAT(Missing(), ElementsAre(4100));
  EXPECT_THAT(Missing(4097), ElementsAre(4100));
  EXPECT_THAT(Missing(4096 + 257), IsEmpty());
}

}  // namespace
}  // namespace verbatim::log
