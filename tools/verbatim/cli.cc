// SPDX-License-Identifier: Apache-2.0
#include "tools/verbatim/cli.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "core/schema/control.h"

namespace verbatim::tool {

std::string Cli::ArchiveFolder() const {
  if (!archive.empty()) return archive;
  const char* environment = std::getenv("VERBATIM_ARCHIVE");
  return environment != nullptr && *environment != '\0' ? environment : "./archive";
}

schema::Format Cli::Format() const {
  const auto parsed = schema::ParseFormat(format);
  return parsed.ok() ? *parsed : schema::Format::kTable;
}

const Cli::Terminal& Cli::OfTerminal() const {
  if (!terminal_) {
    winsize size{};
    const bool is = ::isatty(STDOUT_FILENO) == 1;
    const bool known = is && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0;
    terminal_ = Terminal{is, known ? size_t{size.ws_col} : 0};
  }
  return *terminal_;
}

bool Cli::OnTerminal() const { return OfTerminal().is; }

bool Cli::Color() const {
  const char* no_color_set = std::getenv("NO_COLOR");
  return !no_color && (no_color_set == nullptr || *no_color_set == '\0') && OnTerminal();
}

size_t Cli::Width() const { return OfTerminal().columns; }

absl::StatusOr<std::unique_ptr<archive::Archive>> Cli::Open(archive::Access access,
                                                            std::string_view signing_key) const {
  archive::Options options;
  options.access = access;
  options.signing_key = signing_key;
  options.in_process = in_process;
  return archive::Archive::Open(ArchiveFolder(), options);
}

std::unique_ptr<schema::RowWriter> Cli::Rows(std::vector<schema::Column> columns,
                                             const schema::Registry* registry) const {
  schema::RenderOptions options;
  options.format = Format();
  options.width_columns = Width();
  options.color = Color();
  options.local_time = local_time;
  options.registry = registry;
  return std::make_unique<schema::RowWriter>(
      std::move(columns), options,
      [](std::string_view bytes) { std::fwrite(bytes.data(), 1, bytes.size(), stdout); });
}

void Cli::Say(std::string_view line) const {
  if (!quiet) std::fprintf(stderr, "%s\n", schema::ForTerminal(line).c_str());
}

void Cli::Complain(std::string_view line) {
  std::fprintf(stderr, "verbatim: %s\n", schema::ForTerminal(line).c_str());
}

int ExitOf(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kOk:
      return kDone;
    case absl::StatusCode::kNotFound:
    case absl::StatusCode::kAborted:  // something has changed since it was looked at
      return kNegative;
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kOutOfRange:
      return kUsage;
    default:
      return kTrouble;
  }
}

int Fail(const absl::Status& status) {
  const absl::string_view message = status.message();
  Cli::Complain({message.data(), message.size()});
  return ExitOf(status);
}

CLI::App* AddVerb(CLI::App& app, const std::string& name, const std::string& summary,
                  const std::string& example) {
  CLI::App* verb = app.add_subcommand(name, summary);
  verb->fallthrough();
  verb->footer("Example:\n  " + example);
  return verb;
}

void SetRun(CLI::App* verb, Cli& cli, std::function<absl::StatusOr<Exit>()> run) {
  verb->callback([verb, &cli, run = std::move(run)] {
    // What a verb does by itself isn't meant where one below it was named.
    if (!verb->get_subcommands().empty()) return;
    cli.run = [run] {
      const absl::StatusOr<Exit> exit = run();
      return exit.ok() ? static_cast<int>(*exit) : Fail(exit.status());
    };
  });
}

}  // namespace verbatim::tool
