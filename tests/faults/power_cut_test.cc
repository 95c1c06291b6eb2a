// SPDX-License-Identifier: Apache-2.0
// The power fails: what the real program wrote and flushed was recorded, the disk is put together
// as a cut at any moment may leave it, opened and verified. No acknowledged event is lost; a view
// may lose its last commit and is never torn.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include "tests/faults/disk.h"
#include "tests/faults/harness.h"

namespace verbatim::faults {
namespace {

namespace fs = std::filesystem;

constexpr uint64_t kUnits = 40;
constexpr uint64_t kCutsARecord = 100;

// What the program had said before the cut, and so what must be there after it.
struct Promises {
  uint64_t first_unit = 0;
  Said said;
  std::vector<uint64_t> folds;  // since the last rebuild, oldest first
  void Read(const std::string& lines) {
    std::istringstream in(lines);
    for (std::string line; std::getline(in, line);) {
      said.Read(line);
      if (line[0] == 'R') folds.clear();
      if (line[0] == 'R' || line[0] == 'V') folds.push_back(said.folded);
    }
  }
  uint64_t next_unit() const {
    return said.appended.empty() ? first_unit : said.appended.back().number + 1;
  }
  // All but the last commit of a view, which a cut may undo; a rebuild was flushed whole.
  uint64_t folded() const {
    if (said.rebuilding || folds.empty()) return 0;
    return folds.size() == 1 ? folds[0] : folds[folds.size() - 2];
  }
};

std::string Trouble(const fs::path& folder, const Promises& promises) {
  const uint64_t next = promises.next_unit();
  const Reopened reopened(folder);
  if (!reopened.status().ok()) {
    // Before the first acknowledgement there need not be a log; there must be a message.
    const bool named = !reopened.status().message().empty();
    return promises.said.appended.empty() && named
               ? ""
               : "open: " + std::string(reopened.status().message());
  }
  std::string trouble =
      TroubleOfLog(reopened.log(), 0, promises.said.appended, promises.first_unit, next + 2);
  if (trouble.empty()) trouble = TroubleOfView(reopened.log(), folder, promises.folded());
  if (!trouble.empty()) return trouble;
  // What was under way is sent again, and is taken.
  const auto again = reopened.log().Append(UnitOf(0, next));
  if (!again.ok()) return "append again: " + std::string(again.status().message());
  return TroubleOfLog(reopened.log(), 0, promises.said.appended, promises.first_unit, next + 2);
}

struct Tally {
  uint64_t cuts = 0;
  uint64_t inside = 0;
  uint64_t acknowledged = 0;
  std::vector<std::string> troubles;
};

class PowerCutTest : public ::testing::Test {
 protected:
  PowerCutTest() : folder_(scratch_.path() / "archive"), control_(scratch_.path() / "archive") {}

  std::vector<TraceEntry> Record(uint64_t from) {
    const fs::path trace = scratch_.path() / "trace";
    fs::remove_all(folder_);
    fs::remove(trace);
    fs::create_directory(folder_);
    Child child({"both", folder_.string(), std::to_string(from), std::to_string(kUnits)}, control_,
                {{kTraceVariable, trace.string()}});
    EXPECT_EQ(child.Wait(), 0);
    EXPECT_TRUE(child.said().errors.empty()) << child.said().errors.front();
    EXPECT_EQ(child.said().appended.size(), kUnits);
    return ReadTrace(trace);
  }

  // Where to cut: three quarters of them inside a commit of log or view.
  static std::vector<size_t> Places(const std::vector<TraceEntry>& trace, uint64_t count,
                                    std::mt19937_64& random) {
    std::vector<size_t> inside;
    for (size_t i = 0; i < trace.size(); ++i) {
      if (Inside(trace[i])) inside.push_back(i);
    }
    std::vector<size_t> places;
    for (uint64_t i = 0; i < count; ++i) {
      places.push_back(i % 4 == 0 ? random() % trace.size() : inside[random() % inside.size()]);
    }
    std::sort(places.begin(), places.end());
    return places;
  }
  static bool Inside(const TraceEntry& entry) {
    return entry.head.log_phase != Phase::kOutside || entry.head.view_phase != Phase::kOutside;
  }

