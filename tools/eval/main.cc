// SPDX-License-Identifier: Apache-2.0
// verbatim-eval VERB FILE...: our code over development data, as rows of JSON for the scorers. Exit
// 0: done, 2: not so.
#include <iostream>
#include <string>
#include <vector>

#include "tools/eval/rows.h"
#include "tools/eval/verbs.h"

namespace {

constexpr char kUsage[] =
    "usage: verbatim-eval threads STATEMENTS.jsonl\n"
    "       verbatim-eval align DOCS.jsonl PAIRS.jsonl\n"
    "       verbatim-eval labels PAIRS.jsonl\n"
    "       verbatim-eval diff PAIRS.jsonl\n"
    "       verbatim-eval anchors TASKS.jsonl\n";

// False when the words are no verb with its files.
bool Run(const std::vector<std::string>& words) {
  using namespace verbatim::eval;
  if (words.size() == 3 && words[0] == "align") {
    RunAlign(words[1], words[2]);
    return true;
  }
  if (words.size() != 2) return false;
  if (words[0] == "threads") {
    RunThreads(words[1]);
  } else if (words[0] == "labels") {
    RunLabels(words[1]);
  } else if (words[0] == "diff") {
    RunDiff(words[1]);
  } else if (words[0] == "anchors") {
    RunAnchors(words[1]);
  } else {
    return false;
  }
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (words.size() == 1 && (words[0] == "--help" || words[0] == "-h")) {
    std::cout << kUsage;
    return 0;
  }
  std::ios::sync_with_stdio(false);
  try {
    if (Run(words)) return std::cout.flush() ? 0 : 2;
  } catch (const verbatim::eval::BadInput& error) {
    std::cerr << "verbatim-eval: " << error.what() << '\n';
    return 2;
  } catch (const nlohmann::json::exception& error) {
    std::cerr << "verbatim-eval: a row isn't shaped as it should be: " << error.what() << '\n';
    return 2;
  }
  std::cerr << kUsage;
  return 2;
}
