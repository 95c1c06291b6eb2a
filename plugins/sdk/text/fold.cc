// SPDX-License-Identifier: Apache-2.0
// One writer that holds back a blank until something follows it; ASCII goes through it byte by
// byte.
#include "verbatim/text/fold.h"

#include <array>
#include <cstring>
#include <utility>

#include "verbatim/text/chars.h"
#include "verbatim/text/utf8.h"

namespace verbatim::text {
namespace {

// Lower-case letter without its accents, for U+00C0 to U+02AF. Ligatures stand for themselves here.
constexpr char16_t kLatinBase[] =
    u"aaaaaaæceeeeiiiidnooooo×ouuuuyþßaaaaaaæceeeeiiiidnooooo÷ouuuuyþy"
    u"aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiĳĳjjkkklllllll"
    u"lllnnnnnnŉnnooooooœœrrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"
    u"bbbbƅƅɔccddddƍǝəɛffgɣƕɩikklƛɯnnɵooƣƣppʀƨƨʃƪttttuuʊvyyzzʒƹƹƺƻƽƽƾƿ"
    u"ǀǁǂǃǆǆǆǉǉǉǌǌǌaaiioouuuuuuuuuuǝaaaaææggggkkooooʒʒjǳǳǳggƕƿnnaaææoo"
    u"aaaaeeeeiiiioooorrrruuuussttȝȝhhndȣȣzzaaeeooooooooyylntjȸȹacclts"
    u"zɂɂbʉʌeejjqqrryyɐɑɒbɔcddɘəɚɛɜɝɞjggɢɣɤɥhɧiɩɪlllɮɯɰmnnɴɵɶɷɸɹɺɻrrrɿ"
    u"ʀʁsʃjʅʆʇtʉʊvʌʍʎʏzzʒʓʔʕʖʗʘʙʚʛʜjʞʟqʡʢʣʤʥʦʧʨʩʪʫʬʭʮʯ";

// The same for U+1E00 to U+1EFF.
constexpr char16_t kLatinAdditionalBase[] =
    u"aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm"
    u"mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv"
    u"wwwwwwwwwwxxxxyyzzzzzzhtwyasssßẟaaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
    u"eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyyỻỻỽỽyy";

// What one character becomes where it becomes several.
std::string_view SpelledOut(char32_t lower) {
  switch (lower) {
    case 0xDF:
      return "ss";
    case 0xE6:
      return "ae";
    case 0xFE:
      return "th";
    case 0x133:
      return "ij";
    case 0x153:
      return "oe";
    case 0x1C6:
    case 0x1F3:
      return "dz";
    case 0x1C9:
      return "lj";
    case 0x1CC:
      return "nj";
    case 0xFB00:
      return "ff";
    case 0xFB01:
      return "fi";
    case 0xFB02:
      return "fl";
    case 0xFB03:
      return "ffi";
    case 0xFB04:
      return "ffl";
    case 0xFB05:
    case 0xFB06:
      return "st";
    default:
      return {};
  }
}

// Greek letters with tonos or dialytika, and the final sigma; the Cyrillic io.
char32_t OtherBase(char32_t lower) {
  switch (lower) {
    case 0x390:
    case 0x3AF:
    case 0x3CA:
      return 0x3B9;
    case 0x3AC:
      return 0x3B1;
    case 0x3AD:
      return 0x3B5;
    case 0x3AE:
      return 0x3B7;
    case 0x3B0:
    case 0x3CB:
    case 0x3CD:
      return 0x3C5;
    case 0x3C2:
      return 0x3C3;
    case 0x3CC:
      return 0x3BF;
    case 0x3CE:
      return 0x3C9;
    case 0x451:
      return 0x435;
    default:
      return lower;
  }
}

char32_t BaseOf(char32_t c) {
  if (c >= 0xC0 && c < 0x2B0) return kLatinBase[c - 0xC0];
  if (c >= 0x1E00 && c < 0x1F00) return kLatinAdditionalBase[c - 0x1E00];
  return OtherBase(ToLower(c));
}

constexpr std::array<bool, 256> MakePlain() {
  std::array<bool, 256> plain{};
  for (size_t c = ' ' + 1; c < 0x7F; ++c) plain[c] = c != '\'' && c != '`';
  return plain;
}

constexpr std::array<bool, 256> kPlain = MakePlain();

// The high bit of each byte that is A to Z; all of them are ASCII.
uint64_t CapitalBits(uint64_t bytes) {
  constexpr uint64_t kOnes = 0x0101010101010101u;
  const uint64_t from_a = bytes + (0x80 - 'A') * kOnes;
  const uint64_t behind_z = bytes + (0x7F - 'Z') * kOnes;
  return (from_a ^ behind_z) & (0x80 * kOnes);
}

class Writer {
 public:
  Writer(std::string_view text, bool keep_case) : text_(text), keep_case_(keep_case) {
    out_.reserve(text.size());
  }

