// SPDX-License-Identifier: Apache-2.0
#include "core/ingest/page_metadata.h"

#include <algorithm>
#include <array>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "core/ingest/absl_view.h"
#include "core/ingest/language.h"
#include "core/ingest/name_lines.h"
#include "core/ingest/page_authors.h"
#include "core/ingest/title_text.h"
#include "core/ingest/url.h"
#include "verbatim/text/chars.h"
#include "verbatim/text/fold.h"
#include "verbatim/text/utf8.h"

namespace verbatim::ingest {
namespace {

// A block of fewer words may begin like the title by chance.
constexpr uint32_t kTitleWordsMin = 3;
constexpr size_t kCandidatesMax = 8;
constexpr size_t kTagsMax = 32;

class Reader {
 public:
  Reader(const Page& page, const PageFacts& facts, std::string_view url)
      : page_(page), facts_(facts), url_(url), anchor_(Anchor()) {}

  v1::ArticleMetadata Run(const DateBounds& bounds) {
    Url();
    Outlet();
    Title();
    Set("description", *metadata_.mutable_description(),
        {{page_.head.Meta({"og:description"}), "og:description"},
         {page_.head.Meta({"description", "twitter:description"}), "meta description"},
         {page_.json_ld.description, "json-ld description"}});
    Set("section", *metadata_.mutable_section(),
        {{page_.json_ld.section, "json-ld articleSection"},
         {page_.head.Meta({"article:section", "section", "parsely-section"}), "meta section"}});
    Authors();
    Tags();
    Language();
    Dates(bounds);
    if (!page_.json_ld.free.empty())
      Source("free_to_read", absl::StrCat(absl::AsciiStrToLower(page_.json_ld.free), " json-ld"));
    return std::move(metadata_);
  }

 private:
  struct Choice {
    std::string_view text;
    const char* source;
  };

  void Source(const char* field, std::string_view source) {
    auto* added = metadata_.add_sources();
    added->set_field(field);
    added->set_source(std::string(source));
  }

  void Set(const char* field, std::string& into, std::initializer_list<Choice> choices) {
    for (const Choice& choice : choices) {
      const std::string clean = Unescape(choice.text);
      if (clean.empty()) continue;
      into = clean;
      Source(field, choice.source);
      return;
    }
  }

  // A declared URL is believed when it is one, and doesn't send a deep page to the front page or to
  // another site.
  std::string Believed(std::string_view link) const {
    const std::string base = page_.head.base.empty() ? std::string(url_) : page_.head.base;
    const auto canonical = CanonicalUrl(ResolveUrl(base, link));
    if (!canonical.ok()) return "";
    if (url_.empty()) return *canonical;
    if (!IsSameSite(*canonical, url_)) return "";
    const auto is_front = [](std::string_view url) {
      const size_t path = url.find('/', url.find("://") + 3);
      return path == std::string_view::npos || path + 1 == url.size();
    };
    return is_front(*canonical) && !is_front(url_) ? "" : *canonical;
  }

  void Url() {
    const std::array<Choice, 3> choices = {{{page_.head.canonical, "link canonical"},
                                            {page_.head.Meta({"og:url"}), "og:url"},
                                            {page_.json_ld.url, "json-ld url"}}};
    for (const Choice& choice : choices) {
      if (choice.text.empty()) continue;
      const std::string believed = Believed(choice.text);
      if (believed.empty()) continue;
      metadata_.set_canonical_url(believed);
      Source("canonical_url", choice.source);
      return;
    }
    const auto given = CanonicalUrl(url_);
    if (!given.ok()) return;
    metadata_.set_canonical_url(*given);
    Source("canonical_url", "where it was taken from");
  }

  void Outlet() {
    Set("outlet", *metadata_.mutable_outlet(),
        {{page_.head.Meta({"og:site_name"}), "og:site_name"},
         {page_.json_ld.publisher, "json-ld publisher"},
         {page_.head.Meta({"application-name", "dc.publisher", "publisher", "copyright-holder"}),
          "meta publisher"}});
    metadata_.set_outlet(SiteName(metadata_.outlet()));
    // A site name that is an address says as much as the host.
    if (metadata_.outlet().empty()) {
      Set("outlet", *metadata_.mutable_outlet(), {{SiteOf(metadata_.canonical_url()), "host"}});
    }
  }

  // The headline's block; on a page without a main heading the first that reads as its title
  // begins. As many as there are blocks: none.
  size_t Anchor() const {
    const auto& blocks = facts_.blocks();
    if (facts_.headline() < blocks.size()) return facts_.headline();
    const std::string title = text::Fold(page_.best_title);
    for (size_t i = 0; i < blocks.size(); ++i) {
      if (blocks[i].words >= kTitleWordsMin && absl::StartsWith(title, text::Fold(blocks[i].text)))
        return i;
    }
    return blocks.size();
  }

