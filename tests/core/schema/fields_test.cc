// SPDX-License-Identifier: Apache-2.0
#include "core/schema/fields.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/schema/types.h"
#include "verbatim/v1/annotation.pb.h"
#include "verbatim/v1/quote.pb.h"

namespace verbatim::schema {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string At(const Message& message, std::string_view path) {
  const auto found = FindField(*message.GetDescriptor(), path);
  return found.ok() ? TextAt(message, *found) : std::string(found.status().message());
}

v1::Quote SomeQuote() {
  v1::Quote quote;
  quote.set_speaker("Ana Maar");
  quote.set_kind(v1::Quote::KIND_MIXED);
  quote.set_segment(3);
  quote.mutable_cue()->set_exact("said");
  quote.mutable_cue()->set_begin_byte(40);
  for (const char* words : {"We will", "stay"}) quote.add_quoted()->set_exact(words);
  return quote;
}

TEST(Fields, AreReadByPath) {
  const v1::Quote quote = SomeQuote();
  EXPECT_EQ(At(quote, "speaker"), "Ana Maar");
  EXPECT_EQ(At(quote, "kind"), "MIXED");
  EXPECT_EQ(At(quote, "segment"), "3");
  EXPECT_EQ(At(quote, "negated"), "false");
  EXPECT_EQ(At(quote, "cue.begin_byte"), "40");
  EXPECT_EQ(At(quote, "cue"), "said");
  EXPECT_EQ(At(quote, "quoted"), "We will, stay");
  EXPECT_EQ(At(quote, "quoted.exact"), "We will, stay");
  EXPECT_EQ(At(quote, "speaker_mention.exact"), "");
}

TEST(Fields, ATypoNamesTheNearestField) {
  const v1::Quote quote;
  EXPECT_EQ(At(quote, "speeker"), "no field speeker in verbatim.v1.Quote: did you mean speaker?");
  EXPECT_THAT(At(quote, "cue.exakt"), HasSubstr("did you mean exact?"));
  EXPECT_THAT(At(quote, "zzzzzz"), HasSubstr("it has kind, quoted, cue"));
  EXPECT_THAT(At(quote, "speaker.first"), HasSubstr("no fields of its own"));
  EXPECT_THAT(At(quote, ""), HasSubstr("no field "));
}

TEST(Fields, AreListedInOrder) {
  EXPECT_THAT(FieldNames(*v1::TypedBody::descriptor()), ElementsAre("type", "value"));
  EXPECT_THAT(FieldNames(*v1::Anchor::descriptor(), true),
              ElementsAre("article", "revision", "text_sha256", "spans", "spans.begin_byte",
                          "spans.end_byte", "spans.begin_char", "spans.end_char", "spans.exact",
                          "prefix", "suffix"));
}

TEST(SetField, ChecksTheTextAgainstTheType) {
  v1::Quote quote = SomeQuote();
  EXPECT_TRUE(SetField(&quote, "speaker", "Jon Ode").ok());
  EXPECT_EQ(quote.speaker(), "Jon Ode");
  EXPECT_TRUE(SetField(&quote, "kind", "direct").ok());
  EXPECT_EQ(quote.kind(), v1::Quote::KIND_DIRECT);
  EXPECT_TRUE(SetField(&quote, "kind", "KIND_INDIRECT").ok());
  EXPECT_EQ(quote.kind(), v1::Quote::KIND_INDIRECT);
  EXPECT_TRUE(SetField(&quote, "negated", "yes").ok());
  EXPECT_TRUE(quote.negated());
  EXPECT_TRUE(SetField(&quote, "cue.begin_byte", "12").ok());
  EXPECT_EQ(quote.cue().begin_byte(), 12U);
  EXPECT_TRUE(SetField(&quote, "flags", "nested, elided").ok());
  EXPECT_THAT(quote.flags(), ElementsAre("nested", "elided"));
  EXPECT_TRUE(SetField(&quote, "flags", "").ok());
  EXPECT_EQ(quote.flags_size(), 0);
  v1::Anchor anchor;
  EXPECT_TRUE(SetField(&anchor, "article", "00Ff").ok());
  EXPECT_EQ(anchor.article(), std::string("\x00\xff", 2));
}

TEST(SetField, SaysWhatWouldBeRightAndChangesNothing) {
  const v1::Quote before = SomeQuote();
  v1::Quote quote = before;
  const auto complaint = [&](std::string_view path, std::string_view text) {
    const absl::Status status = SetField(&quote, path, text);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    return std::string(status.message());
  };
  EXPECT_EQ(complaint("kind", "spoken"), "kind=spoken: kind takes one of DIRECT, MIXED, INDIRECT");
  EXPECT_THAT(complaint("segment", "-1"), HasSubstr("an integer of 0 or more"));
  EXPECT_THAT(complaint("segment", "99999999999"), HasSubstr("within its range"));
  EXPECT_THAT(complaint("negated", "maybe"), HasSubstr("true or false"));
  EXPECT_THAT(complaint("cue", "said"), HasSubstr("as in cue.begin_byte"));
  EXPECT_THAT(complaint("quoted.exact", "x"), HasSubstr("quoted is a list"));
  EXPECT_THAT(complaint("speaker", "\xff"), HasSubstr("UTF-8"));
  EXPECT_EQ(quote.SerializeAsString(), before.SerializeAsString());
}

TEST(Spans, AreVisitedWhereverTheyStand) {
  const v1::Quote quote = SomeQuote();
  std::vector<std::string> seen;
  ASSERT_TRUE(VisitSpans(quote, [&](std::string_view path, const text::Span& span) {
                seen.push_back(std::string(path) + "=" + span.exact);
                return absl::OkStatus();
              }).ok());
  EXPECT_THAT(seen, ElementsAre("quoted[0]=We will", "quoted[1]=stay", "cue=said"));
  EXPECT_EQ(
      VisitSpans(quote, [](std::string_view,
                           const text::Span&) { return absl::DataLossError("beyond the text"); })
          .code(),
      absl::StatusCode::kDataLoss);
}

TEST(Spans, MoveInMessagesKnownOnlyByDescriptor) {
  Registry registry;
  const auto bytes = registry.DescriptorsFor({"verbatim.v1.Quote"});
  const TypeSet* dynamic = *registry.Add(*bytes);
  const MessagePtr quote = *dynamic->Parse("verbatim.v1.Quote", SomeQuote().SerializeAsString());
  MoveSpans(quote.get(), [](std::string_view, const text::Span& span) -> std::optional<text::Span> {
    if (span.exact == "We will") return std::nullopt;
    text::Span moved = span;
    moved.begin_byte += 100;
    moved.end_char = 7;
    return moved;
  });
  v1::Quote moved;
  ASSERT_TRUE(moved.ParseFromString(quote->SerializeAsString()));
  ASSERT_EQ(moved.quoted_size(), 1);
  EXPECT_EQ(moved.quoted(0).exact(), "stay");
  EXPECT_EQ(moved.quoted(0).begin_byte(), 100U);
  EXPECT_EQ(moved.cue().begin_byte(), 140U);
  EXPECT_EQ(moved.cue().end_char(), 7U);
}

}  // namespace
}  // namespace verbatim::schema
