// SPDX-License-Identifier: Apache-2.0
// Whatever an annotator does, an outcome comes back, and the next article is none the worse.
#include <fcntl.h>

#include <chrono>
#include <string>
#include <utility>

#include "core/plugin/annotator_runner.h"
#include "core/plugin/containment.h"
#include "core/plugin/loader.h"
#include "core/plugin/worker.h"
#include "gmock/gmock.h"
#include "tests/core/plugin/plugins.h"

namespace verbatim::plugin {
namespace {

using ::testing::HasSubstr;
using Run = v1::RunCompleted;

v1::AnnotateRequest Article(const std::string& text) {
  v1::AnnotateRequest request;
  request.set_text(text);
  return request;
}

class Annotators : public ::testing::TestWithParam<bool> {
 protected:
  std::unique_ptr<AnnotatorRunner> Start(const std::string& plugin, const std::string& name,
                                         const std::string& config = "") {
    const PluginFile file = Plugin(plugin);
    auto types = registry_.Add(file.descriptors);
    EXPECT_TRUE(types.ok()) << types.status();
    auto runner =
        StartAnnotator(file, name, {.config = config, .types = *types, .in_process = GetParam()});
    EXPECT_TRUE(runner.ok()) << runner.status();
    return *std::move(runner);
  }

