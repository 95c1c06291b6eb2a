// SPDX-License-Identifier: Apache-2.0
#include "core/archive/article_batches.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "core/base/limits.h"

namespace verbatim::archive {
namespace {

absl::StatusOr<std::vector<std::string>> EveryArticle(const Archive& archive) {
  VB_ASSIGN_OR_RETURN(const log::Snapshot snapshot, archive.log().Read());
  std::vector<std::pair<uint64_t, std::string>> found;
  VB_RETURN_IF_ERROR(snapshot.ScanArticles([&](std::string_view article, uint64_t first) {
    found.emplace_back(first, std::string(article));
    return true;
  }));
  std::sort(found.begin(), found.end());
  std::vector<std::string> articles;
  for (auto& [first, article] : found) articles.push_back(std::move(article));
  return articles;
}

class Batches {
 public:
  Batches(Archive& archive, unsigned jobs, ArticleWork& work)
      : archive_(archive), jobs_(jobs), work_(work) {}

  absl::Status Do(std::vector<std::string> articles) {
    for (uint32_t attempt = 0; attempt < limits::kConflictRetriesMax && !articles.empty();
         ++attempt) {
      VB_ASSIGN_OR_RETURN(articles, Try(articles));
    }
    for (const std::string& article : articles) work_.OnContended(article);
    return absl::OkStatus();
  }

 private:
  // Returns the articles that another process changed meanwhile.
  absl::StatusOr<std::vector<std::string>> Try(const std::vector<std::string>& articles) {
    if (pool_ == nullptr) {
      VB_ASSIGN_OR_RETURN(pool_, AnnotatorPool::Make(archive_, jobs_));
    }
    VB_ASSIGN_OR_RETURN(std::vector<ArticleUnit> made, work_.Make(articles, *pool_));
    std::vector<std::string> again;
    if (made.empty()) return again;
    std::vector<log::Unit> units;
    for (ArticleUnit& one : made) units.push_back(std::move(one.unit));
    const auto appended = archive_.log().AppendBatch(std::move(units));
    for (size_t i = 0; i < made.size(); ++i) {
      if (absl::IsAborted(appended[i].status())) {
        again.push_back(made[i].article);
        continue;
      }
      VB_RETURN_IF_ERROR(appended[i].status());
      work_.OnAppended(i);
      VB_ASSIGN_OR_RETURN(const bool parked, watch_.Take(archive_, made[i].runs));
      if (parked) pool_.reset();
    }
    return again;
  }

  Archive& archive_;
  const unsigned jobs_;
  ArticleWork& work_;
  std::unique_ptr<AnnotatorPool> pool_;
  CrashWatch watch_;
};

}  // namespace

absl::Status DoInBatches(Archive& archive, std::vector<std::string> articles,
                         size_t articles_a_batch, unsigned jobs, ArticleWork& work,
                         const std::function<void(uint64_t done, uint64_t total)>& progress) {
  if (articles.empty()) {
    VB_ASSIGN_OR_RETURN(articles, EveryArticle(archive));
  }
  Batches batches(archive, jobs, work);
  for (size_t done = 0; done < articles.size();) {
    const size_t end = std::min(articles.size(), done + articles_a_batch);
    VB_RETURN_IF_ERROR(batches.Do({articles.begin() + static_cast<ptrdiff_t>(done),
                                   articles.begin() + static_cast<ptrdiff_t>(end)}));
    done = end;
    progress(done, articles.size());
  }
  return absl::OkStatus();
}

}  // namespace verbatim::archive
