// SPDX-License-Identifier: Apache-2.0
#include "core/ingest/page_authors.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "core/ingest/absl_view.h"
#include "core/ingest/byline.h"
#include "core/ingest/date_text.h"
#include "core/ingest/name_lines.h"
#include "core/ingest/printed_dates.h"
#include "core/ingest/url.h"
#include "verbatim/text/chars.h"
#include "verbatim/text/fold.h"
#include "verbatim/text/utf8.h"

namespace verbatim::ingest {
namespace {

using Names = std::vector<std::string>;

// Blocks around the headline in which a byline stands.
constexpr size_t kBylineBlocksBefore = 4;
constexpr size_t kBylineBlocksBehind = 10;
// Nodes before and behind the headline in which its author's name or page is linked.
constexpr uint32_t kNearBefore = 120;
constexpr uint32_t kNearBehind = 400;
// Of an element that is called an author, and of what lies between two authors' links.
constexpr uint32_t kNamedNodesMax = 24;
constexpr uint32_t kApartNodesMax = 8;
constexpr uint32_t kNameWordsMax = 10;
constexpr uint32_t kBylineWordsMax = 14;
// Of a block that begins as a byline does: "By", three names, "Updated 12:03 PM, 4 May 2021".
constexpr uint32_t kBylineBlockWordsMax = 30;
constexpr uint32_t kAloneWordsMax = 3;
constexpr size_t kAgencyBytesMax = 5;  // "AFP", "TASS"
constexpr size_t kRelMax = 4;
constexpr size_t kAuthorsMax = 16;
constexpr size_t kShortBytesMax = 240;
// An element is called what its classes, and those of so many levels, say.
constexpr int kLevelsMax = 6;

// Does an attribute's list hold a word?
bool HasWord(std::string_view list, std::string_view word) {
  if (list.size() < word.size() || list.size() > kShortBytesMax) return false;
  for (const absl::string_view one : absl::StrSplit(View(list), ' ')) {
    if (absl::EqualsIgnoreCase(one, View(word))) return true;
  }
  return false;
}

class Finder {
 public:
  Finder(const Page& page, const std::vector<Block>& blocks, size_t headline,
         std::string_view outlet, std::string_view site)
      : page_(page), blocks_(blocks), headline_(headline), outlet_(outlet) {
    const size_t dot = site.rfind('.');
    if (dot == std::string_view::npos) return;
    const std::string_view host = site.substr(0, dot);
    host_ = std::string(host.substr(host.rfind('.') + 1));
  }

  PageAuthors Run() {
    Names names = Declared();
    if (names.empty()) names = Say("rel author", RelAuthor(true));
    if (names.empty()) names = Say("meta written by", Persons(WrittenBy()));
    if (names.empty()) names = Printed();
    if (names.empty()) names = Say("rel author", RelAuthor(false));
    if (names.empty()) names = Say("organisation", Organisations());
    if (names.size() == 1 && CountWords(names.front()) == 1) PreferFullName(names);
    return {names, names.empty() ? std::string() : source_};
  }

 private:
  Names Say(const char* source, Names names) {
    source_ = source;
    return names;
  }

  // Names of persons in a text, as far as they aren't known to be others'.
  Names Persons(std::string_view text) const {
    Names names;
    Take(text, names);
    return names;
  }

  void Take(std::string_view text, Names& names) const {
    for (std::string& name : AuthorsIn(Unescape(text), outlet_)) Add(std::move(name), names);
  }

  void TakeLines(const std::vector<std::string>& lines, bool persons_only, Names& names) const {
    for (std::string& name : NamesInLines(lines, outlet_, persons_only))
      Add(std::move(name), names);
  }

  void Add(std::string name, Names& names) const {
    const bool known = std::any_of(names.begin(), names.end(), [&](const std::string& other) {
      return text::EqualFolded(name, other);
    });
    if (!known && names.size() < kAuthorsMax && !IsOrganisation(name))
      names.push_back(std::move(name));
  }

  Names Declared() {
    Names names;
    for (const std::string& name : page_.json_ld.authors) Take(name, names);
    if (!names.empty()) return Say("json-ld author", names);
    for (const char* meta :
         {"author", "article:author", "og:article:author", "parsely-author", "sailthru.author",
          "dc.creator", "dcterms.creator", "dc:creator", "byl", "citation_author", "dcsext.author",
          "article:author_name", "cxenseparse:author", "articleauthor", "authors", "byline",
          "twitter:misc:written by"}) {
      for (const std::string_view content : page_.head.Metas(meta)) Take(content, names);
      if (!names.empty()) return Say("meta author", names);
    }
    return names;
  }

