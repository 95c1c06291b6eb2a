// SPDX-License-Identifier: Apache-2.0
// An environment that nobody else may have open, and how much of its file is unused.
//
//   VB_ASSIGN_OR_RETURN(std::unique_ptr<Env> env, Env::Open(folder, {}));
//   VB_ASSIGN_OR_RETURN(const Alone alone, Alone::Take(*env));
//   ... rename another file over data.mdb; then let go of env before `alone` ...
#ifndef VERBATIM_CORE_STORE_ALONE_H_
#define VERBATIM_CORE_STORE_ALONE_H_

#include <cstdint>
#include <filesystem>
#include <utility>

#include "core/base/files.h"
#include "core/base/status.h"
#include "core/store/env.h"

namespace verbatim::store {

// LMDB's own lock on lock.mdb, made exclusive: every process that has the environment open holds it
// shared, and who opens it later waits for it, then finds the file that is there by then.
class Alone {
 public:
  // `env` is open and must be closed before this is let go. kUnavailable names a process that has
  // it open too.
  static absl::StatusOr<Alone> Take(const Env& env);

 private:
  explicit Alone(base::Fd fd) : fd_(std::move(fd)) {}
  base::Fd fd_;
};

// Gives a compact copy, which begins its count of transactions anew, that of the environment whose
// place it takes: lock.mdb remembers the last one, and is not made anew for who waits to open it.
absl::Status ContinueFrom(const std::filesystem::path& copy, uint64_t last_txn);

// Bytes of the file in pages that hold nothing any more.
absl::StatusOr<uint64_t> FreeBytes(Env& env);

}  // namespace verbatim::store

#endif  // VERBATIM_CORE_STORE_ALONE_H_
