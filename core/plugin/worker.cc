// SPDX-License-Identifier: Apache-2.0
#include "core/plugin/worker.h"

#include <fcntl.h>
#include <poll.h>
#include <seccomp.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <thread>
#include <utility>

#include "core/base/limits.h"
#include "fmt/format.h"
#include "verbatim/keys.h"

namespace verbatim::plugin {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kFirstHandedFd = 3;
// Handed descriptors are first moved above the numbers that they get in the worker.
constexpr int kFreeFd = 32;

// How long an idle worker may take to end once its socket is closed.
constexpr auto kFarewell = std::chrono::milliseconds(500);

// A worker gets no environment but what its loader and sanitizers need: a fold can't depend on it.
std::vector<std::string> WorkerEnvironment(bool watched) {
  std::vector<std::string> environment = {"LC_ALL=C.UTF-8"};
  if (watched) environment.push_back(fmt::format("LD_PRELOAD={}", WatchLibrary().string()));
  for (const char* name : {"LD_LIBRARY_PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"}) {
    if (const char* value = std::getenv(name))
      environment.push_back(fmt::format("{}={}", name, value));
  }
  return environment;
}

std::vector<char*> Pointers(std::vector<std::string>& strings) {
  std::vector<char*> pointers;
  for (std::string& string : strings) pointers.push_back(string.data());
  pointers.push_back(nullptr);
  return pointers;
}

// The actions and attributes of one spawn, freed at the end.
class Spawn {
 public:
  Spawn() {
    posix_spawn_file_actions_init(&actions_);
    posix_spawnattr_init(&attributes_);
    sigset_t none;
    sigemptyset(&none);
    sigset_t all;
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setsigdefault(&attributes_, &all);
    // A group of its own: an interrupt at the terminal is the tool's to answer.
    posix_spawnattr_setpgroup(&attributes_, 0);
    posix_spawnattr_setflags(
        &attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  }
  ~Spawn() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }
  Spawn(const Spawn&) = delete;
  Spawn& operator=(const Spawn&) = delete;

  // `fd` becomes `number` in the worker.
  absl::Status Hand(int fd, int number) {
    base::Fd moved(fcntl(fd, F_DUPFD_CLOEXEC, kFreeFd));
    if (!moved.valid()) return base::ErrnoStatus(errno, "handing a descriptor to a worker");
    posix_spawn_file_actions_adddup2(&actions_, moved.get(), number);
    moved_.push_back(std::move(moved));
    return absl::OkStatus();
  }

  // Whatever else is open in this process, its shell's own files among them, stays here.
  void CloseFrom(int number) { posix_spawn_file_actions_addclosefrom_np(&actions_, number); }

  absl::StatusOr<pid_t> Run(const std::string& program, std::vector<std::string> arguments,
                            bool watched) {
    std::vector<std::string> environment = WorkerEnvironment(watched);
    arguments.insert(arguments.begin(), program);
    pid_t pid = -1;
    const int error = posix_spawn(&pid, program.c_str(), &actions_, &attributes_,
                                  Pointers(arguments).data(), Pointers(environment).data());
    if (error != 0) {
      return absl::FailedPreconditionError(fmt::format(
          "the plugin host {} can't be started ({}): it belongs beside the verbatim program, or "
          "VERBATIM_PLUGIN_HOST says where it is",
          program, strerror(error)));
    }
    return pid;
  }

 private:
  posix_spawn_file_actions_t actions_;
  posix_spawnattr_t attributes_;
  std::vector<base::Fd> moved_;
};

// What a signal that ended a worker means.
Worker::End EndBySignal(int signal) {
  switch (signal) {
    case SIGSYS:
      return {false, v1::RunCompleted::OUTCOME_FORBIDDEN_CALL,
              "made a system call that a plugin may not, and that can't be named: with signals "
              "blocked, as when a thread is started, or in another machine's manner"};
    case SIGPROF:
    case SIGXCPU:
    case SIGALRM:
      return {false, v1::RunCompleted::OUTCOME_TIMED_OUT,
              "used up its time: raise cpu_ms_max in its manifest if it needs more"};
    case SIGXFSZ:
      return {
          false, v1::RunCompleted::OUTCOME_LIMIT_EXCEEDED,
          "wrote more than a view may: two fifths of what the disk had free; make room, or keep "
          "less in its rows"};
    case SIGKILL:
      return {false, v1::RunCompleted::OUTCOME_CRASHED,
              "was killed from outside; was the machine out of memory?"};
    default:
      return {false, v1::RunCompleted::OUTCOME_CRASHED,
              fmt::format("crashed: {} ({})", strsignal(signal), signal)};
  }
}

// The worker's own word that a call was refused, from a signal handler that could name a number.
Worker::End EndByForbiddenCall(const Frame& frame) {
  const int number = static_cast<int>(KeyReader(frame.payload).U32().value_or(0));
  char* name = seccomp_syscall_resolve_num_arch(SCMP_ARCH_NATIVE, number);
  Worker::End end{false, v1::RunCompleted::OUTCOME_FORBIDDEN_CALL,
                  fmt::format("made a system call that a plugin may not: {} ({})",
                              name != nullptr ? name : "unknown", number)};
  std::free(name);
  return end;
}

}  // namespace

