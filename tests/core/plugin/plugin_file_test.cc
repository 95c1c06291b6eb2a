// SPDX-License-Identifier: Apache-2.0
// The checks, in their order, each with a file that fails it; and loading what was checked.
#include "core/plugin/plugin_file.h"

#include <elf.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

#include "core/base/files.h"
#include "core/base/hex.h"
#include "core/base/sha256.h"
#include "core/plugin/elf.h"
#include "core/plugin/loader.h"
#include "gmock/gmock.h"
#include "tests/core/plugin/plugins.h"

namespace verbatim::plugin {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class PluginFiles : public ::testing::Test {
 protected:
  // A copy of good.so that a test may harm.
  fs::path Copy(const std::string& plugin = "good") {
    fs::path path = folder_.path() / (plugin + ".so");
    fs::copy_file(PluginPath(plugin), path);
    chmod(path.c_str(), 0644);
    return path;
  }

  fs::path Written(const std::string& bytes) {
    fs::path path = folder_.path() / "written.so";
    EXPECT_TRUE(base::WriteFileAtomically(path, bytes).ok());
    return path;
  }

  // The message of the only check that fails.
  static std::string Failure(const fs::path& path, const std::string& name,
                             const Trust& trust = {}) {
    const Inspection inspection = Inspect(path, trust);
    EXPECT_FALSE(inspection.ok());
    std::string message;
    for (const Check& check : inspection.checks) {
      if (check.outcome != Check::Outcome::kFailed) continue;
      EXPECT_EQ(check.name, name) << check.message;
      message = check.message;
    }
    EXPECT_EQ(inspection.status().message(), message);
    return message;
  }

