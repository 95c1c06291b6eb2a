// SPDX-License-Identifier: Apache-2.0
#include "core/audit/review.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>
#include <set>
#include <utility>

#include "core/article/load.h"
#include "core/article/withdrawals.h"
#include "core/audit/changes.h"
#include "core/base/hex.h"
#include "core/base/ids.h"
#include "verbatim/text/fold.h"

namespace verbatim::audit {
namespace {

using article::ActorKind;
using article::AnnotationPtr;
using article::AnnotationState;
using article::Step;

constexpr std::string_view kDisputed = "DISPUTED";
constexpr std::string_view kChanged = "CHANGED";
constexpr std::string_view kOrphaned = "ORPHANED";
constexpr std::string_view kConflict = "CONFLICT";
constexpr std::string_view kUnplaced = "UNPLACED";
constexpr std::string_view kLowConfidence = "LOW_CONFIDENCE";

bool IsDecision(const AnnotationState& annotation, const Step& step) {
  return article::Decides(step) && article::WithdrawnBy(annotation, step.event_id) == nullptr;
}

// The number of the last decision that stands; nothing when there is none.
std::optional<size_t> LastDecision(const AnnotationState& annotation) {
  for (size_t i = annotation.steps.size(); i > 0; --i) {
    if (IsDecision(annotation, *annotation.steps[i - 1])) return i - 1;
  }
  return std::nullopt;
}

std::string Joined(std::vector<FieldChange> changes) {
  std::erase_if(changes, [](const FieldChange& change) { return change.field == "place"; });
  return changes.empty() ? "another place" : ChangesLine(changes);
}

class Reasons {
 public:
  Reasons(const log::Snapshot& snapshot, const schema::Registry& registry,
          const ReviewFilter& filter)
      : snapshot_(snapshot), registry_(registry), filter_(filter) {}

  absl::StatusOr<std::vector<Waiting::Reason>> Of(const AnnotationState& annotation) const {
    std::vector<Waiting::Reason> reasons;
    if (annotation.disputed) {
      Add(DisputedByPerson(annotation) ? kConflict : kDisputed, Dispute(annotation), &reasons);
    }
    if (annotation.status == v1::ANNOTATION_STATUS_ORPHANED) {
      const std::optional<std::string> orphan = Orphan(annotation);
      if (orphan) Add(kOrphaned, *orphan, &reasons);
    } else if (annotation.needs_review) {
      VB_ASSIGN_OR_RETURN(std::string change, Change(annotation));
      Add(kChanged, std::move(change), &reasons);
    }
    if (auto conflict = Conflict(annotation)) Add(kConflict, *std::move(conflict), &reasons);
    const bool unsure = annotation.status == v1::ANNOTATION_STATUS_PROPOSED &&
                        annotation.value->confidence < filter_.confidence_below;
    if (unsure) {
      Add(kLowConfidence,
          fmt::format("{} gives it {:.3f}", annotation.annotator, annotation.value->confidence),
          &reasons);
    }
    return reasons;
  }

 private:
  void Add(std::string_view why, std::string detail, std::vector<Waiting::Reason>* to) const {
    if (filter_.why.empty() || text::EqualFolded(filter_.why, why)) {
      to->push_back({why, std::move(detail)});
    }
  }

  // Another archive's person, whose decision was pulled.
  static bool DisputedByPerson(const AnnotationState& annotation) {
    for (auto step = annotation.steps.rbegin(); step != annotation.steps.rend(); ++step) {
      if ((*step)->kind == Step::Kind::kDisputed &&
          article::WithdrawnBy(annotation, (*step)->event_id) == nullptr) {
        return (*step)->actor == ActorKind::kPerson;
      }
    }
    return false;
  }

  std::string Dispute(const AnnotationState& annotation) const {
    if (annotation.disputes.empty()) return "";
    const article::Said& last = annotation.disputes.back();
    const std::string who =
        last.version.empty() ? last.annotator : last.annotator + " " + last.version;
    if (last.value == nullptr) {
      return who +
             (DisputedByPerson(annotation) ? " decided that it isn't there" : " doesn't find it");
    }
    return fmt::format("{} says {}", who,
                       Joined(ValueChanges(registry_, annotation.value.get(), *last.value)));
  }

