// SPDX-License-Identifier: Apache-2.0
// verbatim help: of one verb, or the whole manual page, made from the very verbs and flags that are
// parsed.
#include <CLI/CLI.hpp>
#include <cstdio>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "core/schema/fields.h"
#include "tools/verbatim/reading.h"

namespace verbatim::tool {
namespace {

std::vector<const CLI::App*> Below(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App*) { return true; });
}

// Text of a manual page: what roff would read as its own is escaped.
std::string Roff(std::string_view text) {
  std::string out;
  bool line_begins = true;
  for (const char c : text) {
    if (line_begins && (c == '.' || c == '\'')) out += "\\&";
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      out.push_back(c);
    }
    line_begins = c == '\n';
  }
  return out;
}

// The example at the end of a verb's help, as it is typed.
std::string ExampleOf(const CLI::App& app) {
  std::string footer = app.get_footer();
  const size_t at = footer.find('\n');
  if (at == std::string::npos) return "";
  footer = footer.substr(at + 1);
  return absl::StrReplaceAll(footer.substr(footer.find_first_not_of(' ')), {{"\n  ", "\n"}});
}

std::string NamesOf(const CLI::Option& option) {
  std::string names;
  for (const std::string& name : option.get_snames()) {
    absl::StrAppend(&names, names.empty() ? "" : ", ", "\\fB\\-", Roff(name), "\\fR");
  }
  for (const std::string& name : option.get_lnames()) {
    absl::StrAppend(&names, names.empty() ? "" : ", ", "\\fB\\-\\-", Roff(name), "\\fR");
  }
  if (names.empty()) return absl::StrCat("\\fI", Roff(option.get_name()), "\\fR");
  const bool takes = option.get_items_expected_max() > 0;
  return takes ? names + " \\fIvalue\\fR" : names;
}

void AppendOptions(const CLI::App& app, std::string& page) {
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_lnames() == std::vector<std::string>{"help"}) continue;
    absl::StrAppend(&page, ".TP\n", NamesOf(*option), "\n", Roff(option->get_description()), "\n");
  }
}

void AppendVerb(const CLI::App& verb, const std::string& name, std::string& page) {
  absl::StrAppend(&page, ".SS ", Roff(name), "\n", Roff(verb.get_description()), ".\n");
  AppendOptions(verb, page);
  const std::string example = ExampleOf(verb);
  if (!example.empty()) absl::StrAppend(&page, ".PP\n.nf\n", Roff(example), "\n.fi\n");
  for (const CLI::App* below : Below(verb)) {
    AppendVerb(*below, name + " " + below->get_name(), page);
  }
}

std::string Manual(const CLI::App& app) {
  std::string page = absl::StrCat(
      ".TH VERBATIM 1 \"\" \"verbatim ", VERBATIM_VERSION, "\" \"User Commands\"\n",
      ".SH NAME\nverbatim \\- archive of news articles: who said what, when, and how that "
      "changed\n",
      ".SH SYNOPSIS\n.B verbatim\n[\\fIoptions\\fR] \\fIverb\\fR [\\fIarguments\\fR]\n",
      ".SH DESCRIPTION\n", Roff(app.get_description()), "\n.SH OPTIONS\n");
  AppendOptions(app, page);
  page += ".SH VERBS\n";
  for (const CLI::App* verb : Below(app)) AppendVerb(*verb, verb->get_name(), page);
  page +=
      ".SH EXIT STATUS\n"
      ".TP\n.B 0\nDone.\n"
      ".TP\n.B 1\nA negative answer: differs, not verified, not found, nothing new.\n"
      ".TP\n.B 2\nUsage.\n"
      ".TP\n.B 3\nSome inputs failed, the rest is done.\n"
      ".TP\n.B 4\nThe archive is in trouble: damaged, full, locked.\n"
      ".SH ENVIRONMENT\n"
      ".TP\n.B VERBATIM_ARCHIVE\nFolder of the archive where no \\fB\\-C\\fR is given.\n"
      ".TP\n.B USER\nWho decides where neither \\fB\\-\\-as\\fR nor the setting user.name says.\n"
      ".TP\n.B XDG_STATE_HOME\nWhere \\fBwatch\\fR keeps how far one has looked.\n"
      ".TP\n.B NO_COLOR\nNo colour.\n";
  return page;
}

// The first word that no verb and no flag took; empty when all were.
std::string FirstLeftOver(const CLI::App& app) {
  const std::vector<std::string> left = app.remaining(/*recurse=*/true);
  return left.empty() ? "" : left.front();
}

// "; did you mean --from?", when a name of `app`'s comes near.
std::string Near(std::string_view word, const CLI::App& app) {
  std::vector<std::string> names;
  if (word.substr(0, 1) == "-") {
    for (const CLI::App* at = &app; at != nullptr; at = at->get_parent()) {
      for (const CLI::Option* option : at->get_options()) {
        for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
      }
    }
  } else {
    for (const CLI::App* verb : Below(app)) names.push_back(verb->get_name());
  }
  const auto nearest = schema::Nearest(word, names);
  return nearest ? absl::StrCat("; did you mean ", *nearest, "?") : "";
}

}  // namespace

std::string OfMistake(const CLI::App* app, const CLI::Error& error) {
  std::string name = app->get_name();
  const CLI::App* at = app;
  while (!at->get_subcommands().empty()) {
    at = at->get_subcommands().front();
    absl::StrAppend(&name, " ", at->get_name());
  }
  const std::string left = FirstLeftOver(*app);
  std::string what = error.what();
  const bool verb_wanted = at->get_require_subcommand_min() > 0;
  if (verb_wanted && !left.empty() && left.front() != '-') {
    what = absl::StrCat("there is no verb '", left, "'", Near(left, *at));
  } else if (verb_wanted) {
    what = "name a verb";
  } else if (!left.empty()) {
    absl::StrAppend(&what, Near(left, *at));
  }
  return absl::StrCat(name, ": ", what, " ('", name, " --help' has more)\n");
}

void AddHelp(CLI::App& app, Cli& cli) {
  CLI::App* verb = AddVerb(app, "help", "Help on a verb, or the manual page",
                           "verbatim help export\n"
                           "  verbatim help --man | man -l -");
  struct Arguments {
    std::vector<std::string> verbs;
    bool man = false;
  };
  auto arguments = std::make_shared<Arguments>();
  verb->add_option("verb", arguments->verbs, "Which; of a verb with verbs below it both");
  verb->add_flag("--man", arguments->man, "The whole manual page, for man(1)");
  SetRun(verb, cli, [&app, arguments]() -> absl::StatusOr<Exit> {
    if (arguments->man) {
      const std::string page = Manual(app);
      std::fwrite(page.data(), 1, page.size(), stdout);
      return kDone;
    }
    const CLI::App* of = &app;
    for (const std::string& name : arguments->verbs) {
      const CLI::App* below = nullptr;
      for (const CLI::App* one : Below(*of)) {
        if (one->get_name() == name) below = one;
      }
      if (below == nullptr) {
        return absl::InvalidArgumentError(
            absl::StrCat("there is no verb ", name, ": 'verbatim help' lists them"));
      }
      of = below;
    }
    const std::string help = of->help();
    std::fwrite(help.data(), 1, help.size(), stdout);
    return kDone;
  });
}

}  // namespace verbatim::tool
