// SPDX-License-Identifier: Apache-2.0
// Taking an archive out and making one of it, beside a replay of the headers of the same log
// (P6's), in bytes of events a second: of headers for the replay, of headers and bodies, as the log
// has them and not in hex, for the others.
//
//   out.jsonl_export   export --as jsonl --bytes-only, lines thrown away
//   out.jsonl_import   import of a file of those lines into a new archive
//   out.html           export --as html of articles with 30 annotations each, without views
#include <fmt/format.h>

#include <algorithm>

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

constexpr size_t kEvents = 200'000;  // as many as P6 replays
constexpr uint64_t kHtmlEvents = 50'000;

struct EventBytes {
  uint64_t headers = 0;
  uint64_t bodies = 0;
};

EventBytes Replay(const log::Snapshot& snapshot) {
  EventBytes bytes;
  const absl::Status status =
      snapshot.ScanHeaders(1, snapshot.head(), [&](uint64_t, const log::HeaderView& header) {
        bytes.headers += header.bytes.size();
        bytes.bodies += header.body_size;
        return true;
      });
  VB_CHECK(status.ok(), "the log is read");
  return bytes;
}

uint64_t Export(const exchange::Source& source) {
  uint64_t bytes = 0;
  const auto done =
      exchange::WriteJsonl(source, [&](std::string_view lines) { bytes += lines.size(); });
  VB_CHECK(done.ok(), "the log is exported");
  return bytes;
}

// How many times the bytes a second of the replay; `file`: bytes of the lines.
void Report(Contest& contest, std::string_view what, const EventBytes& bytes, uint64_t file) {
  const double ours = contest.Seconds("ours");
  const double carried = static_cast<double>(bytes.headers + bytes.bodies) / ours;
  const double replayed = static_cast<double>(bytes.headers) / contest.Seconds("headers");
  contest.Note("bytes_rate_vs_header_replay", fmt::format("{:.3f}", carried / replayed));
  contest.Note("events", fmt::format("{:.0f} MB/s", carried / 1e6));
  contest.Note(std::string(what),
               fmt::format("{:.0f} MB/s", static_cast<double>(file) / ours / 1e6));
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
  const fs::path lines = folder / "events.jsonl";
  const exchange::Format* const jsonl = exchange::FormatNamed("jsonl").value();
  VB_CHECK(exchange::Export(*jsonl, source, lines).ok(), "the log is exported");
  const EventBytes bytes = Replay(snapshot);

  Contest out("out.jsonl_export", "ours");
  Contest in("out.jsonl_import", "ours");
  uint64_t sum = 0;
  for (int round = 0; round < options.rounds; ++round) {
    const Contest::Turn scan = {"headers", [&] { sum += Replay(snapshot).headers; }};
    out.Round({{"ours", [&] { sum += Export(source); }}, scan});
    in.Round({{"ours",
               [&] {
                 const fs::path place = folder / fmt::format("copy{}", round);
                 ingest::ByteStream stream = ingest::ByteStream::Open(lines).value();
                 VB_CHECK(archive::ImportEvents(stream, place, {}).ok(), "the lines are imported");
               }},
              scan});
    fs::remove_all(folder / fmt::format("copy{}", round));
  }
  VB_CHECK(sum != 0, "the work was done");
  Report(out, "written", bytes, fs::file_size(lines));
  Report(in, "read", bytes, fs::file_size(lines));
  exchange::Source pages = source;
  pages.as_of = std::min(pages.as_of, kHtmlEvents);
  BenchHtml(pages, options, folder);
  return 0;
}

}  // namespace
}  // namespace verbatim::bench

int main(int argc, char** argv) {
  return verbatim::bench::Run(verbatim::bench::Options::Parse(argc, argv));
}
