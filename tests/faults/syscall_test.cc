// SPDX-License-Identifier: Apache-2.0
// Every system call of one append, and of one commit of a view, fails once: with an input or output
// error, with a full disk, with half of a write, or the process dies before or after it. Nothing
// acknowledged is lost, the message says what happened, and the next start goes on.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>

#include <cerrno>
#include <fstream>
#include <set>
#include <sstream>
#include <vector>

#include "tests/faults/harness.h"
#include "tests/support/process.h"

namespace verbatim::faults {
namespace {

namespace fs = std::filesystem;

constexpr uint64_t kUnitsBefore = 30;

struct Case {
  const char* name;
  Fault fault;
  int error_number;
  const char* said;      // what a message must contain
  const char* not_said;  // and what not
};

const Case kCases[] = {
    {"EIO", Fault::kErrno, EIO, "input or output error", "disk full"},
    {"ENOSPC", Fault::kErrno, ENOSPC, "disk full", "output error"},
    {"EDQUOT", Fault::kErrno, EDQUOT, "disk full", "output error"},
    {"half a write, then a full disk", Fault::kHalf, ENOSPC, "disk full", "output error"},
    {"death before", Fault::kDieBefore, 0, "", ""},
    {"death after", Fault::kDieAfter, 0, "", ""},
};

class SyscallTest : public ::testing::TestWithParam<const char*> {
 protected:
  SyscallTest() : folder_(scratch_.path() / "archive"), control_(folder_) {
    const fs::path first = scratch_.path() / "first";
    fs::create_directory(first);
    const ControlPage quiet(first);
    Child child({"both", first.string(), "0", std::to_string(kUnitsBefore)}, quiet);
    EXPECT_EQ(child.Wait(), 0);
    before_ = child.said();
  }

  // One life of the program, with or without a fault.
  Said Live() {
    fs::remove_all(folder_);
    fs::copy(scratch_.path() / "first", folder_, fs::copy_options::recursive);
    Child child({"armed", folder_.string(), GetParam(), std::to_string(kUnitsBefore)}, control_);
    status_ = child.Wait();
    return child.said();
  }

  uint32_t CountCalls() {
    control_.Reset();
    const Said said = Live();
    EXPECT_EQ(status_, 0);
    EXPECT_EQ(said.appended.size(), 3u);
    return control_->calls;
  }

  // With a fault at call `at`; what was wrong afterwards.
  std::string Trouble(const Case& fault, uint32_t at, bool sticky) {
    control_.Reset();
    control_->fault = fault.fault;
    control_->error_number = fault.error_number;
    control_->disk_full = fault.error_number == EIO ? 0 : 1;
    control_->sticky = sticky ? 1 : 0;
    control_->fail_at = at;
    const Said said = Live();
    const bool died = WIFSIGNALED(status_);
    if (died != (fault.fault == Fault::kDieBefore || fault.fault == Fault::kDieAfter)) {
      return "it ended with status " + std::to_string(status_);
    }
    for (const std::string& error : said.errors) {
      // After a meta page that could not be written LMDB refuses everything until the next start.
      const bool panic = error.find("start verbatim again") != std::string::npos;
      const bool right = error.find(fault.said) != std::string::npos;
      if (!panic && !right) return "it says: " + error;
      if (*fault.not_said != '\0' && error.find(fault.not_said) != std::string::npos) {
        return "it says: " + error;
      }
    }
    refused_ += said.errors.empty() ? 0 : 1;
    return TroubleAfter(said);
  }

  std::string TroubleAfter(const Said& said) {
    std::vector<Said::Unit> appended = before_.appended;
    appended.insert(appended.end(), said.appended.begin(), said.appended.end());
    const Reopened reopened(folder_);
    if (!reopened.status().ok()) return std::string(reopened.status().message());
    std::string trouble = TroubleOfLog(reopened.log(), 0, appended, 0, kUnitsBefore + 3);
    const uint64_t folded = said.rebuilding ? 0 : std::max(said.folded, before_.folded);
    if (trouble.empty()) trouble = TroubleOfView(reopened.log(), folder_, folded);
    if (!trouble.empty()) return trouble;
    const auto again = reopened.log().Append(UnitOf(0, kUnitsBefore + 1));
    return again.ok() ? "" : std::string(again.status().message());
  }

