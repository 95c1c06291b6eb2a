// SPDX-License-Identifier: Apache-2.0
// What a view is told of an article's annotations.
#include "core/view/deliveries.h"

#include <fmt/format.h>

#include "core/base/hex.h"
#include "tests/core/article/story.h"
#include "tests/core/view/view_fixture.h"
#include "verbatim/keys.h"
#include "verbatim/v1/date.pb.h"

namespace verbatim::view {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr char kText[] = "The harbour opened on Tuesday. It will close in May, he said.";

// A row a delivery: sequence and number within it -> the ViewEvent as it came.
vb_status Record(void*, vb_bytes event, vb_store* store, vb_sink*) {
  v1::ViewEvent parsed;
  if (!parsed.ParseFromArray(event.data, static_cast<int>(event.size))) return VB_BAD_INPUT;
  // Also a check that the parts put together are what protobuf would have written.
  if (parsed.SerializeAsString() !=
      std::string_view(static_cast<const char*>(event.data), event.size)) {
    return VB_BAD_INPUT;
  }
  uint64_t number = 0;
  const std::string prefix = KeyWriter().U64(parsed.sequence()).Take();
  store->scan(store->ctx, 0, {prefix.data(), prefix.size()}, {}, VB_FORWARD, &number,
              [](void* count, vb_bytes, vb_bytes) -> int32_t {
                ++*static_cast<uint64_t*>(count);
                return 0;
              });
  const std::string key = KeyWriter(prefix).U64(number).Take();
  return store->put(store->ctx, 0, {key.data(), key.size()}, event);
}

const vb_view kRecorder = {sizeof(vb_view), 0,
                           [](const vb_host*, vb_bytes, vb_sink*) -> void* { return new int; },
                           [](void* self) { delete static_cast<int*>(self); }, &Record};

v1::ViewBuild RecorderBuild() {
  v1::ViewBuild build;
  build.mutable_manifest()->set_name("recorder");
  build.mutable_manifest()->add_subscribes("verbatim.v1.ArticleIngested");
  build.mutable_manifest()->add_annotation_types("verbatim.v1.TemporalExpression");
  build.mutable_manifest()->add_tables()->set_row_type("verbatim.v1.ViewEvent");
  return build;
}

class DeliveriesTest : public ::testing::Test {
 protected:
  // Appends what the story has told since the last call.
  void Tell(const article::Story& story) {
    std::vector<log::NewEvent> events;
    for (; told_ < story.told().size(); ++told_) {
      const article::Told& told = story.told()[told_];
      log::NewEvent event;
      event.id = told.header.event_id();
      event.stream = told.header.stream();
      event.type = told.header.type();
      event.actor = told.header.actor();
      event.caused_by = told.header.caused_by();
      event.body = *told.body;
      events.push_back(std::move(event));
    }
    if (!events.empty()) world_.Append(std::move(events));
  }

  // "seq words before>after", a line a delivery.
  std::vector<std::string> Deliveries(Generation& view) {
    std::vector<std::string> lines;
    const auto reader = view.Read().value();
    EXPECT_TRUE(reader
                    .Scan(0, {},
                          [&](const RowView& row) {
                            lines.push_back(Line(row.row));
                            return true;
                          })
                    .ok());
    return lines;
  }

  static std::string Line(std::string_view row) {
    v1::ViewEvent event;
    EXPECT_TRUE(event.ParseFromString(std::string(row)));
    const std::string type = event.type().substr(event.type().rfind('.') + 1);
    if (type != "AnnotationChanged") return fmt::format("{} {}", event.sequence(), type);
    v1::AnnotationChanged changed;
    EXPECT_TRUE(changed.ParseFromString(event.body()));
    const auto state = [](bool there, const v1::Annotation& annotation) {
      return there ? article::StatusName(annotation.status()) : std::string("-");
    };
    return fmt::format("{} {} {}>{}", event.sequence(), changed.after().anchor().spans(0).exact(),
                       state(changed.has_before(), changed.before()),
                       state(changed.has_after(), changed.after()));
  }

  std::unique_ptr<Folder> NewFolder(Generation& view) {
    return Folder::Make(world_.log(), view, kRecorder, "", {}).value();
  }

