// SPDX-License-Identifier: Apache-2.0
// Whatever harm a plugin does, the archive loses nothing, the others go on, and what became of it
// is an event, or the state of a view, whose message says what to do.
#include "core/archive/doctor.h"
#include "core/archive/overview.h"
#include "core/archive/plugin_config.h"
#include "core/archive/plugins.h"
#include "core/archive/views.h"
#include "core/base/limits.h"
#include "core/log/verify.h"
#include "core/plugin/containment.h"
#include "tests/core/archive/fixture.h"

namespace verbatim::archive {
namespace {

using ::testing::HasSubstr;
using Ran = v1::RunCompleted;

// A sanitizer's runtime answers signals itself and needs what the sandbox forbids.
#if defined(VERBATIM_SANITIZED)
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif

struct Harm {
  const char* mood;
  Ran::Outcome outcome;
  const char* says;
  bool anywhere = true;  // under a sanitizer too
};

class Harms : public ArchiveFixture {
 protected:
  void SetUp() override {
    ArchiveFixture::SetUp();
    for (const char* plugin : {"moody", "good"}) {
      const auto pin = InstallPlugin(
          *archive_, std::string(VERBATIM_BINARY_DIR "/tests/plugins/") + plugin + ".so", false);
      ASSERT_TRUE(pin.ok()) << pin.status();
    }
  }

  void ExpectAWholeLog() const {
    log::VerifyOptions verify;
    verify.level = log::VerifyLevel::kFull;
    const auto report = log::Verify(archive_->log(), verify);
    ASSERT_TRUE(report.ok()) << report.status();
    EXPECT_TRUE(report->whole) << report->what;
  }

  std::string TroubleOf(std::string_view of) const {
    const auto overview = Survey(*archive_);
    EXPECT_TRUE(overview.ok()) << overview.status();
    for (const std::string& line : overview->trouble) {
      if (line.find(of) != std::string::npos) return line;
    }
    return "";
  }
};

const Harm kOfAnnotators[] = {
    {"throw", Ran::OUTCOME_FAILED, "no mood for this"},
    {"throw-42", Ran::OUTCOME_FAILED, "no std::exception"},
    {"crash", Ran::OUTCOME_CRASHED, "Segmentation", false},
    {"loop", Ran::OUTCOME_TIMED_OUT, "cpu_ms_max"},
    {"sleep", Ran::OUTCOME_TIMED_OUT, "cpu_ms_max"},
    {"eat", Ran::OUTCOME_LIMIT_EXCEEDED, "memory_mib_max", false},
    {"scribble", Ran::OUTCOME_COMPLETED, ""},
    {"scribble-everywhere", Ran::OUTCOME_CRASHED, "crashed", false},
    {"flood", Ran::OUTCOME_LIMIT_EXCEEDED, "proposals_max"},
    {"lie-beyond", Ran::OUTCOME_INVALID_OUTPUT, "beyond the text"},
    {"lie-exact", Ran::OUTCOME_INVALID_OUTPUT, "another text"},
    {"lie-type", Ran::OUTCOME_INVALID_OUTPUT, "verbatim.v1.Quote"},
    {"connect", Ran::OUTCOME_FORBIDDEN_CALL, "socket", false},
    {"read-file", Ran::OUTCOME_FORBIDDEN_CALL, "open", false},
    {"fork", Ran::OUTCOME_FORBIDDEN_CALL, "clone", false},
};

TEST_F(Harms, OfAnAnnotatorAreRunsOfTheLogAndTheOthersGoOn) {
  std::vector<std::pair<std::string, ingest::Given>> texts;
  std::vector<const Harm*> harms;
  for (const Harm& harm : kOfAnnotators) {
    if (kSanitized && !harm.anywhere) continue;
    // An article between two of them, or the plugin would be parked.
    texts.push_back({std::string(harm.mood) + " the HARBOUR was closed that day.\n", {}});
    texts.push_back({"Calm: nothing came of " + std::string(harm.mood) + " at SEA.\n", {}});
    harms.push_back(&harm);
  }
  IngestOptions options;
  options.jobs = 2;
  const auto results = Ingest(texts, options);
  ASSERT_EQ(results.size(), texts.size());

  std::map<std::string, Ran> moody;  // by article
  std::map<std::string, Ran> good;
  const auto snapshot = archive_->log().Read();
  ASSERT_TRUE(snapshot.ok());
  ASSERT_TRUE(snapshot
                  ->ScanHeaders(
                      1, snapshot->head(),
                      [&](uint64_t sequence, const log::HeaderView& header) {
                        Ran run;
                        if (header.type != "verbatim.v1.RunCompleted") return true;
                        EXPECT_TRUE(run.ParseFromString(*snapshot->Body(sequence, header).value()));
                        if (run.annotator() == "moody") moody[run.article()] = run;
                        if (run.annotator() == "shouts") good[run.article()] = run;
                        return true;
                      })
                  .ok());
  for (size_t i = 0; i < texts.size(); ++i) {
    const IngestResult& result = results[i];
    ASSERT_EQ(result.action, IngestAction::kIngested) << texts[i].first;
    EXPECT_EQ(good[result.article].outcome(), Ran::OUTCOME_COMPLETED) << texts[i].first;
    const Ran& run = moody[result.article];
    if (i % 2 == 1) {
      EXPECT_EQ(run.outcome(), Ran::OUTCOME_COMPLETED) << run.message();
      continue;
    }
    const Harm& harm = *harms[i / 2];
    EXPECT_EQ(run.outcome(), harm.outcome) << harm.mood << ": " << run.message();
    EXPECT_THAT(run.message(), HasSubstr(kSanitized ? "" : harm.says)) << harm.mood;
    EXPECT_EQ(run.added(), harm.outcome == Ran::OUTCOME_COMPLETED ? 1U : 0U) << harm.mood;
  }
  EXPECT_TRUE(archive_->catalog().Plugin("moody")->runs());
  EXPECT_THAT(TroubleOf("outcome TIMED_OUT"), HasSubstr("'verbatim plugin disable moody'"));
  ExpectAWholeLog();
}

TEST_F(Harms, OneThatLiesInItsManifestIsNotInstalled) {
  const uint64_t before = Head();
  const auto pin =
      InstallPlugin(*archive_, VERBATIM_BINARY_DIR "/tests/plugins/bad_manifest.so", false);
  ASSERT_FALSE(pin.ok());
  EXPECT_THAT(std::string(pin.status().message()), HasSubstr("shouts.v1.Whisper"));
  EXPECT_EQ(Head(), before);
}

class ViewHarms : public Harms {
 protected:
  void Configure(const std::string& mood) {
    const auto changed = ConfigurePlugin(
        *archive_, "moody", mood.empty() ? "" : "mood: \"" + mood + "\"", archive_->Events());
    ASSERT_TRUE(changed.ok()) << changed.status();
  }