  // The headline as it is printed; what stands in elements of its own is a word of its own.
  std::string Headline() const {
    const auto& blocks = facts_.blocks();
    const size_t headline = facts_.headline();
    if (headline >= blocks.size()) return "";
    const Block& block = blocks[headline];
    const std::vector<std::string> lines =
        LinesOf(page_.tree, block.first_node, page_.tree[block.node].end);
    // "DuesCouncil votes": a capital behind a small letter, where one element ends.
    std::string joined;
    std::string_view rest = block.text;
    for (const std::string& line : lines) {
      if (!absl::StartsWith(View(rest), line)) return block.text;
      const bool apart = !joined.empty() && joined.back() != ' ' &&
                         text::IsUpper(text::DecodeAt(line, 0).code_point) &&
                         absl::ascii_islower(static_cast<unsigned char>(joined.back()));
      if (apart) joined += ' ';
      joined += line;
      rest.remove_prefix(line.size());
      if (absl::StartsWith(View(rest), " ")) {
        joined += ' ';
        rest.remove_prefix(1);
      }
    }
    return rest.empty() ? joined : block.text;
  }

  void Title() {
    ingest::Title title = ChooseTitle(
        {Unescape(page_.json_ld.headline),
         Unescape(page_.head.Meta({"og:title", "twitter:title", "dc.title"})), Headline(),
         Unescape(page_.head.title), metadata_.outlet(), SiteOf(metadata_.canonical_url())});
    if (title.text.empty()) return;
    metadata_.set_title(std::move(title.text));
    Source("title", title.source);
  }

  void Authors() {
    PageAuthors authors = AuthorsOf(page_, facts_.blocks(), anchor_, metadata_.outlet(),
                                    SiteOf(metadata_.canonical_url()));
    if (!authors.names.empty()) Source("authors", authors.source);
    for (std::string& name : authors.names) metadata_.add_authors(std::move(name));
  }

  void Tags() {
    const auto add = [&](std::string_view list) {
      for (const absl::string_view one : absl::StrSplit(View(list), absl::ByAnyChar(",;"))) {
        const std::string tag = Unescape({one.data(), one.size()});
        const bool known = std::find(metadata_.tags().begin(), metadata_.tags().end(), tag) !=
                           metadata_.tags().end();
        if (!tag.empty() && !known && static_cast<size_t>(metadata_.tags_size()) < kTagsMax)
          metadata_.add_tags(tag);
      }
    };
    for (const std::string& keyword : page_.json_ld.keywords) add(keyword);
    for (const char* meta : {"article:tag", "news_keywords", "keywords"}) {
      if (metadata_.tags_size() > 0) break;
      for (const std::string_view content : page_.head.Metas(meta)) add(content);
    }
  }

  void Language() {
    const std::array<Choice, 4> choices = {
        {{page_.head.language, "html lang"},
         {page_.json_ld.language, "json-ld inLanguage"},
         {page_.head.Meta({"content-language", "language", "dc.language"}), "meta language"},
         {page_.head.Meta({"og:locale"}), "og:locale"}}};
    for (const Choice& choice : choices) {
      std::string tag = Unescape(choice.text);
      std::replace(tag.begin(), tag.end(), '_', '-');
      tag.resize(std::min(tag.find_first_of(" ,;"), tag.size()));
      if (!IsLanguageTag(tag)) continue;
      metadata_.set_language(tag);
      Source("language", choice.source);
      return;
    }
  }

  // The statement that is believed; what else the page says stands among the sources.
  void Put(const char* field, const std::vector<DatedStatement>& statements, v1::DatedValue& into) {
    into.set_value(statements.front().value);
    into.set_basis(v1::DatedValue::BASIS_METADATA);
    into.set_source(statements.front().source);
    std::vector<std::string> said;
    for (const DatedStatement& statement : statements) {
      std::string one = absl::StrCat(statement.value, " ", statement.source);
      if (std::find(said.begin(), said.end(), one) == said.end()) said.push_back(std::move(one));
    }
    const std::string candidate = absl::StrCat(field, ".candidate");
    for (size_t i = 1; i < std::min(said.size(), kCandidatesMax); ++i)
      Source(candidate.c_str(), said[i]);
  }

  void Dates(const DateBounds& bounds) {
    const std::string_view url = url_.empty() ? std::string_view(metadata_.canonical_url()) : url_;
    const PageDates dates = DatesOf(page_, facts_.blocks(), anchor_, url, bounds);
    if (!dates.published.empty()) Put("published", dates.published, *metadata_.mutable_published());
    if (!dates.modified.empty()) Put("modified", dates.modified, *metadata_.mutable_modified());
  }

  const Page& page_;
  const PageFacts& facts_;
  std::string_view url_;
  const size_t anchor_;
  v1::ArticleMetadata metadata_;
};

}  // namespace

v1::ArticleMetadata MetadataOfPage(const Page& page, const PageFacts& facts, std::string_view url,
                                   const DateBounds& bounds) {
  return Reader(page, facts, url).Run(bounds);
}

}  // namespace verbatim::ingest
