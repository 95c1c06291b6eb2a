// SPDX-License-Identifier: Apache-2.0
#include "core/plugin/elf.h"

#include <elf.h>

#include <cstring>
#include <optional>

#include "core/base/limits.h"
#include "fmt/format.h"

namespace verbatim::plugin {
namespace {

// A T at `at`, copied out (tables may be unaligned), or nothing when it isn't wholly in the file.
template <class T>
std::optional<T> At(std::string_view bytes, uint64_t at) {
  if (at > bytes.size() || bytes.size() - at < sizeof(T)) return std::nullopt;
  T value;
  std::memcpy(&value, bytes.data() + at, sizeof(T));
  return value;
}

std::optional<std::string_view> Range(std::string_view bytes, uint64_t at, uint64_t size) {
  if (at > bytes.size() || bytes.size() - at < size) return std::nullopt;
  return bytes.substr(at, size);
}

// The zero-terminated name at `at` of a string table; nothing when it runs out of the table.
std::optional<std::string> NameAt(std::string_view table, uint64_t at) {
  if (at >= table.size()) return std::nullopt;
  const size_t end = table.find('\0', at);
  if (end == std::string_view::npos) return std::nullopt;
  return std::string(table.substr(at, end - at));
}

absl::Status Broken(std::string_view what) {
  return absl::InvalidArgumentError(fmt::format("{}: the file is damaged or not whole", what));
}

absl::Status CheckHeader(const Elf64_Ehdr& header) {
  if (std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0) {
    return absl::InvalidArgumentError("no ELF file");
  }
  if (header.e_ident[EI_CLASS] != ELFCLASS64 || header.e_ident[EI_DATA] != ELFDATA2LSB) {
    return absl::InvalidArgumentError("an ELF file, but not of 64 bits and little-endian");
  }
  if (header.e_type != ET_DYN) {
    return absl::InvalidArgumentError("an ELF file, but no shared object");
  }
  if (header.e_phentsize != sizeof(Elf64_Phdr) || header.e_shentsize != sizeof(Elf64_Shdr)) {
    return Broken("table entries of an unknown size");
  }
  return absl::OkStatus();
}

// The loader maps these without looking: one beyond the end of the file would be a SIGBUS.
absl::Status CheckSegments(std::string_view bytes, const Elf64_Ehdr& header) {
  for (uint64_t i = 0; i < header.e_phnum; ++i) {
    const auto segment = At<Elf64_Phdr>(bytes, header.e_phoff + i * sizeof(Elf64_Phdr));
    if (!segment) return Broken("program headers beyond the end");
    if (segment->p_type == PT_LOAD && !Range(bytes, segment->p_offset, segment->p_filesz)) {
      return Broken("a segment beyond the end");
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Elf64_Shdr>> ReadSections(std::string_view bytes,
                                                     const Elf64_Ehdr& header) {
  std::vector<Elf64_Shdr> sections;
  for (uint64_t i = 0; i < header.e_shnum; ++i) {
    const auto section = At<Elf64_Shdr>(bytes, header.e_shoff + i * sizeof(Elf64_Shdr));
    if (!section) return Broken("section headers beyond the end");
    if (section->sh_type != SHT_NOBITS && !Range(bytes, section->sh_offset, section->sh_size)) {
      return Broken("a section beyond the end");
    }
    sections.push_back(*section);
  }
  return sections;
}

// The contents of a section that ReadSections accepted.
std::string_view Contents(std::string_view bytes, const Elf64_Shdr& section) {
  if (section.sh_type == SHT_NOBITS) return {};
  return bytes.substr(section.sh_offset, section.sh_size);
}

absl::Status ReadSymbols(std::string_view table, std::string_view names, Elf& elf) {
  for (uint64_t at = 0; at + sizeof(Elf64_Sym) <= table.size(); at += sizeof(Elf64_Sym)) {
    const auto symbol = At<Elf64_Sym>(table, at);
    const unsigned binding = ELF64_ST_BIND(symbol->st_info);
    if (symbol->st_shndx == SHN_UNDEF || (binding != STB_GLOBAL && binding != STB_WEAK)) continue;
    auto name = NameAt(names, symbol->st_name);
    if (!name) return Broken("a symbol without a name");
    elf.exported.push_back(*std::move(name));
  }
  return absl::OkStatus();
}

absl::Status ReadNeeded(std::string_view table, std::string_view names, Elf& elf) {
  for (uint64_t at = 0; at + sizeof(Elf64_Dyn) <= table.size(); at += sizeof(Elf64_Dyn)) {
    const auto entry = At<Elf64_Dyn>(table, at);
    if (entry->d_tag == DT_NULL) break;
    if (entry->d_tag != DT_NEEDED) continue;
    auto name = NameAt(names, entry->d_un.d_val);
    if (!name) return Broken("a needed library without a name");
    elf.needed.push_back(*std::move(name));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Elf> ParseElf(std::string_view bytes) {
  const auto header = At<Elf64_Ehdr>(bytes, 0);
  if (!header) return absl::InvalidArgumentError("no ELF file: it is too short");
  VB_RETURN_IF_ERROR(CheckHeader(*header));
  VB_RETURN_IF_ERROR(CheckSegments(bytes, *header));
  VB_ASSIGN_OR_RETURN(const std::vector<Elf64_Shdr> sections, ReadSections(bytes, *header));
  if (header->e_shstrndx >= sections.size()) return Broken("no section names");

  Elf elf;
  elf.machine = header->e_machine;
  const std::string_view names = Contents(bytes, sections[header->e_shstrndx]);
  for (const Elf64_Shdr& section : sections) {
    auto name = NameAt(names, section.sh_name);
    if (!name) return Broken("a section without a name");
    elf.sections.emplace(*std::move(name), Contents(bytes, section));
    if (section.sh_type != SHT_DYNSYM && section.sh_type != SHT_DYNAMIC) continue;
    if (section.sh_link >= sections.size()) return Broken("a table without names");
    const std::string_view strings = Contents(bytes, sections[section.sh_link]);
    VB_RETURN_IF_ERROR(section.sh_type == SHT_DYNSYM
                           ? ReadSymbols(Contents(bytes, section), strings, elf)
                           : ReadNeeded(Contents(bytes, section), strings, elf));
    if (elf.exported.size() > limits::kPluginSymbolsMax) return Broken("too many symbols");
  }
  return elf;
}

std::string MachineName(uint16_t machine) {
  switch (machine) {
    case EM_X86_64:
      return "x86-64";
    case EM_AARCH64:
      return "AArch64";
    case EM_RISCV:
      return "RISC-V";
    case EM_PPC64:
      return "PowerPC64";
    case EM_S390:
      return "S/390";
    default:
      return fmt::format("machine {}", machine);
  }
}

uint16_t HostMachine() {
#if defined(__x86_64__)
  return EM_X86_64;
#elif defined(__aarch64__)
  return EM_AARCH64;
#elif defined(__riscv)
  return EM_RISCV;
#elif defined(__powerpc64__)
  return EM_PPC64;
#elif defined(__s390x__)
  return EM_S390;
#else
#error "name this machine for core/plugin"
#endif
}

}  // namespace verbatim::plugin
