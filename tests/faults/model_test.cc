// SPDX-License-Identifier: Apache-2.0
// Seeded random operations on a log with a view, against a model that keeps everything in memory:
// append, duplicate, conflict, erase, annotate, fold, rebuild, kill, reopen, a clock that jumps.
// The answers are the same at every step, and the contents whenever they are compared.
#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

#include "core/base/hex.h"
#include "core/base/ids.h"
#include "core/log/body.h"
#include "core/log/rebuild.h"
#include "core/log/verify.h"
#include "core/view/folder.h"
#include "core/view/generation.h"
#include "tests/core/view/script_view.h"
#include "tests/faults/harness.h"
#include "verbatim/v1/annotation.pb.h"
#include "verbatim/v1/article.pb.h"

namespace verbatim::faults {
namespace {

namespace fs = std::filesystem;
using Sequences = absl::StatusOr<std::vector<uint64_t>>;

constexpr uint64_t kOperationsALog = 2'500;
constexpr uint64_t kOperationsAComparison = 500;
constexpr uint32_t kKilledWriter = 9;

// The log as a vector.
class Model {
 public:
  struct Event {
    log::NewEvent event;
    uint64_t version;
    bool erased = false;
  };

  Sequences Append(const log::Unit& unit) {
    std::vector<uint64_t> known;
    for (const log::NewEvent& event : unit.events) {
      const auto found = ids_.find(event.id);
      if (found == ids_.end()) continue;
      const Event& old = events_[found->second - 1];
      if (old.erased || old.event.body != event.body || old.event.stream != event.stream) {
        return absl::AlreadyExistsError("");
      }
      known.push_back(found->second);
    }
    if (known.size() == unit.events.size()) return known;
    if (!known.empty()) return absl::AlreadyExistsError("");
    for (const log::Expect& expect : unit.expects) {
      const uint64_t wanted = expect.kind == log::Expect::Kind::kNone ? 0 : expect.version + 1;
      if (expect.kind != log::Expect::Kind::kAny && versions_[expect.stream] != wanted) {
        return absl::AbortedError("");
      }
    }
    std::vector<uint64_t> sequences;
    for (const log::NewEvent& event : unit.events) {
      events_.push_back({event, versions_[event.stream]++});
      ids_[event.id] = events_.size();
      sequences.push_back(events_.size());
    }
    for (const uint64_t sequence : unit.erase) events_[sequence - 1].erased = true;
    return sequences;
  }

  uint64_t head() const { return events_.size(); }
  uint64_t Count(const std::string& stream) { return versions_[stream]; }
  const Event& At(uint64_t sequence) const { return events_[sequence - 1]; }

 private:
  std::vector<Event> events_;
  std::map<std::string, uint64_t> ids_;
  std::map<std::string, uint64_t> versions_;
};

// One log, one view, and the model of both.
class World {
 public:
  World(const fs::path& folder, uint64_t seed) : folder_(folder), random_(seed), bytes_(seed) {
    MakeLog(folder_);
    Open();
    NewGeneration();
  }

  uint64_t Below(uint64_t end) { return random_() % end; }

