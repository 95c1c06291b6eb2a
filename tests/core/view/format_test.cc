// SPDX-License-Identifier: Apache-2.0
// The byte tables of core/view/README.md.
#include <gtest/gtest.h>

#include "core/base/hex.h"
#include "core/view/row_format.h"

namespace verbatim::view {
namespace {

std::string Hex(std::string_view bytes) { return base::ToHex(bytes); }

TEST(Format, KeysAndValuesAreAsTheReadmeSays) {
  EXPECT_EQ(Hex(RowKey(1, "ab")), "016162");
  EXPECT_EQ(Hex(RowValue(1043, "row")), "0000000000000413726f77");
  EXPECT_EQ(Hex(HistoryKey(1, std::string("a\0b", 3), 1043)), "016100ff620000fffffffffffffbec");
  EXPECT_EQ(Hex(HistoryValue("row")), "01726f77");
  EXPECT_EQ(Hex(HistoryValue(std::nullopt)), "00");
}

TEST(Format, TheDigestOfAVersionIsOfItsParts) {
  EXPECT_EQ(Hex(base::AsView(VersionDigest(1, "ab", 1043, "row"))),
            Hex(base::AsView(base::Sha256(*base::FromHex("010261620000000000000413"
                                                         "01726f77")))));
  EXPECT_EQ(Hex(base::AsView(VersionDigest(1, "ab", 1043, std::nullopt))),
            Hex(base::AsView(base::Sha256(*base::FromHex("010261620000000000000413"
                                                         "00")))));
}

TEST(Format, KeysAreReadBack) {
  const auto name = ParseHistoryKey(HistoryKey(3, std::string("\0\xff\0", 3), 7));
  ASSERT_TRUE(name);
  EXPECT_EQ(name->key, std::string("\0\xff\0", 3));
  EXPECT_EQ(name->since, 7U);
  EXPECT_FALSE(ParseHistoryKey("\x01"));
  EXPECT_FALSE(ParseHistoryKey(HistoryKey(3, "k", 7) + "x"));
  EXPECT_FALSE(ParseRowValue("short"));
  EXPECT_FALSE(ParseHistoryValue(""));
  EXPECT_FALSE(ParseHistoryValue("\x02"));
}

TEST(DigestSum, ForgetsTheOrderAndCanTakeBack) {
  const base::Digest a = base::Sha256("a");
  const base::Digest b = base::Sha256("b");
  base::Digest ones;
  ones.fill(0xFF);
  DigestSum ab;
  ab.Add(a);
  ab.Add(b);
  DigestSum ba;
  ba.Add(b);
  ba.Add(a);
  EXPECT_EQ(ab.bytes(), ba.bytes());
  ab.Subtract(a);
  EXPECT_EQ(Hex(ab.bytes()), Hex(base::AsView(b)));
  DigestSum around(std::string_view(ab.bytes()));
  around.Add(ones);  // minus one, modulo 2^256
  around.Subtract(ones);
  EXPECT_EQ(around.bytes(), ab.bytes());
  DigestSum zero;
  zero.Subtract(a);
  zero.Add(a);
  EXPECT_EQ(zero.bytes(), std::string(32, '\0'));
}

}  // namespace
}  // namespace verbatim::view