  World world_;
  size_t told_ = 0;
};

TEST_F(DeliveriesTest, AnAnnotationComesBeforeAndAfterEachStep) {
  article::Story story(kText);                              // 1
  const std::string tuesday = story.PluginAdds("Tuesday");  // 2
  story.PersonConfirms(tuesday);                            // 3
  story.PersonRejects(tuesday);                             // 4
  Tell(story);
  const auto view = world_.NewGeneration("v", RecorderBuild());
  NewFolder(*view)->FoldTo(kHead).value();
  EXPECT_THAT(Deliveries(*view),
              ElementsAre("1 ArticleIngested", "2 Tuesday ->PROPOSED",
                          "3 Tuesday PROPOSED>CONFIRMED", "4 Tuesday CONFIRMED>REJECTED"));
}

TEST_F(DeliveriesTest, ItComesWithItsSentenceAndItsArticle) {
  article::Story story(kText);
  story.PluginAdds("May");
  Tell(story);
  const auto view = world_.NewGeneration("v", RecorderBuild());
  NewFolder(*view)->FoldTo(kHead).value();
  v1::ViewEvent event;
  v1::AnnotationChanged changed;
  const auto reader = view->Read().value();
  ASSERT_TRUE(reader
                  .Scan(0, {},
                        [&](const RowView& row) {
                          event.ParseFromString(std::string(row.row));
                          return true;
                        })
                  .ok());
  ASSERT_TRUE(changed.ParseFromString(event.body()));
  EXPECT_EQ(changed.sentence().exact(), "It will close in May, he said.");
  EXPECT_EQ(changed.article().title(), "Harbour news");
  EXPECT_EQ(base::ToHex(changed.article().article()), story.stream());
  EXPECT_EQ(event.header().type(), "verbatim.v1.AnnotationAdded");
}

TEST_F(DeliveriesTest, EveryAnnotationComesAgainWhenTheArticleChanges) {
  article::Story story(kText);
  story.PluginAdds("May");
  story.PluginAdds("Tuesday");
  v1::ArticleMetadataCorrected corrected;  // 4
  corrected.set_article(story.state().id());
  corrected.mutable_metadata()->set_title("Harbour news, corrected");
  corrected.add_fields("title");
  story.Tell(corrected, story.person());
  Tell(story);
  const auto view = world_.NewGeneration("v", RecorderBuild());
  NewFolder(*view)->FoldTo(kHead).value();
  const std::vector<std::string> lines = Deliveries(*view);
  ASSERT_EQ(lines.size(), 5U);
  EXPECT_EQ(lines[3], "4 Tuesday PROPOSED>PROPOSED") << "in the order of the text";
  EXPECT_EQ(lines[4], "4 May PROPOSED>PROPOSED");
}

TEST_F(DeliveriesTest, TypesThatNobodyAskedForStayAway) {
  article::Story story(kText);
  story.PluginAdds("May");
  Tell(story);
  v1::ViewBuild build = RecorderBuild();
  build.mutable_manifest()->clear_subscribes();
  build.mutable_manifest()->set_annotation_types(0, "verbatim.v1.Quote");
  const auto view = world_.NewGeneration("v", build);
  EXPECT_EQ(NewFolder(*view)->FoldTo(kHead).value().delivered, 0U);
}

// One folder that goes along, one that is made anew at every event, and one fold at the end: the
// cache of folded articles never shows.
TEST_F(DeliveriesTest, FollowingAndCatchingUpAgree) {
  article::Story story(kText);
  const auto follows = world_.NewGeneration("follows", RecorderBuild());
  const auto fresh = world_.NewGeneration("fresh", RecorderBuild());
  const auto folder = NewFolder(*follows);
  const auto step = [&] {
    Tell(story);
    ASSERT_FALSE(folder->FoldTo(kHead).value().stalled);
    ASSERT_FALSE(NewFolder(*fresh)->FoldTo(kHead).value().stalled);
  };
  step();
  const std::string tuesday = story.PluginAdds("Tuesday");
  const std::string may = story.PluginAdds("May");
  step();
  const std::string decision = story.PersonCorrects(tuesday, "2021-10-12");
  step();
  story.PersonUndoes(decision);
  step();
  story.Revise("It will close in May, he said.");
  story.Reanchor(may, v1::AnnotationReanchored::OUTCOME_SHIFTED, story.Where("May"));
  story.Reanchor(tuesday, v1::AnnotationReanchored::OUTCOME_ORPHANED, std::nullopt);
  step();
  story.PluginRetracts(may);
  step();
  const auto late = world_.NewGeneration("late", RecorderBuild());
  NewFolder(*late)->FoldTo(kHead).value();
  EXPECT_EQ(Deliveries(*follows), Deliveries(*late));
  EXPECT_EQ(follows->Checkpoint().value().digest(), late->Checkpoint().value().digest());
  EXPECT_EQ(fresh->Checkpoint().value().digest(), late->Checkpoint().value().digest());
}

TEST_F(DeliveriesTest, WhatIsErasedIsNeverDelivered) {
  article::Story story(kText);
  story.PluginAdds("Tuesday");
  Tell(story);
  v1::ContentErased erased;
  erased.set_article(story.state().id());
  erased.set_reason_code("request");
  erased.add_erased(1);
  erased.add_erased(2);
  log::Unit unit;
  unit.events.push_back(world_.Event(story.stream(), erased));
  unit.erase = {1, 2};
  world_.AppendUnit(std::move(unit));
  const auto view = world_.NewGeneration("v", RecorderBuild());
  const FoldResult result = NewFolder(*view)->FoldTo(kHead).value();
  EXPECT_FALSE(result.stalled) << result.checkpoint.stalled_why();
  EXPECT_EQ(result.delivered, 0U);
  EXPECT_EQ(result.checkpoint.sequence(), 3U);
}

}  // namespace
}  // namespace verbatim::view
