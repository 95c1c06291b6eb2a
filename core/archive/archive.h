// SPDX-License-Identifier: Apache-2.0
// An archive as a whole: a folder with a log, views, plugins. Opening one wires the rooms; what is
// done with it stands in plugins.h, ingesting.h, annotating.h and views.h.
//
//   VB_ASSIGN_OR_RETURN(auto archive, Archive::Open("archive", {.access = Access::kWrite}));
//   VB_ASSIGN_OR_RETURN(log::Snapshot snapshot, archive->log().Read());
#ifndef VERBATIM_CORE_ARCHIVE_ARCHIVE_H_
#define VERBATIM_CORE_ARCHIVE_ARCHIVE_H_

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/archive/catalog.h"
#include "core/archive/layout.h"
#include "core/article/new_events.h"
#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/base/status.h"
#include "core/log/event_log.h"
#include "core/schema/registry.h"

namespace verbatim::archive {

enum class Access { kRead, kWrite };

struct Options {
  Access access = Access::kRead;
  bool in_process = false;  // run plugins here and not in worker processes
  base::Clock* clock = &base::SystemClock();
  base::Random* random = &base::SystemRandom();
  // Where the plugins that come with the tool lie; empty: ../lib/verbatim/plugins from the program.
  std::filesystem::path builtin_plugins = {};
  // Where the key that signs checkpoints lies; empty: in the archive's own folder.
  std::filesystem::path signing_key = {};
};

class Archive {
 public:
  // A new archive with a signing key and the built-in plugins pinned. The folder must not exist, or
  // be empty. It appears whole or not at all. kAlreadyExists when something is there.
  static absl::StatusOr<std::unique_ptr<Archive>> Create(const std::filesystem::path& folder,
                                                         const Options& options);
  // kNotFound when there is no archive; names the folder and the way out.
  static absl::StatusOr<std::unique_ptr<Archive>> Open(const std::filesystem::path& folder,
                                                       const Options& options);

  const Layout& layout() const { return layout_; }
  const Options& options() const { return options_; }
  log::EventLog& log() const { return *log_; }
  // Knows the compiled types and those that the archive's plugins registered.
  schema::Registry& registry() { return registry_; }
  const schema::Registry& registry() const { return registry_; }
  // As of the last Refresh; Open and everything here that appends to the stream "archive" refresh
  // it.
  const Catalog& catalog() const { return catalog_; }
  absl::Status Refresh();
  // Nothing can be appended: opened so, or the medium is.
  bool read_only() const { return log_->mode() != store::Mode::kReadWrite; }

  // Makes events of the tool, for one command.
  article::EventMaker Events() const;
  // Appends events to the stream "archive" in one unit and refreshes the catalog. kAborted when
  // another process was faster: read again.
  absl::Status AppendToCatalog(std::vector<log::NewEvent> events);
  // 16 random bytes that tie the events of one command together.
  std::string NewCorrelation() const { return options_.random->Bytes(base::kIdBytes); }
  uint64_t NowUs() const { return options_.clock->NowUs(); }

 private:
  Archive(Layout layout, Options options)
      : layout_(std::move(layout)), options_(std::move(options)) {}
  static absl::Status Fill(const std::filesystem::path& folder, const Options& options);

  Layout layout_;
  Options options_;
  std::unique_ptr<log::EventLog> log_;
  schema::Registry registry_;
  Catalog catalog_;
};

}  // namespace verbatim::archive

#endif  // VERBATIM_CORE_ARCHIVE_ARCHIVE_H_
