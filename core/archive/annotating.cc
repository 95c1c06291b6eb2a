// SPDX-License-Identifier: Apache-2.0
#include "core/archive/annotating.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/archive/annotators.h"
#include "core/article/load.h"
#include "core/audit/changes.h"
#include "core/base/hex.h"
#include "core/base/limits.h"

namespace verbatim::archive {
namespace {

struct Item {
  std::string article;
  article::ArticleState state;
  annotate::Annotated annotated;
  absl::Status status;
};

class CatchUp {
 public:
  CatchUp(Archive& archive, const AnnotateOptions& options,
          const std::function<void(const AnnotateResult&)>& on_result)
      : archive_(archive), options_(options), on_result_(on_result) {}

  // Loads, annotates and appends a batch of articles.
  absl::Status Run(std::vector<std::string> articles) {
    for (uint32_t attempt = 0; attempt < limits::kConflictRetriesMax && !articles.empty();
         ++attempt) {
      std::vector<Item> items(articles.size());
      VB_RETURN_IF_ERROR(Load(articles, items));
      VB_RETURN_IF_ERROR(AnnotateAll(items));
      VB_ASSIGN_OR_RETURN(articles, Append(items));
    }
    for (const std::string& article : articles) {
      on_result_({.article = article, .failure = "others keep changing this article; try again"});
    }
    return absl::OkStatus();
  }

 private:
  absl::Status Load(const std::vector<std::string>& articles, std::vector<Item>& items) const {
    VB_ASSIGN_OR_RETURN(const log::Snapshot snapshot, archive_.log().Read());
    for (size_t i = 0; i < articles.size(); ++i) {
      items[i].article = articles[i];
      VB_ASSIGN_OR_RETURN(items[i].state, article::Load(snapshot, articles[i]));
    }
    return absl::OkStatus();
  }

  // Those whose last run here was by this very build.
  static std::vector<annotate::Annotator> WhoRan(
      const article::ArticleState& state, const std::vector<annotate::Annotator>& annotators) {
    std::vector<annotate::Annotator> ran;
    for (const annotate::Annotator& annotator : annotators) {
      const article::Run* last = state.LastRun(annotator.plugin, annotator.name());
      if (last != nullptr && last->completed.code_sha256() == annotator.code_sha256) {
        ran.push_back(annotator);
      }
    }
    return ran;
  }

  absl::Status AnnotateAll(std::vector<Item>& items) {
    if (pool_ == nullptr) {
      VB_ASSIGN_OR_RETURN(pool_, AnnotatorPool::Make(archive_, options_.jobs));
    }
    annotate::Options options;
    options.registry = &archive_.registry();
    options.only_plugin = options_.only_plugin;
    options.force = options_.force;
    pool_->ForEach(items.size(), [&](size_t i, const std::vector<annotate::Annotator>& annotators) {
      Item& item = items[i];
      if (item.state.revisions().empty() || item.state.erased()) return;
      const article::EventMaker tool =
          options_.cause.empty() ? archive_.Events() : archive_.Events().CausedBy(options_.cause);
      auto annotated = annotate::AnnotateRevision(
          item.state, options_.only_new_inputs ? WhoRan(item.state, annotators) : annotators,
          options, tool);
      if (annotated.ok()) {
        item.annotated = *std::move(annotated);
      } else {
        item.status = annotated.status();
      }
    });
    return absl::OkStatus();
  }

  // Of a dispute what it says against what holds.
  std::vector<audit::FieldChange> ChangesOf(const article::Change& change) const {
    const article::Step& step = *change.after->steps.back();
    if (step.kind != article::Step::Kind::kDisputed || change.before == nullptr) {
      return audit::StateChanges(archive_.registry(), change.before.get(), *change.after);
    }
    if (step.value == nullptr) return {{"", audit::WordsOf(change.before->value->anchor), "-"}};
    return audit::ValueChanges(archive_.registry(), change.before->value.get(), *step.value);
  }

