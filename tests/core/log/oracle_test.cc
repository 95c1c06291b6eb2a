// SPDX-License-Identifier: Apache-2.0
// Random operations on the log and on a naive one in memory, which keeps everything in vectors and
// decides by looking through them.
#include <rapidcheck.h>

#include <algorithm>
#include <map>

#include "core/log/verify.h"
#include "core/merkle/frontier.h"
#include "tests/core/log/log_fixture.h"

namespace verbatim::log {
namespace {

class NaiveLog {
 public:
  struct Event {
    NewEvent event;
    uint64_t version;
  };

  absl::StatusOr<std::vector<uint64_t>> Append(const Unit& unit) {
    std::vector<uint64_t> known;
    for (const NewEvent& event : unit.events) {
      for (size_t i = 0; i < events_.size(); ++i) {
        const NewEvent& old = events_[i].event;
        if (old.id != event.id) continue;
        if (old.body != event.body || old.stream != event.stream || old.type != event.type) {
          return absl::AlreadyExistsError("");
        }
        known.push_back(i + 1);
      }
    }
    if (!known.empty()) {
      if (known.size() == unit.events.size()) return known;
      return absl::AlreadyExistsError("");
    }
    for (const Expect& expect : unit.expects) {
      const uint64_t events = CountOf(expect.stream);
      if (expect.kind == Expect::Kind::kNone && events != 0) return absl::AbortedError("");
      if (expect.kind == Expect::Kind::kExact && events != expect.version + 1) {
        return absl::AbortedError("");
      }
    }
    std::vector<uint64_t> sequences;
    for (const NewEvent& event : unit.events) {
      events_.push_back({event, CountOf(event.stream)});
      sequences.push_back(events_.size());
    }
    return sequences;
  }

  uint64_t CountOf(std::string_view stream) const {
    return static_cast<uint64_t>(
        std::count_if(events_.begin(), events_.end(),
                      [&](const Event& event) { return event.event.stream == stream; }));
  }
  std::vector<uint64_t> StreamSequences(std::string_view stream) const {
    std::vector<uint64_t> sequences;
    for (size_t i = 0; i < events_.size(); ++i) {
      if (events_[i].event.stream == stream) sequences.push_back(i + 1);
    }
    return sequences;
  }
  const std::vector<Event>& events() const { return events_; }

 private:
  std::vector<Event> events_;
};

class OracleTest : public LogTest {
 protected:
  std::string RandomStream() { return streams_[*rc::gen::inRange<size_t>(0, streams_.size())]; }

  NewEvent RandomEvent() {
    const std::string name(1, *rc::gen::inRange('a', 'd'));
    switch (*rc::gen::inRange(0, 4)) {
      case 0:
        return Ingested(name, *rc::gen::arbitrary<std::string>() == "" ? "x" : "y");
      case 1:
        return Added(name, "word");
      case 2:
        return Captured(name, std::string(*rc::gen::inRange<size_t>(1, 9000), 's'));
      default:
        return Setting("key", std::to_string(*rc::gen::inRange(0, 1000)));
    }
  }

  Unit RandomUnit(const NaiveLog& naive) {
    Unit unit;
    const auto& old = naive.events();
    const int kind = *rc::gen::inRange(0, 10);
    if (kind == 0 && !sent_.empty()) return sent_[*rc::gen::inRange<size_t>(0, sent_.size())];
    const int events = *rc::gen::inRange(1, 6);
    for (int i = 0; i < events; ++i) unit.events.push_back(RandomEvent());
    if (kind == 1 && !old.empty()) {  // an id that is taken, with what it has or another body
      NewEvent taken = old[*rc::gen::inRange<size_t>(0, old.size())].event;
      if (taken.stream == "archive" && *rc::gen::arbitrary<bool>()) taken.body.clear();
      unit.events.back() = taken;
    }
    if (kind >= 5) {
      const std::string stream = RandomStream();
      const uint64_t seen = naive.CountOf(stream);
      switch (*rc::gen::inRange(0, 4)) {
        case 0:
          unit.expects.push_back(Expect::None(stream));
          break;
        case 1:
          unit.expects.push_back(Expect::Any(stream));
          break;
        case 2:
          unit.expects.push_back(Expect::Exact(stream, *rc::gen::inRange<uint64_t>(0, 9)));
          break;
        default:
          unit.expects.push_back(
              Expect::Seen(stream, seen == 0 ? std::nullopt : std::optional<uint64_t>(seen - 1)));
      }
    }
    sent_.push_back(unit);
    return unit;
  }

