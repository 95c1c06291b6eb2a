// SPDX-License-Identifier: Apache-2.0
#include "core/plugin/unarmed.h"

#include <dlfcn.h>
#include <elf.h>
#include <link.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <optional>

namespace verbatim::plugin {
namespace {

// Added to a dynamic tag, makes one that no loader knows.
constexpr Elf64_Sxword kAside = 0x60000000;
constexpr Elf64_Sxword kInitialisers[] = {DT_INIT, DT_INIT_ARRAY, DT_INIT_ARRAYSZ};

// Of the bits of a segment's rights that are an operating system's own and that Linux passes over:
// executable in the file that this is a copy of.
constexpr Elf64_Word kWasExecutable = 0x00100000;

template <class T>
std::optional<T> Read(const std::string& bytes, uint64_t at) {
  if (at > bytes.size() || bytes.size() - at < sizeof(T)) return std::nullopt;
  T value;
  std::memcpy(&value, bytes.data() + at, sizeof(T));
  return value;
}

template <class T>
void Write(const T& value, uint64_t at, std::string* bytes) {
  std::memcpy(bytes->data() + at, &value, sizeof(T));
}

absl::Status Damaged() {
  return absl::InvalidArgumentError("its program headers lead out of the file: build it again");
}

absl::Status SetAside(const Elf64_Phdr& dynamic, std::string* bytes) {
  for (uint64_t done = 0; done < dynamic.p_filesz; done += sizeof(Elf64_Dyn)) {
    const uint64_t at = dynamic.p_offset + done;
    auto entry = Read<Elf64_Dyn>(*bytes, at);
    if (!entry) return Damaged();
    if (entry->d_tag == DT_NULL) break;
    if (std::find(std::begin(kInitialisers), std::end(kInitialisers), entry->d_tag) ==
        std::end(kInitialisers)) {
      continue;
    }
    entry->d_tag += kAside;
    Write(*entry, at, bytes);
  }
  return absl::OkStatus();
}

using Initialiser = void (*)(int, char**, char**);

// As a loader calls it: with arguments that most initialisers don't take, which a sanitizer that
// compares types would object to.
#if defined(__clang__)
__attribute__((no_sanitize("function")))
#endif
void Call(Initialiser one) {
  char name[] = "verbatim-plugin-host";
  char* arguments[] = {name, nullptr};
  one(1, arguments, environ);
}

absl::StatusOr<const link_map*> MapOf(void* handle) {
  link_map* map = nullptr;
  if (dlinfo(handle, RTLD_DI_LINKMAP, &map) == 0 && map != nullptr) return map;
  return absl::InternalError("the dynamic loader doesn't know what it loaded");
}

// Gives back, page by page of one segment, what Unarm took.
absl::Status GiveBack(const Elf64_Phdr& segment, uintptr_t base) {
  const auto page = static_cast<uintptr_t>(sysconf(_SC_PAGESIZE));
  const uintptr_t begin = (base + segment.p_vaddr) / page * page;
  const uintptr_t end = base + segment.p_vaddr + segment.p_memsz;
  int rights = PROT_EXEC;
  if ((segment.p_flags & PF_R) != 0) rights |= PROT_READ;
  if ((segment.p_flags & PF_W) != 0) rights |= PROT_WRITE;
  // An address out of the loader's own table.
  auto* const first = reinterpret_cast<void*>(begin);  // NOLINT(performance-no-int-to-ptr)
  if (mprotect(first, end - begin, rights) == 0) return absl::OkStatus();
  return base::ErrnoStatus(errno, "making a plugin's code executable");
}

struct Rearming {
  uintptr_t dynamic;  // address of its dynamic section: tells it from other libraries
  absl::Status status = absl::NotFoundError("the dynamic loader doesn't list what it loaded");
};

int Rearm(dl_phdr_info* info, size_t, void* out) {
  auto* rearming = static_cast<Rearming*>(out);
  const Elf64_Phdr* const end = info->dlpi_phdr + info->dlpi_phnum;
  const bool found = std::any_of(info->dlpi_phdr, end, [&](const Elf64_Phdr& one) {
    return one.p_type == PT_DYNAMIC && info->dlpi_addr + one.p_vaddr == rearming->dynamic;
  });
  if (!found) return 0;
  rearming->status = absl::OkStatus();
  for (const Elf64_Phdr* one = info->dlpi_phdr; one != end && rearming->status.ok(); ++one) {
    if (one->p_type == PT_LOAD && (one->p_flags & kWasExecutable) != 0)
      rearming->status = GiveBack(*one, info->dlpi_addr);
  }
  return 1;
}

}  // namespace

absl::Status Unarm(std::string* bytes) {
  const auto header = Read<Elf64_Ehdr>(*bytes, 0);
  if (!header) return Damaged();
  for (uint64_t i = 0; i < header->e_phnum; ++i) {
    const uint64_t at = header->e_phoff + i * sizeof(Elf64_Phdr);
    auto segment = Read<Elf64_Phdr>(*bytes, at);
    if (!segment) return Damaged();
    if (segment->p_type == PT_DYNAMIC) VB_RETURN_IF_ERROR(SetAside(*segment, bytes));
    if (segment->p_type != PT_LOAD) continue;
    segment->p_flags &= ~kWasExecutable;
    if ((segment->p_flags & PF_X) != 0)
      segment->p_flags = (segment->p_flags & ~Elf64_Word{PF_X}) | kWasExecutable;
    Write(*segment, at, bytes);
  }
  return absl::OkStatus();
}

absl::Status MakeExecutable(void* handle) {
  VB_ASSIGN_OR_RETURN(const link_map* map, MapOf(handle));
  Rearming rearming{reinterpret_cast<uintptr_t>(map->l_ld)};
  dl_iterate_phdr(&Rearm, &rearming);
  return rearming.status;
}

absl::Status Initialise(void* handle) {
  VB_ASSIGN_OR_RETURN(const link_map* map, MapOf(handle));
  uintptr_t first = 0;
  uintptr_t array = 0;
  size_t count = 0;
  for (const Elf64_Dyn* entry = map->l_ld; entry->d_tag != DT_NULL; ++entry) {
    if (entry->d_tag == DT_INIT + kAside) first = map->l_addr + entry->d_un.d_ptr;
    if (entry->d_tag == DT_INIT_ARRAY + kAside) array = map->l_addr + entry->d_un.d_ptr;
    if (entry->d_tag == DT_INIT_ARRAYSZ + kAside) count = entry->d_un.d_val / sizeof(Initialiser);
  }
  // Addresses out of the file's table, relocated as its loader does.
  if (first != 0) Call(reinterpret_cast<Initialiser>(first));  // NOLINT(performance-no-int-to-ptr)
  if (array == 0) return absl::OkStatus();
  const auto* const all = reinterpret_cast<const Initialiser*>(array);  // NOLINT
  for (size_t i = 0; i < count; ++i) Call(all[i]);
  return absl::OkStatus();
}

}  // namespace verbatim::plugin