  // A new record, cut `count` times.
  Tally CutAndCheck(uint64_t count, std::mt19937_64& random) {
    const uint64_t first_unit = random() % 1'000'000;
    const std::vector<TraceEntry> trace = Record(first_unit);
    const fs::path left = scratch_.path() / "left";
    Tally tally;
    Disk disk;
    Promises promises;
    promises.first_unit = first_unit;
    size_t done = 0;
    for (const size_t place : Places(trace, count, random)) {
      for (; done <= place; ++done) {
        disk.Apply(trace[done]);
        if (trace[done].head.kind == TraceHead::Kind::kSaid) promises.Read(trace[done].data);
      }
      fs::remove_all(left);
      fs::create_directory(left);
      disk.Cut(folder_, left, random);
      ++tally.cuts;
      tally.inside += Inside(trace[place]) ? 1 : 0;
      tally.acknowledged += promises.said.appended.size();
      const std::string trouble = Isolated([&] { return Trouble(left, promises); });
      if (!trouble.empty()) {
        tally.troubles.push_back("after entry " + std::to_string(place) + ": " + trouble);
      }
    }
    return tally;
  }

  Scratch scratch_;
  fs::path folder_;
  ControlPage control_;
};

std::string Bytes(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::stringstream bytes;
  bytes << in.rdbuf();
  return bytes.str();
}

TEST_F(PowerCutTest, TheRecordIsWhole) {
  const std::vector<TraceEntry> trace = Record(0);
  Disk disk;
  for (const TraceEntry& entry : trace) disk.Apply(entry);
  const fs::path settled = scratch_.path() / "settled";
  disk.Settle(folder_, settled);
  int files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder_)) {
    if (!entry.is_regular_file() || entry.path().filename() == "lock.mdb") continue;
    ++files;
    const fs::path same = settled / entry.path().lexically_relative(folder_);
    EXPECT_TRUE(Bytes(entry.path()) == Bytes(same)) << entry.path();
  }
  EXPECT_EQ(files, 3);  // the log, the view, CURRENT
}

TEST_F(PowerCutTest, NothingAcknowledgedIsLost) {
  std::mt19937_64 random(Seed("power cut"));
  const uint64_t cuts = Times(500, 10'000);
  Tally all;
  while (all.cuts < cuts && !HasFailure()) {
    const Tally tally = CutAndCheck(std::min(kCutsARecord, cuts - all.cuts), random);
    all.cuts += tally.cuts;
    all.inside += tally.inside;
    all.acknowledged += tally.acknowledged;
    EXPECT_TRUE(tally.troubles.empty()) << tally.troubles.front();
  }
  std::printf("power cut: %lu cuts, %lu inside a commit, %lu acknowledged units checked, 0 lost\n",
              all.cuts, all.inside, all.acknowledged);
  EXPECT_GE(all.inside * 2, all.cuts);
}

// The code broken on purpose: the flush between the pages and the meta page left out.
TEST_F(PowerCutTest, AFlushLeftOutIsCaught) {
  std::mt19937_64 random(Seed("power cut"));
  control_->swallow_flushes = 1;
  const Tally tally = CutAndCheck(kCutsARecord, random);
  std::printf("power cut without flushes: %zu of %lu cuts show it\n", tally.troubles.size(),
              tally.cuts);
  EXPECT_GT(tally.troubles.size(), tally.cuts / 10);
}

// And the meta page written without waiting for it: acknowledged too early.
TEST_F(PowerCutTest, AMetaPageThatIsNotWaitedForIsCaught) {
  std::mt19937_64 random(Seed("power cut"));
  control_->swallow_dsync = 1;
  const Tally tally = CutAndCheck(kCutsARecord, random);
  std::printf("power cut without waiting for the meta page: %zu of %lu cuts show it\n",
              tally.troubles.size(), tally.cuts);
  EXPECT_GT(tally.troubles.size(), 0u);
}

}  // namespace
}  // namespace verbatim::faults
