// SPDX-License-Identifier: Apache-2.0
// How well a row of an FTS5 table answers a question: BM25, as FTS5's own function of that name,
// but that one walks every row that has a word, to count them, which of the commonest words of a
// million rows takes longer than all the rest of the question. This one counts the first
// kCountedRows of them and takes the others to come as thickly.
//
//   VB_RETURN_IF_ERROR(AddRelevance(database));
//   "SELECT rowid, relevance(words, 3.0, 1.0) AS score FROM words WHERE words MATCH ?1"
#ifndef VERBATIM_CORE_SQLITE_RELEVANCE_H_
#define VERBATIM_CORE_SQLITE_RELEVANCE_H_

#include <cstdint>

#include "core/base/status.h"
#include "core/sqlite/database.h"

namespace verbatim::sqlite {

inline constexpr int64_t kCountedRows = 20'000;

// Makes relevance(TABLE, weight of each column...) known to this database: negative, the better the
// smaller, as bm25. The rows of TABLE are numbered from 1 without large gaps.
absl::Status AddRelevance(Database& database);

}  // namespace verbatim::sqlite

#endif  // VERBATIM_CORE_SQLITE_RELEVANCE_H_