  // Nothing: a person has decided since, or nobody ever had.
  std::optional<std::string> Orphan(const AnnotationState& annotation) const {
    if (!annotation.human_held && !filter_.all) return std::nullopt;
    const auto decided = LastDecision(annotation);
    for (size_t i = annotation.steps.size(); i > 0; --i) {
      if (decided && i - 1 == *decided) return std::nullopt;
      if (annotation.steps[i - 1]->kind == Step::Kind::kReanchored) break;
    }
    return fmt::format(
        "its words are gone from the latest revision; it stands in revision {}: give it another "
        "place with 'correct {} --quote', reject it, or confirm that it was said there",
        annotation.value->anchor.revision(), base::ShortId(annotation.id));
  }

  absl::StatusOr<std::string> Change(const AnnotationState& annotation) const {
    for (auto step = annotation.steps.rbegin(); step != annotation.steps.rend(); ++step) {
      if ((*step)->kind != Step::Kind::kReanchored) continue;
      VB_ASSIGN_OR_RETURN(const auto body, snapshot_.Body((*step)->sequence));
      v1::AnnotationReanchored moved;
      if (!body || !moved.ParseFromString(*body)) break;
      std::string detail =
          fmt::format("decided on revision {}, text changed since: score {:.2f}, next best {:.2f}",
                      moved.from().revision(), moved.score(), moved.runner_up());
      if (!moved.diff().empty()) detail += ": " + moved.diff();
      if (moved.candidates_size() > 1) {
        detail += fmt::format("; {} places are as good", moved.candidates_size());
      }
      return detail;
    }
    return "what a decision was made on has moved, and part of it could not follow";
  }

  // What a person last made of an annotation.
  struct Outcome {
    std::string who;
    bool gone = false;
    article::ValuePtr value;  // as it was said, before any move
  };

  static bool Agree(const Outcome& a, const Outcome& b) {
    if (a.gone || b.gone) return a.gone && b.gone;
    return a.value == b.value || (article::SameWords(a.value->anchor, b.value->anchor) &&
                                  a.value->body.value() == b.value->body.value());
  }

  // The later of two people differs from the earlier.
  std::optional<std::string> Conflict(const AnnotationState& annotation) const {
    std::vector<Outcome> outcomes;
    article::ValuePtr said;
    for (const auto& step : annotation.steps) {
      const bool person = IsDecision(annotation, *step);
      const bool sets = step->kind == Step::Kind::kAdded || step->kind == Step::Kind::kRevised;
      const bool held = !outcomes.empty();
      if (sets && (person || (!held && step->actor != ActorKind::kPerson))) said = step->value;
      if (!person) continue;
      const bool gone = step->kind == Step::Kind::kRejected || step->kind == Step::Kind::kRetracted;
      outcomes.push_back({step->who, gone, said});
    }
    if (outcomes.size() < 2) return std::nullopt;
    const Outcome& last = outcomes.back();
    for (size_t i = outcomes.size() - 1; i > 0; --i) {
      const Outcome& other = outcomes[i - 1];
      if (other.who == last.who) continue;
      if (Agree(last, other)) return std::nullopt;
      return fmt::format("{} holds it otherwise than {}: {}", last.who, other.who,
                         Difference(other, last));
    }
    return std::nullopt;
  }

  std::string Difference(const Outcome& before, const Outcome& after) const {
    if (before.gone) return "rejected → not rejected";
    if (after.gone) return "not rejected → rejected";
    return Joined(ValueChanges(registry_, before.value.get(), *after.value));
  }