  void ChangeASetting(const std::string& value) {
    v1::SettingChanged change;
    change.set_key("user.name");
    change.set_value(value);
    std::vector<log::NewEvent> events = {archive_->Events().Make(kArchiveStream, change).value()};
    ASSERT_TRUE(archive_->AppendToCatalog(std::move(events)).ok());
  }

  ViewState State(const std::string& name) {
    const auto states = Views(*archive_).States();
    for (const ViewState& state : *states) {
      if (state.name == name) return state;
    }
    ADD_FAILURE() << "no view " << name;
    return {};
  }
};

const Harm kOfViews[] = {
    {"throw", Ran::OUTCOME_BAD_INPUT, "no mood for this"},
    {"throw-42", Ran::OUTCOME_BAD_INPUT, "no std::exception"},
    {"lie-key", Ran::OUTCOME_BAD_INPUT, "over 240 bytes"},
    {"lie-table", Ran::OUTCOME_BAD_INPUT, "no such table"},
    {"crash", Ran::OUTCOME_CRASHED, "Segmentation", false},
    {"loop", Ran::OUTCOME_TIMED_OUT, "cpu_ms_max"},
    {"sleep", Ran::OUTCOME_TIMED_OUT, "cpu_ms_max"},
    {"eat", Ran::OUTCOME_LIMIT_EXCEEDED, "memory_mib_max", false},
    {"scribble-everywhere", Ran::OUTCOME_CRASHED, "crashed", false},
    {"connect", Ran::OUTCOME_FORBIDDEN_CALL, "socket", false},
    {"read-file", Ran::OUTCOME_FORBIDDEN_CALL, "open", false},
    {"fork", Ran::OUTCOME_FORBIDDEN_CALL, "clone", false},
    {"fill-disk", Ran::OUTCOME_LIMIT_EXCEEDED, "than a view may", false},
    {"step-beyond", Ran::OUTCOME_INVALID_OUTPUT, "not asked"},
};

TEST_F(ViewHarms, AreStatesOfThatViewAndTheOthersGoOn) {
  ChangeASetting("one");
  Ingest({{kQuoted, {}}});
  Views views(*archive_);
  const uint64_t rows = [&] {
    const auto opened = views.Open("settings");
    EXPECT_TRUE(opened.ok()) << opened.status();
    EXPECT_TRUE(opened->notes.empty());
    return opened->generation->Checkpoint()->rows();
  }();
  for (const Harm& harm : kOfViews) {
    if (kSanitized && !harm.anywhere) continue;
    Configure(harm.mood);
    {
      // What was built before the configuration changed serves on, and a note says why.
      const auto opened = views.Open("settings");
      ASSERT_TRUE(opened.ok()) << harm.mood << ": " << opened.status();
      EXPECT_EQ(opened->generation->Checkpoint()->rows(), rows) << harm.mood;
      ASSERT_EQ(opened->notes.size(), 1U) << harm.mood;
      EXPECT_THAT(opened->notes[0], HasSubstr(harm.says)) << harm.mood;
      EXPECT_THAT(opened->notes[0], HasSubstr("'verbatim plugin release moody'")) << harm.mood;
    }
    const ViewState state = State("settings");
    EXPECT_EQ(state.state, "failed") << harm.mood;
    EXPECT_THAT(state.why, HasSubstr(harm.says)) << harm.mood;
    EXPECT_THAT(TroubleOf("view settings"), HasSubstr("'verbatim plugin upgrade")) << harm.mood;
    EXPECT_THAT(views.Open("quotes")->notes, ::testing::IsEmpty()) << harm.mood;
  }
  // Who writes over the event that was lent to it harms its own copy.
  for (const char* harmless : {"scribble", ""}) {
    Configure(harmless);
    EXPECT_TRUE(views.Open("settings")->notes.empty());
    EXPECT_EQ(State("settings").state, "ready");
    EXPECT_TRUE(views.Verify("settings")->agrees);
  }
  ExpectAWholeLog();
}

TEST_F(ViewHarms, OneThatEndsBadlyAgainAndAgainIsParkedUntilItIsReleased) {
  ChangeASetting("one");
  Configure("lie-table");
  Views views(*archive_);
  for (uint32_t i = 0; i < limits::kCrashesBeforeParking; ++i) {
    // Nothing served before: it stands still before that event, and that is what is shown.
    const auto opened = views.Open("settings");
    ASSERT_TRUE(opened.ok()) << opened.status();
  }
  EXPECT_EQ(State("settings").state, "stalled");
  Configure("");
  ASSERT_TRUE(views.Open("settings").ok());
  Configure("lie-table");
  for (uint32_t i = 0; i < limits::kCrashesBeforeParking; ++i) {
    EXPECT_EQ(State("settings").state, i == 0 ? "outdated" : "failed");
    ASSERT_TRUE(views.Open("settings").ok());
  }
  EXPECT_EQ(State("settings").state, "parked");
  ::setenv("VERBATIM_PLUGIN_HOST", "/bin/false", 1);
  const std::string parked = views.Open("settings")->notes.at(0);
  EXPECT_THAT(parked, HasSubstr("5 times in a row"));
  EXPECT_THAT(parked, HasSubstr("no such table")) << "no worker was started for it";
  EXPECT_THAT(TroubleOf("view settings is parked"), HasSubstr("no such table"));
  ASSERT_TRUE(ChangeState(*archive_, "moody", v1::PluginStateChanged::STATE_RELEASED, "",
                          archive_->Events())
                  .ok());
  EXPECT_EQ(State("settings").state, "outdated");
  EXPECT_THAT(views.Open("settings")->notes.at(0), HasSubstr("worker")) << "one was started again";
}

TEST_F(ViewHarms, WhatAWorkerSaysOfTheLogIsSaidToBeItsWord) {
  ChangeASetting("one");
  Configure("forge-trouble");
  const auto opened = Views(*archive_).Open("settings");
  EXPECT_THAT(std::string(opened.status().message()),
              HasSubstr("the worker of view settings: the log is damaged"));
  EXPECT_TRUE(Views(*archive_).Open("quotes").ok());
}

TEST_F(ViewHarms, OneThatForgesTroubleWithTheLogIsParkedToo) {
  ChangeASetting("one");
  Views views(*archive_);
  ASSERT_TRUE(views.Open("settings").ok());
  for (const char* mood : {"forge-trouble", "refuse"}) {
    Configure(mood);
    for (uint32_t i = 0; i < limits::kCrashesBeforeParking; ++i) {
      EXPECT_EQ(State("settings").state, i == 0 ? "outdated" : "failed") << mood;
      const auto opened = views.Open("settings");
      ASSERT_TRUE(opened.ok()) << mood << ": " << opened.status();
      EXPECT_THAT(opened->notes.at(0), HasSubstr("'verbatim plugin release moody'")) << mood;
    }
    EXPECT_EQ(State("settings").state, "parked") << mood;
  }
  Configure("");
  EXPECT_TRUE(views.Open("settings")->notes.empty()) << "another configuration begins anew";
}

TEST_F(ViewHarms, AreToldByDoctorWithAWayOut) {
  ChangeASetting("one");
  ASSERT_TRUE(Views(*archive_).Open("settings").ok());
  Configure("lie-table");
  for (uint32_t i = 0; i < limits::kCrashesBeforeParking; ++i)
    ASSERT_TRUE(Views(*archive_).Open("settings").ok());
  archive_.reset();  // one process never opens a log twice
  size_t told = 0;
  for (const Diagnosis& row : Examine(folder_.path() / "archive", options_, {})) {
    if (row.check == "views" && row.what.find("no such table") != std::string::npos) {
      ++told;
      EXPECT_EQ(row.health, Health::kWrong);
      EXPECT_THAT(row.way_out, HasSubstr("'verbatim plugin release moody'"));
    }
    if (row.check == "sandbox") {
      ++told;
      EXPECT_EQ(row.what, plugin::ToText(plugin::ContainmentHere()));
    }
  }
  EXPECT_EQ(told, 2U);
}

}  // namespace
}  // namespace verbatim::archive
