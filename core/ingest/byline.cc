// SPDX-License-Identifier: Apache-2.0
#include "core/ingest/byline.h"

#include <algorithm>
#include <array>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "core/ingest/absl_view.h"
#include "core/ingest/blocks.h"
#include "core/ingest/byline_opening.h"
#include "core/ingest/month_names.h"
#include "verbatim/text/chars.h"
#include "verbatim/text/fold.h"
#include "verbatim/text/utf8.h"

namespace verbatim::ingest {
namespace {

constexpr uint32_t kNameWordsMax = 6;
constexpr uint32_t kBylineWordsMax = 14;
constexpr uint32_t kPersonWordsMax = 5;
constexpr size_t kAsideBytesMax = 60;  // "(Porthaven)" behind a name

// Words at which a list of names ends.
constexpr std::array<std::string_view, 14> kListEnds = {
    " | ", " - ", " – ",      " — ",        " · ",     " • ",  " ● ",
    " ⋅ ", "/",   " updated", " published", " posted", " on ", ":"};

// Words at which one name ends; another may follow.
constexpr std::array<std::string_view, 12> kNameEnds = {
    " for ", " in ",  " at ",   " from ", " special to", " reporting from",
    " @",    " aus ", " dans ", " para ", " a.k.a. ",    " via "};

// What writers are called, behind their names.
constexpr std::array<std::string_view, 24> kRoles = {
    "contributor", "staff",      "correspondent", "reporter",      "editor",          "writer",
    "journalist",  "columnist",  "producer",      "manager",       "director",        "analyst",
    "founder",     "cofounder",  "redakteur",     "redakteurin",   "redacteur",       "rédacteur",
    "journaliste", "periodista", "giornalista",   "korrespondent", "korrespondentin", "redaktor"};
// And what stands before those words.
constexpr std::array<std::string_view, 40> kOfRoles = {
    "senior",     "chief",    "deputy",       "associate", "assistant", "managing",    "executive",
    "political",  "business", "sports",       "sport",     "science",   "health",      "foreign",
    "national",   "world",    "crime",        "education", "news",      "staff",       "special",
    "diplomatic", "defence",  "defense",      "legal",     "tech",      "technology",  "culture",
    "features",   "digital",  "marketing",    "content",   "economics", "environment", "security",
    "freelance",  "guest",    "contributing", "review",    "the"};

// Labels that pages print where a name could stand.
constexpr std::array<std::string_view, 48> kNoNames = {
    "admin",     "administrator", "staff",       "editor",    "editors",      "redaktion",
    "newsroom",  "written by",    "by",          "author",    "authors",      "autor",
    "auteur",    "min read",      "image",       "images",    "photo",        "photos",
    "video",     "share",         "follow",      "twitter",   "facebook",     "linkedin",
    "instagram", "whatsapp",      "youtube",     "telegram",  "email",        "comments",
    "comment",   "read more",     "contributor", "guest",     "guest author", "anonymous",
    "unknown",   "none",          "null",        "undefined", "default",      "print",
    "news",      "home",          "updated",     "published", "human",        "view profile"};
constexpr std::array<std::string_view, 14> kNoNameOpenings = {
    "more about", "about ",    "view ",  "reviewed by", "photo by", "see all",      "all posts",
    "follow ",    "read more", "share ", "image ",      "meet the", "fact checked", "letzte "};

// Small words within names of persons.
constexpr std::array<std::string_view, 22> kParticles = {
    "van", "von", "de", "da",  "di",  "del", "della", "der", "den", "des", "dos",
    "du",  "la",  "le", "ten", "ter", "zu",  "al",    "el",  "bin", "ibn", "st."};

template <size_t n>
bool IsIn(const std::array<std::string_view, n>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string Small(std::string_view text) { return absl::AsciiStrToLower(View(text)); }

bool IsLetterOrMark(char32_t c) { return text::IsLetter(c) || text::IsCombiningMark(c); }

// Scripts without capitals count as if they had some.
bool BeginsAsName(std::string_view word) {
  const char32_t c = text::DecodeAt(word, 0).code_point;
  return text::IsUpper(c) || text::IsIdeograph(c) || (c >= 0x590 && text::IsLetter(c));
}

bool HasCapital(std::string_view text) {
  for (size_t i = 0; i < text.size(); i += text::DecodeAt(text, i).size) {
    if (BeginsAsName(text.substr(i))) return true;
  }
  return false;
}

std::string_view TrimFront(std::string_view text) {
  while (!text.empty() && !IsLetterOrMark(text::DecodeAt(text, 0).code_point))
    text.remove_prefix(text::DecodeAt(text, 0).size);
  return text;
}

std::string_view Trim(std::string_view text) {
  const auto drop = [](char32_t c) { return !IsLetterOrMark(c) && c != U'.' && c != U'\''; };
  while (!text.empty() && drop(text::DecodeAt(text, 0).code_point))
    text.remove_prefix(text::DecodeAt(text, 0).size);
  while (!text.empty()) {
    const uint32_t last = text::PreviousChar(text, static_cast<uint32_t>(text.size()));
    if (!drop(text::DecodeAt(text, last).code_point)) break;
    text = text.substr(0, last);
  }
  return text;
}

// Without what stands in brackets behind a name.
std::string WithoutAsides(std::string_view text) {
  std::string out(text);
  for (size_t open = out.find('('); open != std::string::npos; open = out.find('(', open)) {
    const size_t close = out.find(')', open);
    if (close == std::string::npos || close - open > kAsideBytesMax || open == 0) break;
    out.erase(open, close + 1 - open);
  }
  return out;
}

// Where the first of `words` stands, not at the beginning.
template <size_t n>
size_t FirstOf(const std::array<std::string_view, n>& words, std::string_view small) {
  size_t first = small.size();
  for (const std::string_view word : words) first = std::min(first, small.find(word, 1));
  return first;
}

// "Ann Reed, 4 May": where a number begins, and the month before it.
std::string_view BeforeNumbers(std::string_view text) {
  const size_t digit = text.find_first_of("0123456789");
  // A newsroom's name may end in one ("Kanal5").
  if (digit == 0 || digit == std::string_view::npos || text[digit - 1] != ' ') return text;
  text = Trim(text.substr(0, digit));
  const size_t last = text.rfind(' ');
  if (last != std::string_view::npos && IsMonthName(text.substr(last + 1)))
    text = Trim(text.substr(0, last));
  return text;
}

// "Ann Reed Political correspondent": the name alone. "Courier staff" is one as a whole: one word
// before a role is no person's.
std::string_view WithoutRole(std::string_view name) {
  size_t cut = name.size();
  size_t words = 0;
  for (size_t begin = 0; begin < name.size();) {
    const size_t end = std::min(name.find(' ', begin), name.size());
    const std::string small = Small(Trim(name.substr(begin, end - begin)));
    if (IsIn(kRoles, small) || (small == "co-founder")) {
      if (words < 2) return name;
      cut = begin;
      break;
    }
    ++words;
    begin = end + 1;
  }
  if (cut == name.size()) return name;
  name = Trim(name.substr(0, cut));
  for (size_t last = name.rfind(' '); last != std::string_view::npos && CountWords(name) > 2;
       last = name.rfind(' ')) {
    if (!IsIn(kOfRoles, Small(name.substr(last + 1)))) break;
    name = Trim(name.substr(0, last));
  }
  return name;
}

// "M.D.", "PhD", "RN".
bool IsDegree(std::string_view text) {
  std::string letters;
  for (const char c : text) {
    if (c != '.' && c != ' ') letters += absl::ascii_tolower(static_cast<unsigned char>(c));
  }
  for (const char* degree : {"md", "phd", "dphil", "rn", "bsn", "mph", "mba", "ma", "msc", "bsc",
                             "dvm", "rd", "rdn", "esq", "cpa", "jd", "ms", "llm"}) {
    if (letters == degree) return true;
  }
  return false;
}

// "Ann Reed RN".
std::string_view WithoutDegree(std::string_view name) {
  const size_t last = name.rfind(' ');
  if (last == std::string_view::npos || CountWords(name) < 3) return name;
  const std::string_view word = name.substr(last + 1);
  return word == absl::AsciiStrToUpper(View(word)) && IsDegree(word) ? name.substr(0, last) : name;
}

bool IsSuffix(std::string_view text) {
  const std::string small = Small(Trim(text));
  return small == "jr." || small == "jr" || small == "sr." || small == "sr" || small == "ii" ||
         small == "iii";
}

// "Staff Writer", "Senior Analyst": what somebody is, and not who.
bool IsRoleAlone(std::string_view folded) {
  const std::vector<absl::string_view> words = absl::StrSplit(View(folded), ' ');
  return std::all_of(words.begin(), words.end(), [](absl::string_view one) {
    const std::string_view word(one.data(), one.size());
    return IsIn(kRoles, word) || IsIn(kOfRoles, word) || word == "of" || word == "and";
  });
}

bool IsName(std::string_view name, std::string_view outlet) {
  const uint32_t words = CountWords(name);
  if (words == 0 || words > kNameWordsMax || !HasCapital(name)) return false;
  // Dates and numbers are no names; a newsroom's may end in one.
  const std::vector<absl::string_view> parts = absl::StrSplit(View(name), ' ');
  const bool digits = std::any_of(parts.begin(), parts.end(), [&](absl::string_view part) {
    return !part.empty() && absl::ascii_isdigit(static_cast<unsigned char>(part[0]));
  });
  const bool address =
      name.find('@') != std::string_view::npos || name.find("http") != std::string_view::npos ||
      name.find("www.") != std::string_view::npos || name.find(".com") != std::string_view::npos;
  if (digits || address || IsMonthName(name)) return false;
  const std::string folded = text::Fold(name);
  if (IsLabel(name)) return false;
  for (const std::string_view opening : kNoNameOpenings) {
    if (absl::StartsWith(folded, View(opening))) return false;
  }
  return outlet.empty() || folded != text::Fold(outlet);
}

}  // namespace

bool IsPerson(std::string_view name) {
  if (!HasCapital(name)) return false;
  uint32_t words = 0;
  uint32_t capitals = 0;
  for (const absl::string_view part : absl::StrSplit(View(name), ' ', absl::SkipEmpty())) {
    const std::string_view word(part.data(), part.size());
    ++words;
    if (BeginsAsName(word)) {
      ++capitals;
    } else if (!IsIn(kParticles, word) && !absl::StartsWith(part, "d'") &&
               !absl::StartsWith(part, "al-") && !absl::StartsWith(part, "el-")) {
      return false;
    }
  }
  const bool ideographs = text::IsIdeograph(text::DecodeAt(name, 0).code_point);
  return words <= kPersonWordsMax && (ideographs || (words >= 2 && capitals >= 2));
}

std::vector<std::string> AuthorsIn(std::string_view byline, std::string_view outlet) {
  const std::string whole = WithoutAsides(WithoutOpening(byline));
  std::string_view rest = WithoutOpening(whole);
  rest = rest.substr(0, FirstOf(kListEnds, Small(rest)));
  const std::string joined = absl::StrReplaceAll(View(rest), {{" and ", ","},
                                                              {" und ", ","},
                                                              {" et ", ","},
                                                              {" y ", ","},
                                                              {" e ", ","},
                                                              {" & ", ","},
                                                              {";", ","},
                                                              {" AND ", ","},
                                                              {" And ", ","},
                                                              {" with ", ","},
                                                              {" mit ", ","},
                                                              {" og ", ","},
                                                              {" och ", ","},
                                                              {" en ", ","},
                                                              {" и ", ","},
                                                              {" ve ", ","},
                                                              {"、", ","},
                                                              {"，", ","}});
  std::vector<std::string> names;
  bool ended = false;  // what follows the end of a name may be part of a place's or a paper's
  for (const absl::string_view one : absl::StrSplit(joined, ',')) {
    const std::string_view part(one.data(), one.size());
    if (!names.empty() && IsSuffix(part)) {
      names.back() += " " + std::string(absl::StripAsciiWhitespace(one));
      continue;
    }
    std::string_view name = TrimFront(WithoutOpening(TrimFront(part)));
    const size_t end = FirstOf(kNameEnds, Small(name));
    const bool ends = end < name.size();
    name = WithoutDegree(WithoutRole(Trim(BeforeNumbers(name.substr(0, end)))));
    if (!IsName(name, outlet) || (!names.empty() && IsDegree(name))) continue;
    if (ended && !IsPerson(name)) continue;
    ended = ended || ends;
    names.emplace_back(name);
  }
  return names;
}

bool IsByline(std::string_view line) {
  if (CountWords(line) > kBylineWordsMax) return false;
  const std::string_view rest = WithoutOpening(line);
  if (rest.size() == line.size() || rest.empty() || !BeginsAsName(rest)) return false;
  const std::vector<std::string> names = AuthorsIn(line, "");
  return !names.empty() && std::all_of(names.begin(), names.end(), [](const std::string& name) {
    const std::vector<absl::string_view> words = absl::StrSplit(name, ' ');
    return std::all_of(words.begin(), words.end(), [](absl::string_view one) {
      const std::string_view word(one.data(), one.size());
      return BeginsAsName(word) || IsIn(kParticles, word) || IsRoleAlone(text::Fold(word)) ||
             absl::StartsWith(one, "d'") || absl::StartsWith(one, "al-");
    });
  });
}

bool IsLabel(std::string_view name) {
  const std::string folded = text::Fold(name);
  return IsIn(kNoNames, folded) || IsRoleAlone(folded);
}

bool IsBylineLabel(std::string_view text) {
  const std::string_view label = Trim(text);
  return !label.empty() && WithoutOpening(label).empty();
}

}  // namespace verbatim::ingest
