// SPDX-License-Identifier: Apache-2.0
// Bytes from outside to articles in the archive:
//
//   P15 extract         real pages to text and metadata, one thread, beside python3-readability,
//                       which gives no metadata; pages a second of CPU
//   P15 ingest.warc     a crawl of real pages, gzip'd, to durable articles; without annotators
//   P15 ingest.jsonl    lines of JSON to durable articles; and the same file once more
//
// Real pages are read from --texts (*.html.gz, *.warc.gz), else from the development data beside
// the project; without them only the lines of JSON are measured.
#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "core/base/check.h"
#include "core/base/files.h"
#include "core/ingest/draft.h"
#include "core/ingest/inputs.h"
#include "tests/bench/measure.h"
#include "tests/bench/workload.h"
#include "tests/support/golden.h"
#include "tests/support/process.h"

namespace verbatim::bench {
namespace fs = std::filesystem;
namespace {

constexpr int kLines = 10'000;
constexpr int kRoundsMax = 5;  // a peer takes seconds a round
// Debian's own, for which python3-readability is installed, whatever else is on PATH.
constexpr char kPython[] = "/usr/bin/python3";

constexpr char kReadability[] = R"(
import sys
from readability import Document
for path in sys.argv[1:]:
    with open(path, 'rb') as page:
        try:
            Document(page.read().decode('utf-8', 'replace')).summary()
        except Exception:
            pass
)";

testing::Finished Run(std::vector<std::string> command) { return testing::RunProgram(command); }

std::vector<fs::path> FilesIn(const fs::path& folder, std::string_view ending) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end;
       at.increment(error)) {
    const std::string name = at->path().filename().string();
    if (name.ends_with(ending)) files.push_back(at->path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

fs::path Pages(const Options& options, const char* part) {
  if (!options.texts.empty()) return options.texts;
  const fs::path shared = testing::SharedFolder();
  return shared.empty() ? fs::path() : shared / "eval/ingest/dev" / part;
}

void BenchExtract(const Options& options, const fs::path& folder) {
  std::vector<std::string> pages;
  std::vector<std::string> command = {kPython, "-c", kReadability};
  for (const fs::path& file : FilesIn(Pages(options, "fundus_news"), ".html.gz")) {
    auto bytes = ingest::ReadInput({file});
    if (!bytes.ok()) continue;
    const fs::path plain = folder / fmt::format("{}.html", pages.size());
    std::ofstream(plain) << *bytes;
    command.push_back(plain.string());
    pages.push_back(*std::move(bytes));
  }
  if (pages.empty()) return;
  const bool peer = Run({kPython, "-c", "import readability"}).exit == 0;
  Contest contest("P15 extract", "verbatim");
  size_t articles = 0;
  for (int round = 0; round < std::min(options.rounds, kRoundsMax); ++round) {
    std::vector<Contest::Turn> turns = {{"verbatim", [&] {
                                           articles = 0;
                                           for (const std::string& page : pages)
                                             articles +=
                                                 ingest::DraftFromBytes(page, "page", {}).ok();
                                         }}};
    if (peer) turns.push_back({"readability", [&] { Run(command); }});
    contest.Round(turns);
  }
  const auto rate = [&](const char* who) {
    return fmt::format("{:.0f}", static_cast<double>(pages.size()) / contest.Seconds(who));
  };
  contest.Note("pages", std::to_string(pages.size()));
  contest.Note("articles", std::to_string(articles));
  contest.Note("pages_per_s", rate("verbatim"));
  if (peer) contest.Note("readability_pages_per_s", rate("readability"));
  contest.Report(peer ? std::vector<std::string>{"readability"} : std::vector<std::string>{});
}

// Each first run into an archive of its own, made before the clock starts; then once more.
void BenchContainer(const Options& options, const std::string& name, const fs::path& file,
                    const fs::path& folder) {
  std::vector<double> rates;
  std::vector<double> ratios;
  long articles = 0;
  for (int round = 0; round < std::min(options.rounds, kRoundsMax); ++round) {
    const std::string archive = (folder / fmt::format("{}.{}", name, round)).string();
    const std::vector<std::string> verbatim = {testing::VerbatimProgram(), "-C", archive};
    const auto run = [&](std::vector<std::string> words) {
      words.insert(words.begin(), verbatim.begin(), verbatim.end());
      return Run(words);
    };
    VB_CHECK(run({"init"}).exit == 0, "an archive");
    const auto ingest = [&] { run({"--quiet", "ingest", "--no-annotate", file.string()}); };
    const double first_s = Measure(ingest).wall_s;
    const double again_s = Measure(ingest).wall_s;
    const std::string listed = run({"articles", "--format", "jsonl"}).out;
    articles = std::count(listed.begin(), listed.end(), '\n');
    rates.push_back(static_cast<double>(articles) / first_s);
    ratios.push_back(first_s / again_s);
    fs::remove_all(archive);
  }
  fmt::print("P15 {} articles={} articles_per_s={} second_run_ratio={}\n", name, articles,
             ToText(SpreadOf(rates)), ToText(SpreadOf(ratios)));
}

fs::path WriteLines(const fs::path& folder) {
  fs::path file = folder / "articles.jsonl";
  std::ofstream out(file);
  Workload workload;
  for (int i = 0; i < kLines; ++i) {
    out << fmt::format(
        "{{\"url\":\"https://courier.example/{}\",\"title\":\"{}\",\"maintext\":\"{}\","
        "\"date_publish\":\"2031-03-04 08:00:00\",\"authors\":[\"Mara Lind\"]}}\n",
        i, workload.Text(60), workload.Text(2500));
  }
  return file;
}

int RunAll(const Options& options) {
  if (!options.Wants("P15")) return 0;
  const base::TemporaryFolder temporary("ingest_bench");
  const fs::path folder = options.folder.empty() ? temporary.path() : options.folder;
  BenchExtract(options, folder);
  for (const fs::path& file : FilesIn(Pages(options, "containers"), "news.warc.gz")) {
    BenchContainer(options, "ingest.warc", file, folder);
  }
  BenchContainer(options, "ingest.jsonl", WriteLines(folder), folder);
  return 0;
}

}  // namespace
}  // namespace verbatim::bench

int main(int argc, char** argv) {
  return verbatim::bench::RunAll(verbatim::bench::Options::Parse(argc, argv));
}
