// SPDX-License-Identifier: Apache-2.0
// What can be known of a plugin without running any of it. A file is read once, whole; every check,
// the digest and what is loaded later are of those very bytes.
//
//   Inspection inspection = Inspect(path, trust);
//   for (const Check& check : inspection.checks) Print(check);      // verbatim plugin check
//   if (inspection.ok()) Use(*inspection.file);
#ifndef VERBATIM_CORE_PLUGIN_PLUGIN_FILE_H_
#define VERBATIM_CORE_PLUGIN_PLUGIN_FILE_H_

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/status.h"
#include "verbatim/v1/plugin.pb.h"

namespace verbatim::plugin {

// A plugin whose every check passed. Copies share the bytes.
struct PluginFile {
  std::filesystem::path path;               // as it was found, symbolic links resolved
  std::shared_ptr<const std::string> code;  // the whole file
  std::string sha256;                       // 32 bytes, of `code`
  v1::PluginManifest manifest;
  std::string descriptors;  // google.protobuf.FileDescriptorSet, with its imports, as embedded
};

// What a plugin has to satisfy beyond being well-formed.
struct Trust {
  // Folders (and those below) that plugins may come from; empty: any.
  std::vector<std::filesystem::path> folders = {};
  // 32 bytes that the file's digest must equal; nothing: not pinned yet.
  std::optional<std::string> pinned_sha256 = {};
};

// One check, in the order that they are made: file, owner, folder, pin, machine, abi, manifest,
// protobuf.
struct Check {
  enum class Outcome { kPassed, kFailed, kSkipped };  // skipped: one before it left nothing to read
  std::string name;
  Outcome outcome;
  std::string message;  // what was found; when failed, both sides and the way out
};

struct Inspection {
  std::vector<Check> checks;                   // all of them, always
  std::optional<PluginFile> file;              // when every check passed
  std::string sha256;                          // 32 bytes, when the file could be read
  std::optional<v1::PluginManifest> manifest;  // when there is one that parses, trusted or not
  bool ok() const { return file.has_value(); }
  // The first failure: kNotFound, kPermissionDenied or kFailedPrecondition, with the file's name.
  absl::Status status() const;
};

// Runs none of the plugin's code. Thread-safe.
Inspection Inspect(const std::filesystem::path& path, const Trust& trust = {});

// The same, and the first failure as a status.
absl::StatusOr<PluginFile> ReadPlugin(const std::filesystem::path& path, const Trust& trust = {});

// Every rule that a manifest has to keep beyond being one; `descriptors` as embedded. The message
// names the field.
absl::Status CheckManifest(const v1::PluginManifest& manifest, std::string_view descriptors);

// What plugins, annotators, views and tables are called: [a-z][a-z0-9_]{0,31}.
bool IsName(std::string_view name);

// Where the tool finds its built-in plugins: ../lib/verbatim/plugins from its program.
std::filesystem::path BuiltinPluginFolder();

}  // namespace verbatim::plugin

#endif  // VERBATIM_CORE_PLUGIN_PLUGIN_FILE_H_
