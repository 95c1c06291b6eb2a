// SPDX-License-Identifier: Apache-2.0
// verbatim export: what the archive holds, for other programs.
#include <CLI/CLI.hpp>
#include <cstdio>

#include "core/archive/exporting.h"
#include "fmt/format.h"
#include "tools/verbatim/cli.h"
#include "tools/verbatim/exchange.h"
#include "tools/verbatim/names.h"
#include "tools/verbatim/points.h"

namespace verbatim::tool {
namespace {

struct Arguments {
  std::string as;
  std::string place;
  std::string out;
  std::string as_of;
  std::vector<std::string> articles;
  std::vector<std::string> views;
  bool all = false;
  bool bytes_only = false;
};

absl::StatusOr<archive::ExportRequest> RequestOf(const Arguments& arguments,
                                                 const archive::Archive& archive) {
  archive::ExportRequest request;
  VB_ASSIGN_OR_RETURN(request.format, exchange::FormatNamed(arguments.as));
  if (!arguments.place.empty() && !arguments.out.empty()) {
    return absl::InvalidArgumentError(
        fmt::format("written to {} or to {}: name the place once", arguments.place, arguments.out));
  }
  request.place = arguments.place.empty() ? arguments.out : arguments.place;
  if (request.place == "-") request.place.clear();
  if (!arguments.as_of.empty()) {
    VB_ASSIGN_OR_RETURN(request.as_of, SequenceAt(archive, arguments.as_of));
  }
  for (const std::string& name : arguments.articles) {
    VB_ASSIGN_OR_RETURN(request.articles.emplace_back(), ArticleNamed(archive, name));
  }
  request.views = arguments.views;
  request.all = arguments.all;
  request.bytes_only = arguments.bytes_only;
  request.sink = [](std::string_view bytes) { std::fwrite(bytes.data(), 1, bytes.size(), stdout); };
  return request;
}

void SayWhatWasDone(const Cli& cli, const exchange::Exported& done) {
  const std::pair<uint64_t, std::string_view> counts[] = {{done.events, "events"},
                                                          {done.articles, "articles"},
                                                          {done.annotations, "annotations"},
                                                          {done.rows, "rows"}};
  std::string line;
  for (const auto& [count, what] : counts) {
    if (count > 0) line += fmt::format("{}{} {}", line.empty() ? "" : ", ", count, what);
  }
  cli.Say("exported: " + (line.empty() ? std::string("nothing") : line));
  for (const std::string& note : done.notes) cli.Say(note);
}

absl::StatusOr<Exit> Run(const Cli& cli, const Arguments& arguments) {
  VB_ASSIGN_OR_RETURN(const auto archive, cli.Open(archive::Access::kRead));
  VB_ASSIGN_OR_RETURN(const archive::ExportRequest request, RequestOf(arguments, *archive));
  VB_ASSIGN_OR_RETURN(const exchange::Exported done, archive::ExportArchive(*archive, request));
  SayWhatWasDone(cli, done);
  return kDone;
}

}  // namespace

void AddExport(CLI::App& app, Cli& cli) {
  CLI::App* verb = AddVerb(app, "export", "Write what the archive holds for other programs",
                           "verbatim export --as jsonl --out events.jsonl\n"
                           "  verbatim export --as html site/ && xdg-open site/index.html\n"
                           "  verbatim export --as brat annotated/ --as-of 2026-11-01");
  auto arguments = SetRun(verb, cli, &Run);
  std::string names;
  for (const exchange::Format& format : exchange::Formats()) {
    names += (names.empty() ? "" : ", ") + std::string(format.name);
  }
  verb->add_option("--as", arguments->as, names)->required();
  verb->add_option("place", arguments->place, "The same as --out");
  verb->add_option("--out", arguments->out,
                   "File, or a folder that is absent or empty; else standard output");
  verb->add_option("--as-of", arguments->as_of,
                   "As it was at a sequence (1043) or time (2026-11-01, yesterday)");
  verb->add_option("--article", arguments->articles, "ARTICLE: only this one; may be repeated")
      ->take_all();
  verb->add_option("--view", arguments->views, "csv, sqlite: only this view; may be repeated")
      ->take_all();
  verb->add_flag("--all", arguments->all, "Rejected and retracted annotations too");
  verb->add_flag("--bytes-only", arguments->bytes_only,
                 "jsonl: only what an import reads, in half the space");
}

}  // namespace verbatim::tool
