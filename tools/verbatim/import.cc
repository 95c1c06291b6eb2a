// SPDX-License-Identifier: Apache-2.0
// verbatim import: an archive from the events of another.
#include <CLI/CLI.hpp>

#include "core/archive/importing.h"
#include "core/base/hex.h"
#include "tools/verbatim/cli.h"
#include "tools/verbatim/exchange.h"
#include "tools/verbatim/progress.h"

namespace verbatim::tool {
namespace {

struct Arguments {
  std::string file;
};

absl::StatusOr<Exit> Run(const Cli& cli, const Arguments& arguments) {
  VB_ASSIGN_OR_RETURN(ingest::ByteStream lines, ingest::ByteStream::Open(arguments.file));
  archive::Options options;
  options.in_process = cli.in_process;
  Progress progress("events", cli.quiet);
  const auto imported =
      archive::ImportEvents(lines, cli.ArchiveFolder(), options,
                            [&](uint64_t done, uint64_t total) { progress.Show(done, total); });
  progress.Clear();
  if (!imported.ok()) return base::WithContext(imported.status(), arguments.file);
  const auto rows = cli.Rows({{"archive"}, {"events"}, {"erased"}, {"root"}});
  rows->Write(schema::Record()
                  .Add("archive", cli.ArchiveFolder())
                  .Add("archive_id", base::ToHex(imported->archive_id))
                  .Add("events", imported->log.events)
                  .Add("erased", imported->log.erased)
                  .Add("root", base::ToHex(imported->log.root)));
  rows->Finish();
  for (const std::string& note : imported->notes) cli.Say(note);
  cli.Say("verified in full; signing keys are in no export: keep them elsewhere");
  return kDone;
}

}  // namespace

void AddImport(CLI::App& app, Cli& cli) {
  CLI::App* verb = AddVerb(app, "import", "Take in what another archive has exported",
                           "verbatim -C copy import events.jsonl.gz");
  auto arguments = SetRun(verb, cli, &Run);
  verb->add_option("file", arguments->file, "Of 'verbatim export --as jsonl'; - is standard input")
      ->required();
}

}  // namespace verbatim::tool
