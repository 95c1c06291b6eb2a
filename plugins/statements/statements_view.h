// SPDX-License-Identifier: Apache-2.0
// The view `statements`: reads deliveries, hands quotations to the fold.
#ifndef VERBATIM_PLUGINS_STATEMENTS_STATEMENTS_VIEW_H_
#define VERBATIM_PLUGINS_STATEMENTS_STATEMENTS_VIEW_H_

#include <memory>
#include <string_view>

#include "verbatim/plugin.h"

namespace verbatim::statements {

class StatementsView : public View {
 public:
  StatementsView(Host host, std::string_view config);
  ~StatementsView() override;
  void Apply(std::string_view event, Store& store) override;

 private:
  struct Machine;
  std::unique_ptr<Machine> machine_;
};

}  // namespace verbatim::statements

#endif  // VERBATIM_PLUGINS_STATEMENTS_STATEMENTS_VIEW_H_
