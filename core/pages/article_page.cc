// SPDX-License-Identifier: Apache-2.0
// The text is marked up here once, with the place of every state of every annotation; the states
// and histories go along as JSON, from which assets/article.js switches marks on and off. Without
// scripts the page shows the moment that it was made for.
#include "core/pages/article_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "absl/strings/str_cat.h"
#include "core/audit/rows.h"
#include "core/base/hex.h"
#include "core/pages/highlights.h"
#include "core/pages/html.h"
#include "core/pages/places.h"
#include "core/pages/story.h"
#include "core/pages/story_data.h"
#include "core/schema/json.h"
#include "core/schema/value.h"

namespace verbatim::pages {
namespace {

using article::AnnotationState;
using schema::Record;

// Characters of an annotation's words in the list.
constexpr size_t kWordsChars = 140;

class Page {
 public:
  Page(const Site& site, const schema::Registry& registry, const Story& story,
       const ArticleAsked& asked)
      : site_(site),
        registry_(registry),
        story_(story),
        asked_(asked),
        places_(story, asked.shown) {
    while (shown_revision_ + 1 < story.revisions.size() &&
           story.revisions[shown_revision_ + 1]->sequence() <= asked.shown) {
      ++shown_revision_;
    }
  }

  std::string Html() const {
    const v1::ArticleMetadata& metadata = Metadata();
    const std::string title =
        metadata.title().empty() ? base::ShortId(asked_.article) : metadata.title();
    std::string main = Head(title, metadata);
    main += Slider();
    absl::StrAppend(&main, "<div class=\"columns\"><div class=\"reading\">\n", Tools());
    for (const article::RevisionPtr& revision : story_.revisions) {
      absl::StrAppend(
          &main, "<article class=\"text\" data-revision=\"", revision->number(), "\"",
          revision->number() == shown_revision_ ? "" : " hidden",
          revision->content().metadata().language().empty()
              ? ""
              : absl::StrCat(" lang=\"", Escape(revision->content().metadata().language()), "\""),
          ">", Text(*revision), "</article>\n");
    }
    absl::StrAppend(
        &main, "</div>\n", Aside(), "</div>\n", "<script type=\"application/json\" id=\"data\">",
        JsonForScript(
            schema::ToJson(StoryData(story_, registry_, places_, asked_.article, asked_.shown))),
        "</script>");
    return Framed(
        site_,
        {.title = title, .root = "../", .here = "index.html", .scripts = {"article.js", "find.js"}},
        main);
  }

 private:
  const v1::ArticleMetadata& Metadata() const {
    const StoryMetadata* last = &story_.metadata.front();
    for (const StoryMetadata& metadata : story_.metadata) {
      if (metadata.since <= asked_.shown) last = &metadata;
    }
    return last->metadata;
  }

  std::string Head(const std::string& title, const v1::ArticleMetadata& metadata) const {
    std::string html = absl::StrCat("<header class=\"head\"><h1 data-meta=\"title\" dir=\"auto\">",
                                    Escape(title), "</h1>\n<p class=\"byline\">");
    if (!metadata.outlet().empty()) {
      absl::StrAppend(&html, "<span>", Isolated(metadata.outlet()), "</span>");
    }
    absl::StrAppend(&html, "<span><time data-meta=\"published\">", Escape(PublishedText(metadata)),
                    "</time> <span class=\"basis\" data-meta=\"basis\">",
                    Escape(PublishedBasis(metadata)), "</span></span>");
    for (const std::string& author : metadata.authors()) {
      absl::StrAppend(&html, "<span>", Isolated(author), "</span>");
    }
    if (!metadata.canonical_url().empty()) {
      absl::StrAppend(&html, "<span class=\"source\">",
                      WebLink(metadata.canonical_url(), metadata.canonical_url()), "</span>");
    }
    return html + "</p></header>\n";
  }

  std::string Slider() const {
    return absl::StrCat(
        "<section class=\"when\" aria-labelledby=\"when-label\" hidden>"
        "<label id=\"when-label\" for=\"when\">As it was known</label>"
        "<button type=\"button\" data-step=\"-1\" aria-label=\"One event back\">◀</button>"
        "<input type=\"range\" id=\"when\" min=\"0\" max=\"",
        std::max<size_t>(story_.steps.size(), 1) - 1, "\" value=\"",
        std::max<size_t>(story_.steps.size(), 1) - 1,
        "\"><button type=\"button\" data-step=\"1\" aria-label=\"One event on\">▶</button>"
        "<button type=\"button\" data-step=\"end\">Latest</button>"
        "<output for=\"when\" id=\"when-text\"></output></section>\n");
  }

  std::string Tools() const {
    std::string html =
        "<div class=\"tools\"><form class=\"find\" role=\"search\" hidden><label>Find in the text "
        "<input type=\"search\" id=\"find\" autocomplete=\"off\"></label>"
        "<button type=\"submit\">Next</button><output id=\"found\" for=\"find\"></output></form>";
    if (story_.revisions.size() > 1) {
      html +=
          "<div class=\"revisions\" role=\"group\" aria-label=\"Texts of this article\" hidden>";
      for (const article::RevisionPtr& revision : story_.revisions) {
        absl::StrAppend(&html, "<button type=\"button\" data-revision=\"", revision->number(),
                        "\" aria-pressed=\"",
                        revision->number() == shown_revision_ ? "true" : "false", "\">Text ",
                        revision->number() + 1, "</button>");
      }
      html += "</div>";
    }
    return html + "</div>\n";
  }

