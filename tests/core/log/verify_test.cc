// SPDX-License-Identifier: Apache-2.0
// Verify: silent on a whole log, and never on a damaged one, whatever the damage.
#include "core/log/verify.h"

#include <fstream>
#include <functional>
#include <random>

#include "core/log/log_keys.h"
#include "core/log/rebuild.h"
#include "core/store/keys.h"
#include "tests/core/log/log_fixture.h"

namespace verbatim::log {
namespace {

using ::testing::HasSubstr;

// All that a reader can get out of a log's file; empty when it cannot be opened.
std::string Dump(const std::filesystem::path& folder) {
  std::string all;
  const auto env = store::Env::Open(folder, {.mode = store::Mode::kReadOnly});
  if (!env.ok() || !(*env)->CheckPages(store::PageDepth::kAll).ok()) return all;
  const auto dbs = LogDbs::Open(**env);
  if (!dbs.ok()) return all;
  const auto txn = (*env)->BeginRead().value();
  for (const store::Db db :
       {dbs->events, dbs->bodies, dbs->ids, dbs->streams, dbs->annotations, dbs->digests, dbs->urls,
        dbs->cursors, dbs->tiles, dbs->meta, dbs->checkpoints}) {
    EXPECT_TRUE(txn.Scan(db, "", std::nullopt,
                         [&](const store::Entry& entry) {
                           all.append(entry.key).append("=").append(entry.value).append("\n");
                           return true;
                         })
                    .ok());
    all.append("--\n");
  }
  return all;
}

class VerifyTest : public LogTest {
 protected:
  // Articles with revisions, sources, annotations, settings; an erasure and a cursor among them.
  void FillLog(int articles) {
    v1::ArchiveCreated created;
    created.set_archive_id(kArchiveId);
    created.set_format(kFormat);
    ASSERT_TRUE(Append(Event("archive", created)).ok());
    for (int i = 0; i < articles; ++i) {
      const std::string name = "article " + std::to_string(i);
      std::string text = name + std::string(static_cast<size_t>(i % 7) * 700, 'x');
      for (int word = 0; word < 60 * (i % 2 == 0); ++word) text += " w" + std::to_string(i * word);
      const std::string url = "https://news.example/" + std::to_string(i / 2);
      std::vector<NewEvent> events;
      events.push_back(Captured(name, "<p>" + text));
      events.push_back(Ingested(name, text, url));
      for (int j = 0; j < 5; ++j) events.push_back(Added(name, "x"));
      events.push_back(Revised(name, 1, text + " revised", url));
      Unit unit = UnitOf(std::move(events));
      unit.cursors.push_back({"feed", std::to_string(i)});
      ASSERT_TRUE(log_->Append(std::move(unit)).ok());
    }
    v1::ContentErased body;
    Unit unit;
    for (uint64_t sequence = 2; sequence <= 9; ++sequence) {
      body.add_erased(sequence);
      unit.erase.push_back(sequence);
    }
    unit.events.push_back(Event("archive", body));
    ASSERT_TRUE(log_->Append(std::move(unit)).ok());
  }

  VerifyReport Check(VerifyLevel level, uint64_t since = 1) {
    VerifyOptions options;
    options.level = level;
    options.since = since;
    const auto report = Verify(*log_, options);
    EXPECT_TRUE(report.ok()) << report.status();
    return *report;
  }

  // Changes the databases behind the log's back.
  void Tamper(const std::function<void(store::WriteTxn&, const LogDbs&)>& change) {
    const LogDbs dbs = LogDbs::Open(log_->env()).value();
    store::WriteTxn txn = log_->env().BeginWrite().value();
    change(txn, dbs);
    ASSERT_TRUE(txn.Commit().ok());
  }