  schema::Registry registry_;
};

INSTANTIATE_TEST_SUITE_P(, Annotators, ::testing::Values(false, true), [](const auto& test) {
  return std::string(test.param ? "InProcess" : "InWorker");
});

TEST_P(Annotators, ProposesWhatItFinds) {
  const AnnotateOutcome said =
      Start("good", "shouts")->Annotate(Article("Élan: NOT one STEP back"));
  ASSERT_EQ(said.outcome, Run::OUTCOME_COMPLETED) << said.message;
  ASSERT_EQ(said.proposals.size(), 2U);
  EXPECT_EQ(said.proposals[0].spans(0).exact(), "NOT");
  EXPECT_EQ(said.proposals[0].spans(0).begin_byte(), 7U);
  EXPECT_EQ(said.proposals[0].spans(0).begin_char(), 6U);
  EXPECT_EQ(said.proposals[1].spans(0).exact(), "STEP");
  ASSERT_EQ(said.log.size(), 1U);
  EXPECT_EQ(said.log[0].severity, VB_INFO);
  EXPECT_EQ(said.log[0].text, "looked at 24 bytes");
}

TEST_P(Annotators, TakesItsConfiguration) {
  const std::string four_letters("\x08\x04", 2);
  const AnnotateOutcome said = Start("good", "shouts", four_letters)->Annotate(Article("NOT STEP"));
  ASSERT_EQ(said.proposals.size(), 1U);
  EXPECT_EQ(said.proposals[0].spans(0).exact(), "STEP");
}

TEST_P(Annotators, SaysWhyItCannotBeMade) {
  const AnnotateOutcome said = Start("good", "shouts", "\xFF")->Annotate(Article("NOT"));
  EXPECT_EQ(said.outcome, Run::OUTCOME_FAILED);
  EXPECT_THAT(said.message, HasSubstr("no shouts.v1.Config"));
  EXPECT_THAT(Start("moody", "stillborn")->Annotate(Article("x")).message,
              HasSubstr("no dictionary"));
}

TEST_P(Annotators, BadInputLeavesTheInstanceUsable) {
  const auto runner = Start("good", "shouts");
  const AnnotateOutcome refused = runner->Annotate(Article(""));
  EXPECT_EQ(refused.outcome, Run::OUTCOME_BAD_INPUT);
  EXPECT_EQ(refused.message, "an empty text");
  EXPECT_EQ(runner->Annotate(Article("NOT")).proposals.size(), 1U);
}

TEST_P(Annotators, AnswersManyArticlesAlike) {
  const auto runner = Start("good", "shouts");
  const std::string text = "They said NO, and NO again. " + std::string(1 << 20, 'x');
  for (int i = 0; i < 50; ++i) {
    const AnnotateOutcome said = runner->Annotate(Article(i % 2 == 0 ? text : "SHORT"));
    ASSERT_EQ(said.outcome, Run::OUTCOME_COMPLETED) << said.message;
    ASSERT_EQ(said.proposals.size(), i % 2 == 0 ? 0U : 1U);
  }
}

TEST_P(Annotators, PluginInCWorks) {
  const AnnotateOutcome said = Start("c_plugin", "echo")->Annotate(Article("hello"));
  EXPECT_EQ(said.outcome, Run::OUTCOME_BAD_INPUT);
  EXPECT_EQ(said.message, "nothing to echo");
}

TEST_P(Annotators, UnknownNameIsNotFound) {
  EXPECT_TRUE(absl::IsNotFound(StartAnnotator(Plugin("good"), "whispers", {}).status()));
}

// What is said about each lie of the moody plugin.
constexpr std::pair<const char*, const char*> kLies[] = {
    {"lie-no-span", "without a span"},     {"lie-empty", "is empty"},
    {"lie-beyond", "beyond the text"},     {"lie-exact", "another text"},
    {"lie-chars", "is characters [0, 9)"}, {"lie-confidence", "confidence nan"},
    {"lie-overlap", "begins before"},      {"lie-type", "verbatim.v1.Quote"},
    {"lie-body", "shouts.v1.Groan"},       {"li\xC3\xA9-border", "cuts a character"},
};

// Lies and throws are caught on either side of a process border.
class Contained : public Annotators {};
INSTANTIATE_TEST_SUITE_P(, Contained, ::testing::Values(false, true), [](const auto& test) {
  return std::string(test.param ? "InProcess" : "InWorker");
});

TEST_P(Contained, EveryLieIsInvalidOutput) {
  const auto runner = Start("moody", "moody");
  for (const auto& [mood, says] : kLies) {
    const AnnotateOutcome said = runner->Annotate(Article(std::string(mood) + " and so on"));
    EXPECT_EQ(said.outcome, Run::OUTCOME_INVALID_OUTPUT) << mood;
    EXPECT_THAT(said.message, HasSubstr(says)) << mood;
    EXPECT_TRUE(said.proposals.empty()) << mood;
  }
  EXPECT_EQ(runner->Annotate(Article("truth be told")).outcome, Run::OUTCOME_COMPLETED);
}

TEST_P(Contained, EveryThrowIsAnOutcome) {
  const auto runner = Start("moody", "moody");
  EXPECT_EQ(runner->Annotate(Article("throw")).message, "no mood for this");
  EXPECT_EQ(runner->Annotate(Article("throw")).outcome, Run::OUTCOME_FAILED);
  EXPECT_EQ(runner->Annotate(Article("throw-42")).outcome, Run::OUTCOME_FAILED);
  EXPECT_EQ(runner->Annotate(Article("bad-input")).outcome, Run::OUTCOME_BAD_INPUT);
  EXPECT_EQ(runner->Annotate(Article("flood")).outcome, Run::OUTCOME_LIMIT_EXCEEDED);
  EXPECT_EQ(runner->Annotate(Article("calm")).outcome, Run::OUTCOME_COMPLETED);
}

TEST_P(Contained, ChatterIsBoundedAndClean) {
  const AnnotateOutcome said = Start("moody", "moody")->Annotate(Article("chat"));
  ASSERT_EQ(said.outcome, Run::OUTCOME_COMPLETED) << said.message;
  EXPECT_LE(said.log.size(), 100U);
  EXPECT_EQ(said.log[7].text, "line 7\xEF\xBF\xBD");
}

struct Harm {
  const char* mood;
  Run::Outcome outcome;
  const char* says;
};

class Harms : public ::testing::TestWithParam<Harm> {};

const Harm kHarms[] = {
    {"crash", Run::OUTCOME_CRASHED, "Segmentation"},
    {"abort", Run::OUTCOME_CRASHED, "Aborted"},
    {"exit", Run::OUTCOME_CRASHED, "code 0"},
    {"scribble", Run::OUTCOME_COMPLETED, ""},
    {"loop", Run::OUTCOME_TIMED_OUT, "cpu_ms_max"},
    {"poll", Run::OUTCOME_TIMED_OUT, "time was up"},
    {"sleep", Run::OUTCOME_TIMED_OUT, "cpu_ms_max"},
    {"eat", Run::OUTCOME_LIMIT_EXCEEDED, "memory_mib_max"},
    {"flood", Run::OUTCOME_LIMIT_EXCEEDED, "proposals_max"},
    {"print", Run::OUTCOME_LIMIT_EXCEEDED, "printed over"},
    {"garbage", Run::OUTCOME_INVALID_OUTPUT, "no verbatim.v1.Proposal"},
    {"babble-to-host", Run::OUTCOME_INVALID_OUTPUT, "no answer"},
    {"connect", Run::OUTCOME_FORBIDDEN_CALL, "socket"},
    {"hide-and-connect", Run::OUTCOME_FORBIDDEN_CALL, "signals blocked"},
    {"read-file", Run::OUTCOME_FORBIDDEN_CALL, "open"},
    {"fork", Run::OUTCOME_FORBIDDEN_CALL, "clone"},
    {"thread", Run::OUTCOME_FORBIDDEN_CALL, "thread"},
    {"execute", Run::OUTCOME_FORBIDDEN_CALL, "execve"},
    {"map-code", Run::OUTCOME_FORBIDDEN_CALL, "mmap"},
    {"limit-others", Run::OUTCOME_FORBIDDEN_CALL, "prlimit64"},
    {"flood-around", Run::OUTCOME_INVALID_OUTPUT, "not asked"},
};

INSTANTIATE_TEST_SUITE_P(, Harms, ::testing::ValuesIn(kHarms), [](const auto& test) {
  std::string name = test.param.mood;
  for (char& c : name) c = c == '-' ? '_' : c;
  return name;
});

TEST_P(Harms, EndAsOutcomesAndTheNextArticleIsServed) {
  const Harm& harm = GetParam();
  if (kSanitized &&
      (harm.outcome == Run::OUTCOME_FORBIDDEN_CALL || std::string(harm.mood) == "eat")) {
    GTEST_SKIP() << "no filter and no memory limit under sanitizers";
  }
  auto runner = StartAnnotator(Plugin("moody"), "moody", {});
  ASSERT_TRUE(runner.ok());
  ASSERT_EQ((*runner)->Annotate(Article("before")).outcome, Run::OUTCOME_COMPLETED);
  const AnnotateOutcome said = (*runner)->Annotate(Article(harm.mood));
  EXPECT_EQ(said.outcome, harm.outcome) << said.message;
  EXPECT_THAT(said.message, HasSubstr(kSanitized ? "" : harm.says));
  EXPECT_EQ(said.proposals.empty(), harm.outcome != Run::OUTCOME_COMPLETED);
  const AnnotateOutcome next = (*runner)->Annotate(Article("after"));
  EXPECT_EQ(next.outcome, Run::OUTCOME_COMPLETED) << next.message;
}

TEST(Containment, StandsWholeBeforeAConstructorRuns) {
  if (kSanitized) GTEST_SKIP() << "no filter under sanitizers";
  auto runner = StartAnnotator(Plugin("hasty"), "hasty", {});
  ASSERT_TRUE(runner.ok());
  const AnnotateOutcome said = (*runner)->Annotate(Article("a quiet day"));
  EXPECT_EQ(said.outcome, Run::OUTCOME_FORBIDDEN_CALL) << said.message;
  EXPECT_THAT(said.message, HasSubstr("while starting: made a system call"));
  EXPECT_THAT(said.message, HasSubstr("seccomp"));
}

TEST(Containment, AWorkerHoldsNothingThatItsToolHasOpen) {
  // As a shell leaves them to its programs.
  const base::Fd inherited(fcntl(open("/dev/null", O_RDWR), F_DUPFD, 77));
  ASSERT_TRUE(inherited.valid());
  auto runner = StartAnnotator(Plugin("moody"), "moody", {});
  ASSERT_TRUE(runner.ok());
  const AnnotateOutcome said = (*runner)->Annotate(Article("inherit"));
  EXPECT_EQ(said.outcome, Run::OUTCOME_COMPLETED) << said.message;
}

TEST(Containment, WhatAKernelLacksIsSaidWithItsConsequence) {
  EXPECT_THAT(ToText({.filtered = true, .landlock = 0}), HasSubstr("read what you can read"));
  EXPECT_THAT(ToText({.filtered = true, .landlock = 3}), HasSubstr("Landlock (version 3)"));
  EXPECT_THAT(ToText({.filtered = false, .landlock = 0}), HasSubstr("sanitizer"));
  EXPECT_FALSE((Containment{.filtered = false, .landlock = 3}).whole());
}

TEST(Worker, NamesTheProgramThatIsMissing) {
  const char* host = std::getenv("VERBATIM_PLUGIN_HOST");
  ASSERT_NE(host, nullptr) << "run by ctest, which says where the plugin host is";
  const std::string kept = host;
  setenv("VERBATIM_PLUGIN_HOST", "/nowhere/verbatim-plugin-host", 1);
  auto runner = StartAnnotator(Plugin("good"), "shouts", {});
  const AnnotateOutcome said = (*runner)->Annotate(Article("NOT"));
  setenv("VERBATIM_PLUGIN_HOST", kept.c_str(), 1);
  EXPECT_EQ(said.outcome, Run::OUTCOME_FAILED);
  EXPECT_THAT(said.message, HasSubstr("/nowhere/verbatim-plugin-host"));
}

TEST(Worker, MissingRoleIsAFailureWithItsName) {
  auto runner = StartAnnotator(Plugin("moody"), "absent", {});
  ASSERT_TRUE(runner.ok());
  EXPECT_THAT((*runner)->Annotate(Article("x")).message, HasSubstr("annotator absent"));
}

}  // namespace
}  // namespace verbatim::plugin
