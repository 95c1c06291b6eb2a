// SPDX-License-Identifier: Apache-2.0
// One input into the archive, from where an earlier run left off: a crawl that was interrupted goes
// on, one that was read to its end is not read again.
#ifndef VERBATIM_CORE_ARCHIVE_INGEST_INPUT_H_
#define VERBATIM_CORE_ARCHIVE_INGEST_INPUT_H_

#include "core/archive/archive.h"
#include "core/archive/ingesting.h"
#include "core/ingest/reading.h"

namespace verbatim::archive {

// Hands everything in the input to the ingester, and with it how far the input has been read. What
// is wrong with the input is a failed result; the status is trouble of the archive.
absl::Status IngestInput(Archive& archive, Ingester& ingester, const ingest::Input& input,
                         const ingest::Given& given);

}  // namespace verbatim::archive

#endif  // VERBATIM_CORE_ARCHIVE_INGEST_INPUT_H_
