// SPDX-License-Identifier: Apache-2.0
// verbatim show: one annotation, article or event, now or as it was.
#include "tools/verbatim/show.h"

#include <CLI/CLI.hpp>

#include "absl/strings/str_cat.h"
#include "core/audit/log_rows.h"
#include "core/audit/rows.h"
#include "core/audit/show.h"
#include "core/base/time_point.h"
#include "core/schema/control.h"
#include "fmt/format.h"
#include "tools/verbatim/names.h"
#include "tools/verbatim/opened_rows.h"
#include "tools/verbatim/points.h"

namespace verbatim::tool {
namespace {

constexpr size_t kNameCells = 20;

// A field a line: "speaker      Ana Maar". Records and lists of records go on below, indented.
void PrintFields(const Cli& cli, const schema::Record& record, size_t indent) {
  for (const schema::Field& field : record.fields) {
    if (field.value.Omitted()) continue;
    const std::string name = std::string(indent, ' ') + field.name;
    if (const auto* nested = std::get_if<schema::Record>(&field.value.v)) {
      fmt::print("{}\n", name);
      PrintFields(cli, *nested, indent + 2);
      continue;
    }
    const auto* list = std::get_if<schema::List>(&field.value.v);
    if (list != nullptr && std::holds_alternative<schema::Record>(list->front().v)) {
      for (size_t i = 0; i < list->size(); ++i) {
        fmt::print("{}[{}]\n", name, i);
        PrintFields(cli, std::get<schema::Record>((*list)[i].v), indent + 2);
      }
      continue;
    }
    std::string text = schema::TextOf(field.value);
    const std::string local = base::ShowTime(text, /*local=*/true);
    if (cli.local_time && local != text) text += "  (" + local + ")";
    fmt::print("{:<{}} {}\n", name, kNameCells, schema::ForTerminal(text));
  }
}

absl::StatusOr<schema::Record> Find(const archive::Archive& archive, const audit::Resolved& thing,
                                    uint64_t as_of) {
  VB_ASSIGN_OR_RETURN(const log::Snapshot snapshot, archive.log().Read());
  switch (thing.kind) {
    case audit::Kind::kArticle:
      return audit::ShowArticle(snapshot, thing.id, as_of);
    case audit::Kind::kAnnotation:
      return audit::ShowAnnotation(snapshot, archive.registry(), thing.id, as_of);
    case audit::Kind::kEvent:
      break;
  }
  if (thing.sequence > as_of) {
    return absl::NotFoundError(absl::StrCat("@", thing.sequence, " is after @", as_of));
  }
  VB_ASSIGN_OR_RETURN(const audit::Opened event,
                      audit::Open(snapshot, archive.registry(), thing.sequence));
  return audit::LogRow(event, archive.registry());
}

struct Arguments {
  std::string name;
  std::string as_of;
};

absl::StatusOr<Exit> Run(const Cli& cli, const Arguments& arguments) {
  VB_ASSIGN_OR_RETURN(const auto archive, cli.Open(archive::Access::kRead));
  VB_ASSIGN_OR_RETURN(const uint64_t at, SequenceAtOr(*archive, arguments.as_of, audit::kNow));
  if (const auto row = RowNamed(*archive, arguments.name)) {
    VB_ASSIGN_OR_RETURN(const auto opened, OpenedRows::Open(cli, *archive, row->view));
    VB_ASSIGN_OR_RETURN(const log::Snapshot snapshot, archive->log().Read());
    VB_ASSIGN_OR_RETURN(const audit::NamedRow found, opened->rows().Find(snapshot, row->key, at));
    PrintRecord(cli, audit::ShowRow(opened->rows(), found));
    return kDone;
  }
  VB_ASSIGN_OR_RETURN(const audit::Resolved thing, ThingNamed(*archive, arguments.name));
  VB_ASSIGN_OR_RETURN(const schema::Record record, Find(*archive, thing, at));
  PrintRecord(cli, record);
  return kDone;
}

}  // namespace

void PrintRecord(const Cli& cli, const schema::Record& record) {
  if (cli.Format() == schema::Format::kTable) {
    PrintFields(cli, record, 0);
    return;
  }
  const auto rows = cli.Rows({});
  rows->Write(record);
  rows->Finish();
}

void AddShow(CLI::App& app, Cli& cli) {
  CLI::App* verb = AddVerb(app, "show", "One annotation, article, event or row, now or as it was",
                           "verbatim show a91f --as-of 2026-11-01");
  auto arguments = SetRun(verb, cli, &Run);
  verb->add_option("id", arguments->name,
                   "Id prefix, URL, file name, @SEQUENCE, or VIEW/KEY of a row")
      ->required();
  verb->add_option("--as-of", arguments->as_of,
                   "As it was at a sequence (1043) or time (2026-11-01, yesterday)");
}

}  // namespace verbatim::tool
