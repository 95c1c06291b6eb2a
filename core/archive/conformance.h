// SPDX-License-Identifier: Apache-2.0
// What every plugin promises, tried on its binary: plugins/README.md lists it for authors. Runs the
// plugin in workers, over texts made for it and an archive that is gone afterwards.
#ifndef VERBATIM_CORE_ARCHIVE_CONFORMANCE_H_
#define VERBATIM_CORE_ARCHIVE_CONFORMANCE_H_

#include <string>
#include <vector>

#include "core/archive/archive.h"
#include "core/archive/scratch.h"
#include "core/plugin/plugin_file.h"

namespace verbatim::archive {

struct ConformanceOptions {
  std::string config = {};              // serialized; empty: none
  std::vector<ScratchText> texts = {};  // tried besides the suite's own
};

// One check a rule, "ROLE.rule" its name, in the order in which they were made:
//   manifest       it says all that a user should know, and names only fields that there are
//   A.proposals    anchors and bodies are true of the text, on every text
//   A.keys         no two proposals make one claim
//   A.repeatable   the same bytes again, in this process and in another, whatever came between
//   A.bad_input    a request that is none leaves the instance answering as before
//   A.surroundings no clock, no chance, no environment
//   V.folds        it digests what its manifest asks for
//   V.batches      stops on the way change no byte
//   V.instances    nor does an instance made anew at every event
//   V.rows         every row is the message that its table names
//   V.surroundings as above
// A status is trouble of the suite's own: no folder, no log.
absl::StatusOr<std::vector<plugin::Check>> CheckConformance(const plugin::PluginFile& file,
                                                            const ConformanceOptions& conformance,
                                                            const Options& options);

}  // namespace verbatim::archive

#endif  // VERBATIM_CORE_ARCHIVE_CONFORMANCE_H_
