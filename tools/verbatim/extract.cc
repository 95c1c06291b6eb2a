// SPDX-License-Identifier: Apache-2.0
// verbatim extract: what ingest would read from a file, with no archive.
#include <CLI/CLI.hpp>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "core/base/memory.h"
#include "core/ingest/reading.h"
#include "tools/verbatim/cli.h"

namespace verbatim::tool {
namespace {

schema::Record RowOf(const std::string& file, const v1::ArticleContent& content) {
  const v1::ArticleMetadata& metadata = content.metadata();
  schema::List authors(metadata.authors().begin(), metadata.authors().end());
  schema::List dropped;
  for (const v1::DroppedSpan& span : content.dropped()) {
    dropped.emplace_back(schema::Record().Add("text", span.text()).Add("reason", span.reason()));
  }
  schema::Record row;
  row.Add("file", file)
      .Add("title", metadata.title())
      .Add("body", content.text())
      .Add("authors", std::move(authors))
      .Add("published", metadata.published().value())
      .Add("modified", metadata.modified().value())
      .Add("outlet", metadata.outlet())
      .Add("canonical_url", metadata.canonical_url())
      .Add("language", metadata.language());
  if (metadata.has_dateline()) {
    row.Add("dateline", schema::Record()
                            .Add("place", metadata.dateline().place())
                            .Add("agency", metadata.dateline().agency())
                            .Add("date", metadata.dateline().date()));
  }
  row.Add("dropped", std::move(dropped));
  return row;
}

using Paths = std::vector<std::string>;

absl::StatusOr<Exit> Run(const Cli& cli, const Paths& paths) {
  base::KeepFreedMemory();
  const auto rows =
      cli.Rows({{"file"}, {"title"}, {"outlet"}, {"language"}, {"body", "", schema::Role::kText}});
  Exit code = kDone;
  for (const ingest::Input& input : ingest::ListInputs(paths)) {
    const std::string file = input.path.filename().string();
    VB_RETURN_IF_ERROR(ingest::ReadArticles(input, {}, {}, [&](ingest::Reading reading) {
      if (!reading.skipped.empty()) return absl::OkStatus();
      if (const auto draft = reading.draft(); draft.ok()) {
        rows->Write(RowOf(file, draft->content));
      } else {
        Cli::Complain(absl::StrCat(input.name(), ": ", draft.status().message()));
        code = kSomeFailed;
      }
      return absl::OkStatus();
    }));
  }
  rows->Finish();
  return code;
}

}  // namespace

void AddExtract(CLI::App& app, Cli& cli) {
  CLI::App* verb =
      AddVerb(app, "extract", "Print text and metadata of article files, with no archive",
              "verbatim extract talks.txt --format jsonl");
  auto paths = SetRun(verb, cli, &Run);
  verb->add_option("file", *paths, "Files, folders, - for standard input")->required();
}

}  // namespace verbatim::tool
