// SPDX-License-Identifier: Apache-2.0
// One article with all that ever happened to it: every text, every annotation in every state that
// it was in, and the events between. What a page needs to show the article as it was known at any
// sequence.
#ifndef VERBATIM_CORE_PAGES_STORY_H_
#define VERBATIM_CORE_PAGES_STORY_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/article/article_state.h"
#include "core/base/status.h"
#include "core/log/snapshot.h"
#include "core/schema/registry.h"
#include "core/schema/value.h"

namespace verbatim::pages {

// An event of the article's stream that changed what one sees.
struct StoryStep {
  uint64_t sequence = 0;
  std::string recorded_at;  // RFC 3339
  schema::Record actor;     // {kind, name, version}
  std::string what;         // a line for people
};

// What an annotation was from a sequence on.
struct StoryState {
  uint64_t since = 0;
  article::AnnotationPtr state;
};

struct StoryMetadata {
  uint64_t since = 0;
  v1::ArticleMetadata metadata;
};

struct StoryAnnotation {
  std::string id;                       // 16 bytes
  std::vector<StoryState> states;       // at least one, in order of the log
  std::vector<schema::Record> history;  // as audit::AnnotationHistory gives it
};

struct Story {
  std::vector<article::RevisionPtr> revisions;  // none: it was erased, or wasn't there yet
  std::vector<StoryMetadata> metadata;          // what was known of it, in order of the log
  bool erased = false;
  std::vector<StoryStep> steps;
  std::vector<StoryAnnotation> annotations;  // by revision and first span where they stood last
};

// Up to and with `as_of`.
absl::StatusOr<Story> ReadStory(const log::Snapshot& snapshot, const schema::Registry& registry,
                                std::string_view article, uint64_t as_of);

}  // namespace verbatim::pages

#endif  // VERBATIM_CORE_PAGES_STORY_H_
