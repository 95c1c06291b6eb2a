// SPDX-License-Identifier: Apache-2.0
#include "core/ingest/block_words.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "absl/strings/str_split.h"
#include "verbatim/text/chars.h"
#include "verbatim/text/utf8.h"

namespace verbatim::ingest {
namespace {

// Openings, in small letters, parted by bars; a family a line.
constexpr std::array<std::string_view, kOpeningFamilies> kOpenings = {
    "related|read more|read also|also read|more from|more on|see also|you may|you might|"
    "recommended|don't miss|don’t miss|lire aussi|à lire|lesen sie|mehr zu|auch interessant|leer "
    "también|lea también|te puede|leggi anche|lees ook|read next|up next|most read|most popular|"
    "trending|next article|previous|next post|more stories|latest|top stories|popular|editor's "
    "picks|related posts|leia também|läs också|les også|læs også|czytaj",
    "share|tweet|facebook|twitter|whatsapp|email|e-mail|print|copy link|follow|teilen|partager|"
    "compartir|condividi|linkedin|pinterest|save|bookmark",
    "subscribe|sign up|sign in|log in|login|get the|get our|join|register|download|newsletter|"
    "abonn|to continue|become a|already a|create a|support|donate|try|suscr|s'abonner|jetzt",
    "copyright|©|all rights|(c)|terms|privacy|tous droits|alle rechte",
    "photo|image|credit|foto|picture|video|watch|listen|getty|ap photo|file photo|source:|bild|"
    "quelle|reuters/|(photo|[photo|view gallery|media",
    "by |von |par |por |di |written by|author|text:|posted by|published by|story by|reporter|"
    "door |af |av ",
    "published|updated|posted|last updated|last modified|date|veröffentlicht|publié|publicado|"
    "pubblicato|stand:|aktualisiert|mis à jour|actualizado|modified|first published",
    "advertisement|ad |ads |sponsored|anzeige|werbung|publicité|publicidad|story continues|article "
    "continues|scroll to|continue reading below|report this ad|reklam|promoted",
    "comment|leave a|leave your|reply|kommentar|your email|0 comment|join the conversation|show "
    "comment|view comment|write a|post a|add a comment|required fields|name *|diskut",
    "tags|tag:|filed under|topics|categories|category|posted in|more about|keywords|themen|"
    "schlagw|mots-cl|etiquetas|temas|in this category|filed to",
    "about the author|about us|contact|reporting by|editing by|additional reporting|correction|"
    "editor's note|editor’s note|this article|this story|this post|originally published|about ",
    "we use cookies|cookie|accept|this site|this website|by using|by clicking|by signing|your "
    "privacy|manage",
    "home|menu|skip to|search|back to|click here|learn more|load more|show more|view all|see all|"
    "continue reading|read the|close|view more|read full|go to|open |toggle|expand",
    "1.|2.|3.|4.|5.|1)|2)|3)|#|•|-|–|—|*",
    "key |table of contents|contents|in this article|jump to|summary|faq|what to know|highlights|"
    "inhalt|at a glance|min read|minute read"};

struct Opening {
  std::string_view text;
  int family;
};

// By the first byte; each list in the order of the families.
const std::array<std::vector<Opening>, 256>& Openings() {
  static const auto* const openings = [] {
    auto* made = new std::array<std::vector<Opening>, 256>;
    for (size_t i = 0; i < kOpenings.size(); ++i) {
      for (const absl::string_view one :
           absl::StrSplit(absl::string_view(kOpenings[i].data(), kOpenings[i].size()), '|')) {
        (*made)[static_cast<unsigned char>(one[0])].push_back(
            {{one.data(), one.size()}, static_cast<int>(i) + 1});
      }
    }
    return made;
  }();
  return *openings;
}

constexpr size_t kOpeningBytesMax = 32;

std::string SmallHead(std::string_view text) {
  std::string head;
  for (size_t i = 0; i < text.size() && head.size() < kOpeningBytesMax;) {
    const text::Decoded decoded = text::DecodeAt(text, i);
    text::AppendUtf8(text::ToLower(decoded.code_point), &head);
    i += decoded.size;
  }
  return head;
}

float Ending(std::string_view text) {
  size_t end = text.size();
  char32_t last = 0;
  // Closing marks and brackets stand behind the stop that counts.
  while (end > 0) {
    const size_t begin = text::PreviousChar(text, static_cast<uint32_t>(end));
    last = text::DecodeAt(text, begin).code_point;
    if (!text::IsDoubleQuote(last) && !text::IsSingleQuote(last) && last != U')' && last != U']')
      break;
    end = begin;
  }
  switch (last) {
    case U'.':
    case U'!':
    case U'?':
    case U'…':
    case U'。':
    case U'！':
    case U'？':
    case U'।':
      return 1;
    case U':':
      return 2;
    case U',':
    case U';':
      return 3;
    default:
      return 0;
  }
}

float First(std::string_view text) {
  const char32_t c = text.empty() ? U' ' : text::DecodeAt(text, 0).code_point;
  if (text::IsUpper(c)) return 1;
  if (text::IsLetter(c)) return 2;
  if (text::IsDigit(c)) return 3;
  return text::IsDoubleQuote(c) || text::IsSingleQuote(c) ? 4.0f : 0.0f;
}

bool IsSeparator(char32_t c) {
  return c == U'|' || c == U'·' || c == U'•' || c == U'»' || c == U'›' || c == U'→' || c == U'/';
}

struct Counts {
  float commas = 0, stops = 0, capitals = 0, digits = 0, chars = 0;
};

void CountChar(char32_t c, char32_t before, char32_t next, Counts& counts, WordMeasures& measures) {
  if (c == U' ') return;
  ++counts.chars;
  const bool begins = before == U' ';
  if (begins && text::IsUpper(c)) ++counts.capitals;
  if (c >= U'0' && c <= U'9') {
    ++counts.digits;
    return;
  }
  if (c == U',') ++counts.commas;
  if ((c == U'.' || c == U'!' || c == U'?') && next == U' ') ++counts.stops;
  const bool between_digits = before >= U'0' && before <= U'9' && next >= U'0' && next <= U'9';
  measures.clock |= c == U':' && between_digits;
  measures.question |= c == U'?';
  measures.at_sign |= c == U'@';
  measures.copyright |= c == U'©';
  measures.separator |= IsSeparator(c) && (begins || next == U' ');
  measures.quoted |= text::IsDoubleQuote(c);
}

bool HasYear(std::string_view text) {
  for (size_t i = 0; i + 4 <= text.size(); ++i) {
    const bool century =
        (text[i] == '1' && text[i + 1] == '9') || (text[i] == '2' && text[i + 1] == '0');
    const auto digit = [&](size_t at) {
      return at < text.size() && text[at] >= '0' && text[at] <= '9';
    };
    if (century && digit(i + 2) && digit(i + 3) && !digit(i + 4) && (i == 0 || !digit(i - 1)))
      return true;
  }
  return false;
}

}  // namespace

int OpeningFamily(std::string_view text) {
  const std::string head = SmallHead(text);
  if (head.empty()) return 0;
  for (const Opening& opening : Openings()[static_cast<unsigned char>(head[0])]) {
    if (std::string_view(head).substr(0, opening.text.size()) == opening.text)
      return opening.family;
  }
  return 0;
}

WordMeasures MeasureWords(const Block& block) {
  WordMeasures measures;
  Counts counts;
  const std::string_view text = block.text;
  char32_t before = U' ';
  char32_t now = text.empty() ? U' ' : text::DecodeAt(text, 0).code_point;
  for (size_t i = 0; i < text.size();) {
    i += text::DecodeAt(text, i).size;
    const char32_t next = i < text.size() ? text::DecodeAt(text, i).code_point : U' ';
    CountChar(now, before, next, counts, measures);
    before = now;
    now = next;
  }
  const float words = static_cast<float>(std::max<uint32_t>(block.words, 1));
  measures.commas = counts.commas / words;
  measures.stops = counts.stops;
  measures.capitals = counts.capitals / words;
  measures.digits = counts.digits / std::max(counts.chars, 1.0f);
  measures.word_chars = counts.chars / words;
  measures.ending = Ending(text);
  measures.first = First(text);
  measures.year = HasYear(text);
  return measures;
}

}  // namespace verbatim::ingest
