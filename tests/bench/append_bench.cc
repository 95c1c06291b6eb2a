// SPDX-License-Identifier: Apache-2.0
// Appending, against stores that only keep blobs, and against the least that our format asks of
// LMDB:
//
//   P1 append.bN        events checked, digested and compressed before; N a commit, durable
//   P2 ingest.b1000     messages in hand: serialize, check, digest, compress, append
//   P3 cpu.b1000        CPU time of the same on a memory file system, nothing flushed by the disk
//   P4 article.commit   one article with its annotations: flushes counted, latency against bare
//                       file appends of the same bytes with one fdatasync
//   P5 bytes.b1000      bytes written and kept, for a byte of headers and bodies
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "core/base/check.h"
#include "core/base/files.h"
#include "tests/bench/io_count.h"
#include "tests/bench/measure.h"
#include "tests/bench/rivals.h"
#include "tests/bench/workload.h"

namespace verbatim::bench {
namespace fs = std::filesystem;
namespace {

const std::vector<std::string> kRivals = {"lmdb", "floor", "sqlite", "rocksdb"};

// Ours and the rivals in folders of their own, and the work of one round.
class Arena {
 public:
  explicit Arena(const fs::path& folder)
      : log(NewLog(folder / "ours")),
        lmdb(MakeLmdb(folder / "lmdb", Flush::kEveryCommit)),
        floor(MakeFloor(folder / "floor", Flush::kEveryCommit)),
        sqlite(MakeSqlite(folder / "sqlite", Flush::kEveryCommit)),
        rocks(MakeRocks(folder / "rocksdb", Flush::kEveryCommit)) {}

  std::vector<Contest::Turn> Turns(const std::vector<Blobs>& blobs, std::function<void()> ours) {
    const auto all = [&blobs](Rival* rival) {
      return [&blobs, rival] {
        for (const Blobs& batch : blobs) rival->Append(batch);
      };
    };
    return {{"ours", std::move(ours)},
            {"lmdb", all(lmdb.get())},
            {"floor", all(floor.get())},
            {"sqlite", all(sqlite.get())},
            {"rocksdb", all(rocks.get())}};
  }

  const std::unique_ptr<log::EventLog> log;
  const std::unique_ptr<Rival> lmdb;
  const std::unique_ptr<Rival> floor;
  const std::unique_ptr<Rival> sqlite;
  const std::unique_ptr<Rival> rocks;
};

struct Round {
  std::vector<std::vector<Draft>> drafts;
  std::vector<Blobs> blobs;
};

Round MakeRound(Workload& workload, size_t commits, size_t events) {
  Round round;
  for (size_t i = 0; i < commits; ++i) {
    round.drafts.push_back(workload.Events(events));
    round.blobs.push_back(BlobsOf(round.drafts.back()));
  }
  return round;
}

std::string Rate(double events, double seconds) { return fmt::format("{:.0f}", events / seconds); }

void BenchAppend(const Options& options, const fs::path& folder, size_t events) {
  const size_t commits = events == 1 ? 16 : 8;
  Arena arena(folder / fmt::format("append{}", events));
  Workload workload;
  Contest contest(fmt::format("P1 append.b{}", events), "ours");
  for (int i = 0; i < options.rounds; ++i) {
    const Round round = MakeRound(workload, commits, events);
    std::vector<std::vector<log::PreparedUnit>> prepared;
    for (const auto& drafts : round.drafts) prepared.push_back(Prepare(*arena.log, drafts));
    contest.Round(arena.Turns(round.blobs, [&] {
      for (auto& units : prepared) AppendAll(*arena.log, std::move(units));
    }));
  }
  contest.Note("events_per_second",
               Rate(static_cast<double>(commits * events), contest.Seconds("ours")));
  contest.Report(kRivals);
}

// The whole path, by wall on a disk (P2) or by CPU on a memory file system (P3).
void BenchIngest(const Options& options, const fs::path& folder, const std::string& name,
                 Clock clock) {
  constexpr size_t kEvents = 1000;
  constexpr size_t kCommits = 8;
  Arena arena(folder);
  Workload workload;
  Contest contest(name, "ours", clock);
  for (int i = 0; i < options.rounds; ++i) {
    const Round round = MakeRound(workload, kCommits, kEvents);
    contest.Round(arena.Turns(round.blobs, [&] {
      for (const auto& drafts : round.drafts) AppendAll(*arena.log, Encode(drafts));
    }));
  }
  const double us = contest.Seconds("ours") / (kCommits * kEvents) * 1e6;
  contest.Note("us_per_event", fmt::format("{:.2f}", us));
  contest.Report(kRivals);
}

// One file, appended and flushed once.
class BareFile {
 public:
  explicit BareFile(const fs::path& path)
      : fd_(::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644)) {
    VB_CHECK(fd_.valid(), "the file opens");
  }
  void Append(const Blobs& blobs) {
    std::string bytes;
    for (const std::string& blob : blobs) bytes.append(blob);
    VB_CHECK(::write(fd_.get(), bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()),
             "the file takes all bytes");
    VB_CHECK(::fdatasync(fd_.get()) == 0, "the file is flushed");
  }

