// SPDX-License-Identifier: Apache-2.0
// Ranges and tables, checked against an independent Unicode library by the tests. Code points below
// 256 are answered by one table look-up, because nearly all of a news text is there.
#include "verbatim/text/chars.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace verbatim::text {
namespace {

struct Block {
  char32_t first;
  char32_t last;
};

// Punctuation, symbols and marks above U+00FF; everything else up there is a letter.
constexpr Block kNotLetters[] = {
    {0x02C2, 0x02C5},   {0x02D2, 0x02DF}, {0x0300, 0x036F}, {0x0375, 0x0375}, {0x037E, 0x037E},
    {0x0384, 0x0385},   {0x0387, 0x0387}, {0x0482, 0x0489}, {0x055A, 0x055F}, {0x0589, 0x058F},
    {0x05BE, 0x05BE},   {0x05C0, 0x05C0}, {0x05C3, 0x05C3}, {0x05C6, 0x05C6}, {0x05F3, 0x05F4},
    {0x0600, 0x060F},   {0x061B, 0x061F}, {0x066A, 0x066D}, {0x06D4, 0x06D4}, {0x0964, 0x0965},
    {0x0E3F, 0x0E3F},   {0x1680, 0x1680}, {0x180E, 0x180E}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF},
    {0x2000, 0x206F},   {0x20A0, 0x215F}, {0x2190, 0x2BFF}, {0x2E00, 0x2E7F}, {0x3000, 0x3004},
    {0x3008, 0x3020},   {0x3030, 0x3030}, {0x303D, 0x303F}, {0xE000, 0xF8FF}, {0xFE00, 0xFE6F},
    {0xFEFF, 0xFF20},   {0xFF3B, 0xFF40}, {0xFF5B, 0xFF65}, {0xFFE0, 0xFFFF}, {0x1F000, 0x1FAFF},
    {0xE0000, 0x10FFFF}};

// Lower case of U+00C0 to U+024F, one character for one.
constexpr char16_t kLatinLower[] =
    u"àáâãäåæçèéêëìíîïðñòóôõö×øùúûüýþßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ"
    u"āāăăąąććĉĉċċččďďđđēēĕĕėėęęěěĝĝğğġġģģĥĥħħĩĩīīĭĭįįiıĳĳĵĵķķĸĺĺļļľľŀ"
    u"ŀłłńńņņňňŉŋŋōōŏŏőőœœŕŕŗŗřřśśŝŝşşššţţťťŧŧũũūūŭŭůůűűųųŵŵŷŷÿźźżżžžſ"
    u"ƀɓƃƃƅƅɔƈƈɖɗƌƌƍǝəɛƒƒɠɣƕɩɨƙƙƚƛɯɲƞɵơơƣƣƥƥʀƨƨʃƪƫƭƭʈưưʊʋƴƴƶƶʒƹƹƺƻƽƽƾƿ"
    u"ǀǁǂǃǆǆǆǉǉǉǌǌǌǎǎǐǐǒǒǔǔǖǖǘǘǚǚǜǜǝǟǟǡǡǣǣǥǥǧǧǩǩǫǫǭǭǯǯǰǳǳǳǵǵƕƿǹǹǻǻǽǽǿǿ"
    u"ȁȁȃȃȅȅȇȇȉȉȋȋȍȍȏȏȑȑȓȓȕȕȗȗșșțțȝȝȟȟƞȡȣȣȥȥȧȧȩȩȫȫȭȭȯȯȱȱȳȳȴȵȶȷȸȹⱥȼȼƚⱦȿ"
    u"ɀɂɂƀʉʌɇɇɉɉɋɋɍɍɏɏ";

bool InBlocks(const Block* blocks, size_t size, char32_t c) {
  const Block* after = std::upper_bound(blocks, blocks + size, c,
                                        [](char32_t x, const Block& b) { return x < b.first; });
  return after != blocks && c <= (after - 1)->last;
}

bool IsBetween(char32_t c, char32_t first, char32_t last) { return c >= first && c <= last; }

bool IsAsciiLetter(char32_t c) { return IsBetween(c | 0x20u, U'a', U'z'); }

char32_t GreekLower(char32_t c) {
  if (IsBetween(c, 0x391, 0x3AB) && c != 0x3A2) return c + 0x20;
  switch (c) {
    case 0x386:
      return 0x3AC;
    case 0x388:
    case 0x389:
    case 0x38A:
      return c + 0x25;
    case 0x38C:
      return 0x3CC;
    case 0x38E:
    case 0x38F:
      return c + 0x3F;
    default:
      return c;
  }
}

