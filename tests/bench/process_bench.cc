// SPDX-License-Identifier: Apache-2.0
// The program as its users start it, process by process:
//
//   P7 worker          rebuilding the view `quotes` in its worker process / inside the tool
//   P12 start.*        wall time beside that of `true`; files of plugins and workers that it opened
//   P14 memory.*       the most anonymous memory of the tool and of any of its workers, in MiB,
//   over
//                      an ingest and a rebuild
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <fstream>
#include <iterator>
#include <sstream>
#include <thread>

#include "core/base/check.h"
#include "core/base/files.h"
#include "core/base/hex.h"
#include "tests/bench/measure.h"
#include "tests/bench/workload.h"
#include "tests/support/process.h"

namespace verbatim::bench {
namespace fs = std::filesystem;
namespace {

using Command = std::vector<std::string>;

constexpr size_t kEvents = 62'000;
constexpr int kArticles = 2000;

testing::Finished Run(const Command& command) {
  testing::Finished finished = testing::RunProgram(command);
  VB_CHECK(finished.exit == 0, finished.err.c_str());
  return finished;
}

Command Verbatim(const fs::path& archive, const Command& words) {
  Command command = {testing::VerbatimProgram(), "-C", archive.string()};
  command.insert(command.end(), words.begin(), words.end());
  return command;
}

// An archive whose log was filled without the annotators.
fs::path FilledArchive(const fs::path& folder) {
  Run(Verbatim(folder, {"init"}));
  const auto log = log::EventLog::Open(folder / "log", WriterOptions()).value();
  Workload workload;
  Fill(*log, workload, kEvents);
  return folder;
}

void BenchWorker(const Options& options, const fs::path& archive) {
  Contest contest("P7 worker", "worker");
  const Command replay = Verbatim(archive, {"replay", "quotes"});
  const Command inside = Verbatim(archive, {"--in-process", "replay", "quotes"});
  for (int round = 0; round < options.rounds; ++round) {
    contest.Round({{"worker", [&] { Run(replay); }}, {"in_process", [&] { Run(inside); }}});
  }
  contest.Report({"in_process"});
}

// Lines of a trace that name a plugin or the worker's program.
std::string Opened(const fs::path& folder, const Command& command) {
  const fs::path trace = folder / "trace";
  Command traced = {"strace", "-f", "-e", "trace=execve,openat,open", "-o", trace.string()};
  traced.insert(traced.end(), command.begin(), command.end());
  if (testing::RunProgram(traced).exit != 0) return "not_counted_without_strace";
  int found = 0;
  std::ifstream lines(trace);
  for (std::string line; std::getline(lines, line);) {
    if (line.find("ENOENT") != std::string::npos) continue;
    found += line.find("verbatim-plugin-host") != std::string::npos ||
             line.find("/plugins/") != std::string::npos;
  }
  return std::to_string(found);
}

void BenchStart(const Options& options, const fs::path& archive, const fs::path& folder) {
  std::string id;
  {
    const auto log = log::EventLog::Open(archive / "log", {.mode = store::Mode::kReadOnly}).value();
    id = base::ToHex(log->Read()->FindAnnotations("", 1)->front().annotation);
  }
  const std::vector<std::pair<std::string, Command>> starts = {
      {"version", {testing::VerbatimProgram(), "--version"}},
      {"show", Verbatim(archive, {"show", id})}};
  for (const auto& [name, command] : starts) {
    Contest contest("P12 start." + name, "verbatim");
    constexpr int kStarts = 10;  // of a round
    const auto often = [](const Command& one) {
      for (int i = 0; i < kStarts; ++i) Run(one);
    };
    for (int round = 0; round < options.rounds; ++round) {
      contest.Round({{"verbatim", [&, &started = command] { often(started); }},
                     {"true", [&] { often({"true"}); }}});
    }
    const double ms = contest.Seconds("verbatim") / kStarts * 1e3;
    const double true_ms = contest.Seconds("true") / kStarts * 1e3;
    fmt::print(
        "P12 start.{} wall_ms={:.1f} true_ms={:.1f} allowed_ms={:.1f} "
        "plugins_and_workers_opened={}\n",
        name, ms, true_ms, 3 * true_ms + 5, Opened(folder, command));
  }
}

std::string Slurp(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

double RssAnonMib(const std::string& pid) {
  const std::string status = Slurp("/proc/" + pid + "/status");
  const size_t at = status.find("RssAnon:");
  return at == std::string::npos ? 0 : std::atof(status.c_str() + at + 8) / 1024;
}

std::vector<std::string> ChildrenOf(const std::string& pid) {
  std::vector<std::string> children;
  std::error_code error;
  for (fs::directory_iterator at("/proc/" + pid + "/task", error), end; !error && at != end;
       at.increment(error)) {
    std::istringstream words(Slurp(at->path() / "children"));
    for (std::string child; words >> child;) children.push_back(child);
  }
  return children;
}

// The most that the program, and that any process below it, had at one time.
struct Peak {
  double tool_mib = 0;
  double worker_mib = 0;
};

Peak PeakOf(const Command& command) {
  Peak peak;
  std::atomic<bool> ended = false;
  std::thread watch([&] {
    while (!ended) {
      for (const std::string& tool : ChildrenOf(std::to_string(::getpid()))) {
        peak.tool_mib = std::max(peak.tool_mib, RssAnonMib(tool));
        for (const std::string& worker : ChildrenOf(tool)) {
          peak.worker_mib = std::max(peak.worker_mib, RssAnonMib(worker));
        }
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  });
  Run(command);
  ended = true;
  watch.join();
  return peak;
}

void WriteArticles(const fs::path& folder) {
  fs::create_directories(folder);
  Workload workload;
  for (int i = 0; i < kArticles; ++i) {
    std::ofstream file(folder / fmt::format("{}.txt", i));
    file << workload.Text(60) << "\n\n";
    for (int paragraph = 0; paragraph < 5; ++paragraph) {
      file << workload.Text(400) << "\n\n"
           << "\"" << workload.Text(80) << ",\" Mara Lind said on Monday.\n\n";
    }
  }
}

void BenchMemory(const fs::path& archive, const fs::path& folder) {
  const auto report = [](std::string_view name, const Peak& peak) {
    fmt::print("P14 memory.{} tool_mib={:.0f} worker_mib={:.0f}\n", name, peak.tool_mib,
               peak.worker_mib);
  };
  report("replay", PeakOf(Verbatim(archive, {"replay"})));
  WriteArticles(folder / "articles");
  report("ingest", PeakOf(Verbatim(folder / "ingested",
                                   {"--quiet", "ingest", (folder / "articles").string()})));
}

int RunAll(const Options& options) {
  if (!options.Wants("P7") && !options.Wants("P12") && !options.Wants("P14")) return 0;
  const base::TemporaryFolder temporary("process_bench");
  const fs::path folder = options.folder.empty() ? temporary.path() : options.folder;
  const fs::path archive = FilledArchive(folder / "archive");
  if (options.Wants("P12")) BenchStart(options, archive, folder);
  if (options.Wants("P7")) BenchWorker(options, archive);
  if (options.Wants("P14")) BenchMemory(archive, folder);
  return 0;
}

}  // namespace
}  // namespace verbatim::bench

int main(int argc, char** argv) {
  return verbatim::bench::RunAll(verbatim::bench::Options::Parse(argc, argv));
}
