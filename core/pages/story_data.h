// SPDX-License-Identifier: Apache-2.0
// A story as the JSON that goes along with its page: what assets/article.js reads.
#ifndef VERBATIM_CORE_PAGES_STORY_DATA_H_
#define VERBATIM_CORE_PAGES_STORY_DATA_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "core/pages/places.h"
#include "core/pages/story.h"
#include "core/schema/registry.h"
#include "core/schema/value.h"

namespace verbatim::pages {

// {article, shown, steps[{sequence, recorded_at, who, what}], revisions[{number, sequence}],
// metadata[{since, title, published, basis}], places[{annotation, revision}], annotations[{id,
// type, states[{since, words, held, status, revision, place, disputed, needs_review, fields[[name,
// value]]}], history[{sequence, recorded_at, who, kind, what, reason, note, changes[[field, before,
// after]]}]}]}. What is empty is left out.
schema::Record StoryData(const Story& story, const schema::Registry& registry, const Places& places,
                         std::string_view article, uint64_t shown);

// As a page shows them: "2021-04-09" or "undated"; "given".
std::string PublishedText(const v1::ArticleMetadata& metadata);
std::string PublishedBasis(const v1::ArticleMetadata& metadata);

}  // namespace verbatim::pages

#endif  // VERBATIM_CORE_PAGES_STORY_DATA_H_