  void ExpectSame(const NaiveLog& naive) {
    const Snapshot snapshot = log_->Read().value();
    const auto& events = naive.events();
    ASSERT_EQ(snapshot.head(), events.size());
    merkle::Frontier frontier;
    uint64_t last_time = 0;
    for (uint64_t sequence = 1; sequence <= events.size(); ++sequence) {
      const auto& [event, version] = events[sequence - 1];
      const HeaderView header = snapshot.View(sequence).value();
      ASSERT_EQ(header.event_id, event.id);
      ASSERT_EQ(header.stream, event.stream);
      ASSERT_EQ(header.stream_version, version);
      ASSERT_EQ(header.type, event.type);
      ASSERT_GT(header.recorded_at_us, last_time);
      ASSERT_EQ(snapshot.Body(sequence).value(), event.body);
      ASSERT_EQ(snapshot.FindById(event.id).value(), sequence);
      last_time = header.recorded_at_us;
      frontier.Append(merkle::LeafHash(snapshot.RawHeader(sequence).value()));
      if (sequence % 13 == 0) {
        ASSERT_EQ(snapshot.RootAt(sequence).value(), frontier.Root());
      }
    }
    ASSERT_EQ(snapshot.RootAt(events.size()).value(), frontier.Root());
    for (const std::string& stream : streams_) {
      ASSERT_EQ(snapshot.StreamSequences(stream).value(), naive.StreamSequences(stream));
    }
    const VerifyReport report = Verify(*log_, {}).value();
    ASSERT_TRUE(report.whole) << report.what;
  }

  const std::vector<std::string> streams_ = {"archive", StreamOf("a"), StreamOf("b"),
                                             StreamOf("c")};
  std::vector<Unit> sent_;
};

void ExpectSameResults(const std::vector<absl::StatusOr<std::vector<uint64_t>>>& results,
                       const std::vector<absl::StatusOr<std::vector<uint64_t>>>& expected) {
  ASSERT_EQ(results.size(), expected.size());
  for (size_t i = 0; i < results.size(); ++i) {
    ASSERT_EQ(results[i].status().code(), expected[i].status().code()) << results[i].status();
    if (expected[i].ok()) {
      ASSERT_EQ(*results[i], *expected[i]);
    }
  }
}

TEST_F(OracleTest, TheLogBehavesLikeTheNaiveOne) {
  const bool held = rc::check([this] {
    log_.reset();
    std::filesystem::remove_all(folder());
    Create();
    sent_.clear();
    NaiveLog naive;
    const int steps = *rc::gen::inRange(1, 25);
    for (int step = 0; step < steps; ++step) {
      std::vector<Unit> units;
      const int count = *rc::gen::inRange(1, 8);
      std::vector<absl::StatusOr<std::vector<uint64_t>>> expected;
      for (int i = 0; i < count; ++i) {
        units.push_back(RandomUnit(naive));
        expected.push_back(naive.Append(units.back()));
      }
      ExpectSameResults(log_->AppendBatch(std::move(units)), expected);
      RC_ASSERT(!HasFatalFailure());
      if (*rc::gen::inRange(0, 5) == 0) Reopen();
      if (*rc::gen::inRange(0, 9) == 0) clock_.Set(1'000);
    }
    ExpectSame(naive);
    RC_ASSERT(!HasFatalFailure());
  });
  EXPECT_TRUE(held);
}

}  // namespace
}  // namespace verbatim::log
