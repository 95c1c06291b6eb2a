// SPDX-License-Identifier: Apache-2.0
#include "core/plugin/annotator_runner.h"

#include <algorithm>
#include <utility>

#include "core/plugin/instance.h"
#include "core/plugin/loader.h"
#include "core/plugin/proposals.h"
#include "core/plugin/quota.h"
#include "core/plugin/worker.h"
#include "fmt/format.h"
#include "verbatim/keys.h"

namespace verbatim::plugin {
namespace {

using Outcome = v1::RunCompleted::Outcome;

Outcome OutcomeOf(AnnotateEnd end) {
  switch (end) {
    case AnnotateEnd::kCompleted:
      return v1::RunCompleted::OUTCOME_COMPLETED;
    case AnnotateEnd::kBadInput:
      return v1::RunCompleted::OUTCOME_BAD_INPUT;
    case AnnotateEnd::kCancelled:
      return v1::RunCompleted::OUTCOME_TIMED_OUT;
    case AnnotateEnd::kTooMuch:
    case AnnotateEnd::kOutOfMemory:
      return v1::RunCompleted::OUTCOME_LIMIT_EXCEEDED;
    case AnnotateEnd::kFailed:
      break;
  }
  return v1::RunCompleted::OUTCOME_FAILED;
}

// Gathers what one call says, checking each proposal as it comes.
class Gathering {
 public:
  Gathering(const ProposalChecker& checker, const v1::AnnotateRequest& request)
      : checker_(checker), text_(request.text()), map_(request.text()) {}

  void Log(vb_severity severity, std::string_view text) {
    if (said_.log.size() < limits::kPluginLogLinesMax) {
      said_.log.push_back({severity, CleanMessage(text)});
    }
  }

  void Propose(std::string_view bytes) {
    if (!lie_.empty()) return;
    v1::Proposal proposal;
    if (!proposal.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
      lie_ = "what it proposed is no verbatim.v1.Proposal";
    } else if (const absl::Status status = checker_.Check(proposal, text_, map_); !status.ok()) {
      lie_ = fmt::format("proposal {}: {}", said_.proposals.size() + 1,
                         CleanMessage(std::string(status.message())));
    } else {
      said_.proposals.push_back(std::move(proposal));
    }
  }

  AnnotateOutcome Finish(Outcome outcome, std::string message) {
    if (outcome == v1::RunCompleted::OUTCOME_COMPLETED && !lie_.empty()) {
      outcome = v1::RunCompleted::OUTCOME_INVALID_OUTPUT;
      message = lie_;
    }
    said_.outcome = outcome;
    said_.message = std::move(message);
    if (outcome != v1::RunCompleted::OUTCOME_COMPLETED) said_.proposals.clear();
    return std::move(said_);
  }

 private:
  const ProposalChecker& checker_;
  std::string_view text_;
  text::CharMap map_;
  AnnotateOutcome said_;
  std::string lie_;  // the first, and nothing is looked at after it
};

// Speaks to a worker process.
class AnnotatorProcess : public AnnotatorRunner {
 public:
  AnnotatorProcess(PluginFile file, const v1::AnnotatorManifest& annotator,
                   const AnnotatorOptions& options)
      : file_(std::move(file)),
        name_(annotator.name()),
        quota_(Quota::Of(annotator.limits())),
        config_(options.config),
        watched_(options.watched),
        checker_(annotator, options.types) {}

  AnnotateOutcome Annotate(const v1::AnnotateRequest& request) override {
    Gathering gathering(checker_, request);
    if (worker_ == nullptr || !worker_->alive()) {
      worker_.reset();
      if (AnnotateOutcome refused = Start(gathering);
          refused.outcome != v1::RunCompleted::OUTCOME_UNSPECIFIED) {
        worker_.reset();
        return refused;
      }
    }
    worker_->Send(FrameKind::kRequest, request.SerializeAsString());
    AnnotateEnd how = AnnotateEnd::kFailed;
    std::string message;
    size_t proposals = 0;
    size_t bytes = 0;
    const Worker::End end = worker_->Converse(quota_.Wall(), [&](const Frame& frame) {
      switch (frame.kind) {
        case FrameKind::kProposal:
          // The worker counts too, but the plugin lives in the worker.
          bytes += frame.payload.size();
          if (++proposals > quota_.proposals || bytes > limits::kProposalBytesMax) {
            return Worker::Next::kInvalid;
          }
          gathering.Propose(frame.payload);
          return Worker::Next::kMore;
        case FrameKind::kDone:
          if (frame.payload.empty()) return Worker::Next::kInvalid;
          how = static_cast<AnnotateEnd>(frame.payload[0]);
          message = CleanMessage(frame.payload.substr(1));
          return Worker::Next::kEnough;
        default:
          return TakeLog(frame, gathering);
      }
    });
    if (!end.answered) return gathering.Finish(end.outcome, end.message);
    if (how != AnnotateEnd::kCompleted && how != AnnotateEnd::kBadInput) worker_.reset();
    return gathering.Finish(OutcomeOf(how), std::move(message));
  }

