// SPDX-License-Identifier: Apache-2.0
#include "core/view/home.h"

#include "core/base/files.h"
#include "tests/core/view/view_fixture.h"

namespace verbatim::view {
namespace {

const std::string kOld(32, '\x01');
const std::string kNew(32, '\x02');

class HomeTest : public ::testing::Test {
 protected:
  // A generation that holds one row, built and switched to.
  void Build(const std::string& fingerprint, const std::string& row) {
    const std::filesystem::path folder = home_.BeginBuild(fingerprint).value();
    ASSERT_TRUE(base::WriteFileAtomically(folder / "row", row).ok());
    ASSERT_TRUE(home_.FinishBuild(fingerprint).ok());
  }
  std::string Serving() {
    const auto current = home_.Current().value();
    return current ? base::ReadFile(*current / "row", 100).value() : "nothing";
  }

  base::TemporaryFolder temporary_;
  ViewHome home_{temporary_.path() / "views" / "quotes"};
};

TEST_F(HomeTest, NothingServesAtFirst) {
  EXPECT_EQ(Serving(), "nothing");
  EXPECT_TRUE(home_.List().value().empty());
}

TEST_F(HomeTest, ANewGenerationIsBuiltBesideTheOldOne) {
  Build(kOld, "old");
  EXPECT_EQ(Serving(), "old");
  const auto folder = home_.BeginBuild(kNew).value();
  ASSERT_TRUE(base::WriteFileAtomically(folder / "row", "new").ok());
  EXPECT_EQ(Serving(), "old");
  ASSERT_TRUE(home_.FinishBuild(kNew).ok());
  EXPECT_EQ(Serving(), "new");
  EXPECT_EQ(home_.List().value().size(), 2U);
  ASSERT_TRUE(home_.SwitchTo(kOld).ok());
  EXPECT_EQ(Serving(), "old");
  EXPECT_EQ(home_.RemoveOthers().value(), 1);
  EXPECT_EQ(Serving(), "old");
  EXPECT_EQ(home_.SwitchTo(kNew).code(), absl::StatusCode::kNotFound);
}

TEST_F(HomeTest, ARebuildTakesThePlaceOfItsLike) {
  Build(kOld, "first");
  Build(kOld, "second");
  EXPECT_EQ(Serving(), "second");
  EXPECT_EQ(home_.List().value().size(), 1U);
}

TEST_F(HomeTest, AnInterruptedBuildIsStartedAnew) {
  const auto folder = home_.BeginBuild(kNew).value();
  ASSERT_TRUE(base::WriteFileAtomically(folder / "half", "x").ok());
  EXPECT_FALSE(std::filesystem::exists(home_.BeginBuild(kNew).value() / "half"));
}

TEST_F(HomeTest, CurrentNamesNothingOutsideOfIt) {
  Build(kOld, "old");
  for (const char* name : {"..", "../../x", "", "zzzz", "0101010101010102"}) {
    ASSERT_TRUE(base::WriteFileAtomically(home_.folder() / "CURRENT", name).ok());
    EXPECT_EQ(Serving(), "nothing") << name;
  }
  ASSERT_TRUE(home_.Drop().ok());
  EXPECT_FALSE(std::filesystem::exists(home_.folder()));
}

}  // namespace
}  // namespace verbatim::view