  static void Flip(store::WriteTxn& txn, store::Db db, std::string_view key, size_t byte) {
    std::string value(txn.Get(db, key).value());
    value[byte] = static_cast<char>(value[byte] ^ 0x10);
    ASSERT_TRUE(txn.Put(db, key, value).ok());
  }
};

TEST_F(VerifyTest, AWholeLogIsWholeAtEveryLevel) {
  for (const VerifyLevel level : {VerifyLevel::kQuick, VerifyLevel::kTree, VerifyLevel::kFull}) {
    EXPECT_TRUE(Check(level).whole);
  }
  FillLog(100);
  const uint64_t head = Head();
  for (const VerifyLevel level : {VerifyLevel::kQuick, VerifyLevel::kTree, VerifyLevel::kFull}) {
    const VerifyReport report = Check(level);
    EXPECT_TRUE(report.whole) << report.first_bad_sequence << report.what;
    EXPECT_EQ(report.root, base::ToString(log_->Read()->RootAt(head).value()));
  }
  const VerifyReport full = Check(VerifyLevel::kFull);
  EXPECT_EQ(full.events, head);
  EXPECT_EQ(full.erased, 8u);
  EXPECT_EQ(full.bodies, head - 8);
  EXPECT_LT(Check(VerifyLevel::kQuick).events, 256u);
  const VerifyReport since = Check(VerifyLevel::kFull, head - 10);
  EXPECT_TRUE(since.whole) << since.what;
  EXPECT_LT(since.events, 300u);
}

TEST_F(VerifyTest, AnAlteredHeaderIsNamed) {
  FillLog(100);
  for (const uint64_t sequence : {3U, 300U, 512U}) {
    Tamper([&](store::WriteTxn& txn, const LogDbs& dbs) {
      // The actor's name: nothing but the tree vouches for it.
      const store::U64Key key(sequence);
      std::string header(txn.Get(dbs.events, key.view()).value());
      const size_t at = header.find("0.1.0");
      header[at] = '9';
      ASSERT_TRUE(txn.Put(dbs.events, key.view(), header).ok());
    });
    for (const VerifyLevel level : {VerifyLevel::kTree, VerifyLevel::kFull}) {
      const VerifyReport report = Check(level);
      EXPECT_FALSE(report.whole);
      EXPECT_EQ(report.first_bad_sequence, sequence);
      EXPECT_THAT(report.what, HasSubstr("was altered"));
      EXPECT_THAT(report.way_out, HasSubstr("backup"));
    }
    Tamper([&](store::WriteTxn& txn, const LogDbs& dbs) {
      const store::U64Key key(sequence);
      std::string header(txn.Get(dbs.events, key.view()).value());
      header[header.find("9.1.0")] = '0';
      ASSERT_TRUE(txn.Put(dbs.events, key.view(), header).ok());
    });
  }
}

TEST_F(VerifyTest, AnAlteredHeaderRightOfTheLastTileIsFoundQuickly) {
  FillLog(100);
  const uint64_t head = Head();
  Tamper([&](store::WriteTxn& txn, const LogDbs& dbs) {
    Flip(txn, dbs.events, store::U64Key(head).view(), 100);
  });
  EXPECT_FALSE(Check(VerifyLevel::kQuick).whole);
}

TEST_F(VerifyTest, EveryIndexIsComparedBothWays) {
  FillLog(60);
  const auto expect_seen = [&](std::string_view name, auto change, bool tree_sees_it) {
    Tamper(change);
    const VerifyReport report = Check(VerifyLevel::kFull);
    EXPECT_FALSE(report.whole) << name;
    EXPECT_THAT(report.what, HasSubstr(std::string(name)));
    EXPECT_EQ(Check(VerifyLevel::kTree).whole, !tree_sees_it) << name;
    Tamper(change);  // a flip undoes itself
    EXPECT_TRUE(Check(VerifyLevel::kFull).whole) << name;
  };
  const std::string id(log_->Read()->View(20)->event_id);
  const std::string digest_key = ContentKey("article 7").substr(0, 16) + Article("article 7");
  expect_seen(
      "ids", [&](auto& txn, auto& dbs) { Flip(txn, dbs.ids, id, 7); }, true);
  expect_seen(
      "streams",
      [&](auto& txn, auto& dbs) {
        Flip(txn, dbs.streams, StreamVersionKey(StreamKey(StreamOf("article 9")), 2), 7);
      },
      true);
  expect_seen(
      "annotations",
      [&](auto& txn, auto& dbs) {
        std::string part;
        ASSERT_TRUE(txn.Scan(dbs.annotations, "", std::nullopt,
                             [&](const store::Entry& entry) {
                               part = entry.key;
                               return false;
                             })
                        .ok());
        Flip(txn, dbs.annotations, part, 7);
      },
      true);
  expect_seen(
      "digests", [&](auto& txn, auto& dbs) { Flip(txn, dbs.digests, digest_key, 4); }, false);
  expect_seen(
      "urls",
      [&](auto& txn, auto& dbs) { Flip(txn, dbs.urls, ShortDigest("https://news.example/7"), 20); },
      false);
  expect_seen(
      "sketches",
      [&](auto& txn, auto& dbs) {
        std::string first;
        const auto take = [&](const store::Entry& entry) {
          first = entry.key;
          return false;
        };
        ASSERT_TRUE(txn.Scan(dbs.sketches, "", std::nullopt, take).ok());
        Flip(txn, dbs.sketches, first, 30);
      },
      false);
  expect_seen(
      "cursors", [&](auto& txn, auto& dbs) { Flip(txn, dbs.cursors, ShortDigest("feed"), 9); },
      false);
  expect_seen(
      "meta", [&](auto& txn, auto& dbs) { Flip(txn, dbs.meta, kMetaArchive, 3); }, false);
  expect_seen(
      "tile",
      [&](auto& txn, auto& dbs) {
        Flip(txn, dbs.tiles, TileKey({0, 0}), 5000);
      },
      true);
  expect_seen(
      "body", [&](auto& txn, auto& dbs) { Flip(txn, dbs.bodies, store::U64Key(21).view(), 40); },
      false);
}

TEST_F(VerifyTest, EntriesThatNoEventAskedForAreSeen) {
  FillLog(20);
  const auto expect_seen = [&](auto db, const std::string& key, const std::string& value) {
    Tamper([&](store::WriteTxn& txn, const LogDbs& dbs) {
      ASSERT_TRUE(txn.Put(dbs.*db, key, value).ok());
    });
    EXPECT_FALSE(Check(VerifyLevel::kFull).whole);
    Tamper([&](store::WriteTxn& txn, const LogDbs& dbs) {
      ASSERT_TRUE(txn.Delete(dbs.*db, key).value());
    });
    EXPECT_TRUE(Check(VerifyLevel::kFull).whole);
  };
  const std::string id(16, 'i');
  const std::string sequence(store::U64Key(3).view());
  expect_seen(&LogDbs::ids, id, sequence);
  expect_seen(&LogDbs::annotations, id, sequence);
  expect_seen(&LogDbs::urls, id, id);
  expect_seen(&LogDbs::digests, id + id, std::string("c\0\0\0\0", 5));
  expect_seen(&LogDbs::sketches, sequence, SketchValue(id, text::Sketch({1, 2, 3})));
  expect_seen(&LogDbs::streams, "\x01" + id + std::string(4, '\0'), sequence);
  expect_seen(&LogDbs::bodies, std::string(store::U64Key(100'000).view()), "x");
}

TEST_F(VerifyTest, ABodyThatIsGoneWithoutAnErasureIsSeen) {
  FillLog(20);
  Tamper([](store::WriteTxn& txn, const LogDbs& dbs) {
    ASSERT_TRUE(txn.Delete(dbs.bodies, store::U64Key(30).view()).value());
  });
  const VerifyReport report = Check(VerifyLevel::kFull);
  EXPECT_FALSE(report.whole);
  EXPECT_EQ(report.first_bad_sequence, 30u);
}

TEST_F(VerifyTest, IndexesAreMadeAgainAsTheyWere) {
  FillLog(60);
  log_.reset();
  const std::string whole = Dump(folder());
  Reopen();
  Tamper([](store::WriteTxn& txn, const LogDbs& dbs) {
    for (const store::Db db :
         {dbs.ids, dbs.streams, dbs.annotations, dbs.digests, dbs.urls, dbs.sketches, dbs.tiles}) {
      ASSERT_TRUE(txn.Clear(db).ok());
    }
  });
  EXPECT_FALSE(Check(VerifyLevel::kFull).whole);
  ASSERT_TRUE(RebuildIndexes(*log_).ok());
  EXPECT_TRUE(Check(VerifyLevel::kFull).whole);
  log_.reset();
  EXPECT_EQ(Dump(folder()), whole);
  Reopen();
  ASSERT_TRUE(Append(Setting("after", "1")).ok());
  EXPECT_TRUE(Check(VerifyLevel::kFull).whole);
}

TEST_F(VerifyTest, IndexesOfAnEarlierLayoutAreMadeAnewByOpening) {
  FillLog(60);
  Tamper([](store::WriteTxn& txn, const LogDbs& dbs) {
    ASSERT_TRUE(txn.Clear(dbs.annotations).ok());
    ASSERT_TRUE(txn.Put(dbs.annotations, std::string(16, 'a'), std::string(8, '\0')).ok());
    ASSERT_TRUE(txn.Put(dbs.meta, kMetaIndexes, store::KeyWriter().U32(1).key()).ok());
  });
  log_.reset();
  LogOptions reading;
  reading.mode = store::Mode::kReadOnly;
  EXPECT_TRUE(absl::IsFailedPrecondition(EventLog::Open(folder(), reading).status()));
  Reopen();
  EXPECT_TRUE(Check(VerifyLevel::kFull).whole);
  log_.reset();
  EXPECT_TRUE(EventLog::Open(folder(), reading).ok());
  Reopen();
}

TEST_F(VerifyTest, AnAlteredHeaderIsNotHiddenByNewIndexes) {
  FillLog(5);
  Tamper([](store::WriteTxn& txn, const LogDbs& dbs) {
    Flip(txn, dbs.events, store::U64Key(3).view(), 5);
  });
  EXPECT_TRUE(absl::IsDataLoss(RebuildIndexes(*log_)));
  EXPECT_FALSE(Check(VerifyLevel::kTree).whole);
}

TEST_F(VerifyTest, FlippedBitsOfTheFileAreReportsNeverCrashes) {
  FillLog(60);
  log_.reset();
  const auto path = folder() / "data.mdb";
  const std::string whole = Dump(folder());
  const auto bytes = static_cast<long>(std::filesystem::file_size(path));
  std::mt19937_64 random(20'261'122);
  LogOptions options = Options();
  options.mode = store::Mode::kReadOnly;
  int effective = 0;
  for (int i = 0; i < 400; ++i) {
    // Every fourth among the first pages, where the roots are.
    const long limit = i % 4 == 0 ? 4096 * 4 : bytes;
    const auto at = static_cast<long>(random() % static_cast<uint64_t>(limit));
    const int bit = static_cast<int>(random() % 8);
    const auto flip = [&] {
      std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
      file.seekg(at);
      const char old = static_cast<char>(file.get());
      file.seekp(at);
      file.put(static_cast<char>(old ^ (1 << bit)));
    };
    flip();
    const bool differs = Dump(folder()) != whole;
    bool reported = false;
    const auto log = EventLog::Open(folder(), options);
    if (log.ok()) {
      const auto report = Verify(**log, {});
      reported = !report.ok() || !report->whole;
      if (report.ok() && !report->whole) {
        EXPECT_FALSE(report->what.empty());
        EXPECT_FALSE(report->way_out.empty());
      }
    } else {
      reported = true;
    }
    if (differs) {
      ++effective;
      EXPECT_TRUE(reported) << "byte " << at << " bit " << bit;
    }
    flip();
  }
  EXPECT_GT(effective, 100);
}

TEST_F(VerifyTest, ACutFileIsAReportNeverACrash) {
  FillLog(60);
  log_.reset();
  const auto path = folder() / "data.mdb";
  const auto bytes = std::filesystem::file_size(path);
  const std::string whole = Dump(folder());
  const auto copy = temporary_.path() / "copy";
  LogOptions options = Options();
  options.mode = store::Mode::kReadOnly;
  for (uintmax_t size = 0; size < bytes; size += size < 20'000 ? 1'000 : 37'000) {
    std::filesystem::remove_all(copy);
    std::filesystem::create_directories(copy);
    std::filesystem::copy_file(path, copy / "data.mdb");
    std::filesystem::resize_file(copy / "data.mdb", size);
    auto log = EventLog::Open(copy, options);
    if (!log.ok()) {
      EXPECT_FALSE(log.status().message().empty());
      continue;
    }
    const auto report = Verify(**log, {});
    // The last pages may be free ones: then nothing was lost.
    const bool whole_report = report.ok() && report->whole;
    log->reset();
    EXPECT_EQ(whole_report, Dump(copy) == whole) << size;
  }
}

}  // namespace
}  // namespace verbatim::log
