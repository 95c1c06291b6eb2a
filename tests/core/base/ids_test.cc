// SPDX-License-Identifier: Apache-2.0
#include "core/base/ids.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <set>
#include <thread>
#include <vector>

#include "core/base/hex.h"
#include "core/base/sha256.h"

namespace verbatim::base {
namespace {

TEST(NewEventId, IsAUuidOfVersionSeven) {
  FakeClock clock(1795334400ull * 1000000);
  SeededRandom random(1);
  const std::string hex = ToHex(NewEventId(clock, random));
  ASSERT_EQ(hex.size(), 32u);
  EXPECT_EQ(hex[12], '7');
  EXPECT_NE(std::string("89ab").find(hex[16]), std::string::npos);
}

TEST(NewEventId, IncreasesThoughTheClockStandsStillOrGoesBack) {
  FakeClock clock(4102444800ull * 1000000);
  SeededRandom random(2);
  std::string last;
  for (int i = 0; i < 5000; ++i) {
    if (i == 2500) clock.Set(4102444000ull * 1000000);
    const std::string id = NewEventId(clock, random);
    EXPECT_LT(last, id);
    last = id;
  }
}

TEST(NewEventId, NeverRepeatsAcrossThreads) {
  std::vector<std::vector<std::string>> made(4);
  std::vector<std::thread> threads;
  for (auto& ids : made) {
    threads.emplace_back([&ids] {
      for (int i = 0; i < 2000; ++i) ids.push_back(NewEventId(SystemClock(), SystemRandom()));
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::set<std::string> all;
  for (const auto& ids : made) all.insert(ids.begin(), ids.end());
  EXPECT_EQ(all.size(), 8000u);
}

TEST(Sha256, AgreesWithTheStandardsExample) {
  // FIPS 180-4, example of one block.
  EXPECT_EQ(ToHex(AsView(Sha256("abc"))),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(Sha256({"a", "", "bc"}), Sha256("abc"));
  Sha256Hasher hasher;
  hasher.Update("x");
  hasher.Finish();
  hasher.Update("abc");
  EXPECT_EQ(hasher.Finish(), Sha256("abc"));
}

TEST(Ids, ArticleAndAnnotationIdsAreHalvesOfDigests) {
  EXPECT_EQ(AnnotationIdOf("abc"), ToString(Sha256("abc")).substr(0, 16));
  EXPECT_NE(ArticleIdOfUrl("x"), ArticleIdOfContent("x"));
}

// Every byte, against what printf makes of it.
TEST(Hex, IsWhatPrintfPrintsForEveryByte) {
  std::string bytes;
  std::string printed = "before";
  for (int byte = 0; byte < 256; ++byte) {
    bytes.push_back(static_cast<char>(byte));
    char digits[3];
    std::snprintf(digits, sizeof(digits), "%02x", byte);
    printed += digits;
  }
  std::string hex = "before";
  AppendHex(bytes, hex);
  EXPECT_EQ(hex, printed);
  std::string back = "kept";
  ASSERT_TRUE(AppendFromHex(std::string_view(hex).substr(6), back));
  EXPECT_EQ(back, "kept" + bytes);
}

TEST(Hex, WhatIsNoneLeavesWhatWasThere) {
  for (int c = 0; c < 256; ++c) {
    const std::string digit(1, static_cast<char>(c));
    const bool is_one = std::string_view("0123456789abcdefABCDEF").find(digit) != std::string::npos;
    for (const std::string& hex : {digit + "0", "0" + digit}) {
      std::string bytes = "kept";
      EXPECT_EQ(AppendFromHex(hex, bytes), is_one) << c;
      EXPECT_EQ(bytes.size(), is_one ? 5u : 4u) << c;
    }
  }
  std::string bytes = "kept";
  EXPECT_FALSE(AppendFromHex("012", bytes));
  EXPECT_EQ(bytes, "kept");
}

// Of any length: much of it is read at once, the rest digit by digit.
TEST(Hex, OneCharacterOfAnyTextMakesItNone) {
  for (size_t length = 0; length <= 70; ++length) {
    std::string bytes;
    for (size_t i = 0; i < length; ++i) bytes.push_back(static_cast<char>(i * 37 + length));
    const std::string hex = ToHex(bytes);
    ASSERT_EQ(FromHex(hex), bytes) << hex;
    for (size_t i = 0; i < hex.size(); ++i) {
      for (const char odd : {'/', ':', '@', 'G', '`', 'g', '\x80', '\0'}) {
        std::string other = hex;
        other[i] = odd;
        ASSERT_FALSE(FromHex(other).has_value()) << i << " of " << hex;
      }
    }
  }
}

TEST(Hex, GoesThereAndBack) {
  const std::string bytes("\x00\x7f\xff", 3);
  EXPECT_EQ(ToHex(bytes), "007fff");
  EXPECT_EQ(FromHex("007fFF").value(), bytes);
  EXPECT_FALSE(FromHex("07f").has_value());
  EXPECT_FALSE(FromHex("zz").has_value());
  EXPECT_TRUE(IsHex("a91f"));
  EXPECT_FALSE(IsHex(""));
  EXPECT_FALSE(IsHex("a91g"));
}

// Each step gives another number until all were given: a lost step would give one twice.
TEST(SeededRandom, ThreadsNeverDrawTheSame) {
  SeededRandom random(1);
  constexpr size_t kDraws = 20'000;
  std::vector<std::vector<std::string>> drawn(2);
  std::vector<std::thread> threads;
  for (auto& own : drawn) {
    threads.emplace_back([&random, &own] {
      for (size_t i = 0; i < kDraws; ++i) own.push_back(random.Bytes(8));
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::set<std::string> all;
  for (const auto& own : drawn) all.insert(own.begin(), own.end());
  EXPECT_EQ(all.size(), 2 * kDraws);
}

}  // namespace
}  // namespace verbatim::base
