// SPDX-License-Identifier: Apache-2.0
// What the shim does about a call: is it to fail, is it recorded, where does its commit stand.
// Private to the shim.
#ifndef VERBATIM_TESTS_FAULTS_SHIM_CALLS_H_
#define VERBATIM_TESTS_FAULTS_SHIM_CALLS_H_

#include <limits.h>
#include <sys/types.h>
#include <sys/uio.h>

#include <cstddef>

#include "tests/faults/shim.h"

namespace verbatim::faults {

inline constexpr off_t kMetaBytes = 2 * 4096;

// The page of the test; null when there is none, and then every call goes through.
Control* TheControl();
bool Recording();

// Of an open file, into PATH_MAX bytes.
void PathOf(int fd, char* path);
// Of a name, which may be relative.
void Absolute(const char* name, char* path);
bool Watched(const char* path);
// The environment whose data file this is, or -1.
int EnvironmentOf(const char* path);
uint64_t InodeOf(int fd);
void Record(TraceHead::Kind kind, bool durable, uint64_t file, off_t begin, const char* path,
            const void* data, size_t bytes);
// As if the disk were slow: commits on a folder in memory last as long as on a real one.
void Delay();

// One call of the program: what is to happen to it.
class Visit {
 public:
  Visit(Call call, bool writes);
  ~Visit();
  Visit(const Visit&) = delete;
  Visit& operator=(const Visit&) = delete;

  bool fails() const { return fault_ == Fault::kErrno || fault_ == Fault::kHalf; }
  bool half() const { return fault_ == Fault::kHalf; }
  bool lies() const { return fault_ == Fault::kLie; }
  // What the failed call returns, errno set.
  int Error() const;

 private:
  Fault fault_ = Fault::kNone;
};

// A write of the program to a file: told to whoever records, and to the phase of its environment.
class Writing {
 public:
  Writing(int fd, const iovec* parts, int count, off_t begin);
  ~Writing();
  Writing(const Writing&) = delete;
  Writing& operator=(const Writing&) = delete;

 private:
  void Tell(bool durable) const;

  int fd_;
  const iovec* parts_;
  int count_;
  off_t begin_;
  char path_[PATH_MAX] = "";
  int environment_ = -1;
  bool records_ = false;
  bool durable_ = false;
};

}  // namespace verbatim::faults

#endif  // VERBATIM_TESTS_FAULTS_SHIM_CALLS_H_
