// SPDX-License-Identifier: Apache-2.0
#include "core/ingest/furniture.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <unordered_map>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "core/ingest/blocks.h"
#include "core/ingest/date_text.h"
#include "core/ingest/page_facts.h"
#include "verbatim/text/chars.h"
#include "verbatim/text/sentences.h"
#include "verbatim/text/shingles.h"
#include "verbatim/text/tokens.h"

namespace verbatim::ingest {
namespace {

constexpr uint32_t kLabelWordsMax = 8;      // a date, a reading time, a name of a section
constexpr std::ptrdiff_t kLinesMax = 5000;  // the longest live blogs have a thousand
constexpr uint32_t kCaptionWordsMax = 40;
constexpr uint32_t kCreditWordsMax = 14;
constexpr uint32_t kNoticeWordsMax = 45;
constexpr uint32_t kRelatedWordsMin = 8;  // shorter ones between paragraphs are subheadings
constexpr uint32_t kRelatedWordsMax = 18;
constexpr double kTitleCaseShare = 0.8;
constexpr double kTeaserShare = 0.6;  // of its word triples that stand elsewhere

struct Line {
  text::Range range;
  std::string_view text;
  std::string small;  // ASCII letters in small
  uint32_t words = 0;
  char32_t last = 0;  // closing marks stepped over
  bool bulleted = false;
  bool quoted = false;
  bool EndsSentence() const { return last == U'.' || last == U'!' || last == U'?'; }
  bool Running() const { return EndsSentence() && words > 8; }
};

Line LineAt(std::string_view text, text::Range range) {
  Line line;
  line.range = range;
  line.text = text::In(text, range);
  line.small = absl::AsciiStrToLower({line.text.data(), line.text.size()});
  line.words = CountWords(line.text);
  for (auto at = static_cast<uint32_t>(line.text.size()); at > 0;) {
    at = text::PreviousChar(line.text, at);
    line.last = text::DecodeAt(line.text, at).code_point;
    if (!text::IsDoubleQuote(line.last) && !text::IsSingleQuote(line.last) && line.last != U')')
      break;
  }
  const char32_t first = text::DecodeAt(line.text, 0).code_point;
  line.bulleted = first == U'•' || first == U'·' || first == U'▪' || first == U'*';
  for (size_t i = 0; i < line.text.size();) {
    const text::Decoded at = text::DecodeAt(line.text, i);
    line.quoted |= text::IsDoubleQuote(at.code_point);
    i += at.size;
  }
  return line;
}

bool StartsWithAny(const std::string& small, std::initializer_list<const char*> openings) {
  return std::any_of(openings.begin(), openings.end(),
                     [&](const char* opening) { return absl::StartsWith(small, opening); });
}

bool IsReadingTime(const Line& line) {
  const bool minutes = absl::StrContains(line.small, "minute") ||
                       absl::StrContains(line.small, "min read") ||
                       absl::StrContains(line.small, "mins read");
  return minutes && absl::StrContains(line.small, "read") && line.words <= 5 &&
         std::any_of(line.small.begin(), line.small.end(),
                     [](char c) { return c >= '0' && c <= '9'; });
}

bool IsCredit(const Line& line) {
  return line.words <= kCreditWordsMax && !line.quoted &&
         StartsWithAny(line.small, {"photo credit", "image credit", "picture credit",
                                    "photo:", "image:", "photo by ", "photograph by ", "(photo",
                                    "image source", "photo source", "credit:", "file photo",
                                    "photo courtesy", "image courtesy"});
}

// What a page says over a picture before it says what the picture shows.
bool OpensCaption(const std::string& small) {
  return StartsWithAny(small, {"image result for ", "open this photo in gallery",
                               "view image in fullscreen", "click to enlarge", "file photo:"});
}

bool IsReplyForm(const Line& line) {
  return line.words <= 20 &&
         (StartsWithAny(line.small,
                        {"leave a reply", "leave a comment", "your email address will not",
                         "required fields are marked", "post a comment", "add a comment",
                         "cancel reply", "be the first to comment"}));
}

bool IsShare(const Line& line) {
  return line.words <= 8 && !line.EndsSentence() &&
         StartsWithAny(line.small, {"share this", "share on ", "share via", "click to share",
                                    "follow us on", "tweet this", "print this"});
}

// Lines that are a page's or a wire's and nothing else: whole, or by the way they begin.
std::string_view ReasonOfLabel(const Line& line) {
  const std::string_view small = line.small;
  struct Label {
    std::string_view text;
    std::string_view reason;
  };
  static constexpr std::array<Label, 33> kWhole = {
      {{"advertisement", "advertisement"},
       {"advertisement - continue reading below", "advertisement"},
       {"story continues below advertisement", "advertisement"},
       {"sponsored content", "advertisement"},
       {"anzeige", "advertisement"},
       {"publicidad", "advertisement"},
       {"skip to content", "navigation"},
       {"skip to main content", "navigation"},
       {"skip to navigation", "navigation"},
       {"zum inhalt springen", "navigation"},
       {"back to top", "navigation"},
       {"accept all", "cookies"},
       {"accept cookies", "cookies"},
       {"accept all cookies", "cookies"},
       {"reject all", "cookies"},
       {"manage cookies", "cookies"},
       {"cookie settings", "cookies"},
       {"share", "share"},
       {"facebook", "share"},
       {"twitter", "share"},
       {"linkedin", "share"},
       {"whatsapp", "share"},
       {"copy link", "share"},
       {"read more", "related"},
       {"most read", "related"},
       {"most popular", "related"},
       {"related topics", "related"},
       {"for immediate release", "slug"},
       {"(more)", "slug"},
       {"###", "slug"},
       {"-30-", "slug"},
       {"-ends-", "slug"},
       {"view this email in your browser", "subscription"}}};
  for (const Label& label : kWhole) {
    if (small == label.text) return label.reason;
  }
  if (line.words > kNoticeWordsMax || line.quoted) return {};
  // Bakers use cookies too, but not for a site.
  const bool of_site = absl::StrContains(line.small, "site") ||
                       absl::StrContains(line.small, "consent") ||
                       absl::StrContains(line.small, "policy");
  if (of_site &&
      StartsWithAny(line.small, {"we use cookies", "this site uses cookies",
                                 "this website uses cookies", "by continuing to use this"}))
    return "cookies";
  if (StartsWithAny(line.small,
                    {"you are receiving this email because", "you received this email because"}))
    return "subscription";
  if (!line.EndsSentence() && StartsWithAny(line.small, {"sign up for our", "subscribe to our",
                                                         "sign up to our", "unsubscribe"}))
    return "subscription";
  const bool rights =
      absl::StartsWith(line.small, "\u00a9 ") || absl::StartsWith(line.small, "copyright \u00a9");
  return rights ? "copyright" : std::string_view();
}

bool IsRelatedLabel(const Line& line) {
  return line.words <= 24 && !line.EndsSentence() && !line.quoted &&
         StartsWithAny(line.small,
                       {"read more:", "read also:", "also read:", "related:", "see also:",
                        "read more on", "related articles", "related posts", "you may also like",
                        "don't miss:", "more on this", "recommended:"});
}

// Most words begin with a capital, and it ends without a mark: a headline.
bool IsHeadline(std::string_view text, const Line& line) {
  if (line.words < kRelatedWordsMin || line.words > kRelatedWordsMax || line.quoted) return false;
  if (!text::IsLetter(line.last) && !text::IsDigit(line.last)) return false;
  double words = 0;
  double capitals = 0;
  for (const text::Token& token : text::Tokenize(text, line.range)) {
    if (!token.IsWord()) continue;
    ++words;
    capitals += token.Has(text::TokenFlag::kCapitalised);
  }
  return words > 0 && capitals >= kTitleCaseShare * words;
}

class Finder {
 public:
  Finder(std::string_view text, std::string_view title) : text_(text), title_(title) {
    for (const text::Range range : text::Paragraphs(text)) lines_.push_back(LineAt(text, range));
    reasons_.resize(lines_.size());
  }

