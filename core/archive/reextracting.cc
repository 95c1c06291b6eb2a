// SPDX-License-Identifier: Apache-2.0
#include "core/archive/reextracting.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/annotate/annotate.h"
#include "core/archive/annotators.h"
#include "core/archive/article_batches.h"
#include "core/article/load.h"
#include "core/base/hex.h"
#include "core/base/limits.h"
#include "core/base/time_point.h"
#include "core/ingest/limits.h"
#include "core/ingest/reread.h"

namespace verbatim::archive {
namespace {

constexpr uint64_t kDayUs = uint64_t{86'400} * 1'000'000;

std::string Named(const v1::Extraction& extraction) {
  return absl::StrCat(extraction.extractor(), " ", extraction.version());
}

struct Item {
  std::string article;
  article::ArticleState state = {};
  v1::SourceCaptured source = {};  // with its content
  std::string not_after = {};
  log::Unit unit = {};
  std::vector<annotate::RunReport> runs = {};
  ReextractResult result = {};
  absl::Status status = {};  // trouble of the archive's own
};

class Rereading final : public ArticleWork {
 public:
  Rereading(Archive& archive, const ReextractOptions& options,
            const std::function<void(const ReextractResult&)>& on_result)
      : archive_(archive), options_(options), on_result_(on_result) {}

  absl::StatusOr<std::vector<ArticleUnit>> Make(const std::vector<std::string>& articles,
                                                AnnotatorPool& pool) override {
    std::vector<Item> items;
    VB_RETURN_IF_ERROR(Load(articles, items));
    VB_RETURN_IF_ERROR(BuildAll(items, pool));
    return UnitsOf(items);
  }

  void OnAppended(size_t place) override { on_result_(results_[place]); }

  void OnContended(const std::string& article) override {
    on_result_({.article = article, .reason = "others keep changing this article; try again"});
  }

 private:
  absl::Status Load(const std::vector<std::string>& articles, std::vector<Item>& items) const {
    VB_ASSIGN_OR_RETURN(const log::Snapshot snapshot, archive_.log().Read());
    for (const std::string& article : articles) {
      Item item{.article = article};
      VB_ASSIGN_OR_RETURN(item.state, article::Load(snapshot, article));
      if (item.state.erased() || item.state.revisions().empty()) continue;
      item.result.article = article;
      item.result.revision = item.state.latest()->number();
      VB_RETURN_IF_ERROR(LoadSource(snapshot, item));
      items.push_back(std::move(item));
    }
    return absl::OkStatus();
  }

  // Of the latest revision; where its capture only names an earlier one of the same bytes, that
  // one's content.
  static absl::Status LoadSource(const log::Snapshot& snapshot, Item& item) {
    std::string id = item.state.latest()->content().source();
    for (int step = 0; step < 2 && !id.empty(); ++step) {
      VB_ASSIGN_OR_RETURN(const std::optional<uint64_t> sequence, snapshot.FindById(id));
      if (!sequence) break;
      VB_ASSIGN_OR_RETURN(const log::HeaderView header, snapshot.View(*sequence));
      VB_ASSIGN_OR_RETURN(const std::optional<std::string> body, snapshot.Body(*sequence, header));
      v1::SourceCaptured capture;
      if (!body || !capture.ParseFromString(*body)) break;
      if (step == 0) {
        item.source = capture;
        item.not_after = base::FormatDay(header.recorded_at_us + kDayUs);
      } else {
        item.source.set_content(capture.content());
      }
      id = capture.same_as();
    }
    return absl::OkStatus();
  }

  absl::Status Build(Item& item, const std::vector<annotate::Annotator>& annotators) const {
    const v1::ArticleContent& before = item.state.latest()->content();
    item.result.extractor_before = Named(before.extraction());
    if (item.source.content().empty()) {
      item.result.reason = "no-source: the bytes of its latest revision are not in the archive";
      return absl::OkStatus();
    }
    absl::StatusOr<ingest::Draft> draft = ingest::DraftAgain(item.source, before, item.not_after);
    if (!draft.ok()) {
      item.result.reason = std::string(draft.status().message());
      return absl::OkStatus();
    }
    item.result.extractor = Named(draft->content.extraction());
    if (!ingest::ReadsOtherwise(before, draft->content)) {
      item.result.action = ReextractAction::kUnchanged;
      return absl::OkStatus();
    }
    item.result.action = ReextractAction::kReextracted;
    return AddEvents(item, std::move(draft->content), annotators);
  }

  absl::Status AddEvents(Item& item, v1::ArticleContent content,
                         const std::vector<annotate::Annotator>& annotators) const {
    const article::EventMaker maker = archive_.Events();
    const std::string stream = base::ToHex(item.article);
    item.unit.expects.push_back(log::Expect::Seen(stream, item.state.stream_version()));
    v1::ArticleReextracted body;
    body.set_article(item.article);
    body.set_revision(++item.result.revision);
    *body.mutable_content() = std::move(content);
    VB_ASSIGN_OR_RETURN(log::NewEvent event, maker.Make(stream, body));
    VB_RETURN_IF_ERROR(item.state.ApplyPending(event).status());
    item.unit.events.push_back(std::move(event));
    if (!options_.annotate) return absl::OkStatus();
    annotate::Options options;
    options.registry = &archive_.registry();
    options.not_after = base::FormatDay(archive_.NowUs());
    VB_ASSIGN_OR_RETURN(annotate::Annotated annotated,
                        annotate::AnnotateRevision(item.state, annotators, options, maker));
    for (log::NewEvent& added : annotated.events) item.unit.events.push_back(std::move(added));
    item.runs = std::move(annotated.runs);
    return absl::OkStatus();
  }

  absl::Status BuildAll(std::vector<Item>& items, AnnotatorPool& pool) const {
    pool.ForEach(items.size(), [&](size_t i, const std::vector<annotate::Annotator>& annotators) {
      items[i].status = Build(items[i], annotators);
    });
    for (const Item& item : items) VB_RETURN_IF_ERROR(item.status);
    return absl::OkStatus();
  }

  std::vector<ArticleUnit> UnitsOf(std::vector<Item>& items) {
    std::vector<ArticleUnit> units;
    results_.clear();
    for (Item& item : items) {
      if (item.unit.events.empty() || options_.dry_run) {
        on_result_(item.result);
      } else {
        units.push_back({item.article, std::move(item.unit), std::move(item.runs)});
        results_.push_back(std::move(item.result));
      }
    }
    return units;
  }

  Archive& archive_;
  const ReextractOptions& options_;
  const std::function<void(const ReextractResult&)>& on_result_;
  std::vector<ReextractResult> results_;  // of the units made last
};

}  // namespace

std::string_view ToText(ReextractAction action) {
  switch (action) {
    case ReextractAction::kReextracted:
      return "reextracted";
    case ReextractAction::kUnchanged:
      return "unchanged";
    case ReextractAction::kFailed:
      break;
  }
  return "failed";
}

absl::Status Reextract(Archive& archive, const ReextractOptions& options,
                       const std::function<void(const ReextractResult&)>& on_result,
                       const std::function<void(uint64_t done, uint64_t total)>& progress) {
  Rereading rereading(archive, options, on_result);
  return DoInBatches(archive, options.articles, limits::kReextractBatchArticles, options.jobs,
                     rereading, progress);
}

}  // namespace verbatim::archive
