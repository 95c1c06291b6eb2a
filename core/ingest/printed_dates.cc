// SPDX-License-Identifier: Apache-2.0
#include "core/ingest/printed_dates.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace verbatim::ingest {
namespace {

// Blocks before and behind the headline in which a byline's date stands.
constexpr size_t kBylineBlocksBefore = 6;
constexpr size_t kBylineBlocksBehind = 12;
constexpr uint32_t kBylineWordsMax = 30;
// A line that speaks of "this article" may say more beside.
constexpr uint32_t kThisArticleWordsMax = 90;
// Nodes before and behind the headline that are near it.
constexpr uint32_t kNearBefore = 150;
constexpr uint32_t kNearBehind = 400;
// Elements that are called a date are small, and a page has few of its own.
constexpr uint32_t kNamedNodesMax = 24;
constexpr uint32_t kNamedWordsMax = 16;
constexpr size_t kNamedMax = 16;
// A running text begins with a block of so many words; its place and day stand in so many bytes.
constexpr uint32_t kTextWordsMin = 20;
constexpr size_t kDatelineBytesMax = 48;
// The beginning of a line in which a word for its last change is looked for, and of an element's
// names: a page may ask for one of any length as often as it has elements.
constexpr size_t kShortBytesMax = 240;
// Levels above an element in which it may be called a comment.
constexpr int kCommentLevels = 8;

// What speaks of a last change.
constexpr std::array<std::string_view, 11> kModified = {
    "updat",     "modif",  "aktualisiert", "mis à jour",  "maj ",    "actualizado",
    "aggiornat", "stand:", "edited",       "lastchanged", "geändert"};

// Where the first of the words ends that the text holds, in small letters or not; else its end.
size_t EndOfFirst(std::string_view text, absl::Span<const std::string_view> words) {
  const std::string small = absl::AsciiStrToLower({text.data(), text.size()});
  size_t end = text.size();
  for (const std::string_view word : words) {
    if (const size_t at = small.find(word); at != std::string::npos)
      end = std::min(end, at + word.size());
  }
  return end;
}

class Printed {
 public:
  Printed(const Page& page, const std::vector<Block>& blocks, size_t headline, DateStyle style,
          const DateBounds& bounds)
      : page_(page), blocks_(blocks), headline_(headline), style_(style), bounds_(bounds) {
    if (headline_ < blocks.size()) from_ = blocks[headline_].first_node;
  }

  PrintedDates Run() {
    Times();
    Named();
    Bylines();
    Lines();
    return std::move(dates_);
  }

 private:
  using Statements = std::vector<DatedStatement>;

  bool IsAnchored() const { return headline_ < blocks_.size(); }

  bool IsNear(uint32_t node) const {
    return !IsAnchored() || (node + kNearBefore >= from_ && node <= from_ + kNearBehind);
  }

  // Comments and lists of other articles have dates of their own.
  bool IsOthers(uint32_t node) const {
    for (int up = 0; up < kCommentLevels && node != HtmlTree::kNoNode; ++up) {
      for (const AttrName name : {AttrName::kClass, AttrName::kId}) {
        const std::string_view value = page_.tree.Attr(node, name).substr(0, kShortBytesMax);
        if (!value.empty() && ContainsAny(value, {"comment", "kommentar", "related"})) return true;
      }
      node = page_.tree[node].parent;
    }
    return false;
  }

  void Take(Statements& into, const DateText& date, const char* source) const {
    if (IsBelievable(date.day(), bounds_)) into.push_back({date.value, source});
  }

  void Add(Statements& into, std::string_view text, const char* source) const {
    if (const auto date = ParseMachineDate(text, style_)) Take(into, *date, source);
  }

  // Class, id and itemprop of a node and of its parent.
  std::string Names(uint32_t node) const {
    std::string names;
    for (int up = 0; up < 2 && node != HtmlTree::kNoNode; ++up, node = page_.tree[node].parent) {
      for (const AttrName name : {AttrName::kClass, AttrName::kId, AttrName::kItemprop})
        absl::StrAppend(&names, " ",
                        std::string(page_.tree.Attr(node, name).substr(0, kShortBytesMax)));
    }
    return names;
  }

