// SPDX-License-Identifier: Apache-2.0
// verbatim check-proof: does a proof hold? Needs no archive.
#include <CLI/CLI.hpp>

#include "absl/strings/str_cat.h"
#include "core/archive/checking.h"
#include "core/archive/signing.h"
#include "core/base/files.h"
#include "core/base/hex.h"
#include "core/base/limits.h"
#include "core/schema/control.h"
#include "fmt/format.h"
#include "tools/verbatim/cli.h"
#include "tools/verbatim/show.h"

namespace verbatim::tool {
namespace {

struct Arguments {
  std::string file;
  std::string key;
};

// --key, else the keys of the archive at hand, else nobody's. A key inside the proof never counts.
absl::StatusOr<archive::Trust> TrustOf(const Cli& cli, const Arguments& arguments) {
  archive::Trust trust;
  if (!arguments.key.empty()) {
    VB_ASSIGN_OR_RETURN(trust.keys.emplace_back(), archive::ReadPublicKey(arguments.key));
    trust.whose = "the key in " + arguments.key;
    return trust;
  }
  const auto archive = cli.Open(archive::Access::kRead);
  if (absl::IsNotFound(archive.status())) return trust;
  VB_RETURN_IF_ERROR(base::WithContext(
      archive.status(), "the archive at hand, whose key would be trusted (else name --key FILE)"));
  trust.keys = archive::AdoptedKeys(**archive);
  trust.whose = "a key of the archive " + cli.ArchiveFolder();
  return trust;
}

void PrintLine(std::string_view name, std::string_view text) {
  if (!text.empty()) fmt::print("{:<11} {}\n", name, schema::ForTerminal(text));
}

std::string Joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) {
    if (part.empty()) continue;
    if (!text.empty()) text += ", ";
    text += part;
  }
  return text;
}

// "@12  2026-11-22T10:00:00Z  quotes 0.1.0  + Quote ..."
void PrintEvents(const schema::List& events, std::string_view why) {
  for (const schema::Value& value : events) {
    const auto* row = std::get_if<schema::Record>(&value.v);
    if (row == nullptr) continue;
    std::string line = fmt::format("@{}  {}  {}", row->TextAt("sequence"),
                                   row->TextAt("recorded_at"), row->TextAt("actor.name"));
    if (!row->TextAt("actor.version").empty()) line += " " + row->TextAt("actor.version");
    line += "  " + row->TextAt("what");
    const std::string reason = row->TextAt(why);
    if (!reason.empty()) line += "  (" + reason + ")";
    if (row->TextAt("withdrawn") == "true") line += "  (withdrawn later)";
    const std::string state = row->TextAt("body_state");
    if (!state.empty() && state != "there") line += fmt::format("  (body {})", state);
    fmt::print("  {}\n", schema::ForTerminal(line));
  }
}

void PrintCitation(const schema::Record& citation) {
  if (citation.Find("missing") != nullptr) {
    PrintLine("missing", citation.TextAt("missing"));
    return;
  }
  const std::string speaker = citation.TextAt("speaker");
  const std::string role = citation.TextAt("speaker_role");
  const std::string words = citation.TextAt("words");
  if (!words.empty()) fmt::print("\n  \"{}\"\n", schema::ForTerminal(words));
  if (!speaker.empty()) {
    const bool bound = citation.TextAt("said_on_basis") == "ARTICLE_DATE";
    const std::string said_on = citation.TextAt("said_on");
    fmt::print("  {}\n",
               schema::ForTerminal(Joined(
                   {speaker, role, said_on.empty() ? "" : (bound ? "by " : "on ") + said_on})));
  }
  fmt::print("\n");
  PrintLine("article", Joined({citation.TextAt("title"), citation.TextAt("authors"),
                               citation.TextAt("outlet"), citation.TextAt("published")}));
  PrintLine("link", citation.TextAt(citation.Find("link") != nullptr ? "link" : "url"));
  PrintLine("status", citation.TextAt("status"));
  PrintLine("confirmed", citation.TextAt("confirmed_by"));
  PrintLine("place", citation.TextAt("place"));
  PrintLine("text", "sha256 " + citation.TextAt("text_sha256"));
  if (citation.Find("source_sha256") != nullptr) {
    PrintLine("source",
              fmt::format("sha256 {}, {} bytes, {}", citation.TextAt("source_sha256"),
                          citation.TextAt("source_bytes"), citation.TextAt("media_type")));
    PrintLine("fetched", citation.TextAt("fetched_at"));
  }
  if (const schema::Value* history = citation.Find("history")) {
    fmt::print("history\n");
    PrintEvents(std::get<schema::List>(history->v), "reason");
  }
}

