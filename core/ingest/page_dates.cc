// SPDX-License-Identifier: Apache-2.0
#include "core/ingest/page_dates.h"

#include <algorithm>
#include <array>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace verbatim::ingest {
namespace {

// Names of metas that hold the time of publication, the surest first.
constexpr std::array<std::string_view, 44> kPublished = {"article:published_time",
                                                         "og:article:published_time",
                                                         "article:published",
                                                         "og:published_time",
                                                         "og:pubdate",
                                                         "datepublished",
                                                         "rnews:datepublished",
                                                         "date_published",
                                                         "publish-date",
                                                         "publish_date",
                                                         "publishdate",
                                                         "published_date",
                                                         "pubdate",
                                                         "published",
                                                         "publication_date",
                                                         "publication-date",
                                                         "published_at",
                                                         "published-date",
                                                         "article.published",
                                                         "article_date_original",
                                                         "originalpublicationdate",
                                                         "ptime",
                                                         "sailthru.date",
                                                         "parsely-pub-date",
                                                         "cxenseparse:recs:publishtime",
                                                         "cxenseparse:publishtime",
                                                         "bt:pubdate",
                                                         "vr:published_time",
                                                         "citation_publication_date",
                                                         "citation_date",
                                                         "dc.date.issued",
                                                         "dc.date.created",
                                                         "dcterms.issued",
                                                         "dcterms.created",
                                                         "dcterms.date",
                                                         "dc.date",
                                                         "dc:date",
                                                         "dc:created",
                                                         "dc.created",
                                                         "datecreated",
                                                         "displaydate",
                                                         "timestamp",
                                                         "pdate",
                                                         "date"};
constexpr std::array<std::string_view, 10> kModified = {
    "article:modified_time", "og:updated_time",     "article:modified", "datemodified",
    "dcterms.modified",      "dc.date.modified",    "lastmod",          "last-modified",
    "modified_time",         "article_date_updated"};

// Blocks before and behind the headline in which a byline's date stands.
constexpr size_t kBylineBlocksBefore = 6;
constexpr size_t kBylineBlocksBehind = 12;
constexpr uint32_t kBylineWordsMax = 30;
// Elements that are called a date are small, and a page has few of its own.
constexpr uint32_t kNamedNodesMax = 24;
constexpr uint32_t kNamedWordsMax = 16;
constexpr size_t kNamedMax = 16;

bool Contains(std::string_view text, std::initializer_list<std::string_view> words) {
  const std::string small = absl::AsciiStrToLower({text.data(), text.size()});
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return small.find(word) != std::string::npos; });
}

bool SaysPublished(std::string_view text) {
  return Contains(
      text, {"publi", "posted", "erstellt", "created", "veröffentlicht", "pubdate", "written:"});
}

bool SaysModified(std::string_view text) {
  return Contains(text, {"updat", "modif", "aktualisiert", "mis à jour", "maj ", "actualizado",
                         "aggiornat", "stand:", "edited", "lastchanged", "geändert"});
}

bool PrintsMonthFirst(const Page& page, std::string_view url) {
  const std::string_view language = page.head.language;
  const bool english =
      language.empty() ||
      absl::StartsWithIgnoreCase(absl::string_view(language.data(), language.size()), "en");
  const bool elsewhere = Contains(language, {"gb", "au", "nz", "ie", "in", "za"}) ||
                         Contains(url, {".uk/", ".au/", ".nz/", ".ie/", ".in/", ".za/"});
  return english && !elsewhere;
}

absl::string_view View(std::string_view text) { return {text.data(), text.size()}; }

// Can a clock east or west of Greenwich have shown `printed` at the instant `utc`, on another day?
// Clocks are at most 12 hours behind and 14 ahead.
bool IsSameMomentElsewhere(std::string_view utc, std::string_view printed) {
  const auto day = [](std::string_view value) {
    absl::CivilDay read;
    return absl::ParseCivilTime(View(value.substr(0, 10)), &read) ? read : absl::CivilDay();
  };
  const auto apart = day(printed) - day(utc);
  int hour = 0;
  if (apart == 0 || !absl::SimpleAtoi(View(utc.substr(11, 2)), &hour)) return false;
  if (printed.size() == 10) return (apart == -1 && hour < 12) || (apart == 1 && hour >= 10);
  absl::Time a;
  absl::Time b;
  return absl::ParseTime(absl::RFC3339_full, View(utc), &a, nullptr) &&
         absl::ParseTime(absl::RFC3339_full, View(printed), &b, nullptr) &&
         absl::AbsDuration(a - b) < absl::Minutes(2);
}

class Gatherer {
 public:
  Gatherer(const Page& page, const std::vector<Block>& blocks, std::string_view url,
           const DateBounds& bounds)
      : page_(page), blocks_(blocks), url_(url), bounds_(bounds) {
    style_.month_first = PrintsMonthFirst(page, url);
  }

