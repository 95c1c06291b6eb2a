// SPDX-License-Identifier: Apache-2.0
#include "core/ingest/metadata.h"

#include <algorithm>
#include <array>
#include <vector>

#include "absl/strings/ascii.h"
#include "core/ingest/byline.h"
#include "core/ingest/furniture.h"
#include "core/ingest/month_names.h"
#include "verbatim/text/chars.h"
#include "verbatim/text/sentences.h"
#include "verbatim/text/tokens.h"
#include "verbatim/text/utf8.h"

namespace verbatim::ingest {
namespace {

using text::Token;
using text::TokenFlag;

constexpr size_t kTitleWordsMin = 3;
constexpr size_t kTitleWordsMax = 30;
constexpr size_t kQuestionWordsMax = 16;  // a longer question is a lead
constexpr size_t kFurnitureLinesMax =
    12;  // more lines than this above a headline: it is no headline
constexpr size_t kDatelineParagraphsMax = 8;
constexpr size_t kPlaceWordsMax = 4;

// What newspapers and agencies are called.
constexpr std::array<std::string_view, 24> kPaperNames = {
    "Times",    "Post",   "News",   "Daily", "Herald",    "Tribune",   "Courier",  "Gazette",
    "Journal",  "Press",  "Agency", "Today", "Mail",      "Chronicle", "Observer", "Star",
    "Standard", "Record", "Echo",   "Globe", "Telegraph", "Mirror",    "Weekly",   "Online"};

size_t CountWords(std::string_view line) {
  const auto tokens = text::Tokenize(line);
  return static_cast<size_t>(std::count_if(
      tokens.begin(), tokens.end(), [](const Token& t) { return t.IsWord() || t.IsNumber(); }));
}

bool IsBulleted(std::string_view line) {
  const char32_t first = text::DecodeAt(line, 0).code_point;
  return first == U'•' || first == U'·' || first == U'*' || first == U'▪' || first == U'‣';
}

// The last character that is not a closing mark.
char32_t LastCharacter(std::string_view line) {
  auto at = static_cast<uint32_t>(line.size());
  while (at > 0) {
    at = text::PreviousChar(line, at);
    const char32_t c = text::DecodeAt(line, at).code_point;
    if (!text::IsDoubleQuote(c) && !text::IsSingleQuote(c) && c != U')') return c;
  }
  return 0;
}

bool EndsSentence(std::string_view line) {
  const char32_t last = LastCharacter(line);
  return last == U'.' || last == U'…' || last == U'!' || last == U'?';
}

bool IsRunningText(std::string_view line) { return EndsSentence(line) && CountWords(line) > 8; }

// What those are called who write for a paper or a station.
constexpr std::array<std::string_view, 9> kWriters = {"reporter",   "correspondent", "producer",
                                                      "editor",     "columnist",     "writer",
                                                      "journalist", "staff",         "contributor"};

// The name before the comma of "Ana Torres, The Harbour Press" or "Ana Torres, Evening Line
// producer"; empty when the line is no such one.
std::string_view SignedBy(std::string_view line) {
  const size_t comma = line.find(", ");
  if (comma == std::string_view::npos) return {};
  const std::string_view name = line.substr(0, comma);
  const std::string_view whose = line.substr(comma + 2);
  const auto words = text::Tokenize(name);
  const auto rest = text::Tokenize(whose);
  const auto is_name = [](const Token& token) {
    return token.IsWord() && token.Has(TokenFlag::kCapitalised);
  };
  if (words.size() < 2 || words.size() > kPlaceWordsMax || rest.size() < 2 ||
      rest.size() > kPlaceWordsMax + 1 || !std::all_of(words.begin(), words.end(), is_name) ||
      !std::all_of(rest.begin(), rest.end() - 1, is_name)) {
    return {};
  }
  const std::string_view last = text::In(whose, rest.back());
  const bool writes =
      std::find(kWriters.begin(), kWriters.end(),
                absl::AsciiStrToLower({last.data(), last.size()})) != kWriters.end();
  const bool paper = std::find(kPaperNames.begin(), kPaperNames.end(), last) != kPaperNames.end();
  return writes || paper ? name : std::string_view();
}

// What agencies and press offices write above a text for those who print it.
bool IsNote(std::string_view line) {
  for (const std::string_view opening :
       {"Contact: ", "Media contact: ", "Press contact: ", "Eds: ", "EDS: ", "Editors: ", "From: ",
        "To: ", "Subject: ", "Cc: ", "Date: ", "Sent: ", "Published ", "Updated ", "Issue "}) {
    if (line.substr(0, opening.size()) == opening) return true;
  }
  return false;
}

// A cursor over the tokens of one paragraph.
class Reader {
 public:
  Reader(std::string_view text, const std::vector<Token>& tokens) : text_(text), tokens_(&tokens) {}
  bool AtEnd() const { return next_ >= tokens_->size(); }
  const Token& Peek() const { return (*tokens_)[next_]; }
  std::string_view Text() const {
    return AtEnd() ? std::string_view() : text::In(text_, (*tokens_)[next_]);
  }
  void Skip() { ++next_; }
  bool Take(std::string_view mark) {
    if (Text() != mark) return false;
    ++next_;
    return true;
  }

