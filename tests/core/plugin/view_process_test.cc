// SPDX-License-Identifier: Apache-2.0
// A view folded by its worker is, byte for byte, the view folded in this process; and a view that
// breaks leaves what it had committed, and the log, as they were.
#include "core/plugin/view_process.h"

#include <memory>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/files.h"
#include "core/base/ids.h"
#include "core/log/body.h"
#include "core/log/event_log.h"
#include "core/plugin/loader.h"
#include "core/schema/registry.h"
#include "core/view/folder.h"
#include "core/view/generation.h"
#include "gmock/gmock.h"
#include "tests/core/plugin/plugins.h"
#include "verbatim/v1/archive.pb.h"

namespace verbatim::plugin {
namespace {

using ::testing::HasSubstr;
using Run = v1::RunCompleted;

class ViewWorkers : public ::testing::Test {
 protected:
  void SetUp() override {
    file_ = Plugin("moody");
    auto log = log::EventLog::Create(LogFolder(), std::string(16, 'a'),
                                     {.clock = &clock_, .random = &random_});
    ASSERT_TRUE(log.ok()) << log.status();
    log_ = *std::move(log);
  }

  std::filesystem::path LogFolder() const { return folder_.path() / "log"; }

  void Set(const std::string& key, const std::string& value) {
    v1::SettingChanged change;
    change.set_key(key);
    change.set_value(value);
    log::NewEvent event;
    event.id = base::NewEventId(clock_, random_);
    event.stream = "archive";
    event.type = "verbatim.v1.SettingChanged";
    event.actor.mutable_tool()->set_name("test");
    event.body = change.SerializeAsString();
    batch_.emplace_back().events.push_back(event);
    if (batch_.size() >= 1000) Append();
  }

  void Append() {
    for (const auto& appended : log_->AppendBatch(std::exchange(batch_, {}))) {
      ASSERT_TRUE(appended.ok()) << appended.status();
    }
  }

  // An empty generation of the view, closed again.
  std::filesystem::path NewGeneration(const std::string& name) {
    v1::ViewBuild build;
    build.set_plugin("moody");
    build.set_plugin_version(file_.manifest.version());
    build.set_code_sha256(file_.sha256);
    *build.mutable_manifest() = file_.manifest.views(0);
    build.set_descriptors(*schema::Normalise(file_.descriptors));
    const std::filesystem::path folder = folder_.path() / name;
    auto made = view::Generation::Create(folder, build, view::Durability::kLive);
    EXPECT_TRUE(made.ok()) << made.status();
    return folder;
  }

  ViewJob Job(const std::filesystem::path& generation) {
    return {file_, "settings", "", LogFolder(), generation};
  }

  // Starts a worker and folds to the head, as the archive does.
  FoldOutcome Fold(const ViewJob& job) {
    Append();
    auto held = log_->Read();
    EXPECT_TRUE(held.ok());
    auto worker = ViewProcess::Start(job);
    EXPECT_TRUE(worker.ok()) << worker.status();
    return (*worker)->FoldTo(held->head(), [&](uint64_t) {
      ++steps_;
      return held->Renew();
    });
  }

  // The same view folded in this process.
  std::string DigestInProcess() {
    auto generation = view::Generation::Open(NewGeneration("oracle"), store::Mode::kReadWrite);
    EXPECT_TRUE(generation.ok());
    auto code = SealedCopy(file_);
    auto loaded = LoadSealed(*std::move(code), "moody");
    EXPECT_TRUE(loaded.ok()) << loaded.status();
    EXPECT_TRUE(loaded->Initialise().ok());
    auto folder = view::Folder::Make(*log_, **generation, **loaded->View("settings"), "",
                                     view::FoldOptions());
    EXPECT_TRUE(folder.ok()) << folder.status();
    auto result = (*folder)->FoldTo(view::kHead);
    EXPECT_TRUE(result.ok()) << result.status();
    return result->checkpoint.digest();
  }

  v1::ViewCheckpoint CheckpointOf(const std::filesystem::path& folder) {
    auto generation = view::Generation::Open(folder, store::Mode::kReadOnly);
    EXPECT_TRUE(generation.ok()) << generation.status();
    return *(*generation)->Checkpoint();
  }

