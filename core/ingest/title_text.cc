// SPDX-License-Identifier: Apache-2.0
#include "core/ingest/title_text.h"

#include <algorithm>
#include <array>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "core/ingest/absl_view.h"
#include "core/ingest/blocks.h"
#include "core/ingest/html_tree.h"
#include "verbatim/text/fold.h"
#include "verbatim/text/tokens.h"

namespace verbatim::ingest {
namespace {

// Shorter names are found by chance.
constexpr size_t kSiteBytesMin = 3;
// Behind a bar, so few words beside at least so many of a headline are a section or a slogan.
constexpr uint32_t kSectionWordsMax = 3;
constexpr uint32_t kHeadlineWordsMin = 4;
// What is longer was written into the wrong field.
constexpr uint32_t kTitleWordsMax = 45;
constexpr uint32_t kTitleWordsMin = 3;
// JSON-LD headlines are cut, without a mark, at 110 characters and below.
constexpr size_t kLongBytesMin = 90;
// A title that was cut holds at least so much of the headline.
constexpr size_t kCutBytesMin = 20;
// Share of a heading's words that the page's other titles hold, where it is the article's.
constexpr double kSharedWords = 0.3;

// Letters and digits alone, folded: "Die Post.example" and "diepost.example" are one name.
std::string Squashed(std::string_view text) {
  std::string squashed = text::Fold(text);
  std::erase_if(squashed, [](char c) {
    return static_cast<unsigned char>(c) < 0x80 &&
           !absl::ascii_isalnum(static_cast<unsigned char>(c));
  });
  return squashed;
}

struct Part {
  size_t begin = 0;
  size_t end = 0;
  bool barred = false;  // a bar stands before it
};

// What stands between the marks.
std::vector<Part> PartsOf(std::string_view title) {
  static constexpr std::array<std::string_view, 9> kMarks = {" | ", " - ",  " – ", " — ", " · ",
                                                             " • ", " :: ", " » ", " ｜ "};
  std::vector<Part> parts;
  Part part;
  while (true) {
    size_t at = std::string_view::npos;
    std::string_view mark;
    for (const std::string_view one : kMarks) {
      if (const size_t found = title.find(one, part.begin); found < at) {
        at = found;
        mark = one;
      }
    }
    part.end = std::min(at, title.size());
    parts.push_back(part);
    if (at == std::string_view::npos) return parts;
    part = {at + mark.size(), 0, mark == " | " || mark == " ｜ "};
  }
}

class Site {
 public:
  Site(std::string_view outlet, std::string_view host)
      : outlet_(Squashed(outlet)), host_(Squashed(host)) {
    std::vector<absl::string_view> labels = absl::StrSplit(View(host), '.');
    if (labels.size() > 1) {
      labels.pop_back();
      // The longest label is the site's name: "news.courier.co.example".
      const auto longest = std::max_element(
          labels.begin(), labels.end(),
          [](absl::string_view a, absl::string_view b) { return a.size() < b.size(); });
      label_ = Squashed({longest->data(), longest->size()});
    }
  }

  bool IsNamed(std::string_view part) const {
    const std::string name = Squashed(part);
    if (name.size() < kSiteBytesMin) return !name.empty() && (name == outlet_ || name == label_);
    // The name, or the name without its ending (".com", "Online").
    for (const std::string* known : {&outlet_, &host_, &label_}) {
      if (known->size() < kSiteBytesMin) continue;
      if (absl::StartsWith(name, *known) && CountWords(part) <= kNameWordsMax) return true;
      if (absl::StartsWith(*known, name)) return true;
    }
    return false;
  }