  std::string Text(const article::Revision& revision) const {
    return MarkUp(revision.text(), revision.content().metadata().title(),
                  places_.On(revision.number()));
  }

  std::string Aside() const {
    std::string html =
        "<aside aria-label=\"Annotations\"><section id=\"detail\" tabindex=\"-1\" "
        "aria-label=\"The chosen annotation\" hidden></section>\n<section id=\"all\">"
        "<h2>Annotations</h2>\n<ul class=\"legend\">"
        "<li><span class=\"m l0\" data-kind=\"other\" data-held=\"person\">a person decided</span>"
        "<li><span class=\"m l0\" data-kind=\"other\" data-held=\"plugin\">a plugin only</span>"
        "<li><span class=\"m l0\" data-kind=\"other\" data-held=\"orphaned\">words are gone</span>"
        "</ul>\n<div class=\"filters\" role=\"group\" aria-label=\"Which annotations show\" "
        "hidden>";
    std::map<std::string_view, std::string> kinds;
    for (const StoryAnnotation& annotation : story_.annotations) {
      const std::string& type = annotation.states.back().state->type();
      const std::string_view kind = KindOf(type);
      kinds.emplace(kind, kind == "other" ? "Other" : NameOfType(type));
    }
    for (const auto& [kind, name] : kinds) {
      absl::StrAppend(&html, "<label><input type=\"checkbox\" data-show=\"", std::string(kind),
                      "\" checked><span class=\"swatch\" data-kind=\"", std::string(kind),
                      "\"></span>", Escape(name), "</label>");
    }
    absl::StrAppend(&html, "<label><input type=\"checkbox\" data-show=\"gone\"",
                    asked_.all ? " checked" : "", ">Rejected, retracted</label></div>\n",
                    "<ol class=\"annotations\">");
    for (size_t i = 0; i < story_.annotations.size(); ++i) html += Item(i);
    return html + "</ol></section></aside>\n";
  }

  std::string Item(size_t i) const {
    const StoryAnnotation& annotation = story_.annotations[i];
    const StoryState* const shown = StateAt(annotation, asked_.shown);
    const AnnotationState& state = shown != nullptr ? *shown->state : *annotation.states[0].state;
    const std::string_view held = shown != nullptr ? HeldBy(state) : std::string_view();
    const bool hidden = shown == nullptr || (held.empty() && !asked_.all);
    return absl::StrCat(
        "<li id=\"a-", base::ToHex(annotation.id), "\" data-a=\"", i, "\" data-kind=\"",
        std::string(KindOf(state.type())), "\"",
        held.empty() ? "" : absl::StrCat(" data-held=\"", std::string(held), "\""),
        hidden ? " hidden" : "", "><a href=\"#", Target(i, shown), "\"><span class=\"words\">",
        Isolated(audit::WordsOf(state.value->anchor, kWordsChars)), "</span><span class=\"sub\">",
        Escape(NameOfType(state.type())), Label(state), "<span class=\"status\">",
        Escape(StatusText(state)), "</span></span></a></li>\n");
  }

  // Where the link of an item goes without scripts: to its words, or to itself.
  std::string Target(size_t i, const StoryState* shown) const {
    if (shown != nullptr) {
      const std::optional<size_t> place = places_.Of(i, shown->since);
      if (place) return absl::StrCat("p", *place);
    }
    return "a-" + base::ToHex(story_.annotations[i].id);
  }

  // Who said it, or which day it is: the one field that tells annotations apart.
  std::string Label(const AnnotationState& state) const {
    const schema::Value body =
        schema::BodyValue(registry_, state.value->body.type(), state.value->body.value());
    const auto* const fields = std::get_if<Record>(&body.v);
    if (fields == nullptr) return "";
    for (const std::string_view name : {"speaker", "value", "best", "label", "name"}) {
      const schema::Value* const found = fields->Find(name);
      if (found == nullptr || found->Omitted()) continue;
      return absl::StrCat("<span class=\"label\">", Isolated(schema::TextOf(*found)), "</span>");
    }
    return "";
  }

  const Site& site_;
  const schema::Registry& registry_;
  const Story& story_;
  const ArticleAsked& asked_;
  Places places_;
  uint32_t shown_revision_ = 0;
};

}  // namespace

absl::StatusOr<std::string> ArticlePage(const Site& site, const log::Snapshot& snapshot,
                                        const schema::Registry& registry,
                                        const ArticleAsked& asked) {
  VB_ASSIGN_OR_RETURN(const Story story, ReadStory(snapshot, registry, asked.article, asked.until));
  if (story.erased) {
    return absl::NotFoundError(
        "The text of this article was erased. That it was there, when, and "
        "on whose authority it was erased stays in the log.");
  }
  if (story.revisions.empty() || asked.shown < story.revisions.front()->sequence()) {
    return absl::NotFoundError("This archive has no such article at that sequence.");
  }
  return Page(site, registry, story, asked).Html();
}

}  // namespace verbatim::pages