  // One random operation; its name.
  std::string Step() {
    const uint64_t dice = Below(1'000);
    if (dice < 400) return AppendSome(), "append";
    if (dice < 480) return Duplicate(), "duplicate";
    if (dice < 560) return Conflict(), "conflict";
    if (dice < 600) return Erase(), "erase";
    if (dice < 780) return Annotate(), "annotate";
    if (dice < 880) return Fold(), "fold";
    if (dice < 890) return RebuildView(), "rebuild the view";
    if (dice < 895) return RebuildIndexes(), "rebuild the indexes";
    if (dice < 915) return Kill(), "kill";
    if (dice < 955) return Reopen(), "reopen";
    return MoveClock(), "move the clock";
  }

  // Everything that the log and the view hold, against the model.
  void Compare() {
    const log::Snapshot snapshot = log_->Read().value();
    ASSERT_EQ(snapshot.head(), model_.head());
    uint64_t last_us = 0;
    for (uint64_t sequence = 1; sequence <= model_.head(); ++sequence) {
      const Model::Event& event = model_.At(sequence);
      const log::HeaderView header = snapshot.View(sequence).value();
      ASSERT_EQ(header.event_id, event.event.id);
      ASSERT_EQ(header.stream, event.event.stream);
      ASSERT_EQ(header.stream_version, event.version);
      ASSERT_EQ(header.type, event.event.type);
      ASSERT_GT(header.recorded_at_us, last_us);
      last_us = header.recorded_at_us;
      const std::optional<std::string> body = snapshot.Body(sequence).value();
      ASSERT_EQ(body.has_value(), !event.erased);
      if (body) {
        ASSERT_EQ(*body, event.event.body);
      }
    }
    const log::VerifyReport report = log::Verify(*log_, {}).value();
    ASSERT_TRUE(report.whole) << report.what;
    Fold();
    ASSERT_EQ(generation_->Read()->RecomputeDigest().value(), oracle_.Digest());
  }

  uint64_t head() const { return model_.head(); }
  uint64_t refused() const { return refused_; }
  // A change behind the log's back.
  Model& model() { return model_; }

 private:
  void Open() {
    log::LogOptions options;
    options.clock = &clock_;
    options.random = &bytes_;
    options.map_bytes = size_t{1} << 30;
    log_ = log::EventLog::Open(folder_ / "log", options).value();
  }

  void Send(std::vector<log::Unit> units) {
    std::vector<Sequences> expected;
    for (const log::Unit& unit : units) {
      expected.push_back(model_.Append(unit));
      sent_.push_back(unit);
    }
    const auto results = log_->AppendBatch(std::move(units));
    for (size_t i = 0; i < expected.size(); ++i) {
      ASSERT_EQ(results[i].status().code(), expected[i].status().code()) << results[i].status();
      refused_ += expected[i].ok() ? 0 : 1;
      if (expected[i].ok()) {
        ASSERT_EQ(*results[i], *expected[i]);
      }
    }
  }
  void Send(log::Unit unit) {
    std::vector<log::Unit> units;
    units.push_back(std::move(unit));
    Send(std::move(units));
  }

  log::NewEvent Event(std::string stream, const google::protobuf::Message& body) {
    log::NewEvent event;
    event.id = base::NewEventId(clock_, bytes_);
    event.stream = std::move(stream);
    event.type = body.GetDescriptor()->full_name();
    event.actor.mutable_person()->set_handle("ana");
    event.body = log::EncodeBody(body).value();
    return event;
  }

  void AppendSome() {
    std::vector<log::Unit> units;
    for (uint64_t i = Below(4) + 1; i > 0; --i) {
      const auto writer = static_cast<uint32_t>(Below(3));
      log::Unit unit = UnitOf(writer, next_[writer]++);
      if (Below(3) == 0) unit.expects.push_back(log::Expect::None(unit.events.back().stream));
      units.push_back(std::move(unit));
    }
    Send(std::move(units));
  }

  void Duplicate() {
    if (!sent_.empty()) Send(sent_[Below(sent_.size())]);
  }

  void Conflict() {
    if (sent_.empty()) return;
    log::Unit unit = sent_[Below(sent_.size())];
    const std::string stream = unit.events.back().stream;
    switch (Below(3)) {
      case 0:  // a version that is not the stream's
        for (log::NewEvent& event : unit.events) event.id = base::NewEventId(clock_, bytes_);
        std::erase_if(unit.events, [](const log::NewEvent& event) {
          return event.type == "verbatim.v1.AnnotationAdded";  // its body names its id
        });
        unit.erase.clear();
        unit.expects = {log::Expect::Exact(stream, model_.Count(stream) + Below(3))};
        break;
      case 1:  // an id that is taken, for another event
        unit.events.resize(1);
        unit.events[0].stream = "speaker/" + std::to_string(Below(9));
        unit.erase.clear();
        if (unit.events[0].type != "verbatim.v1.SettingChanged") return;
        break;
      default:  // half of it is new
        unit.erase.clear();
        unit.events.push_back(UnitOf(200, next_[200]++).events[0]);
    }
    if (!unit.events.empty()) Send(std::move(unit));
  }

  void Erase() {
    if (model_.head() == 0) return;
    v1::ContentErased body;
    log::Unit unit;
    for (uint64_t i = Below(3) + 1; i > 0; --i) {
      const uint64_t sequence = 1 + Below(model_.head());
      if (model_.At(sequence).event.type == "verbatim.v1.ContentErased") continue;
      unit.erase.push_back(sequence);
      body.add_erased(sequence);
    }
    unit.events.push_back(Event("archive", body));
    Send(std::move(unit));
  }

  void Annotate() {
    const std::string article =
        base::ToString(base::Sha256(std::to_string(Below(50)))).substr(0, 16);
    const std::string stream = base::ToHex(article);
    v1::AnnotationAdded added;
    added.mutable_anchor()->set_article(article);
    added.mutable_anchor()->add_spans()->set_exact("word");
    log::Unit unit;
    unit.events.push_back(Event(stream, added));
    added.set_annotation(base::AnnotationIdOf(unit.events[0].id));
    unit.events[0].body = log::EncodeBody(added).value();
    v1::AnnotationConfirmed confirmed;
    confirmed.set_annotation(added.annotation());
    if (Below(2) == 0) unit.events.push_back(Event(stream, confirmed));
    const uint64_t seen = model_.Count(stream);
    unit.expects.push_back(
        log::Expect::Seen(stream, seen == 0 ? std::nullopt : std::optional<uint64_t>(seen - 1)));
    Send(std::move(unit));
  }

  void NewGeneration() {
    folder_of_view_.reset();
    generation_.reset();
    const fs::path place = folder_ / ("view" + std::to_string(generations_++));
    generation_ =
        view::Generation::Create(place, view::ScriptBuild(), view::Durability::kScratch).value();
    oracle_ = view::Oracle();
    folded_ = 0;
    FollowOn();
  }
  void FollowOn() {
    view::FoldOptions options;
    options.batch_events_max = 1 + Below(50);
    folder_of_view_ =
        view::Folder::Make(*log_, *generation_, view::ScriptView(), "", std::move(options)).value();
  }

  // What was erased before it was folded is never seen by the view.
  void Fold() {
    const view::FoldResult result = folder_of_view_->FoldTo(view::kHead).value();
    ASSERT_EQ(result.checkpoint.sequence(), model_.head());
    while (folded_ < model_.head()) {
      const Model::Event& event = model_.At(++folded_);
      const std::string script = ScriptOf(event.event.type, event.event.body);
      if (!event.erased && !script.empty()) oracle_.Apply(folded_, script);
    }
    if (Below(10) == 0) {
      ASSERT_EQ(result.checkpoint.digest(), oracle_.Digest());
    }
  }

  void RebuildView() {
    const fs::path old = folder_ / ("view" + std::to_string(generations_ - 1));
    NewGeneration();
    fs::remove_all(old);
    Fold();
    ASSERT_EQ(generation_->Checkpoint()->digest(), oracle_.Digest());
  }

  void RebuildIndexes() {
    const absl::Status rebuilt = log::RebuildIndexes(*log_);
    ASSERT_TRUE(rebuilt.ok()) << rebuilt;
    const log::VerifyReport report = log::Verify(*log_, {}).value();
    ASSERT_TRUE(report.whole) << report.what;
  }

  void Reopen() {
    folder_of_view_.reset();
    log_.reset();
    Open();
    FollowOn();
  }

  // Another process appends until it is killed; what it left is added to the model.
  void Kill() {
    folder_of_view_.reset();
    log_.reset();
    const fs::path control_folder = folder_ / "child";
    const ControlPage control(control_folder);
    uint64_t& next = next_[kKilledWriter];
    Child child({"append", folder_.string(), std::to_string(kKilledWriter), std::to_string(next),
                 "1000000"},
                control);
    child.Listen(std::chrono::seconds(60), [](const Said& said) { return !said.appended.empty(); });
    std::this_thread::sleep_for(std::chrono::microseconds(Below(3'000)));
    child.Kill();
    child.Wait();
    Open();
    FollowOn();
    const uint64_t head = log_->Read()->head();
    const uint64_t first = next;
    while (model_.head() < head) ASSERT_TRUE(model_.Append(UnitOf(kKilledWriter, next++)).ok());
    ASSERT_EQ(model_.head(), head) << "a unit is there in part";
    ASSERT_GE(next, first + child.said().appended.size());
    ASSERT_EQ(TroubleOfLog(*log_, kKilledWriter, child.said().appended, first, next + 1), "");
  }

  void MoveClock() { clock_.Set(1'700'000'000'000'000 + Below(200'000'000'000'000)); }

  fs::path folder_;
  std::mt19937_64 random_;
  base::FakeClock clock_{1'800'000'000'000'000, 3};
  base::SeededRandom bytes_;
  std::unique_ptr<log::EventLog> log_;
  std::unique_ptr<view::Generation> generation_;
  std::unique_ptr<view::Folder> folder_of_view_;
  Model model_;
  view::Oracle oracle_;
  std::vector<log::Unit> sent_;
  std::map<uint32_t, uint64_t> next_;
  uint64_t folded_ = 0;
  uint64_t generations_ = 0;
  uint64_t refused_ = 0;
};

TEST(ModelTest, TheLogAndAViewDoWhatTheModelDoes) {
  const uint64_t seed = Seed("operations");
  const uint64_t operations = Times(10'000, 200'000);
  std::map<std::string, uint64_t> tally;
  uint64_t events = 0;
  uint64_t refused = 0;
  for (uint64_t done = 0; done < operations && !::testing::Test::HasFailure();) {
    const Scratch scratch;
    World world(scratch.path(), seed + done);
    for (uint64_t i = 1; i <= kOperationsALog && done < operations; ++i, ++done) {
      const std::string name = world.Step();
      ++tally[name];
      if (i % kOperationsAComparison == 0 || done + 1 == operations) world.Compare();
      ASSERT_FALSE(::testing::Test::HasFatalFailure()) << "operation " << done << ": " << name;
    }
    events += world.head();
    refused += world.refused();
  }
  std::printf("operations: %lu, %lu events, %lu units refused as they should be;", operations,
              events, refused);
  for (const auto& [name, count] : tally) std::printf(" %s %lu", name.c_str(), count);
  std::printf("\n");
}

// Broken on purpose: the log and the model say different things.
TEST(ModelTest, ADifferenceIsCaught) {
  const auto run = [] {
    const Scratch scratch;
    World world(scratch.path(), 7);
    for (int i = 0; i < 50; ++i) world.Step();
    ASSERT_TRUE(world.model().Append(UnitOf(77, 1)).ok());
    world.Compare();
  };
  ::testing::TestPartResultArray failures;
  {
    const ::testing::ScopedFakeTestPartResultReporter reporter(
        ::testing::ScopedFakeTestPartResultReporter::INTERCEPT_ONLY_CURRENT_THREAD, &failures);
    run();
  }
  EXPECT_GT(failures.size(), 0);
}

}  // namespace
}  // namespace verbatim::faults
