// SPDX-License-Identifier: Apache-2.0
#include "core/log/upcast.h"

#include "core/log/stored_body.h"
#include "core/log/verify.h"
#include "tests/core/log/log_fixture.h"

namespace verbatim::log {
namespace {

using ::testing::HasSubstr;

constexpr char kSetting[] = "verbatim.v1.SettingChanged";

absl::StatusOr<std::string> Louder(std::string_view body) {
  v1::SettingChanged setting;
  if (!setting.ParseFromArray(body.data(), static_cast<int>(body.size()))) {
    return absl::DataLossError("it doesn't parse");
  }
  setting.set_value(setting.value() + "!");
  return setting.SerializeAsString();
}

class UpcastTest : public LogTest {
 protected:
  std::string ValueAt(uint64_t sequence) {
    v1::SettingChanged setting;
    EXPECT_TRUE(setting.ParseFromString(log_->Read()->Body(sequence)->value()));
    return setting.value();
  }
};

TEST_F(UpcastTest, AnOlderBodyIsReadAsTheNewestAndStaysAsItWasWritten) {
  ASSERT_TRUE(Append(Setting("greeting", "ahoy")).ok());
  Upcasters upcasters;
  upcasters.Add(kSetting, 0, Louder);
  upcasters.Add(kSetting, 1, Louder);
  const UpcastersForTest in_force(upcasters);
  NewEvent newest = Setting("greeting", "ahoy");
  newest.schema = upcasters.Newest(kSetting);
  ASSERT_TRUE(Append(newest).ok());
  EXPECT_EQ(ValueAt(1), "ahoy!!");
  EXPECT_EQ(ValueAt(2), "ahoy");
  const Snapshot snapshot = log_->Read().value();
  v1::SettingChanged stored;
  ASSERT_TRUE(stored.ParseFromString(StoredBody(snapshot, 1, snapshot.View(1).value())->value()));
  EXPECT_EQ(stored.value(), "ahoy");
  const auto report = Verify(*log_, {});
  ASSERT_TRUE(report.ok());
  EXPECT_TRUE(report->whole) << report->what;
}

TEST_F(UpcastTest, ALaterSchemaThanIsKnownIsNotMisread) {
  NewEvent event = Setting("greeting", "ahoy");
  event.schema = 3;
  ASSERT_TRUE(Append(event).ok());
  const auto body = log_->Read()->Body(1);
  EXPECT_TRUE(absl::IsFailedPrecondition(body.status()));
  EXPECT_THAT(std::string(body.status().message()),
              HasSubstr("has schema 3, this verbatim knows up to 0"));
  const auto report = Verify(*log_, {});
  ASSERT_TRUE(report.ok());
  EXPECT_TRUE(report->whole) << "its bytes are sound";
}

TEST_F(UpcastTest, AStepThatFailsNamesTypeAndSchema) {
  Upcasters upcasters;
  upcasters.Add(kSetting, 0, Louder);
  const auto cast = upcasters.Upcast(kSetting, 0, "\x0a\x7f");
  EXPECT_TRUE(absl::IsDataLoss(cast.status()));
  EXPECT_THAT(std::string(cast.status().message()), HasSubstr("SettingChanged of schema 0"));
}

}  // namespace
}  // namespace verbatim::log