  Scratch scratch_;
  fs::path folder_;
  ControlPage control_;
  Said before_;
  int status_ = 0;
  uint64_t refused_ = 0;
};

bool Inside(const ControlPage& control) {
  const auto call = control->failed_call.load();
  return control->failed_phase != Phase::kOutside || call == Call::kWritev ||
         call == Call::kPwrite || call == Call::kFlush;
}

TEST_P(SyscallTest, EachFailsOnceAndNothingIsLost) {
  const uint32_t calls = CountCalls();
  ASSERT_GE(calls, 3u);  // pages, flush, meta page at least
  uint64_t faults = 0;
  uint64_t inside = 0;
  for (uint32_t at = 1; at <= calls; ++at) {
    for (const Case& fault : kCases) {
      for (const bool sticky : {false, true}) {
        const std::string trouble = Trouble(fault, at, sticky);
        EXPECT_EQ(trouble, "") << fault.name << " at call " << at << " of " << calls
                               << (sticky ? ", and ever after" : "");
        ++faults;
        inside += Inside(control_) ? 1 : 0;
      }
    }
  }
  std::printf(
      "system calls of one %s: %u calls, %lu faults, %lu inside a commit, %lu refused, 0 lost\n",
      GetParam(), calls, faults, inside, refused_);
  EXPECT_GT(refused_, 0u);
  EXPECT_GE(inside * 2, faults);
}

// Broken on purpose: a write that says that all is written.
TEST_P(SyscallTest, AWriteThatLiesIsCaught) {
  const uint32_t calls = CountCalls();
  const Case lie = {"a lie", Fault::kLie, 0, "", ""};
  uint64_t caught = 0;
  for (uint32_t at = 1; at <= calls; ++at) {
    caught += Isolated([&] { return Trouble(lie, at, false); }).empty() ? 0 : 1;
  }
  std::printf("writes of one %s that lie: %lu of %u calls show it\n", GetParam(), caught, calls);
  EXPECT_GT(caught, 0u);
}

INSTANTIATE_TEST_SUITE_P(Commits, SyscallTest, ::testing::Values("append", "view"),
                         [](const auto& test) { return std::string(test.param); });

// The calls that touch a file between the marks of the program, as strace prints them.
std::vector<std::string> CallsBetweenMarks(const fs::path& seen) {
  // Memory, locks and the clock: no file is touched.
  const std::set<std::string> harmless = {"futex",       "getpid",    "brk",     "clock_gettime",
                                          "sched_yield", "getrandom", "mprotect"};
  std::vector<std::string> calls;
  bool armed = false;
  std::ifstream lines(seen);
  for (std::string line; std::getline(lines, line);) {
    // The second half of a call that another thread's stood in the middle of, and signals.
    if (line.find(" resumed>") != std::string::npos || line.find('(') == std::string::npos ||
        line.find(" --- ") != std::string::npos) {
      continue;
    }
    // "PID call(": short process ids are filled up with blanks.
    const size_t name = line.find_first_not_of(' ', line.find(' '));
    const std::string call = line.substr(name, line.find('(') - name);
    if (line.find("\"mark: armed\"") != std::string::npos) {
      armed = true;
    } else if (line.find("\"mark: done\"") != std::string::npos) {
      armed = false;
    } else if (armed && harmless.count(call) == 0 && line.find("write(1,") == std::string::npos) {
      const bool memory = line.find("MAP_ANONYMOUS") != std::string::npos || call == "munmap";
      if (!memory) calls.push_back(line);
    }
  }
  return calls;
}

// What the kernel sees, against what the shim has counted. The C library asks the machine something
// now and then (how many processors, how much may be promised): a call that the shim misses is
// missed in every run.
TEST_P(SyscallTest, TheShimSeesEveryCallThatTouchesAFile) {
#ifdef VERBATIM_SANITIZED
  GTEST_SKIP() << "a sanitizer makes system calls of its own";
#endif
  if (std::system("strace -o /dev/null true >/dev/null 2>&1") != 0) {
    GTEST_SKIP() << "strace is not there, or may not trace";
  }
  const uint32_t counted = CountCalls();
  std::vector<std::string> calls;
  for (int attempt = 0; attempt < 3 && calls.size() != counted; ++attempt) {
    fs::remove_all(folder_);
    fs::copy(scratch_.path() / "first", folder_, fs::copy_options::recursive);
    const fs::path seen = scratch_.path() / "strace";
    const testing::Finished finished =
        testing::RunProgram({"strace", "-f", "-o", seen.string(), WriterProgram(), "armed",
                             folder_.string(), GetParam(), std::to_string(kUnitsBefore)});
    ASSERT_EQ(finished.exit, 0) << finished.err;
    calls = CallsBetweenMarks(seen);
  }
  EXPECT_THAT(calls, ::testing::SizeIs(counted));
}

}  // namespace
}  // namespace verbatim::faults
