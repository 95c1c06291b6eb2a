// SPDX-License-Identifier: Apache-2.0
// The index behind the placing: who is found, and how alike.
#include "pool.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "terms.h"

namespace verbatim::statements {
namespace {

std::map<Pool::Slot, uint32_t> LikenessToAll(Pool* pool, std::string_view text) {
  std::map<Pool::Slot, uint32_t> found;
  const Pool::Comparison comparison(pool, TermsOf(text));
  for (const Pool::Match& match : comparison.matches()) {
    found[match.slot] = comparison.Likeness(match);
    EXPECT_LE(found[match.slot], match.at_most);
  }
  return found;
}

TEST(Pool, AdjacentWordsTogetherAreMoreThanApart) {
  Pool pool;
  const auto same = pool.Add(TermsOf("this arms race frightens the northern fishing towns"));
  const auto apart = pool.Add(TermsOf("the race frightens towns whose northern fishing arms them"));
  auto found = LikenessToAll(&pool, "they stir an arms race again near the island harbour");
  EXPECT_GT(found[same], found[apart]);
}

TEST(Pool, AWordThatMostHoldIsWorthLittle) {
  Pool pool;
  const auto rare = pool.Add(TermsOf("The lighthouse keepers want better boats."));
  const auto common = pool.Add(TermsOf("The harbour needs longer cranes."));
  for (int n = 0; n < 40; ++n) pool.Add(TermsOf("The harbour speaks of topic" + std::to_string(n)));
  auto found = LikenessToAll(&pool, "The harbour lighthouse closes forever");
  EXPECT_GT(found[rare], 3 * found[common]);
  EXPECT_EQ(pool.size(), 42u);
}

// However many hold a common word: those that share a rarer one are found, and the effort ends.
TEST(Pool, RareWordsFindTheirLikesAmongVeryMany) {
  Pool pool;
  const auto like = pool.Add(TermsOf("The harbour sold its copper bell."));
  for (size_t n = 0; n < 2 * Pool::kCandidatesMax; ++n) {
    pool.Add(TermsOf("The harbour sold cargo" + std::to_string(n)));
  }
  const auto found = LikenessToAll(&pool, "A harbour without its copper bell");
  EXPECT_EQ(found.count(like), 1u);
  EXPECT_LE(found.size(), Pool::kCandidatesMax);
}

// The same whatever came in between, and in whatever order the slots were filled.
RC_GTEST_PROP(PoolProperty, LikenessDependsOnWhatIsThereAlone, ()) {
  static const std::vector<std::string> texts = {
      "The harbour will close", "The strike closed the harbour", "Two pilots a ship",
      "A pilot strike",         "No ship without two pilots",    "The island keeps its cranes"};
  const auto in = *rc::gen::container<std::vector<size_t>>(rc::gen::inRange<size_t>(0, 6));
  const auto gone = *rc::gen::container<std::vector<size_t>>(rc::gen::inRange<size_t>(0, 6));
  Pool one;
  for (const size_t n : in) one.Add(TermsOf(texts[n]));
  Pool two;
  std::vector<Pool::Slot> passing;
  for (const size_t n : gone) passing.push_back(two.Add(TermsOf(texts[n])));
  for (auto n = in.rbegin(); n != in.rend(); ++n) two.Add(TermsOf(texts[*n]));
  for (const Pool::Slot slot : passing) two.Remove(slot);
  for (const std::string& text : texts) {
    std::multiset<uint32_t> of_one;
    std::multiset<uint32_t> of_two;
    for (const auto& [slot, likeness] : LikenessToAll(&one, text)) of_one.insert(likeness);
    for (const auto& [slot, likeness] : LikenessToAll(&two, text)) of_two.insert(likeness);
    RC_ASSERT(of_one == of_two);
  }
}

}  // namespace
}  // namespace verbatim::statements
