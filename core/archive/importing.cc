// SPDX-License-Identifier: Apache-2.0
#include "core/archive/importing.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/archive/catalog.h"
#include "core/archive/layout.h"
#include "core/archive/plugins.h"
#include "core/base/files.h"
#include "core/base/hex.h"
#include "core/base/limits.h"
#include "core/base/new_folder.h"
#include "core/exchange/event_line.h"
#include "core/log/copy.h"

namespace verbatim::archive {
namespace fs = std::filesystem;
namespace {

class EventsReader {
 public:
  EventsReader(ingest::ByteStream& lines, const CopyProgress& progress)
      : lines_(lines), progress_(progress) {}

  // Everything into a log in `folder`.
  absl::StatusOr<log::VerifyReport> Run(const fs::path& folder, const Options& options) {
    while (true) {
      absl::StatusOr<std::string> line = lines_.ReadLine(exchange::kEventLineBytesMax);
      if (absl::IsOutOfRange(line.status()) || !lines_.status().ok()) break;
      ++line_;
      if (!line.ok()) return AtLine(line.status());
      if (line->empty()) continue;
      VB_RETURN_IF_ERROR(AtLine(Add(*line, folder, options)));
    }
    VB_RETURN_IF_ERROR(lines_.status());
    if (!copy_) return absl::InvalidArgumentError("there are no events in it");
    if (copy_->events() != whole_.events || base::AsView(copy_->Root()) != whole_.root) {
      return absl::DataLossError(absl::StrCat(
          "the file says ", whole_.events, " events with root ", base::ToHex(whole_.root),
          ", and has ", copy_->events(), " with root ", base::ToHex(base::AsView(copy_->Root())),
          ": it was cut off or altered; export it again"));
    }
    return copy_->Finish();
  }

  const std::string& archive_id() const { return whole_.archive_id; }

 private:
  absl::Status AtLine(const absl::Status& status) const {
    return base::WithContext(status, absl::StrCat("line ", line_));
  }

  absl::Status Add(const std::string& text, const fs::path& folder, const Options& options) {
    VB_ASSIGN_OR_RETURN(exchange::EventLine line, reader_.Read(text));
    if (!copy_) {
      if (!line.whole) {
        return absl::InvalidArgumentError(
            "the first line doesn't say what the events are of (\"export\"): is the beginning "
            "missing?");
      }
      whole_ = *line.whole;
      VB_ASSIGN_OR_RETURN(copy_,
                          log::LogCopy::Begin(folder, whole_.archive_id,
                                              {.clock = options.clock, .random = options.random}));
    }
    VB_RETURN_IF_ERROR(copy_->Add(line.header, std::move(line.body)));
    if (!line.checkpoint.empty()) {
      VB_RETURN_IF_ERROR(copy_->AddCheckpoint(copy_->events(), line.checkpoint));
    }
    if (progress_) progress_(copy_->events(), whole_.events);
    return absl::OkStatus();
  }

  ingest::ByteStream& lines_;
  const CopyProgress& progress_;
  exchange::EventLineReader reader_;
  uint64_t line_ = 0;
  exchange::EventsOf whole_;
  std::optional<log::LogCopy> copy_;
};

// Those that came with this tool are at hand; of the others, events hold pins and no code.
absl::Status BringPlugins(const Catalog& catalog, const Layout& layout, const Options& options,
                          std::vector<std::string>& notes) {
  for (const auto& [name, plugin] : catalog.plugins()) {
    const fs::path beside = BuiltinFolder(options) / (name + ".so");
    const auto code = base::ReadFile(beside, limits::kPluginBytesMax);
    if (code.ok() && base::ToString(base::Sha256(*code)) == plugin.pin.code_sha256()) {
      VB_RETURN_IF_ERROR(base::CopyFile(beside, layout.plugin(plugin.pin.file())));
      continue;
    }
    notes.push_back(absl::StrCat("plugin ", name, " ", plugin.pin.manifest().version(),
                                 " is pinned to a build that isn't "
                                 "here: copy ",
                                 plugin.pin.file(),
                                 " from the other archive's plugins/ into this one's, or "
                                 "pin what you have with 'verbatim plugin upgrade ",
                                 name, "'"));
  }
  return base::SyncFolder(layout.plugins());
}

absl::Status MakeFolders(const Layout& layout) {
  for (const fs::path& folder : {layout.views(), layout.plugins()}) {
    std::error_code error;
    if (!fs::create_directories(folder, error) && error) {
      return base::ErrnoStatus(error.value(), "make " + folder.string());
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<ImportedArchive> ImportEvents(ingest::ByteStream& lines, const fs::path& folder,
                                             const Options& options, CopyProgress progress) {
  VB_ASSIGN_OR_RETURN(base::NewFolder made, base::NewFolder::Beside(folder));
  const Layout layout(made.path());
  ImportedArchive imported;
  {
    EventsReader reader(lines, progress);  // closes the log at its end
    VB_ASSIGN_OR_RETURN(imported.log, reader.Run(layout.log(), options));
    imported.archive_id = reader.archive_id();
  }
  VB_RETURN_IF_ERROR(MakeFolders(layout));
  {
    VB_ASSIGN_OR_RETURN(const auto log,
                        log::EventLog::Open(layout.log(), {.mode = store::Mode::kReadOnlyNoLock}));
    VB_ASSIGN_OR_RETURN(const log::Snapshot snapshot, log->Read());
    VB_ASSIGN_OR_RETURN(const Catalog catalog, Catalog::Read(snapshot));
    VB_RETURN_IF_ERROR(BringPlugins(catalog, layout, options, imported.notes));
  }
  VB_RETURN_IF_ERROR(base::WriteFileAtomically(layout.marker(), kMarkerText));
  VB_RETURN_IF_ERROR(made.Finish());
  return imported;
}

}  // namespace verbatim::archive