  std::vector<Furniture> Run() {
    Lead();
    for (size_t i = 0; i < lines_.size(); ++i) Anywhere(i);
    Teasers();
    std::vector<Furniture> found;
    for (size_t i = 0; i < lines_.size(); ++i) {
      const bool said = lines_[i].EndsSentence() && lines_[i].quoted;
      if (!reasons_[i].empty() && !said) found.push_back({lines_[i].range, reasons_[i]});
    }
    return found;
  }

 private:
  // What stands above the headline, or as a list above the text.
  void Lead() {
    size_t headline = lines_.size();
    for (size_t i = 0; i < lines_.size(); ++i) {
      if (!title_.empty() && lines_[i].text == title_) {
        headline = i;
        break;
      }
    }
    for (size_t i = 0; i < lines_.size(); ++i) {
      const Line& line = lines_[i];
      if (line.Running() || i == headline || line.words > kLabelWordsMax) break;
      const bool above = headline < lines_.size() && i < headline;
      if (IsReadingTime(line)) {
        reasons_[i] = "reading-time";
      } else if (!FindDates(line.text).empty() && (above || line.bulleted)) {
        reasons_[i] = "date";
      } else if ((above || line.bulleted) && !line.EndsSentence()) {
        reasons_[i] = "navigation";
      }
    }
  }

