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
#include "core/ingest/absl_view.h"
#include "core/ingest/printed_dates.h"

namespace verbatim::ingest {
namespace {

// Names of metas that hold the time of publication, the surest first.
constexpr std::array<std::string_view, 38> kPublished = {"article:published_time",
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
                                                         "dc:created",
                                                         "dc.created",
                                                         "datecreated",
                                                         "displaydate"};
// Names that say a date and not of what: of the file, of the last change, of publication.
constexpr std::array<std::string_view, 6> kUnsaid = {"dcterms.date", "dc.date",   "dc:date",
                                                     "date",         "timestamp", "pdate"};
constexpr std::array<std::string_view, 10> kModified = {
    "article:modified_time", "og:updated_time",     "article:modified", "datemodified",
    "dcterms.modified",      "dc.date.modified",    "lastmod",          "last-modified",
    "modified_time",         "article_date_updated"};

// A line that may hold the only date of a page has at most so many words.
constexpr uint32_t kLineWordsMax = 30;

bool PrintsMonthFirst(const Page& page, std::string_view url) {
  const std::string_view language = page.head.language;
  const bool english =
      language.empty() ||
      absl::StartsWithIgnoreCase(absl::string_view(language.data(), language.size()), "en");
  const bool elsewhere = ContainsAny(language, {"gb", "au", "nz", "ie", "in", "za"}) ||
                         ContainsAny(url, {".uk/", ".au/", ".nz/", ".ie/", ".in/", ".za/"});
  return english && !elsewhere;
}

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
           const DateBounds& bounds, DateStyle style)
      : page_(page), blocks_(blocks), url_(url), bounds_(bounds), style_(style) {}

  PageDates Run(size_t headline) {
    PrintedDates printed = PrintedDatesOf(page_, blocks_, headline, style_, bounds_);
    printed_day_ = printed.Day();
    Add(dates_.published, page_.json_ld.date_published, "json-ld datePublished");
    Add(dates_.modified, page_.json_ld.date_modified, "json-ld dateModified");
    Metas(kPublished, dates_.published);
    Metas(kModified, dates_.modified);
    // A date that doesn't say of what is believed where the page's readers see no other.
    std::vector<DatedStatement> unsaid;
    Metas(kUnsaid, unsaid);
    const bool seen = printed_day_.empty() || IsDayIn(unsaid, printed_day_);
    if (seen) Append(unsaid, dates_.published);
    Properties();
    Append(printed.times, dates_.published);
    Add(dates_.published, page_.json_ld.date_created, "json-ld dateCreated");
    if (const auto in_path = DateInPath(url_)) Take(dates_.published, *in_path, "url");
    Append(printed.beside, dates_.published);
    Append(printed.lines, dates_.published);
    if (!seen) Append(unsaid, dates_.published);
    Append(printed.modified, dates_.modified);
    // What stands far from the headline says less than the article's own last change.
    if (dates_.published.empty()) LastChange();
    Append(printed.elsewhere, dates_.published);
    if (dates_.published.empty()) Anywhere();
    PreferPrintedDay();
    return std::move(dates_);
  }

  // A day was written with a slash between numbers that may both be months.
  bool may_be_other_order() const { return may_be_other_order_; }
  const std::string& printed_day() const { return printed_day_; }

 private:
  void Take(std::vector<DatedStatement>& into, const DateText& date, std::string source) const {
    if (IsBelievable(date.day(), bounds_)) into.push_back({date.value, std::move(source)});
  }

  static void Append(const std::vector<DatedStatement>& from, std::vector<DatedStatement>& into) {
    into.insert(into.end(), from.begin(), from.end());
  }

  static bool IsDayIn(const std::vector<DatedStatement>& statements, std::string_view day) {
    return std::any_of(statements.begin(), statements.end(), [&](const DatedStatement& one) {
      return std::string_view(one.value).substr(0, 10) == day;
    });
  }

  void Add(std::vector<DatedStatement>& into, std::string_view text, std::string source) {
    const auto date = ParseMachineDate(text, style_);
    if (!date) return;
    if (text.find('/') != std::string_view::npos) {
      const auto other = ParseMachineDate(text, {.month_first = !style_.month_first});
      may_be_other_order_ = may_be_other_order_ || (other && other->value != date->value);
    }
    Take(into, *date, std::move(source));
  }

