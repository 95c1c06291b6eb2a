// SPDX-License-Identifier: Apache-2.0
// The view `revisions`: what publishers changed in articles, sentence by sentence.
#ifndef VERBATIM_PLUGINS_STATEMENTS_REVISIONS_VIEW_H_
#define VERBATIM_PLUGINS_STATEMENTS_REVISIONS_VIEW_H_

#include <string_view>

#include "verbatim/plugin.h"

namespace verbatim::statements {

class RevisionsView : public View {
 public:
  RevisionsView(Host, std::string_view) {}
  void Apply(std::string_view event, Store& store) override;
};

}  // namespace verbatim::statements

#endif  // VERBATIM_PLUGINS_STATEMENTS_REVISIONS_VIEW_H_
