// SPDX-License-Identifier: Apache-2.0
// Base64 with one writing for all bytes.
#include "core/base/base64.h"

#include <gtest/gtest.h>

namespace verbatim::base {
namespace {

TEST(Base64, HasTheVectorsOfRfc4648) {
  const std::pair<std::string, std::string> vectors[] = {{"", ""},
                                                         {"f", "Zg=="},
                                                         {"fo", "Zm8="},
                                                         {"foo", "Zm9v"},
                                                         {"foob", "Zm9vYg=="},
                                                         {"fooba", "Zm9vYmE="},
                                                         {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : vectors) {
    EXPECT_EQ(ToBase64(bytes), text);
    EXPECT_EQ(FromBase64(text), bytes);
  }
}

TEST(Base64, EveryOtherWritingIsRefused) {
  for (const char* bad : {"Zg", "Zg=", "Zg===", "Zh==", "Zm9=", " Zg=", "Zg==\n",
                          "Zg== ", "====", "Z===", "Zm9v====", "Zm9v\nZg==", "Zg==Zm9v", "Z-9v",
                          "Zm_v", "A\0==", "\xc3\xa9==", "AAA=AAAA"}) {
    EXPECT_EQ(FromBase64(bad), std::nullopt) << bad;
  }
}

TEST(Base64, NoTextOfFourCharactersIsASecondWriting) {
  // All that differ from a good one in one character.
  for (const std::string text : {"Zm9v", "Zm8=", "Zg=="}) {
    const auto bytes = FromBase64(text);
    for (size_t place = 0; place < text.size(); ++place) {
      for (int c = 0; c < 256; ++c) {
        std::string other = text;
        other[place] = static_cast<char>(c);
        const auto read = FromBase64(other);
        if (other == text) continue;
        EXPECT_NE(read, bytes);
        if (read) {
          EXPECT_EQ(ToBase64(*read), other);
        }
      }
    }
  }
}

TEST(Base64, LongInputsGoInPieces) {
  std::string bytes(size_t{7} << 20, '\0');
  for (size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(i * 31 >> 3);
  for (const size_t less : {0U, 1U, 2U}) {
    const std::string cut = bytes.substr(less);
    const std::string text = ToBase64(cut);
    EXPECT_EQ(text.size(), (cut.size() + 2) / 3 * 4);
    EXPECT_TRUE(FromBase64(text) == cut);
  }
}

}  // namespace
}  // namespace verbatim::base
