// SPDX-License-Identifier: Apache-2.0
// Reading the log from end to end:
//
//   P6 replay.headers    ScanHeaders / the others' scan of the same headers, every byte touched
//   P6 replay.one_type   parsing the bodies of one type of event / parsing every body
//   P10 verify.full      verify of the whole log / a replay that parses every body and checks
//   nothing
#include <fmt/format.h>
#include <zstd.h>

#include "core/base/check.h"
#include "core/base/files.h"
#include "core/log/body_value.h"
#include "core/log/verify.h"
#include "core/store/txn.h"
#include "tests/bench/measure.h"
#include "tests/bench/rivals.h"
#include "tests/bench/workload.h"

namespace verbatim::bench {
namespace fs = std::filesystem;
namespace {

constexpr size_t kEvents = 200'000;
constexpr std::string_view kArticle = "verbatim.v1.ArticleIngested";

uint64_t ScanOurs(const log::Snapshot& snapshot) {
  uint64_t sum = 0;
  const absl::Status status = snapshot.ScanHeaders(
      1, snapshot.head(), [&](uint64_t sequence, const log::HeaderView& header) {
        sum += sequence + header.type.size();
        return true;
      });
  VB_CHECK(status.ok(), "the log is read");
  return sum;
}

uint64_t Parse(std::string_view type, const std::string& body) {
  if (type == kArticle) {
    v1::ArticleIngested ingested;
    return ingested.ParseFromString(body) ? 1 : 0;
  }
  v1::AnnotationAdded added;
  return added.ParseFromString(body) ? 1 : 0;
}

// Bodies of one type, or of all, through the log's own reading: their digests are checked.
uint64_t ParseBodies(const log::Snapshot& snapshot, bool all) {
  uint64_t parsed = 0;
  const absl::Status status = snapshot.ScanHeaders(
      1, snapshot.head(), [&](uint64_t sequence, const log::HeaderView& header) {
        if (!all && header.type != kArticle) return true;
        parsed += Parse(header.type, **snapshot.Body(sequence, header));
        return true;
      });
  VB_CHECK(status.ok(), "the log is read");
  return parsed;
}

// A replay that trusts the file: every body is parsed, no digest is compared.
uint64_t ParseUnverified(const log::Snapshot& snapshot) {
  constexpr size_t kPreambleBytes = 17;  // codec and salt
  uint64_t parsed = 0;
  store::Cursor bodies = snapshot.txn().OpenCursor(snapshot.dbs().bodies).value();
  VB_CHECK(bodies.First().value(), "the log has bodies");
  const absl::Status status = snapshot.ScanHeaders(
      1, snapshot.head(), [&](uint64_t sequence, const log::HeaderView& header) {
        const std::string_view value = bodies.entry().value;
        std::string body(value.substr(kPreambleBytes));
        if (value.front() == log::kCodecZstd) {
          body.resize(header.body_size);
          VB_CHECK(ZSTD_decompress(body.data(), body.size(), value.data() + kPreambleBytes,
                                   value.size() - kPreambleBytes) == body.size(),
                   "the body is decompressed");
        }
        parsed += Parse(header.type, body);
        return sequence == snapshot.head() || bodies.Next().value();
      });
  VB_CHECK(status.ok(), "the log is read");
  return parsed;
}

void BenchReplay(const Options& options, const log::EventLog& log, const fs::path& folder) {
  const log::Snapshot snapshot = log.Read().value();
  Blobs headers;
  for (uint64_t sequence = 1; sequence <= snapshot.head(); ++sequence) {
    headers.emplace_back(snapshot.RawHeader(sequence).value());
  }
  const auto lmdb = MakeLmdb(folder / "lmdb", Flush::kNever);
  const auto sqlite = MakeSqlite(folder / "sqlite", Flush::kNever);
  const auto rocks = MakeRocks(folder / "rocksdb", Flush::kNever);
  for (Rival* rival : {lmdb.get(), sqlite.get(), rocks.get()}) rival->Append(headers);

  Contest scan("P6 replay.headers", "ours");
  Contest one_type("P6 replay.one_type", "ours");
  uint64_t sum = 0;
  for (int round = 0; round < options.rounds; ++round) {
    scan.Round({{"ours", [&] { sum += ScanOurs(snapshot); }},
                {"lmdb", [&] { sum += lmdb->Scan(); }},
                {"sqlite", [&] { sum += sqlite->Scan(); }},
                {"rocksdb", [&] { sum += rocks->Scan(); }}});
    one_type.Round({{"ours", [&] { sum += ParseBodies(snapshot, false); }},
                    {"full_parse", [&] { sum += ParseBodies(snapshot, true); }}});
  }
  VB_CHECK(sum != 0, "the work was done");
  scan.Note("events_per_second",
            fmt::format("{:.0f}", static_cast<double>(snapshot.head()) / scan.Seconds("ours")));
  scan.Report({"lmdb", "sqlite", "rocksdb"});
  one_type.Report({"full_parse"});
}

void BenchVerify(const Options& options, const log::EventLog& log) {
  Contest contest("P10 verify.full", "ours");
  uint64_t sum = 0;
  for (int round = 0; round < options.rounds; ++round) {
    contest.Round({{"ours",
                    [&] {
                      const auto report = log::Verify(log, {});
                      VB_CHECK(report.ok(), "the log is read");
                      sum += report->bodies;
                    }},
                   {"replay", [&] { sum += ParseUnverified(log.Read().value()); }}});
  }
  VB_CHECK(sum != 0, "the work was done");
  contest.Report({"replay"});
}

int Run(const Options& options) {
  if (!options.Wants("P6") && !options.Wants("P10")) return 0;
  const base::TemporaryFolder temporary("replay_bench");
  const fs::path folder = options.folder.empty() ? temporary.path() : options.folder;
  const auto log = NewLog(folder / "replay");
  Workload workload;
  Fill(*log, workload, kEvents);
  if (options.Wants("P6")) BenchReplay(options, *log, folder / "headers");
  if (options.Wants("P10")) BenchVerify(options, *log);
  return 0;
}

}  // namespace
}  // namespace verbatim::bench

int main(int argc, char** argv) {
  return verbatim::bench::Run(verbatim::bench::Options::Parse(argc, argv));
}