std::filesystem::path PluginHostProgram() {
  if (const char* path = std::getenv("VERBATIM_PLUGIN_HOST"); path != nullptr && *path != '\0') {
    return path;
  }
  return base::ProgramFolder() / "verbatim-plugin-host";
}

std::filesystem::path WatchLibrary() {
  return (base::ProgramFolder() / ".." / "lib" / "verbatim" / "verbatim-watch.so")
      .lexically_normal();
}

absl::StatusOr<std::unique_ptr<Worker>> Worker::Start(const std::vector<std::string>& arguments,
                                                      const std::vector<int>& handed,
                                                      bool watched) {
  int sockets[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets) != 0) {
    return base::ErrnoStatus(errno, "making a socket for a worker");
  }
  base::Fd ours(sockets[0]);
  base::Fd theirs(sockets[1]);
  int pipes[2];
  if (pipe2(pipes, O_CLOEXEC) != 0) return base::ErrnoStatus(errno, "making a pipe for a worker");
  base::Fd printed(pipes[0]);
  base::Fd prints(pipes[1]);
  fcntl(ours.get(), F_SETFL, O_NONBLOCK);
  fcntl(printed.get(), F_SETFL, O_NONBLOCK);

  Spawn spawn;
  VB_RETURN_IF_ERROR(spawn.Hand(prints.get(), STDOUT_FILENO));
  VB_RETURN_IF_ERROR(spawn.Hand(prints.get(), STDERR_FILENO));
  VB_RETURN_IF_ERROR(spawn.Hand(theirs.get(), kFirstHandedFd));
  int number = kFirstHandedFd;
  for (const int fd : handed) VB_RETURN_IF_ERROR(spawn.Hand(fd, ++number));
  spawn.CloseFrom(number + 1);
  VB_ASSIGN_OR_RETURN(const pid_t pid, spawn.Run(PluginHostProgram().string(), arguments, watched));
  return std::unique_ptr<Worker>(new Worker(pid, std::move(ours), std::move(printed)));
}

Worker::Worker(pid_t pid, base::Fd socket, base::Fd printed)
    : pid_(pid), socket_(std::move(socket)), printed_(std::move(printed)) {}

Worker::~Worker() {
  if (!alive()) return;
  // An idle worker ends by itself when its socket closes, and lets go of what it has open; the pipe
  // that it prints to closes with it.
  socket_.Close();
  const Time deadline = Clock::now() + kFarewell;
  while (printed_.valid() && Clock::now() < deadline) {
    pollfd polled{printed_.get(), POLLIN, 0};
    poll(&polled, 1, static_cast<int>(kFarewell.count()));
    ReadPrinted();
  }
  while (alive() && Clock::now() < deadline) {
    if (waitpid(pid_, nullptr, WNOHANG) == pid_) pid_ = -1;
    if (alive()) std::this_thread::sleep_for(Milliseconds(1));
  }
  Stop();
}

