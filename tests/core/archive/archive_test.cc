// SPDX-License-Identifier: Apache-2.0
#include "core/archive/archive.h"

#include <fstream>

#include "tests/core/archive/fixture.h"

namespace verbatim::archive {
namespace {
namespace fs = std::filesystem;

using ::testing::HasSubstr;

TEST_F(ArchiveFixture, IsMadeWholeWithTheBuiltInPluginsPinned) {
  EXPECT_EQ(archive_->catalog().plugins().size(), 4u);
  EXPECT_THAT(archive_->catalog().ViewNames(),
              ::testing::IsSupersetOf({"quotes", "statements", "timeline"}));
  EXPECT_TRUE(archive_->catalog().registered_types().contains("verbatim.v1.Quote"));
  size_t beside = 0;
  for (const auto& entry : fs::directory_iterator(folder_.path())) beside += entry.exists();
  EXPECT_EQ(beside, 1u) << "nothing half-made may be left beside the archive";
}

TEST_F(ArchiveFixture, IsNotMadeOverSomethingElse) {
  EXPECT_TRUE(
      absl::IsAlreadyExists(Archive::Create(folder_.path() / "archive", options_).status()));
  fs::create_directory(folder_.path() / "empty");
  EXPECT_TRUE(Archive::Create(folder_.path() / "empty", options_).ok());
}

TEST_F(ArchiveFixture, AFailedCreationLeavesNothing) {
  Options wrong = options_;
  wrong.builtin_plugins = folder_.path() / "nowhere";
  EXPECT_FALSE(Archive::Create(folder_.path() / "other", wrong).ok());
  EXPECT_FALSE(fs::exists(folder_.path() / "other"));
  size_t beside = 0;
  for (const auto& entry : fs::directory_iterator(folder_.path())) beside += entry.exists();
  EXPECT_EQ(beside, 1u);
}

// An archive whose maker knew only some of the types of today.
TEST_F(ArchiveFixture, TypesThatCameSinceAreRegisteredWhereItMayBeWritten) {
  const fs::path folder = folder_.path() / "older";
  fs::create_directories(folder / "views");
  const std::string id(base::kIdBytes, 'o');
  {
    const auto log = log::EventLog::Create(folder / "log", id,
                                           {.clock = options_.clock, .random = options_.random});
    ASSERT_TRUE(log.ok()) << log.status();
    v1::ArchiveCreated created;
    created.set_archive_id(id);
    v1::SchemaRegistered schemas;
    schemas.add_types("verbatim.v1.ArchiveCreated");
    schemas.add_types("verbatim.v1.SchemaRegistered");
    schemas.set_descriptors(
        archive_->registry().DescriptorsFor({"verbatim.v1.ArchiveCreated"}).value());
    const article::EventMaker maker = archive_->Events();
    log::Unit unit;
    unit.events = {maker.Make(kArchiveStream, created).value(),
                   maker.Make(kArchiveStream, schemas).value()};
    ASSERT_TRUE((*log)->Append(std::move(unit)).ok());
  }
  fs::copy_file(archive_->layout().marker(), Layout(folder).marker());

  {
    const auto read = Archive::Open(folder, options_);
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_EQ((*read)->log().Read()->head(), 2u) << "a reader writes nothing";
    EXPECT_FALSE((*read)->catalog().registered_types().contains("verbatim.v1.Note"));
  }
  Options writing = options_;
  writing.access = Access::kWrite;
  for (int time = 0; time < 2; ++time) {
    const auto written = Archive::Open(folder, writing);
    ASSERT_TRUE(written.ok()) << written.status();
    EXPECT_EQ((*written)->log().Read()->head(), 3u) << "once, and not at every opening";
    EXPECT_EQ((*written)->catalog().registered_types(), archive_->catalog().registered_types());
    const std::string& schemas = (*written)->catalog().schemas().back();
    schema::Registry alone;
    const auto types = alone.Add(schemas);
    ASSERT_TRUE(types.ok()) << types.status();
    EXPECT_NE((*types)->Find("verbatim.v1.Note"), nullptr);
  }
}

TEST_F(ArchiveFixture, WhatIsNoArchiveSaysSo) {
  const auto missing = Archive::Open(folder_.path() / "missing", options_);
  EXPECT_TRUE(absl::IsNotFound(missing.status()));
  EXPECT_THAT(std::string(missing.status().message()), HasSubstr("verbatim init -C"));
  EXPECT_TRUE(absl::IsNotFound(Archive::Open(folder_.path(), options_).status()));
  fs::create_directory(folder_.path() / "later");
  std::ofstream(folder_.path() / "later/verbatim") << "verbatim archive, format 9\n";
  const auto later = Archive::Open(folder_.path() / "later", options_);
  EXPECT_TRUE(absl::IsFailedPrecondition(later.status()));
  EXPECT_THAT(std::string(later.status().message()), HasSubstr("format 9"));
}

}  // namespace
}  // namespace verbatim::archive
