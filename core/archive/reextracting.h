// SPDX-License-Identifier: Apache-2.0
// Texts made anew from the kept bytes, by the extractors of this verbatim. The new text is an event
// of its own (ArticleReextracted), so that it is never taken for an edit of the publisher's;
// annotations are moved to it, and annotators run over it, in the same unit of work.
//
//   VB_RETURN_IF_ERROR(Reextract(archive, {}, [](const ReextractResult& result) { ... }, ...));
#ifndef VERBATIM_CORE_ARCHIVE_REEXTRACTING_H_
#define VERBATIM_CORE_ARCHIVE_REEXTRACTING_H_

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/archive/archive.h"

namespace verbatim::archive {

struct ReextractOptions {
  std::vector<std::string> articles = {};  // 16 bytes each; none: all
  bool annotate = true;                    // run annotators over what changed
  bool dry_run = false;                    // says what would change; appends nothing
  unsigned jobs = 0;                       // articles at once; 0: one a processor
};

enum class ReextractAction { kReextracted, kUnchanged, kFailed };

// "reextracted", "unchanged", "failed".
std::string_view ToText(ReextractAction action);

struct ReextractResult {
  std::string article;  // 16 bytes
  ReextractAction action = ReextractAction::kFailed;
  uint32_t revision = 0;              // the latest afterwards
  std::string extractor_before = {};  // "html 1"
  std::string extractor = {};
  std::string reason = {};  // why it failed, or which annotator did
};

// Of each article the latest revision; erased ones are left out. Results come once they are
// durable.
absl::Status Reextract(Archive& archive, const ReextractOptions& options,
                       const std::function<void(const ReextractResult&)>& on_result,
                       const std::function<void(uint64_t done, uint64_t total)>& progress);

}  // namespace verbatim::archive

#endif  // VERBATIM_CORE_ARCHIVE_REEXTRACTING_H_
