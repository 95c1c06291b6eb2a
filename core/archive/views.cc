// SPDX-License-Identifier: Apache-2.0
#include "core/archive/views.h"

#include <unistd.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/archive/erased_views.h"
#include "core/archive/plugins.h"
#include "core/archive/view_trouble.h"
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

// Rows of the table that is printed: `rows` of the checkpoint has those of private tables too. A
// generation that was begun before its tables were counted apart is scanned.
absl::StatusOr<uint64_t> RowsPrinted(const view::Generation& generation,
                                     const v1::ViewCheckpoint& checkpoint) {
  if (generation.tables() < 2) return checkpoint.rows();
  if (checkpoint.table_rows_size() > 0) return checkpoint.table_rows(0);
  VB_ASSIGN_OR_RETURN(const view::Reader reader, generation.Read());
  uint64_t rows = 0;
  VB_RETURN_IF_ERROR(reader.Scan(0, {}, [&](const view::RowView&) {
    ++rows;
    return true;
  }));
  return rows;
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
  return PeekAt(plan);
}

absl::StatusOr<std::unique_ptr<view::Generation>> Views::PeekAt(const Plan& plan) const {
  VB_ASSIGN_OR_RETURN(std::optional<fs::path> current, plan.home.Current());
  if (!current) return nullptr;
  auto generation = view::Generation::Open(*current, store::Mode::kReadOnly);
  if (absl::IsNotFound(generation.status())) {
    // Another one took over, and this one was collected, since its name was read.
    VB_ASSIGN_OR_RETURN(current, plan.home.Current());
    if (!current) return nullptr;
    generation = view::Generation::Open(*current, store::Mode::kReadOnly);
  }
  VB_RETURN_IF_ERROR(generation.status());
  VB_ASSIGN_OR_RETURN(const log::Snapshot snapshot, archive_.log().Read());
  VB_ASSIGN_OR_RETURN(const uint64_t last_erasure, log::LastErasure(snapshot));
  // It may hold rows, or old versions of rows, made of bodies that are gone.
  if (NotedLogHead(*current) < last_erasure) return nullptr;
  return generation;
}

std::string Views::WhyNot(const Plan& plan) const {
  const InstalledPlugin& plugin = *plan.plugin;
  if (plugin.parked) {
    return absl::StrCat("plugin ", plugin.name(), " is parked: ", plugin.why,
                        "; 'verbatim plugin release ", plugin.name(), "' lets it run");
  }
  if (!plugin.enabled) {
    return absl::StrCat("plugin ", plugin.name(), " is disabled", plugin.why,
                        "; 'verbatim plugin enable ", plugin.name(), "' lets it run");
  }
  if (!CanWrite(archive_.layout().views())) return "the archive is read-only";
  const ViewTrouble trouble = ReadTrouble(plan.home.folder(), plugin);
  if (!trouble.parked()) return "";
  return absl::StrCat("it is parked, as its worker ended badly ", trouble.times,
                      " times in a row: ", trouble.why, "; ", WayOutOfTrouble(plugin.name()));
}

absl::StatusOr<std::unique_ptr<view::Generation>> Views::Usable(const Plan& plan) const {
  auto peeked = PeekAt(plan);
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
  absl::Status renewed;
  const plugin::FoldOutcome outcome = worker->FoldTo(target, [&](uint64_t sequence) {
    if (progress_) progress_(plan.manifest->name(), sequence, target);
    return renewed = held.Renew();
  });
  VB_RETURN_IF_ERROR(renewed);
  switch (outcome.outcome) {
    case v1::RunCompleted::OUTCOME_COMPLETED:
    case v1::RunCompleted::OUTCOME_BAD_INPUT:
      return absl::OkStatus();
    default:
      // Its words, and said to be. Of log and disk too: the plugin may have written them, so they
      // count like any other bad end.
      return absl::UnavailableError(
          absl::StrCat("the worker of view ", plan.manifest->name(), ": ", outcome.message));
  }
}

absl::Status Views::FoldAnew(const Plan& plan, const std::string& fingerprint, uint64_t target,
                             const plugin::PluginFile& file, const fs::path& folder) {
  VB_RETURN_IF_ERROR(Fold(plan, file, folder, target));
  v1::ViewCheckpoint made;
  {
    VB_ASSIGN_OR_RETURN(const auto generation,
                        view::Generation::Open(folder, store::Mode::kReadOnly));
    VB_ASSIGN_OR_RETURN(made, generation->Checkpoint());
  }
  if (made.stalled_at() != 0) {
    // Who gets less far than what serves doesn't take its place.
    const auto serving = PeekAt(plan);
    if (serving.ok() && *serving != nullptr) {
      VB_ASSIGN_OR_RETURN(const v1::ViewCheckpoint served, (*serving)->Checkpoint());
      if (served.sequence() > made.sequence())
        return absl::UnavailableError(absl::StrCat("its new build ", StallOf(made)));
    }
  }
  return plan.home.FinishBuild(fingerprint);
}

