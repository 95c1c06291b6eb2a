// SPDX-License-Identifier: Apache-2.0
#include "tests/support/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>

#include "verbatim_test_paths.h"

namespace verbatim::testing {
namespace {

struct Pipe {
  int read = -1;
  int write = -1;
  Pipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) == 0) {
      read = ends[0];
      write = ends[1];
    }
  }
  static void Close(int& end) {
    if (end >= 0) ::close(end);
    end = -1;
  }
  ~Pipe() {
    Close(read);
    Close(write);
  }
};

[[noreturn]] void Become(const std::vector<std::string>& command, const RunOptions& options,
                         const Pipe& in, const Pipe& out, const Pipe& err) {
  ::dup2(in.read, STDIN_FILENO);
  ::dup2(out.write, STDOUT_FILENO);
  ::dup2(err.write, STDERR_FILENO);
  if (!options.folder.empty() && ::chdir(options.folder.c_str()) != 0) ::_exit(126);
  for (const auto& [name, value] : options.environment) ::setenv(name.c_str(), value.c_str(), 1);
  std::vector<char*> arguments;
  for (const std::string& argument : command)
    arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  ::execvp(arguments[0], arguments.data());
  ::_exit(127);
}

// False at the end of the stream.
bool Drain(int fd, std::string& into) {
  char buffer[1 << 14];
  const ssize_t got = ::read(fd, buffer, sizeof buffer);
  if (got > 0) into.append(buffer, static_cast<size_t>(got));
  return got > 0 || (got < 0 && errno == EINTR);
}

void Converse(std::string input, Pipe& in, Pipe& out, Pipe& err, Finished& finished) {
  if (input.empty()) Pipe::Close(in.write);
  while (out.read >= 0 || err.read >= 0) {
    std::array<pollfd, 3> polled{
        {{out.read, POLLIN, 0}, {err.read, POLLIN, 0}, {in.write, POLLOUT, 0}}};
    if (::poll(polled.data(), polled.size(), -1) < 0) break;
    if (polled[0].revents != 0 && !Drain(out.read, finished.out)) Pipe::Close(out.read);
    if (polled[1].revents != 0 && !Drain(err.read, finished.err)) Pipe::Close(err.read);
    if (polled[2].revents == 0) continue;
    const ssize_t wrote = ::write(in.write, input.data(), input.size());
    if (wrote > 0) input.erase(0, static_cast<size_t>(wrote));
    if (wrote < 0 || input.empty()) Pipe::Close(in.write);
  }
}

}  // namespace

Finished RunProgram(const std::vector<std::string>& command, const RunOptions& options) {
  Pipe in;
  Pipe out;
  Pipe err;
  ::signal(SIGPIPE, SIG_IGN);
  const pid_t child = ::fork();
  if (child == 0) Become(command, options, in, out, err);
  Pipe::Close(in.read);
  Pipe::Close(out.write);
  Pipe::Close(err.write);
  Finished finished;
  Converse(options.input, in, out, err, finished);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  finished.exit = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return finished;
}

std::string VerbatimProgram() { return std::string(VERBATIM_BINARY_DIR) + "/bin/verbatim"; }

}  // namespace verbatim::testing
