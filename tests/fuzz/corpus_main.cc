// SPDX-License-Identifier: Apache-2.0
// Runs every file of the given folders through a fuzzer, whole and cut at every length: what any
// build can do without libFuzzer.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "tests/fuzz/fuzz.h"

int main(int count, char** words) {
  namespace fs = std::filesystem;
  constexpr size_t kCutsMax = 400;
  int files = 0;
  for (int i = 1; i < count; ++i) {
    for (const auto& entry : fs::directory_iterator(words[i])) {
      std::ifstream in(entry.path(), std::ios::binary);
      const std::string bytes((std::istreambuf_iterator<char>(in)),
                              std::istreambuf_iterator<char>());
      const size_t step = bytes.size() / kCutsMax + 1;
      for (size_t size = 0; size < bytes.size(); size += step) {
        verbatim::fuzz::Run(std::string_view(bytes).substr(0, size));
      }
      verbatim::fuzz::Run(bytes);
      ++files;
    }
  }
  std::printf("%d seeds\n", files);
  return files > 0 ? 0 : 1;
}
