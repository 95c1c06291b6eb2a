// SPDX-License-Identifier: Apache-2.0
// verbatim doctor: what is wrong with the archive, and what to do.
#include "core/archive/doctor.h"

#include <CLI/CLI.hpp>

#include "tools/verbatim/care.h"
#include "tools/verbatim/cli.h"

namespace verbatim::tool {
namespace {

absl::StatusOr<Exit> Run(const Cli& cli, const archive::DoctorOptions& doctor) {
  archive::Options options;
  options.in_process = cli.in_process;
  const auto rows = cli.Rows({{"check"},
                              {"state"},
                              {"what", "", schema::Role::kText},
                              {"way_out", "", schema::Role::kText}});
  Exit exit = kDone;
  for (const archive::Diagnosis& row : archive::Examine(cli.ArchiveFolder(), options, doctor)) {
    rows->Write(schema::Record()
                    .Add("check", row.check)
                    .Add("state", archive::ToText(row.health))
                    .Add("what", row.what)
                    .Add("way_out", row.way_out));
    if (row.health == archive::Health::kGrave) {
      exit = kTrouble;
    } else if (row.health == archive::Health::kWrong && exit == kDone) {
      exit = kNegative;
    }
  }
  rows->Finish();
  return exit;
}

}  // namespace

void AddDoctor(CLI::App& app, Cli& cli) {
  CLI::App* verb = AddVerb(app, "doctor",
                           "What is wrong with the archive, and what to do (exit 1: something is)",
                           "verbatim doctor --rebuild-indexes");
  auto doctor = SetRun(verb, cli, &Run);
  verb->add_flag("--rebuild-indexes", doctor->rebuild_indexes,
                 "Make the log's indexes again from its events");
  verb->add_flag("--remove-leftovers", doctor->remove_leftovers,
                 "Remove what killed processes left half done");
  verb->add_flag("--full", doctor->full, "Read every body and index entry, as 'verify' does");
}

}  // namespace verbatim::tool
