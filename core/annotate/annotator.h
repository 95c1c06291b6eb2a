// SPDX-License-Identifier: Apache-2.0
// One annotator as an archive has it pinned: which build, with what configuration, and what runs
// it.
#ifndef VERBATIM_CORE_ANNOTATE_ANNOTATOR_H_
#define VERBATIM_CORE_ANNOTATE_ANNOTATOR_H_

#include <string>
#include <vector>

#include "core/base/status.h"
#include "core/plugin/annotator_runner.h"
#include "verbatim/v1/event.pb.h"
#include "verbatim/v1/plugin.pb.h"

namespace verbatim::annotate {

struct Annotator {
  std::string plugin;  // name
  std::string version;
  std::string code_sha256;    // 32 bytes
  std::string config_sha256;  // 32 bytes
  v1::AnnotatorManifest manifest;
  plugin::AnnotatorRunner* runner = nullptr;  // borrowed; outlives every call that it is given to

  const std::string& name() const { return manifest.name(); }
  bool Produces(std::string_view type) const;
};

v1::Actor ActorOf(const Annotator& annotator);

// Producers before those who consume; else by plugin and name, so that the order is the same
// everywhere. Types that nobody produces are no matter. kInvalidArgument names the annotators that
// wait for each other in a circle, or two of one plugin that produce one type (what each of them
// had said could not be told apart).
absl::StatusOr<std::vector<const Annotator*>> InOrder(const std::vector<Annotator>& annotators);

// What of `annotators` has to run for `wanted` to have its inputs: it and the producers of what it
// consumes, and so on, in order.
absl::StatusOr<std::vector<const Annotator*>> WithProducers(
    const std::vector<Annotator>& annotators, const Annotator& wanted);

}  // namespace verbatim::annotate

#endif  // VERBATIM_CORE_ANNOTATE_ANNOTATOR_H_
