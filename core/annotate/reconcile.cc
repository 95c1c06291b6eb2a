// SPDX-License-Identifier: Apache-2.0
#include "core/annotate/reconcile.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "core/annotate/match.h"
#include "core/base/hex.h"
#include "core/base/ids.h"
#include "core/schema/fields.h"

namespace verbatim::annotate {
namespace {

using article::AnnotationPtr;
using article::AnnotationState;
using article::Said;
using article::Value;
using article::ValuePtr;

// Do two values say the same? Rule ids, confidence and the like (provenance fields) are no part of
// a value. On different revisions places differ by themselves: then words are compared.
class Comparison {
 public:
  Comparison(const Annotator& annotator, const schema::Registry& registry)
      : registry_(registry),
        provenance_(annotator.manifest.provenance_fields().begin(),
                    annotator.manifest.provenance_fields().end()) {}

  bool Same(const ValuePtr& a, const ValuePtr& b) const {
    if (a == b) return true;
    if (a == nullptr || b == nullptr || a->body.type() != b->body.type()) return false;
    if (a->anchor.revision() == b->anchor.revision()) {
      return article::SameSpans(a->anchor, b->anchor) &&
             registry_.EqualBodies(a->body.type(), a->body.value(), b->body.value(), provenance_);
    }
    return article::SameWords(a->anchor, b->anchor) &&
           registry_.EqualBodies(a->body.type(), WithoutPlaces(*a), WithoutPlaces(*b), provenance_);
  }

 private:
  std::string WithoutPlaces(const Value& value) const {
    auto body = registry_.Parse(value.body.type(), value.body.value());
    if (!body.ok()) return value.body.value();
    schema::MoveSpans(body->get(), [](std::string_view, const text::Span& span) {
      text::Span words;
      words.exact = span.exact;
      return std::optional<text::Span>(std::move(words));
    });
    return (*body)->SerializeAsString();
  }

  const schema::Registry& registry_;
  std::vector<std::string> provenance_;
};

class Reconciler {
 public:
  Reconciler(const article::ArticleState& state, const Annotator& annotator,
             const schema::Registry& registry, const article::EventMaker& events)
      : annotator_(annotator), compare_(annotator, registry), events_(events) {
    stream_ = base::ToHex(state.id());
    for (const AnnotationPtr& annotation : state.All()) {
      if (!annotator.Produces(annotation->type())) continue;
      if (annotation->IsSuppressed()) Suppress(*annotation);
      if (annotation->value->anchor.revision() == state.latest()->number()) {
        annotations_.push_back(annotation);
      }
    }
  }

  absl::StatusOr<Reconciled> Run(const std::vector<ValuePtr>& values) {
    const auto pairs =
        Match(values, annotations_, annotator_.plugin,
              [this](const ValuePtr& a, const ValuePtr& b) { return compare_.Same(a, b); });
    std::vector<bool> matched(annotations_.size());
    for (size_t p = 0; p < values.size(); ++p) {
      if (pairs[p]) {
        matched[*pairs[p]] = true;
        VB_RETURN_IF_ERROR(OnMatched(*annotations_[*pairs[p]], values[p]));
      } else {
        VB_RETURN_IF_ERROR(OnNew(values[p]));
      }
    }
    for (size_t a = 0; a < annotations_.size(); ++a) {
      if (!matched[a]) VB_RETURN_IF_ERROR(OnGone(*annotations_[a]));
    }
    return std::move(done_);
  }

 private:
  // "Do not propose this again here": the claim as it stands, and as this annotator made it.
  void Suppress(const AnnotationState& annotation) {
    suppressed_.insert(annotation.value->claim_key);
    const Said* said = annotation.SaidBy(annotator_.plugin);
    if (said != nullptr && said->value) suppressed_.insert(said->value->claim_key);
  }

  absl::Status OnMatched(const AnnotationState& annotation, const ValuePtr& value) {
    if (annotation.IsSuppressed() && suppressed_.contains(value->claim_key)) {
      ++done_.suppressed;
      return absl::OkStatus();
    }
    const Said* said = annotation.SaidBy(annotator_.plugin);
    // One that never spoke of it agrees with what it finds.
    const ValuePtr& before =
        said != nullptr || !annotation.IsLive() ? (said ? said->value : kAbsent) : annotation.value;
    if (compare_.Same(before, value)) return Keep();
    if (!annotation.human_held) return Revise(annotation, value);
    const bool persons_own = annotation.IsLive() && compare_.Same(annotation.value, value);
    if (persons_own || WasDisputed(annotation, value)) return Keep();
    return Dispute(annotation, value);
  }

