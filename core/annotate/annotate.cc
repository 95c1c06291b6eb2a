// SPDX-License-Identifier: Apache-2.0
#include "core/annotate/annotate.h"

#include <algorithm>
#include <utility>

#include "core/annotate/proposals.h"
#include "core/annotate/reanchor.h"
#include "core/annotate/reconcile.h"
#include "core/annotate/request.h"
#include "core/base/hex.h"
#include "core/base/time_point.h"
#include "verbatim/v1/date.pb.h"

namespace verbatim::annotate {
namespace {

using Run = v1::RunCompleted;

// The newest event of a kind that changes what annotators are shown. One that is pending is newer
// than all that have a sequence, and comes last where it is kept.
class Newest {
 public:
  void Look(uint64_t sequence, const std::string& event_id) {
    const uint64_t rank = sequence == 0 ? UINT64_MAX : sequence;
    if (rank < rank_) return;
    rank_ = rank;
    event_id_ = event_id;
  }
  const std::string& event_id() const { return event_id_; }

 private:
  uint64_t rank_ = 0;
  std::string event_id_;
};

std::string CauseOf(const article::ArticleState& state, bool new_inputs) {
  Newest newest;
  newest.Look(state.latest()->sequence(), state.latest()->event_id());
  if (!new_inputs) return newest.event_id();
  for (const article::MetadataChange& change : state.metadata_changes()) {
    newest.Look(change.sequence, change.event_id);
  }
  for (const auto& [id, annotation] : state.annotations()) {
    for (const auto& step : annotation->steps) {
      if (step->actor == article::ActorKind::kPerson) newest.Look(step->sequence, step->event_id);
    }
  }
  return newest.event_id();
}

class Driver {
 public:
  Driver(article::ArticleState state, const Options& options, const article::EventMaker& tool)
      : state_(std::move(state)), options_(options), tool_(tool) {
    stream_ = base::ToHex(state_.id());
    not_after_ = options.not_after;
    if (not_after_.empty() && state_.latest()->recorded_at_us() != 0) {
      not_after_ = base::FormatDay(state_.latest()->recorded_at_us());
    }
  }

  absl::Status Move() {
    const article::EventMaker tool =
        tool_.HasCause() ? tool_ : tool_.CausedBy(CauseOf(state_, /*new_inputs=*/false));
    VB_ASSIGN_OR_RETURN(std::vector<log::NewEvent> events,
                        ReanchorAll(state_, *options_.registry, tool));
    for (log::NewEvent& event : events) {
      VB_ASSIGN_OR_RETURN(const article::Applied applied, Take(std::move(event)));
      if (!applied.change) continue;
      const bool orphaned = applied.change->after->status == v1::ANNOTATION_STATUS_ORPHANED;
      ++(orphaned ? done_.orphaned : done_.moved);
    }
    return absl::OkStatus();
  }

  absl::Status RunIfDue(const Annotator& annotator) {
    const v1::AnnotateRequest request = MakeRequest(state_, annotator, not_after_);
    const std::string inputs = InputsDigest(request);
    const Due due = IsDue(state_, annotator, request, inputs);
    if (!due.due && !options_.force) return absl::OkStatus();
    article::EventMaker maker = tool_.As(ActorOf(annotator));
    if (!maker.HasCause()) maker = maker.CausedBy(CauseOf(state_, due.new_inputs));

    RunReport report;
    report.annotator = &annotator;
    Run& run = report.completed;
    run.set_article(state_.id());
    run.set_revision(request.revision());
    run.set_plugin(annotator.plugin);
    run.set_annotator(annotator.name());
    run.set_version(annotator.version);
    run.set_code_sha256(annotator.code_sha256);
    run.set_config_sha256(annotator.config_sha256);
    run.set_inputs_digest(inputs);
    run.set_attempt(due.attempt);
    VB_RETURN_IF_ERROR(RunOne(annotator, request, maker, &report));
    VB_ASSIGN_OR_RETURN(log::NewEvent event, maker.Make(stream_, run));
    done_.runs.push_back(std::move(report));
    return Take(std::move(event)).status();
  }

  Annotated Done() && { return std::move(done_); }

 private:
  absl::Status RunOne(const Annotator& annotator, const v1::AnnotateRequest& request,
                      const article::EventMaker& maker, RunReport* report) {
    Run& run = report->completed;
    const Language language = ReadsLanguage(annotator.manifest, request.metadata().language());
    if (language == Language::kOther) {
      run.set_outcome(Run::OUTCOME_SKIPPED_LANGUAGE);
      return absl::OkStatus();
    }
    run.set_language_unknown(language == Language::kUnknown);
    plugin::AnnotateOutcome said = annotator.runner->Annotate(request);
    report->log = std::move(said.log);
    run.set_outcome(said.outcome);
    run.set_message(said.message);
    if (said.outcome != Run::OUTCOME_COMPLETED) return absl::OkStatus();
    const auto values = ValuesOf(state_, annotator, said.proposals, *options_.registry);
    if (!values.ok()) {
      run.set_outcome(Run::OUTCOME_INVALID_OUTPUT);
      run.set_message(std::string(values.status().message()));
      return absl::OkStatus();
    }
    return Settle(annotator, *values, maker, &run);
  }

