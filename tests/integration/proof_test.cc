// SPDX-License-Identifier: Apache-2.0
// Checkpoints and proofs as an auditor uses them: with the archive, with a key alone, with nothing,
// and against those who change what they were given.
#include <gmock/gmock.h>
#include <sys/stat.h>

#include <fstream>
#include <sstream>

#include "core/archive/checking.h"
#include "tests/integration/fixture.h"
#include "verbatim_test_paths.h"

namespace verbatim::testing {
namespace {
namespace fs = std::filesystem;

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

class Proofs : public ArchiveTest {
 protected:
  void SetUp() override { ASSERT_EQ(IngestSamples().exit, 0); }

  static std::string Read(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
  }
  std::string Path(const std::string& name) const { return (folder_ / name).string(); }
  std::string Quotation() const {
    return Rows({"view", "quotes", "--where", "speaker=Dorokhov", "--limit", "1"})
        .at(0)
        .at("annotation");
  }
  // With no archive at hand.
  Finished Check(const std::vector<std::string>& arguments) const {
    std::vector<std::string> command = {VerbatimProgram(), "-C", Path("no-archive"), "check-proof"};
    command.insert(command.end(), arguments.begin(), arguments.end());
    return RunProgram(command);
  }
  fs::path Key() const {
    for (const auto& entry : fs::recursive_directory_iterator(folder_)) {
      if (entry.path().filename() == "checkpoint.key") return entry.path();
    }
    return {};
  }
};

TEST_F(Proofs, TheKeyIsItsOwnersAlone) {
  struct stat status {};
  ASSERT_EQ(::stat(Key().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600U);
  ASSERT_EQ(::stat(Key().parent_path().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0700U);
  EXPECT_EQ(Rows({"log", "--type", "KeyAdopted"}).size(), 1U);
}

TEST_F(Proofs, ACheckpointIsSignedWhenTheLogHasGrownAndElseTheOneKept) {
  const Json first = Rows({"checkpoint"}).at(0);
  EXPECT_TRUE(first.at("signed_now"));
  EXPECT_EQ(first.at("size"), Head());
  const Json again = Rows({"checkpoint"}).at(0);
  EXPECT_FALSE(again.at("signed_now"));
  EXPECT_EQ(again.at("note"), first.at("note"));
  EXPECT_EQ(Verbatim({"checkpoint"}).out, first.at("note"));
  EXPECT_EQ(Verbatim({"config", "user.name", "ana"}).exit, 0);
  EXPECT_TRUE(Rows({"checkpoint"}).at(0).at("signed_now"));
  EXPECT_EQ(Verbatim({"verify", "--full"}).exit, 0);
}

TEST_F(Proofs, AnArchiveWithoutItsKeyGetsANewOneAndSaysSo) {
  EXPECT_EQ(Verbatim({"checkpoint", "--out", Path("old.txt")}).exit, 0);
  fs::remove_all(Key().parent_path());
  const Finished made = Verbatim({"checkpoint"});
  EXPECT_EQ(made.exit, 0);
  EXPECT_THAT(made.err, HasSubstr("made a new signing key"));
  EXPECT_EQ(Rows({"log", "--type", "KeyAdopted"}).size(), 2U);
  EXPECT_EQ(Verbatim({"verify", "--checkpoint", Path("old.txt")}).exit, 0);
}

TEST_F(Proofs, AKeyMayLieElsewhere) {
  EXPECT_EQ(Verbatim({"checkpoint", "--key", Path("stick/my.key"), "--out", Path("c.txt")}).exit,
            0);
  EXPECT_EQ(Verbatim({"verify", "--checkpoint", Path("c.txt"), "--key", Path("stick/my.key")}).exit,
            0);
  EXPECT_EQ(Verbatim({"verify", "--checkpoint", Path("c.txt"), "--key", Key().string()}).exit, 1);
}

TEST_F(Proofs, VerifyHoldsTheLogToItsCheckpoints) {
  const std::string file = Path("checkpoint.txt");
  EXPECT_EQ(Verbatim({"checkpoint", "--out", file}).exit, 0);
  EXPECT_EQ(Verbatim({"config", "user.name", "ana"}).exit, 0);
  const Finished kept = Verbatim({"verify", "--checkpoint", file});
  EXPECT_EQ(kept.exit, 0) << kept.out;
  EXPECT_THAT(kept.out, HasSubstr("kept: "));
  // Of another archive, changed, and of a log that had more.
  const std::string other = Path("other");
  ASSERT_EQ(RunProgram({VerbatimProgram(), "-C", other, "init"}).exit, 0);
  const Finished foreign =
      RunProgram({VerbatimProgram(), "-C", other, "verify", "--checkpoint", file});
  EXPECT_EQ(foreign.exit, 1);
  EXPECT_THAT(foreign.out, HasSubstr("NOT KEPT"));
  std::string changed = Read(file);
  changed[changed.find('\n') + 1] ^= 1;
  EXPECT_EQ(Verbatim({"verify", "--checkpoint", Write("changed.txt", changed)}).exit, 1);
  const Json row = Json::parse(
      Verbatim({"verify", "--checkpoint", Path("changed.txt"), "--format", "jsonl"}).out);
  EXPECT_FALSE(row.at("checkpoint").at("kept"));
  EXPECT_THAT(row.at("way_out").get<std::string>(), Not(IsEmpty()));
}

TEST_F(Proofs, AnOlderCopyOfTheLogIsFoundOut) {
  const fs::path archive = Key().parent_path().parent_path();
  const std::string old = Path("old-copy");
  fs::copy(archive, old, fs::copy_options::recursive);
  EXPECT_EQ(Verbatim({"config", "user.name", "ana"}).exit, 0);
  EXPECT_EQ(Verbatim({"checkpoint", "--out", Path("new.txt")}).exit, 0);
  const Finished shorter =
      RunProgram({VerbatimProgram(), "-C", old, "verify", "--checkpoint", Path("new.txt")});
  EXPECT_EQ(shorter.exit, 1);
  EXPECT_THAT(shorter.out, HasSubstr("has only"));
  // It goes on in another way: as long, and another history.
  ASSERT_EQ(RunProgram({VerbatimProgram(), "-C", old, "config", "user.name", "eve"}).exit, 0);
  const Finished forked =
      RunProgram({VerbatimProgram(), "-C", old, "verify", "--checkpoint", Path("new.txt")});
  EXPECT_EQ(forked.exit, 1);
  EXPECT_THAT(forked.out, HasSubstr("their root is another"));
}

TEST_F(Proofs, AnEventIsProvedWithTheArchiveWithAKeyAndConsistentWithNeither) {
  const std::string file = Path("event.proof");
  EXPECT_EQ(Verbatim({"prove", "@5", "--out", file}).exit, 0);
  EXPECT_EQ(Verbatim({"prove", "@5"}).out, Read(file));
  const Finished here = Verbatim({"check-proof", file});
  EXPECT_EQ(here.exit, 0);
  EXPECT_THAT(here.out, StartsWith("proved: event 5 "));
  Write("archive.pub", Verbatim({"checkpoint", "--public-key"}).out);
  const Finished keyed = Check({file, "--key", Path("archive.pub")});
  EXPECT_EQ(keyed.exit, 0);
  EXPECT_THAT(keyed.out, StartsWith("proved: "));
  const Finished alone = Check({file});
  EXPECT_EQ(alone.exit, 0);
  EXPECT_THAT(alone.out, StartsWith("consistent, signer not verified"));
  const std::string other = Path("other");
  ASSERT_EQ(RunProgram({VerbatimProgram(), "-C", other, "init"}).exit, 0);
  EXPECT_EQ(RunProgram({VerbatimProgram(), "-C", other, "check-proof", file}).exit, 1);
}

TEST_F(Proofs, ABodyMayBeLeftOut) {
  const std::string file = Path("bare.proof");
  EXPECT_EQ(Verbatim({"prove", "@1", "--no-body", "--out", file}).exit, 0);
  EXPECT_THAT(Read(file), HasSubstr("\nbody withheld\n"));
  const Json row = Json::parse(Check({file, "--format", "jsonl"}).out);
  EXPECT_EQ(row.at("events").at(0).at("body_state"), "withheld");
  EXPECT_FALSE(row.at("signer_verified"));
}

TEST_F(Proofs, AnAnnotationIsPrintedAsACitation) {
  const std::string file = Path("quote.proof");
  EXPECT_EQ(Verbatim({"prove", Quotation(), "--out", file}).exit, 0);
  const Finished shown = Verbatim({"check-proof", file});
  EXPECT_EQ(shown.exit, 0) << shown.out << shown.err;
  const Json row = Json::parse(Check({file, "--format", "jsonl"}).out);
  const Json& citation = row.at("citation");
  EXPECT_THAT(shown.out, HasSubstr(citation.at("words").get<std::string>()));
  EXPECT_THAT(citation.at("speaker").get<std::string>(), HasSubstr("Dorokhov"));
  EXPECT_EQ(citation.at("source_sha256").get<std::string>().size(), 64U);
  EXPECT_FALSE(citation.at("title").get<std::string>().empty());
  EXPECT_EQ(row.at("about"), "annotation " + Quotation());
  EXPECT_GE(row.at("events").size(), 3U);
}

TEST_F(Proofs, AnArticleIsProvedWhole) {
  const std::string article = Rows({"articles"}).at(0).at("article");
  const std::string file = Path("article.proof");
  EXPECT_EQ(Verbatim({"prove", article, "--out", file}).exit, 0);
  const Json row = Json::parse(Check({file, "--format", "jsonl"}).out);
  EXPECT_EQ(row.at("events").size(), Rows({"log", "--article", article}).size());
  EXPECT_FALSE(row.at("citation").at("title").get<std::string>().empty());
}

TEST_F(Proofs, WhatIsNoProofIsExitOne) {
  EXPECT_EQ(Check({Write("empty.proof", "")}).exit, 1);
  EXPECT_EQ(Check({Write("noise.proof", "verbatim proof 1\n\xff")}).exit, 1);
  EXPECT_EQ(Check({Path("nowhere.proof")}).exit, 1);
  EXPECT_EQ(Verbatim({"prove", "@999999"}).exit, 1);
  EXPECT_EQ(Verbatim({"prove", "ffffffffffffff"}).exit, 1);
}

// tests/acceptance/check_proof.py knows the format only, and shares no code with the tool.
Finished SecondVerifier(std::vector<std::string> arguments) {
  arguments.insert(
      arguments.begin(),
      {"python3", (fs::path(VERBATIM_SOURCE_DIR) / "tests/acceptance/check_proof.py").string()});
  return RunProgram(arguments);
}

TEST_F(Proofs, ASecondVerifierAgreesOnThousandsOfChanges) {
  const std::vector<std::vector<std::string>> proofs = {
      {"prove", "@5"}, {"prove", Quotation()}, {"prove", "@6", "--no-body"}};
  for (const std::vector<std::string>& prove : proofs) {
    const std::string whole = Verbatim(prove).out;
    EXPECT_TRUE(archive::CheckProof(whole, {}).ok());
    const std::string changes = Path("changes");
    fs::remove_all(changes);
    fs::create_directory(changes);
    const Finished said =
        SecondVerifier({Write("whole.proof", whole), "--changes", changes, "--count", "1500"});
    ASSERT_EQ(said.exit, 0) << said.out << said.err;
    std::istringstream lines(said.out);
    std::string line;
    std::getline(lines, line);
    EXPECT_THAT(line, StartsWith("holds: "));
    size_t count = 0;
    for (std::string name, verdict; lines >> name >> verdict; ++count) {
      const bool holds = archive::CheckProof(Read(fs::path(changes) / name), {}).ok();
      EXPECT_EQ(holds, verdict == "0") << prove[1] << " " << name;
      EXPECT_FALSE(holds) << prove[1] << " " << name;
    }
    EXPECT_GT(count, 1400U);
    EXPECT_EQ(Check({(fs::path(changes) / "000007.proof").string()}).exit, 1);
  }
}

TEST_F(Proofs, ASecondVerifierBelievesTheKeyThatItIsGiven) {
  const std::string file = Write("whole.proof", Verbatim({"prove", "@5"}).out);
  Write("archive.pub", Verbatim({"checkpoint", "--public-key"}).out);
  EXPECT_EQ(SecondVerifier({file, "--key", Path("archive.pub")}).exit, 0);
  const std::string other = Path("other");
  ASSERT_EQ(RunProgram({VerbatimProgram(), "-C", other, "init"}).exit, 0);
  Write("other.pub",
        RunProgram({VerbatimProgram(), "-C", other, "checkpoint", "--public-key"}).out);
  EXPECT_EQ(SecondVerifier({file, "--key", Path("other.pub")}).exit, 1);
}

}  // namespace
}  // namespace verbatim::testing
