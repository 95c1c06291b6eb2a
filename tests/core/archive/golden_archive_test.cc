// SPDX-License-Identifier: Apache-2.0
// The log of an archive that the first release of format 1 wrote, kept under
// tests/data/golden-archive/. Every later program reads it, and comes to the same: root, events,
// settings, articles. Built-in views are not among it: their code may get better. What the log
// says, and the fold that all views rest on, may not.
//
// Made once, by VERBATIM_MAKE_GOLDEN_ARCHIVE=1 archive_test; not made again for the same format.
#include <fmt/format.h>
#include <zstd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "core/archive/erasing.h"
#include "core/article/load.h"
#include "core/base/hex.h"
#include "core/log/last_erasure.h"
#include "core/log/verify.h"
#include "core/merkle/hash.h"
#include "tests/core/archive/fixture.h"
#include "verbatim_test_paths.h"

namespace verbatim::archive {
namespace {
namespace fs = std::filesystem;

const fs::path kFolder = fs::path(VERBATIM_SOURCE_DIR) / "tests/data/golden-archive/format-1";

std::string ReadAll(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

std::string Hex(std::string_view bytes) { return base::ToHex(base::AsView(base::Sha256(bytes))); }

// Field by field and not as a message, to which fields may come.
std::string TextOf(const article::AnnotationState& annotation) {
  std::string text = fmt::format(
      "annotation {} {} {} human {} disputed {} added {} changed {} body {}",
      base::ToHex(annotation.id), annotation.type(), article::StatusName(annotation.status),
      annotation.human_held, annotation.disputed, annotation.added_sequence,
      annotation.changed_sequence, Hex(annotation.value->body.value()));
  for (const v1::TextSpan& span : annotation.value->anchor.spans()) {
    text += fmt::format(" [{},{}) {}", span.begin_byte(), span.end_byte(), Hex(span.exact()));
  }
  return text + "\n";
}

std::string TextOf(const article::ArticleState& state) {
  const v1::ArticleMetadata& metadata = state.metadata();
  std::string text = fmt::format("title {} outlet {} url {} published {} erased {}\n",
                                 metadata.title(), metadata.outlet(), metadata.canonical_url(),
                                 metadata.published().value(), state.erased());
  for (const article::RevisionPtr& revision : state.revisions()) {
    text += fmt::format("revision {} minor {} text {}\n", revision->number(), revision->minor(),
                        Hex(revision->text()));
  }
  for (const auto& [id, annotation] : state.annotations()) text += TextOf(*annotation);
  for (const auto& [who, run] : state.runs()) {
    text += fmt::format("run {} {} at {}\n", who.first, who.second, run.sequence);
  }
  return text;
}

// A line an event, a line an article.
std::string Digests(const log::EventLog& log) {
  const auto snapshot = log.Read();
  std::string text =
      fmt::format("archive {}\nhead {}\nroot {}\nlast_erasure {}\n", base::ToHex(log.archive_id()),
                  snapshot->head(), base::ToHex(base::AsView(*snapshot->RootAt(snapshot->head()))),
                  *log::LastErasure(*snapshot));
  for (uint64_t sequence = 1; sequence <= snapshot->head(); ++sequence) {
    const auto header = snapshot->RawHeader(sequence);
    const auto body = snapshot->Body(sequence);
    EXPECT_TRUE(header.ok() && body.ok()) << sequence << body.status();
    if (!header.ok() || !body.ok()) break;
    text += fmt::format("event {} {} {}\n", sequence, Hex(*header).substr(0, 16),
                        *body ? Hex(**body).substr(0, 16) : "erased");
  }
  const auto catalog = Catalog::Read(*snapshot);
  EXPECT_TRUE(catalog.ok()) << catalog.status();
  for (const auto& [key, value] : catalog->settings()) {
    text += fmt::format("setting {} {}\n", key, value);
  }
  for (const auto& [name, plugin] : catalog->plugins()) {
    text += fmt::format("plugin {} {} {}\n", name, plugin.pin.manifest().version(),
                        base::ToHex(plugin.pin.code_sha256()).substr(0, 16));
  }
  std::vector<std::string> articles;
  EXPECT_TRUE(snapshot
                  ->ScanArticles([&](std::string_view article, uint64_t) {
                    articles.emplace_back(article);
                    return true;
                  })
                  .ok());
  for (const std::string& article : articles) {
    const auto state = article::Load(*snapshot, article);
    EXPECT_TRUE(state.ok()) << state.status();
    text +=
        fmt::format("article {} revisions {} annotations {} fold {}\n", base::ToHex(article),
                    state->revisions().size(), state->annotations().size(), Hex(TextOf(*state)));
  }
  return text;
}

// The newest quotation, confirmed, another rejected; a setting; a corrected title; a second text;
// an article erased.
class GoldenArchive : public ArchiveFixture {
 protected:
  GoldenArchive() {
    options_.clock = &clock_;
    options_.random = &random_;
  }

  void TearDown() override { archive_.reset(); }

  void Tell() {
    const fs::path samples = fs::path(VERBATIM_SOURCE_DIR) / "tests/data/articles";
    IngestOptions options;
    options.jobs = 1;
    std::string first;
    for (const char* name :
         {"2021-04-09-kerrin-drilling.txt", "2018-05-14-harbour-dues.txt",
          "2019-03-12-strait-talks.txt", "2021-04-10-kerrin-drilling-revised.txt"}) {
      ingest::Given given;
      given.published = std::string(name).substr(0, 10);
      given.outlet = "Selis Gazette";
      if (std::string_view(name).find("kerrin") != std::string_view::npos) {
        given.url = "https://news.example/kerrin";
      }
      first = Ingest({{ReadAll(samples / name), given}}, options)[0].article;
    }
    const article::EventMaker ana = archive_->Events().As(article::PersonActor("ana"));
    const std::string stream = base::ToHex(first);
    log::Unit unit;
    const auto live = article::Load(*archive_->log().Read(), first)->Live("verbatim.v1.Quote");
    ASSERT_GE(live.size(), 2u);
    v1::AnnotationConfirmed confirmed;
    confirmed.set_annotation(live[0]->id);
    confirmed.set_reason("as printed");
    v1::AnnotationRejected rejected;
    rejected.set_annotation(live[1]->id);
    v1::ArticleMetadataCorrected corrected;
    corrected.set_article(first);
    corrected.mutable_metadata()->set_title("Drilling off Kerrin");
    corrected.add_fields("title");
    unit.events = {ana.Make(stream, confirmed).value(), ana.Make(stream, rejected).value(),
                   ana.Make(stream, corrected).value()};
    ASSERT_TRUE(archive_->log().Append(unit).ok());
    v1::SettingChanged setting;
    setting.set_key("user.name");
    setting.set_value("ana");
    ASSERT_TRUE(archive_->AppendToCatalog({ana.Make(kArchiveStream, setting).value()}).ok());
    const auto gone = archive_->log().Read()->FindArticles("", 3);
    for (const std::string& article : *gone) {
      if (article == first) continue;
      ASSERT_TRUE(
          Erase(*archive_, {0, article}, {"court-order", "District Court of Selis"}, ana).ok());
      break;
    }
  }

  base::FakeClock clock_{1'760'000'000'000'000, 1'000'003};
  base::SeededRandom random_{20251009};
};

TEST_F(GoldenArchive, IsMadeOnce) {
  if (std::getenv("VERBATIM_MAKE_GOLDEN_ARCHIVE") == nullptr) {
    GTEST_SKIP() << "VERBATIM_MAKE_GOLDEN_ARCHIVE=1 makes it, for a new format";
  }
  ASSERT_FALSE(fs::exists(kFolder)) << "it is there, and stays as it is";
  Tell();
  const fs::path copy = folder_.path() / "copy";
  ASSERT_TRUE(archive_->log().env().CopyCompact(copy).ok());
  const std::string bytes = ReadAll(copy / "data.mdb");
  std::string packed(ZSTD_compressBound(bytes.size()), '\0');
  packed.resize(ZSTD_compress(packed.data(), packed.size(), bytes.data(), bytes.size(), 19));
  fs::create_directories(kFolder);
  std::ofstream(kFolder / "log.mdb.zst", std::ios::binary) << packed;
  std::ofstream(kFolder / "digests.txt") << Digests(archive_->log());
}

TEST(GoldenLog, ReplaysForEverToTheSameDigests) {
  const std::string packed = ReadAll(kFolder / "log.mdb.zst");
  const auto size = ZSTD_getFrameContentSize(packed.data(), packed.size());
  ASSERT_LT(size, size_t{1} << 30);
  std::string bytes(size, '\0');
  ASSERT_EQ(ZSTD_decompress(bytes.data(), bytes.size(), packed.data(), packed.size()), size);
  const base::TemporaryFolder folder;
  std::ofstream(folder.path() / "data.mdb", std::ios::binary) << bytes;
  // The layout of its indexes is older than the format: who may write it makes them anew.
  ASSERT_TRUE(log::EventLog::Open(folder.path(),
                                  {.clock = &base::SystemClock(), .random = &base::SystemRandom()})
                  .ok());
  const auto log = log::EventLog::Open(folder.path(), {.mode = store::Mode::kReadOnly});
  ASSERT_TRUE(log.ok()) << log.status();
  const auto report = log::Verify(**log, {});
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_TRUE(report->whole) << report->what;
  EXPECT_EQ(Digests(**log), ReadAll(kFolder / "digests.txt"));
}

}  // namespace
}  // namespace verbatim::archive
