// SPDX-License-Identifier: Apache-2.0
#include "core/search/words.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "core/sqlite/database.h"
#include "verbatim/text/tokens.h"

namespace verbatim::search {
namespace {

bool SaysSomething(std::string_view text) {
  const std::vector<text::Token> tokens = text::Tokenize(text);
  return std::any_of(tokens.begin(), tokens.end(),
                     [](const text::Token& token) { return token.IsWord() || token.IsNumber(); });
}

void Add(std::string_view text, std::vector<Term>& terms) {
  Term term;
  term.prefix = text.size() > 1 && text.ends_with('*');
  if (term.prefix) text.remove_suffix(1);
  term.text = text;
  if (SaysSomething(text)) terms.push_back(std::move(term));
}

}  // namespace

absl::StatusOr<std::vector<Term>> ParseWords(std::string_view typed) {
  std::vector<Term> terms;
  bool phrase = false;
  size_t begin = 0;
  for (size_t at = 0; at <= typed.size(); ++at) {
    const bool end = at == typed.size();
    const bool mark = !end && typed[at] == '"';
    const bool blank = !end && !phrase && (typed[at] == ' ' || typed[at] == '\t');
    if (!end && !mark && !blank) continue;
    Add(typed.substr(begin, at - begin), terms);
    begin = at + 1;
    if (mark) phrase = !phrase;
  }
  if (terms.empty()) {
    return absl::InvalidArgumentError(absl::StrCat(
        "nothing to search for in '", std::string(typed),
        "': give words, or \"a phrase\" in quotation marks (in a shell '\"a phrase\"')"));
  }
  return terms;
}

std::string ToMatch(const std::vector<Term>& terms) {
  std::string match;
  for (const Term& term : terms) {
    absl::StrAppend(&match, match.empty() ? "" : " AND ", sqlite::Quoted(term.text),
                    term.prefix ? " *" : "");
  }
  return match;
}

}  // namespace verbatim::search
