// SPDX-License-Identifier: Apache-2.0
// verbatim completion: scripts for shells, made from the very verbs and flags that are parsed.
#include <CLI/CLI.hpp>
#include <cstdio>

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

std::string Bash(const std::vector<VerbWords>& verbs) {
  std::string script =
      "_verbatim() {\n"
      "  local word=${COMP_WORDS[COMP_CWORD]} verb= i\n"
      "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
      "    case ${COMP_WORDS[i]} in -C|--archive) ((i++)) ;; -*) ;; *) verb=${COMP_WORDS[i]}; "
      "break ;; esac\n"
      "  done\n"
      "  case $verb in\n";
  for (const VerbWords& verb : verbs) {
    absl::StrAppend(&script, "    ", verb.name, ") COMPREPLY=($(compgen -f -W '",
                    absl::StrJoin(verb.words, " "), "' -- \"$word\")) ;;\n");
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
  return script;
}

}  // namespace

void AddCompletion(CLI::App& app, Cli& cli) {
  CLI::App* verb =
      AddVerb(app, "completion", "Print a completion script for a shell",
              "verbatim completion bash > ~/.local/share/bash-completion/completions/verbatim");
  auto shell = std::make_shared<std::string>();
  verb->add_option("shell", *shell, "bash, zsh or fish")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  SetRun(verb, cli, [&app, shell] {
    const std::vector<VerbWords> verbs = VerbsOf(app);
    const std::string script = *shell == "bash"  ? Bash(verbs)
                               : *shell == "zsh" ? Zsh(verbs)
                                                 : Fish(verbs);
    std::fwrite(script.data(), 1, script.size(), stdout);
    return kDone;
  });
}

}  // namespace verbatim::tool
