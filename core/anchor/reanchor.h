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

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/anchor/anchor.h"
#include "verbatim/text/utf8.h"
#include "verbatim/v1/annotation.pb.h"

namespace verbatim::anchor {

// How the text of one revision became that of another: compared when first asked, then kept.
// Borrows both. One thread at a time.
class Mapping {
 public:
  Mapping(const RevisionText& from, const RevisionText& to);
  ~Mapping();
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;

  const RevisionText& from() const { return from_; }
  const RevisionText& to() const { return to_; }
  bool same_text() const { return same_text_; }

  // Where a place of the old text is in the new one, by the words around it.
  uint32_t Follow(uint32_t from_byte) const;

  // Sentences, and which became which; inside of this room.
  struct Sentences;
  const Sentences& sentences() const;

 private:
  struct Words;
  const Words& words() const;

  const RevisionText& from_;
  const RevisionText& to_;
  bool same_text_;
  mutable std::unique_ptr<Words> words_;
  mutable std::unique_ptr<Sentences> sentences_;
};

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
