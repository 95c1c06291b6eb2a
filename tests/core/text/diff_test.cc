// SPDX-License-Identifier: Apache-2.0
#include "verbatim/text/diff.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "random_text.h"
#include "verbatim/text/fold.h"
#include "verbatim/text/tokens.h"

namespace verbatim::text {
namespace {

std::string Diff(const std::string& a, const std::string& b) {
  return RenderDiff(a, b, DiffWords(a, b));
}

TEST(DiffWords, ShowsWhatChanged) {
  EXPECT_EQ(Diff("They may act soon.", "They will act soon."), "They [-may-] {+will+} act soon.");
  EXPECT_EQ(Diff("The port will open in May.", "The port will not open in May."),
            "The port will {+not+} open in May.");
  EXPECT_EQ(Diff("The port, he said, will open.", "The port will open."),
            "The port[-, he said,-] will open.");
  EXPECT_EQ(Diff("same words", "same words"), "same words");
  EXPECT_EQ(Diff("", "new"), "{+new+}");
  EXPECT_EQ(Diff("old", ""), "[-old-]");
  EXPECT_EQ(Diff("", ""), "");
}

TEST(DiffWords, TakesAmountsWhole) {
  EXPECT_EQ(Diff("Council voted to maintain the rate at 5 to 5-1/4 percent this month.",
                 "Council voted to raise the rate to 5-1/4 to 5-1/2 percent this month."),
            "Council voted to [-maintain-] {+raise+} the rate [-at 5 to 5-1/4 percent-] {+to 5-1/4 "
            "to 5-1/2 percent+} this month.");
  EXPECT_EQ(Diff("It costs $35,000,000 today.", "It costs $55,000,000 today."),
            "It costs [-$35,000,000-] {+$55,000,000+} today.");
  EXPECT_EQ(Diff("The bridge cost $600 million in all.", "The bridge cost $725 million in all."),
            "The bridge cost [-$600 million-] {+$725 million+} in all.");
  EXPECT_EQ(Diff("Turnout of 78% was a record.", "Turnout of 80% was a record."),
            "Turnout of [-78%-] {+80%+} was a record.");
}

TEST(DiffWords, ComparesFolded) {
  EXPECT_EQ(Diff("\"We are Ready,\" he  said", "\u201Cwe are ready,\u201D he\u00A0said"),
            "\u201Cwe are ready,\u201D he\u00A0said");
  EXPECT_EQ(Diff("We see a way <...> to talk.", "We see a way to talk."), "We see a way to talk.");
}

TEST(DiffWords, SwallowsIslands) {
  EXPECT_EQ(Diff("Nobody on this council wants a tunnel of concrete here.",
                 "Nobody on this council wants a bridge of steel here."),
            "Nobody on this council wants a [-tunnel of concrete-] {+bridge of steel+} here.");
}

TEST(DiffWords, ShowsStrangersWhole) {
  EXPECT_EQ(Diff("Wheat prices fell in the north.", "Our navy has no ships to spare for it."),
            "[-Wheat prices fell in the north.-] {+Our navy has no ships to spare for it.+}");
}

TEST(DiffWords, WithoutFoldingCaseIsAChange) {
  DiffOptions options;
  options.folded = false;
  const std::string a = "The Harbour opens today", b = "The harbour opens  today";
  EXPECT_EQ(RenderDiff(a, b, DiffWords(a, b, options)), "The [-Harbour-] {+harbour+} opens  today");
}

// The sides that the operations claim to be made of.
struct Sides {
  std::string a;
  std::string b;
};

Sides Rebuild(const std::string& a, const std::string& b, const std::vector<DiffOp>& ops) {
  Sides sides;
  for (const DiffOp& op : ops) {
    if (op.kind != OpKind::kInsert) sides.a += In(a, op.a);
    if (op.kind != OpKind::kDelete) sides.b += In(b, op.b);
  }
  return sides;
}

void CheckFaithful(const std::string& a, const std::string& b, bool folded) {
  DiffOptions options;
  options.folded = folded;
  options.min_similarity = 0;
  const std::vector<DiffOp> ops = DiffWords(a, b, options);
  const Sides sides = Rebuild(a, b, ops);
  RC_ASSERT(sides.a == a);
  RC_ASSERT(sides.b == b);
  uint32_t a_at = 0, b_at = 0;
  for (const DiffOp& op : ops) {
    RC_ASSERT(op.a.begin == a_at && op.b.begin == b_at);
    a_at = op.a.end;
    b_at = op.b.end;
    RC_ASSERT(op.kind != OpKind::kInsert || op.a.empty());
    RC_ASSERT(op.kind != OpKind::kDelete || op.b.empty());
  }
}

std::string WithoutBlanks(std::string_view text) {
  std::string out;
  for (const Token& token : Tokenize(text)) {
    if (token.kind != TokenKind::kNewline) out += In(text, token);
  }
  return out;
}

// A text and one made from it by random edits.
std::pair<std::string, std::string> TwoVersions() {
  auto pieces = *rc::gen::container<std::vector<std::string>>(AnyPiece());
  const std::string a = Join(pieces);
  for (int edits = *rc::gen::inRange(0, 6); edits > 0 && !pieces.empty(); --edits) {
    const auto at = *rc::gen::inRange<size_t>(0, pieces.size());
    const int what = *rc::gen::inRange(0, 3);
    const auto place = pieces.begin() + static_cast<ptrdiff_t>(at);
    if (what == 0) pieces.erase(place);
    if (what == 1) *place = *AnyPiece();
    if (what == 2) pieces.insert(place, *AnyPiece());
  }
  return {a, Join(pieces)};
}

RC_GTEST_PROP(DiffWords, GivesBothTextsBackByteForByte, ()) {
  const auto [a, b] = TwoVersions();
  CheckFaithful(a, b, true);
  CheckFaithful(a, b, false);
}

RC_GTEST_PROP(DiffWords, GivesAnyBytesBack, ()) {
  CheckFaithful(*AnyBytes(), *AnyBytes(), *rc::gen::arbitrary<bool>());
}

RC_GTEST_PROP(DiffWords, WithoutFoldingKeepsOnlyWhatIsEqual, ()) {
  const auto [a, b] = TwoVersions();
  DiffOptions options;
  options.folded = false;
  for (const DiffOp& op : DiffWords(a, b, options)) {
    if (op.kind == OpKind::kKeep)
      RC_ASSERT(WithoutBlanks(In(a, op.a)) == WithoutBlanks(In(b, op.b)));
  }
}

RC_GTEST_PROP(DiffWords, FoldedTextsOfOneMeaningDontDiffer, ()) {
  const std::string a = *AnyText();
  const std::string b = " " + a + "\n";
  for (const DiffOp& op : DiffWords(a, b)) RC_ASSERT(op.kind == OpKind::kKeep);
  RC_ASSERT(Similarity(a, b) == 1.0);
}

RC_GTEST_PROP(DiffWords, MapsEveryByteIntoTheNewText, ()) {
  const auto [a, b] = TwoVersions();
  const std::vector<DiffOp> ops = DiffWords(a, b);
  uint32_t last = 0;
  for (uint32_t byte = 0; byte <= a.size(); ++byte) {
    const uint32_t mapped = MapByte(ops, byte);
    RC_ASSERT(mapped <= b.size());
    RC_ASSERT(mapped >= last);
    last = mapped;
  }
}

TEST(Similarity, IsTheShareOfCommonWords) {
  EXPECT_DOUBLE_EQ(Similarity("one two three four", "one two three five"), 0.75);
  EXPECT_DOUBLE_EQ(Similarity("one", "two"), 0);
  EXPECT_DOUBLE_EQ(Similarity("", ""), 1);
  EXPECT_DOUBLE_EQ(Similarity("...", "!"), 1) << "no words, no difference in words";
}

std::string RandomWords(uint32_t seed, size_t bytes, uint32_t vocabulary) {
  std::string text;
  while (text.size() < bytes) {
    seed = seed * 1664525u + 1013904223u;
    text += "w" + std::to_string((seed >> 8) % vocabulary) + " ";
  }
  return text;
}

// Finishing is the test: without a bound each of these takes minutes.
TEST(DiffWords, StaysBoundedOnHostileText) {
  CheckFaithful(RandomWords(1, 200'000, 50'000), RandomWords(2, 200'000, 50'000), true);
  CheckFaithful(RandomWords(1, 200'000, 20), RandomWords(2, 200'000, 20), true);
  CheckFaithful(RandomWords(1, 200'000, 2), RandomWords(2, 100'000, 2), true);
  CheckFaithful(std::string(1 << 20, 'a'), std::string(1 << 19, 'a'), true);
  CheckFaithful(std::string(1 << 20, '.'), std::string(1 << 20, '\xFF'), true);
  CheckFaithful(RandomWords(1, 1'000'000, 3), "w1 w2", true);
}

}  // namespace
}  // namespace verbatim::text
