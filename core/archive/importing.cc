// SPDX-License-Identifier: Apache-2.0
#include "core/archive/importing.h"

#include <algorithm>
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
#include "core/base/parallel.h"
#include "core/exchange/event_line.h"
#include "core/log/copy.h"

namespace verbatim::archive {
namespace fs = std::filesystem;
namespace {

// Lines are read, checked and written some thousand at a time: while one part of the file is being
// written, the next is made ready.
constexpr size_t kPartBytes = size_t{8} << 20;
constexpr size_t kPieceLines = 512;

// A part of the file in whole lines, and what was made of it.
struct Part {
  std::string text;  // and bytes that a reader may look at behind the last line
  uint64_t first_line = 0;
  std::vector<std::string_view> lines;
  std::vector<log::CopyBatch> pieces;  // of kPieceLines lines each
};

class EventsReader {
 public:
  EventsReader(ingest::ByteStream& lines, const CopyProgress& progress)
      : lines_(lines), progress_(progress), readers_(base::Processors()) {}

  // Everything into a log in `folder`.
  absl::StatusOr<log::VerifyReport> Run(const fs::path& folder, const Options& options) {
    VB_ASSIGN_OR_RETURN(Part part, Take({}));
    VB_RETURN_IF_ERROR(Begin(part, folder, options));
    Part ready;
    while (!part.lines.empty() || !ready.lines.empty()) {
      VB_ASSIGN_OR_RETURN(Part next, Together(ready, part));
      ready = std::move(part);
      part = std::move(next);
      if (progress_) progress_(copy_->events(), whole_.events);
    }
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
  static absl::Status AtLine(uint64_t line, const absl::Status& status) {
    return base::WithContext(status, absl::StrCat("line ", line));
  }

  // The next part, in the memory of one that is done with: new pages for every part would cost as
  // much as the hex. Without lines at the end.
  absl::StatusOr<Part> Take(Part part) {
    part.text.clear();
    part.lines.clear();
    for (log::CopyBatch& piece : part.pieces) piece.Clear();
    part.first_line = next_line_;
    lines_.Need(kPartBytes);
    VB_ASSIGN_OR_RETURN(const size_t bytes, BytesOfLines());
    VB_RETURN_IF_ERROR(lines_.status());
    if (bytes == 0) return part;
    part.text.reserve(bytes + exchange::EventLineReader::kPaddingBytes);
    part.text.append(lines_.Peek().substr(0, bytes));
    part.text.append(exchange::EventLineReader::kPaddingBytes, ' ');
    lines_.Skip(bytes);
    std::string_view text = std::string_view(part.text).substr(0, bytes);
    while (!text.empty()) {
      const size_t end = std::min(text.find('\n'), text.size());
      std::string_view line = text.substr(0, end);
      if (line.ends_with('\r')) line.remove_suffix(1);
      part.lines.push_back(line);
      text.remove_prefix(std::min(end + 1, text.size()));
    }
    next_line_ += part.lines.size();
    return part;
  }

  // Of what is visible, in whole lines: as many as fit in a part, else one, however long.
  absl::StatusOr<size_t> BytesOfLines() {
    const size_t last = lines_.Peek().substr(0, kPartBytes).rfind('\n');
    if (last != std::string_view::npos) return last + 1;
    for (size_t seen = 0; seen <= exchange::kEventLineBytesMax;) {
      const size_t end = lines_.Peek().find('\n', seen);
      if (end != std::string_view::npos) return end + 1;
      seen = lines_.Peek().size();
      if (!lines_.Need(seen + 1)) return seen;  // the end of the file
    }
    return AtLine(next_line_, absl::ResourceExhaustedError("line too long"));
  }

  // What the first line says of the whole.
  absl::Status Begin(const Part& part, const fs::path& folder, const Options& options) {
    if (part.lines.empty()) return absl::InvalidArgumentError("there are no events in it");
    const absl::StatusOr<exchange::EventLine> first = readers_[0].ReadPadded(part.lines[0]);
    if (!first.ok()) return AtLine(1, first.status());
    if (!first->whole) {
      return AtLine(1, absl::InvalidArgumentError(
                           "the first line doesn't say what the events are of (\"export\"): is "
                           "the beginning missing?"));
    }
    whole_ = *first->whole;
    VB_ASSIGN_OR_RETURN(copy_,
                        log::LogCopy::Begin(folder, whole_.archive_id,
                                            {.clock = options.clock, .random = options.random}));
    return absl::OkStatus();
  }

  // Writes what is ready, whose memory it takes, and takes the part after `part`, while that is
  // made ready.
  absl::StatusOr<Part> Together(Part& ready, Part& part) {
    const size_t pieces = (part.lines.size() + kPieceLines - 1) / kPieceLines;
    part.pieces.resize(pieces);
    absl::StatusOr<Part> next = Part();
    absl::Status written;
    std::vector<absl::Status> made(pieces);
    base::InParallel(readers_.size(), pieces + 1, [&](size_t i, size_t thread) {
      if (i > 0) {
        made[i - 1] = Make(part, i - 1, readers_[thread]);
        return;
      }
      if (!ready.pieces.empty()) written = copy_->Add(ready.pieces);
      if (written.ok() && !part.lines.empty()) next = Take(std::move(ready));
    });
    VB_RETURN_IF_ERROR(written);
    for (const absl::Status& status : made) VB_RETURN_IF_ERROR(status);
    return next;
  }

  static absl::Status Make(Part& part, size_t piece, exchange::EventLineReader& reader) {
    log::CopyBatch& batch = part.pieces[piece];
    const size_t end = std::min(part.lines.size(), (piece + 1) * kPieceLines);
    for (size_t i = piece * kPieceLines; i < end; ++i) {
      if (part.lines[i].empty()) continue;
      VB_RETURN_IF_ERROR(AtLine(part.first_line + i, MakeOne(part.lines[i], reader, batch)));
    }
    return absl::OkStatus();
  }

  static absl::Status MakeOne(std::string_view text, exchange::EventLineReader& reader,
                              log::CopyBatch& batch) {
    VB_ASSIGN_OR_RETURN(const exchange::EventLine line, reader.ReadPadded(text));
    VB_RETURN_IF_ERROR(batch.Add(line.header, line.salt, line.body));
    return line.checkpoint.empty() ? absl::OkStatus() : batch.AddCheckpoint(line.checkpoint);
  }

  ingest::ByteStream& lines_;
  const CopyProgress& progress_;
  std::vector<exchange::EventLineReader> readers_;  // one a thread
  uint64_t next_line_ = 1;
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
  auto place = base::NewFolder::Beside(folder);
  if (absl::IsAlreadyExists(place.status())) {
    return absl::AlreadyExistsError(absl::StrCat(
        place.status().message(),
        ": events make an archive of their own, so name a new folder with -C (annotations for this "
        "archive come as --as webannotation, brat or timeml, articles by 'verbatim ingest')"));
  }
  VB_ASSIGN_OR_RETURN(base::NewFolder made, std::move(place));
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
