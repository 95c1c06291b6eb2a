// SPDX-License-Identifier: Apache-2.0
#include "tools/verbatim/confirm.h"

#include <unistd.h>

#include <iostream>
#include <string>

#include "absl/strings/str_cat.h"
#include "fmt/format.h"

namespace verbatim::tool {

absl::StatusOr<bool> Confirmed(std::string_view question, bool yes) {
  if (yes) return true;
  if (::isatty(STDIN_FILENO) != 1) {
    return absl::InvalidArgumentError(absl::StrCat(
        std::string(question), "? There is no terminal to ask at: --yes answers, --dry-run lists"));
  }
  fmt::print(stderr, "{}? [y/N] ", question);
  std::string answer;
  std::getline(std::cin, answer);
  if (answer == "y" || answer == "Y" || answer == "yes") return true;
  fmt::print(stderr, "nothing was changed\n");
  return false;
}

}  // namespace verbatim::tool