  // <time> elements: those that say what they are, then the one nearest behind the headline.
  void Times() {
    const HtmlTree& tree = page_.tree;
    Statements said;
    Statements behind;
    Statements before;
    Statements far_said;
    Statements far;
    for (uint32_t i = 0; i < tree.size(); ++i) {
      if (tree[i].tag != Tag::kTime && tree[i].tag != Tag::kAbbr) continue;
      const std::string names = Names(i);
      if (tree[i].tag == Tag::kAbbr && !SaysPublished(names)) continue;
      const bool near = IsNear(i) && !IsOthers(i);
      if (SaysModified(names) && !SaysPublished(names)) {
        Add(dates_.modified, MachineText(tree, i, style_), "time");
      } else if (const std::string shown = tree.InnerText(i); SaysPublished(shown)) {
        Add(near ? said : far_said, HasDate(shown) ? shown : MachineText(tree, i, style_),
            "time published");
      } else if (SaysPublished(names)) {
        Add(near ? said : far_said, MachineText(tree, i, style_), "time published");
      } else {
        Add(!near ? far : i >= from_ ? behind : before, MachineText(tree, i, style_), "time");
      }
    }
    // A page that lists others has many times; only the article's own stand close to its headline.
    std::reverse(before.begin(), before.end());
    for (auto* group : {&said, &behind, &before}) {
      if (!group->empty()) dates_.times.push_back(group->front());
    }
    for (auto* group : {&far_said, &far}) {
      if (!group->empty()) dates_.elsewhere.push_back(group->front());
    }
  }

  bool HasDate(std::string_view text) const { return !FindDates(text, style_).empty(); }

  // Elements that are called a date, the one nearest behind the headline first.
  void Named() {
    const HtmlTree& tree = page_.tree;
    Statements before;
    size_t found = 0;
    for (uint32_t i = 0; i < tree.size() && found < kNamedMax; ++i) {
      const std::string_view name = tree.Attr(i, AttrName::kClass);
      if (name.empty() || tree[i].end - i > kNamedNodesMax) continue;
      if (!ContainsAny(name, {"date", "datum", "time", "fecha", "published"}) ||
          SaysModified(name)) {
        continue;
      }
      const std::string text = tree.InnerText(i);
      const auto dates = FindDates(text, style_);
      if (dates.empty() || CountWords(text) > kNamedWordsMax || IsAboutNow(text)) continue;
      ++found;
      const bool near = IsNear(i) && !IsOthers(i);
      if (SaysModified(text) && !SaysPublished(text) &&
          FindDates(BeforeChange(text), style_).empty()) {
        Take(dates_.modified, dates.front(), "element");
      } else if (near) {
        Take(i >= from_ ? dates_.beside : before, dates.front(),
             SaysPublished(text) ? "element published" : "element");
      } else {
        // What tells its change from its publication is the article's own.
        Take(SaysModified(text) ? dates_.lines : dates_.elsewhere, dates.front(), "element");
      }
      i = tree[i].end - 1;
    }
    std::move(before.rbegin(), before.rend(), std::back_inserter(dates_.beside));
  }

  // "9 April 2021 / Updated 8 hours ago": what stands before the word is no change.
  static std::string_view BeforeChange(std::string_view text) {
    text = text.substr(0, kShortBytesMax);
    return text.substr(0, EndOfFirst(text, kModified));
  }

  // Clocks of forums and of pages' heads.
  static bool IsAboutNow(std::string_view text) {
    return ContainsAny(
        text, {"current time", "it is currently", "aktuelle zeit", "today is", "heute ist"});
  }

  // The first block around the headline and one beyond the last.
  std::pair<size_t, size_t> BylineBlocks() const {
    return BlocksAround(blocks_, headline_, kBylineBlocksBefore, kBylineBlocksBehind);
  }

  // Words around the headline: "Published on 19 October 2021".
  void Bylines() {
    const auto [from, to] = BylineBlocks();
    Statements said;
    Statements other;
    // Behind the headline first; above it other articles may be announced.
    std::vector<size_t> order;
    for (size_t i = IsAnchored() ? headline_ : from; i < to; ++i) order.push_back(i);
    for (size_t i = IsAnchored() ? headline_ : from; i > from; --i) order.push_back(i - 1);
    for (const size_t i : order) {
      const std::string_view text = blocks_[i].text;
      if (blocks_[i].words > kBylineWordsMax || ClaimsRights(text) || IsAboutNow(text)) continue;
      const auto found = FindDates(text, style_);
      if (found.empty()) continue;
      if (SaysPublished(text)) {
        Take(said, found.front(), "byline published");
      } else if (!SaysModified(text) || !FindDates(BeforeChange(text), style_).empty()) {
        Take(other, found.front(), "byline");
      } else {
        Take(dates_.modified, found.front(), "byline");
      }
    }
    for (auto* group : {&said, &other}) {
      for (DatedStatement& one : *group) dates_.beside.push_back(std::move(one));
    }
  }

