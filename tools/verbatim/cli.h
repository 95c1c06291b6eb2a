// SPDX-License-Identifier: Apache-2.0
// What every verb shares: the flags that stand everywhere, the way to the archive, the one writer
// of rows, exit codes. A verb is one file with one Add function that declares its flags and sets
// `cli.run`.
//
// Results go to stdout, everything else to stderr.
#ifndef VERBATIM_TOOLS_VERBATIM_CLI_H_
#define VERBATIM_TOOLS_VERBATIM_CLI_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/archive/archive.h"
#include "core/base/status.h"
#include "core/schema/render.h"

namespace CLI {
class App;
}

namespace verbatim::tool {

enum Exit : int {
  kDone = 0,
  kNegative = 1,  // differs, not verified, not found
  kUsage = 2,
  kSomeFailed = 3,  // some inputs failed, the rest is done
  kTrouble = 4,     // the archive is damaged, full or locked
};

struct Cli {
  std::string archive;  // empty: $VERBATIM_ARCHIVE, else ./archive
  std::string format = "table";
  std::string person;  // --as
  bool quiet = false;
  bool no_color = false;
  bool local_time = false;
  bool in_process = false;
  std::function<int()> run;  // set by the verb that was named

  std::string ArchiveFolder() const;
  schema::Format Format() const;
  // Was stdout a terminal when that was first asked? A pager changes nothing of it.
  bool OnTerminal() const;
  bool Color() const;    // stdout is a terminal, and neither --no-color nor NO_COLOR
  size_t Width() const;  // of the terminal; 0 when stdout is none

  // kNotFound names the folder and how to make an archive there.
  // `signing_key`: where that lies when it isn't in the archive's own folder.
  absl::StatusOr<std::unique_ptr<archive::Archive>> Open(archive::Access access,
                                                         std::string_view signing_key = {}) const;
  std::unique_ptr<schema::RowWriter> Rows(std::vector<schema::Column> columns,
                                          const schema::Registry* registry = nullptr) const;
  // A line on stderr, unless --quiet.
  void Say(std::string_view line) const;
  // A line on stderr that --quiet doesn't silence, "verbatim: " before it.
  static void Complain(std::string_view line);

 private:
  struct Terminal {
    bool is = false;
    size_t columns = 0;
  };
  const Terminal& OfTerminal() const;
  mutable std::optional<Terminal> terminal_;
};

// Says what went wrong and gives the exit code of its kind.
int Fail(const absl::Status& status);
int ExitOf(const absl::Status& status);

// A flag's example stands at the end of its verb's help.
CLI::App* AddVerb(CLI::App& app, const std::string& name, const std::string& summary,
                  const std::string& example);

// What a verb does when it was named: an exit code, or a status that is said and turned into one.
void SetRun(CLI::App* verb, Cli& cli, std::function<absl::StatusOr<Exit>()> run);

// The same for a function of the verb's own arguments, which come back for its flags to fill:
//
//   auto arguments = SetRun(verb, cli, &Run);  // absl::StatusOr<Exit> Run(const Cli&, const A&)
//   verb->add_option("--since", arguments->since, "...");
template <typename Arguments>
std::shared_ptr<Arguments> SetRun(CLI::App* verb, Cli& cli,
                                  absl::StatusOr<Exit> (*run)(const Cli&, const Arguments&)) {
  auto arguments = std::make_shared<Arguments>();
  SetRun(verb, cli, [&cli, arguments, run] { return run(cli, *arguments); });
  return arguments;
}

void AddInit(CLI::App& app, Cli& cli);
void AddIngest(CLI::App& app, Cli& cli);
void AddAnnotate(CLI::App& app, Cli& cli);
void AddArticles(CLI::App& app, Cli& cli);
void AddView(CLI::App& app, Cli& cli);
void AddLog(CLI::App& app, Cli& cli);
void AddHistory(CLI::App& app, Cli& cli);
void AddBlame(CLI::App& app, Cli& cli);
void AddDiff(CLI::App& app, Cli& cli);
void AddWhy(CLI::App& app, Cli& cli);
void AddBisect(CLI::App& app, Cli& cli);
void AddShow(CLI::App& app, Cli& cli);
void AddReplay(CLI::App& app, Cli& cli);
void AddVerify(CLI::App& app, Cli& cli);
void AddCheckpoint(CLI::App& app, Cli& cli);
void AddProve(CLI::App& app, Cli& cli);
void AddCheckProof(CLI::App& app, Cli& cli);
void AddPlugin(CLI::App& app, Cli& cli);
void AddExtract(CLI::App& app, Cli& cli);
void AddConfig(CLI::App& app, Cli& cli);
void AddStatus(CLI::App& app, Cli& cli);
void AddCompletion(CLI::App& app, Cli& cli);

}  // namespace verbatim::tool

#endif  // VERBATIM_TOOLS_VERBATIM_CLI_H_
