// SPDX-License-Identifier: Apache-2.0
// An archive given to other programs: wires its log and views to the formats of core/exchange.
#ifndef VERBATIM_CORE_ARCHIVE_EXPORTING_H_
#define VERBATIM_CORE_ARCHIVE_EXPORTING_H_

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/archive/archive.h"
#include "core/base/status.h"
#include "core/exchange/export.h"

namespace verbatim::archive {

struct ExportRequest {
  const exchange::Format* format = nullptr;
  std::optional<uint64_t> as_of = {};      // nothing: head
  std::vector<std::string> articles = {};  // 16 bytes each; none: every one
  std::vector<std::string> views = {};     // of the formats that want views; none: every one
  bool all = false;
  bool bytes_only = false;
  // File or folder; empty: `sink`, for the formats that are streams.
  std::filesystem::path place = {};
  exchange::Sink sink = {};
};

// Views are brought up to head first. kInvalidArgument: a format that is no stream needs a place.
absl::StatusOr<exchange::Exported> ExportArchive(Archive& archive, const ExportRequest& request);

}  // namespace verbatim::archive

#endif  // VERBATIM_CORE_ARCHIVE_EXPORTING_H_
