// SPDX-License-Identifier: Apache-2.0
// A type whose meaning was raised: what an older program wrote is read as the newer by the fold, by
// what views are given, and by show. The older schema here had the outlet behind the title, as
// "Title | Outlet"; the newer has them apart.
#include "core/log/upcast.h"

#include <filesystem>

#include "core/archive/catalog.h"
#include "core/article/load.h"
#include "core/article/new_events.h"
#include "core/audit/show.h"
#include "core/base/clock.h"
#include "core/base/files.h"
#include "core/base/hex.h"
#include "core/ingest/draft.h"
#include "core/log/event_log.h"
#include "core/schema/json.h"
#include "core/view/deliveries.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace verbatim::archive {
namespace {

using ::testing::HasSubstr;

constexpr char kIngested[] = "verbatim.v1.ArticleIngested";

absl::StatusOr<std::string> OutletApart(std::string_view body) {
  v1::ArticleIngested event;
  if (!event.ParseFromArray(body.data(), static_cast<int>(body.size()))) {
    return absl::DataLossError("the body doesn't parse");
  }
  v1::ArticleMetadata& metadata = *event.mutable_content()->mutable_metadata();
  const std::string title = metadata.title();
  const size_t bar = title.find(" | ");
  if (bar != std::string::npos) {
    metadata.set_title(title.substr(0, bar));
    metadata.set_outlet(title.substr(bar + 3));
  }
  return event.SerializeAsString();
}

class UpcastArticle : public ::testing::Test {
 protected:
  void SetUp() override {
    auto draft = ingest::DraftFromBytes("The dam holds\n\nIt held through the night.\n", "dam.txt",
                                        ingest::Given());
    ASSERT_TRUE(draft.ok()) << draft.status();
    article_ = draft->article;
    v1::ArticleIngested event;
    event.set_article(article_);
    *event.mutable_content() = draft->content;
    event.mutable_content()->mutable_metadata()->set_title("The dam holds | Selis Gazette");
    const article::EventMaker maker(clock_, random_, article::ToolActor("verbatim", "0.0.1"), "");
    {
      const auto older = log::EventLog::Create(Folder(), "0123456789abcdef",
                                               {.clock = &clock_, .random = &random_});
      log::Unit unit;
      unit.events.push_back(maker.Make(base::ToHex(article_), event).value());
      ASSERT_TRUE((*older)->Append(std::move(unit)).ok());
    }
    upcasters_.Add(kIngested, 0, OutletApart);
    in_force_ = std::make_unique<log::UpcastersForTest>(upcasters_);
    log_ = log::EventLog::Open(Folder(), {.clock = &clock_, .random = &random_}).value();
  }
  std::filesystem::path Folder() const { return folder_.path() / "log"; }

  base::TemporaryFolder folder_;
  base::FakeClock clock_{1'800'000'000'000'000, 7};
  base::SeededRandom random_{1};
  log::Upcasters upcasters_;
  std::string article_;
  std::unique_ptr<log::UpcastersForTest> in_force_;
  std::unique_ptr<log::EventLog> log_;
};

TEST_F(UpcastArticle, TheFoldReadsTheNewer) {
  const auto state = article::Load(*log_->Read(), article_);
  ASSERT_TRUE(state.ok()) << state.status();
  EXPECT_EQ(state->metadata().title(), "The dam holds");
  EXPECT_EQ(state->metadata().outlet(), "Selis Gazette");
}

TEST_F(UpcastArticle, AViewIsGivenTheNewer) {
  v1::ViewManifest manifest;
  manifest.add_subscribes(kIngested);
  view::Deliveries deliveries(manifest);
  const auto snapshot = log_->Read();
  v1::ArticleIngested given;
  ASSERT_TRUE(
      deliveries
          .For(*snapshot, 1, snapshot->View(1).value(),
               [&](std::string_view bytes) {
                 v1::ViewEvent event;
                 EXPECT_TRUE(event.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())));
                 EXPECT_EQ(event.header().schema(), 0u) << "the header is as it was written";
                 return given.ParseFromString(event.body());
               })
          .ok());
  EXPECT_EQ(given.content().metadata().outlet(), "Selis Gazette");
}

TEST_F(UpcastArticle, ShowPrintsTheNewer) {
  const auto shown = audit::ShowArticle(*log_->Read(), article_);
  ASSERT_TRUE(shown.ok()) << shown.status();
  EXPECT_THAT(schema::ToJson(*shown),
              HasSubstr("\"title\":\"The dam holds\",\"outlet\":\"Selis Gazette\""));
}

}  // namespace
}  // namespace verbatim::archive
