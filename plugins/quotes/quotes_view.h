// SPDX-License-Identifier: Apache-2.0
// The view `quotes`: one row a quotation, in the order in which they were said.
#ifndef VERBATIM_QUOTES_QUOTES_VIEW_H_
#define VERBATIM_QUOTES_QUOTES_VIEW_H_

#include <string_view>

#include "verbatim/plugin.h"

namespace verbatim::quotes {

// Keeps nothing between events: every row is made from the event and the store.
class QuotesView : public View {
 public:
  QuotesView(Host, std::string_view) {}
  void Apply(std::string_view event, Store& store) override;
};

}  // namespace verbatim::quotes

#endif  // VERBATIM_QUOTES_QUOTES_VIEW_H_
