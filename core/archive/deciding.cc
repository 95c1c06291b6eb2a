// SPDX-License-Identifier: Apache-2.0
#include "core/archive/deciding.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/archive/decision_target.h"
#include "core/archive/names.h"
#include "core/archive/speaking.h"
#include "core/article/decisions.h"
#include "core/article/ground.h"
#include "core/article/load.h"
#include "core/audit/changes.h"
#include "core/base/hex.h"
#include "core/base/limits.h"
#include "core/ingest/url.h"

namespace verbatim::archive {
namespace {

using article::AnnotationPtr;
using article::ArticleState;
using Kind = Decision::Kind;

// An article that decisions are about: as the log has it, and with those
// decisions.
struct Subject {
  ArticleState logged;
  ArticleState now;
};

// One attempt: reads the log, and makes the unit of all decisions.
class Attempt {
 public:
  Attempt(const Archive& archive, const log::Snapshot& snapshot, const article::EventMaker& person)
      : archive_(archive), snapshot_(snapshot), person_(person) {}

  // `versions` holds what the annotations had when they were first looked at,
  // and is filled by the first attempt: what changes between two attempts was
  // not decided on.
  absl::Status Take(const Decision& decision, std::map<std::string, uint32_t>* versions) {
    VB_ASSIGN_OR_RETURN(const DecisionTarget target, TargetOf(archive_, snapshot_, decision));
    if (target.article.empty()) return UndoOnSpeakers(decision, target.sequence);
    VB_ASSIGN_OR_RETURN(Subject* const subject, SubjectOf(target.article));
    VB_RETURN_IF_ERROR(CheckVersion(decision, target, *subject, versions));
    VB_ASSIGN_OR_RETURN(log::NewEvent event, EventOf(decision, target, *subject));
    const v1::ArticleMetadata before = subject->now.metadata();
    const size_t set_aside = subject->now.unplaced().size();
    VB_ASSIGN_OR_RETURN(const article::Applied applied, subject->now.ApplyPending(event));
    Decided decided{.kind = decision.kind, .article = target.article};
    if (applied.change) {
      decided.before = applied.change->before;
      decided.after = applied.change->after;
      decided.changes =
          audit::StateChanges(archive_.registry(), decided.before.get(), *decided.after);
    } else {
      decided.changes = audit::FieldChanges(before, subject->now.metadata());
      if (decided.changes.empty() && subject->now.unplaced().size() == set_aside) {
        return absl::InvalidArgumentError(
            absl::StrCat(decision.target,
                         " would change nothing: what is known of the article says so already"));
      }
    }
    done_.push_back(std::move(decided));
    causes_[target.article] = event.id;
    unit_.events.push_back(std::move(event));
    return absl::OkStatus();
  }

  log::Unit Unit() {
    for (const auto& [article, subject] : subjects_) {
      unit_.expects.push_back(
          log::Expect::Seen(base::ToHex(article), subject.logged.stream_version()));
    }
    return std::move(unit_);
  }
  std::vector<Decided> Done() { return std::move(done_); }
  // The id of the last decision about each article.
  std::map<std::string, std::string> Causes() { return std::move(causes_); }

 private:
  // A decision about who is who has no article.
  absl::Status UndoOnSpeakers(const Decision& decision, uint64_t sequence) {
    VB_ASSIGN_OR_RETURN(std::vector<log::NewEvent> events,
                        InverseOnSpeakers(snapshot_, sequence, decision.reason, person_));
    for (log::NewEvent& event : events) {
      VB_ASSIGN_OR_RETURN(const auto seen, snapshot_.StreamVersion(event.stream));
      if (streams_.insert(event.stream).second) {
        unit_.expects.push_back(log::Expect::Seen(event.stream, seen));
      }
      done_.push_back({.kind = decision.kind});
      unit_.events.push_back(std::move(event));
    }
    return absl::OkStatus();
  }

  absl::StatusOr<Subject*> SubjectOf(const std::string& article) {
    const auto found = subjects_.find(article);
    if (found != subjects_.end()) return &found->second;
    VB_ASSIGN_OR_RETURN(ArticleState state, article::Load(snapshot_, article));
    if (state.erased()) {
      return absl::NotFoundError(
          absl::StrCat("article ", base::ToHex(article), " was erased: nothing can be decided"));
    }
    Subject& subject = subjects_[article];
    subject.now = state;
    subject.logged = std::move(state);
    return &subject;
  }