 private:
  static constexpr uint32_t kNameWordsMax = 6;
  std::string outlet_;
  std::string host_;
  std::string label_;
};

bool IsCut(std::string_view title) {
  return absl::EndsWith(View(title), "...") || absl::EndsWith(View(title), "…");
}

// Is `title` the beginning of a longer headline, cut off by its length or with marks?
bool BeginsHeadline(std::string_view title, std::string_view headline) {
  while (!title.empty() && (title.back() == '.' || title.back() == ' ')) title.remove_suffix(1);
  if (absl::EndsWith(View(title), "…")) title.remove_suffix(std::string_view("…").size());
  const std::string begin = text::Fold(title);
  const std::string whole = text::Fold(headline);
  return begin.size() >= kCutBytesMin && begin.size() < whole.size() &&
         absl::StartsWith(whole, begin);
}

// Is `title` what stands behind a kicker in `whole`: "Harbour dues: Council votes for a rise"?
bool EndsHeadline(std::string_view title, std::string_view whole) {
  const std::string end = text::Fold(title);
  const std::string all = text::Fold(whole);
  if (CountWords(title) < kTitleWordsMin || all.size() <= end.size() || !absl::EndsWith(all, end))
    return false;
  const std::string_view kicker = std::string_view(all).substr(0, all.size() - end.size());
  return CountWords(kicker) <= CountWords(title);
}

// Is a heading the last part of the page's title, where a site names itself?
bool EndsBehindMark(std::string_view heading, std::string_view title) {
  const std::vector<Part> parts = PartsOf(title);
  return parts.size() > 1 && text::EqualFolded(title.substr(parts.back().begin), heading);
}

// Do two titles speak of the same?
bool ShareWords(std::string_view headline, std::string_view other) {
  const std::string folded = text::Fold(headline);
  const std::string in = text::Fold(other);
  double words = 0;
  double shared = 0;
  for (const text::Token& token : text::Tokenize(folded)) {
    if (!token.IsWord() && !token.IsNumber()) continue;
    ++words;
    shared += in.find(text::In(folded, token)) != std::string::npos;
  }
  return words > 0 && shared >= kSharedWords * words;
}

}  // namespace

std::string WithoutSite(std::string_view title, std::string_view outlet, std::string_view headline,
                        std::string_view site) {
  const std::string whole = FoldBlanks(title);
  const std::vector<Part> parts = PartsOf(whole);
  if (parts.size() == 1) return whole;
  const auto between = [&](size_t first, size_t last) {
    return whole.substr(parts[first].begin, parts[last].end - parts[first].begin);
  };
  size_t first = 0;
  size_t last = parts.size() - 1;
  if (!headline.empty()) {
    // The headline as it is printed, with whatever around it.
    for (size_t length = parts.size(); length > 0; --length) {
      for (size_t i = 0; i + length <= parts.size(); ++i) {
        if (text::EqualFolded(between(i, i + length - 1), headline))
          return between(i, i + length - 1);
      }
    }
  }
  const Site known(outlet, site);
  while (last > first && known.IsNamed(between(last, last))) --last;
  while (last > first && known.IsNamed(between(first, first))) ++first;
  while (last > first && parts[last].barred &&
         CountWords(between(last, last)) <= kSectionWordsMax &&
         CountWords(between(first, last - 1)) >= kHeadlineWordsMin) {
    --last;
  }
  return between(first, last);
}

Title ChooseTitle(const TitleEvidence& from) {
  const Site site(from.outlet, from.site);
  // Sites set their own name as a main heading too.
  const bool logo = EndsBehindMark(from.headline, from.in_head);
  const auto clean = [&](const std::string& title) {
    std::string text = WithoutSite(title, logo ? from.headline : from.outlet,
                                   logo ? "" : from.headline, from.site);
    return CountWords(text) > kTitleWordsMax ? std::string() : text;
  };
  const std::string headline = FoldBlanks(from.headline);
  const std::string json_ld = WithoutSite(from.json_ld, from.outlet, "", from.site);
  const std::string og = clean(from.og);
  const std::string in_head = clean(from.in_head);
  if (!json_ld.empty() && !site.IsNamed(json_ld)) {
    const bool cut = IsCut(json_ld) || json_ld.size() >= kLongBytesMin;
    if (cut && BeginsHeadline(json_ld, headline)) return {headline, "headline"};
    if (EndsHeadline(headline, json_ld)) return {headline, "headline"};
    return {json_ld, "json-ld headline"};
  }
  const bool credible = !headline.empty() && !site.IsNamed(headline) && !logo &&
                        (og.empty() ? in_head.empty() || ShareWords(headline, from.in_head)
                                    : ShareWords(headline, from.og));
  if (credible && EndsHeadline(og, headline)) return {og, "og:title"};
  if (credible) return {headline, "headline"};
  if (!og.empty()) return {og, "og:title"};
  if (!headline.empty() && !logo) return {headline, "headline"};
  if (!in_head.empty()) return {in_head, "title"};
  return {};
}

}  // namespace verbatim::ingest
