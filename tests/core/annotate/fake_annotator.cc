// SPDX-License-Identifier: Apache-2.0
#include "tests/core/annotate/fake_annotator.h"

#include <algorithm>
#include <utility>

#include "core/base/check.h"
#include "core/base/sha256.h"
#include "verbatim/text/utf8.h"

namespace verbatim::annotate {

std::vector<v1::Proposal> Propose(const std::string& text, const std::vector<Finding>& findings) {
  const text::CharMap map(text);
  std::vector<v1::Proposal> proposals;
  for (const Finding& finding : findings) {
    size_t begin = std::string::npos;
    for (int n = 0; n < finding.occurrence; ++n) {
      begin = text.find(finding.words, begin + 1);
      if (begin == std::string::npos) break;
    }
    if (begin == std::string::npos) continue;
    const text::Span span = text::MakeSpan(text, map, static_cast<uint32_t>(begin),
                                           static_cast<uint32_t>(begin + finding.words.size()));
    v1::Proposal proposal;
    proposal.set_key(finding.key);
    v1::TextSpan* out = proposal.add_spans();
    out->set_begin_byte(span.begin_byte);
    out->set_end_byte(span.end_byte);
    out->set_begin_char(span.begin_char);
    out->set_end_char(span.end_char);
    out->set_exact(span.exact);
    *proposal.mutable_body() = article::DateBody(finding.value, finding.rule);
    proposal.set_confidence(0.75F);
    proposals.push_back(std::move(proposal));
  }
  return proposals;
}

plugin::AnnotateOutcome FakeAnnotator::Runner::Annotate(const v1::AnnotateRequest& request) {
  ++calls;
  last = request;
  return body(request);
}

FakeAnnotator::FakeAnnotator(std::string name, std::string version, Body body)
    : name_(std::move(name)), version_(std::move(version)), runner_(std::make_unique<Runner>()) {
  manifest_.set_name(name_);
  manifest_.add_produces("verbatim.v1.TemporalExpression");
  manifest_.add_provenance_fields("verbatim.v1.TemporalExpression.rule");
  runner_->body = std::move(body);
}

FakeAnnotator::FakeAnnotator(std::string name, std::string version, std::vector<Finding> findings)
    : FakeAnnotator(std::move(name), std::move(version),
                    [findings = std::move(findings)](const v1::AnnotateRequest& request) {
                      plugin::AnnotateOutcome said;
                      said.outcome = v1::RunCompleted::OUTCOME_COMPLETED;
                      said.proposals = Propose(request.text(), findings);
                      return said;
                    }) {}

Annotator FakeAnnotator::annotator() const {
  Annotator annotator;
  annotator.plugin = name_;
  annotator.version = version_;
  annotator.code_sha256 = base::ToString(base::Sha256("code of " + name_ + " " + version_));
  annotator.config_sha256 = base::ToString(base::Sha256(""));
  annotator.manifest = manifest_;
  annotator.runner = runner_.get();
  return annotator;
}

Annotated RunAll(article::Story* story, const std::vector<Annotator>& annotators, Options options) {
  options.registry = &Types();
  absl::StatusOr<Annotated> done =
      AnnotateRevision(story->state(), annotators, options, story->tool());
  const std::string why = done.ok() ? "" : std::string(done.status().message());
  VB_CHECK(done.ok(), why.c_str());
  story->TellAll(done->events);
  return *std::move(done);
}

size_t AnnotationEvents(const Annotated& done) {
  return static_cast<size_t>(
      std::count_if(done.events.begin(), done.events.end(), [](const log::NewEvent& event) {
        return event.type != "verbatim.v1.RunCompleted" &&
               event.type != "verbatim.v1.AnnotationReanchored";
      }));
}

const schema::Registry& Types() {
  static const auto* const kTypes = new schema::Registry();
  return *kTypes;
}

}  // namespace verbatim::annotate
