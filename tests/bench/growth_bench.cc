// SPDX-License-Identifier: Apache-2.0
// P11 growth: appending at 1,000 events a commit and reading single events, in logs of 10 thousand,
// 100 thousand and 1 million events; with --growth of 10 million too. A line a size, ratios against
// the first.
#include <fmt/format.h>

#include <chrono>
#include <random>

#include "core/base/check.h"
#include "core/base/files.h"
#include "tests/bench/measure.h"
#include "tests/bench/rivals.h"
#include "tests/bench/workload.h"

namespace verbatim::bench {
namespace fs = std::filesystem;
namespace {

constexpr size_t kCommit = 1000;

struct Size {
  double cpu_us = 0;  // of an append, an event
  double read_us = 0;
  double find_us = 0;
  double bytes_per_payload = 0;
};

double Us(double seconds, size_t count) { return seconds / static_cast<double>(count) * 1e6; }

// The last appends up to this size, and look-ups among all that is there.
Size Look(log::EventLog& log, const fs::path& folder, const Cost& appending, size_t appended,
          uint64_t payload) {
  constexpr size_t kReads = 2000;
  Size size;
  size.cpu_us = Us(appending.cpu_s, appended);
  size.bytes_per_payload =
      static_cast<double>(fs::file_size(folder / "data.mdb")) / static_cast<double>(payload);
  const log::Snapshot snapshot = log.Read().value();
  std::mt19937_64 random(7);
  uint64_t bytes = 0;
  size.read_us = Us(Measure([&] {
                      for (size_t i = 0; i < kReads; ++i) {
                        bytes += (*snapshot.Body(1 + random() % snapshot.head()))->size();
                      }
                    }).cpu_s,
                    kReads);
  size.find_us =
      Us(Measure([&] {
           for (size_t i = 0; i < kReads; ++i) {
             bytes += snapshot.FindAnnotations(fmt::format("{:08x}", random() >> 32), 9)->size();
           }
         }).cpu_s,
         kReads);
  VB_CHECK(bytes != 0, "the work was done");
  return size;
}

int Run(const Options& options) {
  if (!options.Wants("P11")) return 0;
  const base::TemporaryFolder temporary("growth_bench");
  const fs::path folder = (options.folder.empty() ? temporary.path() : options.folder) / "growth";
  const auto log = NewLog(folder);
  Workload workload;
  uint64_t payload = 0;
  size_t events = 0;
  Size first;
  std::vector<size_t> sizes = {10'000, 100'000, 1'000'000};
  if (options.growth) sizes.push_back(10'000'000);
  for (const size_t goal : sizes) {
    // What counts is the append near this size: the last tenth of the way.
    Cost cost;
    size_t appended = 0;
    while (events < goal) {
      const std::vector<Draft> drafts = workload.Events(kCommit);
      payload += BytesOf(BlobsOf(drafts));
      std::vector<log::PreparedUnit> prepared = Prepare(*log, drafts);
      const Cost one = Measure([&] { AppendAll(*log, std::move(prepared)); });
      events += kCommit;
      if (events * 10 < goal * 9) continue;
      cost.wall_s += one.wall_s;
      cost.cpu_s += one.cpu_s;
      appended += kCommit;
    }
    const Size size = Look(*log, folder, cost, appended, payload);
    if (goal == sizes.front()) first = size;
    fmt::print(
        "P11 growth.e{} append_rate_vs_first={:.2f} point_read_vs_first={:.2f} "
        "file_per_payload={:.2f} append_cpu_us={:.2f} append_wall_us={:.2f} point_read_us={:.2f} "
        "short_id_us={:.1f}\n",
        goal, first.cpu_us / size.cpu_us, size.read_us / first.read_us, size.bytes_per_payload,
        size.cpu_us, Us(cost.wall_s, appended), size.read_us, size.find_us);
    std::fflush(stdout);
  }
  return 0;
}

}  // namespace
}  // namespace verbatim::bench

int main(int argc, char** argv) {
  return verbatim::bench::Run(verbatim::bench::Options::Parse(argc, argv));
}
