// SPDX-License-Identifier: Apache-2.0
// Views over the log:
//
//   P7 dispatch         what Folder costs an event beyond a loop written by hand over the same log
//   P8 rebuild.puts     a view that only puts, from zero / the same log read by hand, its rows into
//                       SQLite, synchronous OFF, 10,000 a commit / or sorted in memory and appended
//                       to LMDB in one commit
//   P8 rebuild.reads    a view that reads a row before it puts it / SQLite doing the same
//   P8 asof.query       the same question at head and as of the middle, four versions a key
//   P9 ingest.X         articles appended one a commit, alone and while a thread beside them
//      live_view        follows with a view, as followers do: view::Follower
//      eager_view       folds as soon as EventLog::WaitPast sees something: a commit for each of
//                       the log's
//      restless_view    folds without ever waiting: a commit for nearly every article
//      spinning         does nothing, without ever waiting: what a processor less costs
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <thread>

#include "core/base/check.h"
#include "core/base/files.h"
#include "core/log/wire.h"
#include "core/schema/registry.h"
#include "core/view/folder.h"
#include "core/view/follower.h"
#include "core/view/query.h"
#include "tests/bench/bench_view.h"
#include "tests/bench/measure.h"
#include "tests/bench/rivals.h"
#include "tests/bench/workload.h"

