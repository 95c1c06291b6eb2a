// SPDX-License-Identifier: Apache-2.0
#include "core/archive/doctor.h"

#include <sys/stat.h>
#include <unistd.h>

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/archive/plugins.h"
#include "core/archive/views.h"
#include "core/base/files.h"
#include "core/base/limits.h"
#include "core/log/rebuild.h"
#include "core/log/verify.h"
#include "core/plugin/containment.h"
#include "core/store/alone.h"
#include "core/view/folder.h"
#include "fmt/format.h"

namespace verbatim::archive {
namespace fs = std::filesystem;
namespace {

// Less than this share of a large file in use is worth a rewriting.
constexpr uint64_t kFreeBytesWorthIt = 64 * limits::kMiB;

std::string Mib(uint64_t bytes) {
  return fmt::format("{:.1f} MiB", static_cast<double>(bytes) / (1024.0 * 1024.0));
}

class Doctor {
 public:
  Doctor(const fs::path& folder, const Options& options, const DoctorOptions& doctor)
      : layout_(folder), options_(options), doctor_(doctor) {}

  std::vector<Diagnosis> Run() {
    CheckLock();
    CheckLog();
    CheckLeftovers();
    CheckKeys();
    CheckArchive();
    return std::move(rows_);
  }

 private:
  void Add(std::string check, Health health, std::string what, std::string way_out = "") {
    rows_.push_back({std::move(check), health, std::move(what), std::move(way_out)});
  }
  void Add(std::string check, Health health, const absl::Status& status, std::string way_out = "") {
    Add(std::move(check), health, std::string(status.message()), std::move(way_out));
  }

  void CheckLock();
  void CheckLog();
  void CheckIndexes(log::EventLog& log);
  void CheckReaders(log::EventLog& log);
  void CheckSpace(log::EventLog& log);
  void CheckLeftovers();
  void CheckKeys();
  void CheckArchive();
  void CheckSandbox();
  void CheckPlugins(const Archive& archive);
  void CheckViews(Archive& archive);

