// SPDX-License-Identifier: Apache-2.0
// What an Env holds of LMDB's. Private to the room.
#ifndef VERBATIM_CORE_STORE_ENV_STATE_H_
#define VERBATIM_CORE_STORE_ENV_STATE_H_

#include <lmdb.h>
#include <unistd.h>

#include <condition_variable>
#include <map>
#include <mutex>
#include <string>

#include "core/store/preflight.h"
#include "core/store/txn.h"

namespace verbatim::store {

struct EnvState {
  explicit EnvState(OpenClaim own) : claim(std::move(own)) {}

  OpenClaim claim;
  MDB_env* env = nullptr;
  size_t map_bytes = 0;
  const pid_t process = getpid();

  std::mutex transactions_mutex;  // over `transactions`, and over changes of the map
  std::condition_variable ended;
  int transactions = 0;  // open in this process

  // mdb_dbi_open allows one transaction at a time to use it.
  std::mutex dbs_mutex;
  std::map<std::string, Db, std::less<>> dbs;

  int write_cursors = 0;  // LMDB frees those of a write transaction with it
};

}  // namespace verbatim::store

#endif  // VERBATIM_CORE_STORE_ENV_STATE_H_
