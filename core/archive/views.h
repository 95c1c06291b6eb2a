// SPDX-License-Identifier: Apache-2.0
// The views of an archive: built from the log, brought up to head before they are read, rebuilt
// beside what serves when their plugin or its configuration changed.
//
//   Views views(*archive);
//   VB_ASSIGN_OR_RETURN(OpenedView quotes, views.Open("quotes"));
//   VB_ASSIGN_OR_RETURN(view::Answer answer, view::Ask(*quotes.generation, registry, query));
#ifndef VERBATIM_CORE_ARCHIVE_VIEWS_H_
#define VERBATIM_CORE_ARCHIVE_VIEWS_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/archive/archive.h"
#include "core/plugin/plugin_file.h"
#include "core/view/generation.h"
#include "core/view/home.h"

namespace verbatim::archive {

struct OpenedView {
  std::unique_ptr<view::Generation> generation;  // read-only
  // What whoever reads it should know: how far it is behind, and why.
  std::vector<std::string> notes;
};

struct ViewState {
  std::string name;
  std::string plugin;
  std::string summary;
  uint64_t sequence = 0;  // of its checkpoint
  uint64_t lag = 0;       // events of the log beyond it
  uint64_t rows = 0;      // of the table that is printed, hidden ones too
  uint64_t versions = 0;
  // ready, behind, stalled, outdated (its plugin changed), unbuilt, failed (its worker ended badly
  // the last time), parked (too often), disabled
  std::string state;
  std::string why;
};

// One view folded anew and compared with what serves.
struct ViewVerification {
  std::string name;
  uint64_t sequence = 0;
  bool agrees = false;
  std::string digest = {};  // 32 bytes, of the fold from zero
  std::string what = {};    // where they differ; empty when they agree
};

using ViewProgress = std::function<void(std::string_view view, uint64_t sequence, uint64_t target)>;

class Views {
 public:
  explicit Views(Archive& archive, ViewProgress progress = {})
      : archive_(archive), progress_(std::move(progress)) {}

  // At head where that can be: on a read-only archive, when its plugin is parked, disabled or
  // stalls, when its worker ends badly, or while another process builds it anew, what stands is
  // opened and the notes say so. kNotFound names the views that there are.
  absl::StatusOr<OpenedView> Open(std::string_view name);
  // What serves, untouched; null when nothing was built yet.
  absl::StatusOr<std::unique_ptr<view::Generation>> Peek(std::string_view name) const;

  absl::StatusOr<std::vector<ViewState>> States() const;

  // A new generation from the first event to `to` (nothing: head), which serves from then on. What
  // served is left in service, with an error that says why, when the new one gets less far.
  absl::StatusOr<v1::ViewCheckpoint> Rebuild(std::string_view name,
                                             std::optional<uint64_t> to = {});
  // Folds from zero into a scratch generation up to `to` (nothing: the view's checkpoint, brought
  // to head first) and compares: digests, and as of an earlier sequence every row.
  absl::StatusOr<ViewVerification> Verify(std::string_view name, std::optional<uint64_t> to = {});

 private:
  // A view with the pin that it is built by. Both live in the catalog.
  struct Plan {
    const InstalledPlugin* plugin;
    const v1::ViewManifest* manifest;
    view::ViewHome home;
  };
  absl::StatusOr<Plan> PlanOf(std::string_view name) const;
  // The generation that serves, when it was built by this pin and is of this log; null when it is
  // to be built anew.
  absl::StatusOr<std::unique_ptr<view::Generation>> Usable(const Plan& plan) const;
  // Folds the generation in `folder` up to `target`. OK also when the view stalls: the checkpoint
  // says so.
  absl::Status Fold(const Plan& plan, const plugin::PluginFile& file,
                    const std::filesystem::path& folder, uint64_t target);
  absl::Status FoldInProcess(const Plan& plan, const plugin::PluginFile& file,
                             const std::filesystem::path& folder, uint64_t target);
  // What there is of this pin or another, whatever state it is in; null when there is nothing.
  absl::StatusOr<std::unique_ptr<view::Generation>> PeekAt(const Plan& plan) const;
  // Why no worker is to be started for it; empty when one may be.
  std::string WhyNot(const Plan& plan) const;
  absl::Status FoldAnew(const Plan& plan, const std::string& fingerprint, uint64_t target,
                        const plugin::PluginFile& file, const std::filesystem::path& folder);
  // Both under the view's lock.
  absl::StatusOr<std::unique_ptr<view::Generation>> BuildAnew(const Plan& plan, uint64_t target);
  absl::StatusOr<std::unique_ptr<view::Generation>> BringUp(const Plan& plan, uint64_t head);
  // BringUp under the lock, its trouble noted; kAborted while another process builds what is to
  // replace what serves.
  absl::StatusOr<std::unique_ptr<view::Generation>> BringUpLocked(const Plan& plan, uint64_t head);

  Archive& archive_;
  ViewProgress progress_;
};

}  // namespace verbatim::archive

#endif  // VERBATIM_CORE_ARCHIVE_VIEWS_H_
