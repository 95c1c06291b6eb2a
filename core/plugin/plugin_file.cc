// SPDX-License-Identifier: Apache-2.0
#include "core/plugin/plugin_file.h"

#include <fcntl.h>
#include <link.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/base/files.h"
#include "core/base/hex.h"
#include "core/base/limits.h"
#include "core/base/sha256.h"
#include "core/plugin/elf.h"
#include "core/plugin/limits.h"
#include "fmt/format.h"
#include "verbatim/plugin_abi.h"

namespace verbatim::plugin {
namespace fs = std::filesystem;
namespace {

constexpr absl::string_view kEntryPrefix = "verbatim_plugin_v";

// The soname of the libprotobuf that this process runs with; empty when it is linked in.
std::string HostProtobuf() {
  std::string soname;
  dl_iterate_phdr(
      [](dl_phdr_info* info, size_t, void* out) {
        const fs::path path = info->dlpi_name;
        if (!absl::StartsWith(path.filename().string(), "libprotobuf.so")) return 0;
        // What lies there is often named more exactly than its soname: libprotobuf.so.32.0.12.
        std::string name = path.filename().string();
        const size_t major = name.find(".so.");
        if (major != std::string::npos)
          name.resize(std::min(name.find('.', major + 4), name.size()));
        *static_cast<std::string*>(out) = name;
        return 1;
      },
      &soname);
  return soname;
}

// Makes the checks in order and keeps what each one found.
class Inspector {
 public:
  Inspector(const fs::path& path, const Trust& trust) : path_(path), trust_(trust) {}

  Inspection Run() {
    const bool opened = Do("file", [this] { return CheckFile(); });
    Do(
        "owner", [this] { return CheckOwner(); }, opened);
    Do(
        "folder", [this] { return CheckFolder(); }, opened);
    const bool read = opened && code_ != nullptr;
    Do(
        "pin", [this] { return CheckPin(); }, read);
    const bool parsed = Do(
                            "machine", [this] { return CheckMachine(); }, read) ||
                        elf_.has_value();
    Do(
        "abi", [this] { return CheckAbi(); }, parsed);
    Do(
        "manifest", [this] { return CheckManifestSection(); }, parsed);
    Do(
        "protobuf", [this] { return CheckProtobuf(); }, parsed);
    const bool all = std::all_of(out_.checks.begin(), out_.checks.end(), [](const Check& check) {
      return check.outcome == Check::Outcome::kPassed;
    });
    if (all) {
      out_.file = PluginFile{path_, code_, out_.sha256, *out_.manifest, std::string(descriptors_)};
    }
    return std::move(out_);
  }

 private:
  template <class F>
  bool Do(std::string name, F&& check, bool possible = true) {
    if (!possible) {
      out_.checks.push_back({std::move(name), Check::Outcome::kSkipped, "not looked at"});
      return false;
    }
    const absl::StatusOr<std::string> found = check();
    out_.checks.push_back({std::move(name),
                           found.ok() ? Check::Outcome::kPassed : Check::Outcome::kFailed,
                           found.ok() ? *found : std::string(found.status().message())});
    return found.ok();
  }

