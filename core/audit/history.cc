// SPDX-License-Identifier: Apache-2.0
#include "core/audit/history.h"

#include <fmt/format.h>

#include <map>
#include <string>
#include <utility>

#include "core/article/article_state.h"
#include "core/article/withdrawals.h"
#include "core/audit/changes.h"
#include "core/audit/remarks.h"
#include "core/audit/summary.h"
#include "core/base/hex.h"
#include "core/schema/json.h"
#include "verbatim/text/utf8.h"
#include "verbatim/v1/article.pb.h"

namespace verbatim::audit {
namespace {

using article::AnnotationState;
using article::Step;
using schema::Record;

void AppendNote(std::string_view note, std::string* notes) {
  if (!notes->empty()) notes->append("; ");
  notes->append(note);
}

// The rows of one history as they come, with what can only be said at its end: which decisions were
// taken back.
class Rows {
 public:
  Rows(std::string annotation, std::string article)
      : annotation_(std::move(annotation)), article_(std::move(article)) {}

  // A row for each change, or one without a field. `extra` are fields of this kind of step.
  void Add(const Opened& event, std::string_view what, const std::vector<FieldChange>& changes,
           std::string note = {}, const Record& extra = {}) {
    Pending pending{event.header.event_id(), {}, std::move(note), extra};
    for (const FieldChange& change : changes) pending.rows.push_back(StepRow(event, what, change));
    if (changes.empty()) pending.rows.push_back(StepRow(event, what, {}));
    pending_.push_back(std::move(pending));
  }

  std::vector<Record> Take(const std::map<std::string, uint64_t>& withdrawn) {
    std::vector<Record> rows;
    for (Pending& pending : pending_) {
      const auto taken_back = withdrawn.find(pending.event_id);
      if (taken_back != withdrawn.end()) {
        AppendNote(fmt::format("withdrawn by @{}", taken_back->second), &pending.note);
      }
      for (Record& row : pending.rows) {
        row.Add("annotation", annotation_);
        row.Add("article", article_);
        for (const schema::Field& field : pending.extra.fields) row.Add(field.name, field.value);
        if (taken_back != withdrawn.end()) row.Add("withdrawn_by", taken_back->second);
        row.Add("note", pending.note);
        rows.push_back(std::move(row));
      }
    }
    return rows;
  }

