// SPDX-License-Identifier: Apache-2.0
// How this process keeps its memory.
#ifndef VERBATIM_CORE_BASE_MEMORY_H_
#define VERBATIM_CORE_BASE_MEMORY_H_

namespace verbatim::base {

// From now on memory that was freed stays with the process, up to some tens of MiB, for what is
// allocated next. For work that takes one large thing after the other: a page needs a few MiB for
// some milliseconds, and to be given them afresh by the kernel takes a tenth of that time.
void KeepFreedMemory();

}  // namespace verbatim::base

#endif  // VERBATIM_CORE_BASE_MEMORY_H_
