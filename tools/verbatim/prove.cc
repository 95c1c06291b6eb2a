// SPDX-License-Identifier: Apache-2.0
// verbatim prove: an event, an annotation or an article, with what proves it, in one file.
#include <CLI/CLI.hpp>
#include <cstdio>

#include "absl/strings/str_cat.h"
#include "core/archive/proving.h"
#include "core/base/files.h"
#include "tools/verbatim/names.h"
#include "tools/verbatim/signing.h"

namespace verbatim::tool {
namespace {

struct Arguments {
  std::string thing;
  std::string out;
  std::string key;
  bool no_body = false;
};

absl::StatusOr<Exit> Run(const Cli& cli, const Arguments& arguments) {
  VB_ASSIGN_OR_RETURN(const auto archive, cli.Open(archive::Access::kWrite, arguments.key));
  VB_ASSIGN_OR_RETURN(const audit::Resolved thing, ThingNamed(*archive, arguments.thing));
  VB_ASSIGN_OR_RETURN(const archive::Proved proved,
                      archive::Prove(*archive, thing, {.bodies = !arguments.no_body}));
  SayOfKey(cli, *archive, proved.checkpoint);
  if (arguments.out.empty()) {
    std::fwrite(proved.text.data(), 1, proved.text.size(), stdout);
    return kDone;
  }
  VB_RETURN_IF_ERROR(base::WriteFileAtomically(arguments.out, proved.text));
  cli.Say(absl::StrCat("proof of ", proved.events, " events, under the checkpoint of ",
                       proved.checkpoint.checkpoint.size, ", in ", arguments.out));
  return kDone;
}

}  // namespace

void AddProve(CLI::App& app, Cli& cli) {
  CLI::App* verb =
      AddVerb(app, "prove", "One file that proves an event, an annotation or an article",
              "verbatim prove a91f --out a91f.proof");
  auto arguments = SetRun(verb, cli, &Run);
  verb->add_option("id", arguments->thing, "@SEQUENCE, annotation id, or article")->required();
  verb->add_flag("--no-body", arguments->no_body, "Leave out what the events say: headers alone");
  verb->add_option("--out", arguments->out, "Write it to this file");
  verb->add_option("--key", arguments->key,
                   "The signing key lies in this file, not in the archive");
}

}  // namespace verbatim::tool
