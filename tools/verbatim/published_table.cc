// SPDX-License-Identifier: Apache-2.0
#include "tools/verbatim/published_table.h"

#include <filesystem>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "core/base/files.h"
#include "core/base/limits.h"
#include "core/base/time_point.h"

namespace verbatim::tool {

absl::StatusOr<PublishedTable> PublishedTable::Read(const std::string& path) {
  VB_ASSIGN_OR_RETURN(const std::string bytes, base::ReadFile(path, limits::kDocumentBytesMax));
  PublishedTable table;
  size_t number = 0;
  for (absl::string_view line : absl::StrSplit(bytes, '\n')) {
    ++number;
    line = absl::StripSuffix(line, "\r");
    if (line.empty() || line[0] == '#') continue;
    std::vector<std::string> cells = absl::StrSplit(line, '\t');
    cells.resize(5);
    if (!cells[1].empty()) {
      const auto published = base::ParsePublished(cells[1]);
      if (!published.ok())
        return base::WithContext(published.status(), absl::StrCat(path, " line ", number));
    }
    ingest::Given& given = table.rows_[cells[0]];
    given.published = cells[1];
    given.url = cells[2];
    given.outlet = cells[3];
    given.title = cells[4];
  }
  return table;
}

ingest::Given PublishedTable::Find(std::string_view file) const {
  auto found = rows_.find(file);
  if (found == rows_.end()) found = rows_.find(std::filesystem::path(file).filename().string());
  return found == rows_.end() ? ingest::Given() : found->second;
}

}  // namespace verbatim::tool
