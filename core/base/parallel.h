// SPDX-License-Identifier: Apache-2.0
// Work on many things by several threads, waited for.
//
//   InParallel(Processors(), texts.size(), [&](size_t i, size_t) { digests[i] = Digest(texts[i]);
//   });
#ifndef VERBATIM_CORE_BASE_PARALLEL_H_
#define VERBATIM_CORE_BASE_PARALLEL_H_

#include <cstddef>
#include <functional>

namespace verbatim::base {

// How many threads run at once on this machine: at least 1.
size_t Processors();

// Calls work(i, thread) once for every i below `count`, on up to `threads` threads, numbered from
// 0, of which the caller's is one; returns when all is done. `work` doesn't throw.
void InParallel(size_t threads, size_t count, const std::function<void(size_t, size_t)>& work);

}  // namespace verbatim::base

#endif  // VERBATIM_CORE_BASE_PARALLEL_H_
