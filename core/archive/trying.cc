// SPDX-License-Identifier: Apache-2.0
#include "core/archive/trying.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/annotate/proposals.h"
#include "core/annotate/reconcile.h"
#include "core/annotate/request.h"
#include "core/archive/plugins.h"
#include "core/base/hex.h"
#include "core/base/ids.h"
#include "core/ingest/draft.h"

namespace verbatim::archive {
namespace fs = std::filesystem;
namespace {

// The built-in plugins, and the one that is tried in place of the built-in one of its name.
absl::StatusOr<std::vector<ConfiguredPlugin>> Plugins(const std::string& what,
                                                      const Options& options,
                                                      const std::string& config,
                                                      std::string& wanted) {
  std::map<std::string, plugin::PluginFile> files;
  for (const std::string_view name : kBuiltinPlugins) {
    VB_ASSIGN_OR_RETURN(
        plugin::PluginFile file,
        plugin::ReadPlugin(BuiltinFolder(options) / absl::StrCat(std::string(name), ".so")));
    files.emplace(name, std::move(file));
  }
  wanted = what;
  if (absl::EndsWith(what, ".so")) {
    VB_ASSIGN_OR_RETURN(plugin::PluginFile file, plugin::ReadPlugin(what));
    wanted = file.manifest.name();
    files.insert_or_assign(wanted, std::move(file));
  }
  std::vector<ConfiguredPlugin> plugins;
  for (auto& [name, file] : files) {
    if (file.manifest.annotators().empty()) continue;
    const std::string its = name == wanted ? config : "";
    plugins.push_back({std::move(file), its, base::ToString(base::Sha256(its))});
  }
  return plugins;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Tryout>> Tryout::Make(const std::string& what,
                                                     const Options& options,
                                                     const std::string& config,
                                                     const std::string& annotator) {
  std::unique_ptr<Tryout> tryout(new Tryout(options));
  std::string wanted;
  VB_ASSIGN_OR_RETURN(const std::vector<ConfiguredPlugin> plugins,
                      Plugins(what, options, config, wanted));
  VB_ASSIGN_OR_RETURN(AnnotatorSet set,
                      AnnotatorSet::Make(plugins, tryout->registry_, options.in_process));
  tryout->set_ = std::make_unique<AnnotatorSet>(std::move(set));
  if (!annotator.empty()) wanted = annotator;
  tryout->wanted_ = tryout->set_->Find(wanted);
  if (tryout->wanted_ == nullptr) {
    std::string names;
    for (const annotate::Annotator& one : tryout->set_->annotators())
      absl::StrAppend(&names, " ", one.name());
    return absl::NotFoundError(
        absl::StrCat("there is no annotator ", wanted, "; there are", names));
  }
  VB_ASSIGN_OR_RETURN(tryout->order_,
                      annotate::WithProducers(tryout->set_->annotators(), *tryout->wanted_));
  return tryout;
}

absl::StatusOr<article::ArticleState> Tryout::StateOf(std::string_view text,
                                                      const std::string& published,
                                                      const std::string& not_after,
                                                      bool hide_date) const {
  ingest::Given given;
  given.published = published;
  given.media_type = "text/plain";
  VB_ASSIGN_OR_RETURN(ingest::Draft draft, ingest::DraftFromBytes(std::string(text), "", given));
  // Offsets are into the file's own bytes, a byte order mark counted.
  draft.content.set_text(std::string(text));
  if (published.empty()) draft.content.mutable_metadata()->clear_published();
  draft.content.set_text_sha256(base::ToString(base::Sha256(text)));
  if (published.empty() && !hide_date) {
    const auto stated = annotate::StatedPublicationDate(draft.article, draft.content,
                                                        set_->annotators(), not_after);
    if (stated) *draft.content.mutable_metadata()->mutable_published() = *stated;
  }
  v1::ArticleIngested ingested;
  ingested.set_article(draft.article);
  *ingested.mutable_content() = std::move(draft.content);
  const article::EventMaker maker(*options_.clock, *options_.random,
                                  article::ToolActor("verbatim", VERBATIM_VERSION), "");
  VB_ASSIGN_OR_RETURN(const log::NewEvent event, maker.Make(base::ToHex(draft.article), ingested));
  article::ArticleState state;
  VB_RETURN_IF_ERROR(state.ApplyPending(event).status());
  return state;
}

absl::StatusOr<plugin::AnnotateOutcome> Tryout::Run(const article::ArticleState& state,
                                                    const annotate::Annotator& annotator,
                                                    const std::string& not_after) const {
  plugin::AnnotateOutcome outcome =
      annotator.runner->Annotate(annotate::MakeRequest(state, annotator, not_after));
  if (outcome.outcome == v1::RunCompleted::OUTCOME_COMPLETED) return outcome;
  return absl::InvalidArgumentError(
      absl::StrCat("annotator ", annotator.name(), ": ", outcome.message));
}

absl::StatusOr<article::ArticleState> Tryout::StateBefore(std::string_view text,
                                                          const std::string& published,
                                                          const std::string& not_after,
                                                          bool hide_date) const {
  VB_ASSIGN_OR_RETURN(article::ArticleState state, StateOf(text, published, not_after, hide_date));
  const article::EventMaker maker(*options_.clock, *options_.random,
                                  article::ToolActor("verbatim", VERBATIM_VERSION), "");
  for (const annotate::Annotator* annotator : order_) {
    if (annotator == wanted_) break;
    VB_ASSIGN_OR_RETURN(const plugin::AnnotateOutcome outcome, Run(state, *annotator, not_after));
    VB_ASSIGN_OR_RETURN(const auto values,
                        annotate::ValuesOf(state, *annotator, outcome.proposals, registry_));
    VB_ASSIGN_OR_RETURN(const annotate::Reconciled reconciled,
                        annotate::Reconcile(state, *annotator, values, registry_,
                                            maker.As(annotate::ActorOf(*annotator))));
    for (const log::NewEvent& event : reconciled.events)
      VB_RETURN_IF_ERROR(state.ApplyPending(event).status());
  }
  return state;
}

absl::StatusOr<v1::AnnotateRequest> Tryout::RequestOf(std::string_view text,
                                                      const std::string& published) {
  VB_ASSIGN_OR_RETURN(const article::ArticleState state, StateBefore(text, published, "", false));
  return annotate::MakeRequest(state, *wanted_, "");
}

absl::StatusOr<TriedText> Tryout::Try(std::string_view text, const std::string& published,
                                      const std::string& not_after, bool hide_date) {
  VB_ASSIGN_OR_RETURN(const article::ArticleState state,
                      StateBefore(text, published, not_after, hide_date));
  VB_ASSIGN_OR_RETURN(plugin::AnnotateOutcome outcome, Run(state, *wanted_, not_after));
  VB_RETURN_IF_ERROR(annotate::ValuesOf(state, *wanted_, outcome.proposals, registry_).status());
  TriedText tried;
  tried.proposals = std::move(outcome.proposals);
  tried.log = std::move(outcome.log);
  std::stable_sort(tried.proposals.begin(), tried.proposals.end(),
                   [](const v1::Proposal& a, const v1::Proposal& b) {
                     return a.spans(0).begin_byte() < b.spans(0).begin_byte();
                   });
  return tried;
}

}  // namespace verbatim::archive