  base::TemporaryFolder folder_{"plugin"};
};

TEST_F(PluginFiles, AGoodOnePassesEveryCheckInOrder) {
  const Inspection inspection = Inspect(PluginPath("good"));
  std::vector<std::string> names;
  for (const Check& check : inspection.checks) {
    names.push_back(check.name);
    EXPECT_EQ(check.outcome, Check::Outcome::kPassed) << check.name << ": " << check.message;
  }
  EXPECT_THAT(names, ElementsAre("file", "owner", "folder", "pin", "machine", "abi", "manifest",
                                 "protobuf"));
  ASSERT_TRUE(inspection.ok());
  EXPECT_EQ(inspection.file->manifest.name(), "good");
  EXPECT_EQ(inspection.file->manifest.version(), "1.2.0");
  EXPECT_EQ(inspection.file->sha256, base::ToString(base::Sha256(BytesOf(PluginPath("good")))));
}

TEST_F(PluginFiles, FileMustBeARegularOne) {
  EXPECT_THAT(Failure(folder_.path() / "none.so", "file"), HasSubstr("No such file"));
  EXPECT_THAT(Failure(folder_.path(), "file"), HasSubstr("no regular file"));
  const fs::path pipe = folder_.path() / "pipe.so";
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_THAT(Failure(pipe, "file"), HasSubstr("no regular file"));
}

TEST_F(PluginFiles, NobodyElseMayWriteIt) {
  const fs::path path = Copy();
  chmod(path.c_str(), 0664);
  EXPECT_THAT(Failure(path, "owner"), HasSubstr("0664"));
  EXPECT_THAT(Failure(path, "owner"), HasSubstr("chmod go-w"));
}

TEST_F(PluginFiles, FolderMustBeAllowed) {
  const fs::path path = Copy();
  EXPECT_TRUE(Inspect(path, {.folders = {"/usr", folder_.path()}}).ok());
  EXPECT_THAT(Failure(path, "folder", {.folders = {"/usr/lib"}}), HasSubstr("/usr/lib"));
  // A name that only begins like an allowed folder's is another folder.
  const fs::path sibling = folder_.path() / "allow";
  fs::create_directory(sibling);
  fs::create_directory(folder_.path() / "allowed");
  fs::copy_file(path, folder_.path() / "allowed/good.so");
  chmod((folder_.path() / "allowed/good.so").c_str(), 0644);
  Failure(folder_.path() / "allowed/good.so", "folder", {.folders = {sibling}});
}

TEST_F(PluginFiles, ALinkIsWhereItLeads) {
  const fs::path path = Copy();
  const fs::path allowed = folder_.path() / "allowed";
  fs::create_directory(allowed);
  fs::create_symlink(path, allowed / "good.so");
  Failure(allowed / "good.so", "folder", {.folders = {allowed}});
}

TEST_F(PluginFiles, PinMustMatchAndBothDigestsAreNamed) {
  const fs::path path = Copy();
  const std::string sha256 = Plugin("good").sha256;
  EXPECT_TRUE(Inspect(path, {.pinned_sha256 = sha256}).ok());
  const std::string other(32, '\x11');
  const std::string message = Failure(path, "pin", {.pinned_sha256 = other});
  EXPECT_THAT(message, HasSubstr(base::ToHex(sha256)));
  EXPECT_THAT(message, HasSubstr(base::ToHex(other)));
}

TEST_F(PluginFiles, MachineMustBeThisOne) {
  std::string bytes = BytesOf(PluginPath("good"));
  const uint16_t other = HostMachine() == EM_AARCH64 ? EM_X86_64 : EM_AARCH64;
  bytes[18] = static_cast<char>(other & 0xFF);
  bytes[19] = static_cast<char>(other >> 8);
  EXPECT_THAT(Failure(Written(bytes), "machine"), HasSubstr("this verbatim runs on"));
}

TEST_F(PluginFiles, PartsOfAFileAndOtherFilesAreNotLoaded) {
  const std::string bytes = BytesOf(PluginPath("good"));
  EXPECT_THAT(Failure(Written(bytes.substr(0, bytes.size() / 2)), "machine"),
              HasSubstr("not whole"));
  EXPECT_THAT(Failure(Written("#!/bin/sh\n"), "machine"), HasSubstr("no ELF file"));
  EXPECT_THAT(Failure(Written(""), "machine"), HasSubstr("no ELF file"));
}

TEST_F(PluginFiles, AbiMustBeSpoken) {
  const Inspection inspection = Inspect(PluginPath("other_abi"));
  EXPECT_THAT(std::string(inspection.status().message()),
              HasSubstr("speaks ABI 2, this verbatim speaks 1"));
  const auto library = fs::canonical("/lib/x86_64-linux-gnu/libz.so.1");
  EXPECT_THAT(std::string(Inspect(library).status().message()), HasSubstr("no verbatim plugin"));
}

TEST_F(PluginFiles, ManifestMustHold) {
  EXPECT_THAT(Failure(PluginPath("bad_manifest"), "manifest"), HasSubstr("shouts.v1.Whisper"));
  std::string bytes = BytesOf(PluginPath("good"));
  const size_t at = bytes.find("\x0A\x04good\x12\x05");
  ASSERT_NE(at, std::string::npos);
  bytes.replace(at, 2, "\xFF\xFF");
  EXPECT_THAT(Failure(Written(bytes), "manifest"), HasSubstr("does not parse"));
}

TEST_F(PluginFiles, ProtobufMustBeTheSame) {
  std::string bytes = BytesOf(PluginPath("good"));
  const size_t at = bytes.find("libprotobuf.so.");
  ASSERT_NE(at, std::string::npos);
  bytes[at + 15] = '9';
  const std::string message = Failure(Written(bytes), "protobuf");
  EXPECT_THAT(message, HasSubstr("linked with libprotobuf.so.9"));
  EXPECT_THAT(message, HasSubstr("runs with libprotobuf.so."));
}

// Two megabytes of empty views would be hundreds once they are parsed.
TEST_F(PluginFiles, AManifestThatIsNoPageIsNotParsed) {
  std::string bytes = BytesOf(PluginPath("good"));
  Elf64_Ehdr header;
  std::memcpy(&header, bytes.data(), sizeof(header));
  const std::string_view named = ParseElf(bytes)->sections.at(VERBATIM_MANIFEST_SECTION);
  const auto offset = static_cast<uint64_t>(named.data() - bytes.data());
  const size_t end = bytes.size();
  for (int i = 0; i < 1 << 20; ++i) bytes += std::string("\x42\0", 2);
  for (uint64_t i = 0; i < header.e_shnum; ++i) {
    Elf64_Shdr section;
    char* const at = bytes.data() + header.e_shoff + i * sizeof(section);
    std::memcpy(&section, at, sizeof(section));
    if (section.sh_offset != offset || section.sh_size != named.size()) continue;
    section.sh_offset = end;
    section.sh_size = bytes.size() - end;
    std::memcpy(at, &section, sizeof(section));
  }
  EXPECT_THAT(Failure(Written(bytes), "manifest"), HasSubstr("manifest takes 2097152 bytes"));
}

TEST_F(PluginFiles, WhatIsLoadedAreTheBytesThatWereChecked) {
  const fs::path path = Copy();
  const absl::StatusOr<PluginFile> file = ReadPlugin(path);
  ASSERT_TRUE(file.ok()) << file.status();
  // Someone overwrites the file in between.
  ASSERT_TRUE(base::WriteFileAtomically(path, "gone").ok());
  absl::StatusOr<base::Fd> sealed = SealedCopy(*file);
  ASSERT_TRUE(sealed.ok()) << sealed.status();
  EXPECT_LT(write(sealed->get(), "x", 1), 0);
  EXPECT_NE(ftruncate(sealed->get(), 0), 0);
  EXPECT_EQ(mmap(nullptr, 1, PROT_WRITE, MAP_SHARED, sealed->get(), 0), MAP_FAILED);
  const absl::StatusOr<LoadedPlugin> loaded = LoadSealed(*std::move(sealed), "good");
  ASSERT_TRUE(loaded.ok()) << loaded.status();
  EXPECT_EQ(loaded->manifest(), file->manifest.SerializeAsString());
  ASSERT_TRUE(loaded->Initialise().ok());
  EXPECT_TRUE(loaded->Annotator("shouts").ok());
  EXPECT_TRUE(loaded->View("shout_counts").ok());
  EXPECT_TRUE(absl::IsNotFound(loaded->Annotator("shout_counts").status()));
}

TEST_F(PluginFiles, TwoPluginsWithOneProtoFileNameLoadTogether) {
  for (const char* name : {"good", "moody", "good"}) {
    absl::StatusOr<base::Fd> sealed = SealedCopy(Plugin(name));
    ASSERT_TRUE(sealed.ok());
    const absl::StatusOr<LoadedPlugin> loaded = LoadSealed(*std::move(sealed), name);
    EXPECT_TRUE(loaded.ok()) << loaded.status();
  }
}

TEST_F(PluginFiles, WhatTheLinkerRefusesIsAMessage) {
  PluginFile file = Plugin("good");
  std::string bytes = *file.code;
  const size_t at = bytes.find("libprotobuf.so.");
  bytes[at] = 'X';
  file.code = std::make_shared<const std::string>(bytes);
  absl::StatusOr<base::Fd> sealed = SealedCopy(file);
  const absl::StatusOr<LoadedPlugin> loaded = LoadSealed(*std::move(sealed), "good");
  EXPECT_THAT(std::string(loaded.status().message()), HasSubstr("Xibprotobuf.so."));
}

}  // namespace
}  // namespace verbatim::plugin
