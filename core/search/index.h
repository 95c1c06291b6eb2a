// SPDX-License-Identifier: Apache-2.0
// Words and phrases over every text that the archive ever had. Derived from the log alone, brought
// up to date before it is asked, and thrown away and made anew when it is of another log. A
// document holds from one sequence to another, so a question as of any sequence is a condition and
// no replay. README.md weighs this against a view of a plugin.
//
//   VB_ASSIGN_OR_RETURN(Index index, Index::Open(file));
//   VB_RETURN_IF_ERROR(index.Update(snapshot));
//   VB_ASSIGN_OR_RETURN(Answer answer, index.Ask(query));
#ifndef VERBATIM_CORE_SEARCH_INDEX_H_
#define VERBATIM_CORE_SEARCH_INDEX_H_

#include <cstdint>
#include <filesystem>
#include <functional>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/status.h"
#include "core/log/snapshot.h"
#include "core/search/words.h"
#include "core/sqlite/database.h"
#include "verbatim/text/utf8.h"

namespace verbatim::search {

inline constexpr uint64_t kNow = std::numeric_limits<int64_t>::max();

enum class Kind : int { kArticle = 1, kQuote = 2 };

struct Query {
  std::vector<Term> terms;  // all must be there
  std::vector<Kind> kinds = {Kind::kArticle};
  std::string speaker;                    // a name or the last part of one; empty: everybody
  std::vector<std::string> speaker_keys;  // that the name stands for as well
  std::string outlet;
  std::string from_day;  // both inclusive, ISO days; empty: open
  std::string to_day;
  uint64_t as_of = kNow;
  size_t limit = 0;  // documents; 0: all
};

// One document, best first, with the lines in which words stand.
struct Hit {
  struct Line {
    uint32_t number = 0;             // of the article's text, from 1; 0: its title
    std::string text;                // whole
    std::vector<text::Range> marks;  // bytes of `text`, in order
  };
  Kind kind = Kind::kArticle;
  std::string article;     // 16 bytes
  std::string annotation;  // 16 bytes; empty: the article itself
  uint32_t revision = 0;
  std::string title;
  std::string day;
  std::string outlet;
  std::string speaker;
  double score = 0;  // larger is better; only to be compared within one answer
  std::vector<Line> lines;
};

struct Answer {
  std::vector<Hit> hits;
  uint64_t matched = 0;  // documents, before the limit
  // With a limit: more documents than are ranked have the words. The newest were, and `matched`
  // counts those alone.
  bool newest_only = false;
  uint64_t undated = 0;  // left out because days were asked for
};

class Index {
 public:
  // Made when absent. An index of another make, or damaged, is emptied.
  static absl::StatusOr<Index> Open(const std::filesystem::path& file);

  using Progress = std::function<void(uint64_t done, uint64_t total)>;  // articles
  // Everything up to the snapshot's head; reads only streams with events since the last time. One
  // transaction: an index is never half of the way.
  absl::Status Update(const log::Snapshot& snapshot, const Progress& progress = {});

  absl::StatusOr<Answer> Ask(const Query& query);

 private:
  explicit Index(sqlite::Database database) : database_(std::move(database)) {}
  absl::Status Prepare();
  absl::Status Empty();
  // The sequence up to which it holds this very log; 0: none of it.
  absl::StatusOr<uint64_t> Standing(const log::Snapshot& snapshot);
  // The same, emptied where it was 0.
  absl::StatusOr<uint64_t> Checkpoint(const log::Snapshot& snapshot);
  absl::Status Fill(const log::Snapshot& snapshot, uint64_t from, const Progress& progress);
  absl::StatusOr<std::vector<Hit::Line>> Lines(int64_t document, const std::string& match,
                                               uint32_t first_line);

  sqlite::Database database_;
};

}  // namespace verbatim::search

#endif  // VERBATIM_CORE_SEARCH_INDEX_H_