  Layout layout_;
  Options options_;
  DoctorOptions doctor_;
  bool usable_ = false;  // the log can be read
  std::vector<Diagnosis> rows_;
};

void Doctor::CheckLock() {
  const fs::path lock = layout_.log() / "lock.mdb";
  std::error_code error;
  if (!fs::exists(lock, error)) return;
  if (::access(lock.c_str(), R_OK | W_OK) == 0) {
    return Add("lock", Health::kGood, "readers and writers see each other");
  }
  Add("lock", Health::kWrong, lock.string() + " can't be written",
      "run as the owner of the archive, or make it writable: chmod u+rw " + lock.string());
}

void Doctor::CheckLog() {
  log::LogOptions options;
  options.mode = doctor_.rebuild_indexes ? store::Mode::kReadWrite : store::Mode::kReadOnly;
  options.clock = options_.clock;
  options.random = options_.random;
  const auto log = log::EventLog::Open(layout_.log(), options);
  if (!log.ok()) {
    return Add("log", Health::kGrave, log.status(),
               absl::IsNotFound(log.status()) || absl::IsDataLoss(log.status())
                   ? "restore a backup: 'verbatim restore DIR'"
                   : "");
  }
  if (doctor_.rebuild_indexes) CheckIndexes(**log);
  log::VerifyOptions verify;
  verify.level = doctor_.full ? log::VerifyLevel::kFull : log::VerifyLevel::kQuick;
  const auto report = log::Verify(**log, verify);
  if (!report.ok()) return Add("log", Health::kGrave, report.status());
  usable_ = true;
  if (report->whole) {
    Add("log", Health::kGood,
        doctor_.full ? fmt::format("whole: {} events", report->events)
                     : "quick look: whole ('verbatim verify' reads all of it)");
  } else {
    Add("log", Health::kWrong,
        report->first_bad_sequence == 0
            ? report->what
            : fmt::format("@{}: {}", report->first_bad_sequence, report->what),
        report->way_out);
  }
  CheckReaders(**log);
  CheckSpace(**log);
}

void Doctor::CheckIndexes(log::EventLog& log) {
  const absl::Status rebuilt = log::RebuildIndexes(log);
  if (rebuilt.ok()) {
    Add("indexes", Health::kFixed, "made again from the events");
  } else {
    Add("indexes", Health::kWrong, rebuilt);
  }
}

void Doctor::CheckReaders(log::EventLog& log) {
  const auto stale = log.env().ClearStaleReaders();
  const auto use = log.env().Use();
  if (!stale.ok() || !use.ok()) {
    return Add("readers", Health::kWrong, stale.ok() ? use.status() : stale.status());
  }
  Add("readers", Health::kGood,
      fmt::format("{} at work; places of processes that are no more are cleared", use->readers));
}

void Doctor::CheckSpace(log::EventLog& log) {
  const auto use = log.env().Use();
  const auto unused = store::FreeBytes(log.env());
  std::error_code error;
  const fs::space_info space = fs::space(layout_.root(), error);
  if (!use.ok() || !unused.ok() || error)
    return Add("space", Health::kWrong, "the disk's space can't be asked");
  const std::string free = fmt::format("{} free on the disk, the log's file is {}, {} of it unused",
                                       Mib(space.available), Mib(use->file_bytes), Mib(*unused));
  if (space.available < use->file_bytes) {
    Add("space", Health::kWrong, free + ": a backup beside it, or 'verbatim compact', has no room",
        "free some, or move the archive to a larger disk: 'verbatim backup' there");
  } else if (*unused > kFreeBytesWorthIt && *unused > use->file_bytes / 2) {
    Add("space", Health::kNote, free, "'verbatim compact' gives it back");
  } else {
    Add("space", Health::kGood, free);
  }
}

void Doctor::CheckLeftovers() {
  const std::vector<fs::path> found = Leftovers(layout_.root());
  if (found.empty()) return Add("leftovers", Health::kGood, "none");
  for (const fs::path& path : found) {
    if (!doctor_.remove_leftovers) {
      Add("leftovers", Health::kNote, path.string() + " was left by a process that is no more",
          "'verbatim doctor --remove-leftovers' removes it");
      continue;
    }
    std::error_code error;
    fs::remove_all(path, error);
    if (error) {
      Add("leftovers", Health::kWrong, base::ErrnoStatus(error.value(), "remove " + path.string()));
    } else {
      Add("leftovers", Health::kFixed, path.string() + " removed");
    }
  }
}

void Doctor::CheckKeys() {
  std::error_code error;
  bool good = true;
  size_t keys = 0;
  for (const auto& entry : fs::directory_iterator(layout_.keys(), error)) {
    if (entry.path().extension() == ".pub") continue;
    ++keys;
    struct stat status;
    if (::stat(entry.path().c_str(), &status) != 0 || (status.st_mode & 077) == 0) continue;
    good = false;
    Add("keys", Health::kWrong,
        fmt::format("{} can be read by others (mode {:o})", entry.path().string(),
                    status.st_mode & 0777u),
        "chmod 600 " + entry.path().string() + "; if others did read it, sign with another key");
  }
  if (!good) return;
  Add("keys", Health::kGood,
      keys == 0 ? "none here" : fmt::format("{}, readable by their owner alone", keys));
}

void Doctor::CheckArchive() {
  if (!usable_) return;
  const auto archive = Archive::Open(layout_.root(), options_);
  if (!archive.ok()) {
    return Add("archive", Health::kGrave, archive.status(),
               absl::IsDataLoss(archive.status())
                   ? "'verbatim doctor --rebuild-indexes', or restore "
                     "a backup: 'verbatim restore DIR'"
                   : "");
  }
  CheckSandbox();
  CheckPlugins(**archive);
  CheckViews(**archive);
}

void Doctor::CheckSandbox() {
  const plugin::Containment here = plugin::ContainmentHere();
  Add("sandbox", here.whole() ? Health::kGood : Health::kNote, plugin::ToText(here),
      here.filtered && !here.whole() ? "a kernel with Landlock (5.13 or later, not switched off)"
                                     : "");
}

void Doctor::CheckPlugins(const Archive& archive) {
  for (const auto& [name, plugin] : archive.catalog().plugins()) {
    const auto file = OpenPinned(archive, plugin);
    if (!file.ok()) {
      Add("plugins", Health::kWrong, file.status(),
          fmt::format("put the pinned file back from a backup, or pin a build that is there: "
                      "'verbatim plugin {} {}'",
                      plugin.pin.builtin() ? "upgrade" : "install FILE, for", name));
    } else if (plugin.parked) {
      Add("plugins", Health::kWrong, fmt::format("{} is parked: {}", name, plugin.why),
          fmt::format("'verbatim plugin release {}' lets it run", name));
    } else {
      Add("plugins", Health::kGood,
          fmt::format("{} {} as pinned{}", name, plugin.pin.manifest().version(),
                      plugin.enabled ? "" : ", disabled"));
    }
  }
  for (const std::string& name : OutdatedBuiltins(archive)) {
    Add("plugins", Health::kNote, "another build of " + name + " lies beside this tool",
        fmt::format("'verbatim plugin upgrade {}' pins it", name));
  }
}

void Doctor::CheckViews(Archive& archive) {
  Views views(archive);
  const auto states = views.States();
  if (!states.ok()) return Add("views", Health::kWrong, states.status());
  for (const ViewState& state : *states) {
    const std::string again = fmt::format("'verbatim replay {}' builds it again", state.name);
    const std::string what =
        fmt::format("{} is {} at @{}, {} events behind{}{}", state.name, state.state,
                    state.sequence, state.lag, state.why.empty() ? "" : ": ", state.why);
    const auto generation = views.Peek(state.name);
    if (!generation.ok()) {
      Add("views", Health::kWrong,
          fmt::format("{}: {}", state.name, std::string(generation.status().message())), again);
      continue;
    }
    if (*generation != nullptr) {
      const auto checkpoint = (*generation)->Checkpoint();
      const auto fits = checkpoint.ok() ? view::FitsLog(*checkpoint, archive.log())
                                        : absl::StatusOr<bool>(checkpoint.status());
      if (!fits.ok() || !*fits) {
        Add("views", Health::kWrong,
            state.name + " was built of another log, or of one that went on",
            "the next reading builds it again");
        continue;
      }
    }
    if (state.state == "stalled" || state.state == "failed") {
      Add("views", Health::kWrong, what, "repair or upgrade its plugin; then " + again);
    } else if (state.state == "parked" && !archive.catalog().Plugin(state.plugin)->parked) {
      Add("views", Health::kWrong, what,
          fmt::format("upgrade its plugin, or 'verbatim plugin release {}' tries it again",
                      state.plugin));
    } else if (state.state == "ready") {
      Add("views", Health::kGood, what);
    } else {
      Add("views", Health::kNote, what,
          state.state == "disabled" || state.state == "parked" ? ""
                                                               : "the next reading brings it up");
    }
  }
}

}  // namespace

std::string_view ToText(Health health) {
  switch (health) {
    case Health::kGood:
      return "good";
    case Health::kNote:
      return "note";
    case Health::kWrong:
      return "wrong";
    case Health::kFixed:
      return "fixed";
    case Health::kGrave:
      break;
  }
  return "grave";
}

std::vector<Diagnosis> Examine(const fs::path& folder, const Options& options,
                               const DoctorOptions& doctor) {
  return Doctor(folder, options, doctor).Run();
}

}  // namespace verbatim::archive
