// SPDX-License-Identifier: Apache-2.0
// The configuration of a plugin: a message of its own, written by a person, an event of the
// archive.
#ifndef VERBATIM_CORE_ARCHIVE_PLUGIN_CONFIG_H_
#define VERBATIM_CORE_ARCHIVE_PLUGIN_CONFIG_H_

#include <string>
#include <string_view>

#include "core/archive/archive.h"
#include "core/plugin/plugin_file.h"

namespace verbatim::archive {

// What a person wrote (JSON or protobuf text format) as the serialized message of the plugin's
// config_type. kInvalidArgument names line, column and the field that was perhaps meant;
// kFailedPrecondition: this plugin takes no configuration.
absl::StatusOr<std::string> ReadConfig(const plugin::PluginFile& file, std::string_view text);

// Sets the configuration of a plugin of the archive, from a person's text; an empty text unsets it.
// False when it is what stands, and nothing was appended. Annotators run again where it matters
// when `annotate` is next called; views are rebuilt when they are next read.
absl::StatusOr<bool> ConfigurePlugin(Archive& archive, std::string_view name, std::string_view text,
                                     const article::EventMaker& maker);

// The configuration that stands, as indented JSON that ConfigurePlugin would take; empty when none
// was set.
absl::StatusOr<std::string> ShowConfig(const Archive& archive, std::string_view name);

}  // namespace verbatim::archive

#endif  // VERBATIM_CORE_ARCHIVE_PLUGIN_CONFIG_H_
