// SPDX-License-Identifier: Apache-2.0
#include "tools/verbatim/opened_rows.h"

#include <utility>

#include "tools/verbatim/progress.h"

namespace verbatim::tool {

absl::StatusOr<std::unique_ptr<OpenedRows>> OpenedRows::Open(const Cli& cli,
                                                             archive::Archive& archive,
                                                             std::string_view view) {
  auto opened_rows = std::make_unique<OpenedRows>();
  Progress progress("events", cli.quiet);
  archive::Views views(archive, [&](std::string_view name, uint64_t sequence, uint64_t target) {
    progress.Show(sequence, target, name);
  });
  VB_ASSIGN_OR_RETURN(archive::OpenedView opened, views.Open(view));
  progress.Clear();
  for (const std::string& note : opened.notes) cli.Say(note);
  opened_rows->generation_ = std::move(opened.generation);
  VB_ASSIGN_OR_RETURN(opened_rows->rows_,
                      audit::ViewRows::Bind(*opened_rows->generation_, opened_rows->registry_));
  return opened_rows;
}

std::optional<RowName> RowNamed(const archive::Archive& archive, std::string_view name) {
  const size_t slash = name.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  RowName row{std::string(name.substr(0, slash)), std::string(name.substr(slash + 1))};
  if (archive.catalog().PluginOfView(row.view) == nullptr) return std::nullopt;
  return row;
}

}  // namespace verbatim::tool