  PageDates Run(size_t headline) {
    Add(dates_.published, page_.json_ld.date_published, "json-ld datePublished");
    Add(dates_.modified, page_.json_ld.date_modified, "json-ld dateModified");
    Metas(kPublished, dates_.published);
    Metas(kModified, dates_.modified);
    Properties();
    Times(headline);
    Add(dates_.published, page_.json_ld.date_created, "json-ld dateCreated");
    if (const auto in_path = DateInPath(url_)) Take(dates_.published, *in_path, "url");
    Named(headline);
    Bylines(headline);
    if (dates_.published.empty()) Anywhere();
    PreferPrintedDay();
    return std::move(dates_);
  }

 private:
  void Take(std::vector<DatedStatement>& into, const DateText& date, std::string source) const {
    const std::string day = date.day();
    if (day < bounds_.not_before || (!bounds_.not_after.empty() && day > bounds_.not_after)) return;
    into.push_back({date.value, std::move(source)});
  }

  void Add(std::vector<DatedStatement>& into, std::string_view text, std::string source) const {
    if (const auto date = ParseMachineDate(text, style_)) Take(into, *date, std::move(source));
  }

  template <size_t n>
  void Metas(const std::array<std::string_view, n>& names,
             std::vector<DatedStatement>& into) const {
    for (const std::string_view name : names) {
      for (const std::string_view content : page_.head.Metas(name))
        Add(into, content, absl::StrCat("meta ", std::string(name)));
    }
  }

  // <... itemprop="datePublished" content="..."> in the body.
  void Properties() {
    const HtmlTree& tree = page_.tree;
    for (uint32_t i = 0; i < tree.size(); ++i) {
      if (tree[i].tag == Tag::kMeta || !tree.Has(i, AttrName::kItemprop)) continue;
      const std::string_view property = tree.Attr(i, AttrName::kItemprop);
      const bool published = Contains(property, {"datepublished", "datecreated"});
      if (!published && !Contains(property, {"datemodified"})) continue;
      Add(published ? dates_.published : dates_.modified, Machine(i),
          absl::StrCat("itemprop ", std::string(property)));
    }
  }

  std::string Machine(uint32_t node) const {
    for (const AttrName name : {AttrName::kDatetime, AttrName::kContent, AttrName::kTitle}) {
      const std::string_view value = page_.tree.Attr(node, name);
      if (ParseMachineDate(value, style_)) return std::string(value);
    }
    return page_.tree.InnerText(node);
  }

  // Class, id and itemprop of a node and of its parent.
  std::string Names(uint32_t node) const {
    std::string names;
    for (int up = 0; up < 2 && node != HtmlTree::kNoNode; ++up, node = page_.tree[node].parent) {
      for (const AttrName name : {AttrName::kClass, AttrName::kId, AttrName::kItemprop})
        absl::StrAppend(&names, " ", std::string(page_.tree.Attr(node, name)));
    }
    return names;
  }

  // <time> elements: those that say what they are, then the one nearest behind the headline.
  void Times(size_t headline) {
    const HtmlTree& tree = page_.tree;
    const uint32_t from = headline < blocks_.size() ? blocks_[headline].first_node : 0;
    std::vector<DatedStatement> said;
    std::vector<DatedStatement> behind;
    std::vector<DatedStatement> before;
    for (uint32_t i = 0; i < tree.size(); ++i) {
      const bool abbr = tree[i].tag == Tag::kAbbr && SaysPublished(Names(i));
      if (tree[i].tag != Tag::kTime && !abbr) continue;
      const std::string names = Names(i);
      if (SaysModified(names) && !SaysPublished(names)) {
        Add(dates_.modified, Machine(i), "time");
      } else if (const std::string shown = tree.InnerText(i); SaysPublished(shown)) {
        Add(said, HasDate(shown) ? shown : Machine(i), "time published");
      } else if (SaysPublished(names)) {
        Add(said, Machine(i), "time published");
      } else {
        Add(i >= from ? behind : before, Machine(i), "time");
      }
    }
    // A page that lists others has many times; only the article's own stand close to its headline.
    for (auto* group : {&said, &behind, &before}) {
      if (group == &before) std::reverse(before.begin(), before.end());
      if (!group->empty()) dates_.published.push_back(group->front());
    }
  }

  bool HasDate(std::string_view text) const { return !FindDates(text, style_).empty(); }