  // What links and properties call the author: near the headline, or else anywhere.
  Names RelAuthor(bool near) const {
    Names names;
    const HtmlTree& tree = page_.tree;
    const bool anchored = near && headline_ < blocks_.size();
    const uint32_t at = anchored ? blocks_[headline_].first_node : 0;
    const uint32_t from = anchored && at > kNearBefore ? at - kNearBefore : 0;
    const uint32_t to = anchored ? std::min(tree.size(), at + kNearBehind) : tree.size();
    for (uint32_t i = from; i < to && names.size() < kRelMax; ++i) {
      if (!HasWord(tree.Attr(i, AttrName::kRel), "author") &&
          !HasWord(tree.Attr(i, AttrName::kItemprop), "author"))
        continue;
      if (near && IsOthers(i)) continue;
      if (tree[i].end - i > kNamedNodesMax) {
        Take(tree.InnerText(i), names);
      } else {
        TakeLines(LinesOf(tree, i, tree[i].end), false, names);
      }
    }
    return names;
  }

  // What pages tell previews under a label of their own: "Written by", and in the next the name.
  std::string_view WrittenBy() const {
    static constexpr std::array<std::string_view, 8> kLabels = {
        "written by",  "author",    "verfasst von", "geschrieben von",
        "escrito por", "écrit par", "scritto da",   "geschreven door"};
    for (const char* number : {"1", "2"}) {
      const std::string label =
          absl::AsciiStrToLower(View(page_.head.Meta({absl::StrCat("twitter:label", number)})));
      if (std::find(kLabels.begin(), kLabels.end(), label) != kLabels.end())
        return page_.head.Meta({absl::StrCat("twitter:data", number)});
    }
    return {};
  }

  Names Printed() {
    Names names = Say("byline", Byline());
    if (names.empty()) names = Say("author link", Linked());
    if (names.empty()) names = Say("element author", Named());
    if (names.empty()) names = Say("author link", LinkedAnywhere());
    return names;
  }

  // The block near the headline that says who wrote, or the one behind a block that is only "By".
  Names Byline() const {
    const auto [from, to] =
        BlocksAround(blocks_, headline_, kBylineBlocksBefore, kBylineBlocksBehind);
    for (size_t i = from; i < to; ++i) {
      const Block& block = blocks_[i];
      if (block.words > kBylineBlockWordsMax || IsOthers(block.node)) continue;
      Names names;
      const std::vector<std::string> lines = LinesOfBlock(i);
      const bool label = IsBylineLabel(block.text);
      if (label && i + 1 < to && blocks_[i + 1].words <= kBylineWordsMax) {
        TakeLines(LinesOfBlock(i + 1), true, names);
      } else if (IsByline(block.text) ||
                 (!lines.empty() && (IsBylineLabel(lines.front()) || IsByline(lines.front())))) {
        TakeLines(lines, false, names);
      } else if (const size_t by = BehindDate(block.text); by != std::string::npos) {
        if (IsByline(std::string_view(block.text).substr(by)))
          names = Persons(WithoutPlace(block.text.substr(by)));
      }
      // "By Reuters", but not one word out of many.
      const bool alone = names.size() == 1 && CountWords(names.front()) == 1;
      if (!names.empty() && (!alone || block.words <= kAloneWordsMax)) return names;
    }
    return {};
  }

  // "4 May 2021 by Ann Reed": where the second part begins.
  static size_t BehindDate(std::string_view text) {
    const std::string small = absl::AsciiStrToLower(View(text));
    for (const char* word : {" by ", " von ", " par ", " por "}) {
      const size_t at = small.find(word);
      if (at == std::string::npos) continue;
      if (!FindDates(text.substr(0, at)).empty()) return at + 1;
    }
    return std::string::npos;
  }

  std::vector<std::string> LinesOfBlock(size_t block) const {
    const uint32_t from = blocks_[block].first_node;
    const uint32_t end =
        block + 1 < blocks_.size() ? blocks_[block + 1].first_node : page_.tree.size();
    return LinesOf(page_.tree, from, std::min(end, page_.tree[blocks_[block].node].end));
  }

  // Comments, and other articles, have authors of their own.
  bool IsOthers(uint32_t node) const {
    return IsCalled(node, {"comment", "kommentar", "related", "teaser"});
  }

  // Does a class of the element, or of one around it, hold one of the words?
  bool IsCalled(uint32_t node, absl::Span<const std::string_view> words) const {
    for (int up = 0; up < kLevelsMax && node != HtmlTree::kNoNode; ++up) {
      const std::string_view name =
          page_.tree.Attr(node, AttrName::kClass).substr(0, kShortBytesMax);
      if (!name.empty() && ContainsAny(name, words)) return true;
      node = page_.tree[node].parent;
    }
    return false;
  }

  // Links near the headline that lead to an author's page: those behind it, else those before it.
  Names Linked() const {
    if (headline_ >= blocks_.size()) return {};
    const uint32_t at = blocks_[headline_].first_node;
    Names names = LinkedIn(at, std::min(page_.tree.size(), at + kNearBehind));
    if (names.empty()) names = LinkedIn(at > kNearBefore ? at - kNearBefore : 0, at);
    return names;
  }

