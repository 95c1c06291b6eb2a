// SPDX-License-Identifier: Apache-2.0
// Long answers go through a pager on a terminal, as git's do: $PAGER, else less -FRX where there is
// one. Nothing happens when stdout is no terminal, or with PAGER=cat.
#ifndef VERBATIM_TOOLS_VERBATIM_PAGER_H_
#define VERBATIM_TOOLS_VERBATIM_PAGER_H_

#include <sys/types.h>

#include "tools/verbatim/cli.h"

namespace verbatim::tool {

// While it lives, stdout goes to the pager; then it waits for the person to leave it.
class Pager {
 public:
  explicit Pager(const Cli& cli);
  ~Pager();
  Pager(const Pager&) = delete;
  Pager& operator=(const Pager&) = delete;

 private:
  pid_t process_ = -1;
  int terminal_ = -1;  // stdout as it was
};

}  // namespace verbatim::tool

#endif  // VERBATIM_TOOLS_VERBATIM_PAGER_H_
