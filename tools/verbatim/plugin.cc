// SPDX-License-Identifier: Apache-2.0
// verbatim plugin: which plugins an archive runs, and what can be known of one without running it.
#include <CLI/CLI.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/archive/plugins.h"
#include "core/base/hex.h"
#include "core/plugin/containment.h"
#include "core/schema/json.h"
#include "tools/verbatim/cli.h"
#include "tools/verbatim/person.h"
#include "tools/verbatim/plugin_author.h"
#include "tools/verbatim/plugin_try.h"

namespace verbatim::tool {
namespace {

using State = v1::PluginStateChanged;

std::string StateOf(const archive::InstalledPlugin& plugin) {
  if (plugin.parked) return "parked";
  return plugin.enabled ? "enabled" : "disabled";
}

schema::Record RowOf(const archive::InstalledPlugin& plugin) {
  const v1::PluginManifest& manifest = plugin.pin.manifest();
  schema::List annotators;
  for (const auto& annotator : manifest.annotators()) annotators.emplace_back(annotator.name());
  schema::List views;
  for (const auto& view : manifest.views()) views.emplace_back(view.name());
  schema::Record row;
  row.Add("name", manifest.name())
      .Add("version", manifest.version())
      .Add("state", StateOf(plugin))
      .Add("annotators", std::move(annotators))
      .Add("views", std::move(views))
      .Add("builtin", plugin.pin.builtin())
      .Add("code_sha256", base::ToHex(plugin.pin.code_sha256()))
      .Add("config_sha256", base::ToHex(plugin.config_sha256))
      .Add("pinned_at", plugin.pinned_at)
      .Add("why", plugin.why)
      .Add("summary", manifest.summary());
  return row;
}

absl::StatusOr<Exit> List(const Cli& cli) {
  VB_ASSIGN_OR_RETURN(const auto archive, cli.Open(archive::Access::kRead));
  const auto rows = cli.Rows({{"name"},
                              {"version"},
                              {"state"},
                              {"annotators"},
                              {"views"},
                              {"code_sha256", "code", schema::Role::kId},
                              {"summary"}});
  for (const auto& [name, plugin] : archive->catalog().plugins()) rows->Write(RowOf(plugin));
  rows->Finish();
  for (const std::string& name : archive::OutdatedBuiltins(*archive)) {
    cli.Say(absl::StrCat("another build of ", name,
                         " lies beside this tool: 'verbatim plugin upgrade ", name, "' pins it"));
  }
  return kDone;
}

absl::StatusOr<Exit> Info(const Cli& cli, const std::string& name) {
  VB_ASSIGN_OR_RETURN(const auto archive, cli.Open(archive::Access::kRead));
  const archive::InstalledPlugin* plugin = archive->catalog().Plugin(name);
  if (plugin == nullptr)
    return absl::NotFoundError(absl::StrCat("this archive has no plugin ", name));
  schema::Record row = RowOf(*plugin);
  row.Add("file", archive->layout().plugin(plugin->pin.file()).string())
      .Add("sandbox", plugin::ToText(plugin::ContainmentHere()))
      .Add("manifest", schema::ToRecord(plugin->pin.manifest()));
  std::printf("%s\n", schema::ToJson(row, cli.Format() != schema::Format::kJsonl).c_str());
  return kDone;
}

// For who installs anew what doesn't run.
std::string WayToRun(const archive::InstalledPlugin& plugin) {
  if (!plugin.parked && plugin.enabled) return "";
  return absl::StrCat("; it is ", StateOf(plugin), ": 'verbatim plugin ",
                      plugin.parked ? "release " : "enable ", plugin.name(), "' lets it run again");
}

absl::StatusOr<Exit> Install(const Cli& cli, const std::string& file, bool builtin) {
  VB_ASSIGN_OR_RETURN(const auto archive, cli.Open(archive::Access::kWrite));
  VB_ASSIGN_OR_RETURN(const archive::PinnedPlugin pinned,
                      archive::InstallPlugin(*archive, file, builtin));
  const std::string& name = pinned.pin.manifest().name();
  const std::string what = absl::StrCat(name, " ", pinned.pin.manifest().version(), ", code ",
                                        base::ToHex(pinned.pin.code_sha256()).substr(0, 16));
  if (pinned.before) {
    cli.Say(absl::StrCat(what, " is pinned already: nothing was recorded",
                         WayToRun(*archive->catalog().Plugin(name))));
    return kDone;
  }
  cli.Say(absl::StrCat("pinned ", what,
                       pinned.pin.manifest().annotators().empty()
                           ? ""
                           : "; 'verbatim annotate' runs it on what is here already"));
  return kDone;
}

// A file, or the name of a built-in plugin, whose build beside the tool is meant.
absl::StatusOr<Exit> Upgrade(const Cli& cli, const std::string& name) {
  for (const std::string_view builtin : archive::kBuiltinPlugins) {
    if (name != builtin) continue;
    return Install(cli, (archive::BuiltinFolder({}) / absl::StrCat(name, ".so")).string(),
                   /*builtin=*/true);
  }
  return Install(cli, name, /*builtin=*/false);
}

absl::StatusOr<Exit> SetState(const Cli& cli, const std::string& name, State::State state,
                              const std::string& reason) {
  VB_ASSIGN_OR_RETURN(const auto archive, cli.Open(archive::Access::kWrite));
  const article::EventMaker person = archive->Events().As(PersonActor(cli, *archive));
  VB_RETURN_IF_ERROR(archive::ChangeState(*archive, name, state, reason, person));
  return kDone;
}

// One verb below `plugin` that takes one word.
template <class Do>
void AddOne(CLI::App& group, Cli& cli, const std::string& name, const std::string& summary,
            const std::string& word, const std::string& example, Do what) {
  CLI::App* verb = AddVerb(group, name, summary, "verbatim plugin " + example);
  auto argument = std::make_shared<std::string>();
  verb->add_option(word, *argument)->required();
  SetRun(verb, cli, [&cli, argument, what] { return what(cli, *argument); });
}

void AddStates(CLI::App& group, Cli& cli) {
  struct Verb {
    const char* name;
    const char* summary;
    State::State state;
  };
  static constexpr Verb kVerbs[] = {
      {"enable", "Let a plugin run again", State::STATE_ENABLED},
      {"disable", "Keep a plugin from running; what it found stays", State::STATE_DISABLED},
      {"release", "Let a plugin run that was parked after crashes", State::STATE_RELEASED},
      {"remove", "Take a plugin out; what it found stays", State::STATE_REMOVED},
  };
  for (const Verb& verb : kVerbs) {
    AddOne(group, cli, verb.name, verb.summary, "NAME", std::string(verb.name) + " quotes",
           [state = verb.state](const Cli& with, const std::string& name) {
             return SetState(with, name, state, "");
           });
  }
}

}  // namespace

void AddPlugin(CLI::App& app, Cli& cli) {
  CLI::App* group =
      AddVerb(app, "plugin", "Plugins of an archive, and plugin files", "verbatim plugin list");
  group->require_subcommand(1);
  SetRun(AddVerb(*group, "list", "Plugins of the archive", "verbatim plugin list"), cli,
         [&cli] { return List(cli); });
  AddOne(*group, cli, "info", "All that is known of one plugin", "NAME", "info quotes", Info);
  AddOne(*group, cli, "install", "Copy a plugin into the archive and pin it", "FILE",
         "install build/sentiment.so", [](const Cli& with, const std::string& file) {
           return Install(with, file, /*builtin=*/false);
         });
  AddOne(*group, cli, "upgrade",
         "Pin another build: a file, or the one of a built-in plugin beside this tool", "WHAT",
         "upgrade quotes", Upgrade);
  AddStates(*group, cli);
  AddPluginAuthor(*group, cli);
  AddPluginTry(*group, cli);
}

}  // namespace verbatim::tool
