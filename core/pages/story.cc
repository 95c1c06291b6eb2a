// SPDX-License-Identifier: Apache-2.0
#include "core/pages/story.h"

#include <algorithm>
#include <map>
#include <utility>

#include "core/audit/changes.h"
#include "core/audit/history.h"
#include "core/audit/summary.h"
#include "core/base/time_point.h"

namespace verbatim::pages {
namespace {

// Of annotations on one revision those that stand first; earlier revisions last.
bool InOrder(const StoryAnnotation& a, const StoryAnnotation& b) {
  const v1::Anchor& left = a.states.back().state->value->anchor;
  const v1::Anchor& right = b.states.back().state->value->anchor;
  if (left.revision() != right.revision()) return left.revision() > right.revision();
  return article::StandsBefore(left, right);
}

class Reader {
 public:
  void See(const audit::Folded& folded) {
    story_.steps.push_back(
        {folded.event.sequence, base::FormatTime(folded.event.header.recorded_at_us()),
         audit::ActorRecord(folded.event.header.actor()), audit::Summary(folded.event)});
    if (folded.applied.change) {
      const article::AnnotationPtr& after = folded.applied.change->after;
      states_[after->id].push_back({folded.event.sequence, after});
    }
    story_.erased = folded.state.erased();
    if (story_.revisions.size() != folded.state.revisions().size()) {
      story_.revisions = folded.state.revisions();
    }
    if (folded.applied.context_changed) {
      story_.metadata.push_back({folded.event.sequence, folded.state.metadata()});
    }
  }

  Story Take(std::map<std::string, std::vector<schema::Record>> histories) {
    for (auto& [id, states] : states_) {
      story_.annotations.push_back({id, std::move(states), std::move(histories[id])});
    }
    std::stable_sort(story_.annotations.begin(), story_.annotations.end(), InOrder);
    return std::move(story_);
  }

 private:
  Story story_;
  std::map<std::string, std::vector<StoryState>> states_;
};

}  // namespace

absl::StatusOr<Story> ReadStory(const log::Snapshot& snapshot, const schema::Registry& registry,
                                std::string_view article, uint64_t as_of) {
  Reader reader;
  VB_ASSIGN_OR_RETURN(auto histories, audit::AnnotationHistories(snapshot, registry, article, as_of,
                                                                 [&](const audit::Folded& folded) {
                                                                   reader.See(folded);
                                                                 }));
  return reader.Take(std::move(histories));
}

}  // namespace verbatim::pages
