// SPDX-License-Identifier: Apache-2.0
// An archive from the events of another, as `export --as jsonl` writes them: the same ids, times,
// salts and headers, so the same root and every proof.
#ifndef VERBATIM_CORE_ARCHIVE_IMPORTING_H_
#define VERBATIM_CORE_ARCHIVE_IMPORTING_H_

#include <filesystem>
#include <string>
#include <vector>

#include "core/archive/archive.h"
#include "core/archive/backup.h"
#include "core/base/status.h"
#include "core/ingest/byte_stream.h"

namespace verbatim::archive {

struct ImportedArchive {
  std::string archive_id;          // 16 bytes
  log::VerifyReport log;           // of the new log, verified in full
  std::vector<std::string> notes;  // pinned plugins whose code no events carry, and the way out
};

// Makes an archive at `folder`, which must be absent or empty; it appears whole or not at all. Each
// event is checked as it comes, the root against the one that the file says, the log in full at the
// end. kInvalidArgument names the line that is none; kDataLoss: what was read is not what was
// written.
absl::StatusOr<ImportedArchive> ImportEvents(ingest::ByteStream& lines,
                                             const std::filesystem::path& folder,
                                             const Options& options, CopyProgress progress = {});

}  // namespace verbatim::archive

#endif  // VERBATIM_CORE_ARCHIVE_IMPORTING_H_
