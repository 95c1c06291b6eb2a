// SPDX-License-Identifier: Apache-2.0
#include "tests/faults/harness.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "core/base/check.h"
#include "core/log/verify.h"
#include "core/view/folder.h"
#include "core/view/home.h"
#include "tests/core/view/script_view.h"
#include "verbatim_fault_paths.h"

namespace verbatim::faults {
namespace fs = std::filesystem;
namespace {

constexpr uint64_t kRoomBytes = uint64_t{256} << 20;
#ifdef VERBATIM_SANITIZED
constexpr uint64_t kSanitizedShare = 5;  // the release build runs them all
#endif
constexpr long kTmpfs = 0x01021994;

std::optional<uint64_t> NumberIn(const char* variable) {
  const char* value = std::getenv(variable);
  return value == nullptr ? std::nullopt
                          : std::optional<uint64_t>(std::strtoull(value, nullptr, 0));
}

fs::path MemoryFolder() {
  struct statfs system;
  const bool fits = ::statfs("/dev/shm", &system) == 0 && system.f_type == kTmpfs &&
                    system.f_bavail * static_cast<uint64_t>(system.f_bsize) > kRoomBytes &&
                    ::access("/dev/shm", W_OK) == 0;
  return fits ? fs::path("/dev/shm") : fs::temp_directory_path();
}

// Every unit is there whole or not at all, and the acknowledged ones where they were said to be.
class UnitCheck {
 public:
  UnitCheck(const log::Snapshot& snapshot, uint32_t writer)
      : snapshot_(snapshot), writer_(writer) {}

  std::string Trouble(uint64_t number, const Said::Unit* said) const {
    const log::Unit unit = UnitOf(writer_, number);
    const std::string name =
        "unit " + std::to_string(number) + " of writer " + std::to_string(writer_) + ": ";
    const auto first = snapshot_.FindById(unit.events[0].id);
    if (!first.ok()) return name + std::string(first.status().message());
    if (said != nullptr &&
        (*first != said->first || said->last != said->first + unit.events.size() - 1)) {
      return name + "acknowledged at " + std::to_string(said->first) + ", and " +
             (*first ? "stands at " + std::to_string(**first) : "is not in the log");
    }
    for (size_t i = 0; i < unit.events.size(); ++i) {
      const auto found = snapshot_.FindById(unit.events[i].id);
      if (!found.ok()) return name + std::string(found.status().message());
      if (found->has_value() != first->has_value()) return name + "only a part of it is there";
      if (!*found) continue;
      if (**found != **first + i) return name + "its events don't stand together";
      const auto header = snapshot_.View(**found);
      const auto body = snapshot_.Body(**found);
      if (!header.ok() || header->event_id != unit.events[i].id ||
          header->stream != unit.events[i].stream) {
        return name + "another event stands in its place";
      }
      if (!body.ok() || *body != unit.events[i].body) return name + "another body";
    }
    return "";
  }

