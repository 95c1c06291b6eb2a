// SPDX-License-Identifier: Apache-2.0
// Annotations of other programs' files, taken in as decisions of a person: what the file says
// otherwise than this archive is a correction, what nobody said yet is added, what says the same is
// confirmed only when asked for. What the file doesn't say is no rejection. What finds no place in
// the text is kept and waits for review. One article is one unit of work.
#ifndef VERBATIM_CORE_ARCHIVE_TAKING_IN_H_
#define VERBATIM_CORE_ARCHIVE_TAKING_IN_H_

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/archive/archive.h"
#include "core/archive/deciding.h"
#include "core/base/status.h"
#include "core/exchange/found.h"

namespace verbatim::archive {

// What became of one annotation of a file.
enum class Taken {
  kAdded,
  kCorrected,
  kConfirmed,
  kSame,      // says what stands here
  kOutdated,  // says what stood here before something was decided or found since
  kGone,      // people here have decided that it isn't there, or the file says so itself
  kUnplaced,  // kept, and waits for review
  kFailed,    // no such article, or no such body
};
// "added", "corrected", ...
std::string_view ToText(Taken taken);

struct TakenIn {
  Taken taken = Taken::kFailed;
  std::string where;            // "talks.ann, line 4"
  std::string article = {};     // 16 bytes; empty: not found
  std::string annotation = {};  // 16 bytes; empty: none here
  std::string type = {};
  std::string text = {};  // its words, as the file has them
  std::string why = {};   // for a person
  uint64_t sequence = 0;  // 0: nothing was appended
  std::vector<audit::FieldChange> changes = {};
};

struct TakeInOptions {
  bool confirm = false;  // what says the same, and nobody has decided yet
  bool dry_run = false;
  std::string reason = {};
};

struct TakeInResult {
  std::vector<AnnotateResult> runs;  // of annotators that were shown something else by it
  std::vector<std::string> notes;    // of the readers
};

// One import, of one file after another. Borrows the archive.
class TakingIn {
 public:
  TakingIn(Archive& archive, v1::Actor person, TakeInOptions options,
           std::function<void(const TakenIn&)> on_row);
  ~TakingIn();
  // By article, in the order of the file. What fails is told as a row and the rest goes on; a
  // status is trouble with the archive.
  absl::StatusOr<TakeInResult> Take(const exchange::FoundFile& file);

 private:
  class ArticleFinder;
  Archive& archive_;
  const v1::Actor person_;
  const TakeInOptions options_;
  const std::function<void(const TakenIn&)> on_row_;
  std::unique_ptr<ArticleFinder> finder_;
};

// Every file that is meant by `path`: itself, or those of a folder that end in .ann, .tml, .json or
// .jsonld, by name; gzip or not. `visit` gets each as it was read, or why it could not be, and its
// status ends the visit. `format`: taken for it; nothing: by how each begins. A path that is no
// file is kNotFound.
absl::Status VisitFound(
    const std::filesystem::path& path, std::optional<exchange::FoundFormat> format,
    const schema::Registry& registry,
    const std::function<absl::Status(const std::filesystem::path& file,
                                     const absl::StatusOr<exchange::FoundFile>& found)>& visit);

// The format of the file, or of the first of the folder, by how it begins; kInvalidArgument names
// what can be read.
absl::StatusOr<exchange::FoundFormat> RecogniseFile(const std::filesystem::path& path);

}  // namespace verbatim::archive

#endif  // VERBATIM_CORE_ARCHIVE_TAKING_IN_H_
