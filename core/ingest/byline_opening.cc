// SPDX-License-Identifier: Apache-2.0
#include "core/ingest/byline_opening.h"

#include <algorithm>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "core/ingest/blocks.h"
#include "verbatim/text/utf8.h"

namespace verbatim::ingest {
namespace {

// A colon and blanks may follow.
constexpr absl::string_view kOpenings =
    "by|written by|posted by|published by|story by|words by|reported by|opinion by|analysis by|"
    "review by|article by|author|authors|author(s)|reporter|journalist|"
    "von|text von|kommentar von|analyse von|interview von|bericht von|gastbeitrag von|verfasst von|"
    "geschrieben von|autor|autorin|autoren|"
    "par|auteur|auteurs|por|escrito por|autores|di|scritto da|autore|autori|door|av|af|przez|"
    "автор|Автор";
// A colon must follow: "Text: Ann Reed", but not "Text size".
constexpr absl::string_view kBeforeColon = "text|texte|texto|testo";
// Of scripts that part words otherwise: the name follows at once, or behind a colon.
constexpr absl::string_view kAtOnce = "責任編輯|责任编辑|责编|作者|記者|记者|執筆|文／";

// "Ein Kommentar von Anna Reiter".
constexpr absl::string_view kGermanArticle = "ein";
constexpr absl::string_view kGermanBy = " von ";
constexpr size_t kGermanBytesMax = 60;

// How much of `small`, which is in small letters, an opening takes; 0: it begins with none.
size_t OpeningBytes(absl::string_view small) {
  size_t longest = 0;
  const auto look = [&](absl::string_view list, auto&& may_follow) {
    for (const absl::string_view opening : absl::StrSplit(list, '|')) {
      if (absl::StartsWith(small, opening) && may_follow(small.substr(opening.size())))
        longest = std::max(longest, opening.size());
    }
  };
  look(kOpenings,
       [](absl::string_view rest) { return rest.empty() || rest[0] == ' ' || rest[0] == ':'; });
  look(kBeforeColon, [](absl::string_view rest) { return rest.empty() || rest[0] == ':'; });
  look(kAtOnce, [](absl::string_view) { return true; });
  const size_t von = small.find(kGermanBy);
  if (absl::StartsWith(small, kGermanArticle) && von < kGermanBytesMax)
    longest = std::max(longest, von + kGermanBy.size() - 1);
  return longest;
}

}  // namespace

std::string_view WithoutOpening(std::string_view line) {
  const std::string small = absl::AsciiStrToLower({line.data(), line.size()});
  const size_t opening = OpeningBytes(small);
  if (opening == 0) return line;
  std::string_view rest = line.substr(opening);
  while (!rest.empty() && (rest[0] == ':' || rest[0] == ' ' || rest.substr(0, 3) == "：")) {
    rest.remove_prefix(text::DecodeAt(rest, 0).size);
  }
  // "Von Anna Reiter", but the family name "Di Marco".
  const bool particle = opening <= 3 && small.substr(0, opening) != "by";
  const bool agency = rest == absl::AsciiStrToUpper({rest.data(), rest.size()});
  return particle && CountWords(rest) == 1 && !agency ? line : rest;
}

}  // namespace verbatim::ingest
