// SPDX-License-Identifier: Apache-2.0
// The rules of a manifest. Each message names the field and what would be right.
#include <google/protobuf/descriptor.pb.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "core/base/limits.h"
#include "core/plugin/plugin_file.h"
#include "fmt/format.h"

namespace verbatim::plugin {
namespace {

using google::protobuf::DescriptorProto;
using google::protobuf::FileDescriptorProto;
using google::protobuf::FileDescriptorSet;

absl::Status Wrong(std::string_view field, std::string_view why) {
  return absl::FailedPreconditionError(fmt::format("manifest: {}: {}", field, why));
}

// MAJOR.MINOR.PATCH, each a number, then anything that begins with - or +.
bool IsVersion(std::string_view version) {
  const size_t end = version.find_first_of("-+");
  const std::vector<std::string> parts = absl::StrSplit(std::string(version.substr(0, end)), '.');
  return version.size() <= 64 && parts.size() == 3 &&
         std::all_of(parts.begin(), parts.end(), [](const std::string& part) {
           return !part.empty() && part.size() < 10 &&
                  part.find_first_not_of("0123456789") == std::string::npos;
         });
}

void AddTypes(const DescriptorProto& message, const std::string& scope,
              std::set<std::string>& types) {
  const std::string name = scope.empty() ? message.name() : scope + "." + message.name();
  types.insert(name);
  for (const DescriptorProto& nested : message.nested_type()) AddTypes(nested, name, types);
}

// Every message type that the plugin brings along.
absl::StatusOr<std::set<std::string>> DescribedTypes(std::string_view descriptors) {
  FileDescriptorSet set;
  if (!set.ParseFromArray(descriptors.data(), static_cast<int>(descriptors.size()))) {
    return Wrong("descriptors", "they do not parse: build the plugin again");
  }
  std::set<std::string> types;
  for (const FileDescriptorProto& file : set.file()) {
    if (file.name() == "google/protobuf/descriptor.proto") {
      // Two plugins that register one extension number end the process that loads them.
      return Wrong("descriptors",
                   "custom protobuf options are not for plugins: remove the import "
                   "of google/protobuf/descriptor.proto");
    }
    for (const DescriptorProto& message : file.message_type()) {
      AddTypes(message, file.package(), types);
    }
  }
  return types;
}

absl::Status CheckType(std::string_view field, const std::string& type,
                       const std::set<std::string>& types) {
  if (types.count(type) > 0) return absl::OkStatus();
  return Wrong(field, fmt::format("no message {} in the plugin's descriptors: name its .proto "
                                  "under PROTOS of verbatim_add_plugin()",
                                  type.empty() ? "\"\"" : type));
}

absl::Status CheckLimits(std::string_view of, const v1::Limits& asked) {
  const std::string field = fmt::format("{} limits", of);
  if (asked.cpu_ms_max() > limits::kPluginCpuMsCeiling) {
    return Wrong(field, fmt::format("cpu_ms_max is {}, verbatim gives at most {}",
                                    asked.cpu_ms_max(), limits::kPluginCpuMsCeiling));
  }
  if (asked.memory_mib_max() > limits::kPluginMemoryMibCeiling) {
    return Wrong(field, fmt::format("memory_mib_max is {}, verbatim gives at most {}",
                                    asked.memory_mib_max(), limits::kPluginMemoryMibCeiling));
  }
  if (asked.proposals_max() > limits::kProposalsCeiling) {
    return Wrong(field, fmt::format("proposals_max is {}, verbatim takes at most {}",
                                    asked.proposals_max(), limits::kProposalsCeiling));
  }
  return absl::OkStatus();
}

absl::Status CheckAnnotator(const v1::AnnotatorManifest& annotator,
                            const std::set<std::string>& types) {
  const std::string of = fmt::format("annotator {}", annotator.name());
  if (!IsName(annotator.name())) return Wrong(of, "a name is [a-z][a-z0-9_]{0,31}");
  if (annotator.produces().empty()) return Wrong(of, "produces nothing: name its body types");
  for (const std::string& type : annotator.produces()) {
    VB_RETURN_IF_ERROR(CheckType(of + " produces", type, types));
  }
  for (const std::string& field : annotator.provenance_fields()) {
    const bool known =
        std::any_of(annotator.produces().begin(), annotator.produces().end(),
                    [&](const std::string& type) { return absl::StartsWith(field, type + "."); });
    if (!known) {
      return Wrong(
          of + " provenance_fields",
          fmt::format("{} is no field of what it produces: name the whole of it, as {}.{}", field,
                      annotator.produces(0), field.substr(std::string_view(field).rfind('.') + 1)));
    }
  }
  return CheckLimits(of, annotator.limits());
}

absl::Status CheckView(const v1::ViewManifest& view, const std::set<std::string>& types) {
  const std::string of = fmt::format("view {}", view.name());
  if (!IsName(view.name())) return Wrong(of, "a name is [a-z][a-z0-9_]{0,31}");
  if (view.schema_version() == 0) return Wrong(of, "schema_version starts at 1");
  if (view.tables().empty()) return Wrong(of, "has no table");
  if (view.tables_size() > static_cast<int>(limits::kViewTablesMax)) {
    return Wrong(of, fmt::format("has over {} tables", limits::kViewTablesMax));
  }
  if (view.tables(0).private_())
    return Wrong(of, "its first table is printed: it can't be private");
  if (view.subscribes().empty() && view.annotation_types().empty()) {
    return Wrong(of, "is given no events: name some in subscribes or annotation_types");
  }
  std::set<std::string> names;
  for (const v1::Table& table : view.tables()) {
    if (!IsName(table.name())) return Wrong(of, "a table's name is [a-z][a-z0-9_]{0,31}");
    if (!names.insert(table.name()).second)
      return Wrong(of, "two tables are named " + table.name());
    VB_RETURN_IF_ERROR(CheckType(of + " table " + table.name(), table.row_type(), types));
  }
  return CheckLimits(of, view.limits());
}

}  // namespace

bool IsName(std::string_view name) {
  if (name.empty() || name.size() > 32 || name[0] < 'a' || name[0] > 'z') return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

absl::Status CheckManifest(const v1::PluginManifest& manifest, std::string_view descriptors) {
  if (!IsName(manifest.name())) {
    return Wrong("name", fmt::format("\"{}\" is not [a-z][a-z0-9_]{{0,31}}", manifest.name()));
  }
  if (!IsVersion(manifest.version())) {
    return Wrong("version",
                 fmt::format("\"{}\" is no semantic version such as 1.4.0", manifest.version()));
  }
  if (manifest.annotators().empty() && manifest.views().empty()) {
    return Wrong("annotators, views", "there is neither: it would do nothing");
  }
  VB_ASSIGN_OR_RETURN(const std::set<std::string> types, DescribedTypes(descriptors));
  if (!manifest.config_type().empty()) {
    VB_RETURN_IF_ERROR(CheckType("config_type", manifest.config_type(), types));
  }
  std::set<std::string> names;
  for (const v1::AnnotatorManifest& annotator : manifest.annotators()) {
    VB_RETURN_IF_ERROR(CheckAnnotator(annotator, types));
    if (!names.insert(annotator.name()).second) {
      return Wrong("annotators", "two are named " + annotator.name());
    }
  }
  names.clear();
  for (const v1::ViewManifest& view : manifest.views()) {
    VB_RETURN_IF_ERROR(CheckView(view, types));
    if (!names.insert(view.name()).second) return Wrong("views", "two are named " + view.name());
  }
  return absl::OkStatus();
}

}  // namespace verbatim::plugin
