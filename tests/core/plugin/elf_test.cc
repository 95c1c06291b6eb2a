// SPDX-License-Identifier: Apache-2.0
// A damaged file is a message, never a crash: every truncation and many flipped bytes of a real
// one.
#include "core/plugin/elf.h"

#include <algorithm>
#include <random>

#include "gmock/gmock.h"
#include "tests/core/plugin/plugins.h"

namespace verbatim::plugin {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(Elf, ReadsWhatTheLinkerWrote) {
  const std::string bytes = BytesOf(PluginPath("good"));
  const absl::StatusOr<Elf> elf = ParseElf(bytes);
  ASSERT_TRUE(elf.ok()) << elf.status();
  EXPECT_EQ(elf->machine, HostMachine());
  EXPECT_THAT(elf->needed, Contains(StartsWith("libprotobuf.so.")));
  v1::PluginManifest manifest;
  const std::string_view section = elf->sections.at("vbmanif");
  ASSERT_TRUE(manifest.ParseFromArray(section.data(), static_cast<int>(section.size())));
  EXPECT_EQ(manifest.name(), "good");
}

TEST(Elf, APluginExportsOneName) {
  const std::string bytes = BytesOf(PluginPath("good"));
  EXPECT_THAT(ParseElf(bytes)->exported, ::testing::ElementsAre("verbatim_plugin_v1"));
}

TEST(Elf, SaysWhatAFileIsInstead) {
  EXPECT_THAT(ParseElf("").status().message(), HasSubstr("too short"));
  EXPECT_THAT(ParseElf(std::string(4096, 'x')).status().message(), HasSubstr("no ELF"));
  const std::string program = BytesOf("/proc/self/exe");
  std::string other = program.substr(0, 64);
  other[4] = 1;  // 32 bits
  EXPECT_THAT(ParseElf(other).status().message(), HasSubstr("64 bits"));
}

TEST(Elf, EveryTruncationIsRefused) {
  const std::string bytes = BytesOf(PluginPath("good"));
  std::vector<size_t> sizes;
  for (size_t size = 0; size < 4096; ++size) sizes.push_back(size);
  for (size_t size = 4096; size < bytes.size(); size += 977) sizes.push_back(size);
  sizes.push_back(bytes.size() - 1);
  for (const size_t size : sizes) {
    EXPECT_FALSE(ParseElf(std::string_view(bytes).substr(0, size)).ok()) << size << " bytes";
  }
}

TEST(Elf, FlippedBytesNeverReadBeyondTheFile) {
  const std::string whole = BytesOf(PluginPath("other_abi"));
  std::mt19937_64 random(20260101);
  for (int turn = 0; turn < 20000; ++turn) {
    // On the heap and exactly as large as it is, so that a sanitizer sees a step beyond.
    std::string bytes = whole;
    for (int flips = 0; flips < 4; ++flips) {
      const size_t end = turn % 2 == 0 ? std::min<size_t>(bytes.size(), 1024) : bytes.size();
      bytes[random() % end] = static_cast<char>(random());
    }
    bytes.shrink_to_fit();
    static_cast<void>(ParseElf(bytes));
  }
}

}  // namespace
}  // namespace verbatim::plugin