 private:
  const log::Snapshot& snapshot_;
  uint32_t writer_;
};

bool Long() { return NumberIn("VERBATIM_LONG").value_or(0) != 0; }

}  // namespace

uint64_t Times(uint64_t ci, uint64_t longer) {
  if (const auto count = NumberIn("VERBATIM_FAULT_COUNT")) return *count;
  if (Long()) return longer;
#ifdef VERBATIM_SANITIZED
  return std::max<uint64_t>(ci / kSanitizedShare, 1);
#else
  return ci;
#endif
}

uint64_t Seed(const std::string& test) {
  constexpr uint64_t kSeed = 20'261'122;
  const uint64_t seed =
      NumberIn("VERBATIM_FAULT_SEED").value_or(Long() ? std::random_device()() : kSeed);
  std::printf("%s: VERBATIM_FAULT_SEED=%llu\n", test.c_str(),
              static_cast<unsigned long long>(seed));
  return seed;
}

Scratch::Scratch() {
  std::string name = (MemoryFolder() / "verbatim-faults.XXXXXX").string();
  VB_CHECK(::mkdtemp(name.data()) != nullptr, "there is a temporary folder that can be written");
  path_ = name;
}

Scratch::~Scratch() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

void Scratch::Clear() const {
  for (const auto& entry : fs::directory_iterator(path_)) fs::remove_all(entry.path());
}

ControlPage::ControlPage(const fs::path& folder) : file_(folder) {
  file_ += ".control";
  std::ofstream(file_, std::ios::binary) << std::string(4096, '\0');
  const int fd = ::open(file_.c_str(), O_RDWR | O_CLOEXEC);
  void* page = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  ::close(fd);
  VB_CHECK(page != MAP_FAILED, "the shim's page can be mapped");
  control_ = static_cast<Control*>(page);
  VB_CHECK(folder.string().size() < sizeof control_->folder, "a short path");
  folder.string().copy(control_->folder, sizeof control_->folder - 1);
}

ControlPage::~ControlPage() {
  ::munmap(control_, 4096);
  std::error_code ignored;
  fs::remove(file_, ignored);
}

void ControlPage::Reset() {
  const std::string folder = control_->folder;
  new (control_) Control{};
  folder.copy(control_->folder, sizeof control_->folder - 1);
}

void Said::Read(const std::string& line) {
  std::istringstream words(line);
  std::string what;
  words >> what;
  if (what == "A") {
    Unit unit{};
    words >> unit.number >> unit.first >> unit.last;
    appended.push_back(unit);
  } else if (what == "V" || what == "R") {
    words >> folded;
    rebuilding = false;
  } else if (what == "B") {
    rebuilding = true;
  } else if (what == "E") {
    errors.push_back(line.substr(2));
  }
}

Child::Child(const std::vector<std::string>& arguments, const ControlPage& control,
             const std::map<std::string, std::string>& environment) {
  int ends[2];
  VB_CHECK(::pipe2(ends, O_CLOEXEC) == 0, "a pipe");
  std::vector<std::string> words = {WriterProgram()};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<std::string> variables = {
      "LD_PRELOAD=" + ShimLibrary(), std::string(kControlVariable) + "=" + control.file().string()};
  for (const auto& [name, value] : environment) variables.push_back(name + "=" + value);
  for (const char* name : {"ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"}) {
    if (const char* value = std::getenv(name)) variables.push_back(std::string(name) + "=" + value);
  }
  std::vector<char*> argv;
  std::vector<char*> envp;
  for (std::string& word : words) argv.push_back(word.data());
  for (std::string& variable : variables) envp.push_back(variable.data());
  argv.push_back(nullptr);
  envp.push_back(nullptr);
  pid_ = ::fork();
  if (pid_ == 0) {
    ::dup2(ends[1], STDOUT_FILENO);
    ::execve(argv[0], argv.data(), envp.data());
    ::_exit(127);
  }
  ::close(ends[1]);
  out_ = ends[0];
}

Child::~Child() {
  if (pid_ > 0) {
    Kill();
    Wait();
  }
  if (out_ >= 0) ::close(out_);
}

bool Child::ReadSome(int timeout_ms) {
  pollfd polled = {out_, POLLIN, 0};
  if (::poll(&polled, 1, timeout_ms) <= 0) return true;
  char buffer[4096];
  const ssize_t got = ::read(out_, buffer, sizeof buffer);
  if (got <= 0) return false;
  for (const char letter : std::string_view(buffer, static_cast<size_t>(got))) {
    if (letter != '\n') {
      line_ += letter;
    } else {
      said_.Read(line_);
      line_.clear();
    }
  }
  return true;
}

bool Child::Listen(std::chrono::milliseconds for_ms,
                   const std::function<bool(const Said&)>& enough) {
  const auto end = std::chrono::steady_clock::now() + for_ms;
  while (!enough || !enough(said_)) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        end - std::chrono::steady_clock::now());
    if (left.count() <= 0) break;
    if (!ReadSome(static_cast<int>(left.count()))) return false;
  }
  return true;
}

void Child::Drain() {
  pollfd polled = {out_, POLLIN, 0};
  while (::poll(&polled, 1, 0) > 0 && ReadSome(0)) {
  }
}

void Child::Signal(int signal) const { ::kill(pid_, signal); }
void Child::Kill() const { Signal(SIGKILL); }

int Child::Wait() {
  while (ReadSome(-1)) {
  }
  int status = 0;
  while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
  return status;
}

log::LogOptions LogOptionsFor(store::Mode mode) {
  log::LogOptions options;
  options.mode = mode;
  options.clock = &base::SystemClock();
  options.random = &base::SystemRandom();
  options.map_bytes = mode == store::Mode::kReadWrite ? size_t{1} << 30 : 0;
  return options;
}