  absl::Status Settle(const Annotator& annotator, const std::vector<article::ValuePtr>& values,
                      const article::EventMaker& maker, Run* run) {
    VB_ASSIGN_OR_RETURN(Reconciled reconciled,
                        Reconcile(state_, annotator, values, *options_.registry, maker));
    for (log::NewEvent& event : reconciled.events) {
      VB_RETURN_IF_ERROR(Take(std::move(event)).status());
    }
    run->set_added(reconciled.added);
    run->set_revised(reconciled.revised);
    run->set_retracted(reconciled.retracted);
    run->set_kept(reconciled.kept);
    run->set_disputed(reconciled.disputed);
    run->set_suppressed(reconciled.suppressed);
    return absl::OkStatus();
  }

  // What comes later in the unit sees it already.
  absl::StatusOr<article::Applied> Take(log::NewEvent event) {
    VB_ASSIGN_OR_RETURN(article::Applied applied, state_.ApplyPending(event));
    done_.events.push_back(std::move(event));
    return applied;
  }

  article::ArticleState state_;
  const Options& options_;
  const article::EventMaker& tool_;
  std::string stream_;
  std::string not_after_;
  Annotated done_;
};

// The date of the first proposal that states one.
std::optional<v1::DatedValue> StatedIn(const std::vector<v1::Proposal>& proposals) {
  for (const v1::Proposal& proposal : proposals) {
    v1::DocumentDate date;
    if (proposal.body().type() != date.GetDescriptor()->full_name() ||
        !date.ParseFromString(proposal.body().value()) || !date.stated() || date.best().empty()) {
      continue;
    }
    // What a plugin says is checked like what a person types.
    const absl::StatusOr<std::string> published = base::ParsePublished(date.best());
    if (!published.ok()) continue;
    v1::DatedValue stated;
    stated.set_value(*published);
    stated.set_basis(v1::DatedValue::BASIS_STATED);
    std::string words;
    for (const v1::TextSpan& span : proposal.spans()) {
      words += (words.empty() ? "" : " ... ") + span.exact();
    }
    stated.set_source(words.empty() ? date.why() : words);
    return stated;
  }
  return std::nullopt;
}

}  // namespace

absl::StatusOr<Annotated> AnnotateRevision(article::ArticleState state,
                                           const std::vector<Annotator>& annotators,
                                           const Options& options,
                                           const article::EventMaker& tool) {
  if (state.erased() || state.empty()) return Annotated{};
  VB_ASSIGN_OR_RETURN(const std::vector<const Annotator*> order, InOrder(annotators));
  Driver driver(std::move(state), options, tool);
  VB_RETURN_IF_ERROR(driver.Move());
  for (const Annotator* annotator : order) {
    if (!options.only_plugin.empty() && annotator->plugin != options.only_plugin) continue;
    VB_RETURN_IF_ERROR(driver.RunIfDue(*annotator));
  }
  return std::move(driver).Done();
}

absl::StatusOr<std::vector<const Annotator*>> DueNow(const article::ArticleState& state,
                                                     const std::vector<Annotator>& annotators) {
  if (state.erased() || state.empty()) return std::vector<const Annotator*>();
  VB_ASSIGN_OR_RETURN(std::vector<const Annotator*> order, InOrder(annotators));
  std::erase_if(order, [&](const Annotator* annotator) {
    const v1::AnnotateRequest request = MakeRequest(state, *annotator, "");
    return !IsDue(state, *annotator, request, InputsDigest(request)).due;
  });
  return order;
}

std::optional<v1::DatedValue> StatedPublicationDate(std::string_view article,
                                                    const v1::ArticleContent& content,
                                                    const std::vector<Annotator>& annotators,
                                                    std::string_view not_after) {
  const std::string& type = v1::DocumentDate::descriptor()->full_name();
  v1::AnnotateRequest request;
  request.set_article(std::string(article));
  request.set_text(content.text());
  request.set_text_sha256(content.text_sha256());
  *request.mutable_metadata() = content.metadata();
  request.set_not_after(std::string(not_after));
  for (const Annotator& annotator : annotators) {
    if (!annotator.Produces(type)) continue;
    if (ReadsLanguage(annotator.manifest, content.metadata().language()) == Language::kOther) {
      continue;
    }
    const plugin::AnnotateOutcome said = annotator.runner->Annotate(request);
    if (said.outcome != Run::OUTCOME_COMPLETED) continue;
    if (const auto stated = StatedIn(said.proposals)) return stated;
  }
  return std::nullopt;
}

}  // namespace verbatim::annotate
