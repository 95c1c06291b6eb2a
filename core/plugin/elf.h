// SPDX-License-Identifier: Apache-2.0
// Reads a shared object's tables from its bytes, without loading it and without trusting it: every
// number in the file is checked against the file's size before it is followed.
#ifndef VERBATIM_CORE_PLUGIN_ELF_H_
#define VERBATIM_CORE_PLUGIN_ELF_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/status.h"

namespace verbatim::plugin {

// What an ELF64 little-endian shared object says of itself. Views borrow the bytes parsed.
struct Elf {
  uint16_t machine = 0;                              // e_machine
  std::map<std::string, std::string_view> sections;  // by name; the first of a name
  std::vector<std::string> exported;                 // defined, global names of .dynsym
  std::vector<std::string> needed;                   // DT_NEEDED
};

// kInvalidArgument, naming what is wrong, for anything but a whole shared object: a part of a file,
// an executable, another word size or byte order. A machine other than this one's is no error.
absl::StatusOr<Elf> ParseElf(std::string_view bytes);

// "x86-64", "AArch64", else "machine 243".
std::string MachineName(uint16_t machine);

// e_machine of the machine that this was built for.
uint16_t HostMachine();

}  // namespace verbatim::plugin

#endif  // VERBATIM_CORE_PLUGIN_ELF_H_
