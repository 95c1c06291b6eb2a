// SPDX-License-Identifier: Apache-2.0
#include "core/annotate/request.h"

#include <algorithm>
#include <cctype>

#include "core/base/limits.h"
#include "core/base/sha256.h"
#include "verbatim/keys.h"

namespace verbatim::annotate {
namespace {

using Outcome = v1::RunCompleted;

bool EqualAscii(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return std::tolower(static_cast<unsigned char>(c)); };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](char x, char y) { return lower(x) == lower(y); });
}

bool IsTriedAgain(Outcome::Outcome outcome) {
  return outcome == Outcome::OUTCOME_CRASHED || outcome == Outcome::OUTCOME_TIMED_OUT;
}

}  // namespace

v1::AnnotateRequest MakeRequest(const article::ArticleState& state, const Annotator& annotator,
                                std::string_view not_after) {
  const article::Revision& revision = *state.latest();
  v1::AnnotateRequest request;
  request.set_article(state.id());
  request.set_revision(revision.number());
  request.set_text(revision.text());
  request.set_text_sha256(revision.content().text_sha256());
  *request.mutable_metadata() = state.metadata();
  request.set_not_after(std::string(not_after));
  if (annotator.manifest.consumes().empty()) return request;
  const auto& consumed = annotator.manifest.consumes();
  for (const article::AnnotationPtr& annotation : state.Live()) {
    // One that waits to be moved to this text can't be shown with it.
    if (annotation->value->anchor.revision() != revision.number()) continue;
    if (std::find(consumed.begin(), consumed.end(), annotation->type()) == consumed.end()) continue;
    *request.add_upstream() = article::ToProto(*annotation);
  }
  return request;
}

std::string InputsDigest(const v1::AnnotateRequest& request) {
  KeyWriter inputs;
  inputs.Text(request.text_sha256()).Text(request.metadata().SerializeAsString());
  for (const v1::Annotation& annotation : request.upstream()) {
    inputs.Text(annotation.body().type()).Text(annotation.body().value());
    inputs.U32(static_cast<uint32_t>(annotation.anchor().spans_size()));
    for (const v1::TextSpan& span : annotation.anchor().spans()) {
      inputs.U32(span.begin_byte()).U32(span.end_byte());
    }
  }
  return base::ToString(base::Sha256(inputs.key()));
}

Due IsDue(const article::ArticleState& state, const Annotator& annotator,
          const v1::AnnotateRequest& request, std::string_view inputs_digest) {
  const article::Run* last = state.LastRun(annotator.plugin, annotator.name());
  if (last == nullptr) return {.due = true};
  const v1::RunCompleted& run = last->completed;
  // A later run on other inputs has changed what an earlier one on these had made: only the last
  // one stands.
  if (run.inputs_digest() != inputs_digest || run.revision() != request.revision()) {
    return {.due = true, .new_inputs = true};
  }
  if (run.version() != annotator.version || run.code_sha256() != annotator.code_sha256 ||
      run.config_sha256() != annotator.config_sha256) {
    return {.due = true};
  }
  if (!IsTriedAgain(run.outcome()) || run.attempt() >= limits::kRunAttemptsMax) return {};
  return {.due = true, .attempt = run.attempt() + 1};
}

Language ReadsLanguage(const v1::AnnotatorManifest& manifest, std::string_view language) {
  if (manifest.languages().empty()) return Language::kRead;
  if (language.empty() || EqualAscii(language, "und")) return Language::kUnknown;
  const bool named = std::any_of(
      manifest.languages().begin(), manifest.languages().end(), [&](const std::string& prefix) {
        return language.size() >= prefix.size() &&
               EqualAscii(language.substr(0, prefix.size()), prefix) &&
               (language.size() == prefix.size() || language[prefix.size()] == '-');
      });
  return named ? Language::kRead : Language::kOther;
}

}  // namespace verbatim::annotate
