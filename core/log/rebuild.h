// SPDX-License-Identifier: Apache-2.0
// Makes the indexes and tiles of a log again from its headers and bodies.
#ifndef VERBATIM_CORE_LOG_REBUILD_H_
#define VERBATIM_CORE_LOG_REBUILD_H_

#include "core/base/status.h"
#include "core/log/event_log.h"

namespace verbatim::log {

// One transaction: afterwards ids, streams, annotations, digests, urls and tiles are what appending
// the same events would have made, or all is as it was. kDataLoss when the headers don't give the
// root that the log has, or a body is damaged: then indexes aren't what is wrong.
absl::Status RebuildIndexes(EventLog& log);

}  // namespace verbatim::log

#endif  // VERBATIM_CORE_LOG_REBUILD_H_
