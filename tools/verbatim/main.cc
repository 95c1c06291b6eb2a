// SPDX-License-Identifier: Apache-2.0
// verbatim: who said what, when, and how that changed, with a history that can be proved.
#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>

#include "tools/verbatim/care.h"
#include "tools/verbatim/cli.h"
#include "tools/verbatim/exchange.h"
#include "tools/verbatim/people.h"
#include "tools/verbatim/reading.h"

namespace {

void AddGlobals(CLI::App& app, verbatim::tool::Cli& cli) {
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

void AddVerbs(CLI::App& app, verbatim::tool::Cli& cli) {
  using namespace verbatim::tool;
  for (auto* add :
       {AddInit,       AddIngest,  AddAnnotate,   AddArticles,  AddView,   AddStatements,
        AddLog,        AddHistory, AddBlame,      AddDiff,      AddWhy,    AddBisect,
        AddShow,       AddDecide,  AddReview,     AddSpeaker,   AddReplay, AddVerify,
        AddCheckpoint, AddProve,   AddCheckProof, AddReextract, AddErase,  AddCompact,
        AddBackup,     AddRestore, AddDoctor,     AddExport,    AddImport, AddSearch,
        AddServe,      AddPlugin,  AddExtract,    AddConfig,    AddStatus, AddCompletion,
        AddPull,       AddWatch,   AddHelp}) {
    add(app, cli);
  }
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_DFL);
  verbatim::tool::Cli cli;
  CLI::App app(
      "An archive of news articles: who said what, when, and how that changed.\n"
      "Exit: 0 done, 1 negative answer, 2 usage, 3 some inputs failed, 4 the archive is in "
      "trouble.");
  app.name("verbatim");
  app.require_subcommand(1);
  app.fallthrough();
  app.footer(
      "Example:\n  verbatim ingest articles/*.txt && verbatim view quotes --where "
      "speaker=Lindqvist");
  AddGlobals(app, cli);
  AddVerbs(app, cli);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    // Help and --version come here too, with exit code 0.
    const int code = app.exit(error);
    return code == 0 ? 0 : verbatim::tool::kUsage;
  }
  const int code = cli.run ? cli.run() : verbatim::tool::kUsage;
  if (std::fflush(stdout) != 0) {
    verbatim::tool::Cli::Complain("what was printed could not be written: is the disk full?");
    return verbatim::tool::kTrouble;
  }
  return code;
}
