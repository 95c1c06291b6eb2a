// SPDX-License-Identifier: Apache-2.0
// Taking an archive out and making one of it, beside a scan of all headers of the same log, in
// bytes a second: of the lines for the one, of the headers for the other.
//
//   out.jsonl_export   export --as jsonl --bytes-only, lines thrown away
//   out.jsonl_import   import of those lines into a new archive, verified in full
//   out.html           export --as html of the same articles, 30 annotations each, without views
#include <fmt/format.h>

#include "core/archive/importing.h"
#include "core/base/check.h"
#include "core/base/files.h"
#include "core/exchange/export.h"
#include "core/schema/registry.h"
#include "tests/bench/measure.h"
#include "tests/bench/workload.h"

namespace verbatim::bench {
namespace fs = std::filesystem;
namespace {

constexpr size_t kEvents = 50'000;

uint64_t HeaderBytes(const log::Snapshot& snapshot) {
  uint64_t bytes = 0;
  const absl::Status status =
      snapshot.ScanHeaders(1, snapshot.head(), [&](uint64_t, const log::HeaderView& header) {
        bytes += header.bytes.size();
        return true;
      });
  VB_CHECK(status.ok(), "the log is read");
  return bytes;
}

uint64_t Export(const exchange::Source& source, const exchange::Sink& sink) {
  uint64_t bytes = 0;
  const auto done = exchange::WriteJsonl(source, [&](std::string_view line) {
    bytes += line.size();
    if (sink) sink(line);
  });
  VB_CHECK(done.ok(), "the log is exported");
  return bytes;
}

// How many times the bytes a second of the scan.
void Report(Contest& contest, std::string_view what, uint64_t bytes, uint64_t headers) {
  const double ours = static_cast<double>(bytes) / contest.Seconds("ours");
  const double scan = static_cast<double>(headers) / contest.Seconds("headers");
  contest.Note("bytes_rate_vs_header_replay", fmt::format("{:.3f}", ours / scan));
  contest.Note(std::string(what), fmt::format("{:.0f} MB/s", ours / 1e6));
  contest.Report({"headers"});
}

// Articles a second, into a folder on the disk.
void BenchHtml(const exchange::Source& source, const Options& options, const fs::path& folder) {
  const exchange::Format* const html = exchange::FormatNamed("html").value();
  std::vector<double> rates;
  for (int round = 0; round < options.rounds; ++round) {
    const fs::path place = folder / fmt::format("site{}", round);
    uint64_t articles = 0;
    const double seconds = Measure([&] {
                             const auto done = exchange::Export(*html, source, place);
                             VB_CHECK(done.ok(), "the pages are written");
                             articles = done->articles;
                           }).wall_s;
    rates.push_back(static_cast<double>(articles) / seconds);
    fs::remove_all(place);
  }
  fmt::print("out.html articles_per_s={}\n", ToText(SpreadOf(std::move(rates))));
}

int Run(const Options& options) {
  const base::TemporaryFolder temporary("verbatim-out-bench");
  const fs::path folder = options.folder.empty() ? temporary.path() : options.folder;
  const auto log = NewLog(folder / "log");
  Workload workload;
  Fill(*log, workload, kEvents);
  const log::Snapshot snapshot = log->Read().value();
  const schema::Registry registry;
  const exchange::Source source{.snapshot = snapshot,
                                .registry = registry,
                                .archive_id = log->archive_id(),
                                .tool_version = "bench",
                                .as_of = snapshot.head(),
                                .articles = {},
                                .views = {},
                                .all = false,
                                .bytes_only = true};
  std::string lines;
  const uint64_t bytes = Export(source, [&](std::string_view line) { lines += line; });
  const uint64_t headers = HeaderBytes(snapshot);

  Contest out("out.jsonl_export", "ours");
  Contest in("out.jsonl_import", "ours");
  uint64_t sum = 0;
  for (int round = 0; round < options.rounds; ++round) {
    const Contest::Turn scan = {"headers", [&] { sum += HeaderBytes(snapshot); }};
    out.Round({{"ours", [&] { sum += Export(source, {}); }}, scan});
    in.Round({{"ours",
               [&] {
                 const fs::path place = folder / fmt::format("copy{}", round);
                 ingest::ByteStream stream = ingest::ByteStream::Of(lines);
                 VB_CHECK(archive::ImportEvents(stream, place, {}).ok(), "the lines are imported");
               }},
              scan});
    fs::remove_all(folder / fmt::format("copy{}", round));
  }
  VB_CHECK(sum != 0, "the work was done");
  Report(out, "written", bytes, headers);
  Report(in, "read", bytes, headers);
  BenchHtml(source, options, folder);
  return 0;
}

}  // namespace
}  // namespace verbatim::bench

int main(int argc, char** argv) {
  return verbatim::bench::Run(verbatim::bench::Options::Parse(argc, argv));
}
