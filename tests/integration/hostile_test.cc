// SPDX-License-Identifier: Apache-2.0
// What is broken, huge or built to hurt: it ends soon, in little memory, with a word that names it,
// and whole records around the damage go in.
#include <gmock/gmock.h>
#include <sys/resource.h>

#include <algorithm>
#include <fstream>
#include <set>

#include "tests/integration/fixture.h"

namespace verbatim::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

#if defined(VERBATIM_SANITIZED)
constexpr double kSlower = 8;
#else
constexpr double kSlower = 1;
#endif
constexpr double kSecondsMax = 2 * kSlower;
constexpr long kKibMax = 300L * 1024 * static_cast<long>(kSlower);

double Seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

// Of all children that have ended.
double ChildrenSeconds() {
  rusage usage{};
  ::getrusage(RUSAGE_CHILDREN, &usage);
  return Seconds(usage.ru_utime) + Seconds(usage.ru_stime);
}

// The largest that any child has been.
long ChildrenKib() {
  rusage usage{};
  ::getrusage(RUSAGE_CHILDREN, &usage);
  return usage.ru_maxrss;
}

class Hostile : public ArchiveTest {
 protected:
  struct Outcome {
    int exit = -1;
    double seconds = 0;
    std::vector<Json> rows;
  };

  Outcome Ingest(const fs::path& file) const {
    const double before = ChildrenSeconds();
    const Finished done = Verbatim({"ingest", file.string(), "--no-annotate", "--format", "jsonl"});
    Outcome outcome{done.exit, ChildrenSeconds() - before, {}};
    for (size_t at = 0; at < done.out.size();) {
      const size_t end = std::min(done.out.find('\n', at), done.out.size());
      outcome.rows.push_back(Json::parse(done.out.substr(at, end - at)));
      at = end + 1;
    }
    return outcome;
  }

  // The first word of the reason of everything that failed.
  static std::multiset<std::string> Troubles(const Outcome& outcome) {
    std::multiset<std::string> words;
    for (const Json& row : outcome.rows) {
      if (row["action"] != "failed") continue;
      const std::string reason = row["reason"];
      words.insert(reason.substr(0, reason.find_first_of(" :")));
    }
    return words;
  }
};

const std::set<std::string> kWords = {"empty",
                                      "binary",
                                      "bad-encoding",
                                      "no-article",
                                      "no-text",
                                      "unreadable",
                                      "not-regular",
                                      "unsupported",
                                      "too-large",
                                      "too-large-expanded",
                                      "truncated-gzip",
                                      "damaged-gzip",
                                      "crc-mismatch",
                                      "trailing-garbage",
                                      "bad-warc-record",
                                      "header-too-long",
                                      "bad-http",
                                      "damaged-body",
                                      "unsupported-encoding",
                                      "bad-json",
                                      "bad-feed",
                                      "doctype-refused"};

TEST_F(Hostile, EveryFileEndsSoonAndIsNamed) {
  const fs::path shared = SharedFolder();
  if (shared.empty()) GTEST_SKIP() << "no evaluation data lie beside this project";
  size_t files = 0;
  for (const char* folder : {"hostile", "warc_real"}) {
    const fs::path place = shared / "eval/ingest/dev" / folder;
    if (!fs::exists(place)) GTEST_SKIP() << place << " is not there";
    for (const auto& entry : fs::directory_iterator(place)) {
      SCOPED_TRACE(entry.path().filename().string());
      const Outcome outcome = Ingest(entry.path());
      ++files;
      const std::multiset<std::string> troubles = Troubles(outcome);
      EXPECT_EQ(outcome.exit, troubles.empty() ? 0 : 3);
      EXPECT_FALSE(outcome.rows.empty());
      EXPECT_LT(outcome.seconds, kSecondsMax);
      for (const std::string& word : troubles) EXPECT_EQ(kWords.count(word), 1u) << word;
    }
  }
  EXPECT_GT(files, 20u);
  EXPECT_LT(ChildrenKib(), kKibMax);
}

TEST_F(Hostile, ALineOf200MegabytesIsPassedBy) {
  const fs::path file =
      Write("news.jsonl", "{\"title\":\"One\",\"text\":\"The dam held.\"}\n{\"text\":\"");
  fs::resize_file(file, 200u << 20);
  std::ofstream(file, std::ios::app) << "\n{\"title\":\"Two\",\"text\":\"The road is open.\"}\n";
  const Outcome outcome = Ingest(file);
  EXPECT_EQ(outcome.exit, 3);
  EXPECT_EQ(Troubles(outcome), std::multiset<std::string>{"too-large"});
  EXPECT_EQ(Lines({"articles"}, {"title"}), "One\nTwo\n");
  EXPECT_LT(outcome.seconds, kSecondsMax);
  EXPECT_LT(ChildrenKib(), kKibMax);
}

TEST_F(Hostile, ABombIsStoppedAtTheLimit) {
  const fs::path file = folder_ / "bomb.html.gz";
  const Finished made =
      RunProgram({"sh", "-c", "head -c 400000000 /dev/zero | gzip -1 > '" + file.string() + "'"});
  ASSERT_EQ(made.exit, 0) << made.err;
  const Outcome outcome = Ingest(file);
  EXPECT_EQ(Troubles(outcome), std::multiset<std::string>{"too-large-expanded"});
  EXPECT_LT(outcome.seconds, kSecondsMax);
  EXPECT_LT(ChildrenKib(), kKibMax);
}

TEST_F(Hostile, AnArcFileIsNamedWithTheWayOut) {
  const Outcome outcome = Ingest(
      Write("old.arc", "filedesc://old.arc 192.0.2.1 20140101000000 text/plain 20\n1 0 X\n"));
  EXPECT_EQ(Troubles(outcome), std::multiset<std::string>{"unsupported"});
  EXPECT_THAT(outcome.rows.at(0)["reason"].get<std::string>(), HasSubstr("WARC"));
}

}  // namespace
}  // namespace verbatim::testing
