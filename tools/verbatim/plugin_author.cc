// SPDX-License-Identifier: Apache-2.0
#include "tools/verbatim/plugin_author.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>

#include "absl/strings/str_cat.h"
#include "core/archive/conformance.h"
#include "core/archive/plugin_config.h"
#include "core/base/files.h"
#include "core/base/limits.h"
#include "core/plugin/new_plugin.h"
#include "tools/verbatim/person.h"

namespace verbatim::tool {
namespace {

struct NewArguments {
  std::string name;
  bool annotator = false;
  bool view = false;
};

// Without --annotator and --view: both.
absl::StatusOr<Exit> New(const Cli& cli, const NewArguments& arguments) {
  const bool both = arguments.annotator == arguments.view;
  VB_ASSIGN_OR_RETURN(const auto files,
                      plugin::WriteNewPlugin(plugin::TemplateFolder(), arguments.name,
                                             {.name = arguments.name,
                                              .annotator = both || arguments.annotator,
                                              .view = both || arguments.view}));
  for (const auto& file : files) std::printf("%s/%s\n", arguments.name.c_str(), file.c_str());
  cli.Say(absl::StrCat("build and test it: cmake -S ", arguments.name, " -B ", arguments.name,
                       "/build && cmake --build ", arguments.name, "/build && ctest --test-dir ",
                       arguments.name, "/build; ", arguments.name,
                       "/README.md says what to change first"));
  return kDone;
}

struct CheckArguments {
  std::string file;
  bool conformance = false;
  std::string config;
  std::vector<std::string> texts;
};

void Write(schema::RowWriter& rows, const std::vector<plugin::Check>& checks) {
  for (const plugin::Check& check : checks) {
    const char* outcome = check.outcome == plugin::Check::Outcome::kPassed   ? "passed"
                          : check.outcome == plugin::Check::Outcome::kFailed ? "FAILED"
                                                                             : "skipped";
    rows.Write(schema::Record()
                   .Add("check", check.name)
                   .Add("outcome", outcome)
                   .Add("message", check.message));
  }
}

absl::StatusOr<std::vector<plugin::Check>> Conformance(const CheckArguments& arguments,
                                                       const plugin::PluginFile& file) {
  archive::ConformanceOptions conformance;
  if (!arguments.config.empty()) {
    VB_ASSIGN_OR_RETURN(const std::string text,
                        base::ReadFile(arguments.config, limits::kBodyBytesMax));
    VB_ASSIGN_OR_RETURN(conformance.config, archive::ReadConfig(file, text));
  }
  for (const std::string& path : arguments.texts) {
    VB_ASSIGN_OR_RETURN(std::string text, base::ReadFile(path, limits::kDocumentBytesMax));
    conformance.texts.push_back({path, std::move(text), ""});
  }
  return archive::CheckConformance(file, conformance, {});
}

absl::StatusOr<Exit> Check(const Cli& cli, const CheckArguments& arguments) {
  const plugin::Inspection inspection = plugin::Inspect(arguments.file);
  std::vector<plugin::Check> checks = inspection.checks;
  if (arguments.conformance && inspection.ok()) {
    VB_ASSIGN_OR_RETURN(const auto more, Conformance(arguments, *inspection.file));
    checks.insert(checks.end(), more.begin(), more.end());
  }
  const auto rows = cli.Rows({{"check"}, {"outcome"}, {"message"}});
  Write(*rows, checks);
  rows->Finish();
  const bool failed = std::any_of(checks.begin(), checks.end(), [](const plugin::Check& check) {
    return check.outcome == plugin::Check::Outcome::kFailed;
  });
  return failed ? kNegative : kDone;
}

struct ConfigArguments {
  std::string name;
  std::string file;
  bool unset = false;
};

absl::StatusOr<Exit> ShowConfig(const Cli& cli, const std::string& name) {
  VB_ASSIGN_OR_RETURN(const auto archive, cli.Open(archive::Access::kRead));
  VB_ASSIGN_OR_RETURN(const std::string config, archive::ShowConfig(*archive, name));
  if (!config.empty()) {
    std::printf("%s\n", config.c_str());
    return kDone;
  }
  Cli::Complain(absl::StrCat("plugin ", name, " has no configuration; set one with ",
                             "'verbatim plugin config ", name, " FILE'"));
  return kNegative;
}

absl::StatusOr<Exit> Config(const Cli& cli, const ConfigArguments& arguments) {
  if (arguments.file.empty() && !arguments.unset) return ShowConfig(cli, arguments.name);
  std::string text;
  if (!arguments.unset) {
    absl::StatusOr<std::string> read =
        arguments.file == "-" ? base::ReadToEnd(0, "standard input", limits::kBodyBytesMax)
                              : base::ReadFile(arguments.file, limits::kBodyBytesMax);
    VB_RETURN_IF_ERROR(read.status());
    text = *std::move(read);
    if (text.empty())
      return absl::InvalidArgumentError("an empty configuration: --unset takes it away");
  }
  VB_ASSIGN_OR_RETURN(const auto archive, cli.Open(archive::Access::kWrite));
  const article::EventMaker person = archive->Events().As(PersonActor(cli, *archive));
  absl::StatusOr<bool> changed = archive::ConfigurePlugin(*archive, arguments.name, text, person);
  if (absl::IsInvalidArgument(changed.status()))
    return base::WithContext(changed.status(), arguments.file);
  VB_RETURN_IF_ERROR(changed.status());
  cli.Say(*changed ? "set; 'verbatim annotate' runs its annotators again, and its views are "
                     "rebuilt when they are next read"
                   : "that is what stands; nothing was changed");
  return kDone;
}

}  // namespace

void AddPluginAuthor(CLI::App& group, Cli& cli) {
  CLI::App* verb = AddVerb(group, "new", "Make a folder to begin a plugin from",
                           "verbatim plugin new sentiment --annotator");
  auto made = SetRun(verb, cli, &New);
  verb->add_option("NAME", made->name, "Of the folder, the plugin, its .so and its view")
      ->required();
  verb->add_flag("--annotator", made->annotator, "Only an annotator");
  verb->add_flag("--view", made->view, "Only a view, of what another plugin finds");

  verb = AddVerb(group, "check", "Would this file load? Runs none of its code",
                 "verbatim plugin check --conformance build/sentiment.so");
  auto checked = SetRun(verb, cli, &Check);
  verb->add_option("FILE", checked->file)->required();
  verb->add_flag("--conformance", checked->conformance,
                 "Run it too, in its sandbox, and hold it against what every plugin promises");
  verb->add_option("--text", checked->texts, "With --conformance: a text file to try as well")
      ->take_all();
  verb->add_option("--config", checked->config, "With --conformance: its configuration, a file");

  verb = AddVerb(group, "config", "Show or set the configuration of a plugin",
                 "verbatim plugin config sentiment words.json");
  auto configured = SetRun(verb, cli, &Config);
  verb->add_option("NAME", configured->name)->required();
  verb->add_option("FILE", configured->file,
                   "JSON or protobuf text format; -: standard input; none: show what stands");
  verb->add_flag("--unset", configured->unset, "Take the configuration away");
}

}  // namespace verbatim::tool
