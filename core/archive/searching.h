// SPDX-License-Identifier: Apache-2.0
// Words and phrases over what an archive holds: the index of core/search, brought up to date, and
// for statements the view of that name.
#ifndef VERBATIM_CORE_ARCHIVE_SEARCHING_H_
#define VERBATIM_CORE_ARCHIVE_SEARCHING_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/archive/archive.h"
#include "core/base/status.h"
#include "core/search/index.h"

namespace verbatim::archive {

struct SearchRequest {
  std::string words;  // as typed
  bool articles = false;
  bool quotes = false;
  bool statements = false;  // alone
  std::string speaker = {};
  std::string outlet = {};
  std::string from_day = {};
  std::string to_day = {};
  std::optional<uint64_t> as_of = {};
  size_t limit = 0;  // 0: all
  search::Index::Progress progress = {};
};

struct SearchResult {
  search::Answer answer;
  std::vector<std::string> notes;
};

// Where the archive's folder can't be written, the index is made in memory for this one question.
// Statements are those of quotations with the words, whose own text has all of them.
absl::StatusOr<SearchResult> Search(Archive& archive, const SearchRequest& request);

// Removes indexes that may hold what was erased.
void DropErasedIndexes(const Layout& layout, uint64_t last_erasure);

}  // namespace verbatim::archive

#endif  // VERBATIM_CORE_ARCHIVE_SEARCHING_H_
