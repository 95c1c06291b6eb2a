// SPDX-License-Identifier: Apache-2.0
// One bit of data.mdb is another: whenever a dump of the log shows it, `verify --full` reports it
// and names the first bad sequence; nothing that reads the file crashes.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "core/base/hex.h"
#include "core/base/ids.h"
#include "core/log/body.h"
#include "core/log/body_value.h"
#include "core/log/verify.h"
#include "core/merkle/tiles.h"
#include "core/store/keys.h"
#include "tests/faults/harness.h"
#include "verbatim/v1/archive.pb.h"
#include "verbatim/v1/article.pb.h"
#include "verbatim/v1/event.pb.h"

namespace verbatim::faults {
namespace {

namespace fs = std::filesystem;

constexpr uint64_t kUnits = 160;
constexpr char kSame[] = "same";
const std::vector<std::string> kDatabases = {"events",      "bodies",  "ids",         "streams",
                                             "annotations", "digests", "urls",        "cursors",
                                             "tiles",       "meta",    "checkpoints", "sketches"};

// A body as it is read. Bits of a compressed frame that leave the words as they were alter nothing
// that anybody can read, and no digest is over them.
std::string ReadBody(std::string_view header, std::string_view value) {
  v1::EventHeader event;
  if (!event.ParseFromArray(header.data(), static_cast<int>(header.size())))
    return std::string(value);
  const auto body = log::OpenBody(value, event.body_size(), event.body_digest());
  return body.ok() ? std::string(log::SaltOf(value)) + *body : std::string(value);
}

// Every entry of every database: "db key" to its value.
using Dump = std::map<std::pair<std::string, std::string>, std::string>;

absl::StatusOr<Dump> DumpOf(const fs::path& folder) {
  Dump dump;
  store::EnvOptions options;
  options.mode = store::Mode::kReadOnly;
  VB_ASSIGN_OR_RETURN(const auto env, store::Env::Open(folder / "log", options));
  VB_RETURN_IF_ERROR(env->CheckPages(store::PageDepth::kAll));
  VB_ASSIGN_OR_RETURN(const auto dbs, env->OpenDbs(kDatabases));
  VB_ASSIGN_OR_RETURN(const store::ReadTxn txn, env->BeginRead());
  for (size_t i = 0; i < dbs.size(); ++i) {
    VB_RETURN_IF_ERROR(txn.Scan(dbs[i], "", std::nullopt, [&](const store::Entry& entry) {
      const std::string key(entry.key);
      dump[{kDatabases[i], key}] = kDatabases[i] == "bodies"
                                       ? ReadBody(dump[{"events", key}], entry.value)
                                       : std::string(entry.value);
      return true;
    }));
  }
  return dump;
}

// Where a dump differs: "same", "unreadable", or a database and, of an event, its sequence.
std::string Difference(const Dump& whole, const fs::path& folder) {
  const auto dump = DumpOf(folder);
  if (!dump.ok()) return "unreadable 0";
  std::string database;
  uint64_t sequence = 0;
  const auto look = [&](const Dump& one, const Dump& other) {
    for (const auto& [key, value] : one) {
      const auto found = other.find(key);
      if (found != other.end() && found->second == value) continue;
      database = key.first;
      if (key.first != "events" && key.first != "bodies") continue;
      const uint64_t own = store::ReadU64(key.second).value_or(0);
      sequence = sequence == 0 ? own : std::min(sequence, own);
    }
  };
  look(whole, *dump);
  if (database.empty()) look(*dump, whole);
  return database.empty() ? kSame : database + " " + std::to_string(sequence);
}

// "whole", or the first bad sequence and what verify says of it.
std::string Verdict(const fs::path& folder, log::VerifyLevel level) {
  const Reopened reopened(folder, store::Mode::kReadOnly);
  if (!reopened.status().ok()) return "0 " + std::string(reopened.status().message());
  log::VerifyOptions options;
  options.level = level;
  const auto report = log::Verify(reopened.log(), options);
  if (!report.ok()) return "0 " + std::string(report.status().message());
  if (report->whole) return "whole";
  return std::to_string(report->first_bad_sequence) + " " + report->what;
}

struct Flips {
  uint64_t done = 0;
  uint64_t effective = 0;
  uint64_t events = 0;  // effective in a header or body
  uint64_t named = 0;   // of those, with the very sequence
  uint64_t range = 0;   // or with a range of headers that begins before it
  uint64_t pages = 0;   // effective in what holds the entries together: nothing can be dumped
  uint64_t from = 0;    // of those, in pages of events, with the first one that they touch
  std::vector<std::string> missed;
};

class BitFlipTest : public ::testing::Test {
 protected:
  BitFlipTest() : folder_(scratch_.path() / "archive") {
    fs::create_directory(folder_);
    MakeLog(folder_);
    const Reopened reopened(folder_);
    EXPECT_TRUE(Append(reopened.log(), Created()).ok());
    for (uint64_t i = 0; i < kUnits; ++i) {
      log::Unit unit = UnitOf(0, i);
      unit.cursors.push_back({"feed " + std::to_string(i % 5), std::to_string(i)});
      EXPECT_TRUE(reopened.log().Append(std::move(unit)).ok());
    }
    EXPECT_TRUE(Append(reopened.log(), Erased(), {20, 21}).ok());
    head_ = reopened.log().Read()->head();
  }

