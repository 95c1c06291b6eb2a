// SPDX-License-Identifier: Apache-2.0
// Tables that say of files what their text doesn't: file, published, url, outlet, title, parted by
// tabs, the later ones optional. A file is found by the name given, else by its last path
// component.
#ifndef VERBATIM_TOOLS_VERBATIM_PUBLISHED_TABLE_H_
#define VERBATIM_TOOLS_VERBATIM_PUBLISHED_TABLE_H_

#include <map>
#include <string>
#include <string_view>

#include "core/base/status.h"
#include "core/ingest/draft.h"

namespace verbatim::tool {

class PublishedTable {
 public:
  PublishedTable() = default;
  // kInvalidArgument names the line whose date is none.
  static absl::StatusOr<PublishedTable> Read(const std::string& path);

  // Nothing for a file that the table doesn't have.
  ingest::Given Find(std::string_view file) const;

 private:
  std::map<std::string, ingest::Given, std::less<>> rows_;
};

}  // namespace verbatim::tool

#endif  // VERBATIM_TOOLS_VERBATIM_PUBLISHED_TABLE_H_
