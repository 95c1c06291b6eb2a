// SPDX-License-Identifier: Apache-2.0
// The only file that knows Boost.DLL.
#include "core/plugin/loader.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <boost/dll/shared_library.hpp>
#include <cerrno>
#include <exception>
#include <functional>
#include <mutex>
#include <utility>
#include <vector>

#include "core/plugin/unarmed.h"
#include "fmt/format.h"

namespace verbatim::plugin {
namespace {

absl::Status WriteAll(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t wrote = write(fd, bytes.data(), bytes.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) return base::ErrnoStatus(errno, "copying a plugin into memory");
    bytes.remove_prefix(static_cast<size_t>(wrote));
  }
  return absl::OkStatus();
}

// What every plugin's constant must be before a field of it is followed.
absl::Status CheckEntry(const vb_plugin& entry) {
  if (entry.struct_size < sizeof(vb_plugin) || entry.abi_version != VERBATIM_ABI_VERSION) {
    return absl::FailedPreconditionError(fmt::format(
        "its {} says ABI {} in {} bytes, this verbatim speaks {} in {}: build the plugin again",
        VERBATIM_ENTRY_SYMBOL, entry.abi_version, entry.struct_size, VERBATIM_ABI_VERSION,
        sizeof(vb_plugin)));
  }
  if (entry.annotator == nullptr || entry.view == nullptr || entry.manifest_begin == nullptr ||
      std::less<>()(entry.manifest_end, entry.manifest_begin)) {
    return absl::FailedPreconditionError(
        "its entry lacks functions or its manifest: build it with "
        "verbatim_add_plugin()");
  }
  return absl::OkStatus();
}

// Destroying a library would unload it; these never are.
void Keep(boost::dll::shared_library library) {
  static std::mutex mutex;
  static auto* const kept = new std::vector<boost::dll::shared_library>;
  const std::lock_guard lock(mutex);
  kept->push_back(std::move(library));
}

absl::StatusOr<LoadedPlugin> Load(const std::string& path, const std::string& name, bool unarmed) {
  namespace dll = boost::dll;
  try {
    dll::shared_library library;
    library.load(path, dll::load_mode::rtld_now | dll::load_mode::rtld_local);
    const auto* entry = &library.get<const vb_plugin>(VERBATIM_ENTRY_SYMBOL);
    void* const handle = unarmed ? library.native() : nullptr;
    Keep(std::move(library));
    VB_RETURN_IF_ERROR(base::WithContext(CheckEntry(*entry), "plugin " + name));
    if (unarmed) VB_RETURN_IF_ERROR(MakeExecutable(handle));
    return LoadedPlugin(entry, handle);
  } catch (const std::exception& e) {
    return absl::FailedPreconditionError(fmt::format(
        "plugin {} can't be loaded ({}): a library that it was built with is missing or another",
        name, e.what()));
  }
}

template <class Role>
absl::StatusOr<const Role*> Found(const Role* role, std::string_view kind, std::string_view name,
                                  bool complete) {
  if (role == nullptr) {
    return absl::NotFoundError(
        fmt::format("its manifest names {} {}, VERBATIM_PLUGIN(...) doesn't", kind, name));
  }
  if (!complete) {
    return absl::FailedPreconditionError(
        fmt::format("{} {} lacks functions that ABI {} has", kind, name, VERBATIM_ABI_VERSION));
  }
  return role;
}

}  // namespace

absl::Status LoadedPlugin::Initialise() const {
  return handle_ == nullptr ? absl::OkStatus() : plugin::Initialise(handle_);
}

absl::StatusOr<const vb_annotator*> LoadedPlugin::Annotator(std::string_view name) const {
  const vb_annotator* role = plugin_->annotator({name.data(), name.size()});
  return Found(role, "annotator", name,
               role != nullptr && role->struct_size >= sizeof(vb_annotator) &&
                   role->create != nullptr && role->destroy != nullptr &&
                   role->annotate != nullptr);
}

absl::StatusOr<const vb_view*> LoadedPlugin::View(std::string_view name) const {
  const vb_view* role = plugin_->view({name.data(), name.size()});
  return Found(role, "view", name,
               role != nullptr && role->struct_size >= sizeof(vb_view) && role->create != nullptr &&
                   role->destroy != nullptr && role->apply != nullptr);
}

std::string_view LoadedPlugin::manifest() const {
  const auto* begin = static_cast<const char*>(plugin_->manifest_begin);
  const auto* end = static_cast<const char*>(plugin_->manifest_end);
  return {begin, static_cast<size_t>(end - begin)};
}

absl::StatusOr<base::Fd> SealedCopy(const PluginFile& file) {
  base::Fd fd(memfd_create(file.manifest.name().c_str(), MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (!fd.valid()) return base::ErrnoStatus(errno, "making room for a plugin in memory");
  // Reserved first: memory that runs out while it is written to would be a SIGBUS.
  const int error = posix_fallocate(fd.get(), 0, static_cast<off_t>(file.code->size()));
  if (error != 0) return base::ErrnoStatus(error, "making room for a plugin in memory");
  std::string code = *file.code;
  VB_RETURN_IF_ERROR(base::WithContext(Unarm(&code), "plugin " + file.manifest.name()));
  VB_RETURN_IF_ERROR(WriteAll(fd.get(), code));
  if (fcntl(fd.get(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) != 0) {
    return base::ErrnoStatus(errno, "sealing a plugin in memory");
  }
  return fd;
}

absl::StatusOr<LoadedPlugin> LoadSealed(base::Fd sealed, const std::string& name) {
  const int fd = sealed.Release();
  return Load(fmt::format("/proc/self/fd/{}", fd), name, /*unarmed=*/true);
}

absl::StatusOr<LoadedPlugin> LoadFromPath(const PluginFile& file) {
  return Load(file.path.string(), file.manifest.name(), /*unarmed=*/false);
}

}  // namespace verbatim::plugin
