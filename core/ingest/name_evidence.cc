// SPDX-License-Identifier: Apache-2.0
#include "core/ingest/name_evidence.h"

#include <array>
#include <vector>

#include "core/base/check.h"

namespace verbatim::ingest {
namespace {

// A family a line; '-' stands for a border of a word, where a short word would be found in others.
constexpr std::array<std::string_view, kNameFamilies> kFamilies = {
    "article artikel articulo articolo",
    "articlebody article-body article-content article-text story-body post-body entry-content "
    "post-content body-text bodytext richtext rich-text -rte- prose -copy- wysiwyg article-text",
    "-body- body-",
    "content contenu contenido inhalt",
    "-entry-",
    "-post- -posts-",
    "-story-",
    "-text- texte texto",
    "-main- -page-",
    "paragraph -para- -p-",
    "-container- wrapper -inner- -outer-",
    "-row- -col- column grid",
    "-section-",
    "comment disqus -reply- replies respond kommentar",
    "sidebar -aside- -side- -rail- right-col -secondary- -sidebar-",
    "widget -module- -block- -box-",
    "related relation -similar- recommend -reco- verwandt -more-from- read-next -upnext- -next- "
    "also-like you-may",
    "popular trending most-read mostread -top-stories- -latest- -recent- meistgelesen",
    "-share- sharing -social- addtoany sharedaddy shariff -tweet- facebook twitter whatsapp",
    "-follow- -subscribe- subscription -abo-",
    "newsletter sign-up signup mailing mailchimp -optin-",
    "-footer- -foot- footer",
    "-header- masthead -top- topbar",
    "-nav- navigation navbar -menu- breadcrumb -crumb- pagination -pager-",
    "-ad- -ads- advert sponsor promo -dfp- taboola outbrain -banner- werbung anzeige publicid",
    "caption legend bildunterschrift -cutline-",
    "credit photographer -copyright- source-",
    "-author- -byline- -writer- autor -auteur- contributor",
    "-bio- -profile- about-author author-box vcard",
    "-date- -time- datetime timestamp publish -pubdate- -updated- fecha",
    "-meta- -info- metadata -details-",
    "-tag- -tags- -topic- -topics- keyword schlagwort hashtag",
    "-cat- category categories rubrik -section-name- kicker eyebrow -overline-",
    "gallery slideshow carousel -slider- swiper -slick-",
    "-image- -img- -photo- -picture- -media- figure -bild- thumb",
    "-video- -player- -audio- podcast jwplayer -embed-",
    "cookie consent gdpr -privacy- -cmp- onetrust",
    "legal disclaimer terms -imprint-",
    "teaser -card- -cards- -tile- -item- -items- -promo- -stack-",
    "-list- -listing- -feed- -archive- -results-",
    "headline -title- -titel- -heading- -hed- titre titulo",
    "subtitle subhead summary -lead- -lede- -intro- standfirst -dek- -deck- -excerpt- -abstract- "
    "chapo -description- -sub- vorspann perex",
    "quote -pull- pullquote blockquote zitat",
    "correction -note- -editor- footnote -notes- -references-",
    "modal popup overlay -lightbox- -dialog- -tooltip- dropdown",
    "-login- -account- -user- register -signin-",
    "paywall premium -gate- piano -metered- -regwall-",
    "read-more readmore -more- -cta- -button- -btn- -link- -links-",
    "-table- -tbl- -chart- -infobox- -factbox- -fact-",
    "-toc- table-of-contents contents-list jump",
    "-print- -toolbar- -tools- -utility- -actions- -buttons-",
    "-hidden- -hide- sr-only screen-reader visually-hidden visuallyhidden",
    "-live- liveblog -update- -updates- ticker",
    "-search- -form- -input- -field-",
    "-event- -product- -shop- -price- -deal-",
    "-poll- -quiz- -rating- -vote- -stars-",
    "-logo- -brand- -icon- -icons- -badge-",
    "donate -support- membership -member- -donation- fundrais",
    "twitter-tweet instagram-media tiktok-embed fb-post -oembed- -embed- embedded",
    "recipe ingredient instruction directions -step- -steps- -faq- accordion question answer"};

constexpr size_t kLetters = 27;  // '-' and a to z

size_t LetterOf(char c) { return c == '-' ? 0 : static_cast<size_t>(c - 'a') + 1; }

// Aho and Corasick's automaton over all words of all families.
class Automaton {
 public:
  Automaton() {
    Add();
    for (size_t family = 0; family < kFamilies.size(); ++family) {
      std::string_view words = kFamilies[family];
      while (!words.empty()) {
        const size_t end = words.find(' ');
        AddWord(words.substr(0, end), family);
        words.remove_prefix(end == std::string_view::npos ? words.size() : end + 1);
      }
    }
    Connect();
  }

  // One letter on; the families that end there are added to `found`.
  uint32_t Step(uint32_t state, char c) const { return states_[state].next[LetterOf(c)]; }
  uint64_t Found(uint32_t state) const { return states_[state].found; }

 private:
  // Just what a line of the processor's cache holds.
  struct State {
    uint64_t found = 0;
    std::array<uint16_t, kLetters> next = {};
  };

  uint16_t Add() {
    states_.emplace_back();
    VB_CHECK(states_.size() <= 0xFFFF, "so few states that 16 bits number them");
    return static_cast<uint16_t>(states_.size() - 1);
  }

  void AddWord(std::string_view word, size_t family) {
    uint32_t state = 0;
    for (const char c : word) {
      VB_CHECK(c == '-' || (c >= 'a' && c <= 'z'), "families are spelled in small letters");
      const size_t letter = LetterOf(c);
      if (states_[state].next[letter] == 0) {
        const uint16_t made = Add();
        states_[state].next[letter] = made;
      }
      state = states_[state].next[letter];
    }
    states_[state].found |= uint64_t{1} << family;
  }

  void Connect() {
    std::vector<uint16_t> fail(states_.size(), 0);
    std::vector<uint16_t> queue;
    for (const uint16_t child : states_[0].next) {
      if (child != 0) queue.push_back(child);
    }
    for (size_t i = 0; i < queue.size(); ++i) {
      const uint16_t at = queue[i];
      State& state = states_[at];
      const State& shorter = states_[fail[at]];
      state.found |= shorter.found;
      for (size_t letter = 0; letter < kLetters; ++letter) {
        const uint16_t child = state.next[letter];
        const uint16_t other = shorter.next[letter];
        if (child == 0) {
          state.next[letter] = other;
        } else {
          fail[child] = other;
          queue.push_back(child);
        }
      }
    }
  }

  std::vector<State> states_;
};

}  // namespace

uint64_t NameEvidence(std::string_view name) {
  static const auto* const automaton = new Automaton;
  uint64_t families = 0;
  uint32_t state = automaton->Step(0, '-');
  bool small = false;
  const auto step = [&](char c) {
    state = automaton->Step(state, c);
    families |= automaton->Found(state);
  };
  char before = '-';
  for (const char c : name) {
    const bool upper = c >= 'A' && c <= 'Z';
    const bool lower = c >= 'a' && c <= 'z';
    if (upper && small) step('-');
    small = lower;
    const char letter = upper ? static_cast<char>(c + ('a' - 'A')) : lower ? c : '-';
    if (letter == '-' && before == '-') continue;
    step(letter);
    before = letter;
  }
  if (before != '-') step('-');
  return families;
}

}  // namespace verbatim::ingest
