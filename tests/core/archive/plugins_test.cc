// SPDX-License-Identifier: Apache-2.0
#include "core/archive/plugins.h"

#include "core/archive/annotators.h"
#include "core/base/hex.h"
#include "core/base/limits.h"
#include "core/base/sha256.h"
#include "tests/core/archive/fixture.h"
#include "verbatim_test_paths.h"

namespace verbatim::archive {
namespace {

using ::testing::HasSubstr;
using Plugins = ArchiveFixture;

annotate::RunReport Crashed(const std::string& plugin) {
  annotate::RunReport report;
  report.completed.set_plugin(plugin);
  report.completed.set_outcome(v1::RunCompleted::OUTCOME_CRASHED);
  report.completed.set_message("signal 11");
  return report;
}

TEST_F(Plugins, AnInstalledOneIsCopiedAndPinned) {
  const auto pin = InstallPlugin(*archive_, VERBATIM_BINARY_DIR "/tests/plugins/good.so", false);
  ASSERT_TRUE(pin.ok()) << pin.status();
  const InstalledPlugin* good = archive_->catalog().Plugin("good");
  ASSERT_NE(good, nullptr);
  EXPECT_FALSE(good->pin.builtin());
  EXPECT_TRUE(OpenPinned(*archive_, *good).ok());
}

TEST_F(Plugins, TheBuildThatIsPinnedIsNotPinnedAgain) {
  const auto install = [&] {
    return InstallPlugin(*archive_, VERBATIM_BINARY_DIR "/tests/plugins/good.so", false);
  };
  const auto first = install();
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_FALSE(first->before);
  const uint64_t head = archive_->log().Read()->head();
  const auto second = install();
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_TRUE(second->before);
  EXPECT_EQ(second->pin.SerializeAsString(), first->pin.SerializeAsString());
  EXPECT_EQ(archive_->log().Read()->head(), head);

  ASSERT_TRUE(
      ChangeState(*archive_, "good", v1::PluginStateChanged::STATE_REMOVED, "", archive_->Events())
          .ok());
  const auto third = install();
  ASSERT_TRUE(third.ok()) << third.status();
  EXPECT_FALSE(third->before) << "what was taken out is pinned again";
  EXPECT_NE(archive_->catalog().Plugin("good"), nullptr);
}

TEST_F(Plugins, AFileThatIsNotThePinnedOneIsRefusedWithBothDigests) {
  const InstalledPlugin* quotes = archive_->catalog().Plugin("quotes");
  const auto path = archive_->layout().plugin(quotes->pin.file());
  auto code = base::ReadFile(path, size_t{1} << 30);
  ASSERT_TRUE(code.ok());
  code->back() = static_cast<char>(code->back() ^ 1);
  ASSERT_TRUE(base::WriteFileAtomically(path, *code).ok());
  const auto opened = OpenPinned(*archive_, *quotes);
  EXPECT_FALSE(opened.ok());
  EXPECT_THAT(std::string(opened.status().message()),
              ::testing::AllOf(HasSubstr(base::ToHex(quotes->pin.code_sha256())),
                               HasSubstr(base::ToHex(base::AsView(base::Sha256(*code))))));
  // As the message says: the pinned build is put back.
  const auto again =
      InstallPlugin(*archive_, plugin::BuiltinPluginFolder() / "quotes.so", /*builtin=*/true);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_TRUE(OpenPinned(*archive_, *archive_->catalog().Plugin("quotes")).ok());
}

TEST_F(Plugins, EveryEventOfOneNamesTheBuildThatMadeIt) {
  Ingest({{kQuoted, {}}});
  const auto snapshot = archive_->log().Read();
  size_t events = 0;
  for (uint64_t sequence = 1; sequence <= snapshot->head(); ++sequence) {
    const auto header = snapshot->Header(sequence);
    ASSERT_TRUE(header.ok()) << header.status();
    if (!header->actor().has_plugin()) continue;
    const v1::Actor::Plugin& actor = header->actor().plugin();
    const InstalledPlugin* plugin = archive_->catalog().Plugin(actor.name());
    ASSERT_NE(plugin, nullptr) << actor.name();
    EXPECT_EQ(actor.code_sha256(), plugin->pin.code_sha256());
    EXPECT_EQ(actor.config_sha256(), plugin->config_sha256);
    ++events;
  }
  EXPECT_GE(events, 3U);
}

TEST_F(Plugins, AnAnnotatorThatCrashesIsParkedThoughItsPluginHasOneThatWorks) {
  CrashWatch watch;
  annotate::RunReport well = Crashed("quotes");
  well.completed.set_annotator("other");
  well.completed.set_outcome(v1::RunCompleted::OUTCOME_COMPLETED);
  bool parked = false;
  for (uint32_t i = 0; i < limits::kCrashesBeforeParking; ++i)
    parked = watch.Take(*archive_, {Crashed("quotes"), well}).value();
  EXPECT_TRUE(parked);
}

TEST_F(Plugins, OneThatCrashesAgainAndAgainIsParkedAndCanBeReleased) {
  CrashWatch watch;
  for (uint32_t i = 1; i < limits::kCrashesBeforeParking; ++i) {
    EXPECT_FALSE(watch.Take(*archive_, {Crashed("quotes")}).value());
  }
  EXPECT_TRUE(watch.Take(*archive_, {Crashed("quotes")}).value());
  EXPECT_TRUE(archive_->catalog().Plugin("quotes")->parked);
  EXPECT_THAT(archive_->catalog().Plugin("quotes")->why, HasSubstr("signal 11"));
  const auto results = Ingest({{kQuoted, {}}});
  EXPECT_EQ(results[0].action, IngestAction::kIngested);
  ASSERT_TRUE(ChangeState(*archive_, "quotes", v1::PluginStateChanged::STATE_RELEASED, "",
                          archive_->Events())
                  .ok());
  EXPECT_TRUE(archive_->catalog().Plugin("quotes")->runs());
}

TEST_F(Plugins, ACrashNowAndThenParksNobody) {
  CrashWatch watch;
  annotate::RunReport well = Crashed("quotes");
  well.completed.set_outcome(v1::RunCompleted::OUTCOME_COMPLETED);
  for (uint32_t i = 0; i < 3 * limits::kCrashesBeforeParking; ++i) {
    EXPECT_FALSE(watch.Take(*archive_, {i % 2 == 0 ? Crashed("quotes") : well}).value());
  }
}

TEST_F(Plugins, AnUnknownNameSaysWhichThereAre) {
  const absl::Status status = ChangeState(
      *archive_, "qoutes", v1::PluginStateChanged::STATE_DISABLED, "", archive_->Events());
  EXPECT_TRUE(absl::IsNotFound(status));
  EXPECT_THAT(std::string(status.message()), HasSubstr("quotes"));
}

}  // namespace
}  // namespace verbatim::archive