 private:
  base::Fd fd_;
};

void BenchArticle(const Options& options, const fs::path& folder) {
  constexpr size_t kCommits = 16;
  Arena arena(folder / "article");
  BareFile file(folder / "article" / "bare");
  Workload workload;
  Contest contest("P4 article.commit", "ours");
  uint64_t flushes = 0;
  uint64_t bytes = 0;
  uint64_t payload = 0;
  uint64_t commits = 0;
  for (int i = 0; i < options.rounds; ++i) {
    const Round round = MakeRound(workload, kCommits, 1 + kAnnotationsOfArticle);
    for (const Blobs& blobs : round.blobs) payload += BytesOf(blobs);
    const IoCount before = CountedIo();
    for (const auto& drafts : round.drafts) AppendAll(*arena.log, Encode(drafts));
    flushes += CountedIo().flushes - before.flushes;
    bytes += CountedIo().bytes - before.bytes;
    commits += kCommits;
    const Round timed = MakeRound(workload, kCommits, 1 + kAnnotationsOfArticle);
    auto turns = arena.Turns(timed.blobs, [&] {
      for (const auto& drafts : timed.drafts) AppendAll(*arena.log, Encode(drafts));
    });
    turns.emplace_back("file", [&] {
      for (const Blobs& blobs : timed.blobs) file.Append(blobs);
    });
    contest.Round(turns);
  }
  const Spread slower = contest.RatioVs("file");
  contest.Note("flushes",
               fmt::format("{}", static_cast<double>(flushes) / static_cast<double>(commits)));
  contest.Note("latency_vs_file", ToText({1 / slower.median, 1 / slower.high, 1 / slower.low}));
  contest.Note("write_amplification",
               fmt::format("{:.2f}", static_cast<double>(bytes) / static_cast<double>(payload)));
  contest.Report(kRivals);
}

void BenchBytes(const fs::path& folder) {
  constexpr size_t kEvents = 200'000;
  constexpr size_t kCommit = 1000;
  const fs::path ours = folder / "bytes";
  const auto log = NewLog(ours);
  Workload workload;
  uint64_t payload = 0;
  const IoCount before = CountedIo();
  uint64_t stored = 0;
  for (size_t done = 0; done < kEvents; done += kCommit) {
    const std::vector<Draft> drafts = workload.Events(kCommit);
    payload += BytesOf(BlobsOf(drafts));
    AppendAll(*log, Encode(drafts));
  }
  const IoCount after = CountedIo();
  stored = fs::file_size(ours / "data.mdb");
  const auto per_payload = [payload](uint64_t bytes) {
    return fmt::format("{:.2f}", static_cast<double>(bytes) / static_cast<double>(payload));
  };
  fmt::print("P5 bytes.b1000 write_amplification={} file_per_payload={} payload_per_event={}\n",
             per_payload(after.bytes - before.bytes), per_payload(stored), payload / kEvents);
}

int Run(const Options& options) {
  const base::TemporaryFolder temporary("append_bench");
  const fs::path folder = options.folder.empty() ? temporary.path() : options.folder;
  if (options.Wants("P1")) {
    for (const size_t events : {1U, 100U, 1'000U, 10'000U}) BenchAppend(options, folder, events);
  }
  if (options.Wants("P2")) BenchIngest(options, folder / "p2", "P2 ingest.b1000", Clock::kWall);
  if (options.Wants("P3")) {
    const fs::path memory = "/dev/shm";
    if (::access(memory.c_str(), W_OK) == 0) {
      const fs::path own = memory / fmt::format("verbatim-bench-{}", ::getpid());
      BenchIngest(options, own, "P3 cpu.b1000", Clock::kCpu);
      fs::remove_all(own);
    } else {
      fmt::print("P3 cpu.b1000 skipped: no /dev/shm to write to\n");
    }
  }
  if (options.Wants("P4")) BenchArticle(options, folder);
  if (options.Wants("P5")) BenchBytes(folder);
  return 0;
}

}  // namespace
}  // namespace verbatim::bench

int main(int argc, char** argv) {
  return verbatim::bench::Run(verbatim::bench::Options::Parse(argc, argv));
}