  // Elements that are called a date, the one nearest behind the headline first.
  void Named(size_t headline) {
    const HtmlTree& tree = page_.tree;
    const uint32_t from = headline < blocks_.size() ? blocks_[headline].first_node : 0;
    std::vector<DatedStatement> before;
    size_t found = 0;
    for (uint32_t i = 0; i < tree.size() && found < kNamedMax; ++i) {
      const std::string_view name = tree.Attr(i, AttrName::kClass);
      if (!Contains(name, {"date", "datum", "time", "fecha"}) || SaysModified(name)) continue;
      if (tree[i].end - i > kNamedNodesMax) continue;
      const std::string text = tree.InnerText(i);
      const auto dates = FindDates(text, style_);
      if (dates.empty() || CountWords(text) > kNamedWordsMax) continue;
      ++found;
      if (SaysModified(text) && !SaysPublished(text)) {
        Take(dates_.modified, dates.front(), "element");
      } else {
        Take(i >= from ? dates_.published : before, dates.front(), "element");
      }
      i = tree[i].end - 1;
    }
    for (size_t i = before.size(); i-- > 0;) dates_.published.push_back(std::move(before[i]));
  }

  // Where nothing near the headline says it: lines of the page that speak of publishing; the last
  // change, before which it was published; the first date in a short line that claims no copyright.
  void Anywhere() {
    for (const Block& block : blocks_) {
      if (block.words <= kBylineWordsMax && SaysPublished(block.text) && !Rights(block.text))
        TakeFirstIn(block.text, "line");
    }
    if (!dates_.published.empty()) return;
    for (const DatedStatement& modified : dates_.modified)
      dates_.published.push_back({modified.value, "last change, " + modified.source});
    for (const Block& block : blocks_) {
      if (block.words <= kBylineWordsMax && SaysModified(block.text) && !Rights(block.text))
        TakeFirstIn(block.text, "last change, line");
    }
    if (!dates_.published.empty()) return;
    for (uint32_t i = 0; i < page_.tree.size(); ++i) {
      if (page_.tree[i].tag == Tag::kAbbr)
        Add(dates_.published, page_.tree.Attr(i, AttrName::kTitle), "abbr");
    }
    for (const Block& block : blocks_) {
      if (!dates_.published.empty()) return;
      if (block.words <= kBylineWordsMax && !Rights(block.text)) TakeFirstIn(block.text, "line");
    }
  }

  void TakeFirstIn(std::string_view text, const char* source) {
    const auto dates = FindDates(text, style_);
    if (!dates.empty()) Take(dates_.published, dates.front(), source);
  }

  static bool Rights(std::string_view text) {
    return Contains(text, {"\u00a9", "copyright", "(c)", "all rights", "rechte vorbehalten"});
  }

  // A machine says in UTC what the page prints as the day before or the day after: the publisher's
  // own day is the one that counts.
  void PreferPrintedDay() {
    if (dates_.published.empty()) return;
    const DatedStatement first = dates_.published.front();
    const bool utc = first.value.size() > 10 &&
                     (absl::EndsWith(first.value, "Z") || absl::EndsWith(first.value, "+00:00"));
    if (!utc) return;
    for (size_t i = 1; i < dates_.published.size(); ++i) {
      const DatedStatement other = dates_.published[i];
      // Of days without an hour only those that speak of the article and of nothing else.
      const bool own = other.value.size() > 10 || other.source == "url" ||
                       absl::StartsWith(other.source, "meta ");
      if (!own || !IsSameMomentElsewhere(first.value, other.value)) continue;
      dates_.published.insert(dates_.published.begin(), other);
      return;
    }
  }

  // Words around the headline: "Published on 19 October 2021".
  void Bylines(size_t headline) {
    const size_t middle = headline < blocks_.size() ? headline : 0;
    const size_t from = middle > kBylineBlocksBefore ? middle - kBylineBlocksBefore : 0;
    const size_t to = std::min(blocks_.size(), middle + kBylineBlocksBehind);
    std::vector<DatedStatement> said;
    std::vector<DatedStatement> other;
    for (size_t i = from; i < to; ++i) {
      if (blocks_[i].words > kBylineWordsMax || Rights(blocks_[i].text)) continue;
      const std::string_view text = blocks_[i].text;
      const auto found = FindDates(text, style_);
      if (found.empty()) continue;
      if (SaysPublished(text)) {
        Take(said, found.front(), "byline");
      } else if (!SaysModified(text)) {
        Take(other, found.front(), "byline");
      } else {
        Take(dates_.modified, found.front(), "byline");
      }
    }
    for (auto* group : {&said, &other}) {
      for (DatedStatement& one : *group) dates_.published.push_back(std::move(one));
    }
  }

  const Page& page_;
  const std::vector<Block>& blocks_;
  std::string_view url_;
  const DateBounds& bounds_;
  DateStyle style_;
  PageDates dates_;
};

}  // namespace

PageDates DatesOf(const Page& page, const std::vector<Block>& blocks, size_t headline,
                  std::string_view url, const DateBounds& bounds) {
  return Gatherer(page, blocks, url, bounds).Run(headline);
}

}  // namespace verbatim::ingest