char32_t CyrillicLower(char32_t c) {
  if (c < 0x410) return c + 0x50;
  if (c < 0x430) return c + 0x20;
  if (c == 0x4C0) return 0x4CF;
  if (IsBetween(c, 0x4C1, 0x4CE)) return (c & 1) != 0 ? c + 1 : c;
  const bool pairs = IsBetween(c, 0x460, 0x481) || IsBetween(c, 0x48A, 0x52F);
  return pairs && (c & 1) == 0 && c != 0x4CF ? c + 1 : c;
}

}  // namespace

bool IsLetter(char32_t c) {
  if (c < 0x80) return IsAsciiLetter(c);
  if (c < 0xC0) return c == 0xAA || c == 0xB5 || c == 0xBA || c == 0xB2 || c == 0xB3 || c == 0xB9;
  if (c < 0x250) return c != 0xD7 && c != 0xF7;
  return !InBlocks(kNotLetters, std::size(kNotLetters), c) || IsBetween(c, 0x2070, 0x209C);
}

bool IsDigit(char32_t c) {
  return IsBetween(c, U'0', U'9') || IsBetween(c, 0xBC, 0xBE) || IsBetween(c, 0x2150, 0x215F) ||
         IsBetween(c, 0xFF10, 0xFF19);
}

bool IsCombiningMark(char32_t c) {
  return IsBetween(c, 0x0300, 0x036F) || IsBetween(c, 0x0483, 0x0489) ||
         IsBetween(c, 0x1AB0, 0x1AFF) || IsBetween(c, 0x1DC0, 0x1DFF) ||
         IsBetween(c, 0x20D0, 0x20FF) || IsBetween(c, 0xFE00, 0xFE0F) ||
         IsBetween(c, 0xFE20, 0xFE2F);
}

bool IsBlank(char32_t c) {
  return c == U' ' || c == U'\t' || c == 0xA0 || c == 0x1680 || IsBetween(c, 0x2000, 0x200A) ||
         c == 0x202F || c == 0x205F || c == 0x3000;
}

bool IsLineEnd(char32_t c) {
  return IsBetween(c, U'\n', U'\r') || c == 0x85 || c == 0x2028 || c == 0x2029;
}

bool IsInvisible(char32_t c) {
  return c == 0xAD || IsBetween(c, 0x200B, 0x200F) || IsBetween(c, 0x202A, 0x202E) ||
         IsBetween(c, 0x2060, 0x206F) || c == 0x61C || c == 0xFEFF;
}

char32_t ToLower(char32_t c) {
  if (c < 0x80) return IsBetween(c, U'A', U'Z') ? c + 0x20 : c;
  if (c < 0xC0) return c;
  if (c < 0x250) return kLatinLower[c - 0xC0];
  if (IsBetween(c, 0x370, 0x3FF)) return GreekLower(c);
  if (IsBetween(c, 0x400, 0x52F)) return CyrillicLower(c);
  if (IsBetween(c, 0x531, 0x556)) return c + 0x30;
  if (c == 0x1E9E) return 0xDF;
  const bool pairs = IsBetween(c, 0x1E00, 0x1E95) || IsBetween(c, 0x1EA0, 0x1EFF);
  if (pairs) return (c & 1) == 0 ? c + 1 : c;
  return IsBetween(c, 0xFF21, 0xFF3A) ? c + 0x20 : c;
}

bool IsUpper(char32_t c) { return ToLower(c) != c; }

bool IsDash(char32_t c) {
  return c == U'-' || IsBetween(c, 0x2010, 0x2015) || c == 0x2212 || c == 0xFE58 || c == 0xFE63 ||
         c == 0xFF0D;
}

bool IsDoubleQuote(char32_t c) {
  return c == U'"' || c == 0xAB || c == 0xBB || IsBetween(c, 0x201C, 0x201F) || c == 0x2033 ||
         c == 0x2036 || c == 0x2E42 || IsBetween(c, 0x300C, 0x300F) ||
         IsBetween(c, 0x301D, 0x301F) || c == 0xFF02;
}

bool IsSingleQuote(char32_t c) {
  return c == U'\'' || c == U'`' || c == 0xB4 || c == 0x2BC || IsBetween(c, 0x2018, 0x201B) ||
         c == 0x2032 || c == 0x2035 || c == 0x2039 || c == 0x203A || c == 0xFF07;
}

bool IsIdeograph(char32_t c) {
  return IsBetween(c, 0x3040, 0x30FF) || IsBetween(c, 0x3400, 0x4DBF) ||
         IsBetween(c, 0x4E00, 0x9FFF) || IsBetween(c, 0xF900, 0xFAFF) ||
         IsBetween(c, 0x20000, 0x3FFFF);
}

bool IsCurrency(char32_t c) {
  return c == U'$' || IsBetween(c, 0xA2, 0xA5) || IsBetween(c, 0x20A0, 0x20CF) || c == 0x0E3F;
}

}  // namespace verbatim::text
