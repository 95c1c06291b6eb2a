// SPDX-License-Identifier: Apache-2.0
#include "core/audit/changes.h"

#include <fmt/format.h>

#include <utility>

#include "core/base/hex.h"
#include "core/base/time_point.h"
#include "verbatim/text/diff.h"
#include "verbatim/v1/article.pb.h"

namespace verbatim::audit {
namespace {

using article::Step;

void AppendIfOther(std::string field, std::string before, std::string after,
                   std::vector<FieldChange>* changes) {
  if (before == after) return;
  changes->push_back({std::move(field), std::move(before), std::move(after)});
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

std::string ReasonOf(const Opened& event) {
  if (event.erasure) return ErasureText(*event.erasure);
  if (event.message == nullptr) return "";
  const auto* erased = dynamic_cast<const v1::ContentErased*>(event.message.get());
  if (erased == nullptr) return TextField(*event.message, "reason");
  return ErasureText({.reason_code = erased->reason_code(), .authority = erased->authority()});
}

schema::Record StepRow(const Opened& event, std::string_view what, const FieldChange& change) {
  schema::Record row;
  row.Add("sequence", event.sequence);
  row.Add("recorded_at", base::FormatTime(event.header.recorded_at_us()));
  row.Add("actor", ActorRecord(event.header.actor()));
  row.Add("what", what);
  row.Add("field", change.field);
  row.Add("before", change.before);
  row.Add("after", change.after);
  row.Add("reason", ReasonOf(event));
  return row;
}

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
  // Said once: between two values it follows from who said them.
  if (before == nullptr) {
    changes.push_back({"confidence", "", schema::NumberText(after.confidence)});
  }
  return changes;
}

std::vector<FieldChange> StateChanges(const schema::Registry& registry,
                                      const article::AnnotationState* before,
                                      const article::AnnotationState& after) {
  std::vector<FieldChange> changes =
      ValueChanges(registry, before ? before->value.get() : nullptr, *after.value);
  AppendIfOther("status", before ? article::StatusName(before->status) : "",
                article::StatusName(after.status), &changes);
  return changes;
}

schema::List ChangesList(const std::vector<FieldChange>& changes) {
  schema::List list;
  for (const FieldChange& change : changes) {
    list.emplace_back(schema::Record()
                          .Add("field", change.field)
                          .Add("before", change.before)
                          .Add("after", change.after));
  }
  return list;
}

std::string ChangesLine(const std::vector<FieldChange>& changes) {
  std::string line;
  for (const FieldChange& change : changes) {
    line += fmt::format("{}{}: {} → {}", line.empty() ? "" : "; ", change.field, change.before,
                        change.after);
  }
  return line;
}

std::string DiffText(std::string_view before, std::string_view after) {
  if (before.empty() && after.empty()) return {};
  if (before.empty()) return fmt::format("{{+{}+}}", after);
  if (after.empty()) return fmt::format("[-{}-]", before);
  // Folded, a change of case or of an accent would be none.
  text::DiffOptions options;
  options.folded = false;
  return text::RenderDiff(before, after, text::DiffWords(before, after, options));
}

absl::Status FoldStream(const log::Snapshot& snapshot, const schema::Registry& registry,
                        std::string_view article, uint64_t as_of, Reading reading,
                        absl::FunctionRef<void(const Folded&)> visit) {
  VB_ASSIGN_OR_RETURN(const std::vector<uint64_t> sequences,
                      snapshot.StreamSequences(base::ToHex(article)));
  article::ArticleState state;
  for (const uint64_t sequence : sequences) {
    if (sequence > as_of) break;
    if (reading == Reading::kWhatMattersToViews) {
      VB_ASSIGN_OR_RETURN(const log::HeaderView header, snapshot.View(sequence));
      if (!article::ArticleState::MattersToViews(header.type)) continue;
    }
    VB_ASSIGN_OR_RETURN(const Opened event, Open(snapshot, registry, sequence));
    const v1::ArticleMetadata before = state.metadata();
    VB_ASSIGN_OR_RETURN(const article::Applied applied,
                        state.Apply(sequence, event.header, event.body));
    visit({event, applied, before, state});
  }
  return absl::OkStatus();
}

void Withdrawals::See(const Opened& event) {
  if (event.header.type() != "verbatim.v1.DecisionWithdrawn" || event.message == nullptr) return;
  seen_.push_back({event.sequence, event.header.event_id(), TextField(*event.message, "target")});
}

std::map<std::string, uint64_t> Withdrawals::Standing() const {
  std::map<std::string, uint64_t> standing;
  // A withdrawal can only be met after its target: the last one decides first.
  for (auto it = seen_.rbegin(); it != seen_.rend(); ++it) {
    if (!standing.contains(it->event_id)) standing.emplace(it->target, it->sequence);
  }
  return standing;
}

}  // namespace verbatim::audit