  // What the events of an article would change.
  absl::Status Plan(Item& item) {
    if (item.annotated.events.empty()) return absl::OkStatus();
    AnnotateResult result{.article = item.article};
    for (const annotate::RunReport& run : item.annotated.runs) result.runs.push_back(run.completed);
    for (const log::NewEvent& event : item.annotated.events) {
      VB_ASSIGN_OR_RETURN(const article::Applied applied, item.state.ApplyPending(event));
      if (!applied.change) continue;
      const article::AnnotationPtr& after = applied.change->after;
      result.planned.push_back(
          {event.actor.has_plugin() ? event.actor.plugin().name() : event.actor.tool().name(),
           audit::WhatOf(after->steps.back()->kind), after, ChangesOf(*applied.change)});
    }
    on_result_(result);
    return absl::OkStatus();
  }

  // Returns the articles that another process changed meanwhile.
  absl::StatusOr<std::vector<std::string>> Append(std::vector<Item>& items) {
    std::vector<Item*> appending;
    std::vector<log::Unit> units;
    for (Item& item : items) {
      if (!item.status.ok()) {
        on_result_({.article = item.article, .failure = std::string(item.status.message())});
      } else if (options_.dry_run) {
        VB_RETURN_IF_ERROR(Plan(item));
      } else if (!item.annotated.events.empty()) {
        log::Unit unit;
        unit.events = std::move(item.annotated.events);
        unit.expects.push_back(
            log::Expect::Seen(base::ToHex(item.article), item.state.stream_version()));
        units.push_back(std::move(unit));
        appending.push_back(&item);
      }
    }
    std::vector<std::string> again;
    if (units.empty()) return again;
    const auto appended = archive_.log().AppendBatch(std::move(units));
    for (size_t i = 0; i < appending.size(); ++i) {
      if (absl::IsAborted(appended[i].status())) {
        again.push_back(appending[i]->article);
        continue;
      }
      VB_RETURN_IF_ERROR(appended[i].status());
      VB_RETURN_IF_ERROR(Report(*appending[i]));
    }
    return again;
  }

  absl::Status Report(const Item& item) {
    AnnotateResult result{.article = item.article};
    for (const annotate::RunReport& run : item.annotated.runs) result.runs.push_back(run.completed);
    on_result_(result);
    VB_ASSIGN_OR_RETURN(const bool parked, watch_.Take(archive_, item.annotated.runs));
    if (parked) pool_.reset();
    return absl::OkStatus();
  }

  Archive& archive_;
  const AnnotateOptions& options_;
  const std::function<void(const AnnotateResult&)>& on_result_;
  std::unique_ptr<AnnotatorPool> pool_;
  CrashWatch watch_;
};

}  // namespace

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

absl::Status Annotate(Archive& archive, const AnnotateOptions& options,
                      const std::function<void(const AnnotateResult&)>& on_result,
                      const std::function<void(uint64_t done, uint64_t total)>& progress) {
  if (!options.only_plugin.empty() && archive.catalog().Plugin(options.only_plugin) == nullptr) {
    return absl::NotFoundError(absl::StrCat("this archive has no plugin ", options.only_plugin));
  }
  std::vector<std::string> articles = options.articles;
  if (articles.empty()) {
    VB_ASSIGN_OR_RETURN(articles, EveryArticle(archive));
  }
  CatchUp catch_up(archive, options, on_result);
  for (size_t done = 0; done < articles.size();) {
    const size_t end = std::min(articles.size(), done + limits::kIngestBatchArticles);
    VB_RETURN_IF_ERROR(catch_up.Run({articles.begin() + static_cast<ptrdiff_t>(done),
                                     articles.begin() + static_cast<ptrdiff_t>(end)}));
    done = end;
    progress(done, articles.size());
  }
  return absl::OkStatus();
}

}  // namespace verbatim::archive
