// SPDX-License-Identifier: Apache-2.0
// Work over many articles: a batch at a time, each article one unit of work that is appended on the
// stream version that it was made from. Where somebody else was faster, the article is done again.
#ifndef VERBATIM_CORE_ARCHIVE_ARTICLE_BATCHES_H_
#define VERBATIM_CORE_ARCHIVE_ARTICLE_BATCHES_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/annotate/annotate.h"
#include "core/archive/annotators.h"
#include "core/archive/archive.h"

namespace verbatim::archive {

struct ArticleUnit {
  std::string article;  // 16 bytes
  log::Unit unit;       // expects the version of the article's stream
  std::vector<annotate::RunReport> runs;
};

class ArticleWork {
 public:
  virtual ~ArticleWork() = default;
  // The units of those articles that something changes in, from the log as it stands now. The
  // others it reports, or not, by itself.
  virtual absl::StatusOr<std::vector<ArticleUnit>> Make(const std::vector<std::string>& articles,
                                                        AnnotatorPool& pool) = 0;
  // The unit at that place of the last Make is durable.
  virtual void OnAppended(size_t place) = 0;
  // Others kept changing it, limits::kConflictRetriesMax times.
  virtual void OnContended(const std::string& article) = 0;
};

// `articles` have 16 bytes each; none: every one, in the order in which they came, erased ones
// among them. `progress` after each batch.
absl::Status DoInBatches(Archive& archive, std::vector<std::string> articles,
                         size_t articles_a_batch, unsigned jobs, ArticleWork& work,
                         const std::function<void(uint64_t done, uint64_t total)>& progress);

}  // namespace verbatim::archive

#endif  // VERBATIM_CORE_ARCHIVE_ARTICLE_BATCHES_H_
