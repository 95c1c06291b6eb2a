// SPDX-License-Identifier: Apache-2.0
// The program that the fault tests kill, starve and cut off: it appends the units of story.h to a
// log and folds them into a view, with the code of the product, and says on standard output what
// has been acknowledged to it, a line each:
//   A NUMBER FIRST LAST   unit NUMBER stands at these sequences
//   V SEQUENCE            the view has folded so far
//   B, R SEQUENCE         a rebuild of the view begins; another build serves, folded so far
//   E MESSAGE             refused; the program tries the same again, a bounded number of times
//
//   fault-writer append FOLDER WRITER FROM COUNT [UNITS_A_BATCH]
//   fault-writer early FOLDER FROM COUNT      wrong on purpose: acknowledges before it appends
//   fault-writer patient FOLDER FROM COUNT    tries again until it is taken
//   fault-writer view FOLDER COUNT            follows the log, rebuilds now and then
//   fault-writer both FOLDER FROM COUNT       appends and folds by turns
//   fault-writer armed FOLDER append|view FROM   one append or view commit, with the shim armed
#include <dlfcn.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/log/event_log.h"
#include "core/view/folder.h"
#include "core/view/home.h"
#include "tests/core/view/script_view.h"
#include "tests/faults/harness.h"
#include "tests/faults/story.h"

namespace verbatim::faults {
namespace {

namespace fs = std::filesystem;

constexpr int kAttemptsMax = 3;
constexpr uint64_t kFoldsBetweenRebuilds = 12;

// In one write, so that a line is there whole or not at all.
void Say(const std::string& line) {
  const std::string whole = line + "\n";
  if (::write(STDOUT_FILENO, whole.data(), whole.size()) < 0) std::_Exit(3);
}

[[noreturn]] void Fail(const absl::Status& status) {
  Say("E " + std::string(status.message()));
  std::_Exit(2);
}

void Arm(bool armed) {
  static const auto arm =
      reinterpret_cast<void (*)(int)>(::dlsym(RTLD_DEFAULT, "verbatim_shim_arm"));
  // Marks for whoever looks on from outside (strace); no call of libc's, so that the shim sees
  // none.
  if (!armed && arm != nullptr) arm(0);
  ::syscall(SYS_write, -1, armed ? "mark: armed" : "mark: done", armed ? 11 : 10);
  if (armed && arm != nullptr) arm(1);
}

std::unique_ptr<log::EventLog> OpenLog(const fs::path& folder, store::Mode mode) {
  const log::LogOptions options = LogOptionsFor(mode);
  auto log = log::EventLog::Open(folder / "log", options);
  if (absl::IsNotFound(log.status()) && mode == store::Mode::kReadWrite) {
    log = log::EventLog::Create(folder / "log", kArchiveId, options);
  }
  if (!log.ok()) Fail(log.status());
  return *std::move(log);
}

// Appends units from `from` on, `count` of them in one call; true when all are acknowledged.
bool Append(log::EventLog& log, uint32_t writer, uint64_t from, uint64_t count) {
  std::vector<log::Unit> units;
  for (uint64_t i = 0; i < count; ++i) units.push_back(UnitOf(writer, from + i));
  const auto results = log.AppendBatch(std::move(units));
  bool all = true;
  for (uint64_t i = 0; i < count; ++i) {
    if (results[i].ok()) {
      Say("A " + std::to_string(from + i) + " " + std::to_string(results[i]->front()) + " " +
          std::to_string(results[i]->back()));
    } else {
      Say("E " + std::string(results[i].status().message()));
      all = false;
    }
  }
  return all;
}

void AppendStubbornly(log::EventLog& log, uint32_t writer, uint64_t from, uint64_t count) {
  for (int attempt = 0; attempt < kAttemptsMax; ++attempt) {
    if (Append(log, writer, from, count)) return;
  }
  std::_Exit(2);
}

class ViewBuilder {
 public:
  ViewBuilder(const log::EventLog& log, const fs::path& folder)
      : log_(log), home_(folder / "view") {}

  absl::Status Open() {
    VB_ASSIGN_OR_RETURN(const auto current, home_.Current());
    if (!current) return Rebuild();
    VB_ASSIGN_OR_RETURN(generation_, view::Generation::Open(*current, store::Mode::kReadWrite));
    return MakeFolder();
  }

  // A few events a commit, so that there are many.
  absl::Status Fold() {
    VB_ASSIGN_OR_RETURN(const view::FoldResult result, folder_->FoldTo(view::kHead));
    Say("V " + std::to_string(result.checkpoint.sequence()));
    return absl::OkStatus();
  }

  absl::Status Rebuild() {
    Say("B");
    folder_.reset();
    generation_.reset();
    const std::string fingerprint = view::Fingerprint(view::ScriptBuild());
    VB_ASSIGN_OR_RETURN(const fs::path building, home_.BeginBuild(fingerprint));
    VB_ASSIGN_OR_RETURN(generation_, view::Generation::Create(building, view::ScriptBuild(),
                                                              view::Durability::kScratch));
    VB_RETURN_IF_ERROR(MakeFolder());
    VB_ASSIGN_OR_RETURN(const view::FoldResult result, folder_->FoldTo(view::kHead));
    VB_RETURN_IF_ERROR(generation_->Flush());
    folder_.reset();
    generation_.reset();
    VB_RETURN_IF_ERROR(home_.FinishBuild(fingerprint));
    Say("R " + std::to_string(result.checkpoint.sequence()));
    return Open();
  }