  absl::Status OnNew(const ValuePtr& value) {
    if (suppressed_.contains(value->claim_key)) {
      ++done_.suppressed;
      return absl::OkStatus();
    }
    // What a person holds at this very place is said already, though the annotation was paired with
    // another proposal.
    const bool held =
        std::any_of(annotations_.begin(), annotations_.end(), [&](const AnnotationPtr& annotation) {
          return annotation->human_held && annotation->value->claim_key == value->claim_key &&
                 article::SameSpans(annotation->value->anchor, value->anchor);
        });
    if (held) return Keep();
    v1::AnnotationAdded added;
    std::string event_id = events_.NewId();
    added.set_annotation(base::AnnotationIdOf(event_id));
    SetValue(*value, &added);
    VB_ASSIGN_OR_RETURN(log::NewEvent event,
                        events_.MakeWithId(std::move(event_id), stream_, added));
    done_.events.push_back(std::move(event));
    ++done_.added;
    return absl::OkStatus();
  }

  absl::Status OnGone(const AnnotationState& annotation) {
    const Said* said = annotation.SaidBy(annotator_.plugin);
    if (said == nullptr || said->value == nullptr || annotation.IsSuppressed()) {
      return absl::OkStatus();
    }
    if (annotation.human_held) {
      return WasDisputed(annotation, kAbsent) ? Keep() : Dispute(annotation, kAbsent);
    }
    const bool another_stands_by_it =
        std::any_of(annotation.said.begin(), annotation.said.end(), [&](const Said& other) {
          return other.annotator != annotator_.plugin && other.value != nullptr;
        });
    if (another_stands_by_it) return absl::OkStatus();
    v1::AnnotationRetracted retracted;
    retracted.set_annotation(annotation.id);
    retracted.set_reason("not found any more by " + annotator_.plugin + " " + annotator_.version);
    ++done_.retracted;
    return Push(retracted);
  }

  absl::Status Keep() {
    ++done_.kept;
    return absl::OkStatus();
  }

  absl::Status Revise(const AnnotationState& annotation, const ValuePtr& value) {
    v1::AnnotationRevised revised;
    revised.set_annotation(annotation.id);
    SetValue(*value, &revised);
    ++done_.revised;
    return Push(revised);
  }

  absl::Status Dispute(const AnnotationState& annotation, const ValuePtr& value) {
    v1::AnnotationDisputed disputed;
    disputed.set_annotation(annotation.id);
    if (value == nullptr) {
      disputed.set_absent(true);
    } else {
      SetValue(*value, &disputed);
    }
    ++done_.disputed;
    return Push(disputed);
  }

  bool WasDisputed(const AnnotationState& annotation, const ValuePtr& value) const {
    return std::any_of(
        annotation.disputes.begin(), annotation.disputes.end(), [&](const Said& dispute) {
          return dispute.annotator == annotator_.plugin && dispute.version == annotator_.version &&
                 compare_.Same(dispute.value, value);
        });
  }

  template <class Message>
  static void SetValue(const Value& value, Message* message) {
    *message->mutable_anchor() = value.anchor;
    *message->mutable_body() = value.body;
    message->set_confidence(value.confidence);
    message->set_key(value.key);
    message->set_claim_key(value.claim_key);
  }

  absl::Status Push(const google::protobuf::Message& body) {
    VB_ASSIGN_OR_RETURN(log::NewEvent event, events_.Make(stream_, body));
    done_.events.push_back(std::move(event));
    return absl::OkStatus();
  }

  inline static const ValuePtr kAbsent = nullptr;

  const Annotator& annotator_;
  Comparison compare_;
  const article::EventMaker& events_;
  std::string stream_;
  std::vector<AnnotationPtr> annotations_;  // in reading order
  std::set<std::string> suppressed_;        // claim keys
  Reconciled done_;
};

}  // namespace

absl::StatusOr<Reconciled> Reconcile(const article::ArticleState& state, const Annotator& annotator,
                                     const std::vector<ValuePtr>& values,
                                     const schema::Registry& registry,
                                     const article::EventMaker& events) {
  return Reconciler(state, annotator, registry, events).Run(values);
}

}  // namespace verbatim::annotate