  void Anywhere(size_t i) {
    const Line& line = lines_[i];
    if (!reasons_[i].empty() || (!title_.empty() && line.text == title_)) return;
    if (StartsWithAny(line.small, {"image result for "})) {
      reasons_[i] = "image-alt";
    } else if (OpensCaption(line.small) && line.words <= kCaptionWordsMax) {
      reasons_[i] = "caption";
    } else if (IsCredit(line)) {
      reasons_[i] = "credit";
      // The line above a credit is what the picture shows.
      if (i > 0 && reasons_[i - 1].empty() && lines_[i - 1].words <= kCaptionWordsMax &&
          !lines_[i - 1].quoted && lines_[i - 1].text != title_ && Shows(i - 1))
        reasons_[i - 1] = "caption";
    } else if (IsReplyForm(line)) {
      reasons_[i] = "reply-form";
    } else if (IsShare(line)) {
      reasons_[i] = "share";
    } else if (const std::string_view label = ReasonOfLabel(line); !label.empty()) {
      reasons_[i] = label;
    } else if (IsRelatedLabel(line)) {
      reasons_[i] = "related";
    } else if (IsHeadline(text_, line) && Between(i)) {
      reasons_[i] = "related";
    }
  }

  // Does a line speak of a picture: who stands where in it, or words that another line repeats?
  bool Shows(size_t i) const {
    for (const char* word :
         {"(left", "(right", "(centre", "(center", "(l)", "(r)", "pictured", "seen here"}) {
      if (absl::StrContains(lines_[i].small, word)) return true;
    }
    if (lines_[i].words < 4) return false;
    return std::any_of(lines_.begin(), lines_.end(), [&](const Line& other) {
      return other.range.begin != lines_[i].range.begin &&
             other.text.find(lines_[i].text) != std::string_view::npos;
    });
  }

  bool Between(size_t i) const {
    return i > 0 && i + 1 < lines_.size() && lines_[i - 1].Running() && lines_[i + 1].Running();
  }

  // How many lines hold each three words in a row.
  std::unordered_map<uint64_t, uint32_t> LinesOfTriples() const {
    std::unordered_map<uint64_t, uint32_t> lines;
    for (const Line& line : lines_) {
      std::vector<uint64_t> triples = text::Triples(text::WordHashes(line.text));
      std::sort(triples.begin(), triples.end());
      triples.erase(std::unique(triples.begin(), triples.end()), triples.end());
      for (const uint64_t digest : triples) ++lines[digest];
    }
    return lines;
  }

  // A line that was cut off and whose words all stand elsewhere.
  void Teasers() {
    std::optional<std::unordered_map<uint64_t, uint32_t>> lines;
    for (size_t i = 0; i < lines_.size(); ++i) {
      const Line& line = lines_[i];
      const bool cut = line.last == U'…' || absl::EndsWith(line.small, "...") ||
                       absl::EndsWith(line.small, "[...]");
      if (!reasons_[i].empty() || !cut || line.words < 8 || line.quoted) continue;
      if (!lines) lines = LinesOfTriples();
      const auto triples = text::Triples(text::WordHashes(line.text));
      const auto known = std::count_if(triples.begin(), triples.end(),
                                       [&](uint64_t digest) { return (*lines)[digest] > 1; });
      if (static_cast<double>(known) >= kTeaserShare * static_cast<double>(triples.size()))
        reasons_[i] = "teaser";
    }
  }

  std::string_view text_;
  std::string_view title_;
  std::vector<Line> lines_;
  std::vector<std::string_view> reasons_;
};

}  // namespace

bool IsOfPage(std::string_view line) {
  return !ReasonOfLabel(LineAt(line, {0, static_cast<uint32_t>(line.size())})).empty();
}

bool IsOfPicture(std::string_view line) {
  return OpensCaption(absl::AsciiStrToLower({line.data(), line.size()}));
}

std::vector<Furniture> FindFurniture(std::string_view text, std::string_view title) {
  if (std::count(text.begin(), text.end(), '\n') > kLinesMax) return {};
  return Finder(text, title).Run();
}

}  // namespace verbatim::ingest
