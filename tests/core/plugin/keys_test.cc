// SPDX-License-Identifier: Apache-2.0
// The order of keys is the order of their fields; the oracle is std::tuple.
#include "verbatim/keys.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdint>
#include <string>
#include <tuple>

namespace verbatim {
namespace {

using Fields = std::tuple<std::string, std::int64_t, std::string, std::uint32_t>;

// Few different bytes, so that 00, FF and shared beginnings are common.
rc::Gen<std::string> Texts() {
  return rc::gen::container<std::string>(rc::gen::element('\0', '\x01', 'a', '\xFF'));
}

rc::Gen<Fields> AnyFields() {
  return rc::gen::tuple(Texts(), rc::gen::arbitrary<std::int64_t>(), Texts(),
                        rc::gen::arbitrary<std::uint32_t>());
}

// As unsigned bytes, which is how std::string compares.
std::string Key(const Fields& fields) {
  const auto& [first, number, second, small] = fields;
  return KeyWriter().Text(first).I64(number).Text(second).U32(small).Take();
}

RC_GTEST_PROP(Keys, SortLikeTheirFields, ()) {
  const Fields a = *AnyFields();
  const Fields b = *AnyFields();
  RC_ASSERT((Key(a) < Key(b)) == (a < b));
  RC_ASSERT((Key(a) == Key(b)) == (a == b));
}

RC_GTEST_PROP(Keys, ReadBackAsWritten, ()) {
  const Fields fields = *AnyFields();
  const std::string key = Key(fields);
  KeyReader in(key);
  RC_ASSERT(in.Text().value() == std::get<0>(fields));
  RC_ASSERT(in.I64().value() == std::get<1>(fields));
  RC_ASSERT(in.Text().value() == std::get<2>(fields));
  RC_ASSERT(in.U32().value() == std::get<3>(fields));
  RC_ASSERT(in.AtEnd());
}

RC_GTEST_PROP(Keys, APrefixHoldsExactlyTheTextsThatBeginSo, ()) {
  const std::string beginning = *Texts();
  const std::string text = *Texts();
  const std::string key = KeyWriter().Text(text).Take();
  const std::string prefix = KeyWriter().TextPrefix(beginning).Take();
  // A prefix that ends in an escaped 00 is as exact as any other.
  RC_ASSERT((key.compare(0, prefix.size(), prefix) == 0) ==
            (text.compare(0, beginning.size(), beginning) == 0));
}

TEST(Keys, DescendingNumbersSortBackwards) {
  EXPECT_GT(KeyWriter().U64Descending(1).key(), KeyWriter().U64Descending(2).key());
  const std::string key = KeyWriter().U64Descending(77).Take();
  EXPECT_EQ(KeyReader(key).U64Descending(), 77U);
}

TEST(Keys, LongTextsAreCutAtACharacterAndStayApart) {
  const std::string name(300, 'n');
  const std::string a = KeyWriter().ShortText(name + "a", 64).Take();
  const std::string b = KeyWriter().ShortText(name + "b", 64).Take();
  EXPECT_NE(a, b);
  EXPECT_LE(a.size(), 66U);
  EXPECT_EQ(a.substr(0, 48), name.substr(0, 48));
  EXPECT_EQ(KeyWriter().ShortText("short", 64).key(), KeyWriter().Text("short").key());
  std::string accents;
  for (int i = 0; i < 100; ++i) accents += "\xC3\xA9";
  const std::string cut = KeyWriter().ShortText(accents, 33).Take();
  EXPECT_EQ(cut.substr(0, 16), accents.substr(0, 16));
  EXPECT_NE(cut[16], '\xC3');
}

TEST(Keys, AKeyThatEndsEarlyGivesNothing) {
  KeyReader in("ab");
  EXPECT_FALSE(in.Text().has_value());
  EXPECT_FALSE(in.U8().has_value());
  EXPECT_FALSE(in.AtEnd());
}

}  // namespace
}  // namespace verbatim
