// SPDX-License-Identifier: Apache-2.0
// Keys sort as what they stand for, and read back.
#include "core/store/keys.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <tuple>

namespace verbatim::store {
namespace {

RC_GTEST_PROP(Keys, IntegersSortAsBytes, (uint64_t a, uint64_t b)) {
  const std::string left = KeyWriter().U64(a).Take();
  const std::string right = KeyWriter().U64(b).Take();
  RC_ASSERT((left < right) == (a < b));
  RC_ASSERT(left == U64Key(a).view());
  RC_ASSERT(ReadU64(left) == a);
  RC_ASSERT((KeyWriter().InvertedU64(a).key() < KeyWriter().InvertedU64(b).key()) == (a > b));
}

RC_GTEST_PROP(Keys, TuplesSortAsTuples,
              (std::string a, uint32_t m, std::string b, uint32_t n, bool zeros)) {
  if (zeros) {
    a.push_back('\0');
    b.append(2, '\0');
  }
  const std::string left = KeyWriter().Escaped(a).U32(m).Take();
  const std::string right = KeyWriter().Escaped(b).U32(n).Take();
  RC_ASSERT((left < right) == (std::tie(a, m) < std::tie(b, n)));
  KeyReader reader(left);
  RC_ASSERT(reader.Escaped() == a);
  RC_ASSERT(reader.U32() == m);
  RC_ASSERT(reader.rest().empty());
}

RC_GTEST_PROP(Keys, AnyBytesAreReadWithoutHarm, (std::string bytes)) {
  KeyReader reader(bytes);
  const auto first = reader.Escaped();
  if (!first) RC_ASSERT(reader.rest() == bytes);
  reader.U64();
  reader.U32();
  reader.U8();
  reader.Raw(3);
}

TEST(Keys, ShortKeysGiveNothingAndStay) {
  KeyReader reader("abc");
  EXPECT_EQ(reader.U64(), std::nullopt);
  EXPECT_EQ(reader.U32(), std::nullopt);
  EXPECT_EQ(reader.Escaped(), std::nullopt);
  EXPECT_EQ(reader.Raw(3), "abc");
  EXPECT_EQ(ReadU64("1234567"), std::nullopt);
  EXPECT_EQ(ReadU32("12345"), std::nullopt);
}

RC_GTEST_PROP(Keys, PrefixEndIsTheFirstKeyAfterThePrefix, (std::string prefix, std::string key)) {
  if (*rc::gen::arbitrary<bool>()) key = prefix + key;
  const auto end = PrefixEnd(prefix);
  const bool has_prefix = key.compare(0, prefix.size(), prefix) == 0;
  RC_ASSERT(has_prefix == (key >= prefix && (!end || key < *end)));
}

TEST(Keys, PrefixEndOfTheLastPrefix) {
  EXPECT_EQ(PrefixEnd(""), std::nullopt);
  EXPECT_EQ(PrefixEnd("\xff\xff"), std::nullopt);
  EXPECT_EQ(PrefixEnd("a\xff"), "b");
}

}  // namespace
}  // namespace verbatim::store
