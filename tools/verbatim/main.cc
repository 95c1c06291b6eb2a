// SPDX-License-Identifier: Apache-2.0
// verbatim: who said what, when, and how that changed, with a history that can be proved.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "core/base/check.h"
#include "tools/verbatim/care.h"
#include "tools/verbatim/cli.h"
#include "tools/verbatim/exchange.h"
#include "tools/verbatim/people.h"
#include "tools/verbatim/reading.h"

namespace {

using verbatim::tool::Cli;

struct Verbs {
  const char* names;  // that `add` declares, parted by blanks
  void (*add)(CLI::App& app, Cli& cli);
};

std::vector<Verbs> AllVerbs() {
  using namespace verbatim::tool;
  return {{"init", AddInit},
          {"ingest", AddIngest},
          {"annotate", AddAnnotate},
          {"articles article", AddArticles},
          {"view", AddView},
          {"statements", AddStatements},
          {"log", AddLog},
          {"history", AddHistory},
          {"blame", AddBlame},
          {"diff", AddDiff},
          {"why", AddWhy},
          {"bisect", AddBisect},
          {"show", AddShow},
          {"add correct confirm reject undo", AddDecide},
          {"review", AddReview},
          {"speaker", AddSpeaker},
          {"replay", AddReplay},
          {"verify", AddVerify},
          {"checkpoint", AddCheckpoint},
          {"prove", AddProve},
          {"check-proof", AddCheckProof},
          {"reextract", AddReextract},
          {"erase", AddErase},
          {"compact", AddCompact},
          {"backup", AddBackup},
          {"restore", AddRestore},
          {"doctor", AddDoctor},
          {"export", AddExport},
          {"import", AddImport},
          {"search", AddSearch},
          {"serve", AddServe},
          {"plugin", AddPlugin},
          {"extract", AddExtract},
          {"config", AddConfig},
          {"status", AddStatus},
          {"completion", AddCompletion},
          {"pull", AddPull},
          {"watch", AddWatch},
          {"help", AddHelp}};
}

void AddGlobals(CLI::App& app, Cli& cli) {
  app.set_version_flag("--version", std::string("verbatim ") + VERBATIM_VERSION);
  app.add_option("-C,--archive", cli.archive,
                 "Folder of the archive (else $VERBATIM_ARCHIVE, else ./archive)");
  app.add_option("--format", cli.format, "How rows are printed")
      ->check(CLI::IsMember({"table", "json", "jsonl", "csv"}))
      ->capture_default_str();
  app.add_flag("--quiet", cli.quiet, "Say nothing but results and errors");
  app.add_flag("--no-color", cli.no_color, "No colour, as with NO_COLOR set");
  app.add_flag("--local", cli.local_time,
               "Tables tell the time where this machine stands; json stays UTC");
  app.add_option("--as", cli.person, "Who decides (else the setting user.name, else $USER)");
  app.add_flag("--in-process", cli.in_process, "Run plugins inside this process, for a debugger");
}

// Verbs whose names stand among the words: no others can be meant, whatever else a word may be. To
// declare all takes longer than many a verb runs. `help` and `completion` are about all of them.
std::vector<Verbs> Named(const std::set<std::string_view>& words) {
  std::vector<Verbs> named;
  for (const Verbs& verbs : AllVerbs()) {
    const std::vector<std::string> names = absl::StrSplit(verbs.names, ' ');
    if (std::any_of(names.begin(), names.end(),
                    [&](const std::string& name) { return words.contains(name); })) {
      named.push_back(verbs);
    }
  }
  return words.contains("help") || words.contains("completion") ? AllVerbs() : named;
}

// The words of one start, parsed by some of the verbs.
class Parser {
 public:
  explicit Parser(const std::vector<Verbs>& verbs) {
    app_.name("verbatim");
    app_.require_subcommand(1);
    app_.fallthrough();
    app_.failure_message(&verbatim::tool::OfMistake);
    app_.footer(
        "Example:\n  verbatim ingest articles/*.txt && verbatim view quotes --where "
        "speaker=Lindqvist");
    AddGlobals(app_, cli_);
    std::vector<std::string> names;
    for (const Verbs& one : verbs) {
      one.add(app_, cli_);
      names.push_back(one.names);
    }
    const auto by_name = [](std::string* out, const CLI::App* verb) {
      absl::StrAppend(out, verb->get_name());
    };
    const auto declared = app_.get_subcommands([](const CLI::App*) { return true; });
    VB_CHECK(absl::StrJoin(declared, " ", by_name) == absl::StrJoin(names, " "),
             "AllVerbs() names what its functions declare");
  }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;

  // Throws CLI::ParseError for what is wrong, and for --help and --version.
  void Parse(int argc, char** argv) { app_.parse(argc, argv); }
  // Prints what was thrown.
  int Say(const CLI::ParseError& error) {
    return app_.exit(error) == 0 ? verbatim::tool::kDone : verbatim::tool::kUsage;
  }
  int Run() const { return cli_.run ? cli_.run() : verbatim::tool::kUsage; }

 private:
  Cli cli_;
  CLI::App app_{
      "An archive of news articles: who said what, when, and how that changed.\n"
      "Exit: 0 done, 1 negative answer, 2 usage, 3 some inputs failed, 4 the archive is in "
      "trouble."};
};

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_DFL);
  auto parser = std::make_unique<Parser>(Named({argv + 1, argv + argc}));
  try {
    parser->Parse(argc, argv);
  } catch (const CLI::CallForVersion& version) {
    return parser->Say(version);
  } catch (const CLI::ParseError&) {
    // Help, or a mistake: what is said of it is said by all verbs.
    parser = std::make_unique<Parser>(AllVerbs());
    try {
      parser->Parse(argc, argv);
    } catch (const CLI::ParseError& error) {
      return parser->Say(error);
    }
  }
  const int code = parser->Run();
  if (std::fflush(stdout) != 0) {
    Cli::Complain("what was printed could not be written: is the disk full?");
    return verbatim::tool::kTrouble;
  }
  return code;
}