  const log::Snapshot& snapshot_;
  const schema::Registry& registry_;
  const ReviewFilter& filter_;
};

// Articles in which something may wait, in the order in which they came.
absl::StatusOr<std::vector<std::string>> Candidates(const log::Snapshot& snapshot,
                                                    const ReviewFilter& filter) {
  if (!filter.article.empty()) return std::vector<std::string>{filter.article};
  const bool every = filter.confidence_below > 0;
  std::vector<std::string> articles;
  std::set<std::string, std::less<>> seen;
  VB_RETURN_IF_ERROR(
      snapshot.ScanHeaders(1, snapshot.head(), [&](uint64_t, const log::HeaderView& header) {
        const bool may = header.actor_kind == log::ActorKind::kPerson ||
                         header.type == "verbatim.v1.AnnotationReanchored" ||
                         (every && header.type == "verbatim.v1.AnnotationAdded");
        if (!may || seen.contains(header.stream)) return true;
        seen.emplace(header.stream);
        const std::optional<std::string> article = base::FromHex(header.stream);
        if (article && article->size() == base::kIdBytes) articles.push_back(*article);
        return true;
      }));
  return articles;
}

bool IsOfType(const std::string& is, const std::string& type) {
  return type.empty() || type == is || text::EqualFolded(type, ShortType(is));
}

std::string WordsOf(const v1::AnnotationUnplaced& unplaced) {
  return fmt::format("{}", fmt::join(unplaced.exact(), " ... "));
}

// What files said of this article and its text doesn't hold.
void AddUnplaced(const article::ArticleState& state, const ReviewFilter& filter,
                 std::vector<Waiting>& waiting) {
  if (!filter.why.empty() && !text::EqualFolded(filter.why, kUnplaced)) return;
  for (const article::Unplaced& one : state.unplaced()) {
    if (!IsOfType(one.annotation.body().type(), filter.type)) continue;
    waiting.push_back(
        {.article = state.id(),
         .title = state.metadata().title(),
         .annotation = nullptr,
         .unplaced = one,
         .reasons = {{kUnplaced, fmt::format("{}, by {}: {}; 'verbatim add' gives it a place, "
                                             "'verbatim undo @{}' lets it go",
                                             one.annotation.source(), one.who, one.annotation.why(),
                                             one.sequence)}}});
  }
}

schema::Record UnplacedRow(const Waiting& waiting) {
  const v1::AnnotationUnplaced& unplaced = waiting.unplaced->annotation;
  return schema::Record()
      .Add("article", base::ToHex(waiting.article))
      .Add("title", waiting.title)
      .Add("type", unplaced.body().type())
      .Add("why", schema::List{waiting.reasons[0].why})
      .Add("detail", waiting.reasons[0].detail)
      .Add("text", WordsOf(unplaced))
      .Add("sequence", waiting.unplaced->sequence);
}

}  // namespace

absl::StatusOr<std::vector<Waiting>> Review(const log::Snapshot& snapshot,
                                            const schema::Registry& registry,
                                            const ReviewFilter& filter) {
  std::vector<Waiting> waiting;
  const Reasons reasons(snapshot, registry, filter);
  VB_ASSIGN_OR_RETURN(const std::vector<std::string> articles, Candidates(snapshot, filter));
  for (const std::string& article : articles) {
    VB_ASSIGN_OR_RETURN(const article::ArticleState state, article::Load(snapshot, article));
    for (const AnnotationPtr& annotation : state.All()) {
      if (!IsOfType(annotation->type(), filter.type)) continue;
      VB_ASSIGN_OR_RETURN(std::vector<Waiting::Reason> why, reasons.Of(*annotation));
      if (why.empty()) continue;
      const v1::Anchor& anchor = annotation->value->anchor;
      waiting.push_back({.article = article,
                         .title = state.metadata().title(),
                         .annotation = annotation,
                         .reasons = std::move(why),
                         .sentence = state.revisions()[anchor.revision()]
                                         ->SentenceAt(anchor.spans(0).begin_byte())
                                         .exact()});
    }
    AddUnplaced(state, filter, waiting);
  }
  return waiting;
}

schema::Record ReviewRow(const Waiting& waiting) {
  if (waiting.unplaced) return UnplacedRow(waiting);
  const AnnotationState& annotation = *waiting.annotation;
  schema::List why;
  std::string detail;
  std::set<std::string_view> named;
  for (const Waiting::Reason& reason : waiting.reasons) {
    if (named.insert(reason.why).second) why.emplace_back(reason.why);
    detail += (detail.empty() ? "" : "; ") + reason.detail;
  }
  schema::Record row;
  row.Add("annotation", base::ToHex(annotation.id)).Add("article", base::ToHex(waiting.article));
  row.Add("title", waiting.title).Add("type", annotation.type()).Add("why", std::move(why));
  row.Add("detail", detail).Add("text", WordsOf(annotation.value->anchor));
  row.Add("status", article::StatusName(annotation.status)).Add("version", annotation.version);
  row.Add("confidence", annotation.value->confidence);
  row.Add("sequence", annotation.changed_sequence);
  return row;
}

std::vector<schema::Column> ReviewColumns() {
  using schema::Role;
  return {{"annotation", "", Role::kId},
          {"why", "", Role::kName},
          {"status"},
          {"version", "v"},
          {"text", "", Role::kText},
          {"detail", "", Role::kText},
          {"article", "", Role::kId},
          {"title", "", Role::kText, true},
          {"type", "", Role::kText, true}};
}

}  // namespace verbatim::audit