namespace verbatim::bench {
namespace fs = std::filesystem;
namespace {

constexpr uint64_t kEvents = 200'000;
constexpr size_t kSqliteCommit = 10'000;

// The same deliveries without Folder: scan, read the body, write the ViewEvent, call apply.
uint64_t HandLoop(const log::EventLog& log, const vb_view& view) {
  const log::Snapshot snapshot = log.Read().value();
  std::string event;
  uint64_t applied = 0;
  vb_store store{};
  vb_sink error{};
  const absl::Status status = snapshot.ScanHeaders(
      1, snapshot.head(), [&](uint64_t sequence, const log::HeaderView& header) {
        if (header.type != "verbatim.v1.SettingChanged") return true;
        const auto body = snapshot.Body(sequence, header).value();
        event.clear();
        log::WireWriter writer(event);
        writer.Varint(1, sequence);
        writer.Bytes(2, header.type);
        writer.Message(3, header.bytes);
        writer.Bytes(4, *body);
        applied += view.apply(nullptr, {event.data(), event.size()}, &store, &error) == VB_OK;
        return true;
      });
  VB_CHECK(status.ok(), "the log is read");
  return applied;
}

void BenchDispatch(const Options& options, const log::EventLog& log, const fs::path& folder) {
  Contest contest("P7 dispatch", "ours", Clock::kCpu);
  const uint64_t before = DeliveriesSeen();
  uint64_t applied = 0;
  for (int round = 0; round < options.rounds; ++round) {
    const auto generation =
        NewGeneration(folder / std::to_string(round), view::Durability::kScratch);
    contest.Round({{"ours", [&] { FoldAll(log, *generation, IgnoringView()); }},
                   {"hand_loop", [&] { applied += HandLoop(log, IgnoringView()); }}});
  }
  VB_CHECK(DeliveriesSeen() - before == 2 * applied, "both deliver the same");
  const double ns =
      (contest.Seconds("ours") - contest.Seconds("hand_loop")) / static_cast<double>(kEvents) * 1e9;
  contest.Note("ns_per_event_over_hand_loop", fmt::format("{:.0f}", ns));
  contest.Report({"hand_loop"});
}

// The rows that the log's events make, read by hand.
Rows RowsOf(const log::EventLog& log) {
  const log::Snapshot snapshot = log.Read().value();
  Rows rows;
  const absl::Status status = snapshot.ScanHeaders(
      1, snapshot.head(), [&](uint64_t sequence, const log::HeaderView& header) {
        std::string body = *snapshot.Body(sequence, header).value();
        log::WireReader reader(body);
        VB_CHECK(reader.Next(), "the first field is the key");
        std::string key(reader.field().bytes);
        rows.emplace_back(std::move(key), std::move(body));
        return true;
      });
  VB_CHECK(status.ok(), "the log is read");
  return rows;
}

void IntoSqlite(const fs::path& folder, const Rows& rows, bool read_first) {
  const auto sqlite = MakeSqlite(folder, Flush::kNever);
  for (size_t begin = 0; begin < rows.size(); begin += kSqliteCommit) {
    const size_t end = std::min(rows.size(), begin + kSqliteCommit);
    sqlite->Put({rows.begin() + static_cast<std::ptrdiff_t>(begin),
                 rows.begin() + static_cast<std::ptrdiff_t>(end)},
                read_first);
  }
}

void BenchRebuild(const Options& options, const fs::path& folder, bool read_first) {
  const uint64_t keys = read_first ? kEvents / 4 : kEvents;
  const auto log = NewLog(folder / "log");
  FillWithRows(*log, 0, kEvents, keys);
  Contest contest(read_first ? "P8 rebuild.reads" : "P8 rebuild.puts", "ours");
  std::vector<std::string> others = {"sqlite"};
  if (!read_first) others.push_back("sort_append");
  for (int round = 0; round < options.rounds; ++round) {
    const fs::path own = folder / std::to_string(round);
    std::vector<Contest::Turn> turns = {
        {"ours",
         [&] {
           const auto generation = NewGeneration(own / "ours", view::Durability::kScratch);
           FoldAll(*log, *generation, read_first ? ReadingView() : PuttingView());
           VB_CHECK(generation->Flush().ok(), "the generation is flushed");
         }},
        {"sqlite", [&] { IntoSqlite(own / "sqlite", RowsOf(*log), read_first); }}};
    if (!read_first) {
      turns.emplace_back("sort_append", [&] { SortAndAppend(own / "lmdb", RowsOf(*log)); });
    }
    contest.Round(turns);
    fs::remove_all(own);
  }
  contest.Note("events_per_second", fmt::format("{:.0f}", kEvents / contest.Seconds("ours")));
  contest.Report(others);
}

void BenchAsOf(const Options& options, const fs::path& folder) {
  constexpr uint64_t kVersions = 4;
  const auto log = NewLog(folder / "log");
  FillWithRows(*log, 0, kEvents, kEvents / kVersions);
  const auto generation = NewGeneration(folder / "view", view::Durability::kScratch);
  FoldAll(*log, *generation, PuttingView());
  schema::Registry registry;
  view::Query query;
  query.where.push_back(view::ParseCondition("value~0123").value());
  const auto ask = [&](uint64_t as_of) {
    query.as_of = as_of;
    const auto answer = view::Ask(*generation, registry, query);
    VB_CHECK(answer.ok() && answer->rows.size() == answer->matched, "the view answers");
    return answer->matched;
  };
  const auto scan = [&](uint64_t as_of) {
    uint64_t rows = 0;
    const absl::Status status =
        generation->Read()->Scan(0, {.as_of = as_of}, [&](const view::RowView& row) {
          rows += row.row.empty() ? 0 : 1;
          return true;
        });
    VB_CHECK(status.ok() && rows == kEvents / kVersions, "every key had a version");
    return rows;
  };
  Contest asking("P8 asof.query", "head");
  Contest scanning("P8 asof.scan", "head");
  uint64_t sum = 0;
  for (int round = 0; round < options.rounds; ++round) {
    asking.Round(
        {{"head", [&] { sum += ask(view::kNow); }}, {"middle", [&] { sum += ask(kEvents / 2); }}});
    scanning.Round({{"head", [&] { sum += scan(view::kNow); }},
                    {"middle", [&] { sum += scan(kEvents / 2); }}});
  }
  VB_CHECK(sum != 0, "the work was done");
  for (const Contest* contest : {&asking, &scanning}) {
    fmt::print("{} time_vs_head={}\n", contest->name(), ToText(contest->RatioVs("middle")));
  }
}

// Seconds of each commit, while `also` runs in a thread of its own.
std::vector<double> IngestArticles(log::EventLog& log, Workload& workload, int articles) {
  std::vector<double> seconds;
  for (int i = 0; i < articles; ++i) {
    std::vector<log::Unit> units = Encode(workload.Events(1 + kAnnotationsOfArticle));
    seconds.push_back(Measure([&] { AppendAll(log, std::move(units)); }).wall_s);
  }
  return seconds;
}

double Sum(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum;
}

double P99(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() * 99 / 100];
}

// Articles alone, then while `beside` runs in a thread of its own again and again.
void BenchBeside(const Options& options, log::EventLog& log, const std::string& name,
                 const std::function<void()>& beside) {
  constexpr int kArticles = 200;
  Workload workload;
  std::vector<double> rates;
  std::vector<double> tails;
  for (int round = 0; round < options.rounds; ++round) {
    const std::vector<double> alone = IngestArticles(log, workload, kArticles);
    std::atomic<bool> ended = false;
    std::thread thread([&] {
      while (!ended) beside();
    });
    const std::vector<double> together = IngestArticles(log, workload, kArticles);
    ended = true;
    thread.join();
    rates.push_back(Sum(alone) / Sum(together));
    tails.push_back(P99(together) / P99(alone));
  }
  fmt::print("P9 ingest.{} rate_vs_alone={} p99_vs_alone={}\n", name, ToText(SpreadOf(rates)),
             ToText(SpreadOf(tails)));
}

void BenchLiveView(const Options& options, const fs::path& folder) {
  constexpr uint64_t kWaitMs = 100;
  const auto log = NewLog(folder / "log");
  const auto followed = NewGeneration(folder / "followed", view::Durability::kLive);
  const auto restless = NewGeneration(folder / "restless", view::Durability::kLive);
  const auto eager = NewGeneration(folder / "eager", view::Durability::kLive);
  const auto folding = view::Folder::Make(*log, *followed, PuttingView(), "", {}).value();
  view::Follower follower(*log, *folding);
  BenchBeside(options, *log, "live_view",
              [&] { VB_CHECK(follower.Follow(kWaitMs).ok(), "the view follows"); });
  uint64_t head = 0;
  BenchBeside(options, *log, "eager_view", [&] {
    head = log->WaitPast(head, kWaitMs).value();
    FoldAll(*log, *eager, PuttingView());
  });
  BenchBeside(options, *log, "restless_view", [&] { FoldAll(*log, *restless, PuttingView()); });
  BenchBeside(options, *log, "spinning", [] {});
}

int Run(const Options& options) {
  const base::TemporaryFolder temporary("view_bench");
  const fs::path folder = options.folder.empty() ? temporary.path() : options.folder;
  if (options.Wants("P7")) {
    const auto log = NewLog(folder / "p7" / "log");
    FillWithRows(*log, 0, kEvents, kEvents);
    BenchDispatch(options, *log, folder / "p7");
  }
  if (options.Wants("P8")) {
    BenchRebuild(options, folder / "p8" / "puts", false);
    BenchRebuild(options, folder / "p8" / "reads", true);
    BenchAsOf(options, folder / "p8" / "asof");
  }
  if (options.Wants("P9")) BenchLiveView(options, folder / "p9");
  return 0;
}

}  // namespace
}  // namespace verbatim::bench

int main(int argc, char** argv) {
  return verbatim::bench::Run(verbatim::bench::Options::Parse(argc, argv));
}
