// SPDX-License-Identifier: Apache-2.0
// verbatim completion: scripts for shells, made from the very verbs and flags that are parsed.
// Names of views and plugins are asked of the archive as one types, by completion --names.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "tools/verbatim/cli.h"

namespace verbatim::tool {
namespace {

struct VerbWords {
  std::string name;
  std::string summary;
  std::vector<std::string> words;  // flags, and verbs below it
};

std::vector<std::string> FlagsOf(const CLI::App& app) {
  std::vector<std::string> flags;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) flags.push_back("--" + name);
  }
  return flags;
}

std::vector<VerbWords> VerbsOf(const CLI::App& app) {
  std::vector<VerbWords> verbs;
  const std::vector<std::string> everywhere = FlagsOf(app);
  for (const CLI::App* verb : app.get_subcommands([](const CLI::App*) { return true; })) {
    VerbWords words{verb->get_name(), verb->get_description(), FlagsOf(*verb)};
    for (const CLI::App* below : verb->get_subcommands([](const CLI::App*) { return true; })) {
      words.words.push_back(below->get_name());
      const std::vector<std::string> flags = FlagsOf(*below);
      words.words.insert(words.words.end(), flags.begin(), flags.end());
    }
    words.words.insert(words.words.end(), everywhere.begin(), everywhere.end());
    std::sort(words.words.begin(), words.words.end());
    words.words.erase(std::unique(words.words.begin(), words.words.end()), words.words.end());
    verbs.push_back(std::move(words));
  }
  return verbs;
}

std::string Names(const std::vector<VerbWords>& verbs) {
  return absl::StrJoin(verbs, " ",
                       [](std::string* out, const VerbWords& verb) { out->append(verb.name); });
}

// Verbs whose argument names a view, and verbs below `plugin` whose argument names a plugin.
constexpr const char* kOfViews[] = {"view", "watch", "why", "diff", "bisect", "replay"};
constexpr const char* kOfPlugins[] = {"info",    "upgrade", "enable", "disable",
                                      "release", "remove",  "config", "try"};

bool TakesView(const std::string& verb) {
  return std::find(std::begin(kOfViews), std::end(kOfViews), verb) != std::end(kOfViews);
}

std::string Bash(const std::vector<VerbWords>& verbs) {
  std::string script = absl::StrCat(
      "_verbatim() {\n"
      "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
      "  local verb= below= names= i\n"
      "  local -a at=()\n"
      "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
      "    case ${COMP_WORDS[i]} in\n"
      "      -C|--archive) ((++i)); at=(-C \"${COMP_WORDS[i]/#\\~/$HOME}\") ;;\n"
      "      -*) ;;\n"
      "      *) if [ -z \"$verb\" ]; then verb=${COMP_WORDS[i]}\n"
      "         elif [ -z \"$below\" ]; then below=${COMP_WORDS[i]}; fi ;;\n"
      "    esac\n"
      "  done\n"
      "  [[ $word == -* ]] || case $verb:$below:$before in\n"
      "    ",
      absl::StrJoin(kOfViews, ":*|"),
      ":*) names=views ;;\n    plugin:", absl::StrJoin(kOfPlugins, ":*|plugin:"),
      ":*|*:--plugin) names=plugins ;;\n"
      "  esac\n"
      "  if [ -n \"$names\" ]; then\n"
      "    names=$(\"${COMP_WORDS[0]/#\\~/$HOME}\" \"${at[@]}\" completion --names $names "
      "2>/dev/null)\n"
      "  fi\n"
      "  case $verb in\n");
  for (const VerbWords& verb : verbs) {
    absl::StrAppend(&script, "    ", verb.name, ") COMPREPLY=($(compgen ",
                    TakesView(verb.name) ? "" : "-f ", "-W '", absl::StrJoin(verb.words, " "),
                    "'\" $names\" -- \"$word\")) ;;\n");
  }
  absl::StrAppend(&script, "    *) COMPREPLY=($(compgen -W '", Names(verbs),
                  "' -- \"$word\")) ;;\n  esac\n}\n",
                  "complete -o filenames -F _verbatim verbatim\n");
  return script;
}

std::string Zsh(const std::vector<VerbWords>& verbs) {
  return absl::StrCat("autoload -U +X bashcompinit && bashcompinit\n", Bash(verbs));
}

std::string Fish(const std::vector<VerbWords>& verbs) {
  std::string script;
  for (const VerbWords& verb : verbs) {
    absl::StrAppend(&script, "complete -c verbatim -n __fish_use_subcommand -a ", verb.name,
                    " -d '", absl::StrReplaceAll(verb.summary, {{"'", "\\'"}}), "'\n");
    for (const std::string& word : verb.words) {
      const bool flag = word.rfind("--", 0) == 0;
      absl::StrAppend(&script, "complete -c verbatim -n '__fish_seen_subcommand_from ", verb.name,
                      "' ", flag ? "-l " : "-a ", flag ? word.substr(2) : word, "\n");
    }
  }
  const auto names = [&script](const std::string& seen, const char* kind) {
    absl::StrAppend(&script, "complete -c verbatim -f -n '", seen,
                    "' -a '(verbatim completion --names ", kind, " 2>/dev/null)'\n");
  };
  names(absl::StrCat("__fish_seen_subcommand_from ", absl::StrJoin(kOfViews, " ")), "views");
  names(absl::StrCat("__fish_seen_subcommand_from plugin; and __fish_seen_subcommand_from ",
                     absl::StrJoin(kOfPlugins, " ")),
        "plugins");
  return script;
}

// A line each.
absl::StatusOr<Exit> PrintNames(const Cli& cli, const std::string& kind) {
  VB_ASSIGN_OR_RETURN(const auto archive, cli.Open(archive::Access::kRead));
  std::string lines;
  for (const auto& [name, plugin] : archive->catalog().plugins()) {
    if (kind == "plugins") absl::StrAppend(&lines, name, "\n");
    if (kind != "views") continue;
    for (const v1::ViewManifest& view : plugin.pin.manifest().views()) {
      absl::StrAppend(&lines, view.name(), "\n");
    }
  }
  std::fwrite(lines.data(), 1, lines.size(), stdout);
  return kDone;
}

void PrintScript(const CLI::App& app, const std::string& shell) {
  const std::vector<VerbWords> verbs = VerbsOf(app);
  const std::string script = shell == "bash"  ? Bash(verbs)
                             : shell == "zsh" ? Zsh(verbs)
                                              : Fish(verbs);
  std::fwrite(script.data(), 1, script.size(), stdout);
}

}  // namespace

void AddCompletion(CLI::App& app, Cli& cli) {
  CLI::App* verb =
      AddVerb(app, "completion", "Print a completion script for a shell",
              "verbatim completion bash > ~/.local/share/bash-completion/completions/verbatim");
  auto shell = std::make_shared<std::string>();
  auto names = std::make_shared<std::string>();
  CLI::Option* of_shell = verb->add_option("shell", *shell, "bash, zsh or fish")
                              ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  verb->add_option("--names", *names, "Names of this archive instead: views or plugins")
      ->check(CLI::IsMember({"views", "plugins"}))
      ->excludes(of_shell);
  SetRun(verb, cli, [&app, &cli, shell, names]() -> absl::StatusOr<Exit> {
    if (!names->empty()) return PrintNames(cli, *names);
    if (shell->empty()) return absl::InvalidArgumentError("completion: for bash, zsh or fish?");
    PrintScript(app, *shell);
    return kDone;
  });
}

}  // namespace verbatim::tool