  absl::StatusOr<std::string> CheckFile() {
    // O_NONBLOCK: opening a pipe or a device must not wait.
    base::Fd fd(open(path_.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (!fd.valid()) {
      return absl::InvalidArgumentError(
          fmt::format("can't be opened ({}): give the path of a plugin's .so", strerror(errno)));
    }
    if (fstat(fd.get(), &stat_) != 0) return absl::InvalidArgumentError(strerror(errno));
    if (!S_ISREG(stat_.st_mode)) {
      return absl::InvalidArgumentError("no regular file: give the path of a plugin's .so");
    }
    std::error_code ignored;
    const fs::path resolved = fs::canonical(path_, ignored);
    if (!resolved.empty()) path_ = resolved;
    absl::StatusOr<std::string> bytes =
        base::ReadToEnd(fd.get(), path_.string(), limits::kPluginBytesMax);
    if (!bytes.ok()) return bytes.status();
    code_ = std::make_shared<const std::string>(*std::move(bytes));
    out_.sha256 = base::ToString(base::Sha256(*code_));
    return fmt::format("a regular file of {} bytes", code_->size());
  }

  absl::StatusOr<std::string> CheckOwner() const {
    if (stat_.st_uid != geteuid() && stat_.st_uid != 0) {
      return absl::PermissionDeniedError(
          fmt::format("belongs to user {}, verbatim runs as user {}: copy it to a file of your own",
                      stat_.st_uid, geteuid()));
    }
    const unsigned mode = stat_.st_mode & 07777U;
    if ((mode & 0022U) != 0) {
      return absl::PermissionDeniedError(
          fmt::format("mode {:04o} lets others write it, verbatim wants neither group nor others "
                      "to: chmod go-w {}",
                      mode, path_.string()));
    }
    return fmt::format("user {}, mode {:04o}", stat_.st_uid, mode);
  }

  absl::StatusOr<std::string> CheckFolder() const {
    if (trust_.folders.empty()) return "any folder is allowed here";
    std::vector<std::string> names;
    for (const fs::path& folder : trust_.folders) {
      std::error_code error;
      const fs::path allowed = fs::canonical(folder, error);
      names.push_back(folder.string());
      if (error) continue;
      const auto [end, ignored] =
          std::mismatch(allowed.begin(), allowed.end(), path_.begin(), path_.end());
      if (end == allowed.end()) return allowed.string();
    }
    return absl::PermissionDeniedError(
        fmt::format("lies in {}, plugins are loaded from {}: verbatim plugin install {}",
                    path_.parent_path().string(), absl::StrJoin(names, ", "), path_.string()));
  }

  absl::StatusOr<std::string> CheckPin() const {
    const std::string found = base::ToHex(out_.sha256);
    if (!trust_.pinned_sha256) return fmt::format("sha256 {}, not pinned", found);
    if (out_.sha256 != *trust_.pinned_sha256) {
      return absl::FailedPreconditionError(
          fmt::format("sha256 is {}, the archive pins {}: put the pinned build back, or "
                      "`verbatim plugin upgrade` to this one",
                      found, base::ToHex(*trust_.pinned_sha256)));
    }
    return fmt::format("sha256 {}, as pinned", found);
  }

  absl::StatusOr<std::string> CheckMachine() {
    absl::StatusOr<Elf> elf = ParseElf(*code_);
    if (!elf.ok()) {
      return absl::InvalidArgumentError(
          absl::StrCat(elf.status().message(), "; build it again, or copy it again"));
    }
    elf_ = *std::move(elf);
    if (elf_->machine != HostMachine()) {
      return absl::FailedPreconditionError(
          fmt::format("built for {}, this verbatim runs on {}: build the plugin on this machine",
                      MachineName(elf_->machine), MachineName(HostMachine())));
    }
    return MachineName(elf_->machine);
  }

  absl::StatusOr<std::string> CheckAbi() const {
    std::vector<std::string> spoken;
    for (const std::string& name : elf_->exported) {
      if (name == VERBATIM_ENTRY_SYMBOL) return fmt::format("ABI {}", VERBATIM_ABI_VERSION);
      if (absl::StartsWith(name, kEntryPrefix)) spoken.push_back(name.substr(kEntryPrefix.size()));
    }
    if (spoken.empty()) {
      return absl::FailedPreconditionError(fmt::format(
          "exports no {}, which every plugin of this verbatim does: this is no verbatim plugin, "
          "or VERBATIM_PLUGIN(...) is missing from its sources",
          VERBATIM_ENTRY_SYMBOL));
    }
    return absl::FailedPreconditionError(
        fmt::format("speaks ABI {}, this verbatim speaks {}: build it against this verbatim, or "
                    "use the verbatim that it was built for",
                    absl::StrJoin(spoken, ", "), VERBATIM_ABI_VERSION));
  }

  absl::StatusOr<std::string> CheckManifestSection() {
    const auto embedded = elf_->sections.find(VERBATIM_MANIFEST_SECTION);
    const auto descriptors = elf_->sections.find(VERBATIM_DESCRIPTORS_SECTION);
    if (embedded == elf_->sections.end() || descriptors == elf_->sections.end()) {
      return absl::FailedPreconditionError(
          "has no manifest in it: build it with verbatim_add_plugin(), and don't strip its "
          "sections");
    }
    if (embedded->second.size() > limits::kManifestBytesMax ||
        descriptors->second.size() > limits::kDescriptorsBytesMax) {
      return absl::FailedPreconditionError(
          fmt::format("its manifest takes {} bytes and its descriptors {}, at most {} and {} are "
                      "read: describe "
                      "less, or in several plugins",
                      embedded->second.size(), descriptors->second.size(),
                      limits::kManifestBytesMax, limits::kDescriptorsBytesMax));
    }
    v1::PluginManifest manifest;
    if (!manifest.ParseFromArray(embedded->second.data(),
                                 static_cast<int>(embedded->second.size()))) {
      return absl::FailedPreconditionError("its manifest does not parse: build it again");
    }
    out_.manifest = manifest;
    descriptors_ = descriptors->second;
    VB_RETURN_IF_ERROR(CheckManifest(manifest, descriptors_));
    return fmt::format("{} {}", manifest.name(), manifest.version());
  }

  absl::StatusOr<std::string> CheckProtobuf() const {
    const std::string host = HostProtobuf();
    for (const std::string& needed : elf_->needed) {
      if (!absl::StartsWith(needed, "libprotobuf") || needed == host) continue;
      return absl::FailedPreconditionError(fmt::format(
          "linked with {}, this verbatim runs with {}: build the plugin with the protobuf that "
          "verbatim was built with",
          needed, host.empty() ? "one of its own" : host));
    }
    return host.empty() ? "none shared" : host;
  }

  fs::path path_;
  const Trust& trust_;
  struct stat stat_ = {};
  std::shared_ptr<const std::string> code_;
  std::optional<Elf> elf_;  // borrows code_
  std::string_view descriptors_;
  Inspection out_;
};

}  // namespace

absl::Status Inspection::status() const {
  for (const Check& check : checks) {
    if (check.outcome != Check::Outcome::kFailed) continue;
    if (check.name == "file") return absl::NotFoundError(check.message);
    if (check.name == "owner" || check.name == "folder") {
      return absl::PermissionDeniedError(check.message);
    }
    return absl::FailedPreconditionError(check.message);
  }
  return absl::OkStatus();
}

Inspection Inspect(const fs::path& path, const Trust& trust) {
  return Inspector(path, trust).Run();
}

absl::StatusOr<PluginFile> ReadPlugin(const fs::path& path, const Trust& trust) {
  Inspection inspection = Inspect(path, trust);
  if (inspection.ok()) return *std::move(inspection.file);
  return base::WithContext(inspection.status(), "plugin " + path.string());
}

fs::path BuiltinPluginFolder() {
  return (base::ProgramFolder() / ".." / "lib" / "verbatim" / "plugins").lexically_normal();
}

}  // namespace verbatim::plugin