void Worker::Stop() {
  if (!alive()) return;
  kill(pid_, SIGKILL);
  while (waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
}

void Worker::Send(FrameKind kind, std::string_view payload) { out_ += EncodeFrame(kind, payload); }

Worker::End Worker::Converse(Milliseconds patience,
                             const std::function<Next(const Frame&)>& receive) {
  if (!alive()) return {false, v1::RunCompleted::OUTCOME_CRASHED, "its worker is gone"};
  Time deadline = Clock::now() + patience;
  bool open = true;
  while (true) {
    absl::StatusOr<std::optional<Frame>> frame = in_.Next();
    if (!frame.ok()) {
      return Kill(v1::RunCompleted::OUTCOME_INVALID_OUTPUT,
                  "wrote to its worker's socket what is no answer");
    }
    if (frame->has_value()) {
      if ((*frame)->kind == FrameKind::kForbidden) {
        const End end = EndByForbiddenCall(**frame);
        return Kill(end.outcome, end.message);
      }
      switch (receive(**frame)) {
        case Next::kEnough:
          return {true, v1::RunCompleted::OUTCOME_UNSPECIFIED, ""};
        case Next::kInvalid:
          return Kill(v1::RunCompleted::OUTCOME_INVALID_OUTPUT, "answered what was not asked");
        case Next::kRenew:
          deadline = Clock::now() + patience;
          break;
        case Next::kMore:
          break;
      }
      continue;
    }
    if (!open) return Reap();
    if (printed_bytes_ > limits::kPluginPrintedBytesMax) {
      return Kill(
          v1::RunCompleted::OUTCOME_LIMIT_EXCEEDED,
          fmt::format("printed over {} MiB", limits::kPluginPrintedBytesMax / limits::kMiB));
    }
    const Waited waited = Wait(deadline);
    if (waited == Waited::kTooLong) {
      return Kill(v1::RunCompleted::OUTCOME_TIMED_OUT,
                  fmt::format("gave no answer within {} s: it waits for something, or needs a "
                              "higher cpu_ms_max in its manifest",
                              (patience.count() + 999) / 1000));
    }
    if (waited == Waited::kReadable) open = ReadSocket();
  }
}

Worker::Waited Worker::Wait(Time deadline) {
  ReadPrinted();
  Flush();
  const short wanted = out_.empty() ? POLLIN : POLLIN | POLLOUT;
  pollfd polled[2] = {{socket_.get(), wanted, 0}, {printed_.get(), POLLIN, 0}};
  const auto left = std::chrono::ceil<Milliseconds>(deadline - Clock::now()).count();
  if (left <= 0) return Waited::kTooLong;
  const int timeout = static_cast<int>(std::min<int64_t>(left, 60'000));
  if (poll(polled, printed_.valid() ? 2 : 1, timeout) < 0) return Waited::kNothing;
  // A worker that is gone shows as readable: its last frames come before its end.
  const bool readable = (polled[0].revents & (POLLIN | POLLHUP | POLLERR)) != 0;
  return readable ? Waited::kReadable : Waited::kNothing;
}

void Worker::Flush() {
  size_t sent = 0;
  while (sent < out_.size()) {
    const ssize_t wrote = send(socket_.get(), out_.data() + sent, out_.size() - sent, MSG_NOSIGNAL);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0 && errno == EAGAIN) break;
    if (wrote < 0) {
      // Nobody reads any more; its socket says so next.
      out_.clear();
      return;
    }
    sent += static_cast<size_t>(wrote);
  }
  out_.erase(0, sent);
}

bool Worker::ReadSocket() {
  std::array<char, 65536> chunk;
  const ssize_t got = read(socket_.get(), chunk.data(), chunk.size());
  if (got < 0) return errno == EINTR || errno == EAGAIN;
  in_.Append({chunk.data(), static_cast<size_t>(got)});
  return got > 0;
}

void Worker::ReadPrinted() {
  std::array<char, 65536> chunk;
  // A bounded share at a time, so that one who prints without end doesn't hold up the clock.
  for (int turn = 0; turn < 16 && printed_.valid(); ++turn) {
    const ssize_t got = read(printed_.get(), chunk.data(), chunk.size());
    if (got == 0) printed_.Close();
    if (got <= 0) return;
    printed_bytes_ += static_cast<size_t>(got);
    printed_end_.append(chunk.data(), static_cast<size_t>(got));
    if (printed_end_.size() > limits::kPluginPrintedBytesKept) {
      printed_end_.erase(0, printed_end_.size() - limits::kPluginPrintedBytesKept);
    }
  }
}

Worker::End Worker::Kill(Outcome outcome, std::string message) {
  Stop();
  ReadPrinted();
  return {false, outcome, message + LastWords()};
}

Worker::End Worker::Reap() {
  int status = 0;
  // The socket closes when the process ends; one that closed it by hand gets a moment, then a kill.
  pid_t ended = 0;
  for (int turn = 0; turn < 200 && ended == 0; ++turn) {
    ended = waitpid(pid_, &status, WNOHANG);
    if (ended == 0) std::this_thread::sleep_for(Milliseconds(turn < 20 ? 1 : 10));
  }
  if (ended == 0) return Kill(v1::RunCompleted::OUTCOME_INVALID_OUTPUT, "closed its socket");
  ReadPrinted();
  pid_ = -1;
  End end = WIFSIGNALED(status)
                ? EndBySignal(WTERMSIG(status))
                : End{false, v1::RunCompleted::OUTCOME_CRASHED,
                      fmt::format("ended its process with code {}", WEXITSTATUS(status))};
  end.message += LastWords();
  return end;
}

std::string Worker::LastWords() const {
  std::string_view words = printed_end_;
  while (!words.empty() && (words.back() == '\n' || words.back() == ' ')) words.remove_suffix(1);
  if (words.empty()) return "";
  const size_t line = words.rfind('\n');
  if (line != std::string_view::npos) words.remove_prefix(line + 1);
  std::string shown;
  for (const char c : words.substr(0, 300)) {
    shown.push_back(c >= ' ' && c < 0x7F ? c : '?');
  }
  return fmt::format("; it last printed: {}", shown);
}

}  // namespace verbatim::plugin