std::string Verdict(const archive::CheckedProof& proof) {
  return proof.signer_verified
             ? fmt::format("proved: {} is in the log that {} signed", proof.subject.ToString(),
                           proof.whose)
             : fmt::format(
                   "consistent, signer not verified: {} is in the log that somebody signed; "
                   "name their key with --key FILE to know who",
                   proof.subject.ToString());
}

void PrintForPeople(const archive::CheckedProof& proof) {
  fmt::print("{}\n", Verdict(proof));
  PrintCitation(proof.citation);
  PrintLine("log",
            fmt::format("{}, {} events, root {}", proof.checkpoint.origin, proof.checkpoint.size,
                        base::ToHex(base::AsView(proof.checkpoint.root))));
  PrintLine("signer", proof.key.ToString());
  fmt::print("events\n");
  schema::List events;
  for (const schema::Record& event : proof.events) events.emplace_back(event);
  PrintEvents(events, "why");
  if (proof.subject.kind != merkle::Subject::Kind::kEvent) return;
  for (const schema::Record& event : proof.events) {
    if (const schema::Value* body = event.Find("body")) {
      fmt::print("body of @{}\n{}\n", event.TextAt("sequence"), schema::ToJson(*body, true));
    }
  }
}

schema::Record RowOf(const archive::CheckedProof& proof) {
  schema::List events;
  for (const schema::Record& event : proof.events) events.emplace_back(event);
  schema::Record row;
  row.Add("holds", true)
      .Add("verdict", proof.signer_verified ? "proved" : "consistent, signer not verified")
      .Add("signer_verified", proof.signer_verified)
      .Add("about", proof.subject.ToString())
      .Add("origin", proof.checkpoint.origin)
      .Add("size", proof.checkpoint.size)
      .Add("root", base::ToHex(base::AsView(proof.checkpoint.root)))
      .Add("signer", proof.key.ToString());
  if (!proof.citation.fields.empty()) row.Add("citation", proof.citation);
  row.Add("events", std::move(events));
  return row;
}

absl::StatusOr<Exit> Refused(const Cli& cli, const std::string& file, const absl::Status& why) {
  const std::string what(why.message());
  if (cli.Format() == schema::Format::kTable) {
    fmt::print("NOT PROVED: {}: {}\n", file, what);
    return kNegative;
  }
  PrintRecord(cli,
              schema::Record().Add("holds", false).Add("verdict", "not proved").Add("what", what));
  return kNegative;
}

absl::StatusOr<Exit> Run(const Cli& cli, const Arguments& arguments) {
  const auto text = base::ReadFile(arguments.file, limits::kProofBytesMax);
  if (absl::IsResourceExhausted(text.status())) {
    return Refused(cli, arguments.file, text.status());
  }
  VB_RETURN_IF_ERROR(text.status());
  VB_ASSIGN_OR_RETURN(const archive::Trust trust, TrustOf(cli, arguments));
  const auto proof = archive::CheckProof(*text, trust);
  if (!proof.ok()) return Refused(cli, arguments.file, proof.status());
  if (cli.Format() == schema::Format::kTable) {
    PrintForPeople(*proof);
  } else {
    PrintRecord(cli, RowOf(*proof));
  }
  return kDone;
}

}  // namespace

void AddCheckProof(CLI::App& app, Cli& cli) {
  CLI::App* verb =
      AddVerb(app, "check-proof", "Does a proof hold, and what does it say? Needs no archive",
              "verbatim check-proof a91f.proof --key archive.pub");
  auto arguments = SetRun(verb, cli, &Run);
  verb->add_option("file", arguments->file, "What `verbatim prove` wrote")->required();
  verb->add_option("--key", arguments->key,
                   "The key to trust, as `verbatim checkpoint --public-key` prints it (else that "
                   "of the archive at hand)");
}

}  // namespace verbatim::tool
