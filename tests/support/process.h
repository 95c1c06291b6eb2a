// SPDX-License-Identifier: Apache-2.0
// Runs a program to its end and keeps what it printed: for tests that use verbatim as its users do.
#ifndef VERBATIM_TESTS_SUPPORT_PROCESS_H_
#define VERBATIM_TESTS_SUPPORT_PROCESS_H_

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace verbatim::testing {

struct Finished {
  int exit = -1;  // 128 + signal when one ended it
  std::string out;
  std::string err;
};

struct RunOptions {
  std::string input;                               // standard input
  std::filesystem::path folder;                    // to run in; empty: here
  std::map<std::string, std::string> environment;  // added to this process's
};

// `program` is a path, or found on PATH.
Finished RunProgram(const std::vector<std::string>& command, const RunOptions& options = {});

// The tool of this build.
std::string VerbatimProgram();

}  // namespace verbatim::testing

#endif  // VERBATIM_TESTS_SUPPORT_PROCESS_H_
