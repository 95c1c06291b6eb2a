// SPDX-License-Identifier: Apache-2.0
#include "tools/plugin_host/landlock.h"

#include <fcntl.h>
#include <link.h>
#include <linux/landlock.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "core/plugin/containment.h"

namespace verbatim::plugin_host {
namespace {

namespace fs = std::filesystem;

// As the kernel of version 6 of Landlock takes it; an older one is told of the fields that it
// knows. The header of the oldest supported system ends after the first.
struct RulesetAttributes {
  uint64_t files;
  uint64_t network;
  uint64_t scopes;
};

// Everything that a version can forbid: bits are added at the end.
struct Rights {
  RulesetAttributes all = {};
  size_t size = 0;  // of the fields that it knows
};

Rights RightsOf(int version) {
  Rights rights;
  const unsigned file_bits = version >= 5 ? 16 : version >= 3 ? 15 : version == 2 ? 14 : 13;
  rights.all.files = (uint64_t{1} << file_bits) - 1;
  rights.size = sizeof(uint64_t);
  if (version >= 4) {
    rights.all.network = 0b11;  // to bind and to connect TCP
    rights.size = 2 * sizeof(uint64_t);
  }
  if (version >= 6) {
    rights.all.scopes = 0b11;  // abstract sockets and signals of others
    rights.size = 3 * sizeof(uint64_t);
  }
  return rights;
}

absl::StatusOr<base::Fd> MakeRuleset(const Rights& rights) {
  const long fd = syscall(SYS_landlock_create_ruleset, &rights.all, rights.size, 0);
  if (fd < 0) return base::ErrnoStatus(errno, "sandbox: making a Landlock ruleset");
  return base::Fd(static_cast<int>(fd));
}

// What isn't there needs no rule.
absl::Status AllowReading(const base::Fd& ruleset, const std::string& path) {
  const base::Fd opened(open(path.c_str(), O_PATH | O_CLOEXEC));
  if (!opened.valid()) return absl::OkStatus();
  landlock_path_beneath_attr rule = {};
  rule.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE;
  rule.parent_fd = opened.get();
  if (syscall(SYS_landlock_add_rule, ruleset.get(), LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0)
    return absl::OkStatus();
  return base::ErrnoStatus(errno, "sandbox: a Landlock rule for " + path);
}

std::set<std::string> LibraryFolders() {
  std::set<std::string> folders = {"/lib",       "/lib64",         "/usr/lib",
                                   "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache"};
  if (const char* path = std::getenv("LD_LIBRARY_PATH"); path != nullptr) {
    std::string_view rest = path;
    while (!rest.empty()) {
      const std::string_view folder = rest.substr(0, rest.find(':'));
      rest.remove_prefix(std::min(rest.size(), folder.size() + 1));
      if (!folder.empty()) folders.emplace(folder);
    }
  }
  dl_iterate_phdr(
      [](dl_phdr_info* info, size_t, void* out) {
        const fs::path library = info->dlpi_name;
        if (library.is_absolute())
          static_cast<std::set<std::string>*>(out)->insert(library.parent_path().string());
        return 0;
      },
      &folders);
  // A library beside the root would open all of it.
  folders.erase("/");
  return folders;
}

absl::Status Restrict(const base::Fd& ruleset) {
  if (!ruleset.valid()) return absl::OkStatus();
  if (syscall(SYS_landlock_restrict_self, ruleset.get(), 0) == 0) return absl::OkStatus();
  return base::ErrnoStatus(errno, "sandbox: Landlock");
}

}  // namespace

absl::StatusOr<Landlock> Landlock::Make() {
  const int version = plugin::LandlockVersion();
  if (version == 0) return Landlock(base::Fd(), base::Fd());
  const Rights rights = RightsOf(version);
  VB_ASSIGN_OR_RETURN(base::Fd libraries, MakeRuleset(rights));
  for (const std::string& folder : LibraryFolders())
    VB_RETURN_IF_ERROR(AllowReading(libraries, folder));
  VB_ASSIGN_OR_RETURN(base::Fd nothing, MakeRuleset(rights));
  return Landlock(std::move(libraries), std::move(nothing));
}

absl::Status Landlock::LeaveLibraries() const { return Restrict(libraries_); }
absl::Status Landlock::LeaveNothing() const { return Restrict(nothing_); }

}  // namespace verbatim::plugin_host
