// SPDX-License-Identifier: Apache-2.0
// An environment in a temporary folder, and children that use it as another process would.
#ifndef VERBATIM_TESTS_CORE_STORE_STORE_FIXTURE_H_
#define VERBATIM_TESTS_CORE_STORE_STORE_FIXTURE_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <functional>
#include <memory>
#include <string>

#include "core/base/files.h"
#include "core/store/env.h"

namespace verbatim::store {

// The exit status of a child in which `work` returned whether all was well (0) or not (1); -1 when
// a signal ended it.
inline int InChild(const std::function<bool()>& work) {
  const pid_t child = fork();
  if (child == 0) _exit(work() ? 0 : 1);
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

inline absl::Status PutOne(Env& env, Db db, std::string_view key, std::string_view value) {
  VB_ASSIGN_OR_RETURN(WriteTxn txn, env.BeginWrite());
  VB_RETURN_IF_ERROR(txn.Put(db, key, value));
  return txn.Commit();
}

class StoreTest : public ::testing::Test {
 protected:
  std::filesystem::path folder() const { return temporary_.path() / "env"; }
  std::unique_ptr<Env> Open(const EnvOptions& options = {}) {
    auto env = Env::Open(folder(), options);
    EXPECT_TRUE(env.ok()) << env.status();
    return env.ok() ? *std::move(env) : nullptr;
  }

  base::TemporaryFolder temporary_;
};

}  // namespace verbatim::store

#endif  // VERBATIM_TESTS_CORE_STORE_STORE_FIXTURE_H_
