// SPDX-License-Identifier: Apache-2.0
// What a person types to search: words that must all be there, "a phrase" in quotation marks, and a
// beginning* of words.
#ifndef VERBATIM_CORE_SEARCH_WORDS_H_
#define VERBATIM_CORE_SEARCH_WORDS_H_

#include <string>
#include <string_view>
#include <vector>

#include "core/base/status.h"

namespace verbatim::search {

struct Term {
  std::string text;     // a word, or words in their order
  bool prefix = false;  // the last word may go on
};

// kInvalidArgument when there is no letter or digit to look for. A quotation mark without its
// partner begins a phrase that runs to the end.
absl::StatusOr<std::vector<Term>> ParseWords(std::string_view typed);

// As FTS5 reads it.
std::string ToMatch(const std::vector<Term>& terms);

}  // namespace verbatim::search

#endif  // VERBATIM_CORE_SEARCH_WORDS_H_
