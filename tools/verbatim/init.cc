// SPDX-License-Identifier: Apache-2.0
// verbatim init: a new archive.
#include <CLI/CLI.hpp>

#include "absl/strings/str_cat.h"
#include "core/base/hex.h"
#include "tools/verbatim/cli.h"

namespace verbatim::tool {

void AddInit(CLI::App& app, Cli& cli) {
  CLI::App* verb = AddVerb(app, "init", "Make an archive", "verbatim init space-news");
  auto key = std::make_shared<std::string>();
  auto folder = std::make_shared<std::string>();
  verb->add_option("folder", *folder, "The same as -C");
  verb->add_option("--key", *key,
                   "Keep the key that signs checkpoints in this file, not in the archive");
  SetRun(verb, cli, [&cli, key, folder]() -> absl::StatusOr<Exit> {
    if (!folder->empty() && !cli.archive.empty() && *folder != cli.archive) {
      return absl::InvalidArgumentError(absl::StrCat("two folders for one archive: ", cli.archive,
                                                     " (-C) and ", *folder, ": give one"));
    }
    if (!folder->empty()) cli.archive = *folder;
    archive::Options options;
    options.signing_key = *key;
    VB_ASSIGN_OR_RETURN(const auto made, archive::Archive::Create(cli.ArchiveFolder(), options));
    cli.Say(absl::StrCat("made archive ", cli.ArchiveFolder(), ", id ",
                         base::ToHex(made->log().archive_id()), ", with ",
                         made->catalog().plugins().size(), " plugins"));
    return kDone;
  });
}

}  // namespace verbatim::tool
