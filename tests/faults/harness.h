// SPDX-License-Identifier: Apache-2.0
// What the fault tests share: how often each runs, folders in memory, the child that is hurt, and
// the questions that are asked of what it leaves behind.
#ifndef VERBATIM_TESTS_FAULTS_HARNESS_H_
#define VERBATIM_TESTS_FAULTS_HARNESS_H_

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/log/event_log.h"
#include "tests/faults/shim.h"
#include "tests/faults/story.h"

namespace verbatim::faults {

// How many times: `ci`, a fifth of it under a sanitizer, or `longer` under `tools/test --long`
// (VERBATIM_LONG=1).
// VERBATIM_FAULT_COUNT overrides both, for a quick look.
uint64_t Times(uint64_t ci, uint64_t longer);

// The seed of this run, printed: VERBATIM_FAULT_SEED, else one that never changes, so that a change
// fails by its own doing; drawn under VERBATIM_LONG.
uint64_t Seed(const std::string& test);

// A folder in memory (/dev/shm) where there is one, else under the system's temporary folder.
class Scratch {
 public:
  Scratch();
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  const std::filesystem::path& path() const { return path_; }
  // Everything in it is removed.
  void Clear() const;

 private:
  std::filesystem::path path_;
};

// The page that the shim of a child reads and writes.
class ControlPage {
 public:
  // Watches what lies under `folder`; the page's file lies beside it.
  explicit ControlPage(const std::filesystem::path& folder);
  ~ControlPage();
  ControlPage(const ControlPage&) = delete;
  ControlPage& operator=(const ControlPage&) = delete;
  Control* operator->() const { return control_; }
  const std::filesystem::path& file() const { return file_; }
  // As new, but for the folder.
  void Reset();

 private:
  std::filesystem::path file_;
  Control* control_;
};

// What a writer or a view builder has said (writer.cc).
struct Said {
  struct Unit {
    uint64_t number;
    uint64_t first;
    uint64_t last;
  };
  std::vector<Unit> appended;
  uint64_t folded = 0;      // the last V or R
  bool rebuilding = false;  // a B without its R
  std::vector<std::string> errors;
  void Read(const std::string& line);
};

// fault-writer with the shim in it.
class Child {
 public:
  Child(const std::vector<std::string>& arguments, const ControlPage& control,
        const std::map<std::string, std::string>& environment = {});
  ~Child();  // killed when it still runs
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  // Reads lines for as long, or until `enough`; false at the end of its output.
  bool Listen(std::chrono::milliseconds for_ms, const std::function<bool(const Said&)>& enough);
  void Signal(int signal) const;
  void Kill() const;
  // Reads what it has said by now.
  void Drain();
  // To its end, reading what it still says. The status of waitpid.
  int Wait();
  const Said& said() const { return said_; }
  bool running() const { return pid_ > 0; }

 private:
  bool ReadSome(int timeout_ms);
  pid_t pid_ = -1;
  int out_ = -1;
  std::string line_;
  Said said_;
};

// How every log of the fault tests is opened: a map small enough for many of them at once.
log::LogOptions LogOptionsFor(store::Mode mode);

// The log of a folder, open as the next start of the program would have it.
class Reopened {
 public:
  explicit Reopened(const std::filesystem::path& folder,
                    store::Mode mode = store::Mode::kReadWrite);
  const absl::Status& status() const { return status_; }
  log::EventLog& log() const { return *log_; }

 private:
  absl::Status status_;
  std::unique_ptr<log::EventLog> log_;
};

// What is wrong with what the faults left, in words; empty when nothing is.
//
// The log: `verify --full` finds it whole; every acknowledged unit stands at its sequences with its
// ids and bodies; units `from` to `to` (exclusive) that were not acknowledged are there whole or
// not at all.
std::string TroubleOfLog(const log::EventLog& log, uint32_t writer,
                         const std::vector<Said::Unit>& appended, uint64_t from, uint64_t to);
// The view that serves: of this log, its rows have the digest that its checkpoint says, which is
// that of the naive fold of the log; and it has folded at least to `folded`.
std::string TroubleOfView(const log::EventLog& log, const std::filesystem::path& folder,
                          uint64_t folded);

// What `ask` returns, asked in a process of its own: "killed by signal 11" when it crashes.
std::string Isolated(const std::function<std::string()>& ask);

// fault-writer of this build, and what is preloaded into it.
std::string WriterProgram();
std::string ShimLibrary();

// An empty log in folder/log.
void MakeLog(const std::filesystem::path& folder);

}  // namespace verbatim::faults

#endif  // VERBATIM_TESTS_FAULTS_HARNESS_H_
