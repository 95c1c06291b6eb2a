// SPDX-License-Identifier: Apache-2.0
#include "tools/verbatim/pager.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace verbatim::tool {
namespace {

constexpr char kDefault[] = "if command -v less >/dev/null; then exec less; else exec cat; fi";

std::string Command() {
  const char* wanted = std::getenv("PAGER");
  if (wanted == nullptr) return kDefault;
  return wanted == std::string("cat") ? "" : wanted;
}

[[noreturn]] void Become(const std::string& command, int input) {
  ::dup2(input, STDIN_FILENO);
  // Leave at once when all fits on a screen, keep colours, don't clear: only where nothing is set.
  ::setenv("LESS", "FRX", 0);
  std::signal(SIGPIPE, SIG_DFL);
  ::execl("/bin/sh", "sh", "-c", command.c_str(), nullptr);
  ::_exit(127);
}

}  // namespace

Pager::Pager(const Cli& cli) {
  const std::string command = Command();
  // Asked before stdout is a pipe: colour and width are those of the terminal behind it.
  if (!cli.OnTerminal() || command.empty()) return;
  int pipe[2];
  if (::pipe2(pipe, O_CLOEXEC) != 0) return;
  std::fflush(stdout);
  process_ = ::fork();
  if (process_ == 0) Become(command, pipe[0]);
  ::close(pipe[0]);
  if (process_ > 0) {
    terminal_ = ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0);
    ::dup2(pipe[1], STDOUT_FILENO);
    // Ctrl-C is for the pager; leaving it ends what writes to it.
    std::signal(SIGINT, SIG_IGN);
  }
  ::close(pipe[1]);
}

Pager::~Pager() {
  if (process_ <= 0) return;
  std::fflush(stdout);
  ::dup2(terminal_, STDOUT_FILENO);
  ::close(terminal_);
  int status = 0;
  ::waitpid(process_, &status, 0);
  std::signal(SIGINT, SIG_DFL);
}

}  // namespace verbatim::tool
