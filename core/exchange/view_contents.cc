// SPDX-License-Identifier: Apache-2.0
#include "core/exchange/view_contents.h"

#include <utility>

namespace verbatim::exchange {

absl::StatusOr<ViewContents> ContentsOf(const Source& source, const NamedView& view) {
  view::Query query;
  query.as_of = source.as_of;
  query.all = source.all;
  VB_ASSIGN_OR_RETURN(view::Answer answer, view::Ask(*view.generation, *view.registry, query));
  VB_ASSIGN_OR_RETURN(audit::ViewRows named,
                      audit::ViewRows::Bind(*view.generation, *view.registry));
  return ViewContents{std::move(answer), std::move(named)};
}

}  // namespace verbatim::exchange
