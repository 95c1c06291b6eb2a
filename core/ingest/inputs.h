// SPDX-License-Identifier: Apache-2.0
// What stands behind the names on a command line: files, folders walked in order of name, standard
// input.
#ifndef VERBATIM_CORE_INGEST_INPUTS_H_
#define VERBATIM_CORE_INGEST_INPUTS_H_

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/status.h"

namespace verbatim::ingest {

struct Input {
  std::filesystem::path path;  // "-" is standard input
  // As it is printed and kept: what is no UTF-8 in it as \xFF.
  std::string name() const;
};

// In the order given, a folder's files sorted by name, folders within walked in place. Hidden
// files, and links and special files found in a walk, are left out. A name that doesn't exist stays
// in the list: reading it says so, and the rest goes in.
std::vector<Input> ListInputs(const std::vector<std::string>& names);

// The bytes, expanded when they are gzip. Errors begin with the word that scripts rely on:
// "unreadable", "not-regular", "too-large", "truncated-gzip", "damaged-gzip".
absl::StatusOr<std::string> ReadInput(const Input& input);

}  // namespace verbatim::ingest

#endif  // VERBATIM_CORE_INGEST_INPUTS_H_