  // The first such link, and those that stand beside it.
  Names LinkedIn(uint32_t from, uint32_t to) const {
    Names names;
    const HtmlTree& tree = page_.tree;
    uint32_t last = 0;
    for (uint32_t i = from; i < to; ++i) {
      if (!names.empty() && i > last + kApartNodesMax) break;
      if (tree[i].tag != Tag::kA || tree[i].end - i > kNamedNodesMax) continue;
      if (!LeadsToAuthor(tree.Attr(i, AttrName::kHref)) || IsOthers(i)) continue;
      Names found;
      TakeLines(LinesOf(tree, i, tree[i].end), true, found);
      for (const std::string& name : found) Add(name, names);
      if (!found.empty()) last = tree[i].end;
    }
    return names;
  }

  // The one person whose page is linked in what is called an author, wherever that is: below the
  // text, as a rule.
  Names LinkedAnywhere() const {
    Names names;
    const HtmlTree& tree = page_.tree;
    for (uint32_t i = 0; i < tree.size() && names.size() < 2; ++i) {
      if (tree[i].tag == Tag::kA && tree[i].end - i <= kNamedNodesMax &&
          LeadsToAuthor(tree.Attr(i, AttrName::kHref)) &&
          IsCalled(i, {"author", "autor", "auteur", "byline", "bio"}) && !IsOthers(i))
        TakeLines(LinesOf(tree, i, tree[i].end), true, names);
    }
    return names.size() == 1 ? names : Names();
  }

  // Elements behind the headline that are called an author or a byline: the first that holds a
  // name.
  Names Named() const {
    const HtmlTree& tree = page_.tree;
    Names names;
    if (headline_ >= blocks_.size()) return names;
    const uint32_t at = blocks_[headline_].first_node;
    for (uint32_t i = at; i < std::min(tree.size(), at + kNearBehind) && names.empty(); ++i) {
      const std::string called =
          absl::StrCat(View(tree.Attr(i, AttrName::kClass).substr(0, kShortBytesMax)), " ",
                       View(tree.Attr(i, AttrName::kId).substr(0, kShortBytesMax)));
      if (called.size() == 1 || tree[i].end - i > kNamedNodesMax) continue;
      if (!ContainsAny(called, {"author", "byline", "autor", "auteur"}) ||
          ContainsAny(called, {"comment", "bio", "related", "avatar", "desc"}) ||
          CountWords(tree.InnerText(i)) > kNameWordsMax)
        continue;
      TakeLines(LinesOf(tree, i, tree[i].end), true, names);
    }
    return names;
  }

  // An account's or a first name, where the page prints near its headline the name that it is of.
  void PreferFullName(Names& names) {
    const std::string declared_source = source_;
    const std::string handle = text::Fold(names.front());
    if (handle.size() <= kAgencyBytesMax && names.front() == absl::AsciiStrToUpper(names.front()))
      return;
    const Names printed = Printed();
    source_ = declared_source;
    if (printed.size() != 1 || CountWords(printed.front()) < 2) return;
    const std::vector<std::string> words = absl::StrSplit(text::Fold(printed.front()), ' ');
    const bool whose = handle == words.front() || handle == words.back() ||
                       (handle.size() > words.back().size() && words.back().size() > 2 &&
                        absl::EndsWith(handle, words.back()));
    if (whose) names = printed;
  }

  bool IsOrganisation(std::string_view name) const {
    const auto& known = page_.json_ld.organisations;
    const bool said = std::any_of(known.begin(), known.end(), [&](const std::string& one) {
      return text::EqualFolded(name, one);
    });
    if (said || text::EqualFolded(name, page_.json_ld.publisher)) return true;
    std::string joined = text::Fold(name);
    std::erase_if(joined, [](char c) { return c == ' ' || c == '-' || c == '.'; });
    return !host_.empty() && joined == host_;
  }

  // A page that names no person may say that its newsroom, or an agency, wrote it.
  Names Organisations() const {
    const auto clean = [](std::string_view text) {
      std::string name = Unescape(text);
      const bool address = absl::StrContains(name, "@") || absl::StrContains(name, "/");
      const bool letters = std::any_of(name.begin(), name.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0x80) != 0 ||
               absl::ascii_isalpha(static_cast<unsigned char>(c));
      });
      return address || !letters || IsLabel(name) || CountWords(name) > kNameWordsMax
                 ? std::string()
                 : name;
    };
    for (const auto* list : {&page_.json_ld.organisations, &page_.json_ld.authors}) {
      for (const std::string& one : *list) {
        if (std::string name = clean(one); !name.empty()) return {std::move(name)};
      }
    }
    std::string name = clean(page_.head.Meta({"author", "article:author"}));
    return name.empty() ? Names() : Names{std::move(name)};
  }

  const Page& page_;
  const std::vector<Block>& blocks_;
  const size_t headline_;
  const std::string_view outlet_;
  std::string host_;  // the site's own name within its host
  std::string source_;
};

}  // namespace

PageAuthors AuthorsOf(const Page& page, const std::vector<Block>& blocks, size_t headline,
                      std::string_view outlet, std::string_view site) {
  return Finder(page, blocks, headline, outlet, site).Run();
}

}  // namespace verbatim::ingest
