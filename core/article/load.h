// SPDX-License-Identifier: Apache-2.0
// An article's state from the log.
#ifndef VERBATIM_CORE_ARTICLE_LOAD_H_
#define VERBATIM_CORE_ARTICLE_LOAD_H_

#include <cstdint>
#include <limits>
#include <string_view>

#include "core/article/article_state.h"
#include "core/base/status.h"
#include "core/log/snapshot.h"

namespace verbatim::article {

// The fold of an article's stream up to and with `as_of`; an empty state when it has no event by
// then.
absl::StatusOr<ArticleState> Load(const log::Snapshot& snapshot, std::string_view article,
                                  uint64_t as_of = std::numeric_limits<uint64_t>::max());

}  // namespace verbatim::article

#endif  // VERBATIM_CORE_ARTICLE_LOAD_H_
