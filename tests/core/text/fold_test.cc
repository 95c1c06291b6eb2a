// SPDX-License-Identifier: Apache-2.0
#include "verbatim/text/fold.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <string>

#include "random_text.h"
#include "verbatim/text/utf8.h"

namespace verbatim::text {
namespace {

TEST(Fold, MakesComparableWhatReadersTakeForTheSame) {
  EXPECT_EQ(Fold("\u201CNo,\u201D  she\u00A0said \u2014 \u2018never\u2019\n"),
            "\"no,\" she said - 'never'");
  EXPECT_EQ(Fold("Jos\u00E9 Mu\u00F1oz, \u0141\u00F3d\u017A, \u0130zmir, Stra\u00DFe, \u00C6on"),
            "jose munoz, lodz, izmir, strasse, aeon");
  EXPECT_EQ(Fold("Jose\u0301"), Fold("Jos\u00E9"));
  EXPECT_EQ(Fold("e\u00ADmail \uFB01ve \uFF21\uFF22 wait\u2026"), "email five ab wait...");
  EXPECT_EQ(Fold("\u041B\u0410\u0412\u0420\u041E\u0412"), "\u043B\u0430\u0432\u0440\u043E\u0432");
  EXPECT_EQ(Fold("``Yes,'' he said"), "\"yes,\" he said");
  EXPECT_EQ(Fold(" \t\n"), "");
  EXPECT_EQ(Fold("a\xFFz"), "a\uFFFDz");
}

TEST(Fold, KeepsCaseAndAccentsWhenAsked) {
  EXPECT_EQ(FoldKeepCase("  Jos\u00E9 \u201Csaid\u201D\r\n it "), "Jos\u00E9 \"said\" it");
  EXPECT_NE(FoldKeepCase("Will"), FoldKeepCase("will"));
}

TEST(Fold, StripsAccentsAsDecompositionDoes) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* nfd = icu::Normalizer2::getNFDInstance(error);
  ASSERT_TRUE(U_SUCCESS(error));
  for (UChar32 c = 0xC0; c <= 0x1EF9; c = c == 0x24F ? 0x1E00 : c + 1) {
    const icu::UnicodeString whole = nfd->normalize(icu::UnicodeString(c), error);
    const UChar32 base = u_tolower(whole.char32At(0));
    if (whole.length() < 2 || base > 'z') continue;
    std::string composed;
    AppendUtf8(static_cast<char32_t>(c), &composed);
    EXPECT_EQ(Fold(composed), std::string(1, static_cast<char>(base))) << composed;
  }
}

RC_GTEST_PROP(Fold, FoldingTwiceIsFoldingOnce, ()) {
  const std::string text = *AnyBytes();
  RC_ASSERT(Fold(Fold(text)) == Fold(text));
  RC_ASSERT(FoldKeepCase(FoldKeepCase(text)) == FoldKeepCase(text));
  RC_ASSERT(IsValidUtf8(Fold(text)));
}

RC_GTEST_PROP(Fold, HashAndEqualityFollowTheFoldedText, ()) {
  const std::string a = *AnyText();
  const std::string b = *rc::gen::oneOf(AnyText(), rc::gen::just(" " + Fold(a) + "\n"));
  RC_ASSERT(EqualFolded(a, b) == (Fold(a) == Fold(b)));
  if (EqualFolded(a, b)) RC_ASSERT(HashFolded(a) == HashFolded(b));
}

TEST(Fold, TakesAMegabyteOfOneCharacter) {
  EXPECT_EQ(Fold(std::string(1 << 20, ' ')), "");
  EXPECT_EQ(Fold(std::string(1 << 20, '\'')).size(), size_t{1 << 19});
  EXPECT_EQ(Fold(std::string(1 << 20, '\xFF')).size(), size_t{3 << 20});
}

}  // namespace
}  // namespace verbatim::text
