// SPDX-License-Identifier: Apache-2.0
// Bodies: UTF-8 before an append, salt, compression, digests after a read.
#include "core/log/body.h"

#include "core/log/body_value.h"
#include "tests/core/log/log_fixture.h"
#include "verbatim/v1/quote.pb.h"

namespace verbatim::log {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view kSalt = "sixteen bytes !!";

TEST(EncodeBody, RefusesAStringThatIsNotUtf8AndNamesTheField) {
  v1::SettingChanged body;
  body.set_key("caf\xe9");
  const auto refused = EncodeBody(body);
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(refused.status().message()),
              HasSubstr("verbatim.v1.SettingChanged.key is not UTF-8 from byte 3"));
  body.set_key("caf\xc3\xa9");
  EXPECT_TRUE(EncodeBody(body).ok());
}

TEST(EncodeBody, LooksIntoMessagesAndRepeatedFields) {
  v1::ArticleIngested body;
  body.mutable_content()->mutable_metadata()->add_authors("Ana");
  EXPECT_TRUE(EncodeBody(body).ok());
  body.mutable_content()->mutable_metadata()->add_authors("An\xff");
  EXPECT_THAT(std::string(EncodeBody(body).status().message()),
              HasSubstr("verbatim.v1.ArticleMetadata.authors"));
}

TEST(EncodeBody, LooksIntoTheBodyThatAnAnnotationCarries) {
  v1::Quote quote;
  quote.set_speaker("Mara \xf0\x28\x8c\x28");
  v1::AnnotationAdded body;
  body.mutable_body()->set_type("verbatim.v1.Quote");
  body.mutable_body()->set_value(quote.SerializeAsString());
  EXPECT_THAT(std::string(EncodeBody(body).status().message()),
              HasSubstr("verbatim.v1.Quote.speaker"));
  body.mutable_body()->set_type("example.Unknown");
  EXPECT_TRUE(EncodeBody(body).ok());
}

TEST(CheckBody, BytesFieldsMayHoldAnything) {
  v1::SourceCaptured body;
  body.set_content("\xff\xfe\x00\x01");
  EXPECT_TRUE(CheckBody("verbatim.v1.SourceCaptured", body.SerializeAsString()).ok());
}

TEST(CheckBody, AListOfNumbersIsWhole) {
  EXPECT_TRUE(CheckBody("verbatim.v1.ContentErased", "\x2a\x03\x07\x80\x01").ok());
  for (const std::string_view cut : {"\x2a\x01\xfc", "\x2a\x03\x07\x80\x80",
                                     "\x2a\x0b\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"}) {
    EXPECT_THAT(std::string(CheckBody("verbatim.v1.ContentErased", cut).message()),
                HasSubstr("ContentErased.erased is no list of numbers"));
  }
}

TEST(CheckBody, NoTagAndNoSizeIsLongerThanProtobufReadsIt) {
  EXPECT_TRUE(CheckBody("example.Unknown", std::string_view("\x8a\x80\x80\x80\x00\x00", 6)).ok());
  EXPECT_FALSE(
      CheckBody("example.Unknown", std::string_view("\x8a\x80\x80\x80\x80\x00\x00", 7)).ok());
  EXPECT_FALSE(
      CheckBody("example.Unknown", std::string_view("\x0a\x80\x80\x80\x80\x80\x00", 7)).ok());
}

TEST(CheckBody, OfAnUnknownTypeTheWireFormat) {
  EXPECT_TRUE(CheckBody("example.Unknown", "\x0a\x01\xff").ok());
  EXPECT_FALSE(CheckBody("example.Unknown", "\x0a\x05").ok());
}

TEST(BodyValue, ComesBackPlainAndCompressed) {
  const std::string text(10000, 'a');
  for (const bool compress : {false, true}) {
    const std::string value = SealBody(kSalt, text, compress);
    EXPECT_EQ(value[0], compress ? kCodecZstd : kCodecPlain);
    EXPECT_EQ(SaltOf(value), kSalt);
    const auto digest = BodyDigest(kSalt, text);
    EXPECT_EQ(OpenBody(value, text.size(), base::AsView(digest)).value(), text);
  }
}

TEST(BodyValue, WhatDoesNotShrinkStaysPlain) {
  base::SeededRandom random(3);
  EXPECT_EQ(SealBody(kSalt, random.Bytes(5000), true)[0], kCodecPlain);
}

TEST(BodyValue, AnnotationEventsStayPlainSourcesAndLongBodiesDoNot) {
  EXPECT_FALSE(WantsCompression("verbatim.v1.AnnotationAdded", 5000));
  EXPECT_TRUE(WantsCompression("verbatim.v1.SourceCaptured", 100));
  EXPECT_TRUE(WantsCompression("verbatim.v1.ArticleIngested", 2049));
  EXPECT_FALSE(WantsCompression("verbatim.v1.ArticleIngested", 2048));
}

TEST(BodyValue, EveryFlippedBitIsSeen) {
  const std::string text = "The minister said that the dam would hold, would hold, would hold.";
  const auto digest = BodyDigest(kSalt, text);
  for (const bool compress : {false, true}) {
    const std::string value = SealBody(kSalt, std::string(text) + text + text, compress);
    const std::string whole = text + text + text;
    const auto whole_digest = BodyDigest(kSalt, whole);
    for (size_t bit = 0; bit < value.size() * 8; ++bit) {
      std::string flipped = value;
      flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
      const auto opened = OpenBody(flipped, whole.size(), base::AsView(whole_digest));
      // A flip in the zstd frame may leave the content as it was: then nothing is lost.
      if (opened.ok()) {
        EXPECT_EQ(*opened, whole);
      } else {
        EXPECT_EQ(opened.status().code(), absl::StatusCode::kDataLoss);
      }
    }
  }
  EXPECT_FALSE(OpenBody("short", text.size(), base::AsView(digest)).ok());
}

}  // namespace
}  // namespace verbatim::log