 private:
  static Worker::Next TakeLog(const Frame& frame, Gathering& gathering) {
    if (frame.kind != FrameKind::kLog || frame.payload.empty()) return Worker::Next::kInvalid;
    gathering.Log(frame.payload[0], std::string_view(frame.payload).substr(1));
    return Worker::Next::kMore;
  }

  // Leaves the outcome unset when a worker stands ready.
  AnnotateOutcome Start(Gathering& gathering) {
    absl::StatusOr<base::Fd> code = SealedCopy(file_);
    if (!code.ok()) return Refused(gathering, code.status());
    absl::StatusOr<std::unique_ptr<Worker>> started =
        Worker::Start({"annotator", name_, std::to_string(quota_.cpu_ms),
                       std::to_string(quota_.memory_mib), std::to_string(quota_.proposals)},
                      {code->get()}, watched_);
    if (!started.ok()) return Refused(gathering, started.status());
    worker_ = *std::move(started);
    worker_->Send(FrameKind::kConfig, config_);
    std::string refusal;
    const Worker::End end = worker_->Converse(quota_.Wall(), [&](const Frame& frame) {
      if (frame.kind == FrameKind::kReady) return Worker::Next::kEnough;
      if (frame.kind != FrameKind::kRefused) return TakeLog(frame, gathering);
      if (frame.payload.empty()) return Worker::Next::kInvalid;
      refusal = CleanMessage(std::string_view(frame.payload).substr(1));
      return Worker::Next::kEnough;
    });
    if (!end.answered) return gathering.Finish(end.outcome, "while starting: " + end.message);
    if (!refusal.empty()) {
      return gathering.Finish(v1::RunCompleted::OUTCOME_FAILED, "could not be made: " + refusal);
    }
    return {};
  }

  static AnnotateOutcome Refused(Gathering& gathering, const absl::Status& status) {
    return gathering.Finish(v1::RunCompleted::OUTCOME_FAILED, std::string(status.message()));
  }

  PluginFile file_;
  std::string name_;
  Quota quota_;
  std::string config_;
  bool watched_;
  ProposalChecker checker_;
  std::unique_ptr<Worker> worker_;
};

// Calls the plugin in this process, for a debugger.
class InProcessAnnotator : public AnnotatorRunner {
 public:
  InProcessAnnotator(const vb_annotator* functions, const v1::AnnotatorManifest& annotator,
                     const AnnotatorOptions& options)
      : functions_(functions),
        quota_(Quota::Of(annotator.limits())),
        config_(options.config),
        checker_(annotator, options.types),
        host_({[this](vb_severity severity, std::string_view text) {
                 if (gathering_ != nullptr) gathering_->Log(severity, text);
               },
               [] { return false; }}) {}

  AnnotateOutcome Annotate(const v1::AnnotateRequest& request) override {
    Gathering gathering(checker_, request);
    gathering_ = &gathering;
    AnnotateOutcome outcome = AnnotateWith(gathering, request);
    gathering_ = nullptr;
    return outcome;
  }

 private:
  AnnotateOutcome AnnotateWith(Gathering& gathering, const v1::AnnotateRequest& request) {
    if (instance_ == nullptr) {
      auto made = AnnotatorInstance::Create(functions_, host_.abi(), config_);
      if (!made.ok()) {
        return gathering.Finish(v1::RunCompleted::OUTCOME_FAILED,
                                "could not be made: " + std::string(made.status().message()));
      }
      instance_ = *std::move(made);
    }
    AnnotatorInstance::Answer answer =
        instance_->Annotate(request.SerializeAsString(), quota_,
                            [&](std::string_view proposal) { gathering.Propose(proposal); });
    if (answer.end != AnnotateEnd::kCompleted && answer.end != AnnotateEnd::kBadInput) {
      instance_.reset();
    }
    return gathering.Finish(OutcomeOf(answer.end), std::move(answer.message));
  }

  const vb_annotator* functions_;
  Quota quota_;
  std::string config_;
  ProposalChecker checker_;
  Gathering* gathering_ = nullptr;  // of the call under way
  HostAdapter host_;
  std::unique_ptr<AnnotatorInstance> instance_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<AnnotatorRunner>> StartAnnotator(const PluginFile& file,
                                                                const std::string& annotator,
                                                                const AnnotatorOptions& options) {
  const auto& all = file.manifest.annotators();
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const auto& one) { return one.name() == annotator; });
  if (found == all.end()) {
    return absl::NotFoundError(
        fmt::format("plugin {} has no annotator {}", file.manifest.name(), annotator));
  }
  if (!options.in_process) {
    return std::make_unique<AnnotatorProcess>(file, *found, options);
  }
  VB_ASSIGN_OR_RETURN(const LoadedPlugin loaded, LoadFromPath(file));
  VB_ASSIGN_OR_RETURN(const vb_annotator* functions, loaded.Annotator(annotator));
  return std::make_unique<InProcessAnnotator>(functions, *found, options);
}

}  // namespace verbatim::plugin
