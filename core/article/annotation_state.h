// SPDX-License-Identifier: Apache-2.0
// One annotation as the fold of its events: what it says, who holds it, and what every annotator
// last said of it. People outrank plugins in the fold itself: whatever a plugin's event says, the
// value that a person holds stays. README.md has the table.
#ifndef VERBATIM_CORE_ARTICLE_ANNOTATION_STATE_H_
#define VERBATIM_CORE_ARTICLE_ANNOTATION_STATE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/article/value.h"
#include "verbatim/v1/annotation.pb.h"
#include "verbatim/v1/event.pb.h"

namespace verbatim::article {

using ValuePtr = std::shared_ptr<const Value>;

enum class ActorKind : uint8_t { kTool, kPlugin, kPerson };

// What an event did to its annotation. Kept, because a withdrawn decision makes the fold start
// anew.
struct Step {
  enum class Kind : uint8_t {
    kAdded,
    kRevised,
    kRetracted,
    kConfirmed,
    kRejected,
    kDisputed,
    kWithdrawn,
    kReanchored,
  };
  Kind kind = Kind::kAdded;
  uint64_t sequence = 0;  // 0: not in the log yet
  std::string event_id;
  ActorKind actor = ActorKind::kTool;
  std::string who;      // handle, or name of the plugin or tool
  std::string version;  // of the plugin or tool
  ValuePtr value;       // added, revised, disputed; unset for a dispute that says "absent"
  std::string target;   // withdrawn: event_id of the decision
  // reanchored
  v1::AnnotationReanchored::Outcome outcome = v1::AnnotationReanchored::OUTCOME_UNSPECIFIED;
  v1::Anchor to;
  v1::TypedBody moved_body;
  ValuePtr moved;  // the value that was moved; set by Fold
};

// What an annotator last said of an annotation, also while a person holds another value.
struct Said {
  std::string annotator;  // name of the plugin
  std::string version;    // that said it
  ValuePtr value;         // unset: it is not there
};

struct AnnotationState {
  std::string id;  // 16 bytes
  ValuePtr value;
  v1::AnnotationStatus status = v1::ANNOTATION_STATUS_UNSPECIFIED;   // what is shown
  v1::AnnotationStatus decided = v1::ANNOTATION_STATUS_UNSPECIFIED;  // the same but for orphaned
  bool human_held = false;
  bool disputed = false;
  bool needs_review = false;
  bool orphaned = false;  // its words are gone from the latest revision
  uint32_t version = 0;   // events folded
  std::string annotator;  // first to propose it; empty: a person added it
  uint64_t added_sequence = 0;
  uint64_t changed_sequence = 0;
  std::vector<Said> said;                          // one an annotator
  std::vector<Said> disputes;                      // every one made, once a version and value
  std::vector<std::shared_ptr<const Step>> steps;  // in order of the log, withdrawn ones too

  // Not rejected, retracted or orphaned: what a reader of the latest revision sees.
  bool IsLive() const;
  // A person rejected it, or took back what a person had said: not to be proposed again.
  bool IsSuppressed() const;
  // What `annotator` last said; null when it never said anything.
  const Said* SaidBy(std::string_view annotator_name) const;
  const std::string& type() const { return value->body.type(); }
};

using AnnotationPtr = std::shared_ptr<const AnnotationState>;

// The state after one more event. `before` is null exactly when the step is an AnnotationAdded.
// Costs a copy of the state; a withdrawn decision costs a fold of all its steps.
AnnotationPtr Fold(const AnnotationPtr& before, std::string_view annotation_id, Step step);

// What made an annotation what it is: each step that stands with the state that it led to, in order
// of the log. Withdrawn steps and withdrawals are left out, but for an addition that was taken
// back: its annotation is retracted from then on. The states have no `steps`.
struct Stage {
  std::shared_ptr<const Step> step;
  AnnotationPtr after;
};
std::vector<Stage> Stages(const AnnotationState& state);

// As delivered to views and annotators.
v1::Annotation ToProto(const AnnotationState& state);

// As printed: "PROPOSED".
std::string StatusName(v1::AnnotationStatus status);

}  // namespace verbatim::article

#endif  // VERBATIM_CORE_ARTICLE_ANNOTATION_STATE_H_
