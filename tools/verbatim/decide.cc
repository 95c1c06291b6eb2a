// SPDX-License-Identifier: Apache-2.0
// verbatim add, correct, confirm, reject, undo: what people decide, one at a time or from a file.
#include <CLI/CLI.hpp>
#include <iostream>
#include <iterator>
#include <optional>

#include "absl/strings/str_cat.h"
#include "core/archive/deciding.h"
#include "core/archive/decision_file.h"
#include "core/audit/changes.h"
#include "core/audit/summary.h"
#include "core/base/files.h"
#include "core/base/hex.h"
#include "core/base/limits.h"
#include "tools/verbatim/people.h"
#include "tools/verbatim/person.h"

namespace verbatim::tool {
namespace {

using archive::Decision;
using Kind = Decision::Kind;

struct Arguments {
  Kind kind = Kind::kConfirm;
  std::string target;                // of add and correct
  std::vector<std::string> targets;  // of the others
  std::string type;
  std::vector<std::string> fields;
  anchor::PlaceName place;
  std::string reason;
  std::optional<uint32_t> if_version;
  std::string from;
};

schema::Record RowOf(const archive::Decided& decided) {
  schema::Record row;
  row.Add("sequence", decided.sequence).Add("decision", archive::ToText(decided.kind));
  row.Add("article", base::ToHex(decided.article));
  if (decided.after != nullptr) {
    row.Add("annotation", base::ToHex(decided.after->id)).Add("type", decided.after->type());
    row.Add("status", article::StatusName(decided.after->status));
    row.Add("version", decided.after->version);
    row.Add("text", audit::WordsOf(decided.after->value->anchor));
  }
  std::string line;
  for (const audit::FieldChange& change : decided.changes) {
    if (change.field == "text" && decided.before == nullptr) continue;
    absl::StrAppend(&line, line.empty() ? "" : "; ", change.field, ": ", change.before,
                    change.before.empty() ? "" : " → ", change.after);
  }
  return row.Add("changes", audit::ChangesList(decided.changes)).Add("change", line);
}

absl::StatusOr<std::vector<Decision>> FromFile(const std::string& file, Kind kind) {
  if (file == "-") {
    const std::string bytes((std::istreambuf_iterator<char>(std::cin)),
                            std::istreambuf_iterator<char>());
    return archive::ParseDecisions(bytes, "standard input", kind);
  }
  VB_ASSIGN_OR_RETURN(const std::string bytes, base::ReadFile(file, limits::kDocumentBytesMax));
  return archive::ParseDecisions(bytes, file, kind);
}

absl::StatusOr<std::vector<Decision>> DecisionsOf(const Arguments& arguments) {
  std::vector<std::string> targets = arguments.targets;
  if (!arguments.target.empty()) targets.push_back(arguments.target);
  const bool named = !targets.empty();
  if (named != arguments.from.empty()) {
    return absl::InvalidArgumentError(
        named ? "give decisions on the command line or with --from, not both"
              : absl::StrCat(std::string(archive::ToText(arguments.kind)),
                             " what? Name it, or give --from FILE"));
  }
  if (!arguments.from.empty()) return FromFile(arguments.from, arguments.kind);
  if (arguments.if_version && targets.size() > 1) {
    return absl::InvalidArgumentError(
        "--if-version is of one annotation: decide one at a time, or use --from");
  }
  std::vector<Decision> decisions;
  for (const std::string& target : targets) {
    Decision& decision = decisions.emplace_back();
    decision.kind = arguments.kind;
    decision.target = target;
    decision.type = arguments.type;
    decision.place = arguments.place;
    decision.reason = arguments.reason;
    decision.if_version = arguments.if_version;
    if (targets.size() > 1) decision.where = target;
    for (const std::string& field : arguments.fields) {
      VB_ASSIGN_OR_RETURN(decision.fields.emplace_back(), article::ParseAssignment(field));
    }
  }
  return decisions;
}

absl::StatusOr<Exit> Run(const Cli& cli, const Arguments& arguments) {
  VB_ASSIGN_OR_RETURN(const std::vector<Decision> decisions, DecisionsOf(arguments));
  VB_ASSIGN_OR_RETURN(const auto archive, cli.Open(archive::Access::kWrite));
  VB_ASSIGN_OR_RETURN(const archive::DecideResult done,
                      archive::Decide(*archive, decisions, PersonActor(cli, *archive)));
  const auto rows = cli.Rows({{"sequence", "#"},
                              {"decision"},
                              {"article", "", schema::Role::kId},
                              {"annotation", "", schema::Role::kId},
                              {"status"},
                              {"version", "v"},
                              {"text", "", schema::Role::kText},
                              {"change", "", schema::Role::kText}});
  for (const archive::Decided& decided : done.decided) rows->Write(RowOf(decided));
  rows->Finish();
  Exit code = kDone;
  for (const archive::AnnotateResult& result : done.runs) {
    const std::string article = base::ShortId(result.article);
    if (!result.failure.empty()) {
      Cli::Complain(absl::StrCat("decided, and article ", article,
                                 " was not annotated again: ", result.failure));
      code = kSomeFailed;
    }
    for (const v1::RunCompleted& run : result.runs) {
      cli.Say(absl::StrCat(run.annotator(), " ", run.version(), " looked again at article ",
                           article, ": ", audit::RunSummary(run)));
    }
  }
  return code;
}

// What all five have.
std::shared_ptr<Arguments> AddShared(CLI::App* verb, Cli& cli, Kind kind) {
  auto arguments = SetRun(verb, cli, &Run);
  arguments->kind = kind;
  verb->add_option("--reason", arguments->reason, "Why; kept for ever with the decision");
  verb->add_option("--from", arguments->from,
                   "Decisions from a file of JSON lines (-: standard input), all or nothing: "
                   "{\"do\":\"correct\",\"id\":\"a91f\",\"fields\":{\"speaker\":\"Ana Maar\"}}");
  return arguments;
}

void AddIfVersion(CLI::App* verb, Arguments& arguments) {
  verb->add_option("--if-version", arguments.if_version,
                   "Refuse when the annotation has another version than the one that you saw");
}

void AddPlace(CLI::App* verb, Arguments& arguments) {
  verb->add_option("--quote", arguments.place.quote, "The place, by its words");
  verb->add_option("--occurrence", arguments.place.occurrence,
                   "Which one, when the words stand there several times");
  verb->add_option("--chars", arguments.place.chars,
                   "The place, by characters A..B, half open; several parted by commas");
}

void AddOnAnnotations(CLI::App& app, Cli& cli, Kind kind, const std::string& summary,
                      const std::string& example) {
  CLI::App* verb = AddVerb(app, std::string(archive::ToText(kind)), summary, example);
  auto arguments = AddShared(verb, cli, kind);
  verb->add_option("id", arguments->targets, "IDs of annotations, or beginnings of them");
  AddIfVersion(verb, *arguments);
}

void AddAdd(CLI::App& app, Cli& cli) {
  CLI::App* verb =
      AddVerb(app, "add", "Add an annotation that nobody has found",
              "verbatim add talks.txt quote --quote \"no time to lose\" speaker=\"Tove Aldren\"");
  auto arguments = AddShared(verb, cli, Kind::kAdd);
  verb->add_option("article", arguments->target, "ARTICLE: id prefix, URL or file name");
  verb->add_option("type", arguments->type, "quote, temporalexpression, or a whole type name");
  verb->add_option("field", arguments->fields, "FIELD=VALUE of its body");
  AddPlace(verb, *arguments);
}

void AddCorrect(CLI::App& app, Cli& cli) {
  CLI::App* verb = AddVerb(
      app, "correct",
      "Correct an annotation, or what is known of an article (published, title, outlet, url ...)",
      "verbatim correct a91f speaker=\"Ana Maar\" --reason \"named in the lead\"\n"
      "  verbatim correct talks.txt published=2021-10-20");
  auto arguments = AddShared(verb, cli, Kind::kCorrect);
  verb->add_option("id", arguments->target, "ID of an annotation, or ARTICLE");
  verb->add_option("field", arguments->fields,
                   "FIELD=VALUE; an empty value clears; a field that holds a place takes its "
                   "words, or characters A..B");
  AddPlace(verb, *arguments);
  AddIfVersion(verb, *arguments);
}

void AddUndo(CLI::App& app, Cli& cli) {
  CLI::App* verb =
      AddVerb(app, "undo", "Take back a decision; nothing is erased, and an undo can be undone",
              "verbatim undo @1050 --reason \"it is a date line\"");
  auto arguments = AddShared(verb, cli, Kind::kUndo);
  verb->add_option("sequence", arguments->targets, "@SEQUENCE of decisions, as history prints it");
}

}  // namespace

void AddDecide(CLI::App& app, Cli& cli) {
  AddAdd(app, cli);
  AddCorrect(app, cli);
  AddOnAnnotations(app, cli, Kind::kConfirm, "Say that annotations are right",
                   "verbatim confirm a91f c2d0 --as ana@desk");
  AddOnAnnotations(app, cli, Kind::kReject,
                   "Say that annotations are wrong: hidden, and not proposed here again",
                   "verbatim reject b07c --reason \"a book's title, nobody said it\"");
  AddUndo(app, cli);
}

}  // namespace verbatim::tool
