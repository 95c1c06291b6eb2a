// SPDX-License-Identifier: Apache-2.0
// People's decisions as events: pure but for the ids that the maker draws. Nothing is appended
// here; append with log::Expect::Seen(stream, state.stream_version()), so that a decision made on
// something that has changed since is refused.
//
//   VB_ASSIGN_OR_RETURN(log::NewEvent event, Confirm(state, id, "seen in print", person));
//
// kNotFound: no such annotation or decision; kInvalidArgument: the decision makes no sense for it.
#ifndef VERBATIM_CORE_ARTICLE_DECISIONS_H_
#define VERBATIM_CORE_ARTICLE_DECISIONS_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/article/article_state.h"
#include "core/article/new_events.h"
#include "core/base/status.h"
#include "core/log/unit.h"

namespace verbatim::article {

// The value as it stands is right. Also brings back what was rejected or retracted.
absl::StatusOr<log::NewEvent> Confirm(const ArticleState& state, std::string_view annotation,
                                      std::string_view reason, const EventMaker& person);

// Not to be proposed here again.
absl::StatusOr<log::NewEvent> Reject(const ArticleState& state, std::string_view annotation,
                                     std::string_view reason, const EventMaker& person);

// Another body, another place, or both. The type of a body never changes.
absl::StatusOr<log::NewEvent> Correct(const ArticleState& state, std::string_view annotation,
                                      const std::optional<v1::TypedBody>& body,
                                      const std::optional<v1::Anchor>& anchor,
                                      std::string_view reason, const EventMaker& person);

// An annotation that a person makes. `anchor` holds on the latest revision.
absl::StatusOr<log::NewEvent> Add(const ArticleState& state, v1::Anchor anchor, v1::TypedBody body,
                                  std::string_view reason, const EventMaker& person);

// Undo: the fold drops the decision with this event id. A withdrawal can itself be withdrawn.
absl::StatusOr<log::NewEvent> Withdraw(const ArticleState& state, std::string_view target_event,
                                       std::string_view reason, const EventMaker& person);

// Metadata as a person says it is. `fields` are the names of what changed, at least one.
absl::StatusOr<log::NewEvent> CorrectMetadata(const ArticleState& state,
                                              v1::ArticleMetadata metadata,
                                              const std::vector<std::string>& fields,
                                              std::string_view reason, const EventMaker& person);

}  // namespace verbatim::article

#endif  // VERBATIM_CORE_ARTICLE_DECISIONS_H_
