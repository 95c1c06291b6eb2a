// SPDX-License-Identifier: Apache-2.0
// The annotators of an archive, ready to run: one set a thread, because a worker answers one
// question at a time.
#ifndef VERBATIM_CORE_ARCHIVE_ANNOTATORS_H_
#define VERBATIM_CORE_ARCHIVE_ANNOTATORS_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/annotate/annotate.h"
#include "core/annotate/annotator.h"
#include "core/base/status.h"
#include "core/plugin/plugin_file.h"
#include "core/schema/registry.h"

namespace verbatim::archive {

class Archive;

// A checked plugin file and the configuration that it runs with.
struct ConfiguredPlugin {
  plugin::PluginFile file;
  std::string config;
  std::string config_sha256;  // 32 bytes
};

// The pinned plugins of an archive that offer annotators, are enabled and not parked.
absl::StatusOr<std::vector<ConfiguredPlugin>> RunningAnnotatorPlugins(const Archive& archive);

class AnnotatorSet {
 public:
  // Nothing is started before an annotator is first asked. `registry` learns the plugins' types and
  // outlives the set.
  static absl::StatusOr<AnnotatorSet> Make(const std::vector<ConfiguredPlugin>& plugins,
                                           schema::Registry& registry, bool in_process);

  const std::vector<annotate::Annotator>& annotators() const { return annotators_; }
  // The only annotator of that plugin, or the one of that name; nullptr when there is none.
  const annotate::Annotator* Find(std::string_view plugin_or_annotator) const;

 private:
  std::vector<std::unique_ptr<plugin::AnnotatorRunner>> runners_;
  std::vector<annotate::Annotator> annotators_;
};

// Sets of annotators for as many threads as are wanted, made when they are first needed.
class AnnotatorPool {
 public:
  static absl::StatusOr<std::unique_ptr<AnnotatorPool>> Make(Archive& archive, unsigned jobs);

  // Calls work(i, annotators) for every i below `count`, several at once, and waits for the last.
  void ForEach(size_t count,
               const std::function<void(size_t, const std::vector<annotate::Annotator>&)>& work);

 private:
  std::vector<AnnotatorSet> sets_;
};

// Parks a plugin when the runs of one of its annotators crash or hang one after the other, whatever
// the article.
class CrashWatch {
 public:
  // Takes the runs of one article. True: a plugin was parked just now, and the pool must be made
  // anew.
  absl::StatusOr<bool> Take(Archive& archive, const std::vector<annotate::RunReport>& runs);

 private:
  std::map<std::pair<std::string, std::string>, uint32_t> in_a_row_;  // by plugin, annotator
};

}  // namespace verbatim::archive

#endif  // VERBATIM_CORE_ARCHIVE_ANNOTATORS_H_
