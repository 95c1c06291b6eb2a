// SPDX-License-Identifier: Apache-2.0
#include "core/archive/annotating.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "core/archive/annotators.h"
#include "core/archive/article_batches.h"
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

class CatchUp final : public ArticleWork {
 public:
  CatchUp(Archive& archive, const AnnotateOptions& options,
          const std::function<void(const AnnotateResult&)>& on_result)
      : archive_(archive), options_(options), on_result_(on_result) {}

  absl::StatusOr<std::vector<ArticleUnit>> Make(const std::vector<std::string>& articles,
                                                AnnotatorPool& pool) override {
    std::vector<Item> items(articles.size());
    VB_RETURN_IF_ERROR(Load(articles, items));
    AnnotateAll(items, pool);
    return UnitsOf(items);
  }

  void OnAppended(size_t place) override { on_result_(results_[place]); }

  void OnContended(const std::string& article) override {
    on_result_({.article = article, .failure = "others keep changing this article; try again"});
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

  void AnnotateAll(std::vector<Item>& items, AnnotatorPool& pool) const {
    annotate::Options options;
    options.registry = &archive_.registry();
    options.only_plugin = options_.only_plugin;
    options.force = options_.force;
    pool.ForEach(items.size(), [&](size_t i, const std::vector<annotate::Annotator>& annotators) {
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

  static AnnotateResult ResultOf(const Item& item) {
    AnnotateResult result{.article = item.article};
    for (const annotate::RunReport& run : item.annotated.runs) result.runs.push_back(run.completed);
    return result;
  }

  // What the events of an article would change.
  absl::Status Plan(Item& item) {
    if (item.annotated.events.empty()) return absl::OkStatus();
    AnnotateResult result = ResultOf(item);
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

  absl::StatusOr<std::vector<ArticleUnit>> UnitsOf(std::vector<Item>& items) {
    std::vector<ArticleUnit> units;
    results_.clear();
    for (Item& item : items) {
      if (!item.status.ok()) {
        on_result_({.article = item.article, .failure = std::string(item.status.message())});
      } else if (options_.dry_run) {
        VB_RETURN_IF_ERROR(Plan(item));
      } else if (!item.annotated.events.empty()) {
        results_.push_back(ResultOf(item));
        ArticleUnit& made = units.emplace_back();
        made.article = item.article;
        made.unit.events = std::move(item.annotated.events);
        made.unit.expects.push_back(
            log::Expect::Seen(base::ToHex(item.article), item.state.stream_version()));
        made.runs = std::move(item.annotated.runs);
      }
    }
    return units;
  }

  Archive& archive_;
  const AnnotateOptions& options_;
  const std::function<void(const AnnotateResult&)>& on_result_;
  std::vector<AnnotateResult> results_;  // of the units made last
};

}  // namespace

absl::Status Annotate(Archive& archive, const AnnotateOptions& options,
                      const std::function<void(const AnnotateResult&)>& on_result,
                      const std::function<void(uint64_t done, uint64_t total)>& progress) {
  if (!options.only_plugin.empty() && archive.catalog().Plugin(options.only_plugin) == nullptr) {
    return absl::NotFoundError(absl::StrCat("this archive has no plugin ", options.only_plugin));
  }
  CatchUp catch_up(archive, options, on_result);
  return DoInBatches(archive, options.articles, limits::kIngestBatchArticles, options.jobs,
                     catch_up, progress);
}

}  // namespace verbatim::archive
