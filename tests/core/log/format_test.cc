// SPDX-License-Identifier: Apache-2.0
// core/log/README.md is the format. Its tables give an example of every entry, byte by byte; this
// test writes that log and compares. A table stands below a line <!-- example: NAME -->.
#include <algorithm>
#include <cctype>
#include <fstream>
#include <map>
#include <sstream>

#include "core/log/annotation_runs.h"
#include "core/log/log_keys.h"
#include "core/store/keys.h"
#include "tests/core/log/log_fixture.h"
#include "verbatim_test_paths.h"

namespace verbatim::log {
namespace {

// Salts of a0 a1 a2 ...
class CountingRandom : public base::Random {
 public:
  std::string Bytes(size_t size) override {
    std::string bytes;
    for (size_t i = 0; i < size; ++i) bytes.push_back(static_cast<char>(0xa0 + i));
    return bytes;
  }
};

class FormatTest : public ::testing::Test {
 protected:
  static NewEvent Event(int number, std::string stream, const google::protobuf::Message& body) {
    NewEvent event;
    event.id = *base::FromHex("0199a1b2c3d47e0f800000000000000" + std::to_string(number));
    event.stream = std::move(stream);
    event.type = body.GetDescriptor()->full_name();
    event.actor.mutable_person()->set_handle("ana");
    event.body = EncodeBody(body).value();
    return event;
  }

  // The log that the README speaks of.
  static Unit ExampleUnit() {
    const std::string article = base::ArticleIdOfUrl("https://news.example/rain");
    const std::string stream = base::ToHex(article);
    v1::SettingChanged setting;
    setting.set_key("user.name");
    setting.set_value("Ana");
    v1::SourceCaptured source;
    source.set_article(article);
    source.set_content("Rain.");
    source.set_content_sha256(base::ToString(base::Sha256("Rain.")));
    v1::ArticleIngested ingested;
    ingested.set_article(article);
    ingested.mutable_content()->set_text("Rain.");
    ingested.mutable_content()->set_content_key(base::ToString(base::Sha256("rain")));
    ingested.mutable_content()->mutable_metadata()->set_canonical_url("https://news.example/rain");
    Unit unit;
    unit.events = {Event(1, "archive", setting), Event(2, stream, source),
                   Event(3, stream, ingested)};
    v1::AnnotationAdded added;
    added.set_annotation(base::AnnotationIdOf(*base::FromHex("0199a1b2c3d47e0f8000000000000004")));
    unit.events.push_back(Event(4, stream, added));
    unit.cursors.push_back({"rain.txt", "\x0a\x08rain.txt"});
    return unit;
  }

  void SetUp() override {
    base::FakeClock clock(1'800'000'000'000'000);
    CountingRandom random;
    LogOptions options;
    options.clock = &clock;
    options.random = &random;
    const auto log = EventLog::Create(temporary_.path(), kArchiveId, options).value();
    ASSERT_TRUE(log->Append(ExampleUnit()).ok());
    const Snapshot snapshot = log->Read().value();
    const LogDbs& dbs = snapshot.dbs();
    const std::pair<const char*, store::Db> all[] = {
        {"events", dbs.events},   {"bodies", dbs.bodies},           {"ids", dbs.ids},
        {"streams", dbs.streams}, {"annotations", dbs.annotations}, {"digests", dbs.digests},
        {"urls", dbs.urls},       {"cursors", dbs.cursors},         {"meta", dbs.meta}};
    for (const auto& [name, db] : all) {
      int number = 0;
      ASSERT_TRUE(snapshot.txn()
                      .Scan(db, "", std::nullopt,
                            [&, db_name = std::string(name)](const store::Entry& entry) {
                              const std::string at = db_name + " " + std::to_string(++number);
                              examples_[at + " key"] = entry.key;
                              examples_[at + " value"] = entry.value;
                              return true;
                            })
                      .ok());
    }
    const RunId run{1, 2};
    const AnnotationKey id = AnnotationKeyOf(Event(4, "archive", v1::SettingChanged()).id);
    const auto [part_key, part] = PartsOf(run, {{id, run.first_sequence() + 3}}).front();
    examples_["annotations key"] = part_key;
    examples_["annotations value"] = part;
    examples_["sketches key"] = store::KeyWriter().U64(3).Take();
    examples_["sketches value"] =
        SketchValue(base::ArticleIdOfUrl("https://news.example/rain"), text::Sketch({1, 2, 3}));
    examples_["tiles key"] = TileKey({1, 2});
    examples_["checkpoints key"] = store::KeyWriter().U64(4).Take();
  }

  base::TemporaryFolder temporary_;
  std::map<std::string, std::string> examples_;
};

struct Row {
  std::string from, bytes, example;
};

std::vector<std::string> Cells(const std::string& line) {
  std::vector<std::string> cells;
  std::stringstream stream(line.substr(1));
  for (std::string cell; std::getline(stream, cell, '|');) {
    const size_t begin = cell.find_first_not_of(" `");
    const size_t end = cell.find_last_not_of(" `");
    cells.push_back(begin == std::string::npos ? "" : cell.substr(begin, end - begin + 1));
  }
  return cells;
}

std::map<std::string, std::vector<Row>> Tables() {
  std::ifstream readme(std::string(VERBATIM_SOURCE_DIR) + "/core/log/README.md");
  std::map<std::string, std::vector<Row>> tables;
  const std::string marker = "<!-- example: ";
  std::string name;
  for (std::string line; std::getline(readme, line);) {
    if (line.rfind(marker, 0) == 0) {
      name = line.substr(marker.size(), line.find(" -->") - marker.size());
      tables[name];
    } else if (line.rfind("|", 0) == 0 && !name.empty()) {
      const std::vector<std::string> cells = Cells(line);
      if (cells.size() == 4 && std::isdigit(static_cast<unsigned char>(cells[0][0]))) {
        tables[name].push_back({cells[0], cells[1], cells[3]});
      }
    } else if (!line.empty()) {
      name.clear();
    }
  }
  return tables;
}

TEST_F(FormatTest, TheTablesOfTheReadmeAreWhatIsWritten) {
  const auto tables = Tables();
  EXPECT_GT(tables.size(), 15u);
  for (const auto& [name, rows] : tables) {
    ASSERT_EQ(examples_.count(name), 1u) << name;
    std::string bytes;
    for (const Row& row : rows) {
      EXPECT_EQ(row.from, std::to_string(bytes.size())) << name;
      const auto example = base::FromHex(row.example);
      ASSERT_TRUE(example) << name << ": " << row.example;
      if (row.bytes != "rest") {
        EXPECT_EQ(row.bytes, std::to_string(example->size())) << name;
      }
      bytes += *example;
    }
    EXPECT_EQ(base::ToHex(bytes), base::ToHex(examples_[name])) << name;
  }
}

TEST_F(FormatTest, EveryDatabaseHasATable) {
  const auto tables = Tables();
  for (const char* db : {"events", "bodies", "ids", "streams", "annotations", "digests", "urls",
                         "cursors", "tiles", "meta", "checkpoints", "sketches"}) {
    const auto has = [&](const auto& table) { return table.first.rfind(db, 0) == 0; };
    EXPECT_TRUE(std::any_of(tables.begin(), tables.end(), has)) << db;
  }
}

}  // namespace
}  // namespace verbatim::log
