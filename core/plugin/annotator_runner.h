// SPDX-License-Identifier: Apache-2.0
// Runs one annotator over one request after another. Whatever the plugin does, an outcome comes
// back: trouble is recorded, never thrown and never waited for.
//
//   VB_ASSIGN_OR_RETURN(auto runner, StartAnnotator(file, "quotes", {}));
//   AnnotateOutcome said = runner->Annotate(request);
//   if (said.outcome == v1::RunCompleted::OUTCOME_COMPLETED) Reconcile(said.proposals);
#ifndef VERBATIM_CORE_PLUGIN_ANNOTATOR_RUNNER_H_
#define VERBATIM_CORE_PLUGIN_ANNOTATOR_RUNNER_H_

#include <memory>
#include <string>
#include <vector>

#include "core/base/status.h"
#include "core/plugin/plugin_file.h"
#include "core/schema/registry.h"
#include "verbatim/plugin_abi.h"
#include "verbatim/v1/annotation.pb.h"
#include "verbatim/v1/plugin.pb.h"

namespace verbatim::plugin {

struct LogLine {
  vb_severity severity;
  std::string text;  // UTF-8, one line, at most kPluginMessageBytesMax bytes
};

struct AnnotateOutcome {
  v1::RunCompleted::Outcome outcome = v1::RunCompleted::OUTCOME_UNSPECIFIED;
  std::vector<v1::Proposal> proposals;  // checked against the text; only when OUTCOME_COMPLETED
  std::string message;                  // why it did not complete, for a person
  std::vector<LogLine> log;             // the first kPluginLogLinesMax lines that it wrote
};

class AnnotatorRunner {
 public:
  virtual ~AnnotatorRunner() = default;
  // One thread at a time. The text is valid UTF-8 and at most kDocumentBytesMax.
  virtual AnnotateOutcome Annotate(const v1::AnnotateRequest& request) = 0;
};

struct AnnotatorOptions {
  std::string config;  // the serialized configuration; empty: none
  // The plugin's own types, to parse bodies with (schema::Registry::Add of its descriptors); they
  // outlive the runner. nullptr: bodies aren't looked into.
  const schema::TypeSet* types = nullptr;
  bool watched = false;     // a clock, chance or the environment end the worker: WatchLibrary()
  bool in_process = false;  // for debugging: by path, unsealed, in this process, with no limits
};

// A runner for one annotator of a checked plugin. Its worker process starts with the first call, is
// kept for the next ones, and is started anew after it has died. kNotFound: the manifest has no
// such annotator. In process, what keeps it from loading comes back here.
absl::StatusOr<std::unique_ptr<AnnotatorRunner>> StartAnnotator(const PluginFile& file,
                                                                const std::string& annotator,
                                                                const AnnotatorOptions& options);

}  // namespace verbatim::plugin

#endif  // VERBATIM_CORE_PLUGIN_ANNOTATOR_RUNNER_H_
