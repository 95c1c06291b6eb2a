// SPDX-License-Identifier: Apache-2.0
#include "core/anchor/anchor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "revisions.h"

namespace verbatim::anchor {
namespace {

using ::testing::HasSubstr;

TEST(MakeAnchor, SaysWhereInBothUnitsAndWhatStandsAround) {
  const TestRevision article(3,
                             "Caf\u00E9 owners met. \u201CWe will \u2014 in time \u2014 "
                             "close,\u201D said Ida Marlow. No vote was held that night.");
  const v1::Anchor anchor = article.AnchorOn({"We will", "close"});
  EXPECT_EQ(anchor.article(), "article-16-bytes");
  EXPECT_EQ(anchor.revision(), 3u);
  EXPECT_EQ(anchor.text_sha256().size(), 32u);
  ASSERT_EQ(anchor.spans_size(), 2);
  EXPECT_EQ(anchor.spans(0).exact(), "We will");
  EXPECT_EQ(anchor.spans(0).begin_byte(), 21u);
  EXPECT_EQ(anchor.spans(0).begin_char(), 18u);
  EXPECT_EQ(anchor.spans(1).exact(), "close");
  EXPECT_EQ(anchor.prefix(), "Caf\u00E9 owners met. \u201C");
  EXPECT_EQ(anchor.suffix(), ",\u201D said Ida Marlow. No vote was ");
  EXPECT_EQ(text::CountChars(anchor.suffix()), kContextChars);
  EXPECT_TRUE(CheckAnchor(anchor, article.ground()).ok());
}

TEST(MakeAnchor, TheWholeTextHasNothingAround) {
  const TestRevision article(0, "\u6771\u4EAC");
  const v1::Anchor anchor = article.AnchorOn({"\u6771\u4EAC"});
  EXPECT_EQ(anchor.prefix(), "");
  EXPECT_EQ(anchor.suffix(), "");
  EXPECT_EQ(anchor.spans(0).end_char(), 2u);
}

// An anchor that somebody has tampered with, and what the refusal must name.
struct Tampering {
  std::string name;
  std::function<void(v1::Anchor*)> with;
};

TEST(CheckAnchor, RefusesWhatTheTextDoesNotSay) {
  const TestRevision article(1, "The \u201Ctide\u201D turned. The tide stayed.");
  const std::vector<Tampering> tamperings = {
      {"article", [](v1::Anchor* a) { a->set_article("another-16-bytes"); }},
      {"revision", [](v1::Anchor* a) { a->set_revision(2); }},
      {"digest", [](v1::Anchor* a) { a->mutable_text_sha256()->back() ^= 1; }},
      {"no span", [](v1::Anchor* a) { a->clear_spans(); }},
      {"beyond", [](v1::Anchor* a) { a->mutable_spans(0)->set_end_byte(4000); }},
      {"empty", [](v1::Anchor* a) { a->mutable_spans(0)->set_end_byte(a->spans(0).begin_byte()); }},
      {"out of order", [](v1::Anchor* a) { *a->add_spans() = a->spans(0); }},
      {"cuts a character", [](v1::Anchor* a) { a->mutable_spans(0)->set_begin_byte(5); }},
      {"begin_char", [](v1::Anchor* a) { a->mutable_spans(0)->set_begin_char(0); }},
      {"end_char", [](v1::Anchor* a) { a->mutable_spans(0)->set_end_char(0); }},
      {"\"tidy\"", [](v1::Anchor* a) { a->mutable_spans(0)->set_exact("tidy"); }},
      {"around", [](v1::Anchor* a) { a->set_prefix("x"); }},
      {"around", [](v1::Anchor* a) { a->set_suffix(""); }}};
  for (const Tampering& tampering : tamperings) {
    v1::Anchor anchor = article.AnchorOn({"tide"});
    tampering.with(&anchor);
    const absl::Status status = CheckAnchor(anchor, article.ground());
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << tampering.name;
    EXPECT_THAT(std::string(status.message()), HasSubstr(tampering.name));
  }
}

RC_GTEST_PROP(MakeAnchor, EveryAnchorChecks, ()) {
  const auto pieces =
      *rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
          "tide", " ", "\u201C", "\u6771", "\U0001F680", "e\u0301", "\n")));
  std::string joined;
  std::vector<uint32_t> borders = {0};
  for (const std::string& piece : pieces) {
    joined += piece;
    borders.push_back(static_cast<uint32_t>(joined.size()));
  }
  const TestRevision article(0, joined);
  const auto first = *rc::gen::inRange<size_t>(0, borders.size() - 1);
  const auto last = *rc::gen::inRange<size_t>(first + 1, borders.size());
  const v1::Anchor anchor = MakeAnchor(article.ground(), {{borders[first], borders[last]}});
  RC_ASSERT(CheckAnchor(anchor, article.ground()).ok());
  RC_ASSERT(text::CountChars(anchor.prefix()) <= kContextChars);
  RC_ASSERT(text::IsValidUtf8(anchor.prefix()) && text::IsValidUtf8(anchor.suffix()));
  RC_ASSERT(MakeAnchor(article.ground(), anchor.spans()).SerializeAsString() ==
            anchor.SerializeAsString());
}

}  // namespace
}  // namespace verbatim::anchor
