// SPDX-License-Identifier: Apache-2.0
#include "core/base/memory.h"

#include <malloc.h>

namespace verbatim::base {

void KeepFreedMemory() {
#ifdef __GLIBC__
  constexpr int kMiB = 1024 * 1024;
  mallopt(M_MMAP_THRESHOLD, 32 * kMiB);
  mallopt(M_TRIM_THRESHOLD, 64 * kMiB);
#endif
}

}  // namespace verbatim::base
