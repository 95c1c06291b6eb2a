// SPDX-License-Identifier: Apache-2.0
#include "core/archive/scratch.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/archive/ingesting.h"
#include "core/archive/plugins.h"
#include "core/base/hex.h"
#include "core/ingest/draft.h"
#include "core/plugin/view_process.h"
#include "core/schema/read_message.h"
#include "core/schema/registry.h"

namespace verbatim::archive {
namespace fs = std::filesystem;
namespace {

using Members = std::map<std::string, std::string_view>;

// A member that is a text; empty when it is not there.
absl::StatusOr<std::string> TextOf(const Members& members, const std::string& name) {
  const auto found = members.find(name);
  if (found == members.end()) return std::string();
  return schema::ReadJsonString(found->second);
}

absl::StatusOr<std::string> BytesOf(const Members& members, const std::string& name) {
  VB_ASSIGN_OR_RETURN(const std::string hex, TextOf(members, name));
  if (std::optional<std::string> bytes = base::FromHex(hex)) return *std::move(bytes);
  return absl::InvalidArgumentError(absl::StrCat("\"", name, "\" takes bytes in hex"));
}

absl::StatusOr<v1::Actor> ActorOf(const Members& event) {
  v1::Actor actor;
  const auto found = event.find("actor");
  if (found == event.end()) return article::ToolActor("verbatim", VERBATIM_VERSION);
  VB_ASSIGN_OR_RETURN(const Members members, schema::JsonMembers(found->second));
  VB_ASSIGN_OR_RETURN(const std::string kind, TextOf(members, "kind"));
  VB_ASSIGN_OR_RETURN(const std::string name, TextOf(members, "name"));
  VB_ASSIGN_OR_RETURN(const std::string version, TextOf(members, "version"));
  if (kind == "person") return article::PersonActor(name);
  if (kind == "tool") return article::ToolActor(name, version);
  if (kind != "plugin")
    return absl::InvalidArgumentError(
        absl::StrCat("an actor's kind is person, plugin or tool, not \"", kind, "\""));
  actor.mutable_plugin()->set_name(name);
  actor.mutable_plugin()->set_version(version);
  return actor;
}

// Nothing for an event whose body is gone.
absl::StatusOr<std::optional<log::NewEvent>> EventOf(std::string_view line,
                                                     const schema::Registry& registry,
                                                     const Options& options) {
  VB_ASSIGN_OR_RETURN(const Members members, schema::JsonMembers(line));
  const auto body = members.find("body");
  if (body == members.end()) return std::nullopt;
  log::NewEvent event;
  VB_ASSIGN_OR_RETURN(event.id, BytesOf(members, "event_id"));
  if (event.id.empty()) event.id = base::NewEventId(*options.clock, *options.random);
  VB_ASSIGN_OR_RETURN(event.stream, TextOf(members, "stream"));
  VB_ASSIGN_OR_RETURN(event.type, TextOf(members, "type"));
  VB_ASSIGN_OR_RETURN(event.actor, ActorOf(members));
  VB_ASSIGN_OR_RETURN(event.caused_by, BytesOf(members, "caused_by"));
  VB_ASSIGN_OR_RETURN(event.correlation, BytesOf(members, "correlation"));
  VB_ASSIGN_OR_RETURN(const schema::MessagePtr message, registry.New(event.type));
  VB_RETURN_IF_ERROR(
      base::WithContext(schema::ReadJson(body->second, &registry, message.get()), "body"));
  event.body = message->SerializeAsString();
  return event;
}

absl::Status Ingest(Archive& archive, const std::vector<ScratchText>& texts) {
  absl::Status failed;
  IngestOptions options;
  options.jobs = 1;
  Ingester ingester(archive, options, [&](const IngestResult& result) {
    if (result.action != IngestAction::kFailed || !failed.ok()) return;
    failed = absl::InvalidArgumentError(absl::StrCat(result.input, ": ", result.reason));
  });
  for (const ScratchText& text : texts) {
    ingest::Given given;
    given.published = text.published;
    given.media_type = "text/plain";
    VB_RETURN_IF_ERROR(
        ingester.Add(text.name, ingest::DraftFromBytes(text.text, text.name, given)));
  }
  VB_RETURN_IF_ERROR(ingester.Finish());
  return failed;
}

const v1::ViewManifest* ManifestOf(const v1::PluginManifest& plugin, std::string_view view) {
  for (const v1::ViewManifest& one : plugin.views()) {
    if (one.name() == view) return &one;
  }
  return nullptr;
}

absl::Status NoSuchView(const v1::PluginManifest& plugin, std::string_view view) {
  std::vector<std::string> names;
  for (const v1::ViewManifest& one : plugin.views()) names.push_back(one.name());
  return absl::NotFoundError(
      absl::StrCat("plugin ", plugin.name(), " has no view ", std::string(view),
                   names.empty() ? "" : absl::StrCat("; it has ", absl::StrJoin(names, ", "))));
}

}  // namespace

absl::StatusOr<std::unique_ptr<Scratch>> Scratch::OfTexts(const plugin::PluginFile& file,
                                                          std::string config,
                                                          const std::vector<ScratchText>& texts,
                                                          const Options& options) {
  std::unique_ptr<Scratch> scratch(new Scratch(file, std::move(config)));
  Options own = options;
  own.access = Access::kWrite;
  VB_ASSIGN_OR_RETURN(scratch->own_, Archive::Create(scratch->folder_.path() / "archive", own));
  Archive& archive = *scratch->own_;
  VB_RETURN_IF_ERROR(InstallPlugin(archive, file.path, /*builtin=*/false).status());
  if (!scratch->config_.empty()) {
    v1::PluginConfigured event;
    event.set_plugin(file.manifest.name());
    event.set_config_type(file.manifest.config_type());
    event.set_config(scratch->config_);
    event.set_config_sha256(base::ToString(base::Sha256(scratch->config_)));
    std::vector<log::NewEvent> events(1);
    VB_ASSIGN_OR_RETURN(events[0], archive.Events().Make(kArchiveStream, event));
    VB_RETURN_IF_ERROR(archive.AppendToCatalog(std::move(events)));
  }
  VB_RETURN_IF_ERROR(Ingest(archive, texts));
  scratch->archive_ = &archive;
  scratch->log_folder_ = archive.layout().log();
  return scratch;
}

absl::StatusOr<std::unique_ptr<Scratch>> Scratch::OfEvents(const plugin::PluginFile& file,
                                                           std::string config,
                                                           std::string_view jsonl,
                                                           const Options& options) {
  std::unique_ptr<Scratch> scratch(new Scratch(file, std::move(config)));
  scratch->log_folder_ = scratch->folder_.path() / "log";
  VB_ASSIGN_OR_RETURN(
      scratch->log_,
      log::EventLog::Create(scratch->log_folder_, options.random->Bytes(base::kIdBytes),
                            {.clock = options.clock, .random = options.random}));
  schema::Registry registry;
  VB_RETURN_IF_ERROR(registry.Add(file.descriptors).status());
  std::vector<log::Unit> units;
  for (size_t number = 1; !jsonl.empty(); ++number) {
    const std::string_view line = jsonl.substr(0, jsonl.find('\n'));
    jsonl.remove_prefix(std::min(jsonl.size(), line.size() + 1));
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    auto event = EventOf(line, registry, options);
    if (!event.ok()) return base::WithContext(event.status(), absl::StrCat("event ", number));
    if (*event) units.emplace_back().events.push_back(**std::move(event));
  }
  for (const auto& appended : scratch->log_->AppendBatch(std::move(units))) {
    VB_RETURN_IF_ERROR(appended.status());
  }
  return scratch;
}

absl::StatusOr<std::unique_ptr<Scratch>> Scratch::OfArchive(const plugin::PluginFile& file,
                                                            std::string config,
                                                            const Archive& archive) {
  std::unique_ptr<Scratch> scratch(new Scratch(file, std::move(config)));
  scratch->archive_ = &archive;
  scratch->log_folder_ = archive.layout().log();
  return scratch;
}

absl::Status Scratch::FoldInto(const fs::path& folder, const std::string& view, const How& how) {
  VB_ASSIGN_OR_RETURN(log::Snapshot held, log().Read());
  std::vector<uint64_t> targets = how.stops;
  targets.push_back(held.head());
  plugin::ViewJob job{file_, view, config_, log_folder_, folder};
  job.watched = how.watched;
  job.trial = how.trial;
  std::unique_ptr<plugin::ViewProcess> worker;
  size_t stops = 0;
  for (const uint64_t target : targets) {
    if (how.stops_a_worker != 0 && stops++ % how.stops_a_worker == 0) worker.reset();
    if (worker == nullptr) {
      VB_ASSIGN_OR_RETURN(worker, plugin::ViewProcess::Start(job));
    }
    const plugin::FoldOutcome outcome =
        worker->FoldTo(target, [&](uint64_t) { return held.Renew(); });
    if (how.on_log) std::for_each(outcome.log.begin(), outcome.log.end(), how.on_log);
    if (outcome.outcome == v1::RunCompleted::OUTCOME_COMPLETED) continue;
    if (!outcome.status.ok())
      return base::WithContext(outcome.status, absl::StrCat("the worker of view ", view));
    const bool stalled = outcome.outcome == v1::RunCompleted::OUTCOME_BAD_INPUT;
    return absl::FailedPreconditionError(
        stalled ? absl::StrCat("view ", view, " can't digest @", outcome.sequence, ": ",
                               outcome.message)
                : absl::StrCat("the worker of view ", view, ": ", outcome.message));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<view::Generation>> Scratch::Fold(std::string_view view,
                                                                const How& how) {
  const v1::ViewManifest* manifest = ManifestOf(file_.manifest, view);
  if (manifest == nullptr) return NoSuchView(file_.manifest, view);
  v1::ViewBuild build;
  build.set_plugin(file_.manifest.name());
  build.set_plugin_version(file_.manifest.version());
  build.set_code_sha256(file_.sha256);
  build.set_config_sha256(base::ToString(base::Sha256(config_)));
  *build.mutable_manifest() = *manifest;
  VB_ASSIGN_OR_RETURN(*build.mutable_descriptors(), schema::Normalise(file_.descriptors));
  const fs::path folder = folder_.path() / absl::StrCat("generation-", ++folds_);
  VB_RETURN_IF_ERROR(
      view::Generation::Create(folder, std::move(build), view::Durability::kScratch).status());
  VB_RETURN_IF_ERROR(FoldInto(folder, manifest->name(), how));
  return view::Generation::Open(folder, store::Mode::kReadOnly);
}

}  // namespace verbatim::archive