 private:
  absl::Status MakeFolder() {
    view::FoldOptions options;
    options.batch_events_max = 7;
    VB_ASSIGN_OR_RETURN(folder_, view::Folder::Make(log_, *generation_, view::ScriptView(), "",
                                                    std::move(options)));
    return absl::OkStatus();
  }

  const log::EventLog& log_;
  view::ViewHome home_;
  std::unique_ptr<view::Generation> generation_;
  std::unique_ptr<view::Folder> folder_;
};

void Must(const absl::Status& status) {
  if (!status.ok()) Fail(status);
}

int View(const fs::path& folder, uint64_t count) {
  const auto log = OpenLog(folder, store::Mode::kReadOnly);
  ViewBuilder builder(*log, folder);
  Must(builder.Open());
  uint64_t head = 0;
  for (uint64_t i = 1; i <= count; ++i) {
    head = log->WaitPast(head, 50).value_or(head);
    Must(i % kFoldsBetweenRebuilds == 0 ? builder.Rebuild() : builder.Fold());
  }
  return 0;
}

int Both(const fs::path& folder, uint64_t from, uint64_t count) {
  const auto log = OpenLog(folder, store::Mode::kReadWrite);
  ViewBuilder builder(*log, folder);
  Must(builder.Open());
  for (uint64_t i = 0; i < count; ++i) {
    AppendStubbornly(*log, 0, from + i, 1);
    Must(i % kFoldsBetweenRebuilds == kFoldsBetweenRebuilds - 1 ? builder.Rebuild()
                                                                : builder.Fold());
  }
  return 0;
}

// What a test of durability must catch: the line comes before the commit.
int Early(const fs::path& folder, uint64_t from, uint64_t count) {
  const auto log = OpenLog(folder, store::Mode::kReadWrite);
  uint64_t head = log->Read()->head();
  for (uint64_t number = from; number < from + count; ++number) {
    log::Unit unit = UnitOf(0, number);
    const uint64_t last = head + unit.events.size();
    Say("A " + std::to_string(number) + " " + std::to_string(head + 1) + " " +
        std::to_string(last));
    Must(log->Append(std::move(unit)).status());
    head = last;
  }
  return 0;
}

int Patient(const fs::path& folder, uint64_t from, uint64_t count) {
  const auto log = OpenLog(folder, store::Mode::kReadWrite);
  for (uint64_t number = from; number < from + count; ++number) {
    while (!Append(*log, 0, number, 1)) {
    }
  }
  return 0;
}

// One append, or one commit of a view, between two that go undisturbed.
int Armed(const fs::path& folder, const std::string& what, uint64_t from) {
  const auto log = OpenLog(folder, store::Mode::kReadWrite);
  ViewBuilder builder(*log, folder);
  Must(builder.Open());
  if (!Append(*log, 0, from, 1)) return 2;
  Must(builder.Fold());
  if (what == "append") {
    Arm(true);
    const bool appended = Append(*log, 0, from + 1, 1);
    Arm(false);
    if (!appended) AppendStubbornly(*log, 0, from + 1, 1);
  } else {
    if (!Append(*log, 0, from + 1, 1)) return 2;
    Arm(true);
    absl::Status folded = builder.Fold();
    Arm(false);
    for (int attempt = 0; !folded.ok() && attempt < kAttemptsMax; ++attempt) {
      Say("E " + std::string(folded.message()));
      folded = builder.Fold();
    }
    Must(folded);
  }
  if (!Append(*log, 0, from + 2, 1)) return 2;
  Must(builder.Fold());
  return 0;
}

int Run(const std::vector<std::string>& words) {
  if (words.size() < 4) return 64;
  const fs::path folder = words[2];
  const auto number = [&](size_t i) { return std::stoull(words.at(i)); };
  if (words[1] == "view") return View(folder, number(3));
  if (words[1] == "patient") return Patient(folder, number(3), number(4));
  if (words[1] == "early") return Early(folder, number(3), number(4));
  if (words[1] == "both") return Both(folder, number(3), number(4));
  if (words[1] == "armed") return Armed(folder, words.at(3), number(4));
  if (words[1] != "append") return 64;
  const auto log = OpenLog(folder, store::Mode::kReadWrite);
  const uint64_t batch = words.size() > 6 ? number(6) : 1;
  const auto writer = static_cast<uint32_t>(number(3));
  for (uint64_t i = 0; i < number(5); i += batch) {
    AppendStubbornly(*log, writer, number(4) + i, batch);
  }
  return 0;
}

}  // namespace
}  // namespace verbatim::faults

int main(int count, char** words) {
  return verbatim::faults::Run(std::vector<std::string>(words, words + count));
}
