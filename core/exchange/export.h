// SPDX-License-Identifier: Apache-2.0
// What an archive holds, written for other programs: one interface, a file for each format. All of
// them show the archive as it stood at one sequence, and the same archive gives the same bytes.
//
//   VB_ASSIGN_OR_RETURN(const Format* format, FormatNamed("brat"));
//   VB_ASSIGN_OR_RETURN(Exported done, Export(*format, source, "annotated"));
#ifndef VERBATIM_CORE_EXCHANGE_EXPORT_H_
#define VERBATIM_CORE_EXCHANGE_EXPORT_H_

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/types/span.h"
#include "core/base/status.h"
#include "core/log/snapshot.h"
#include "core/schema/registry.h"
#include "core/view/generation.h"

namespace verbatim::exchange {

// A view with the rows that it had at the source's sequence.
struct NamedView {
  std::string name;
  const view::Generation* generation;
  schema::Registry* registry;  // of its own: two builds may disagree about a type
};

// What is exported. Borrows all of it.
struct Source {
  const log::Snapshot& snapshot;
  const schema::Registry& registry;
  std::string archive_id;             // 16 bytes
  std::string tool_version;           // of this program
  uint64_t as_of;                     // at most the snapshot's head
  std::vector<std::string> articles;  // 16 bytes each; none: every one
  std::vector<NamedView> views;       // for the formats that want them
  bool all = false;                   // rejected and retracted annotations too
  bool bytes_only = false;            // jsonl: only what an import reads
};

// What was written.
struct Exported {
  uint64_t events = 0;
  uint64_t articles = 0;
  uint64_t annotations = 0;
  uint64_t rows = 0;
  uint64_t files = 0;
  std::vector<std::string> notes;  // what the format can't say and was left out, a line each
};

using Sink = std::function<void(std::string_view)>;

enum class Shape {
  kStream,  // one text, which may go to standard output
  kFolder,  // files in a folder
  kFile,    // one file that no stream can be
};

struct Format {
  std::string_view name;
  Shape shape;
  bool wants_views;
  // Of a stream:
  absl::StatusOr<Exported> (*write)(const Source& source, const Sink& sink);
  // Of the others, whose place is made by the caller:
  absl::StatusOr<Exported> (*write_at)(const Source& source, const std::filesystem::path& place);
};

absl::Span<const Format> Formats();
// kInvalidArgument names those that there are.
absl::StatusOr<const Format*> FormatNamed(std::string_view name);

// Into a file or folder that appears whole or not at all; a file that is there is replaced, a
// folder must be absent or empty.
absl::StatusOr<Exported> Export(const Format& format, const Source& source,
                                const std::filesystem::path& place);

// The formats, a file each.
absl::StatusOr<Exported> WriteJsonl(const Source& source, const Sink& sink);
absl::StatusOr<Exported> WriteWebAnnotations(const Source& source, const Sink& sink);
absl::StatusOr<Exported> WriteProv(const Source& source, const Sink& sink);
absl::StatusOr<Exported> WriteBrat(const Source& source, const std::filesystem::path& folder);
absl::StatusOr<Exported> WriteTimeml(const Source& source, const std::filesystem::path& folder);
absl::StatusOr<Exported> WriteHtml(const Source& source, const std::filesystem::path& folder);
absl::StatusOr<Exported> WriteCsv(const Source& source, const std::filesystem::path& folder);
absl::StatusOr<Exported> WriteSqlite(const Source& source, const std::filesystem::path& file);

}  // namespace verbatim::exchange

#endif  // VERBATIM_CORE_EXCHANGE_EXPORT_H_
