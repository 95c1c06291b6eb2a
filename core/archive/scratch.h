// SPDX-License-Identifier: Apache-2.0
// A plugin file tried out on a log: an archive's own, or one made for it out of texts or of kept
// events. What is made lies in a temporary folder and goes with it; the log that is read is not
// touched.
//
//   VB_ASSIGN_OR_RETURN(auto scratch, Scratch::OfTexts(file, "", texts, options));
//   VB_ASSIGN_OR_RETURN(auto rows, scratch->Fold("counts", {}));
#ifndef VERBATIM_CORE_ARCHIVE_SCRATCH_H_
#define VERBATIM_CORE_ARCHIVE_SCRATCH_H_

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/archive/archive.h"
#include "core/base/files.h"
#include "core/plugin/plugin_file.h"
#include "core/plugin/view_process.h"
#include "core/view/generation.h"

namespace verbatim::archive {

struct ScratchText {
  std::string name;
  std::string text;
  std::string published = {};  // as base::ParsePublished takes it; empty: not known
};

class Scratch {
 public:
  // `config` is serialized. An archive of these texts, each annotated by the plugin and by those
  // that come with the tool. kInvalidArgument names the text that can't be taken.
  static absl::StatusOr<std::unique_ptr<Scratch>> OfTexts(const plugin::PluginFile& file,
                                                          std::string config,
                                                          const std::vector<ScratchText>& texts,
                                                          const Options& options);
  // A log of events as `verbatim log --format jsonl` prints them; those without a body are left
  // out. kInvalidArgument names line and column.
  static absl::StatusOr<std::unique_ptr<Scratch>> OfEvents(const plugin::PluginFile& file,
                                                           std::string config,
                                                           std::string_view jsonl,
                                                           const Options& options);
  // The log of an archive that stays open meanwhile.
  static absl::StatusOr<std::unique_ptr<Scratch>> OfArchive(const plugin::PluginFile& file,
                                                            std::string config,
                                                            const Archive& archive);

  struct How {
    std::vector<uint64_t> stops = {};  // sequences to stop at on the way to the head, ascending
    size_t stops_a_worker = 0;         // then another worker goes on; 0: one does it all
    plugin::FoldTrial trial = plugin::FoldTrial::kNone;
    bool watched = false;  // see plugin::WatchLibrary
    // Given what the view says by Host::Log.
    std::function<void(const plugin::LogLine&)> on_log = {};
  };
  // Folds a view of the plugin into a new generation. kNotFound names the views that it has;
  // kFailedPrecondition: it stalled, or its worker ended, with its words.
  absl::StatusOr<std::unique_ptr<view::Generation>> Fold(std::string_view view, const How& how);

  const log::EventLog& log() const { return archive_ ? archive_->log() : *log_; }
  // Null unless it was made of texts.
  Archive* archive() { return own_.get(); }

 private:
  Scratch(const plugin::PluginFile& file, std::string config)
      : file_(file), config_(std::move(config)) {}
  absl::Status FoldInto(const std::filesystem::path& folder, const std::string& view,
                        const How& how);

  plugin::PluginFile file_;
  std::string config_;
  base::TemporaryFolder folder_{"verbatim-scratch"};
  std::filesystem::path log_folder_;
  std::unique_ptr<Archive> own_;
  const Archive* archive_ = nullptr;
  std::unique_ptr<log::EventLog> log_;
  int folds_ = 0;
};

}  // namespace verbatim::archive

#endif  // VERBATIM_CORE_ARCHIVE_SCRATCH_H_
