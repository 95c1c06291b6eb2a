// SPDX-License-Identifier: Apache-2.0
// An archive with an article that is to be erased, and how to look for what is left of it.
#ifndef VERBATIM_TESTS_CORE_ARCHIVE_ERASING_FIXTURE_H_
#define VERBATIM_TESTS_CORE_ARCHIVE_ERASING_FIXTURE_H_

#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>

#include "core/archive/erasing.h"
#include "core/archive/views.h"
#include "core/log/verify.h"
#include "tests/core/archive/fixture.h"

namespace verbatim::archive {

// Words that stand nowhere else.
inline constexpr char kPrivate[] =
    "Ferry accident at Selis\n\n\"I never saw the buoy,\" Captain Quillon Aberforth said on "
    "Tuesday. The harbour master of Selis asked for a report by 3 May 2021.\n";

// Of every file below the folder.
inline std::string AllBytes(const std::filesystem::path& folder) {
  std::string all;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    all += bytes.str();
  }
  return all;
}

class ErasingTest : public ArchiveFixture {
 protected:
  const ErasureReason kReason = {"court-order", "District Court of Selis"};

  std::string IngestPrivate() {
    ingest::Given given;
    given.url = "https://news.example/aberforth";
    return Ingest({{kPrivate, given}}).at(0).article;
  }
  Erased EraseIt(const ErasureTarget& target) {
    auto erased = Erase(*archive_, target, kReason, archive_->Events());
    EXPECT_TRUE(erased.ok()) << erased.status();
    return *erased;
  }
  uint64_t FirstOf(std::string_view type, uint64_t after = 0) {
    uint64_t found = 0;
    const auto snapshot = archive_->log().Read();
    EXPECT_TRUE(snapshot
                    ->ScanHeaders(after + 1, snapshot->head(),
                                  [&](uint64_t sequence, const log::HeaderView& header) {
                                    if (header.type != type) return true;
                                    found = sequence;
                                    return false;
                                  })
                    .ok());
    return found;
  }
  void ReopenArchive() {
    archive_.reset();
    Options options = options_;
    options.access = Access::kWrite;
    auto opened = Archive::Open(folder_.path() / "archive", options);
    ASSERT_TRUE(opened.ok()) << opened.status();
    archive_ = *std::move(opened);
  }
  uint64_t RowsOf(std::string_view view) {
    const auto opened = Views(*archive_).Open(view);
    EXPECT_TRUE(opened.ok()) << opened.status();
    return opened.ok() ? opened->generation->Checkpoint()->rows() : 0;
  }
  void BuildViews() {
    for (const std::string& name : archive_->catalog().ViewNames()) RowsOf(name);
  }
  // The capture of that article that holds the bytes.
  std::optional<uint64_t> SourceOf(std::string_view digest, std::string_view article) {
    const auto snapshot = archive_->log().Read();
    std::optional<uint64_t> found;
    for (uint64_t sequence = 1; sequence <= snapshot->head(); ++sequence) {
      v1::SourceCaptured capture;
      const auto body = snapshot->Body(sequence).value();
      if (snapshot->View(sequence)->type != "verbatim.v1.SourceCaptured" || !body) continue;
      EXPECT_TRUE(capture.ParseFromString(*body));
      const bool holds = capture.content_sha256() == digest && !capture.content().empty();
      if (holds && capture.article() == article) found = sequence;
    }
    return found;
  }
  std::string BodiesText() {
    std::string all;
    const auto snapshot = archive_->log().Read();
    for (uint64_t sequence = 1; sequence <= snapshot->head(); ++sequence) {
      all += snapshot->Body(sequence)->value_or("");
    }
    return all;
  }
  void ExpectVerified() {
    const auto report = log::Verify(archive_->log(), {});
    ASSERT_TRUE(report.ok()) << report.status();
    EXPECT_TRUE(report->whole) << report->what;
  }
};

}  // namespace verbatim::archive

#endif  // VERBATIM_TESTS_CORE_ARCHIVE_ERASING_FIXTURE_H_
