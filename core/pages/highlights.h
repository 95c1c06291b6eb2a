// SPDX-License-Identifier: Apache-2.0
// One text with the places of annotations in it, as HTML. Every place that an annotation ever had
// in this text is marked up, whether it shows or not: a page then shows another moment by switching
// marks on and off, and nothing is ever cut anew.
//
//   <p>"We <span class="m l1" data-p="4" data-kind="quote" data-held="plugin">may drill ...</span>
//
// The text of the elements, one after the other, is the text.
#ifndef VERBATIM_CORE_PAGES_HIGHLIGHTS_H_
#define VERBATIM_CORE_PAGES_HIGHLIGHTS_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "verbatim/text/utf8.h"

namespace verbatim::pages {

struct Place {
  size_t number = 0;                // data-p; the first piece has id="pNUMBER"
  std::string_view kind;            // data-kind: quote, date, docdate, other
  std::string_view held;            // data-held: person, plugin, orphaned; empty: doesn't show now
  std::vector<text::Range> ranges;  // bytes, in order, within the text
};

// Which underline each place gets, the lowest number next to the words: places that touch the same
// words get different ones, the shorter the nearer. As many as places; less than kUnderlines.
std::vector<size_t> Underlines(const std::vector<Place>& places);

// In paragraphs: where the text has blank lines they part them, else every end of a line does. One
// that only says the title again has class "again".
std::string MarkUp(std::string_view text, std::string_view title, const std::vector<Place>& places);

}  // namespace verbatim::pages

#endif  // VERBATIM_CORE_PAGES_HIGHLIGHTS_H_
