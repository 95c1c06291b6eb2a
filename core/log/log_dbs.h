// SPDX-License-Identifier: Apache-2.0
// The databases of the log's environment, by name and by handle. README.md says what is in each.
#ifndef VERBATIM_CORE_LOG_LOG_DBS_H_
#define VERBATIM_CORE_LOG_LOG_DBS_H_

#include "core/store/env.h"

namespace verbatim::log {

struct LogDbs {
  store::Db events;
  store::Db bodies;
  store::Db ids;
  store::Db streams;
  store::Db annotations;
  store::Db digests;
  store::Db urls;
  store::Db cursors;
  store::Db tiles;
  store::Db meta;
  store::Db checkpoints;
  store::Db sketches;

  // Opens them, making those that are absent when the environment may be written.
  static absl::StatusOr<LogDbs> Open(store::Env& env);
};

}  // namespace verbatim::log

#endif  // VERBATIM_CORE_LOG_LOG_DBS_H_
