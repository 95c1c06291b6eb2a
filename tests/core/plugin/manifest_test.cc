// SPDX-License-Identifier: Apache-2.0
// Each rule of a manifest, broken alone.
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/text_format.h>

#include <functional>

#include "core/plugin/plugin_file.h"
#include "gmock/gmock.h"
#include "tests/core/plugin/plugins.h"

namespace verbatim::plugin {
namespace {

using ::testing::HasSubstr;
using Manifest = v1::PluginManifest;

struct Rule {
  const char* what;
  std::function<void(Manifest&)> breaks;
  const char* says;
};

const Rule kRules[] = {
    {"name", [](Manifest& m) { m.set_name("Good Plugin"); }, "[a-z][a-z0-9_]"},
    {"version", [](Manifest& m) { m.set_version("1.2"); }, "1.4.0"},
    {"empty",
     [](Manifest& m) {
       m.clear_annotators();
       m.clear_views();
     },
     "nothing"},
    {"config", [](Manifest& m) { m.set_config_type("shouts.v1.Confg"); }, "shouts.v1.Confg"},
    {"produces", [](Manifest& m) { m.mutable_annotators(0)->set_produces(0, "x.Y"); }, "PROTOS"},
    {"produces nothing", [](Manifest& m) { m.mutable_annotators(0)->clear_produces(); },
     "produces nothing"},
    {"twice", [](Manifest& m) { *m.add_annotators() = m.annotators(0); }, "two are named shouts"},
    {"limits",
     [](Manifest& m) { m.mutable_annotators(0)->mutable_limits()->set_memory_mib_max(1U << 30U); },
     "memory_mib_max"},
    {"provenance",
     [](Manifest& m) { m.mutable_annotators(0)->add_provenance_fields("verbatim.v1.Quote.rule"); },
     "verbatim.v1.Quote.rule"},
    {"row type", [](Manifest& m) { m.mutable_views(0)->mutable_tables(0)->set_row_type("R"); },
     "table counts"},
    {"no table", [](Manifest& m) { m.mutable_views(0)->clear_tables(); }, "no table"},
    {"private first",
     [](Manifest& m) { m.mutable_views(0)->mutable_tables(0)->set_private_(true); },
     "can't be private"},
    {"same table", [](Manifest& m) { m.mutable_views(0)->mutable_tables(1)->set_name("counts"); },
     "two tables"},
    {"deaf view", [](Manifest& m) { m.mutable_views(0)->clear_annotation_types(); },
     "given no events"},
    {"schema version", [](Manifest& m) { m.mutable_views(0)->set_schema_version(0); },
     "schema_version"},
};

TEST(ManifestRules, EachBrokenAloneIsNamed) {
  const PluginFile good = Plugin("good");
  ASSERT_TRUE(CheckManifest(good.manifest, good.descriptors).ok());
  for (const Rule& rule : kRules) {
    Manifest manifest = good.manifest;
    rule.breaks(manifest);
    const absl::Status status = CheckManifest(manifest, good.descriptors);
    EXPECT_FALSE(status.ok()) << rule.what;
    EXPECT_THAT(std::string(status.message()), HasSubstr(rule.says)) << rule.what;
  }
}

TEST(ManifestRules, CustomOptionsAreRefused) {
  const PluginFile good = Plugin("good");
  google::protobuf::FileDescriptorSet set;
  ASSERT_TRUE(set.ParseFromString(good.descriptors));
  set.add_file()->set_name("google/protobuf/descriptor.proto");
  const absl::Status status = CheckManifest(good.manifest, set.SerializeAsString());
  EXPECT_THAT(std::string(status.message()), HasSubstr("custom protobuf options"));
}

}  // namespace
}  // namespace verbatim::plugin
