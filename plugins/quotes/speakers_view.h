// SPDX-License-Identifier: Apache-2.0
// The view `speakers`: who is quoted, how often, from which day to which, and under which names.
#ifndef VERBATIM_QUOTES_SPEAKERS_VIEW_H_
#define VERBATIM_QUOTES_SPEAKERS_VIEW_H_

#include <string_view>

#include "verbatim/plugin.h"

namespace verbatim::quotes {

// Keeps nothing between events: every row is made from the event and the store.
class SpeakersView : public View {
 public:
  SpeakersView(Host, std::string_view) {}
  void Apply(std::string_view event, Store& store) override;
};

}  // namespace verbatim::quotes

#endif  // VERBATIM_QUOTES_SPEAKERS_VIEW_H_
