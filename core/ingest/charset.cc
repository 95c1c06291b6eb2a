// SPDX-License-Identifier: Apache-2.0
#include "core/ingest/charset.h"

#include <iconv.h>

#include <array>
#include <cerrno>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/ingest/absl_view.h"
#include "core/ingest/charset_guess.h"
#include "core/ingest/limits.h"
#include "verbatim/text/utf8.h"

namespace verbatim::ingest {
namespace {

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
// Where a page declares its encoding; browsers look at 1,024 bytes, pages of the wild take longer.
constexpr size_t kDeclarationBytesMax = 8 * 1024;
// A text is UTF-8 with damage, and not another encoding, when this many of its characters beyond
// ASCII are whole for every one that is broken.
constexpr size_t kWholeForOneBroken = 4;

// A guess at an encoding holds when no more than one character is lost in so many bytes.
constexpr size_t kBytesForOneLost = 4096;

// Labels that the web uses for a larger encoding than they name, and spellings that iconv lacks.
std::string NameForIconv(const std::string& label) {
  static constexpr std::array<std::array<std::string_view, 2>, 16> kNames = {{
      {"iso-8859-1", "windows-1252"},
      {"iso8859-1", "windows-1252"},
      {"latin1", "windows-1252"},
      {"latin-1", "windows-1252"},
      {"us-ascii", "windows-1252"},
      {"ascii", "windows-1252"},
      {"iso-8859-9", "windows-1254"},
      {"gb2312", "gb18030"},
      {"gbk", "gb18030"},
      {"x-gbk", "gb18030"},
      {"shift_jis", "cp932"},
      {"shift-jis", "cp932"},
      {"x-sjis", "cp932"},
      {"euc-kr", "cp949"},
      {"ks_c_5601-1987", "cp949"},
      {"uhc", "cp949"},
  }};
  for (const auto& [from, to] : kNames) {
    if (label == from) return std::string(to);
  }
  return label;
}

struct Converted {
  std::string text;
  uint32_t replaced = 0;
};

// Absent when iconv doesn't know the encoding.
std::optional<Converted> Convert(std::string_view bytes, const std::string& encoding) {
  const iconv_t descriptor = iconv_open("UTF-8", NameForIconv(encoding).c_str());
  if (descriptor == reinterpret_cast<iconv_t>(-1)) return std::nullopt;
  Converted converted;
  converted.text.reserve(bytes.size() + bytes.size() / 8);
  std::array<char, 16 * 1024> buffer;
  char* in = const_cast<char*>(bytes.data());  // iconv's signature; it doesn't write there
  size_t in_left = bytes.size();
  while (in_left > 0) {
    char* out = buffer.data();
    size_t out_left = buffer.size();
    const size_t result = iconv(descriptor, &in, &in_left, &out, &out_left);
    converted.text.append(buffer.data(), buffer.size() - out_left);
    if (result != static_cast<size_t>(-1) || errno == E2BIG) continue;
    converted.text += kReplacement;
    ++converted.replaced;
    ++in;
    --in_left;
    iconv(descriptor, nullptr, nullptr, nullptr, nullptr);
  }
  iconv_close(descriptor);
  return converted;
}

struct Utf8Census {
  size_t whole = 0;   // characters beyond ASCII
  size_t broken = 0;  // bytes that belong to none
};

Utf8Census Count(std::string_view bytes) {
  Utf8Census census;
  for (size_t i = 0; i < bytes.size();) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    if (byte < 0x80) {
      ++i;
      continue;
    }
    const text::Decoded decoded = text::DecodeAt(bytes, i);
    const bool bad =
        decoded.code_point == 0xFFFD && (decoded.size == 1 || bytes.substr(i, 3) != kReplacement);
    ++(bad ? census.broken : census.whole);
    i += decoded.size;
  }
  return census;
}

Converted Repaired(std::string_view bytes) {
  Converted repaired;
  repaired.text.reserve(bytes.size() + 64);
  while (!bytes.empty()) {
    const size_t bad = text::FirstInvalidByte(bytes);
    repaired.text += bytes.substr(0, bad);
    if (bad == text::kNoByte) break;
    repaired.text += kReplacement;
    ++repaired.replaced;
    // A character cut short is one loss, not one a byte.
    size_t next = bad + 1;
    while (next < bytes.size() && !text::IsLeadByte(bytes[next])) ++next;
    bytes.remove_prefix(next);
  }
  return repaired;
}

struct Mark {
  std::string_view bytes;
  const char* encoding;
};

const Mark* ByteOrderMark(std::string_view bytes) {
  // The longer one of two that begin alike first.
  static constexpr std::array<Mark, 5> kMarks = {{{{"\xFF\xFE\0\0", 4}, "utf-32le"},
                                                  {{"\0\0\xFE\xFF", 4}, "utf-32be"},
                                                  {kUtf8Mark, "utf-8"},
                                                  {"\xFF\xFE", "utf-16le"},
                                                  {"\xFE\xFF", "utf-16be"}}};
  for (const Mark& mark : kMarks) {
    if (bytes.substr(0, mark.bytes.size()) == mark.bytes) return &mark;
  }
  return nullptr;
}

bool IsUtf8Name(std::string_view name) { return name == "utf-8" || name == "utf8"; }

absl::StatusOr<Decoded> Finish(Converted converted, std::string used, std::string declared) {
  const double share = static_cast<double>(converted.replaced) /
                       static_cast<double>(std::max<size_t>(converted.text.size(), 1));
  if (share > limits::kReplacedShareMax) {
    return absl::InvalidArgumentError(absl::StrCat("bad-encoding: ", converted.replaced,
                                                   " characters can't be read as ", used,
                                                   "; convert it first, or name its charset"));
  }
  return Decoded{std::move(converted.text), std::move(used), std::move(declared),
                 converted.replaced};
}

}  // namespace