absl::StatusOr<std::unique_ptr<view::Generation>> Views::BuildAnew(const Plan& plan,
                                                                   uint64_t target) {
  VB_ASSIGN_OR_RETURN(const plugin::PluginFile file, OpenPinned(archive_, *plan.plugin));
  VB_ASSIGN_OR_RETURN(const uint64_t head, Head(archive_));
  VB_ASSIGN_OR_RETURN(const v1::ViewBuild build, BuildOf(*plan.plugin, *plan.manifest, file));
  VB_ASSIGN_OR_RETURN(const std::optional<fs::path> before, plan.home.Current());
  VB_ASSIGN_OR_RETURN(const fs::path folder, plan.home.BeginBuild(build.fingerprint()));
  VB_RETURN_IF_ERROR(NoteLogHead(folder, head));
  VB_RETURN_IF_ERROR(view::Generation::Create(folder, build, view::Durability::kScratch).status());
  const absl::Status built = FoldAnew(plan, build.fingerprint(), target, file, folder);
  if (!built.ok()) {
    std::error_code ignored;
    fs::remove_all(folder, ignored);
    return built;
  }
  // Somebody may be about to open the one that served: it goes when the view is next brought up.
  VB_RETURN_IF_ERROR(plan.home.RemoveOthers(before).status());
  return PeekAt(plan);
}

absl::StatusOr<std::unique_ptr<view::Generation>> Views::BringUp(const Plan& plan, uint64_t head) {
  VB_ASSIGN_OR_RETURN(std::unique_ptr<view::Generation> usable, Usable(plan));
  if (usable == nullptr) return BuildAnew(plan, head);
  VB_RETURN_IF_ERROR(plan.home.RemoveOthers().status());
  VB_ASSIGN_OR_RETURN(const v1::ViewCheckpoint checkpoint, usable->Checkpoint());
  if (checkpoint.sequence() >= head) return usable;
  const fs::path folder = usable->folder();
  usable.reset();  // one process never opens an environment twice, and in process the fold opens it
  VB_ASSIGN_OR_RETURN(const plugin::PluginFile file, OpenPinned(archive_, *plan.plugin));
  VB_RETURN_IF_ERROR(Fold(plan, file, folder, head));
  VB_ASSIGN_OR_RETURN(std::unique_ptr<view::Generation> folded, PeekAt(plan));
  if (folded != nullptr) return folded;
  return BuildAnew(plan, head);  // something was erased meanwhile
}

absl::StatusOr<std::unique_ptr<view::Generation>> Views::BringUpLocked(const Plan& plan,
                                                                       uint64_t head) {
  const fs::path& home = plan.home.folder();
  VB_ASSIGN_OR_RETURN(std::optional<view::HomeLock> lock, view::HomeLock::TryTake(home));
  if (!lock) {
    // A fold is waited for, a rebuild isn't where something else can serve meanwhile.
    const auto serving = PeekAt(plan);
    if (serving.ok() && *serving != nullptr && !BuiltBy(*plan.plugin, (*serving)->build())) {
      return absl::AbortedError(
          "another process builds it anew, and what served before serves until then");
    }
  }
  if (!lock) {
    VB_ASSIGN_OR_RETURN(lock, view::HomeLock::Take(home));
  }
  auto brought = BringUp(plan, head);
  if (absl::IsUnavailable(brought.status())) {
    // What can't be noted is tried again once more than it should be.
    NoteTrouble(home, *plan.plugin, std::string(brought.status().message())).IgnoreError();
  } else if (brought.ok()) {
    ForgetTrouble(home);
  }
  return brought;
}

absl::StatusOr<OpenedView> Views::Open(std::string_view name) {
  VB_ASSIGN_OR_RETURN(const Plan plan, PlanOf(name));
  VB_ASSIGN_OR_RETURN(const uint64_t head, Head(archive_));
  std::string why = WhyNot(plan);
  OpenedView opened;
  if (why.empty()) {
    auto brought = BringUpLocked(plan, head);
    if (brought.ok()) {
      opened.generation = *std::move(brought);
    } else {
      why = std::string(brought.status().message());
      if (absl::IsUnavailable(brought.status()))
        absl::StrAppend(&why, "; ", WayOutOfTrouble(plan.plugin->name()));
    }
  }
  if (opened.generation == nullptr) {
    VB_ASSIGN_OR_RETURN(opened.generation, PeekAt(plan));
  }
  if (opened.generation == nullptr) {
    return absl::UnavailableError(
        absl::StrCat("view ", std::string(name),
                     " has not been built yet, or not since something was erased: ", why));
  }
  VB_ASSIGN_OR_RETURN(const v1::ViewCheckpoint checkpoint, opened.generation->Checkpoint());
  if (checkpoint.stalled_at() != 0) why = StallOf(checkpoint);
  const v1::ViewBuild& build = opened.generation->build();
  std::string note = absl::StrCat("view ", std::string(name));
  if (!BuiltBy(*plan.plugin, build))
    absl::StrAppend(&note, ", as ", build.plugin(), " ", build.plugin_version(), " built it,");
  if (checkpoint.sequence() < head) {
    opened.notes.push_back(absl::StrCat(note, " is ", head - checkpoint.sequence(),
                                        " events behind, at @", checkpoint.sequence(), ": ", why));
  } else if (!why.empty() && !BuiltBy(*plan.plugin, build)) {
    opened.notes.push_back(absl::StrCat(note, " is shown: ", why));
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
      VB_ASSIGN_OR_RETURN(state.rows, RowsPrinted(**generation, checkpoint));
      state.versions = checkpoint.versions();
      state.state = state.lag == 0 ? "ready" : "behind";
      if (checkpoint.stalled_at() != 0) {
        state.state = "stalled";
        state.why = StallOf(checkpoint);
      }
      if (!BuiltBy(*plan.plugin, (*generation)->build())) state.state = "outdated";
    }
    if (const ViewTrouble trouble = ReadTrouble(plan.home.folder(), *plan.plugin);
        trouble.times > 0 && state.state != "ready" && state.state != "stalled") {
      state.state = trouble.parked() ? "parked" : "failed";
      state.why = trouble.why;
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
  ForgetTrouble(plan.home.folder());
  return generation->Checkpoint();
}

}  // namespace verbatim::archive
