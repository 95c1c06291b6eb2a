// SPDX-License-Identifier: Apache-2.0
#include "core/archive/catalog.h"

#include <gtest/gtest.h>

namespace verbatim::archive {
namespace {

class CatalogFold : public ::testing::Test {
 protected:
  void Apply(const google::protobuf::Message& event) {
    ASSERT_TRUE(catalog_.Apply(++sequence_, event.GetTypeName(), event.SerializeAsString()).ok());
  }
  void Set(const std::string& key, const std::string& value) {
    v1::SettingChanged event;
    event.set_key(key);
    event.set_value(value);
    Apply(event);
  }
  void Pin(const std::string& name, const std::string& code) {
    v1::PluginPinned event;
    event.mutable_manifest()->set_name(name);
    event.mutable_manifest()->add_views()->set_name(name + "_view");
    event.set_code_sha256(code);
    Apply(event);
  }
  void Change(const std::string& name, v1::PluginStateChanged::State state) {
    v1::PluginStateChanged event;
    event.set_plugin(name);
    event.set_state(state);
    Apply(event);
  }

  Catalog catalog_;
  uint64_t sequence_ = 0;
};

TEST_F(CatalogFold, TheLastSettingHoldsAndAnEmptyOneUnsets) {
  Set("user.name", "ana");
  Set("user.name", "bo");
  EXPECT_EQ(catalog_.Setting("user.name"), "bo");
  Set("user.name", "");
  EXPECT_EQ(catalog_.Setting("user.name"), "");
  EXPECT_TRUE(catalog_.settings().empty());
}

TEST_F(CatalogFold, ALaterPinReplacesAndReleases) {
  Pin("echo", "one");
  Change("echo", v1::PluginStateChanged::STATE_PARKED);
  EXPECT_FALSE(catalog_.Plugin("echo")->runs());
  Pin("echo", "two");
  EXPECT_TRUE(catalog_.Plugin("echo")->runs());
  EXPECT_EQ(catalog_.Plugin("echo")->pin.code_sha256(), "two");
  EXPECT_EQ(catalog_.Plugin("echo")->pinned_at, 3u);
}

TEST_F(CatalogFold, StatesComeAndGo) {
  Pin("echo", "one");
  Change("echo", v1::PluginStateChanged::STATE_DISABLED);
  EXPECT_FALSE(catalog_.Plugin("echo")->runs());
  Change("echo", v1::PluginStateChanged::STATE_ENABLED);
  EXPECT_TRUE(catalog_.Plugin("echo")->runs());
  EXPECT_EQ(catalog_.PluginOfView("echo_view"), catalog_.Plugin("echo"));
  Change("echo", v1::PluginStateChanged::STATE_REMOVED);
  EXPECT_EQ(catalog_.Plugin("echo"), nullptr);
  EXPECT_EQ(catalog_.PluginOfView("echo_view"), nullptr);
}

TEST_F(CatalogFold, ADamagedEventIsAStatus) {
  EXPECT_TRUE(absl::IsDataLoss(catalog_.Apply(1, "verbatim.v1.SettingChanged", "\xff\xff")));
  EXPECT_TRUE(catalog_.Apply(2, "verbatim.v9.FromTheFuture", "\xff\xff").ok());
}

}  // namespace
}  // namespace verbatim::archive
