// SPDX-License-Identifier: Apache-2.0
// Copies are found, whatever was cut from them or printed around them; other texts are not.
#include "verbatim/text/shingles.h"

#include <gtest/gtest.h>

#include <random>
#include <set>
#include <string>

namespace verbatim::text {
namespace {

std::string Story(unsigned seed, int words) {
  std::mt19937 random(seed);
  std::string story;
  for (int i = 0; i < words; ++i) story += "word" + std::to_string(random() % 5000) + ' ';
  return story;
}

std::size_t Shared(const SketchBands& a, const SketchBands& b) {
  std::size_t shared = 0;
  for (std::size_t i = 0; i < kSketchBands; ++i) shared += a[i] == b[i];
  return shared;
}

TEST(ShinglesTest, WordsCountAndMarksDoNot) {
  EXPECT_EQ(Shingles("The minister, he said, LEFT."), Shingles("the minister he said left"));
  EXPECT_NE(Shingles("the minister he said left"), Shingles("the minister she said left"));
  EXPECT_EQ(Shingles("one two three four").size(), 2u);
  EXPECT_TRUE(Shingles("one two").empty());
  EXPECT_TRUE(Shingles("").empty());
}

TEST(ShinglesTest, EachIdeographIsAWord) {
  EXPECT_EQ(Shingles("\xE4\xBD\xA0\xE5\xA5\xBD\xE4\xB8\x96\xE7\x95\x8C").size(), 2u);
}

TEST(ShinglesTest, ContainmentIsTheShareOfTheSmaller) {
  const std::string story = Story(1, 400);
  const auto whole = Shingles(story);
  const auto half = Shingles(story.substr(0, story.rfind(' ', story.size() / 2)));
  EXPECT_EQ(Containment(whole, whole), 1.0);
  EXPECT_EQ(Containment(whole, half), 1.0);
  EXPECT_EQ(Containment(whole, {}), 0.0);
  EXPECT_LT(Containment(whole, Shingles(Story(2, 400))), 0.02);
}

TEST(ShinglesTest, BandsAgreeAsOftenAsTheSquareOfTheLikeness) {
  const double kept = 0.5;
  double shared = 0;
  constexpr int kStories = 200;
  for (unsigned seed = 1; seed <= kStories; ++seed) {
    const std::string story = Story(seed, 300);
    const std::string cut =
        story.substr(0, static_cast<std::size_t>(kept * static_cast<double>(story.size())));
    shared += static_cast<double>(Shared(Sketch(Shingles(story)), Sketch(Shingles(cut))));
  }
  EXPECT_NEAR(shared / kStories / kSketchBands, kept * kept, 0.02);
}

TEST(ShinglesTest, OtherStoriesShareNoBand) {
  std::size_t shared = 0;
  const SketchBands one = Sketch(Shingles(Story(1, 300)));
  for (unsigned seed = 2; seed <= 200; ++seed)
    shared += Shared(one, Sketch(Shingles(Story(seed, 300))));
  EXPECT_LT(shared, 5u);
}

TEST(ShinglesTest, TheSketchOfACopyNeedsNoSortedShingles) {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    const std::string story =
        Story(seed, 400) + "\xC3\x89t\xC3\xA9 \xE4\xBD\xA0 12th;" + Story(seed, 60);
    EXPECT_EQ(CopySketch(story), Sketch(Shingles(story)));
  }
}

TEST(ShinglesTest, ATextThatSaysLittleHasNoSketchHoweverLongItIs) {
  std::string refrain;
  for (int i = 0; i < 500; ++i) refrain += "to and fro and up and down and ";
  EXPECT_LT(Shingles(refrain).size(), kCopyShinglesMin);
  EXPECT_EQ(CopySketch(refrain), std::nullopt);
  EXPECT_EQ(CopySketch(Story(1, kCopyShinglesMin + 1)), std::nullopt);
  // Its distinct shingles stand late.
  EXPECT_TRUE(CopySketch(refrain + Story(1, 200)).has_value());
}

TEST(ShinglesTest, ASketchIsTheSameForEver) {
  const SketchBands bands = Sketch(Shingles("the quick brown fox jumps over the lazy dog"));
  EXPECT_EQ(bands[0], 34399);
  EXPECT_EQ(bands[63], 10480);
}

}  // namespace
}  // namespace verbatim::text
