// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/io_count.h"

#include <fcntl.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#include <atomic>

namespace {

std::atomic<uint64_t> flushes{0};
std::atomic<uint64_t> bytes{0};

ssize_t Wrote(int fd, ssize_t size) {
  if (size > 0) bytes += static_cast<uint64_t>(size);
  const int flags = fcntl(fd, F_GETFL);
  if (size > 0 && flags != -1 && (flags & O_DSYNC) != 0) ++flushes;
  return size;
}

}  // namespace

extern "C" {

int fdatasync(int fd) {
  ++flushes;
  return static_cast<int>(syscall(SYS_fdatasync, fd));
}

int fsync(int fd) {
  ++flushes;
  return static_cast<int>(syscall(SYS_fsync, fd));
}

int msync(void* address, size_t size, int flags) {
  ++flushes;
  return static_cast<int>(syscall(SYS_msync, address, size, flags));
}

ssize_t write(int fd, const void* data, size_t size) {
  return Wrote(fd, syscall(SYS_write, fd, data, size));
}

ssize_t writev(int fd, const iovec* parts, int count) {
  return Wrote(fd, syscall(SYS_writev, fd, parts, count));
}

ssize_t pwrite(int fd, const void* data, size_t size, off_t at) {
  return Wrote(fd, syscall(SYS_pwrite64, fd, data, size, at));
}

ssize_t pwrite64(int fd, const void* data, size_t size, off64_t at) {
  return Wrote(fd, syscall(SYS_pwrite64, fd, data, size, at));
}

ssize_t pwritev(int fd, const iovec* parts, int count, off_t at) {
  return Wrote(fd, syscall(SYS_pwritev, fd, parts, count, at, 0L));
}

ssize_t pwritev64(int fd, const iovec* parts, int count, off64_t at) {
  return Wrote(fd, syscall(SYS_pwritev, fd, parts, count, at, 0L));
}

}  // extern "C"

namespace verbatim::bench {

IoCount CountedIo() { return {flushes.load(), bytes.load()}; }

}  // namespace verbatim::bench
