// SPDX-License-Identifier: Apache-2.0
#include "core/archive/views.h"

#include <unistd.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/archive/erased_views.h"
#include "core/archive/plugins.h"
#include "core/base/files.h"
#include "core/base/hex.h"
#include "core/log/last_erasure.h"
#include "core/plugin/loader.h"
#include "core/plugin/view_process.h"
#include "core/schema/registry.h"
#include "core/view/folder.h"
#include "core/view/home_lock.h"

namespace verbatim::archive {
namespace fs = std::filesystem;
namespace {

absl::StatusOr<uint64_t> Head(const Archive& archive) {
  VB_ASSIGN_OR_RETURN(const log::Snapshot snapshot, archive.log().Read());
  return snapshot.head();
}

// Into the folder, or where it is missing.
bool CanWrite(const fs::path& folder) {
  return ::access(folder.c_str(), W_OK) == 0 ||
         (errno == ENOENT && ::access(folder.parent_path().c_str(), W_OK) == 0);
}

absl::StatusOr<v1::ViewBuild> BuildOf(const InstalledPlugin& plugin,
                                      const v1::ViewManifest& manifest,
                                      const plugin::PluginFile& file) {
  v1::ViewBuild build;
  build.set_plugin(plugin.name());
  build.set_plugin_version(file.manifest.version());
  build.set_code_sha256(file.sha256);
  build.set_config_sha256(plugin.config_sha256);
  *build.mutable_manifest() = manifest;
  VB_ASSIGN_OR_RETURN(*build.mutable_descriptors(), schema::Normalise(file.descriptors));
  build.set_fingerprint(view::Fingerprint(build));
  return build;
}

// The pin decides, not what lies on the disk: no plugin is opened to find out.
bool BuiltBy(const InstalledPlugin& plugin, const v1::ViewBuild& build) {
  return build.code_sha256() == plugin.pin.code_sha256() &&
         build.config_sha256() == plugin.config_sha256;
}

std::string StallOf(const v1::ViewCheckpoint& checkpoint) {
  return absl::StrCat("can't digest @", checkpoint.stalled_at(), ": ", checkpoint.stalled_why());
}

// The first row that differs between what served at a sequence and a fold from zero; empty when
// none does.
absl::StatusOr<std::string> FirstDifference(const view::Generation& served,
                                            const view::Generation& scratch, uint64_t at) {
  VB_ASSIGN_OR_RETURN(const view::Reader then, served.Read());
  VB_ASSIGN_OR_RETURN(const view::Reader now, scratch.Read());
  for (uint32_t table = 0; table < served.tables(); ++table) {
    if (!served.KeepsHistory(table)) continue;
    std::vector<std::pair<std::string, std::string>> rows;
    VB_RETURN_IF_ERROR(now.Scan(table, {}, [&](const view::RowView& row) {
      rows.emplace_back(row.key, row.row);
      return true;
    }));
    size_t next = 0;
    std::string difference;
    VB_RETURN_IF_ERROR(then.Scan(table, {.as_of = at}, [&](const view::RowView& row) {
      if (next < rows.size() && rows[next].first == row.key && rows[next].second == row.row) {
        ++next;
        return true;
      }
      difference = absl::StrCat("table ", served.manifest().tables(static_cast<int>(table)).name(),
                                ", key ", base::ToHex(row.key));
      return false;
    }));
    if (difference.empty() && next < rows.size()) {
      difference = absl::StrCat("table ", served.manifest().tables(static_cast<int>(table)).name(),
                                ", key ", base::ToHex(rows[next].first), " is missing");
    }
    if (!difference.empty()) return difference;
  }
  return std::string();
}

}  // namespace

absl::StatusOr<Views::Plan> Views::PlanOf(std::string_view name) const {
  const InstalledPlugin* plugin = archive_.catalog().PluginOfView(name);
  if (plugin == nullptr) {
    return absl::NotFoundError(absl::StrCat("this archive has no view ", std::string(name),
                                            "; it has ",
                                            absl::StrJoin(archive_.catalog().ViewNames(), ", ")));
  }
  for (const v1::ViewManifest& manifest : plugin->pin.manifest().views()) {
    if (manifest.name() == name)
      return Plan{plugin, &manifest, view::ViewHome(archive_.layout().view(name))};
  }
  return absl::InternalError("a plugin offers a view that its manifest doesn't have");
}

absl::StatusOr<std::unique_ptr<view::Generation>> Views::Peek(std::string_view name) const {
  VB_ASSIGN_OR_RETURN(const Plan plan, PlanOf(name));
  VB_ASSIGN_OR_RETURN(const std::optional<fs::path> current, plan.home.Current());
  if (!current) return nullptr;
  VB_ASSIGN_OR_RETURN(auto generation, view::Generation::Open(*current, store::Mode::kReadOnly));
  VB_ASSIGN_OR_RETURN(const log::Snapshot snapshot, archive_.log().Read());
  VB_ASSIGN_OR_RETURN(const uint64_t last_erasure, log::LastErasure(snapshot));
  // It may hold rows, or old versions of rows, made of bodies that are gone.
  if (NotedLogHead(*current) < last_erasure) return nullptr;
  return generation;
}

absl::StatusOr<std::unique_ptr<view::Generation>> Views::Usable(const Plan& plan) const {
  auto peeked = Peek(plan.manifest->name());
  // What is damaged, gone or foreign is built again; the log is what counts.
  if (absl::IsDataLoss(peeked.status()) || absl::IsNotFound(peeked.status()) ||
      absl::IsFailedPrecondition(peeked.status())) {
    return nullptr;
  }
  VB_RETURN_IF_ERROR(peeked.status());
  if (*peeked == nullptr || !BuiltBy(*plan.plugin, (*peeked)->build())) return nullptr;
  VB_ASSIGN_OR_RETURN(const v1::ViewCheckpoint checkpoint, (*peeked)->Checkpoint());
  VB_ASSIGN_OR_RETURN(const bool fits, view::FitsLog(checkpoint, archive_.log()));
  if (!fits) return nullptr;
  return peeked;
}

absl::Status Views::FoldInProcess(const Plan& plan, const plugin::PluginFile& file,
                                  const fs::path& folder, uint64_t target) {
  VB_ASSIGN_OR_RETURN(const plugin::LoadedPlugin loaded, plugin::LoadFromPath(file));
  VB_ASSIGN_OR_RETURN(const vb_view* functions, loaded.View(plan.manifest->name()));
  VB_ASSIGN_OR_RETURN(const auto generation,
                      view::Generation::Open(folder, store::Mode::kReadWrite));
  view::FoldOptions options;
  options.progress = [&](uint64_t sequence, uint64_t) {
    if (progress_) progress_(plan.manifest->name(), sequence, target);
  };
  VB_ASSIGN_OR_RETURN(const auto folder_of,
                      view::Folder::Make(archive_.log(), *generation, *functions,
                                         plan.plugin->config, std::move(options)));
  VB_RETURN_IF_ERROR(folder_of->FoldTo(target).status());
  return generation->Flush();
}

absl::Status Views::Fold(const Plan& plan, const plugin::PluginFile& file, const fs::path& folder,
                         uint64_t target) {
  if (archive_.options().in_process) return FoldInProcess(plan, file, folder, target);
  // Begun before the worker's own: it keeps the pages whole that the worker reads without a lock.
  VB_ASSIGN_OR_RETURN(log::Snapshot held, archive_.log().Read());
  plugin::ViewJob job;
  job.file = file;
  job.view = plan.manifest->name();
  job.config = plan.plugin->config;
  job.log_folder = archive_.layout().log();
  job.generation_folder = folder;
  VB_ASSIGN_OR_RETURN(const auto worker, plugin::ViewProcess::Start(job));
  const plugin::FoldOutcome outcome = worker->FoldTo(target, [&](uint64_t sequence) {
    if (progress_) progress_(plan.manifest->name(), sequence, target);
    return held.Renew();
  });
  switch (outcome.outcome) {
    case v1::RunCompleted::OUTCOME_COMPLETED:
    case v1::RunCompleted::OUTCOME_BAD_INPUT:
      return absl::OkStatus();
    default:
      if (!outcome.status.ok()) return outcome.status;
      return absl::UnavailableError(
          absl::StrCat("the worker of view ", plan.manifest->name(), ": ", outcome.message));
  }
}

absl::StatusOr<std::unique_ptr<view::Generation>> Views::BuildAnew(const Plan& plan,
                                                                   uint64_t target) {
  VB_ASSIGN_OR_RETURN(const plugin::PluginFile file, OpenPinned(archive_, *plan.plugin));
  VB_ASSIGN_OR_RETURN(const uint64_t head, Head(archive_));
  VB_ASSIGN_OR_RETURN(const v1::ViewBuild build, BuildOf(*plan.plugin, *plan.manifest, file));
  VB_ASSIGN_OR_RETURN(const fs::path folder, plan.home.BeginBuild(build.fingerprint()));
  VB_RETURN_IF_ERROR(NoteLogHead(folder, head));
  VB_RETURN_IF_ERROR(view::Generation::Create(folder, build, view::Durability::kScratch).status());
  VB_RETURN_IF_ERROR(Fold(plan, file, folder, target));
  VB_RETURN_IF_ERROR(plan.home.FinishBuild(build.fingerprint()));
  VB_RETURN_IF_ERROR(plan.home.RemoveOthers().status());
  return Peek(plan.manifest->name());
}

absl::StatusOr<std::unique_ptr<view::Generation>> Views::BringUp(const Plan& plan, uint64_t head) {
  VB_ASSIGN_OR_RETURN(const view::HomeLock lock, view::HomeLock::Take(plan.home.folder()));
  VB_ASSIGN_OR_RETURN(std::unique_ptr<view::Generation> usable, Usable(plan));
  if (usable == nullptr) return BuildAnew(plan, head);
  VB_ASSIGN_OR_RETURN(const v1::ViewCheckpoint checkpoint, usable->Checkpoint());
  if (checkpoint.sequence() >= head) return usable;
  const fs::path folder = usable->folder();
  usable.reset();  // one process never opens an environment twice, and in process the fold opens it
  VB_ASSIGN_OR_RETURN(const plugin::PluginFile file, OpenPinned(archive_, *plan.plugin));
  VB_RETURN_IF_ERROR(Fold(plan, file, folder, head));
  VB_ASSIGN_OR_RETURN(std::unique_ptr<view::Generation> folded, Peek(plan.manifest->name()));
  if (folded != nullptr) return folded;
  return BuildAnew(plan, head);  // something was erased meanwhile
}

absl::StatusOr<OpenedView> Views::Open(std::string_view name) {
  VB_ASSIGN_OR_RETURN(const Plan plan, PlanOf(name));
  VB_ASSIGN_OR_RETURN(const uint64_t head, Head(archive_));
  std::string why;
  if (!plan.plugin->runs()) {
    why = absl::StrCat(
        "plugin ", plan.plugin->name(), plan.plugin->parked ? " is parked: " : " is disabled",
        plan.plugin->why,
        plan.plugin->parked ? "; 'verbatim plugin release " : "; 'verbatim plugin enable ",
        plan.plugin->name(), "' lets it run");
  } else if (!CanWrite(archive_.layout().views())) {
    why = "the archive is read-only";
  }
  OpenedView opened;
  if (why.empty()) {
    auto brought = BringUp(plan, head);
    if (brought.ok()) {
      opened.generation = *std::move(brought);
    } else {
      why = std::string(brought.status().message());
    }
  }
  if (opened.generation == nullptr) {
    VB_ASSIGN_OR_RETURN(opened.generation, Peek(name));
  }
  if (opened.generation == nullptr) {
    return absl::UnavailableError(
        absl::StrCat("view ", std::string(name),
                     " has not been built yet, or not since something was erased: ", why));
  }
  VB_ASSIGN_OR_RETURN(const v1::ViewCheckpoint checkpoint, opened.generation->Checkpoint());
  if (checkpoint.stalled_at() != 0) why = StallOf(checkpoint);
  if (checkpoint.sequence() < head) {
    opened.notes.push_back(absl::StrCat("view ", std::string(name), " is ",
                                        head - checkpoint.sequence(), " events behind, at @",
                                        checkpoint.sequence(), ": ", why));
  }
  return opened;
}

absl::StatusOr<std::vector<ViewState>> Views::States() const {
  VB_ASSIGN_OR_RETURN(const log::Snapshot snapshot, archive_.log().Read());
  std::vector<ViewState> states;
  for (const std::string& name : archive_.catalog().ViewNames()) {
    VB_ASSIGN_OR_RETURN(const Plan plan, PlanOf(name));
    ViewState state;
    state.name = name;
    state.plugin = plan.plugin->name();
    state.summary = plan.manifest->summary();
    state.lag = snapshot.head();
    state.state = "unbuilt";
    const auto generation = Peek(name);
    if (!generation.ok()) {
      state.why = std::string(generation.status().message());
    } else if (*generation != nullptr) {
      VB_ASSIGN_OR_RETURN(const v1::ViewCheckpoint checkpoint, (*generation)->Checkpoint());
      state.sequence = checkpoint.sequence();
      state.lag = snapshot.head() - std::min(snapshot.head(), checkpoint.sequence());
      state.rows = checkpoint.rows();
      state.versions = checkpoint.versions();
      state.state = state.lag == 0 ? "ready" : "behind";
      if (checkpoint.stalled_at() != 0) {
        state.state = "stalled";
        state.why = StallOf(checkpoint);
      }
      if (!BuiltBy(*plan.plugin, (*generation)->build())) state.state = "outdated";
    }
    if (!plan.plugin->runs()) {
      state.state = plan.plugin->parked ? "parked" : "disabled";
      state.why = plan.plugin->why;
    }
    states.push_back(std::move(state));
  }
  return states;
}

absl::StatusOr<v1::ViewCheckpoint> Views::Rebuild(std::string_view name,
                                                  std::optional<uint64_t> to) {
  VB_ASSIGN_OR_RETURN(const Plan plan, PlanOf(name));
  VB_ASSIGN_OR_RETURN(const uint64_t head, Head(archive_));
  const uint64_t target = to.value_or(head);
  VB_ASSIGN_OR_RETURN(const view::HomeLock lock, view::HomeLock::Take(plan.home.folder()));
  VB_ASSIGN_OR_RETURN(const auto generation, BuildAnew(plan, target));
  return generation->Checkpoint();
}

absl::StatusOr<ViewVerification> Views::Verify(std::string_view name, std::optional<uint64_t> to) {
  VB_ASSIGN_OR_RETURN(const Plan plan, PlanOf(name));
  VB_ASSIGN_OR_RETURN(const OpenedView opened, Open(name));
  VB_ASSIGN_OR_RETURN(const v1::ViewCheckpoint checkpoint, opened.generation->Checkpoint());
  ViewVerification verification{.name = std::string(name),
                                .sequence = to.value_or(checkpoint.sequence())};
  if (verification.sequence > checkpoint.sequence()) {
    return absl::OutOfRangeError(absl::StrCat("view ", std::string(name), " stands at @",
                                              checkpoint.sequence(), " and can't be compared at @",
                                              verification.sequence));
  }
  VB_ASSIGN_OR_RETURN(const plugin::PluginFile file, OpenPinned(archive_, *plan.plugin));
  const base::TemporaryFolder folder("verbatim-verify");
  const fs::path scratch_folder = folder.path() / "generation";
  VB_RETURN_IF_ERROR(view::Generation::Create(scratch_folder, opened.generation->build(),
                                              view::Durability::kScratch)
                         .status());
  VB_RETURN_IF_ERROR(Fold(plan, file, scratch_folder, verification.sequence));
  VB_ASSIGN_OR_RETURN(const auto scratch,
                      view::Generation::Open(scratch_folder, store::Mode::kReadOnly));
  VB_ASSIGN_OR_RETURN(const v1::ViewCheckpoint folded, scratch->Checkpoint());
  verification.digest = folded.digest();
  if (verification.sequence == checkpoint.sequence()) {
    VB_ASSIGN_OR_RETURN(const view::Reader reader, opened.generation->Read());
    VB_ASSIGN_OR_RETURN(const std::string recomputed, reader.RecomputeDigest());
    if (recomputed != checkpoint.digest()) {
      verification.what =
          "the rows that serve are not those of their checkpoint: rebuild with 'verbatim replay'";
    } else if (folded.digest() != checkpoint.digest()) {
      VB_ASSIGN_OR_RETURN(const std::string row,
                          FirstDifference(*opened.generation, *scratch, checkpoint.sequence()));
      verification.what = absl::StrCat(
          "digests differ", row.empty() ? ", present rows don't: old versions do" : ": ", row);
    }
  } else {
    VB_ASSIGN_OR_RETURN(verification.what,
                        FirstDifference(*opened.generation, *scratch, verification.sequence));
  }
  verification.agrees = verification.what.empty();
  return verification;
}

}  // namespace verbatim::archive