  static absl::Status CheckVersion(const Decision& decision, const DecisionTarget& target,
                                   const Subject& subject,
                                   std::map<std::string, uint32_t>* versions) {
    if (target.annotation.empty()) {
      if (!decision.if_version) return absl::OkStatus();
      return absl::InvalidArgumentError("a version is asked for, and only annotations have one");
    }
    const AnnotationPtr logged = subject.logged.Find(target.annotation);
    if (logged == nullptr) return absl::OkStatus();
    const uint32_t first = versions->emplace(target.annotation, logged->version).first->second;
    const uint32_t wanted = decision.if_version.value_or(first);
    if (wanted == logged->version) return absl::OkStatus();
    const std::string id = base::ShortId(target.annotation);
    return absl::AbortedError(absl::StrCat(
        "annotation ", id, " is at version ", logged->version, ", this was decided on version ",
        wanted, ": look at 'verbatim history ", id, "' and decide again"));
  }

  absl::StatusOr<log::NewEvent> EventOf(const Decision& decision, const DecisionTarget& target,
                                        const Subject& subject) const {
    switch (decision.kind) {
      case Kind::kAdd:
        return Add(decision, target, subject.now);
      case Kind::kCorrect:
        return target.annotation.empty() ? CorrectArticle(decision, subject.now)
                                         : Correct(decision, target.annotation, subject.now);
      case Kind::kConfirm:
        return article::Confirm(subject.now, target.annotation, decision.reason, person_);
      case Kind::kReject:
        return article::Reject(subject.now, target.annotation, decision.reason, person_);
      case Kind::kSetAside:
        return person_.Make(base::ToHex(target.article), *decision.unplaced);
      case Kind::kUndo:
        break;
    }
    return article::Withdraw(subject.now, target.event, decision.reason, person_);
  }

  absl::StatusOr<log::NewEvent> Add(const Decision& decision, const DecisionTarget& target,
                                    const ArticleState& state) const {
    if (state.revisions().empty()) return absl::NotFoundError("the article has no text");
    VB_ASSIGN_OR_RETURN(const std::string type, BodyTypeNamed(archive_, decision.type));
    const anchor::RevisionText ground = article::GroundOf(state, *state.latest());
    std::vector<article::Assignment> fields = decision.fields;
    v1::Anchor anchor;
    const AnnotationPtr about = state.Find(target.annotation);
    if (about != nullptr) fields.push_back({"about", base::ToHex(about->id)});
    if (about != nullptr && decision.place.empty()) {
      anchor = about->value->anchor;
    } else {
      VB_ASSIGN_OR_RETURN(const auto ranges, anchor::FindPlace(ground, decision.place));
      anchor = anchor::MakeAnchor(ground, ranges);
    }
    v1::TypedBody body;
    if (decision.body) {
      VB_ASSIGN_OR_RETURN(
          body, article::AssignBody(*decision.body, fields, anchor, ground, archive_.registry()));
    } else {
      VB_ASSIGN_OR_RETURN(body,
                          article::NewBody(type, fields, anchor, ground, archive_.registry()));
    }
    return article::Add(state, std::move(anchor), std::move(body), decision.reason, person_);
  }

  absl::StatusOr<log::NewEvent> Correct(const Decision& decision, const std::string& annotation,
                                        const ArticleState& state) const {
    const AnnotationPtr found = state.Find(annotation);
    if (found == nullptr) {
      return absl::NotFoundError(
          absl::StrCat("annotation ", base::ToHex(annotation), " was erased"));
    }
    if (decision.fields.empty() && decision.place.empty() && !decision.body) {
      return absl::InvalidArgumentError(
          "nothing to correct: give FIELD=VALUE, or another place; confirm says that it is right");
    }
    std::optional<v1::Anchor> moved;
    if (!decision.place.empty()) {
      const anchor::RevisionText latest = article::GroundOf(state, *state.latest());
      VB_ASSIGN_OR_RETURN(const auto ranges, anchor::FindPlace(latest, decision.place));
      moved = anchor::MakeAnchor(latest, ranges);
    }
    const v1::Anchor& anchor = moved ? *moved : found->value->anchor;
    VB_ASSIGN_OR_RETURN(
        const v1::TypedBody body,
        article::AssignBody(decision.body ? *decision.body : found->value->body, decision.fields,
                            anchor, article::GroundOf(state, *state.revisions()[anchor.revision()]),
                            archive_.registry()));
    const bool same = archive_.registry().EqualBodies(body.type(), found->value->body.value(),
                                                      body.value(), {}) &&
                      (!moved || article::SameSpans(*moved, found->value->anchor));
    if (same && found->IsLive()) {
      return absl::InvalidArgumentError(absl::StrCat("annotation ", base::ShortId(annotation),
                                                     " says so already: 'verbatim confirm ",
                                                     decision.target, "' if that is right"));
    }
    return article::Correct(state, annotation, body, moved, decision.reason, person_);
  }