  template <size_t n>
  void Metas(const std::array<std::string_view, n>& names, std::vector<DatedStatement>& into) {
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
      const bool published = ContainsAny(property, {"datepublished", "datecreated"});
      if (!published && !ContainsAny(property, {"datemodified"})) continue;
      Add(published ? dates_.published : dates_.modified, MachineText(tree, i, style_),
          absl::StrCat("itemprop ", std::string(property)));
    }
  }

  // It was published before its last change, and often on that day.
  void LastChange() {
    for (const DatedStatement& modified : dates_.modified)
      dates_.published.push_back({modified.value, "last change, " + modified.source});
  }

  // Where nothing says it: the last change, before which it was published; the first date in a
  // short line that claims no copyright; at last the day to which the copyright is claimed.
  void Anywhere() {
    for (const Block& block : blocks_) {
      if (block.words <= kLineWordsMax && SaysModified(block.text) && !ClaimsRights(block.text))
        TakeFirstIn(block.text, "last change, line");
    }
    if (!dates_.published.empty()) return;
    for (uint32_t i = 0; i < page_.tree.size(); ++i) {
      if (page_.tree[i].tag == Tag::kAbbr)
        Add(dates_.published, page_.tree.Attr(i, AttrName::kTitle), "abbr");
    }
    for (const bool rights : {false, true}) {
      for (const Block& block : blocks_) {
        if (!dates_.published.empty()) return;
        if (block.words <= kLineWordsMax && ClaimsRights(block.text) == rights)
          TakeFirstIn(block.text, rights ? "copyright" : "line");
      }
    }
  }

  void TakeFirstIn(std::string_view text, const char* source) {
    const auto dates = FindDates(text, style_);
    if (!dates.empty()) Take(dates_.published, dates.front(), source);
  }

  // Machines contradict each other, or say in UTC what the page prints as the day before or the day
  // after: what its readers see decides.
  void PreferPrintedDay() {
    if (dates_.published.empty() || IsPrinted(dates_.published.front())) return;
    const DatedStatement first = dates_.published.front();
    const bool utc = first.value.size() > 10 &&
                     (absl::EndsWith(first.value, "Z") || absl::EndsWith(first.value, "+00:00"));
    const bool changed = !printed_day_.empty() && IsDayIn(dates_.modified, printed_day_);
    // Machines that give the last change as the day of publication too, and readers see an earlier
    // one.
    const std::string_view first_day = std::string_view(first.value).substr(0, 10);
    const bool overwritten =
        !changed && printed_day_ < first_day && IsDayIn(dates_.modified, first_day);
    for (size_t i = 1; i < dates_.published.size(); ++i) {
      const DatedStatement other = dates_.published[i];
      // Of days without an hour only those that speak of the article and of nothing else.
      const bool own = other.value.size() > 10 || other.source == "url" || IsPrinted(other) ||
                       absl::StartsWith(other.source, "meta ");
      const bool same = utc && own && IsSameMomentElsewhere(first.value, other.value);
      const bool agreed = !changed && IsPrinted(other) && SaysMachine(other.source);
      const bool earlier =
          overwritten && IsPrinted(other) && absl::EndsWith(other.source, "published");
      if (!same && !agreed && !earlier) continue;
      dates_.published.insert(dates_.published.begin(), other);
      return;
    }
  }

  bool IsPrinted(const DatedStatement& statement) const {
    return !printed_day_.empty() && std::string_view(statement.value).substr(0, 10) == printed_day_;
  }

  static bool SaysMachine(std::string_view source) {
    return source == "url" || absl::StartsWith(View(source), "meta ") ||
           absl::StartsWith(View(source), "itemprop ") ||
           absl::StartsWith(View(source), "json-ld ");
  }

  const Page& page_;
  const std::vector<Block>& blocks_;
  std::string_view url_;
  const DateBounds& bounds_;
  DateStyle style_;
  bool may_be_other_order_ = false;
  std::string printed_day_;
  PageDates dates_;
};

}  // namespace

PageDates DatesOf(const Page& page, const std::vector<Block>& blocks, size_t headline,
                  std::string_view url, const DateBounds& bounds) {
  const DateStyle style = {.month_first = PrintsMonthFirst(page, url)};
  Gatherer usual(page, blocks, url, bounds, style);
  PageDates dates = usual.Run(headline);
  if (!usual.may_be_other_order() || usual.printed_day().empty()) return dates;
  // 3/4/2021 is read in the order in which it is the day that the page prints in clear.
  const auto agrees = [](const PageDates& read, const std::string& day) {
    return !read.published.empty() && absl::StartsWith(read.published.front().value, day);
  };
  if (agrees(dates, usual.printed_day())) return dates;
  Gatherer other(page, blocks, url, bounds, {.month_first = !style.month_first});
  PageDates again = other.Run(headline);
  return other.printed_day() == usual.printed_day() && agrees(again, other.printed_day()) ? again
                                                                                          : dates;
}

}  // namespace verbatim::ingest
