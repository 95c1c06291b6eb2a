// SPDX-License-Identifier: Apache-2.0
// verbatim config: settings, which are events like everything else.
#include <CLI/CLI.hpp>
#include <optional>

#include "absl/strings/str_cat.h"
#include "tools/verbatim/cli.h"
#include "tools/verbatim/person.h"
#include "verbatim/v1/archive.pb.h"

namespace verbatim::tool {
namespace {

struct Arguments {
  std::string key;
  std::optional<std::string> value;
};

absl::StatusOr<Exit> List(const Cli& cli, const std::string& key) {
  VB_ASSIGN_OR_RETURN(const auto archive, cli.Open(archive::Access::kRead));
  const auto rows = cli.Rows({{"key"}, {"value"}});
  for (const auto& [name, value] : archive->catalog().settings()) {
    if (key.empty() || key == name)
      rows->Write(schema::Record().Add("key", name).Add("value", value));
  }
  rows->Finish();
  if (key.empty() || rows->rows() > 0) return kDone;
  Cli::Complain(
      absl::StrCat("setting ", key, " is not set; set it with 'verbatim config ", key, " VALUE'"));
  return kNegative;
}

absl::StatusOr<Exit> Set(const Cli& cli, const Arguments& arguments) {
  VB_ASSIGN_OR_RETURN(const auto archive, cli.Open(archive::Access::kWrite));
  v1::SettingChanged event;
  event.set_key(arguments.key);
  event.set_value(*arguments.value);
  std::vector<log::NewEvent> events(1);
  const article::EventMaker person = archive->Events().As(PersonActor(cli, *archive));
  VB_ASSIGN_OR_RETURN(events[0], person.Make(archive::kArchiveStream, event));
  VB_RETURN_IF_ERROR(archive->AppendToCatalog(std::move(events)));
  return kDone;
}

absl::StatusOr<Exit> Run(const Cli& cli, const Arguments& arguments) {
  return arguments.value ? Set(cli, arguments) : List(cli, arguments.key);
}

}  // namespace

void AddConfig(CLI::App& app, Cli& cli) {
  CLI::App* verb = AddVerb(app, "config", "Show or change settings (user.name ...)",
                           "verbatim config user.name ana@desk");
  auto arguments = SetRun(verb, cli, &Run);
  verb->add_option("key", arguments->key, "Name of a setting; none: all of them");
  verb->add_option("value", arguments->value, "Its new value; an empty one unsets it");
}

}  // namespace verbatim::tool
