// SPDX-License-Identifier: Apache-2.0
// Counts what this process asks of the disk: the program's own write and flush functions stand in
// front of the C library's, so that a library's calls are seen as they are. A write to a file that
// was opened O_DSYNC is a flush too (LMDB writes its meta page so).
#ifndef VERBATIM_TESTS_BENCH_IO_COUNT_H_
#define VERBATIM_TESTS_BENCH_IO_COUNT_H_

#include <cstdint>

namespace verbatim::bench {

struct IoCount {
  uint64_t flushes = 0;
  uint64_t bytes = 0;
};

// Since the program began.
IoCount CountedIo();

}  // namespace verbatim::bench

#endif  // VERBATIM_TESTS_BENCH_IO_COUNT_H_
