// SPDX-License-Identifier: Apache-2.0
#include "verbatim/text/align.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "random_text.h"

namespace verbatim::text {
namespace {

const char* Name(PairKind kind) {
  switch (kind) {
    case PairKind::kSame:
      return "same";
    case PairKind::kEdited:
      return "edited";
    case PairKind::kSplit:
      return "split";
    default:
      return "merged";
  }
}

// "0-0 same, 1-2 edited moved"
std::string Aligned(const std::vector<std::string_view>& a,
                    const std::vector<std::string_view>& b) {
  std::string out;
  for (const SentencePair& pair : AlignSentences(a, b)) {
    if (!out.empty()) out += ", ";
    out += std::to_string(pair.a) + "-" + std::to_string(pair.b) + " " + Name(pair.kind);
    if (pair.moved) out += " moved";
  }
  return out;
}

TEST(Align, PairsWhatStayedAndWhatWasEdited) {
  EXPECT_EQ(Aligned({"The port will open in May.", "Fishing rights stay as they are."},
                    {"The port will open in June.", "A ferry was ordered from abroad.",
                     "Fishing rights stay as they are."}),
            "0-0 edited, 1-2 same");
}

TEST(Align, KnowsSplitsAndMerges) {
  const std::string_view whole =
      "The council approved the bridge over the estuary and refused the airport at Dunmore.";
  const std::string_view first = "The council approved the bridge over the estuary.";
  const std::string_view second = "It refused the airport at Dunmore.";
  EXPECT_EQ(Aligned({whole}, {first, second}), "0-0 split, 0-1 split");
  EXPECT_EQ(Aligned({first, second}, {whole}), "0-0 merged, 1-0 merged");
}

TEST(Align, SeesMoves) {
  EXPECT_EQ(Aligned({"Alpha tunnels cost nine crowns.", "Birch timber is scarce.",
                     "Cargo ships wait outside."},
                    {"Cargo ships wait outside.", "Alpha tunnels cost nine crowns.",
                     "Birch timber is scarce."}),
            "0-1 same, 1-2 same, 2-0 same moved");
}

TEST(Align, LeavesStrangersAlone) {
  EXPECT_EQ(Aligned({"Wheat prices fell sharply."}, {"A lighthouse burned overnight."}), "");
  EXPECT_EQ(Aligned({}, {"One."}), "");
  EXPECT_EQ(Aligned({"", "..."}, {"", "!"}), "");
}

RC_GTEST_PROP(Align, ATextIsAlignedWithItself, ()) {
  std::vector<std::string> sentences;
  const int count = *rc::gen::inRange(0, 20);
  for (int n = 0; n < count; ++n)
    sentences.push_back("Sentence word" + std::to_string(n) + " says thing" +
                        std::to_string(n * 7));
  const std::vector<std::string_view> views(sentences.begin(), sentences.end());
  const std::vector<SentencePair> pairs = AlignSentences(views, views);
  RC_ASSERT(pairs.size() == views.size());
  for (uint32_t n = 0; n < pairs.size(); ++n) {
    RC_ASSERT(pairs[n].a == n && pairs[n].b == n);
    RC_ASSERT(pairs[n].kind == PairKind::kSame);
  }
}

RC_GTEST_PROP(Align, NumbersSentencesThatExist, ()) {
  const auto a = *rc::gen::container<std::vector<std::string>>(AnyText());
  const auto b = *rc::gen::container<std::vector<std::string>>(AnyText());
  for (const SentencePair& pair : AlignSentences({a.begin(), a.end()}, {b.begin(), b.end()})) {
    RC_ASSERT(pair.a < a.size());
    RC_ASSERT(pair.b < b.size());
    RC_ASSERT(pair.similarity >= 0 && pair.similarity <= 1);
  }
}

TEST(Align, StaysBoundedOnThousandsOfLikeSentences) {
  const std::vector<std::string> same(3000,
                                      "The minister said the same thing again on the same day.");
  const std::vector<std::string_view> views(same.begin(), same.end());
  EXPECT_LE(AlignSentences(views, views).size(), views.size());
}

}  // namespace
}  // namespace verbatim::text