Reopened::Reopened(const fs::path& folder, store::Mode mode) {
  auto log = log::EventLog::Open(folder / "log", LogOptionsFor(mode));
  status_ = log.status();
  if (log.ok()) log_ = *std::move(log);
}

std::string TroubleOfLog(const log::EventLog& log, uint32_t writer,
                         const std::vector<Said::Unit>& appended, uint64_t from, uint64_t to) {
  const auto report = log::Verify(log, {});
  if (!report.ok()) return std::string(report.status().message());
  if (!report->whole) {
    return "event " + std::to_string(report->first_bad_sequence) + ": " + report->what;
  }
  const auto snapshot = log.Read();
  if (!snapshot.ok()) return std::string(snapshot.status().message());
  std::map<uint64_t, const Said::Unit*> said;
  for (const Said::Unit& unit : appended) said[unit.number] = &unit;
  const UnitCheck check(*snapshot, writer);
  for (uint64_t number = from; number < to; ++number) {
    const auto found = said.find(number);
    std::string trouble = check.Trouble(number, found == said.end() ? nullptr : found->second);
    if (!trouble.empty()) return trouble;
  }
  return "";
}

std::string TroubleOfView(const log::EventLog& log, const fs::path& folder, uint64_t folded) {
  const auto current = view::ViewHome(folder / "view").Current();
  if (!current.ok()) return std::string(current.status().message());
  if (!*current)
    return folded == 0 ? "" : "no view serves, and one has folded to " + std::to_string(folded);
  const auto generation = view::Generation::Open(**current, store::Mode::kReadWrite);
  if (!generation.ok()) return std::string(generation.status().message());
  const absl::Status pages = (*generation)->env().CheckPages(store::PageDepth::kAll);
  if (!pages.ok()) return std::string(pages.message());
  const auto checkpoint = (*generation)->Checkpoint();
  if (!checkpoint.ok()) return std::string(checkpoint.status().message());
  if (checkpoint->sequence() < folded) {
    return "the view has folded to " + std::to_string(checkpoint->sequence()) + ", and said " +
           std::to_string(folded);
  }
  if (!view::FitsLog(*checkpoint, log).value_or(false)) return "the view is of another log";
  const auto digest = (*generation)->Read()->RecomputeDigest();
  if (!digest.ok() || *digest != checkpoint->digest()) return "the view's rows and digest differ";
  view::Oracle oracle;
  const log::Snapshot snapshot = log.Read().value();
  for (uint64_t sequence = 1; sequence <= checkpoint->sequence(); ++sequence) {
    const std::string type(snapshot.View(sequence)->type);
    const std::string script = ScriptOf(type, snapshot.Body(sequence)->value_or(""));
    if (!script.empty()) oracle.Apply(sequence, script);
  }
  return oracle.Digest() == *digest ? "" : "the view is not the fold of the log";
}

std::string Isolated(const std::function<std::string()>& ask) {
  int ends[2];
  VB_CHECK(::pipe2(ends, O_CLOEXEC) == 0, "a pipe");
  std::fflush(nullptr);
  const pid_t child = ::fork();
  if (child == 0) {
    const std::string answer = ask();
    const bool told = ::write(ends[1], answer.data(), answer.size()) >= 0;
    ::_exit(told ? 0 : 1);
  }
  ::close(ends[1]);
  std::string answer;
  char buffer[4096];
  for (ssize_t got = 1; got > 0;) {
    got = ::read(ends[0], buffer, sizeof buffer);
    if (got > 0) answer.append(buffer, static_cast<size_t>(got));
  }
  ::close(ends[0]);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFSIGNALED(status)) return "killed by signal " + std::to_string(WTERMSIG(status));
  return status == 0 ? answer : "ended with status " + std::to_string(status);
}

std::string WriterProgram() { return VERBATIM_FAULT_WRITER; }
std::string ShimLibrary() { return VERBATIM_FAULT_SHIM; }

void MakeLog(const fs::path& folder) {
  log::LogOptions options;
  options.clock = &base::SystemClock();
  options.random = &base::SystemRandom();
  options.map_bytes = size_t{1} << 30;
  VB_CHECK(log::EventLog::Create(folder / "log", kArchiveId, options).ok(), "a log can be made");
}

}  // namespace verbatim::faults
