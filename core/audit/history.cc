// SPDX-License-Identifier: Apache-2.0
#include "core/audit/history.h"

#include <fmt/format.h>

#include <map>
#include <string>
#include <utility>

#include "core/article/article_state.h"
#include "core/audit/summary.h"
#include "core/base/hex.h"
#include "core/base/ids.h"
#include "core/base/time_point.h"
#include "verbatim/text/utf8.h"

namespace verbatim::audit {
namespace {

using article::AnnotationPtr;
using article::AnnotationState;
using article::Step;

// The fixed part of a row, to which each change adds its fields.
class Rows {
 public:
  explicit Rows(std::string article) : article_(std::move(article)) {}

  void Add(const Opened& event, std::string_view what, const std::vector<FieldChange>& changes,
           std::string_view annotation = {}) {
    if (changes.empty()) return AddOne(event, what, {}, annotation);
    for (const FieldChange& change : changes) AddOne(event, what, change, annotation);
  }

  std::vector<schema::Record> Take() { return std::move(rows_); }

 private:
  void AddOne(const Opened& event, std::string_view what, const FieldChange& change,
              std::string_view annotation) {
    schema::Record row;
    row.Add("sequence", event.sequence);
    row.Add("recorded_at", base::FormatTime(event.header.recorded_at_us()));
    row.Add("actor", ActorRecord(event.header.actor()));
    row.Add("what", what);
    row.Add("field", change.field);
    row.Add("before", change.before);
    row.Add("after", change.after);
    row.Add("reason", event.message ? TextField(*event.message, "reason") : std::string());
    row.Add("annotation", base::ToHex(annotation));
    row.Add("article", article_);
    rows_.push_back(std::move(row));
  }

