// SPDX-License-Identifier: Apache-2.0
#include "core/archive/annotators.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/archive/archive.h"
#include "core/archive/plugins.h"
#include "core/base/limits.h"
#include "core/base/parallel.h"
#include "core/plugin/annotator_runner.h"

namespace verbatim::archive {

absl::StatusOr<std::vector<ConfiguredPlugin>> RunningAnnotatorPlugins(const Archive& archive) {
  std::vector<ConfiguredPlugin> running;
  for (const auto& [name, installed] : archive.catalog().plugins()) {
    if (!installed.runs() || installed.pin.manifest().annotators().empty()) continue;
    VB_ASSIGN_OR_RETURN(plugin::PluginFile file, OpenPinned(archive, installed));
    running.push_back({std::move(file), installed.config, installed.config_sha256});
  }
  return running;
}

absl::StatusOr<AnnotatorSet> AnnotatorSet::Make(const std::vector<ConfiguredPlugin>& plugins,
                                                schema::Registry& registry, bool in_process) {
  AnnotatorSet set;
  for (const ConfiguredPlugin& configured : plugins) {
    VB_ASSIGN_OR_RETURN(const schema::TypeSet* types, registry.Add(configured.file.descriptors));
    for (const v1::AnnotatorManifest& manifest : configured.file.manifest.annotators()) {
      const plugin::AnnotatorOptions options{
          .config = configured.config, .types = types, .in_process = in_process};
      VB_ASSIGN_OR_RETURN(auto runner,
                          plugin::StartAnnotator(configured.file, manifest.name(), options));
      set.annotators_.push_back({.plugin = configured.file.manifest.name(),
                                 .version = configured.file.manifest.version(),
                                 .code_sha256 = configured.file.sha256,
                                 .config_sha256 = configured.config_sha256,
                                 .manifest = manifest,
                                 .runner = runner.get()});
      set.runners_.push_back(std::move(runner));
    }
  }
  return set;
}

const annotate::Annotator* AnnotatorSet::Find(std::string_view plugin_or_annotator) const {
  for (const annotate::Annotator& annotator : annotators_) {
    if (annotator.plugin == plugin_or_annotator || annotator.name() == plugin_or_annotator)
      return &annotator;
  }
  return nullptr;
}

absl::StatusOr<std::unique_ptr<AnnotatorPool>> AnnotatorPool::Make(Archive& archive,
                                                                   unsigned jobs) {
  VB_ASSIGN_OR_RETURN(const std::vector<ConfiguredPlugin> plugins,
                      RunningAnnotatorPlugins(archive));
  auto pool = std::make_unique<AnnotatorPool>();
  const size_t threads = jobs != 0 ? jobs : base::Processors();
  for (size_t i = 0; i < threads; ++i) {
    VB_ASSIGN_OR_RETURN(AnnotatorSet set, AnnotatorSet::Make(plugins, archive.registry(),
                                                             archive.options().in_process));
    pool->sets_.push_back(std::move(set));
  }
  return pool;
}

void AnnotatorPool::ForEach(
    size_t count,
    const std::function<void(size_t, const std::vector<annotate::Annotator>&)>& work) {
  base::InParallel(sets_.size(), count,
                   [&](size_t i, size_t thread) { work(i, sets_[thread].annotators()); });
}

absl::StatusOr<bool> CrashWatch::Take(Archive& archive,
                                      const std::vector<annotate::RunReport>& runs) {
  bool parked = false;
  for (const annotate::RunReport& run : runs) {
    uint32_t& in_a_row = in_a_row_[{run.completed.plugin(), run.completed.annotator()}];
    switch (run.completed.outcome()) {
      case v1::RunCompleted::OUTCOME_CRASHED:
      case v1::RunCompleted::OUTCOME_TIMED_OUT:
      case v1::RunCompleted::OUTCOME_FORBIDDEN_CALL:
        ++in_a_row;
        break;
      default:
        in_a_row = 0;
    }
    if (in_a_row < limits::kCrashesBeforeParking) continue;
    in_a_row = 0;
    VB_RETURN_IF_ERROR(
        ChangeState(archive, run.completed.plugin(), v1::PluginStateChanged::STATE_PARKED,
                    absl::StrCat(limits::kCrashesBeforeParking,
                                 " runs in a row ended so: ", run.completed.message()),
                    archive.Events()));
    parked = true;
  }
  return parked;
}

}  // namespace verbatim::archive
