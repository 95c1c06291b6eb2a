// SPDX-License-Identifier: Apache-2.0
// The rows of one view as an export shows them.
#ifndef VERBATIM_CORE_EXCHANGE_VIEW_CONTENTS_H_
#define VERBATIM_CORE_EXCHANGE_VIEW_CONTENTS_H_

#include "core/audit/view_rows.h"
#include "core/base/status.h"
#include "core/exchange/export.h"
#include "core/view/query.h"

namespace verbatim::exchange {

struct ViewContents {
  view::Answer answer;    // every row, as of the source's sequence
  audit::ViewRows named;  // what names each of them
};

// Borrows the view's registry.
absl::StatusOr<ViewContents> ContentsOf(const Source& source, const NamedView& view);

}  // namespace verbatim::exchange

#endif  // VERBATIM_CORE_EXCHANGE_VIEW_CONTENTS_H_
