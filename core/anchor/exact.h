// SPDX-License-Identifier: Apache-2.0
// Inside of this room: the exact words of spans, found in the new text.
#ifndef VERBATIM_CORE_ANCHOR_EXACT_H_
#define VERBATIM_CORE_ANCHOR_EXACT_H_

#include <optional>
#include <vector>

#include "core/anchor/mapping.h"
#include "verbatim/text/utf8.h"

namespace verbatim::anchor {

// One way to place all spans.
struct Placement {
  std::vector<text::Range> ranges;  // one a span
  float score =
      0;  // 0 to 1: 1 where the words around have gone, else how much of the text around agrees
};

// Every way that deserves a thought, best first; empty when the words are not there in their order.
// Two of equal score are a tie. `spans` are ranges of the old text, in order, at least one.
std::vector<Placement> FindExact(const std::vector<text::Range>& spans, const Mapping& mapping);

// One range by itself, near to where the words around it have gone.
std::optional<text::Range> FindNear(text::Range span, uint32_t expected_byte,
                                    const Mapping& mapping);

}  // namespace verbatim::anchor

#endif  // VERBATIM_CORE_ANCHOR_EXACT_H_
