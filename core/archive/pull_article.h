// SPDX-License-Identifier: Apache-2.0
// Inside of pulling: the decisions on one article of another archive, worked out against the same
// article here. Pure but for the ids that are drawn.
#ifndef VERBATIM_CORE_ARCHIVE_PULL_ARTICLE_H_
#define VERBATIM_CORE_ARCHIVE_PULL_ARTICLE_H_

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/archive/pulling.h"
#include "core/article/article_state.h"
#include "core/article/new_events.h"
#include "core/exchange/placing.h"
#include "core/log/snapshot.h"
#include "core/schema/registry.h"

namespace verbatim::archive {

class PullArticle {
 public:
  // One side of a pull: an article as the log there has it.
  struct Side {
    const log::Snapshot& snapshot;
    const schema::Registry& registry;
    std::string archive_id;
    article::ArticleState state;
  };
  // Borrows all.
  PullArticle(const Side& here, const Side& there, const article::EventMaker& maker);

  absl::Status Run();

  log::Unit unit;                               // empty: nothing is new
  std::vector<PulledDecision> rows;             // in the order of the text there
  std::vector<std::optional<size_t>> event_of;  // a row's event in the unit
  std::map<std::string, Agreement> agreement;
  std::string cause;  // the last decision's event id

 private:
  absl::Status One(const article::AnnotationState& theirs);
  absl::StatusOr<std::vector<article::Stage>> NewSteps(
      const article::AnnotationState& theirs) const;
  absl::Status AddNew(const article::AnnotationState& theirs,
                      const std::vector<article::Stage>& steps);
  absl::Status Apply(const article::AnnotationState& ours,
                     const std::vector<article::Stage>& steps);
  absl::Status Compare(const article::AnnotationState& ours, const article::AnnotationState& theirs,
                       const std::vector<article::Stage>& steps);
  absl::Status Withdrawals(const article::AnnotationState& theirs);
  absl::Status Count(const article::AnnotationState& ours, const article::AnnotationState& theirs);

  // A value of the other archive as it would stand on the latest text here; nothing: no place.
  std::optional<article::Value> Carried(const article::Value& value);
  article::AnnotationPtr Counterpart(const article::AnnotationState& theirs);
  bool SameBody(const article::Value& a, const article::Value& b) const;
  // Nothing is appended for it.
  void Leave(PulledDecision row, PulledDecision::What what, std::string_view why);
  // Appends the event that says where `step` was made, and then `body` under the step's own id.
  absl::Status Append(const article::Step& step, const google::protobuf::Message& body,
                      PulledDecision row);
  PulledDecision RowOf(const article::AnnotationState& theirs, const article::Step& step) const;

  const Side& here_;
  const Side& there_;
  const article::EventMaker& maker_;
  article::ArticleState now_;  // here, with what was pulled so far
  anchor::RevisionText latest_;
  std::map<uint32_t, std::unique_ptr<exchange::Passage>> passages_;  // by revision there
};

}  // namespace verbatim::archive

#endif  // VERBATIM_CORE_ARCHIVE_PULL_ARTICLE_H_
