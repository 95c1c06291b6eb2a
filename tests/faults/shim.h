// SPDX-License-Identifier: Apache-2.0
// What a fault test and the shim in its child share: one page, mapped by both. The test says what
// is to go wrong, the shim (LD_PRELOAD, see shim.cc) does it to the system calls of the real
// program, and tells where the program is. The product knows nothing of it.
#ifndef VERBATIM_TESTS_FAULTS_SHIM_H_
#define VERBATIM_TESTS_FAULTS_SHIM_H_

#include <atomic>
#include <cstdint>

namespace verbatim::faults {

// Where a commit of an LMDB environment stands, seen from its system calls.
enum class Phase : uint32_t {
  kOutside,  // no page of it was written yet, or its meta page was
  kPages,
  kFlush,
  kFlushed,
  kMeta,
};

// What happens to the call that is chosen.
enum class Fault : uint32_t {
  kNone,
  kErrno,      // it fails with `error_number` and does nothing
  kHalf,       // a write takes half of its bytes; other calls fail with `error_number`
  kLie,        // a write takes half of its bytes and says that it took all
  kDieBefore,  // the process is killed, the call not made
  kDieAfter,
};

enum Environment : uint32_t { kLogEnvironment, kViewEnvironment, kEnvironments };

// What was called.
enum class Call : uint32_t {
  kOpen,
  kClose,
  kRead,
  kWrite,
  kPwrite,
  kWritev,
  kPwritev,
  kSeek,
  kTruncate,
  kAllocate,
  kFlush,
  kMap,
  kUnmap,
  kAdvise,
  kRename,
  kUnlink,
  kMakeFolder,
  kStat,
  kControl,
};

struct Control {
  char folder[240];  // only what lies under it is delayed, swallowed and recorded

  // Set by the test.
  std::atomic<uint32_t> flush_delay_us;   // how long a flush takes at least
  std::atomic<uint32_t> swallow_flushes;  // 1: fsync, fdatasync, msync say OK and do nothing
  std::atomic<uint32_t> swallow_dsync;    // 1: writes to O_DSYNC files are recorded as plain ones
  std::atomic<uint32_t> fail_at;          // the armed call with this number, from 1; 0: none
  std::atomic<Fault> fault;
  std::atomic<int32_t> error_number;
  std::atomic<uint32_t> sticky;      // 1: every later writing call fails as well, until fail_at = 0
  std::atomic<uint32_t> spare_meta;  // 1: but not of meta pages, which have their place on the disk
  std::atomic<uint32_t> disk_full;   // 1: statvfs says that no room is left
  std::atomic<int64_t> clock_shift_us;  // added to the clock of the day

  // Told by the shim.
  std::atomic<uint32_t> armed;  // set by the program, by verbatim_shim_arm
  std::atomic<uint32_t> calls;  // while armed
  std::atomic<Call> failed_call;
  std::atomic<Phase> failed_phase;
  std::atomic<Phase> phase[kEnvironments];
  std::atomic<uint64_t> commits[kEnvironments];
};
static_assert(sizeof(Control) <= 4096);

// Environment variables that the shim reads.
inline constexpr char kControlVariable[] = "VERBATIM_SHIM_CONTROL";  // file with a Control
inline constexpr char kTraceVariable[] = "VERBATIM_SHIM_TRACE";  // file to record into, or unset

// The record of what was written: a head, then `path_bytes` and `data_bytes` of bytes.
struct TraceHead {
  enum class Kind : uint32_t {
    kCreate,  // an open with O_CREAT that made the file
    kWrite,   // at `begin_byte`; durable at once when `durable`
    kResize,  // to `begin_byte`
    kFlush,   // the file's data and size
    kFolder,  // the folder's entries were flushed
    kRename,  // path to data
    kUnlink,
    kMakeFolder,
    kSaid,  // to standard output: an acknowledgement
  };
  Kind kind;
  uint32_t durable;
  uint64_t file;  // inode
  uint64_t begin_byte;
  uint32_t path_bytes;
  uint32_t data_bytes;
  Phase log_phase;  // after the call
  Phase view_phase;
};

}  // namespace verbatim::faults

#endif  // VERBATIM_TESTS_FAULTS_SHIM_H_