 private:
  struct Pending {
    std::string event_id;
    std::vector<Record> rows;
    std::string note;
    Record extra;
  };
  std::string annotation_;
  std::string article_;
  std::vector<Pending> pending_;
};

std::vector<FieldChange> StepChanges(const schema::Registry& registry,
                                     const AnnotationState* before, const AnnotationState& after) {
  const Step& step = *after.steps.back();
  if (step.kind == Step::Kind::kDisputed && before != nullptr && before->human_held) {
    if (step.value == nullptr) return {{"", WordsOf(before->value->anchor), "not found"}};
    return ValueChanges(registry, before->value.get(), *step.value);
  }
  if (before == nullptr) return ValueChanges(registry, nullptr, *after.value);
  return StateChanges(registry, before, after);
}

// Whose decision a plugin's word was not applied over.
std::string HeldBy(const AnnotationState& before) {
  std::string who;
  for (const auto& step : before.steps) {
    if (article::Decides(*step)) who = fmt::format("{} @{}", step->who, step->sequence);
  }
  return who;
}

// Fields that only a re-anchoring has.
Record MoveOf(const v1::AnnotationReanchored& moved) {
  Record extra;
  extra.Add("outcome",
            schema::EnumText(*v1::AnnotationReanchored::Outcome_descriptor(), moved.outcome()));
  extra.Add("score", moved.score());
  extra.Add("runner_up", moved.runner_up());
  extra.Add("diff", moved.diff());
  return extra;
}

void AddStep(const schema::Registry& registry, const Folded& folded, Rows* rows) {
  const AnnotationState* before = folded.applied.change->before.get();
  const AnnotationState& after = *folded.applied.change->after;
  const Step& step = *after.steps.back();
  const std::vector<FieldChange> changes = StepChanges(registry, before, after);
  // A dispute may also be of another archive's person.
  const bool only_says =
      step.actor == article::ActorKind::kPlugin || step.kind == Step::Kind::kDisputed;
  if (step.kind == Step::Kind::kReanchored) {
    const auto* moved = dynamic_cast<const v1::AnnotationReanchored*>(folded.event.message.get());
    Record extra = moved == nullptr ? Record() : MoveOf(*moved);
    extra.Add("version", after.version);
    std::string note;
    if (moved != nullptr) {
      note =
          fmt::format("{}, score {:.2f}", schema::TextOf(*extra.Find("outcome")), moved->score());
    }
    return rows->Add(folded.event, WhatOf(step.kind), changes, std::move(note), extra);
  }
  const Record version = Record().Add("version", after.version);
  if (only_says && before != nullptr && before->human_held) {
    return rows->Add(folded.event, WhatOf(step.kind), changes,
                     "not applied: held by " + HeldBy(*before), version);
  }
  rows->Add(folded.event, WhatOf(step.kind), changes, {}, version);
}

// A remark changes nothing of what it is about.
void AddRemark(const Folded& folded, Rows* rows) {
  const AnnotationState& remark = *folded.applied.change->after;
  const std::string what(WhatOf(remark.steps.back()->kind));
  rows->Add(folded.event, what == "added" ? "noted" : "note " + what,
            {{"", "", RemarkOf(remark.value->body)}});
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

// What a line of an article's history shows of an event; `field` names nothing where it is whole.
void AddArticleRow(const Folded& folded, Rows* rows) {
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
  const auto found = kWhat->find(folded.event.header.type());
  if (found == kWhat->end()) return;
  const std::string& what = found->second;
  if (!folded.event.body) return rows->Add(folded.event, what, {}, "erased");
  if (what == "captured") {
    Record extra;
    extra.Add("digest", base::ToHex(TextField(*folded.event.message, "content_sha256")));
    return rows->Add(folded.event, what, {{"", "", Summary(folded.event)}}, {}, extra);
  }
  if (what == "linked" || what == "run") {
    return rows->Add(folded.event, what, {{"", "", Summary(folded.event)}});
  }
  if (what == "corrected" || what == "withdrawn") {
    return rows->Add(folded.event, what,
                     FieldChanges(folded.metadata_before, folded.state.metadata()));
  }
  if (what == "erased" || folded.state.revisions().empty()) {
    return rows->Add(folded.event, what, {});
  }
  Record extra;
  extra.Add("revision", folded.state.latest()->number());
  extra.Add("digest", base::ToHex(folded.state.latest()->content().text_sha256()));
  rows->Add(folded.event, what, RevisionChanges(folded.state, folded.metadata_before), {}, extra);
}

// Of an annotation whose bodies are gone: that it was added, and who had it taken out.
absl::Status AddErased(const log::Snapshot& snapshot, const schema::Registry& registry,
                       std::string_view annotation, uint64_t as_of, Rows* rows) {
  VB_ASSIGN_OR_RETURN(const auto hits, snapshot.FindAnnotations(base::ToHex(annotation), 1));
  if (hits.empty() || hits[0].sequence > as_of) return absl::OkStatus();
  VB_ASSIGN_OR_RETURN(const Opened added, Open(snapshot, registry, hits[0].sequence));
  if (!added.erasure) return absl::OkStatus();
  rows->Add(added, "added", {}, "erased");
  if (added.erasure->sequence > as_of) return absl::OkStatus();
  VB_ASSIGN_OR_RETURN(const Opened erased, Open(snapshot, registry, added.erasure->sequence));
  rows->Add(erased, "erased", {});
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::vector<Record>> AnnotationHistory(const log::Snapshot& snapshot,
                                                      const schema::Registry& registry,
                                                      std::string_view annotation, uint64_t as_of) {
  VB_ASSIGN_OR_RETURN(const std::string article, ArticleOf(snapshot, annotation));
  Rows rows(base::ToHex(annotation), base::ToHex(article));
  Withdrawals withdrawals;
  VB_RETURN_IF_ERROR(FoldStream(snapshot, registry, article, as_of, Reading::kWhatMattersToViews,
                                [&](const Folded& folded) {
                                  withdrawals.See(folded.event);
                                  const auto& change = folded.applied.change;
                                  if (change && change->after->id == annotation)
                                    AddStep(registry, folded, &rows);
                                  if (change && IsRemarkOn(*change->after, annotation))
                                    AddRemark(folded, &rows);
                                }));
  std::vector<Record> steps = rows.Take(withdrawals.Standing());
  if (!steps.empty()) return steps;
  VB_RETURN_IF_ERROR(AddErased(snapshot, registry, annotation, as_of, &rows));
  return rows.Take({});
}

absl::StatusOr<std::map<std::string, std::vector<Record>>> AnnotationHistories(
    const log::Snapshot& snapshot, const schema::Registry& registry, std::string_view article,
    uint64_t as_of, absl::FunctionRef<void(const Folded&)> seen) {
  std::map<std::string, Rows> rows;
  Withdrawals withdrawals;
  VB_RETURN_IF_ERROR(FoldStream(
      snapshot, registry, article, as_of, Reading::kWhatMattersToViews, [&](const Folded& folded) {
        withdrawals.See(folded.event);
        seen(folded);
        if (!folded.applied.change) return;
        const std::string& id = folded.applied.change->after->id;
        const auto [at, added] = rows.try_emplace(id, base::ToHex(id), base::ToHex(article));
        AddStep(registry, folded, &at->second);
      }));
  const std::map<std::string, uint64_t> standing = withdrawals.Standing();
  std::map<std::string, std::vector<Record>> histories;
  for (auto& [id, steps] : rows) histories.emplace(id, steps.Take(standing));
  return histories;
}

absl::StatusOr<std::vector<Record>> ArticleHistory(const log::Snapshot& snapshot,
                                                   const schema::Registry& registry,
                                                   std::string_view article, uint64_t as_of) {
  Rows rows("", base::ToHex(article));
  Withdrawals withdrawals;
  VB_RETURN_IF_ERROR(
      FoldStream(snapshot, registry, article, as_of, Reading::kAll, [&](const Folded& folded) {
        withdrawals.See(folded.event);
        if (!folded.applied.change) AddArticleRow(folded, &rows);
      }));
  return rows.Take(withdrawals.Standing());
}

std::vector<schema::Column> HistoryColumns() {
  using schema::Role;
  return {{"sequence", "#"},
          {"recorded_at", "when", Role::kTime},
          {"actor.name", "who", Role::kName},
          {"actor.version", "release", Role::kKey},
          {"version", "v"},
          {"what", "", Role::kName},
          {"field", "", Role::kName},
          {"before", "", Role::kText},
          {"after", "", Role::kText},
          {"reason", "", Role::kText},
          {"note", "", Role::kText},
          {"annotation", "", Role::kId, true},
          {"article", "", Role::kId, true}};
}

}  // namespace verbatim::audit
