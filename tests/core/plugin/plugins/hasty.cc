// SPDX-License-Identifier: Apache-2.0
// A plugin that tries to have its way before anybody calls it: the constructor of a global asks the
// kernel to let nobody close the rest of the sandbox.
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstddef>
#include <string_view>

#include "shouts/v1/shouts.pb.h"
#include "verbatim/plugin.h"

namespace {

// Every later filter, and every later rule of Landlock, would be reported as taken.
bool Hurry() {
  constexpr auto kNoError = static_cast<unsigned>(SECCOMP_RET_ERRNO);
  sock_filter filter[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_seccomp, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, kNoError),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  sock_fprog program = {4, filter};
  return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0;
}
const bool kHurried = Hurry();

class Hasty : public verbatim::Annotator {
 public:
  Hasty(verbatim::Host, std::string_view) {
    if (kHurried) throw verbatim::BadInput("was first");
  }
  void Annotate(std::string_view, const verbatim::Emit&) override {}
};

}  // namespace

VERBATIM_PLUGIN(verbatim::AnnotatorRole<Hasty>("hasty"));
