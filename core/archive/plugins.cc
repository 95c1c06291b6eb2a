// SPDX-License-Identifier: Apache-2.0
#include "core/archive/plugins.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "core/annotate/annotator.h"
#include "core/archive/view_trouble.h"
#include "core/base/files.h"
#include "core/base/sha256.h"

namespace verbatim::archive {
namespace fs = std::filesystem;
namespace {

absl::Status CheckNamesAreFree(const Catalog& catalog, const v1::PluginManifest& manifest) {
  for (const v1::ViewManifest& view : manifest.views()) {
    const InstalledPlugin* other = catalog.PluginOfView(view.name());
    if (other != nullptr && other->name() != manifest.name()) {
      return absl::FailedPreconditionError(absl::StrCat(
          "plugin ", manifest.name(), " offers a view '", view.name(), "', and so does plugin ",
          other->name(), " of this archive: remove that one, or rename the view"));
    }
  }
  return absl::OkStatus();
}

void AddAnnotators(const v1::PluginManifest& manifest,
                   std::vector<annotate::Annotator>& annotators) {
  for (const v1::AnnotatorManifest& annotator : manifest.annotators()) {
    annotators.emplace_back().plugin = manifest.name();
    annotators.back().manifest = annotator;
  }
}

// Annotators that cannot be put in order would stop every ingest.
absl::Status CheckOrder(const Catalog& catalog, const v1::PluginManifest& added) {
  std::vector<annotate::Annotator> annotators;
  for (const auto& [name, plugin] : catalog.plugins()) {
    if (name != added.name()) AddAnnotators(plugin.pin.manifest(), annotators);
  }
  AddAnnotators(added, annotators);
  return annotate::InOrder(annotators).status();
}

// The body types that the plugin proposes and that no event has registered yet.
v1::SchemaRegistered NewSchemas(const Archive& archive, const plugin::PluginFile& file) {
  v1::SchemaRegistered event;
  for (const v1::AnnotatorManifest& annotator : file.manifest.annotators()) {
    for (const std::string& type : annotator.produces()) {
      if (!archive.catalog().registered_types().contains(type)) event.add_types(type);
    }
  }
  return event;
}

}  // namespace

fs::path BuiltinFolder(const Options& options) {
  return options.builtin_plugins.empty() ? plugin::BuiltinPluginFolder() : options.builtin_plugins;
}

absl::Status PinBuiltins(Archive& archive) {
  for (const std::string_view name : kBuiltinPlugins) {
    if (archive.catalog().Plugin(name) != nullptr) continue;
    const fs::path file = BuiltinFolder(archive.options()) / absl::StrCat(std::string(name), ".so");
    VB_RETURN_IF_ERROR(InstallPlugin(archive, file, /*builtin=*/true).status());
  }
  return absl::OkStatus();
}

absl::StatusOr<PinnedPlugin> InstallPlugin(Archive& archive, const fs::path& path, bool builtin) {
  VB_ASSIGN_OR_RETURN(const plugin::PluginFile file, plugin::ReadPlugin(path));
  VB_RETURN_IF_ERROR(CheckNamesAreFree(archive.catalog(), file.manifest));
  VB_RETURN_IF_ERROR(CheckOrder(archive.catalog(), file.manifest));
  v1::PluginPinned pin;
  *pin.mutable_manifest() = file.manifest;
  pin.set_code_sha256(file.sha256);
  pin.set_builtin(builtin);
  pin.set_file(Layout::PluginFileName(file.manifest.name(), file.sha256));
  // The copy first: a pin is never without its file. One that lies there may have been altered.
  const fs::path copy = archive.layout().plugin(pin.file());
  VB_RETURN_IF_ERROR(base::WriteFileAtomically(copy, *file.code));
  const InstalledPlugin* before = archive.catalog().Plugin(file.manifest.name());
  if (before != nullptr && before->pin.code_sha256() == file.sha256) {
    return PinnedPlugin{before->pin, /*before=*/true};
  }

  const article::EventMaker maker = archive.Events();
  std::vector<log::NewEvent> events;
  v1::SchemaRegistered schemas = NewSchemas(archive, file);
  if (schemas.types_size() > 0) {
    VB_ASSIGN_OR_RETURN(*schemas.mutable_descriptors(), schema::Normalise(file.descriptors));
    schemas.set_descriptors_sha256(base::ToString(base::Sha256(schemas.descriptors())));
    VB_ASSIGN_OR_RETURN(events.emplace_back(), maker.Make(kArchiveStream, schemas));
  }
  VB_ASSIGN_OR_RETURN(events.emplace_back(), maker.Make(kArchiveStream, pin));
  VB_RETURN_IF_ERROR(archive.AppendToCatalog(std::move(events)));
  return PinnedPlugin{std::move(pin), /*before=*/false};
}

absl::StatusOr<plugin::PluginFile> OpenPinned(const Archive& archive,
                                              const InstalledPlugin& installed) {
  plugin::Trust trust;
  trust.folders = {archive.layout().plugins()};
  trust.pinned_sha256 = installed.pin.code_sha256();
  auto file = plugin::ReadPlugin(archive.layout().plugin(installed.pin.file()), trust);
  if (file.ok()) return file;
  return base::WithContext(file.status(), absl::StrCat("plugin ", installed.name()));
}

absl::Status NoSuchPlugin(const Archive& archive, std::string_view name) {
  std::string names;
  for (const auto& [known, plugin] : archive.catalog().plugins())
    absl::StrAppend(&names, " ", known);
  return absl::NotFoundError(
      absl::StrCat("this archive has no plugin ", std::string(name), "; it has", names));
}

absl::Status ChangeState(Archive& archive, std::string_view name,
                         v1::PluginStateChanged::State state, std::string_view reason,
                         const article::EventMaker& maker) {
  const InstalledPlugin* plugin = archive.catalog().Plugin(name);
  if (plugin == nullptr) return NoSuchPlugin(archive, name);
  if (state == v1::PluginStateChanged::STATE_RELEASED) {
    for (const v1::ViewManifest& view : plugin->pin.manifest().views())
      ForgetTrouble(archive.layout().view(view.name()));
  }
  v1::PluginStateChanged event;
  event.set_plugin(std::string(name));
  event.set_state(state);
  event.set_reason(std::string(reason));
  std::vector<log::NewEvent> events(1);
  VB_ASSIGN_OR_RETURN(events[0], maker.Make(kArchiveStream, event));
  return archive.AppendToCatalog(std::move(events));
}

std::vector<std::string> OutdatedBuiltins(const Archive& archive) {
  std::vector<std::string> outdated;
  for (const std::string_view name : kBuiltinPlugins) {
    const InstalledPlugin* installed = archive.catalog().Plugin(name);
    if (installed == nullptr || !installed->pin.builtin()) continue;
    const auto beside = plugin::ReadPlugin(BuiltinFolder(archive.options()) /
                                           absl::StrCat(std::string(name), ".so"));
    if (beside.ok() && beside->sha256 != installed->pin.code_sha256()) outdated.emplace_back(name);
  }
  return outdated;
}

}  // namespace verbatim::archive
