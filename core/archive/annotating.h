// SPDX-License-Identifier: Apache-2.0
// Catching up: annotators over what they have not seen at this version, with this configuration, on
// these inputs.
#ifndef VERBATIM_CORE_ARCHIVE_ANNOTATING_H_
#define VERBATIM_CORE_ARCHIVE_ANNOTATING_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/annotate/annotate.h"
#include "core/archive/archive.h"
#include "core/article/annotation_state.h"
#include "core/audit/rows.h"

namespace verbatim::archive {

struct AnnotateOptions {
  std::vector<std::string> articles;  // 16 bytes each; none: all
  std::string only_plugin;            // empty: every one
  bool force = false;                 // also where nothing is due
  bool only_new_inputs = false;       // only who ran before and is shown something else now
  std::string cause = {};             // event id that its events name; empty: as annotate.h says
  bool dry_run = false;               // says what would change; appends nothing
  unsigned jobs = 0;                  // articles at once; 0: one a processor
};

// One annotation that a dry run would have changed.
struct PlannedChange {
  std::string who;        // the plugin, or the tool that moves what stands
  std::string_view what;  // as history says: added revised retracted disputed reanchored
  article::AnnotationPtr after;
  std::vector<audit::FieldChange> changes;
};

struct AnnotateResult {
  std::string article;  // 16 bytes
  std::vector<v1::RunCompleted> runs = {};
  std::vector<PlannedChange> planned = {};  // of a dry run
  std::string failure = {};  // why this article could not be annotated; empty: it was
};

// Articles that nothing was due for are not reported. kNotFound: no such plugin.
absl::Status Annotate(Archive& archive, const AnnotateOptions& options,
                      const std::function<void(const AnnotateResult&)>& on_result,
                      const std::function<void(uint64_t done, uint64_t total)>& progress);

}  // namespace verbatim::archive

#endif  // VERBATIM_CORE_ARCHIVE_ANNOTATING_H_