  std::string article_;
  std::vector<schema::Record> rows_;
};

std::string_view WhatOf(Step::Kind kind) {
  switch (kind) {
    case Step::Kind::kAdded:
      return "added";
    case Step::Kind::kRevised:
      return "revised";
    case Step::Kind::kRetracted:
      return "retracted";
    case Step::Kind::kConfirmed:
      return "confirmed";
    case Step::Kind::kRejected:
      return "rejected";
    case Step::Kind::kDisputed:
      return "disputed";
    case Step::Kind::kWithdrawn:
      return "withdrawn";
    case Step::Kind::kReanchored:
      return "reanchored";
  }
  return "";
}

void AppendIfOther(std::string field, std::string before, std::string after,
                   std::vector<FieldChange>* changes) {
  if (before == after) return;
  changes->push_back({std::move(field), std::move(before), std::move(after)});
}

// From one value to another; no `before`: all that the first says.
std::vector<FieldChange> ValueChanges(const schema::Registry& registry,
                                      const article::Value* before, const article::Value& after) {
  std::vector<FieldChange> changes;
  AppendIfOther("text", before ? WordsOf(before->anchor) : "", WordsOf(after.anchor), &changes);
  if (before != nullptr && !article::SameSpans(before->anchor, after.anchor)) {
    AppendIfOther("place", PlaceOf(before->anchor), PlaceOf(after.anchor), &changes);
  }
  std::optional<std::string_view> body;
  if (before != nullptr) body = before->body.value();
  for (FieldChange& change : FieldChanges(registry, after.body.type(), body, after.body.value())) {
    // What nothing said before is no value, not even UNSPECIFIED.
    if (before == nullptr) change.before.clear();
    changes.push_back(std::move(change));
  }
  return changes;
}

std::vector<FieldChange> StepChanges(const schema::Registry& registry,
                                     const AnnotationState* before, const AnnotationState& after) {
  const Step& step = *after.steps.back();
  if (step.kind == Step::Kind::kDisputed && before != nullptr && before->human_held) {
    if (step.value == nullptr) return {{"", WordsOf(before->value->anchor), "not found"}};
    return ValueChanges(registry, before->value.get(), *step.value);
  }
  std::vector<FieldChange> changes =
      ValueChanges(registry, before ? before->value.get() : nullptr, *after.value);
  if (before != nullptr) {
    AppendIfOther("status", article::StatusName(before->status), article::StatusName(after.status),
                  &changes);
  }
  return changes;
}

// Folds the article's stream up to `as_of`, giving `visit` each event with what it changed.
template <class Visit>
absl::Status FoldStream(const log::Snapshot& snapshot, const schema::Registry& registry,
                        std::string_view article, uint64_t as_of, const Visit& visit) {
  VB_ASSIGN_OR_RETURN(const std::vector<uint64_t> sequences,
                      snapshot.StreamSequences(base::ToHex(article)));
  article::ArticleState state;
  for (const uint64_t sequence : sequences) {
    if (sequence > as_of) break;
    VB_ASSIGN_OR_RETURN(const Opened event, Open(snapshot, registry, sequence));
    const v1::ArticleMetadata before = state.metadata();
    VB_ASSIGN_OR_RETURN(const article::Applied applied,
                        state.Apply(sequence, event.header, event.body));
    visit(event, applied, before, state);
  }
  return absl::OkStatus();
}

std::string Content(const v1::ArticleContent& content) {
  return fmt::format("{} characters", text::CountChars(content.text()));
}

std::vector<FieldChange> RevisionChanges(const article::ArticleState& state,
                                         const v1::ArticleMetadata& before) {
  const auto& revisions = state.revisions();
  std::vector<FieldChange> changes;
  changes.push_back(
      {"text", revisions.size() > 1 ? Content(revisions[revisions.size() - 2]->content()) : "",
       Content(state.latest()->content())});
  for (FieldChange& change : FieldChanges(before, state.metadata())) {
    changes.push_back(std::move(change));
  }
  return changes;
}

void AddArticleRow(const Opened& event, const v1::ArticleMetadata& before,
                   const article::ArticleState& state, Rows* rows) {
  static const auto* const kWhat = new std::map<std::string, std::string>{
      {"verbatim.v1.SourceCaptured", "captured"},
      {"verbatim.v1.ArticleIngested", "ingested"},
      {"verbatim.v1.ArticleRevised", "revised"},
      {"verbatim.v1.ArticleReextracted", "reextracted"},
      {"verbatim.v1.ArticleMetadataCorrected", "corrected"},
      {"verbatim.v1.DecisionWithdrawn", "withdrawn"},
      {"verbatim.v1.ArticleLinked", "linked"},
      {"verbatim.v1.RunCompleted", "run"},
      {"verbatim.v1.ContentErased", "erased"},
  };
  const auto what = kWhat->find(event.header.type());
  if (what == kWhat->end()) return;
  if (!event.body) return rows->Add(event, what->second + " (erased)", {});
  if (what->second == "captured" || what->second == "linked" || what->second == "run") {
    return rows->Add(event, what->second, {{"", "", Summary(event)}});
  }
  if (what->second == "corrected" || what->second == "withdrawn") {
    return rows->Add(event, what->second, FieldChanges(before, state.metadata()));
  }
  if (what->second == "erased" || state.revisions().empty()) {
    return rows->Add(event, what->second, {});
  }
  rows->Add(event, what->second, RevisionChanges(state, before));
}

}  // namespace

absl::StatusOr<std::string> ArticleOf(const log::Snapshot& snapshot, std::string_view annotation) {
  VB_ASSIGN_OR_RETURN(const auto hits, snapshot.FindAnnotations(base::ToHex(annotation), 1));
  if (hits.empty()) {
    return absl::NotFoundError(
        fmt::format("this archive has no annotation {}", base::ToHex(annotation)));
  }
  VB_ASSIGN_OR_RETURN(const log::HeaderView header, snapshot.View(hits[0].sequence));
  return base::FromHex(header.stream).value_or("");
}

absl::StatusOr<std::vector<schema::Record>> AnnotationHistory(const log::Snapshot& snapshot,
                                                              const schema::Registry& registry,
                                                              std::string_view annotation,
                                                              uint64_t as_of) {
  VB_ASSIGN_OR_RETURN(const std::string article, ArticleOf(snapshot, annotation));
  Rows rows(base::ToHex(article));
  VB_RETURN_IF_ERROR(
      FoldStream(snapshot, registry, article, as_of,
                 [&](const Opened& event, const article::Applied& applied,
                     const v1::ArticleMetadata&, const article::ArticleState&) {
                   if (!applied.change || applied.change->after->id != annotation) return;
                   const AnnotationState& after = *applied.change->after;
                   rows.Add(event, WhatOf(after.steps.back()->kind),
                            StepChanges(registry, applied.change->before.get(), after), annotation);
                 }));
  return rows.Take();
}

absl::StatusOr<std::vector<schema::Record>> ArticleHistory(const log::Snapshot& snapshot,
                                                           const schema::Registry& registry,
                                                           std::string_view article,
                                                           uint64_t as_of) {
  Rows rows(base::ToHex(article));
  VB_RETURN_IF_ERROR(
      FoldStream(snapshot, registry, article, as_of,
                 [&](const Opened& event, const article::Applied& applied,
                     const v1::ArticleMetadata& before, const article::ArticleState& state) {
                   if (!applied.change) AddArticleRow(event, before, state, &rows);
                 }));
  return rows.Take();
}

std::vector<schema::Column> HistoryColumns() {
  using schema::Role;
  return {{"sequence", "#"},
          {"recorded_at", "when (UTC)"},
          {"actor.name", "who"},
          {"actor.version", "version"},
          {"what"},
          {"field"},
          {"before", "", Role::kText},
          {"after", "", Role::kText},
          {"reason", "", Role::kText},
          {"annotation", "", Role::kId, true},
          {"article", "", Role::kId, true}};
}

}  // namespace verbatim::audit
