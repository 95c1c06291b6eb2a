// SPDX-License-Identifier: Apache-2.0
#include "core/ingest/text_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/core/ingest/gzip.h"

namespace verbatim::ingest {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string Refusal(std::string_view bytes) { return std::string(CheckPlainText(bytes).message()); }

TEST(CheckPlainText, RefusesWhatIsNoText) {
  EXPECT_THAT(Refusal(""), StartsWith("empty"));
  EXPECT_THAT(Refusal(" \n\t\r\n"), StartsWith("empty"));
  EXPECT_THAT(Refusal(std::string("ELF\0\1\2", 6)), StartsWith("binary: a NUL at byte 3"));
  EXPECT_THAT(Refusal("\x01\x02\x03 text"), StartsWith("binary"));
  EXPECT_THAT(Refusal("The caf\xE9 is open."), StartsWith("invalid-utf8 at byte 7"));
  EXPECT_THAT(Refusal("cut off \xC3"), StartsWith("invalid-utf8 at byte 8"));
}

TEST(Expand, LeavesPlainBytesAlone) { EXPECT_EQ(Expand("plain").value(), "plain"); }

TEST(Expand, ReadsOneMemberAndSeveral) {
  EXPECT_EQ(Expand(Gzip("one ")).value(), "one ");
  EXPECT_EQ(Expand(Gzip("one ") + Gzip("two")).value(), "one two");
}

TEST(Expand, NamesTheOffsetOfDamage) {
  std::string packed = Gzip(std::string(5000, 'a') + "the end");
  EXPECT_THAT(std::string(Expand(packed.substr(0, packed.size() - 6)).status().message()),
              StartsWith("truncated-gzip at byte"));
  packed[packed.size() / 2] = static_cast<char>(packed[packed.size() / 2] ^ 0x55);
  EXPECT_FALSE(Expand(packed).ok());
  EXPECT_THAT(std::string(Expand(Gzip("one") + "garbage").status().message()),
              HasSubstr("damaged-gzip"));
}

}  // namespace
}  // namespace verbatim::ingest