  absl::StatusOr<log::NewEvent> CorrectArticle(const Decision& decision,
                                               const ArticleState& state) const {
    if (!decision.place.empty()) {
      return absl::InvalidArgumentError(absl::StrCat(
          "'", decision.target, "' is an article: only an annotation has a place in its text"));
    }
    std::vector<article::Assignment> fields = decision.fields;
    for (article::Assignment& field : fields) {
      const bool url = field.field == "url" || field.field == "canonical_url";
      if (!url || field.value.empty()) continue;
      VB_ASSIGN_OR_RETURN(field.value, ingest::CanonicalUrl(field.value));
    }
    VB_ASSIGN_OR_RETURN(article::AssignedMetadata assigned,
                        article::AssignMetadata(state.metadata(), fields));
    return article::CorrectMetadata(state, std::move(assigned.metadata), assigned.fields,
                                    decision.reason, person_);
  }

  const Archive& archive_;
  const log::Snapshot& snapshot_;
  const article::EventMaker& person_;
  std::map<std::string, Subject> subjects_;  // by article
  std::set<std::string> streams_;            // of speakers
  log::Unit unit_;
  std::vector<Decided> done_;
  std::map<std::string, std::string> causes_;
};

// One article after the other, because each has a cause of its own: the last of the decisions.
absl::Status RunWhatDepends(Archive& archive, const std::map<std::string, std::string>& causes,
                            DecideResult* result) {
  for (const auto& [article, cause] : causes) {
    AnnotateOptions options;
    options.articles = {article};
    options.only_new_inputs = true;
    options.cause = cause;
    options.jobs = 1;
    VB_RETURN_IF_ERROR(Annotate(
        archive, options, [&](const AnnotateResult& run) { result->runs.push_back(run); },
        [](uint64_t, uint64_t) {}));
  }
  return absl::OkStatus();
}

}  // namespace

std::string_view ToText(Decision::Kind kind) {
  switch (kind) {
    case Kind::kAdd:
      return "add";
    case Kind::kCorrect:
      return "correct";
    case Kind::kConfirm:
      return "confirm";
    case Kind::kReject:
      return "reject";
    case Kind::kSetAside:
      return "set aside";
    case Kind::kUndo:
      break;
  }
  return "undo";
}

absl::StatusOr<DecideResult> Foresee(Archive& archive, const std::vector<Decision>& decisions,
                                     const v1::Actor& person) {
  const article::EventMaker maker = archive.Events().As(person);
  VB_ASSIGN_OR_RETURN(const log::Snapshot snapshot, archive.log().Read());
  Attempt taking(archive, snapshot, maker);
  std::map<std::string, uint32_t> versions;
  for (const Decision& decision : decisions) {
    VB_RETURN_IF_ERROR(base::WithContext(taking.Take(decision, &versions), decision.where));
  }
  return DecideResult{taking.Done(), {}};
}

absl::StatusOr<DecideResult> Decide(Archive& archive, const std::vector<Decision>& decisions,
                                    const v1::Actor& person) {
  DecideResult result;
  if (decisions.empty()) return result;
  const article::EventMaker maker = archive.Events().As(person);
  std::map<std::string, uint32_t> versions;
  for (uint32_t attempt = 0; attempt < limits::kConflictRetriesMax; ++attempt) {
    log::Unit unit;
    std::map<std::string, std::string> causes;  // by article
    {
      VB_ASSIGN_OR_RETURN(const log::Snapshot snapshot, archive.log().Read());
      Attempt taking(archive, snapshot, maker);
      for (const Decision& decision : decisions) {
        const absl::Status taken = taking.Take(decision, &versions);
        if (!taken.ok()) {
          return decision.where.empty() ? taken : base::WithContext(taken, decision.where);
        }
      }
      unit = taking.Unit();
      causes = taking.Causes();
      result.decided = taking.Done();
    }
    const auto sequences = archive.log().Append(std::move(unit));
    if (absl::IsAborted(sequences.status())) continue;
    VB_RETURN_IF_ERROR(sequences.status());
    for (size_t i = 0; i < result.decided.size(); ++i) {
      result.decided[i].sequence = (*sequences)[i];
    }
    VB_RETURN_IF_ERROR(RunWhatDepends(archive, causes, &result));
    return result;
  }
  return absl::AbortedError("others keep changing these articles: nothing was decided; try again");
}

}  // namespace verbatim::archive