std::string_view WithoutByteOrderMark(std::string_view text) {
  return text.substr(text.substr(0, kUtf8Mark.size()) == kUtf8Mark ? kUtf8Mark.size() : 0);
}

std::string_view WideEncoding(std::string_view head) {
  constexpr size_t kLookBytes = 1024;
  constexpr size_t kPairsMin = 8;
  constexpr double kZeroShare = 0.75;  // letters of Latin scripts
  head = head.substr(0, kLookBytes);
  const size_t pairs = head.size() / 2;
  if (pairs < kPairsMin) return {};
  std::array<size_t, 2> zeros = {0, 0};
  for (size_t i = 0; i < 2 * pairs; ++i) zeros[i % 2] += head[i] == '\0';
  const auto wide = [&](size_t high, size_t low) {
    return zeros[low] == 0 &&
           static_cast<double>(zeros[high]) >= kZeroShare * static_cast<double>(pairs);
  };
  return wide(1, 0) ? "utf-16le" : wide(0, 1) ? "utf-16be" : std::string_view();
}

std::string DeclaredCharset(std::string_view text) {
  const std::string head = absl::AsciiStrToLower(View(text.substr(0, kDeclarationBytesMax)));
  for (size_t at = head.find("charset"); at != std::string::npos;
       at = head.find("charset", at + 7)) {
    size_t i = head.find_first_not_of(" \t", at + 7);
    if (i == std::string::npos || head[i] != '=') continue;
    i = head.find_first_not_of(" \t\"'", i + 1);
    if (i == std::string::npos) break;
    const size_t end = head.find_first_of(" \t\"';>/,\r\n", i);
    const std::string name = head.substr(i, end == std::string::npos ? end : end - i);
    if (!name.empty() && name.size() < 40) return name;
  }
  return "";
}

absl::StatusOr<Decoded> Decode(std::string_view bytes, std::string_view content_type) {
  if (const Mark* mark = ByteOrderMark(bytes)) {
    bytes.remove_prefix(mark->bytes.size());
    if (IsUtf8Name(mark->encoding)) return Finish(Repaired(bytes), mark->encoding, mark->encoding);
    return Finish(*Convert(bytes, mark->encoding), mark->encoding, mark->encoding);
  }
  if (const std::string_view wide = WideEncoding(bytes); !wide.empty())
    return Finish(*Convert(bytes, std::string(wide)), std::string(wide), "");
  const std::string declared = DeclaredCharset(content_type);
  const std::string in_page = DeclaredCharset(bytes);
  const std::string said = declared.empty() ? in_page : declared;
  if (text::IsValidUtf8(bytes)) {
    // Seven-bit encodings are well-formed UTF-8 too; the Japanese one shows itself.
    if (bytes.find('\x1b') != std::string_view::npos) {
      const bool japanese = bytes.find("\x1b$B") != std::string_view::npos ||
                            bytes.find("\x1b$@") != std::string_view::npos;
      const bool named = absl::StartsWith(said, "iso-2022-");
      const std::string name = named ? said : japanese ? "iso-2022-jp" : "";
      std::optional<Converted> converted;
      if (!name.empty()) converted = Convert(bytes, name);
      if (converted) return Finish(*std::move(converted), name, said);
    }
    return Decoded{std::string(bytes), "utf-8", said, 0};
  }
  const Utf8Census census = Count(bytes);
  if (census.whole >= kWholeForOneBroken * census.broken) {
    return Finish(Repaired(bytes), "utf-8", said);
  }
  for (const std::string& name : {declared, in_page}) {
    if (name.empty() || IsUtf8Name(name)) continue;
    if (auto converted = Convert(bytes, name)) return Finish(*std::move(converted), name, name);
  }
  if (const std::string guess = GuessCharset(bytes); !guess.empty()) {
    auto converted = Convert(bytes, guess);
    if (converted && converted->replaced <= converted->text.size() / kBytesForOneLost)
      return Finish(*std::move(converted), guess, said);
  }
  return Finish(*Convert(bytes, "windows-1252"), "windows-1252", said);
}

}  // namespace verbatim::ingest
