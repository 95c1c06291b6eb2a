// SPDX-License-Identifier: Apache-2.0
// A view opened for verbs that ask about its rows one by one; and VIEW/KEY as a name for a row.
#ifndef VERBATIM_TOOLS_VERBATIM_OPENED_ROWS_H_
#define VERBATIM_TOOLS_VERBATIM_OPENED_ROWS_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/archive/views.h"
#include "core/audit/view_rows.h"
#include "tools/verbatim/cli.h"

namespace verbatim::tool {

class OpenedRows {
 public:
  // At head where that can be; what should be known of it is said on stderr.
  static absl::StatusOr<std::unique_ptr<OpenedRows>> Open(const Cli& cli, archive::Archive& archive,
                                                          std::string_view view);

  const audit::ViewRows& rows() const { return *rows_; }
  const view::Generation& generation() const { return *generation_; }
  schema::Registry& registry() { return registry_; }

 private:
  schema::Registry registry_;
  std::unique_ptr<view::Generation> generation_;
  std::optional<audit::ViewRows> rows_;
};

struct RowName {
  std::string view;
  std::string key;
};

// "quotes/a91f", when the archive has a view of that name.
std::optional<RowName> RowNamed(const archive::Archive& archive, std::string_view name);

}  // namespace verbatim::tool

#endif  // VERBATIM_TOOLS_VERBATIM_OPENED_ROWS_H_
