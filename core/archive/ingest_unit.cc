// SPDX-License-Identifier: Apache-2.0
#include "core/archive/ingest_unit.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/base/hex.h"
#include "core/base/time_point.h"
#include "verbatim/text/fold.h"

namespace verbatim::archive {
namespace {

std::string Failures(const std::vector<annotate::RunReport>& runs) {
  std::string failures;
  for (const annotate::RunReport& run : runs) {
    const auto outcome = run.completed.outcome();
    if (outcome == v1::RunCompleted::OUTCOME_COMPLETED ||
        outcome == v1::RunCompleted::OUTCOME_SKIPPED_LANGUAGE)
      continue;
    absl::StrAppend(&failures, failures.empty() ? "" : "; ", "annotator ",
                    run.completed.annotator(), ": ", run.completed.message());
  }
  return failures;
}

class Builder {
 public:
  Builder(const Archive& archive, Entry& entry)
      : archive_(archive),
        entry_(entry),
        draft_(*entry.draft),
        stream_(base::ToHex(draft_.article)),
        maker_(archive.Events()),
        today_(base::FormatDay(archive.NowUs())) {
    entry_.unit = {};
    entry_.runs.clear();
    entry_.unit.expects.push_back(log::Expect::Seen(stream_, entry_.seen));
    if (entry_.document) entry_.unit.cursors.push_back(DocumentCursor(entry_));
  }

  // A date that nobody gave: the one that an earlier revision had, else the one that the text
  // states.
  void CompleteDate(const std::vector<annotate::Annotator>& annotators) {
    v1::ArticleContent& content = draft_.content;
    if (content.metadata().has_published()) return;
    if (!entry_.state.revisions().empty() &&
        entry_.state.latest()->content().metadata().has_published()) {
      *content.mutable_metadata()->mutable_published() =
          entry_.state.latest()->content().metadata().published();
      return;
    }
    const auto stated =
        annotate::StatedPublicationDate(draft_.article, content, annotators, today_);
    if (stated) *content.mutable_metadata()->mutable_published() = *stated;
  }

  absl::Status AddArticle() {
    if (entry_.reread) return AddReextracted();
    const std::string source_id = maker_.NewId();
    v1::SourceCaptured source = draft_.source;
    source.set_article(draft_.article);
    if (!entry_.same_source.empty()) {
      source.set_same_as(entry_.same_source);
      source.clear_content();
    }
    VB_RETURN_IF_ERROR(Add(source, source_id));
    draft_.content.set_source(source_id);
    VB_RETURN_IF_ERROR(AddContent());
    return AddLinks();
  }

  absl::Status AddAnnotations(const std::vector<annotate::Annotator>& annotators) {
    annotate::Options options;
    options.registry = &archive_.registry();
    options.not_after = today_;
    VB_ASSIGN_OR_RETURN(annotate::Annotated annotated,
                        annotate::AnnotateRevision(entry_.state, annotators, options, maker_));
    for (log::NewEvent& event : annotated.events) {
      entry_.result.annotations += event.type == "verbatim.v1.AnnotationAdded";
      entry_.unit.events.push_back(std::move(event));
    }
    entry_.runs = std::move(annotated.runs);
    entry_.result.reason = Failures(entry_.runs);
    if (entry_.reread && entry_.result.reason.empty())
      entry_.result.reason = "the same bytes, read by another extractor";
    return absl::OkStatus();
  }

 private:
  absl::Status AddReextracted() {
    v1::ArticleReextracted reextracted;
    reextracted.set_article(draft_.article);
    reextracted.set_revision(entry_.result.revision);
    *reextracted.mutable_content() = draft_.content;
    reextracted.mutable_content()->set_source(entry_.state.latest()->content().source());
    return Add(reextracted, maker_.NewId());
  }

  absl::Status AddContent() {
    if (entry_.result.action == IngestAction::kIngested) {
      v1::ArticleIngested ingested;
      ingested.set_article(draft_.article);
      *ingested.mutable_content() = draft_.content;
      return Add(ingested, maker_.NewId());
    }
    v1::ArticleRevised revised;
    revised.set_article(draft_.article);
    revised.set_revision(entry_.result.revision);
    revised.set_minor(text::EqualFolded(draft_.content.text(), entry_.state.latest()->text()));
    *revised.mutable_content() = draft_.content;
    return Add(revised, maker_.NewId());
  }

  absl::Status AddLinks() {
    v1::ArticleLinked linked;
    linked.set_article(draft_.article);
    if (HasSameText(entry_)) {
      linked.set_other(entry_.same_text);
      linked.set_kind(v1::ArticleLinked::KIND_SAME_TEXT);
      linked.set_containment(1);
      return Add(linked, maker_.NewId());
    }
    for (const Copy& copy : entry_.copies) {
      linked.set_other(copy.article);
      linked.set_kind(v1::ArticleLinked::KIND_NEAR_DUPLICATE);
      linked.set_containment(static_cast<float>(copy.containment));
      VB_RETURN_IF_ERROR(Add(linked, maker_.NewId()));
    }
    return absl::OkStatus();
  }

  // To the unit, and to the state that the next event is made from.
  absl::Status Add(const google::protobuf::Message& body, std::string id) {
    VB_ASSIGN_OR_RETURN(log::NewEvent event, maker_.MakeWithId(std::move(id), stream_, body));
    VB_RETURN_IF_ERROR(entry_.state.ApplyPending(event).status());
    entry_.unit.events.push_back(std::move(event));
    return absl::OkStatus();
  }

  const Archive& archive_;
  Entry& entry_;
  ingest::Draft& draft_;
  const std::string stream_;
  const article::EventMaker maker_;
  const std::string today_;
};

}  // namespace

absl::Status BuildUnit(const Archive& archive, bool annotates,
                       const std::vector<annotate::Annotator>& annotators, Entry& entry) {
  Builder builder(archive, entry);
  if (annotates) builder.CompleteDate(annotators);
  VB_RETURN_IF_ERROR(builder.AddArticle());
  return annotates ? builder.AddAnnotations(annotators) : absl::OkStatus();
}

}  // namespace verbatim::archive