 private:
  std::string_view text_;
  const std::vector<Token>* tokens_;
  size_t next_ = 0;
};

bool IsDash(std::string_view mark) {
  return !mark.empty() && (text::IsDash(text::DecodeAt(mark, 0).code_point));
}

// "PORTHAVEN", "NEW PORT, Kerrin": the capitals at the start.
std::string ReadPlace(Reader& reader, std::string_view text) {
  uint32_t begin = 0;
  uint32_t end = 0;
  size_t words = 0;
  while (!reader.AtEnd() && words < kPlaceWordsMax) {
    const Token& token = reader.Peek();
    if (!token.IsWord() || !token.Has(TokenFlag::kAllCaps)) break;
    if (words == 0) begin = token.begin;
    end = token.end;
    ++words;
    reader.Skip();
  }
  return words == 0 ? "" : std::string(text.substr(begin, end - begin));
}

// ", Kerrin" between a place and what else a dateline says; nothing is taken when it isn't there.
void SkipRegion(Reader& reader) {
  Reader ahead = reader;
  if (!ahead.Take(",")) return;
  size_t words = 0;
  for (; !ahead.AtEnd() && words < kPlaceWordsMax; ++words) {
    const Token& token = ahead.Peek();
    if (!token.IsWord() || !token.Has(TokenFlag::kCapitalised) || IsMonthName(ahead.Text())) break;
    ahead.Skip();
    ahead.Take(".");
  }
  if (words == 0) return;
  Reader date = ahead;
  const bool dated = date.Take(",") && !date.AtEnd() && IsMonthName(date.Text());
  if (dated || ahead.Text() == "(" || ahead.Text() == "/") reader = ahead;
}

// ", June 19" with or without a year; nothing is taken when it isn't there.
std::string ReadDate(Reader& reader, std::string_view text) {
  Reader ahead = reader;
  if (!ahead.Take(",") || ahead.AtEnd() || !IsMonthName(ahead.Text())) return "";
  const uint32_t begin = ahead.Peek().begin;
  ahead.Skip();
  ahead.Take(".");
  if (ahead.AtEnd() || !ahead.Peek().IsNumber()) return "";
  uint32_t end = ahead.Peek().end;
  ahead.Skip();
  reader = ahead;
  if (ahead.Take(",") && !ahead.AtEnd() && ahead.Peek().IsNumber() && ahead.Text().size() == 4) {
    end = ahead.Peek().end;
    ahead.Skip();
    reader = ahead;
  }
  return std::string(text.substr(begin, end - begin));
}

// "/AGENCY/" or "(Agency)".
std::string ReadAgency(Reader& reader, std::string_view text) {
  Reader ahead = reader;
  const bool slashes = ahead.Take("/");
  if (!slashes && !ahead.Take("(")) return "";
  const uint32_t begin = ahead.AtEnd() ? 0 : ahead.Peek().begin;
  uint32_t end = begin;
  for (size_t words = 0; !ahead.AtEnd() && words < kPlaceWordsMax; ++words) {
    const Token& token = ahead.Peek();
    if (!token.IsWord() || !token.Has(TokenFlag::kCapitalised)) break;
    end = token.end;
    ahead.Skip();
  }
  if (end == begin || !ahead.Take(slashes ? "/" : ")")) return "";
  reader = ahead;
  return std::string(text.substr(begin, end - begin));
}

std::optional<v1::Dateline> ReadDateline(std::string_view text, text::Range paragraph) {
  const auto tokens = text::Tokenize(text, paragraph);
  Reader reader(text, tokens);
  v1::Dateline dateline;
  dateline.set_place(ReadPlace(reader, text));
  if (dateline.place().empty()) return std::nullopt;
  SkipRegion(reader);
  dateline.set_date(ReadDate(reader, text));
  reader.Take(".");
  dateline.set_agency(ReadAgency(reader, text));
  const bool closed = IsDash(reader.Text()) || reader.Text() == "." || reader.Text() == ":";
  // Capitals alone open many sentences; a dateline says when, or for whom, and ends with a mark.
  const bool says_more = !dateline.date().empty() || !dateline.agency().empty();
  if (!says_more || (!closed && dateline.date().empty())) return std::nullopt;
  return dateline;
}

}  // namespace

std::optional<std::string> FindTitle(std::string_view text) {
  const auto lines = text::Paragraphs(text);
  const size_t lines_max = std::min(lines.size(), kFurnitureLinesMax);
  for (size_t i = 0; i < lines_max; ++i) {
    const std::string_view line = text::In(text, lines[i]);
    const size_t words = CountWords(line);
    if (IsBulleted(line) || words < kTitleWordsMin || IsOfPage(line) || IsNote(line)) continue;
    if (IsByline(line) || !SignedBy(line).empty() || IsOfPicture(line)) continue;
    const char32_t last = LastCharacter(line);
    if (words > kTitleWordsMax || last == U'.' || last == U'…' || last == U':') return std::nullopt;
    if (EndsSentence(line) && words > kQuestionWordsMax) return std::nullopt;
    for (size_t below = i + 1; below < lines.size(); ++below) {
      if (IsRunningText(text::In(text, lines[below]))) return std::string(line);
    }
    return std::nullopt;
  }
  return std::nullopt;
}

std::vector<std::string> FindAuthors(std::string_view text) {
  const auto lines = text::Paragraphs(text);
  for (size_t i = 0; i < std::min(lines.size(), kFurnitureLinesMax); ++i) {
    const std::string_view line = text::In(text, lines[i]);
    if (IsOfPage(line)) continue;
    if (IsRunningText(line)) break;
    if (IsByline(line)) return AuthorsIn(line, "");
    if (const std::string_view name = SignedBy(line); !name.empty()) return {std::string(name)};
  }
  return {};
}

std::optional<v1::Dateline> FindDateline(std::string_view text) {
  const auto paragraphs = text::Paragraphs(text);
  for (size_t i = 0; i < std::min(paragraphs.size(), kDatelineParagraphsMax); ++i) {
    if (auto dateline = ReadDateline(text, paragraphs[i])) return dateline;
  }
  return std::nullopt;
}

std::optional<std::string> FindOutlet(std::string_view text) {
  constexpr std::string_view kSaid = " reported earlier";
  for (size_t at = text.find(kSaid); at != std::string_view::npos;
       at = text.find(kSaid, at + kSaid.size())) {
    const size_t line = text.find_last_of("\n.", at);
    const size_t from = line == std::string_view::npos ? 0 : line + 1;
    const std::string_view before = text.substr(from, at - from);
    size_t as = before.rfind(" as ");
    if (as == std::string_view::npos) as = before.rfind("As ");
    if (as == std::string_view::npos) continue;
    as += from;
    size_t begin = text.find(' ', as + 1) + 1;
    if (text.substr(begin, 4) == "the ") begin += 4;
    if (begin >= at) continue;
    const std::string_view name = text.substr(begin, at - begin);
    const auto tokens = text::Tokenize(name);
    const bool named = !tokens.empty() && tokens.size() <= kPlaceWordsMax &&
                       std::all_of(tokens.begin(), tokens.end(), [](const Token& token) {
                         return token.IsWord() && token.Has(TokenFlag::kCapitalised);
                       });
    // Ministries and commands report too; a paper is called one.
    const std::string_view last = named ? text::In(name, tokens.back()) : std::string_view();
    if (std::find(kPaperNames.begin(), kPaperNames.end(), last) != kPaperNames.end())
      return std::string(name);
  }
  return std::nullopt;
}

}  // namespace verbatim::ingest