  // "This article was published on ...", wherever it stands; then the place and day at the
  // beginning of the text; then lines that speak of publishing.
  void Lines() {
    const auto [near_from, near_to] = BylineBlocks();
    Statements others;
    bool in_text = false;
    for (size_t i = 0; i < blocks_.size(); ++i) {
      const Block& block = blocks_[i];
      const std::string_view text = block.text;
      if (block.words > kThisArticleWordsMax || !HasDigit(text)) {
        in_text = in_text || (IsBehindHeadline(i) && block.words >= kTextWordsMin);
        continue;
      }
      const bool own = ContainsAny(
          text, {"this article was", "this entry was", "this post was", "this story was",
                 "dieser artikel wurde", "dieser beitrag wurde", "dieser eintrag wurde"});
      if (own && !SaysModified(text)) TakeFirst(dates_.lines, text, "line");
      if (!in_text && IsBehindHeadline(i) && block.words >= kTextWordsMin) {
        in_text = true;
        TakeFirst(dates_.lines, text.substr(0, kDatelineBytesMax), "dateline");
      }
      const bool near = i >= near_from && i < near_to;
      if (!own && !near && block.words <= kBylineWordsMax && SaysPublished(text) &&
          !ClaimsRights(text))
        TakeFirst(others, text, "line");
    }
    std::move(others.begin(), others.end(), std::back_inserter(dates_.lines));
  }

  bool IsBehindHeadline(size_t block) const { return IsAnchored() && block > headline_; }

  static bool HasDigit(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  }

  void TakeFirst(Statements& into, std::string_view text, const char* source) const {
    const auto dates = FindDates(text, style_);
    if (!dates.empty()) Take(into, dates.front(), source);
  }

  const Page& page_;
  const std::vector<Block>& blocks_;
  const size_t headline_;
  const DateStyle style_;
  const DateBounds& bounds_;
  uint32_t from_ = 0;  // node of the headline
  PrintedDates dates_;
};

}  // namespace

bool ContainsAny(std::string_view text, absl::Span<const std::string_view> words) {
  const std::string small = absl::AsciiStrToLower({text.data(), text.size()});
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return small.find(word) != std::string::npos; });
}

bool SaysPublished(std::string_view text) {
  return ContainsAny(text, {"publi", "posted", "erstellt", "created", "veröffentlicht", "pubdate",
                            "written:", "erschienen am"});
}

bool SaysModified(std::string_view text) { return ContainsAny(text, kModified); }

bool ClaimsRights(std::string_view text) {
  return ContainsAny(text, {"\u00a9", "copyright", "(c)", "all rights", "rechte vorbehalten"});
}

std::string MachineText(const HtmlTree& tree, uint32_t node, DateStyle style) {
  for (const AttrName name : {AttrName::kDatetime, AttrName::kContent, AttrName::kTitle}) {
    const std::string_view value = tree.Attr(node, name);
    if (ParseMachineDate(value, style)) return std::string(value);
  }
  return tree.InnerText(node);
}

bool IsBelievable(std::string_view day, const DateBounds& bounds) {
  return day >= bounds.not_before && (bounds.not_after.empty() || day <= bounds.not_after);
}

std::string PrintedDates::Day() const {
  std::string day;
  for (const auto* list : {&times, &beside}) {
    for (const DatedStatement& one : *list) {
      const std::string said = one.value.substr(0, 10);
      if (!day.empty() && day != said) return "";
      day = said;
    }
  }
  if (day.empty() && !lines.empty()) day = lines.front().value.substr(0, 10);
  return day;
}

PrintedDates PrintedDatesOf(const Page& page, const std::vector<Block>& blocks, size_t headline,
                            DateStyle style, const DateBounds& bounds) {
  return Printed(page, blocks, headline, style, bounds).Run();
}

}  // namespace verbatim::ingest
