// SPDX-License-Identifier: Apache-2.0
// An archive of this build's plugins in a temporary folder.
#ifndef VERBATIM_TESTS_CORE_ARCHIVE_FIXTURE_H_
#define VERBATIM_TESTS_CORE_ARCHIVE_FIXTURE_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "core/archive/archive.h"
#include "core/archive/ingesting.h"
#include "core/base/files.h"
#include "core/ingest/draft.h"
#include "verbatim_test_paths.h"

namespace verbatim::archive {

class ArchiveFixture : public ::testing::Test {
 protected:
  ArchiveFixture() {
    ::setenv("VERBATIM_PLUGIN_HOST", VERBATIM_BINARY_DIR "/bin/verbatim-plugin-host", 1);
    options_.builtin_plugins = VERBATIM_BINARY_DIR "/lib/verbatim/plugins";
  }

  void SetUp() override {
    auto made = Archive::Create(folder_.path() / "archive", options_);
    ASSERT_TRUE(made.ok()) << made.status();
    archive_ = *std::move(made);
  }

  std::vector<IngestResult> Ingest(const std::vector<std::pair<std::string, ingest::Given>>& texts,
                                   IngestOptions options = {}) {
    std::vector<IngestResult> results;
    Ingester ingester(*archive_, options,
                      [&](const IngestResult& result) { results.push_back(result); });
    for (const auto& [text, given] : texts) {
      EXPECT_TRUE(ingester.Add("input", ingest::DraftFromBytes(text, "input", given)).ok());
    }
    const absl::Status finished = ingester.Finish();
    EXPECT_TRUE(finished.ok()) << finished;
    return results;
  }

  uint64_t Head() const { return archive_->log().Read()->head(); }

  base::TemporaryFolder folder_;
  Options options_;
  std::unique_ptr<Archive> archive_;
};

inline constexpr char kQuoted[] =
    "Council votes to repair sea wall\n\nThe council of Selis voted on Monday to repair the old "
    "sea wall. \"We have no time to "
    "lose,\" Mayor Tove Aldren said.\n";

}  // namespace verbatim::archive

#endif  // VERBATIM_TESTS_CORE_ARCHIVE_FIXTURE_H_