  std::string Run() {
    size_t at = 0;
    while (at < text_.size()) {
      const size_t plain_end = PlainEnd(at);
      if (plain_end > at) {
        TakePlain(at, plain_end);
        at = plain_end;
        continue;
      }
      const Decoded next = DecodeAt(text_, at);
      Take(next.code_point);
      at += next.size;
    }
    return std::move(out_);
  }

 private:
  // Printable ASCII but the single marks, which may join.
  static bool IsPlain(char c) { return kPlain[static_cast<unsigned char>(c)]; }

  // Where plain words with single blanks between them end; `begin` when there is none.
  size_t PlainEnd(size_t begin) const {
    size_t at = begin;
    while (at < text_.size()) {
      if (IsPlain(text_[at])) {
        ++at;
      } else if (text_[at] == ' ' && at > begin && at + 1 < text_.size() &&
                 IsPlain(text_[at + 1])) {
        at += 2;
      } else {
        break;
      }
    }
    return at;
  }

  void TakePlain(size_t begin, size_t end) {
    FlushBlank();
    const size_t from = out_.size();
    out_.append(text_.substr(begin, end - begin));
    if (keep_case_) return;
    char* c = out_.data() + from;
    char* const last = out_.data() + out_.size();
    for (; last - c >= 8; c += 8) {
      uint64_t bytes = 0;
      std::memcpy(&bytes, c, sizeof bytes);
      bytes |= CapitalBits(bytes) >> 2;  // 0x80 to 0x20
      std::memcpy(c, &bytes, sizeof bytes);
    }
    for (; c < last; ++c) *c = *c >= 'A' && *c <= 'Z' ? static_cast<char>(*c + ('a' - 'A')) : *c;
  }

  void Take(char32_t c) {
    if (IsBlank(c) || IsLineEnd(c)) {
      blank_ = !out_.empty();
    } else if (c < 0x80 && c != U'\'' && c != U'`') {
      PutAscii(keep_case_ ? c : ToLower(c));
    } else if (!IsInvisible(c)) {
      TakeOther(c);
    }
  }

  void TakeOther(char32_t c) {
    if (IsSingleQuote(c)) return PutQuote();
    if (IsDoubleQuote(c)) return PutAscii(U'"');
    if (IsDash(c)) return PutAscii(U'-');
    if (c == 0x2026) return PutAll("...");
    if (keep_case_) return PutChar(c);
    if (IsCombiningMark(c)) return;
    // Full-width forms are ASCII in other clothes.
    if (c > 0xFF00 && c < 0xFF5F) return Take(c - 0xFEE0);
    const char32_t base = BaseOf(c);
    const std::string_view spelled = SpelledOut(base);
    if (!spelled.empty()) return PutAll(spelled);
    PutChar(base);
  }

  // Two single marks side by side are how old wires write a double one.
  void PutQuote() {
    if (!blank_ && !out_.empty() && out_.back() == '\'') {
      out_.back() = '"';
    } else {
      PutAscii(U'\'');
    }
  }

  void FlushBlank() {
    if (blank_) out_.push_back(' ');
    blank_ = false;
  }

  void PutAscii(char32_t c) {
    FlushBlank();
    out_.push_back(static_cast<char>(c));
  }

  void PutChar(char32_t c) {
    FlushBlank();
    AppendUtf8(c, &out_);
  }

  void PutAll(std::string_view ascii) {
    FlushBlank();
    out_.append(ascii);
  }

  std::string_view text_;
  bool keep_case_;
  std::string out_;
  bool blank_ = false;
};

}  // namespace

std::string Fold(std::string_view text) { return Writer(text, false).Run(); }

std::string FoldKeepCase(std::string_view text) { return Writer(text, true).Run(); }

bool EqualFolded(std::string_view a, std::string_view b) { return a == b || Fold(a) == Fold(b); }

uint64_t HashFolded(std::string_view text) {
  // FNV-1a, 64 bits.
  uint64_t hash = 0xCBF29CE484222325u;
  const auto mix = [&hash](char c) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3u;
  };
  for (const char c : Fold(text)) mix(c);
  return hash;
}

}  // namespace verbatim::text
