// SPDX-License-Identifier: Apache-2.0
// Finding an annotation again in another revision of its article. Never a silent guess: what isn't
// found by its exact words is CHANGED, with the diff for a person to look at, or ORPHANED.
//
//   Mapping mapping(old_ground, new_ground);          // once for two revisions
//   Reanchored moved = Reanchor(anchor, mapping);     // for every anchor
//   if (moved.outcome != v1::AnnotationReanchored::OUTCOME_ORPHANED) body = ... MoveSpan(span,
//   mapping, moved) ...
#ifndef VERBATIM_CORE_ANCHOR_REANCHOR_H_
#define VERBATIM_CORE_ANCHOR_REANCHOR_H_

#include <optional>
#include <string>
#include <vector>

#include "core/anchor/anchor.h"
#include "core/anchor/mapping.h"
#include "verbatim/text/utf8.h"
#include "verbatim/v1/annotation.pb.h"

namespace verbatim::anchor {

struct ReanchorOptions {
  // Look for changed text too. Off: what isn't there word for word is an orphan.
  bool find_changed = true;
};

struct Reanchored {
  v1::AnnotationReanchored::Outcome outcome = v1::AnnotationReanchored::OUTCOME_ORPHANED;
  v1::Anchor to;                       // unset when orphaned
  float score = 0;                     // 0 to 1: 1 for exact words in their place
  float runner_up = 0;                 // score of the next best place
  std::string diff;                    // [-old-] {+new+}, when changed
  std::vector<v1::Anchor> candidates;  // places that are equally good, when there are several
};

// `from` is an anchor on mapping.from(). Its exact words, at the same place: UNCHANGED; elsewhere:
// SHIFTED. In several places: the one that the words around have gone to, else the one with the
// likest text around; a tie is CHANGED with all candidates. Words that are gone: the sentence that
// theirs became, when it is like enough and no other comes near: CHANGED; else ORPHANED. Less than
// eight characters are never found by likeness, and short words elsewhere only where something
// around them agrees.
Reanchored Reanchor(const v1::Anchor& from, const Mapping& mapping,
                    const ReanchorOptions& options = {});

// A further span of an annotation's body (a cue, a speaker), after its anchor has moved: its exact
// words nearest to where the words around them have gone, or, for a span of a changed anchor, that
// anchor's new span. Nothing when it isn't there any more.
std::optional<text::Span> MoveSpan(const text::Span& span, const v1::Anchor& from,
                                   const Reanchored& moved, const Mapping& mapping);

}  // namespace verbatim::anchor

#endif  // VERBATIM_CORE_ANCHOR_REANCHOR_H_
