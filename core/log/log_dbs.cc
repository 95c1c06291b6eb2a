// SPDX-License-Identifier: Apache-2.0
#include "core/log/log_dbs.h"

namespace verbatim::log {

absl::StatusOr<LogDbs> LogDbs::Open(store::Env& env) {
  VB_ASSIGN_OR_RETURN(const std::vector<store::Db> dbs,
                      env.OpenDbs({"events", "bodies", "ids", "streams", "annotations", "digests",
                                   "urls", "cursors", "tiles", "meta", "checkpoints", "sketches"}));
  return LogDbs{dbs[0], dbs[1], dbs[2], dbs[3], dbs[4],  dbs[5],
                dbs[6], dbs[7], dbs[8], dbs[9], dbs[10], dbs[11]};
}

}  // namespace verbatim::log
