// SPDX-License-Identifier: Apache-2.0
// Bodies that leave the log, and the file rewritten without them.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

#include "core/log/compact.h"
#include "core/log/last_erasure.h"
#include "core/log/rebuild.h"
#include "core/log/verify.h"
#include "tests/core/log/log_fixture.h"

namespace verbatim::log {
namespace {
namespace fs = std::filesystem;

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class EraseTest : public LogTest {
 protected:
  std::vector<uint64_t> Erase(std::string_view name, std::vector<uint64_t> sequences) {
    v1::ContentErased body;
    body.set_article(Article(name));
    body.set_reason_code("court-order");
    body.mutable_erased()->Add(sequences.begin(), sequences.end());
    Unit unit = UnitOf({Event(StreamOf(name), body)});
    unit.erase = std::move(sequences);
    const auto appended = log_->Append(std::move(unit));
    EXPECT_TRUE(appended.ok()) << appended.status();
    return *appended;
  }
  void ExpectWhole() {
    const auto report = Verify(*log_, {});
    ASSERT_TRUE(report.ok()) << report.status();
    EXPECT_TRUE(report->whole) << report->what;
  }
  std::string File() const {
    std::ifstream file(folder() / "data.mdb", std::ios::binary);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    return bytes.str();
  }
  absl::StatusOr<CompactReport> CompactIt() {
    log_.reset();
    auto report = Compact(folder(), clock_, random_);
    Reopen();
    return report;
  }
};

TEST_F(EraseTest, EntriesThatAnotherBodyOfTheArticleAsksForStay) {
  ASSERT_TRUE(Append(Ingested("dam", "It holds.", "https://news.example/dam")).ok());
  ASSERT_TRUE(Append(Ingested("sea", "It rose.", "https://news.example/dam")).ok());
  ASSERT_TRUE(Append(Revised("dam", 1, "It broke.", "https://news.example/dam")).ok());
  ASSERT_TRUE(Append(Revised("dam", 2, "It holds.", "https://news.example/dam")).ok());
  Erase("dam", {4});
  {
    const Snapshot snapshot = log_->Read().value();
    EXPECT_EQ(snapshot.FindByUrl("https://news.example/dam").value(), Article("dam"));
    const auto hits = snapshot.FindByContent(ContentKey("It holds.")).value();
    ASSERT_EQ(hits.size(), 1u);
    EXPECT_EQ(hits[0].revision, 0u) << "the latest that is still there";
  }
  ExpectWhole();
  Erase("dam", {1, 3});
  {
    const Snapshot snapshot = log_->Read().value();
    EXPECT_EQ(snapshot.FindByUrl("https://news.example/dam").value(), Article("sea"));
    EXPECT_THAT(snapshot.FindByContent(ContentKey("It holds.")).value(), IsEmpty());
  }
  ExpectWhole();
}

TEST_F(EraseTest, AnArticleCanComeBackAfterItWasErased) {
  ASSERT_TRUE(Append(Captured("dam", "<p>It holds.")).ok());
  ASSERT_TRUE(Append(Ingested("dam", "It holds.", "https://news.example/dam")).ok());
  Erase("dam", {1, 2});
  ASSERT_TRUE(Append(Captured("dam", "<p>It holds.")).ok());
  ASSERT_TRUE(Append(Ingested("dam", "It holds.", "https://news.example/dam")).ok());
  EXPECT_EQ(log_->Read()->FindSource(base::ToString(base::Sha256("<p>It holds."))).value(), 4u);
  ExpectWhole();
}

TEST_F(EraseTest, TheLastErasureIsKnownAlsoToIndexesMadeAgain) {
  EXPECT_EQ(LastErasure(*log_->Read()).value(), 0u);
  ASSERT_TRUE(Append(Ingested("dam", "It holds.")).ok());
  EXPECT_THAT(Erase("dam", {1}), ElementsAre(2));
  ASSERT_TRUE(Append(Ingested("sea", "It rose.")).ok());
  EXPECT_EQ(LastErasure(*log_->Read()).value(), 2u);
  ASSERT_TRUE(RebuildIndexes(*log_).ok());
  EXPECT_EQ(LastErasure(*log_->Read()).value(), 2u);
  ExpectWhole();
}

TEST_F(EraseTest, CompactTakesTheBytesOutOfTheFile) {
  std::string filler;
  for (int i = 0; i < 3000; ++i) filler += "word " + std::to_string(i) + " ";
  ASSERT_TRUE(Append(Added("dam", "Meadowlark Quince spoke")).ok());
  ASSERT_TRUE(Append(Captured("dam", "<p>Meadowlark Quince" + filler)).ok());
  ASSERT_TRUE(Append(Ingested("sea", "The sea rose.")).ok());
  const base::Digest root = log_->Read()->RootAt(3).value();
  Erase("dam", {1, 2});
  EXPECT_THAT(File(), HasSubstr("Meadowlark")) << "a freed page keeps its bytes";
  const auto report = CompactIt();
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_LT(report->bytes_after, report->bytes_before);
  EXPECT_THAT(File(), Not(HasSubstr("Meadowlark")));
  EXPECT_THAT(File(), HasSubstr("The sea rose."));
  EXPECT_EQ(log_->Read()->RootAt(3).value(), root);
  ExpectWhole();
  ASSERT_TRUE(Append(Ingested("port", "The port is shut.")).ok());
  Reopen();
  EXPECT_EQ(Head(), 5u);
  ExpectWhole();
}

TEST_F(EraseTest, CompactRefusesWhileTheLogIsOpenElsewhere) {
  ASSERT_TRUE(Append(Ingested("dam", "It holds.")).ok());
  EXPECT_TRUE(absl::IsFailedPrecondition(Compact(folder(), clock_, random_).status())) << "here";
  log_.reset();
  int ready[2];
  ASSERT_EQ(::pipe(ready), 0);
  const pid_t other = ::fork();
  if (other == 0) {
    const auto log = EventLog::Open(folder(), Options());
    ::_exit(log.ok() && ::write(ready[1], "x", 1) == 1 ? ::pause() : 1);
  }
  char byte = 0;
  ASSERT_EQ(::read(ready[0], &byte, 1), 1);
  const auto report = Compact(folder(), clock_, random_);
  EXPECT_TRUE(absl::IsUnavailable(report.status())) << report.status();
  EXPECT_THAT(std::string(report.status().message()),
              HasSubstr("open in process " + std::to_string(other)));
  ::kill(other, SIGKILL);
  ::waitpid(other, nullptr, 0);
  EXPECT_TRUE(Compact(folder(), clock_, random_).ok());
  Reopen();
  EXPECT_EQ(Head(), 1u);
}

// Processes that open the log again and again, to write and to read, while it is rewritten: what
// they were told is appended is there.
TEST_F(EraseTest, WhoOpensTheLogWhileItIsRewrittenFindsTheNewFile) {
  ASSERT_TRUE(Append(Ingested("dam", "It holds.")).ok());
  log_.reset();
  const pid_t other = ::fork();
  if (other == 0) {
    base::FakeClock clock(1'900'000'000'000'000, 7);
    base::SeededRandom random(99);
    int appended = 0;
    while (appended < 40) {
      auto log = EventLog::Open(folder(), {.clock = &clock, .random = &random});
      if (!log.ok()) ::_exit(100);
      NewEvent event = Setting("a", "b");
      event.id = base::NewEventId(clock, random);
      if (!(*log)->Append(UnitOf({event})).ok()) ::_exit(101);
      const uint64_t head = (*log)->Read()->head();
      log->reset();
      const auto reader = EventLog::Open(folder(), {.mode = store::Mode::kReadOnly});
      if (!reader.ok() || (*reader)->Read()->head() != head) ::_exit(102);
      ++appended;
    }
    ::_exit(appended);
  }
  int compacted = 0;
  int status = 0;
  while (::waitpid(other, &status, WNOHANG) == 0) {
    const auto report = Compact(folder(), clock_, random_);
    ASSERT_TRUE(report.ok() || absl::IsUnavailable(report.status())) << report.status();
    compacted += report.ok() ? 1 : 0;
  }
  EXPECT_EQ(WEXITSTATUS(status), 40);
  EXPECT_GT(compacted, 0);
  Reopen();
  EXPECT_EQ(Head(), 41u);
  ExpectWhole();
}

// A child compacts, and is killed somewhere on the way.
TEST_F(EraseTest, AKillWhileCompactingLeavesAWholeLog) {
  std::string filler(200'000, 'x');
  for (int i = 0; i < 10; ++i) {
    ASSERT_TRUE(Append(Ingested("a" + std::to_string(i), filler + std::to_string(i))).ok());
  }
  Erase("a3", {4});
  const base::Digest root = log_->Read()->RootAt(11).value();
  log_.reset();
  int killed = 0;
  for (useconds_t delay = 200; delay < 60'000; delay = delay * 5 / 4) {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(Compact(folder(), clock_, random_).ok() ? 0 : 1);
    ::usleep(delay);
    ::kill(child, SIGKILL);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    killed += WIFSIGNALED(status) ? 1 : 0;
    ASSERT_FALSE(WIFEXITED(status) && WEXITSTATUS(status) != 0);
    Reopen();
    ASSERT_EQ(log_->Read()->RootAt(11).value(), root);
    log_.reset();
  }
  EXPECT_GT(killed, 5);
  Reopen();
  ExpectWhole();
  EXPECT_TRUE(CompactIt().ok());
  EXPECT_FALSE(fs::exists(folder() / kCompactingFolder));
}

}  // namespace
}  // namespace verbatim::log
