// SPDX-License-Identifier: Apache-2.0
// Inside of this room: where words have gone that are not there any more.
#ifndef VERBATIM_CORE_ANCHOR_CHANGED_H_
#define VERBATIM_CORE_ANCHOR_CHANGED_H_

#include <optional>
#include <string>
#include <vector>

#include "core/anchor/mapping.h"
#include "verbatim/text/utf8.h"

namespace verbatim::anchor {

struct Change {
  std::vector<text::Range> ranges;  // at least one; fewer than the spans where some are gone
  float score = 0;                  // likeness of the words, 0 to 1
  float runner_up = 0;              // of the next best sentence
  std::string diff;                 // [-old-] {+new+}
};

// The place in the sentences that the spans' sentences became; nothing when none is like enough.
std::optional<Change> FindChanged(const std::vector<text::Range>& spans, const Mapping& mapping);

}  // namespace verbatim::anchor

#endif  // VERBATIM_CORE_ANCHOR_CHANGED_H_