  static google::protobuf::Message& Created() {
    static v1::ArchiveCreated created;
    created.set_archive_id(kArchiveId);
    created.set_format(log::kFormat);
    return created;
  }
  static google::protobuf::Message& Erased() {
    static v1::ContentErased erased;
    erased.Clear();
    erased.add_erased(20);
    erased.add_erased(21);
    return erased;
  }
  static absl::Status Append(log::EventLog& log, const google::protobuf::Message& body,
                             std::vector<uint64_t> erase = {}) {
    log::Unit unit;
    unit.events.resize(1);
    unit.events[0].id = base::NewEventId(base::SystemClock(), base::SystemRandom());
    unit.events[0].stream = "archive";
    unit.events[0].type = body.GetDescriptor()->full_name();
    unit.events[0].actor.mutable_tool()->set_name("test");
    unit.events[0].body = log::EncodeBody(body).value();
    unit.erase = std::move(erase);
    return log.Append(std::move(unit)).status();
  }

  // The same log without a free page: every page counts.
  void Compact() {
    const fs::path compact = scratch_.path() / "compact";
    fs::create_directory(compact);
    {
      const Reopened reopened(folder_);
      ASSERT_TRUE(reopened.log().env().CopyCompact(compact / "log").ok());
    }
    folder_ = compact;
  }

  Flips Flip(uint64_t count, std::mt19937_64& random, log::VerifyLevel level) {
    const fs::path path = folder_ / "log" / "data.mdb";
    const uint64_t bytes = fs::file_size(path);
    const Dump whole = DumpOf(folder_).value();
    Flips flips;
    for (; flips.done < count; ++flips.done) {
      // Every eighth in the first pages, where the roots are.
      const uint64_t at = random() % (flips.done % 8 == 0 ? uint64_t{4} * 4096 : bytes);
      const auto mask = static_cast<char>(1 << (random() % 8));
      FlipByte(path, at, mask);
      const std::string difference = Isolated([&] { return Difference(whole, folder_); });
      const std::string verdict = Isolated([&] { return Verdict(folder_, level); });
      FlipByte(path, at, mask);
      Count(flips, "byte " + std::to_string(at), difference, verdict);
    }
    return flips;
  }

  static void FlipByte(const fs::path& path, uint64_t at, char mask) {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(static_cast<std::streamoff>(at));
    const auto old = static_cast<char>(file.get());
    file.seekp(static_cast<std::streamoff>(at));
    file.put(static_cast<char>(old ^ mask));
  }

  void Count(Flips& flips, const std::string& where, const std::string& difference,
             const std::string& verdict) const {
    const std::string told = where + ": " + difference + ", verify: " + verdict;
    const bool crashed = verdict.find("killed") == 0 || difference.find("killed") == 0;
    if (crashed) flips.missed.push_back(told);
    if (difference == kSame) return;
    ++flips.effective;
    if (verdict == "whole") flips.missed.push_back(told);
    if (difference.find("unreadable") == 0) {
      ++flips.pages;
      flips.from += verdict[0] == '0' ? 0 : 1;
    }
    const uint64_t bad = std::stoull("0" + difference.substr(difference.find(' ') + 1));
    if (bad == 0 || crashed || verdict == "whole") return;
    ++flips.events;
    const uint64_t named = std::stoull("0" + verdict);
    // Right of the last full tile the tree keeps no hash of a single event.
    const bool tail = bad > head_ - head_ % merkle::kTileWidth;
    if (named == bad) {
      ++flips.named;
    } else if (named != 0 && named < bad && tail) {
      ++flips.range;
    } else {
      flips.missed.push_back(told + " (another sequence)");
    }
  }

  Scratch scratch_;
  fs::path folder_;
  uint64_t head_ = 0;
};

TEST_F(BitFlipTest, EveryEffectiveOneIsReportedAndNamed) {
  std::mt19937_64 random(Seed("bit flips"));
  const uint64_t count = Times(1'000, 20'000);
  Flips all = Flip(count / 4, random, log::VerifyLevel::kFull);
  Compact();
  const Flips compact = Flip(count - count / 4, random, log::VerifyLevel::kFull);
  all.missed.insert(all.missed.end(), compact.missed.begin(), compact.missed.end());
  std::printf(
      "bit flips: %lu, %lu effective, %zu missed; %lu in events: %lu named, %lu by a range\n",
      all.done + compact.done, all.effective + compact.effective, all.missed.size(),
      all.events + compact.events, all.named + compact.named, all.range + compact.range);
  std::printf("  %lu in the structure of pages, %lu of them in pages of events, named from there\n",
              all.pages + compact.pages, all.from + compact.from);
  constexpr uint64_t kEnoughPages = 30;  // most pages are of events and bodies
  if (all.pages + compact.pages >= kEnoughPages) {
    EXPECT_GT(all.from + compact.from, 0u);
  }
  for (const std::string& missed : all.missed) ADD_FAILURE() << missed;
  EXPECT_GE((all.effective + compact.effective) * 2, count);
}

// Broken on purpose: the digests of bodies unchecked.
TEST_F(BitFlipTest, AVerifyThatReadsNoBodiesIsCaught) {
  std::mt19937_64 random(Seed("bit flips"));
  Compact();
  const Flips flips = Flip(100, random, log::VerifyLevel::kTree);
  std::printf("bit flips, bodies unchecked: %zu of %lu effective ones missed\n",
              flips.missed.size(), flips.effective);
  EXPECT_GT(flips.missed.size(), flips.effective / 10);
}

}  // namespace
}  // namespace verbatim::faults
