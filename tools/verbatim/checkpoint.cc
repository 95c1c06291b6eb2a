// SPDX-License-Identifier: Apache-2.0
// verbatim checkpoint: a signed tree head, to be kept where the archive's owner cannot change it.
#include <CLI/CLI.hpp>
#include <cstdio>

#include "absl/strings/str_cat.h"
#include "core/base/files.h"
#include "core/base/hex.h"
#include "tools/verbatim/signing.h"

namespace verbatim::tool {
namespace {

struct Arguments {
  std::string out;
  std::string key;
  bool public_key = false;
};

schema::Record RowOf(const archive::SignedCheckpoint& made) {
  schema::Record row;
  row.Add("origin", made.checkpoint.origin)
      .Add("size", made.checkpoint.size)
      .Add("root", base::ToHex(base::AsView(made.checkpoint.root)))
      .Add("key", made.key.ToString())
      .Add("signed_now", made.signed_now)
      .Add("note", made.note);
  return row;
}

absl::StatusOr<Exit> PrintPublicKey(const Cli& cli, const archive::Archive& archive) {
  const auto keys = archive::AdoptedKeys(archive);
  if (keys.empty()) {
    return absl::NotFoundError("this archive has adopted no key: `verbatim checkpoint` makes one");
  }
  if (cli.Format() == schema::Format::kTable) {
    std::printf("%s\n", keys.front().ToString().c_str());
    return kDone;
  }
  const auto rows = cli.Rows({});
  rows->Write(schema::Record().Add("key", keys.front().ToString()));
  rows->Finish();
  return kDone;
}

absl::StatusOr<Exit> Run(const Cli& cli, const Arguments& arguments) {
  const auto access = arguments.public_key ? archive::Access::kRead : archive::Access::kWrite;
  VB_ASSIGN_OR_RETURN(const auto archive, cli.Open(access, arguments.key));
  if (arguments.public_key) return PrintPublicKey(cli, *archive);
  VB_ASSIGN_OR_RETURN(const archive::SignedCheckpoint made, archive::MakeCheckpoint(*archive));
  SayOfKey(cli, *archive, made);
  if (!arguments.out.empty()) {
    VB_RETURN_IF_ERROR(base::WriteFileAtomically(arguments.out, made.note));
    cli.Say(absl::StrCat("checkpoint of ", made.checkpoint.size, " events in ", arguments.out,
                         ": keep it where this archive's owner can't change it"));
  }
  if (cli.Format() != schema::Format::kTable) {
    const auto rows = cli.Rows({});
    rows->Write(RowOf(made));
    rows->Finish();
  } else if (arguments.out.empty()) {
    std::fwrite(made.note.data(), 1, made.note.size(), stdout);
  }
  return kDone;
}

}  // namespace

void SayOfKey(const Cli& cli, const archive::Archive& archive,
              const archive::SignedCheckpoint& made) {
  const std::string file = archive::SigningKeyFile(archive).string();
  if (made.key_made) {
    cli.Say(absl::StrCat("made a new signing key in ", file,
                         ", since there was none: its checkpoints are signed by ",
                         made.key.ToString()));
  }
  if (made.adopted_at != 0) {
    cli.Say(absl::StrCat("the archive adopted this key at @", made.adopted_at,
                         ": tell those who check its proofs"));
  }
  if (made.key_exposed) {
    cli.Say(absl::StrCat("others than its owner may read the signing key: chmod 600 ", file));
  }
}

void AddCheckpoint(CLI::App& app, Cli& cli) {
  CLI::App* verb =
      AddVerb(app, "checkpoint", "A signed statement of what the log is now, to be kept elsewhere",
              "verbatim checkpoint --out checkpoint.txt");
  auto arguments = SetRun(verb, cli, &Run);
  verb->add_option("--out", arguments->out, "Write it to this file");
  verb->add_option("--key", arguments->key,
                   "The signing key lies in this file, not in the archive; made when absent");
  verb->add_flag("--public-key", arguments->public_key,
                 "Print the key that others need to check proofs, and sign nothing");
}

}  // namespace verbatim::tool