  base::TemporaryFolder folder_{"view-worker"};
  base::FakeClock clock_{1'700'000'000'000'000, 1000};
  base::SeededRandom random_{7};
  PluginFile file_;
  std::unique_ptr<log::EventLog> log_;
  std::vector<log::Unit> batch_;
  int steps_ = 0;
};

TEST_F(ViewWorkers, FoldWhatThisProcessWouldFold) {
  for (int i = 0; i < 25'000; ++i) Set("key." + std::to_string(i % 97), std::to_string(i));
  const auto generation = NewGeneration("worker");
  const FoldOutcome outcome = Fold(Job(generation));
  ASSERT_EQ(outcome.outcome, Run::OUTCOME_COMPLETED) << outcome.message;
  EXPECT_EQ(outcome.sequence, log_->Read()->head());
  EXPECT_GE(steps_, 2);
  EXPECT_EQ(outcome.digest, DigestInProcess());
  EXPECT_EQ(CheckpointOf(generation).digest(), outcome.digest);
  EXPECT_EQ(CheckpointOf(generation).rows(), 97U);
}

TEST_F(ViewWorkers, GoOnWithTheLogAsItGrows) {
  const auto generation = NewGeneration("worker");
  auto held = log_->Read();
  auto worker = ViewProcess::Start(Job(generation));
  ASSERT_TRUE(worker.ok());
  FoldOutcome outcome;
  for (int round = 0; round < 5; ++round) {
    for (int i = 0; i < 300; ++i) Set("key." + std::to_string(i % 7), "chat");
    Append();
    ASSERT_TRUE(held->Renew().ok());
    outcome = (*worker)->FoldTo(held->head(), [&](uint64_t) { return held->Renew(); });
    ASSERT_EQ(outcome.outcome, Run::OUTCOME_COMPLETED) << outcome.message;
    ASSERT_EQ(outcome.sequence, held->head());
  }
  ASSERT_FALSE(outcome.log.empty());
  EXPECT_EQ(outcome.log[0].severity, VB_WARNING);
  EXPECT_EQ(outcome.log[0].text, "a setting was changed");
  EXPECT_EQ(outcome.digest, DigestInProcess());
}

TEST_F(ViewWorkers, StallBeforeTheEventThatTheyRefuse) {
  Set("one", "1");
  Set("two", "bad-input");
  Set("three", "3");
  const auto generation = NewGeneration("worker");
  const FoldOutcome outcome = Fold(Job(generation));
  EXPECT_EQ(outcome.outcome, Run::OUTCOME_BAD_INPUT);
  EXPECT_EQ(outcome.message, "not in this language");
  const v1::ViewCheckpoint checkpoint = CheckpointOf(generation);
  EXPECT_EQ(outcome.sequence, checkpoint.stalled_at());
  EXPECT_EQ(checkpoint.sequence() + 1, checkpoint.stalled_at());
  EXPECT_EQ(checkpoint.rows(), 1U);
}

TEST_F(ViewWorkers, RefuseAConfigurationWithTheirWords) {
  ViewJob job = Job(NewGeneration("worker"));
  job.config = "\x12\x06refuse";  // mood
  const FoldOutcome outcome = Fold(job);
  EXPECT_EQ(outcome.outcome, Run::OUTCOME_FAILED);
  EXPECT_THAT(outcome.message, HasSubstr("no such configuration"));
}

TEST_F(ViewWorkers, NameAGenerationThatIsNotThere) {
  const FoldOutcome outcome = Fold(Job(folder_.path() / "nowhere"));
  EXPECT_EQ(outcome.outcome, Run::OUTCOME_FAILED);
  EXPECT_TRUE(absl::IsNotFound(outcome.status)) << outcome.status;
}

TEST_F(ViewWorkers, UnknownViewIsNotFound) {
  ViewJob job = Job(NewGeneration("worker"));
  job.view = "nothing";
  EXPECT_TRUE(absl::IsNotFound(ViewProcess::Start(job).status()));
}

TEST_F(ViewWorkers, AStepThatFailsEndsTheFold) {
  for (int i = 0; i < 15'000; ++i) Set("key", "1");
  Append();
  auto held = log_->Read();
  auto worker = ViewProcess::Start(Job(NewGeneration("worker")));
  const FoldOutcome outcome =
      (*worker)->FoldTo(held->head(), [](uint64_t) { return absl::AbortedError("enough"); });
  EXPECT_EQ(outcome.outcome, Run::OUTCOME_FAILED);
  EXPECT_TRUE(absl::IsAborted(outcome.status));
  EXPECT_FALSE((*worker)->alive());
}

TEST_F(ViewWorkers, AStepThatLeadsNowhereKeepsNobodyWaiting) {
  file_.manifest.mutable_views(0)->mutable_limits()->set_cpu_ms_max(100);
  Set("one", "step-on-the-spot");
  const FoldOutcome outcome = Fold(Job(NewGeneration("worker")));
  EXPECT_EQ(outcome.outcome, Run::OUTCOME_TIMED_OUT) << outcome.message;
}

struct Harm {
  const char* mood;
  Run::Outcome outcome;
  const char* says;
};

class ViewHarms : public ViewWorkers, public ::testing::WithParamInterface<Harm> {};

const Harm kHarms[] = {
    {"crash", Run::OUTCOME_CRASHED, "Segmentation"},
    {"exit", Run::OUTCOME_CRASHED, "code 0"},
    {"loop", Run::OUTCOME_TIMED_OUT, "cpu_ms_max"},
    {"eat", Run::OUTCOME_LIMIT_EXCEEDED, "memory_mib_max"},
    {"connect", Run::OUTCOME_FORBIDDEN_CALL, "socket"},
    {"read-file", Run::OUTCOME_FORBIDDEN_CALL, "open"},
    {"fill-disk", Run::OUTCOME_LIMIT_EXCEEDED, "than a view may"},
    {"step-beyond", Run::OUTCOME_INVALID_OUTPUT, "not asked"},
};

INSTANTIATE_TEST_SUITE_P(, ViewHarms, ::testing::ValuesIn(kHarms), [](const auto& test) {
  std::string name = test.param.mood;
  for (char& c : name) c = c == '-' ? '_' : c;
  return name;
});

TEST_P(ViewHarms, LeaveTheLogWholeAndTheRowsAtACheckpoint) {
  const Harm& harm = GetParam();
  if (kSanitized && harm.outcome != Run::OUTCOME_CRASHED) {
    GTEST_SKIP() << "no sandbox under sanitizers";
  }
  const auto generation = NewGeneration("worker");
  Set("one", "1");
  ASSERT_EQ(Fold(Job(generation)).outcome, Run::OUTCOME_COMPLETED);
  const v1::ViewCheckpoint before = CheckpointOf(generation);
  Set("two", harm.mood);
  const FoldOutcome outcome = Fold(Job(generation));
  EXPECT_EQ(outcome.outcome, harm.outcome) << outcome.message;
  EXPECT_THAT(outcome.message, HasSubstr(kSanitized ? "" : harm.says));
  EXPECT_EQ(CheckpointOf(generation).digest(), before.digest());
  Set("three", "3");
  Append();
  EXPECT_EQ(log_->Read()->head(), 3U);
}

}  // namespace
}  // namespace verbatim::plugin
