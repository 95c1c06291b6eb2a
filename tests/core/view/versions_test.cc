// SPDX-License-Identifier: Apache-2.0
// Rows and their versions, against a naive view that keeps every version in a map.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/base/hex.h"
#include "tests/core/view/view_fixture.h"

namespace verbatim::view {
namespace {

TEST(Versions, ARowIsSeenAsItStood) {
  World world;
  world.Tell("put 0 6b 61");               // 1: k=a
  world.Tell("put 0 6b 62\nput 0 6c 78");  // 2: k=b, l=x
  world.Pass();                            // 3
  world.Tell("erase 0 6b");                // 4
  world.Tell("put 0 6b 63");               // 5: k=c
  const auto view = world.NewGeneration();
  world.Fold(*view);
  EXPECT_EQ(Rows(*view, 0, 0), "");
  EXPECT_EQ(Rows(*view, 0, 1), "k=a@1 ");
  EXPECT_EQ(Rows(*view, 0, 2), "k=b@2 l=x@2 ");
  EXPECT_EQ(Rows(*view, 0, 3), "k=b@2 l=x@2 ");
  EXPECT_EQ(Rows(*view, 0, 4), "l=x@2 ");
  EXPECT_EQ(Rows(*view), "k=c@5 l=x@2 ");

  const auto reader = view->Read().value();
  const std::vector<Version> history = reader.History(0, "k").value();
  ASSERT_EQ(history.size(), 4U);
  EXPECT_EQ(history[0].row, "c");
  EXPECT_EQ(history[1].row, std::nullopt);
  EXPECT_EQ(history[1].since, 4U);
  EXPECT_EQ(history[3].row, "a");
  EXPECT_EQ(reader.checkpoint().rows(), 2U);
  EXPECT_EQ(reader.checkpoint().table_rows(0), 2U);
  EXPECT_EQ(reader.checkpoint().versions(), 3U);
}

TEST(Versions, ChangesAreThoseThatAreLeftAtTheEnd) {
  World world;
  world.Tell("put 0 61 31\nput 0 62 31\nput 0 63 31");
  world.Tell("put 0 61 32\nput 0 64 31");
  world.Tell("put 0 61 31\nerase 0 62\nput 0 63 33");
  const auto view = world.NewGeneration();
  world.Fold(*view);
  std::string seen;
  const auto reader = view->Read().value();
  ASSERT_TRUE(reader
                  .Changes(0, 1, 3,
                           [&](const RowChange& change) {
                             seen += change.key + ":" +
                                     (change.before ? *change.before->row : "-") + ">" +
                                     (change.after ? *change.after->row : "-") + "@" +
                                     std::to_string(change.changed_at) + " ";
                             return true;
                           })
                  .ok());
  EXPECT_EQ(seen, "b:1>-@3 c:1>3@3 d:->1@2 ");
}

TEST(Versions, SeveralPutsAtOneEventLeaveOneVersionAndEqualBytesNone) {
  World world;
  world.Tell("put 0 6b 61\nput 0 6b 62\nerase 0 6b\nput 0 6b 63");
  world.Tell("put 0 6b 78\nput 0 6b 63");  // back to what it was
  world.Tell("put 0 6c 31\nerase 0 6c");   // never there
  const auto view = world.NewGeneration();
  world.Fold(*view);
  const auto reader = view->Read().value();
  EXPECT_EQ(Rows(*view), "k=c@1 ");
  EXPECT_EQ(reader.History(0, "k").value().size(), 1U);
  EXPECT_TRUE(reader.History(0, "l").value().empty());
}

TEST(Versions, ATableMayKeepNoHistory) {
  World world;
  world.Tell("put 2 6b 61");
  world.Tell("put 2 6b 62\nput 2 6c 31");
  world.Tell("erase 2 6c");
  const auto view = world.NewGeneration();
  world.Fold(*view);
  EXPECT_EQ(Rows(*view, 2), "k=b@2 ");
  EXPECT_THAT(Rows(*view, 2, 1),
              testing::HasSubstr("table latest of view script keeps no history"));
  EXPECT_EQ(view->Checkpoint().value().versions(), 0U);
  EXPECT_EQ(view->Read().value().RecomputeDigest().value(), view->Checkpoint().value().digest());
}

TEST(Versions, KeysMayHoldAnyBytes) {
  World world;
  const std::vector<std::string> keys = {"00",
                                         "0000",
                                         "0001",
                                         "00ff",
                                         "01",
                                         "61",
                                         "6100",
                                         "6101",
                                         "ff",
                                         "ff00",
                                         std::string(480, 'f')};
  for (const std::string& key : keys) world.Tell("put 0 " + key + " 61");
  for (const std::string& key : keys) world.Tell("put 0 " + key + " 62");
  const auto view = world.NewGeneration();
  world.Fold(*view);
  for (const uint64_t as_of : {uint64_t{keys.size()}, kNow}) {
    std::vector<std::string> seen;
    const auto reader = view->Read().value();
    ASSERT_TRUE(reader
                    .Scan(0, {.as_of = as_of},
                          [&](const RowView& row) {
                            seen.push_back(base::ToHex(row.key));
                            EXPECT_EQ(row.row, as_of == kNow ? "b" : "a");
                            return true;
                          })
                    .ok());
    EXPECT_EQ(seen, keys);
  }
}

TEST(Versions, KeysAreBounded) {
  World world;
  world.Tell("put 0 " + std::string(482, 'f') + " 61");
  const auto view = world.NewGeneration();
  EXPECT_TRUE(world.Fold(*view).stalled);
  World empty_key;
  empty_key.Tell("put 0 - 61");
  const auto other = empty_key.NewGeneration();
  EXPECT_TRUE(empty_key.Fold(*other).stalled);
}

// Scripts over few keys, so that they meet: some with zero bytes, some prefixes of others.
rc::Gen<std::string> AnyKey() {
  return rc::gen::element<std::string>("00", "0000", "0001", "61", "6100", "6161", "616162", "62",
                                       "ff", "ffff");
}

rc::Gen<std::string> AnyStep() {
  using rc::gen::element;
  const auto table = element<std::string>("0", "1", "2");
  const auto row = element<std::string>("61", "62", "-", "6363");
  const auto prefix = element<std::string>("-", "00", "61", "6161", "ff");
  const auto from = element<std::string>("-", "00", "6100", "6162", "62", "ff");
  return rc::gen::apply(
      [](int kind, const std::string& t, const std::string& k, const std::string& r,
         const std::string& p, const std::string& f, const std::string& u) -> std::string {
        if (kind < 5) return "put " + t + " " + k + " " + r;
        if (kind < 7) return "erase " + t + " " + k;
        if (kind < 8) return "get " + t + " " + k + " " + u + " 7a";
        const std::string direction = r.size() == 2 ? " forward " : " backward ";
        return "scan " + t + " " + p + " " + f + direction + (kind == 8 ? "2 " : "99 ") + u + " 79";
      },
      rc::gen::inRange(0, 10), table, AnyKey(), row, prefix, from, table);
}

struct Plan {
  std::vector<std::string> scripts;
  uint64_t batch_events = 0;
  size_t batch_bytes = 0;
  bool new_instances = false;
};

void CheckAgainst(const Oracle& oracle, const Generation& view, uint64_t head) {
  const auto reader = view.Read().value();
  RC_ASSERT(base::ToHex(reader.checkpoint().digest()) == base::ToHex(oracle.Digest()));
  RC_ASSERT(reader.RecomputeDigest().value() == reader.checkpoint().digest());
  for (uint32_t table = 0; table < 3; ++table) {
    const bool versioned = view.KeepsHistory(table);
    if (reader.checkpoint().sequence() > 0) {  // else nothing was committed yet
      RC_ASSERT(reader.checkpoint().table_rows(static_cast<int>(table)) ==
                oracle.Rows(table, head).size());
    }
    for (uint64_t as_of = versioned ? 0 : head; as_of <= head; ++as_of) {
      std::map<std::string, std::pair<uint64_t, std::string>> seen;
      RC_ASSERT(reader
                    .Scan(table, {.as_of = as_of},
                          [&](const RowView& row) {
                            seen[std::string(row.key)] = {row.since, std::string(row.row)};
                            return true;
                          })
                    .ok());
      std::map<std::string, std::pair<uint64_t, std::string>> expected;
      for (const auto& [key, version] : oracle.Rows(table, as_of)) {
        expected[key] = {version.since, *version.row};
        const auto one = reader.Get(table, key, as_of).value();
        RC_ASSERT(one && one->since == version.since && one->row == version.row);
      }
      RC_ASSERT(seen == expected);
    }
  }
  for (const auto& [key, versions] : oracle.versions()) {
    const std::vector<Version> history = reader.History(key.first, key.second).value();
    RC_ASSERT(history.size() == versions.size());
    for (size_t i = 0; i < versions.size(); ++i) {
      const Version& kept = history[versions.size() - 1 - i];
      RC_ASSERT(kept.since == versions[i].since && kept.row == versions[i].row);
    }
  }
}

void CheckVersions(const Oracle& oracle, const Generation& view) {
  std::multiset<std::string> expected;
  for (const auto& [key, versions] : oracle.versions()) {
    for (const Oracle::Version& version : versions) {
      if (key.first != 0 || !version.row) continue;
      expected.insert(key.second + "=" + *version.row + "@" + std::to_string(version.since));
    }
  }
  std::multiset<std::string> seen;
  const auto visit = [&](const RowView& row) {
    seen.insert(std::string(row.key) + "=" + std::string(row.row) + "@" +
                std::to_string(row.since));
    return true;
  };
  RC_ASSERT(view.Read()->Versions(0, visit).ok());
  RC_ASSERT(seen == expected);
}

void CheckChanges(const Oracle& oracle, const Generation& view, uint64_t from, uint64_t to) {
  const auto reader = view.Read().value();
  const auto before = oracle.Rows(0, from);
  const auto after = oracle.Rows(0, to);
  std::set<std::string> expected;
  for (const auto& [key, version] : before) {
    if (!after.contains(key) || after.at(key).row != version.row) expected.insert(key);
  }
  for (const auto& [key, version] : after) {
    if (!before.contains(key)) expected.insert(key);
  }
  std::set<std::string> seen;
  RC_ASSERT(reader
                .Changes(0, from, to,
                         [&](const RowChange& change) {
                           seen.insert(change.key);
                           RC_ASSERT(change.before.has_value() == before.contains(change.key));
                           RC_ASSERT(change.after.has_value() == after.contains(change.key));
                           RC_ASSERT(change.changed_at > from && change.changed_at <= to);
                           return true;
                         })
                .ok());
  RC_ASSERT(seen == expected);
}

// Whatever the batches, instances and pauses: the rows, their versions and the digest are those of
// the naive fold.
RC_GTEST_PROP(Versions, AgreeWithTheNaiveView, ()) {
  World world;
  Oracle oracle;
  const auto scripts = *rc::gen::container<std::vector<std::vector<std::string>>>(
      rc::gen::resize(6, rc::gen::container<std::vector<std::string>>(AnyStep())));
  std::vector<log::NewEvent> events;
  for (const auto& steps : scripts) {
    std::string script;
    for (const std::string& step : steps) script += step + "\n";
    events.push_back(world.Script(script));
    oracle.Apply(events.size(), script);
  }
  if (!events.empty()) world.Append(std::move(events));
  const uint64_t head = scripts.size();
  const auto whole = world.NewGeneration("whole");
  world.Fold(*whole);

  const auto pieces = world.NewGeneration("pieces");
  FoldOptions options;
  options.batch_events_max = *rc::gen::inRange<uint64_t>(1, 6);
  options.batch_bytes_max = *rc::gen::element<size_t>(1, 400, 100'000);
  options.new_instance_every_event = *rc::gen::arbitrary<bool>();
  const uint64_t pause = *rc::gen::inRange<uint64_t>(0, head + 1);
  world.Fold(*pieces, options, pause);
  RC_ASSERT(pieces->Checkpoint().value().sequence() == pause);
  world.Fold(*pieces, options);

  CheckAgainst(oracle, *whole, head);
  CheckAgainst(oracle, *pieces, head);
  RC_ASSERT(whole->Checkpoint().value().SerializeAsString() ==
            pieces->Checkpoint().value().SerializeAsString());
  CheckChanges(oracle, *pieces, pause, head);
  CheckVersions(oracle, *pieces);
}

}  // namespace
}  // namespace verbatim::view
