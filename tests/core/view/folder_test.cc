// SPDX-License-Identifier: Apache-2.0
#include "core/view/folder.h"

#include "tests/core/view/view_fixture.h"

namespace verbatim::view {
namespace {

using ::testing::HasSubstr;

TEST(Folder, FoldsToATargetAndGoesOn) {
  World world;
  for (const char* row : {"61", "62", "63"}) world.Tell(std::string("put 0 6b ") + row);
  const auto view = world.NewGeneration();
  const FoldResult first = world.Fold(*view, {}, 2);
  EXPECT_EQ(first.checkpoint.sequence(), 2U);
  EXPECT_EQ(Rows(*view), "k=b@2 ");
  EXPECT_EQ(first.checkpoint.root(), base::ToString(world.log().Read().value().RootAt(2).value()));
  const FoldResult rest = world.Fold(*view);
  EXPECT_EQ(rest.scanned, 1U);
  EXPECT_EQ(rest.delivered, 1U);
  EXPECT_EQ(Rows(*view), "k=c@3 ");
}

TEST(Folder, AViewThatRefusesAnEventStandsBeforeItAndSaysWhy) {
  World world;
  world.Tell("put 0 6b 61");
  world.Tell("put 0 6c 62\nfail unreadable");
  world.Tell("put 0 6d 63");
  const auto view = world.NewGeneration();
  for (int attempt = 0; attempt < 2; ++attempt) {
    const FoldResult result = world.Fold(*view);
    EXPECT_TRUE(result.stalled);
    EXPECT_EQ(result.checkpoint.sequence(), 1U);
    EXPECT_EQ(result.checkpoint.stalled_at(), 2U);
    EXPECT_EQ(result.checkpoint.stalled_why(), "unreadable");
    EXPECT_EQ(Rows(*view), "k=a@1 ");
  }
  EXPECT_EQ(view->Checkpoint().value().stalled_at(), 2U);
}

TEST(Folder, ChangesFromInsideAScanAreRefused) {
  static const vb_view meddler = {
      sizeof(vb_view), 0, [](const vb_host*, vb_bytes, vb_sink*) -> void* { return new int; },
      [](void* self) { delete static_cast<int*>(self); },
      [](void*, vb_bytes, vb_store* store, vb_sink*) -> vb_status {
        store->put(store->ctx, 0, {"k", 1}, {"a", 1});
        vb_status inside = VB_OK;
        struct Both {
          vb_store* store;
          vb_status* status;
        } both{store, &inside};
        store->scan(store->ctx, 0, {}, {}, VB_FORWARD, &both,
                    [](void* visitor, vb_bytes key, vb_bytes) -> int32_t {
                      const auto& at = *static_cast<Both*>(visitor);
                      *at.status = at.store->erase(at.store->ctx, 0, key);
                      return 0;
                    });
        return inside == VB_INVALID_ARGUMENT ? VB_OK : VB_FAILED;
      }};
  World world;
  world.Tell("");
  const auto view = world.NewGeneration();
  const auto folder = Folder::Make(world.log(), *view, meddler, "", {}).value();
  EXPECT_FALSE(folder->FoldTo(kHead).value().stalled);
  EXPECT_EQ(Rows(*view), "k=a@1 ");
}

TEST(Folder, ARefusedConfigurationIsTheCallersFault) {
  World world;
  const auto view = world.NewGeneration();
  const auto folder = Folder::Make(world.log(), *view, ScriptView(), "x", {});
  EXPECT_EQ(folder.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(folder.status().message(), HasSubstr("takes no configuration"));
}

TEST(Folder, CancellingKeepsWhatIsWhole) {
  World world;
  for (int i = 0; i < 10; ++i) world.Tell("put 0 6b 6" + std::to_string(i));
  const auto view = world.NewGeneration();
  FoldOptions options;
  int asked = 0;
  options.cancelled = [&asked] { return ++asked > 4; };
  const auto folder = Folder::Make(world.log(), *view, ScriptView(), "", options).value();
  EXPECT_EQ(folder->FoldTo(kHead).status().code(), absl::StatusCode::kCancelled);
  EXPECT_EQ(view->Checkpoint().value().sequence(), 4U);
  asked = -100;
  EXPECT_EQ(folder->FoldTo(kHead).value().checkpoint.sequence(), 10U);
  EXPECT_EQ(Rows(*view), "k=i@10 ");
}

TEST(Folder, OneFolderFollowsTheLog) {
  World world;
  world.Tell("put 0 6b 61");
  const auto view = world.NewGeneration();
  const auto folder = Folder::Make(world.log(), *view, ScriptView(), "", {}).value();
  ASSERT_TRUE(folder->FoldTo(kHead).ok());
  const int instances = ScriptInstances();
  for (int i = 0; i < 3; ++i) {
    world.Tell("get 0 6b 1 6" + std::to_string(i));
    ASSERT_TRUE(folder->FoldTo(kHead).ok());
  }
  EXPECT_EQ(ScriptInstances(), instances) << "the instance stays";
  EXPECT_EQ(view->Checkpoint().value().sequence(), 4U);
  // Somebody else folds on: the folder takes up from there.
  world.Tell("put 0 6b 62");
  world.Fold(*view);
  world.Tell("get 0 6b 1 7a");
  EXPECT_EQ(folder->FoldTo(kHead).value().scanned, 1U);
  EXPECT_THAT(Rows(*view, 1), HasSubstr("z=b@6"));
}

TEST(Folder, ACheckpointOfAnotherLogIsRefused) {
  World ours;
  ours.Tell("put 0 6b 61");
  ours.Tell("put 0 6b 62");
  const auto view = ours.NewGeneration();
  ours.Fold(*view);
  EXPECT_TRUE(FitsLog(view->Checkpoint().value(), ours.log()).value());

  World shorter;
  shorter.Tell("put 0 6b 61");
  EXPECT_FALSE(FitsLog(view->Checkpoint().value(), shorter.log()).value());
  World other;
  other.Tell("put 0 6b 78");
  other.Tell("put 0 6b 79");
  EXPECT_FALSE(FitsLog(view->Checkpoint().value(), other.log()).value());
  const auto folder = Folder::Make(other.log(), *view, ScriptView(), "", {}).value();
  const absl::Status status = folder->FoldTo(kHead).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(status.message(), HasSubstr("verbatim replay script"));
}

TEST(Generation, IsReadWithoutThePlugin) {
  World world;
  world.Tell("put 0 6b 61");
  std::string fingerprint;
  {
    const auto view = world.NewGeneration();
    world.Fold(*view);
    ASSERT_TRUE(view->Flush().ok());
    fingerprint = view->build().fingerprint();
  }
  const auto view = Generation::Open(world.path() / "view", store::Mode::kReadOnly).value();
  EXPECT_EQ(view->build().fingerprint(), fingerprint);
  EXPECT_EQ(view->manifest().name(), "script");
  EXPECT_EQ(Rows(*view), "k=a@1 ");
  EXPECT_EQ(view->TableNamed("side").value(), 1U);
  EXPECT_THAT(view->TableNamed("sid").status().message(), HasSubstr("it has main, side, latest"));
  EXPECT_EQ(Generation::Open(world.path() / "none", store::Mode::kReadOnly).status().code(),
            absl::StatusCode::kNotFound);
}

TEST(Generation, AFolderHoldsOne) {
  World world;
  { const auto view = world.NewGeneration(); }
  EXPECT_EQ(
      Generation::Create(world.path() / "view", ScriptBuild(), Durability::kLive).status().code(),
      absl::StatusCode::kAlreadyExists);
}

TEST(Fingerprint, TellsBuildsApart) {
  const v1::ViewBuild build = ScriptBuild();
  const std::string fingerprint = Fingerprint(build);
  EXPECT_EQ(fingerprint.size(), 32U);
  EXPECT_EQ(Fingerprint(build), fingerprint);
  const auto changed = [&](auto change) {
    v1::ViewBuild other = build;
    change(other);
    return Fingerprint(other) != fingerprint;
  };
  EXPECT_TRUE(changed([](auto& b) { b.set_code_sha256("x"); }));
  EXPECT_TRUE(changed([](auto& b) { b.set_config_sha256("x"); }));
  EXPECT_TRUE(changed([](auto& b) { b.set_descriptors("x"); }));
  EXPECT_TRUE(changed([](auto& b) { b.mutable_manifest()->set_schema_version(2); }));
  EXPECT_TRUE(changed([](auto& b) { b.mutable_manifest()->add_annotation_types("x"); }));
  EXPECT_TRUE(changed([](auto& b) { b.mutable_manifest()->mutable_tables(0)->set_name("x"); }));
  EXPECT_FALSE(changed([](auto& b) { b.set_fingerprint("x"); }));
  EXPECT_FALSE(changed([](auto& b) { b.mutable_manifest()->set_summary("x"); }));
}

}  // namespace
}  // namespace verbatim::view
