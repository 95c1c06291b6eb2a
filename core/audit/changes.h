// SPDX-License-Identifier: Apache-2.0
// What the events of one stream changed, field by field: the stuff that history, blame, diff and
// why are made of.
#ifndef VERBATIM_CORE_AUDIT_CHANGES_H_
#define VERBATIM_CORE_AUDIT_CHANGES_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "core/article/article_state.h"
#include "core/audit/rows.h"
#include "core/base/status.h"
#include "core/log/snapshot.h"
#include "core/schema/registry.h"
#include "core/schema/value.h"

namespace verbatim::audit {

// The article (16 bytes) that an annotation (16 bytes) belongs to. kNotFound.
absl::StatusOr<std::string> ArticleOf(const log::Snapshot& snapshot, std::string_view annotation);

// A person's words, or what an erasure says of itself.
std::string ReasonOf(const Opened& event);

// {sequence, recorded_at, actor, what, field, before, after, reason}: what the rows of history,
// diff, blame and why begin with. Names of what they are about follow.
schema::Record StepRow(const Opened& event, std::string_view what, const FieldChange& change);

// "added" for Step::Kind::kAdded.
std::string_view WhatOf(article::Step::Kind kind);

// From one value to another: text, place, the fields of the body. No `before`: all that the first
// says, its confidence too.
std::vector<FieldChange> ValueChanges(const schema::Registry& registry,
                                      const article::Value* before, const article::Value& after);

// From one state of an annotation to another, its status too.
std::vector<FieldChange> StateChanges(const schema::Registry& registry,
                                      const article::AnnotationState* before,
                                      const article::AnnotationState& after);

// {field, before, after} of each, and all on a line: "speaker: A → B; mod:  → START".
schema::List ChangesList(const std::vector<FieldChange>& changes);
std::string ChangesLine(const std::vector<FieldChange>& changes);

// Of two whole values, as text with [-old-] {+new+}.
std::string DiffText(std::string_view before, std::string_view after);

// One event of a stream with what it did.
struct Folded {
  const Opened& event;
  const article::Applied& applied;
  const v1::ArticleMetadata& metadata_before;
  const article::ArticleState& state;  // after it
};

// Which events of a stream are read: captured bytes and runs are most of it, and change no
// annotation.
enum class Reading { kAll, kWhatMattersToViews };

// Folds the article's stream up to and with `as_of`, showing every event that is read.
absl::Status FoldStream(const log::Snapshot& snapshot, const schema::Registry& registry,
                        std::string_view article, uint64_t as_of, Reading reading,
                        absl::FunctionRef<void(const Folded&)> visit);

// Which decisions were taken back, from the withdrawals of one stream: a withdrawal can itself be
// withdrawn, and then its target stands again.
class Withdrawals {
 public:
  // In order of the log; events of other types pass by.
  void See(const Opened& event);
  // By event id of the decision: the sequence of the withdrawal that holds.
  std::map<std::string, uint64_t> Standing() const;

 private:
  struct Seen {
    uint64_t sequence;
    std::string event_id;
    std::string target;
  };
  std::vector<Seen> seen_;
};

}  // namespace verbatim::audit

#endif  // VERBATIM_CORE_AUDIT_CHANGES_H_
