// SPDX-License-Identifier: Apache-2.0
// Calls a plugin's functions over the C boundary, on whichever side of a process border that
// happens: in the worker, or, for --in-process, in the tool itself.
#ifndef VERBATIM_CORE_PLUGIN_INSTANCE_H_
#define VERBATIM_CORE_PLUGIN_INSTANCE_H_

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/status.h"
#include "core/plugin/frames.h"
#include "core/plugin/quota.h"
#include "verbatim/plugin_abi.h"

namespace verbatim::plugin {

// What an instance asks of its host. Every function is set.
struct HostHooks {
  std::function<void(vb_severity severity, std::string_view text)> log;
  std::function<bool()> cancelled;
};

// The vb_host over some hooks. Outlives the instances that are created with it.
class HostAdapter {
 public:
  explicit HostAdapter(HostHooks hooks);
  HostAdapter(const HostAdapter&) = delete;
  HostAdapter& operator=(const HostAdapter&) = delete;
  const vb_host* abi() const { return &abi_; }

 private:
  HostHooks hooks_;
  vb_host abi_;
};

// Text that a plugin hands over: bounded, and UTF-8 whatever came.
std::string CleanMessage(std::string_view text);

// A vb_sink that keeps up to kPluginMessageBytesMax bytes: the error of a call.
class MessageSink {
 public:
  MessageSink();
  MessageSink(const MessageSink&) = delete;
  MessageSink& operator=(const MessageSink&) = delete;
  vb_sink* abi() { return &abi_; }
  std::string Take() { return CleanMessage(text_); }

 private:
  std::string text_;
  vb_sink abi_;
};

// One live instance of an annotator. One thread at a time.
class AnnotatorInstance {
 public:
  struct Answer {
    AnnotateEnd end;
    std::string message;
  };

  // `host` outlives the instance. kFailedPrecondition with the plugin's own words when it can't be
  // made.
  static absl::StatusOr<std::unique_ptr<AnnotatorInstance>> Create(const vb_annotator* functions,
                                                                   const vb_host* host,
                                                                   std::string_view config);
  ~AnnotatorInstance();
  AnnotatorInstance(const AnnotatorInstance&) = delete;
  AnnotatorInstance& operator=(const AnnotatorInstance&) = delete;

  // Gives each proposal (verbatim.v1.Proposal, unchecked) to `take` as it comes, at most
  // quota.proposals of them and kProposalBytesMax bytes. After kFailed, make a new instance.
  Answer Annotate(std::string_view request, const Quota& quota,
                  const std::function<void(std::string_view)>& take);

 private:
  AnnotatorInstance(const vb_annotator* functions, void* self)
      : functions_(functions), self_(self) {}

  const vb_annotator* functions_;
  void* self_;
};

}  // namespace verbatim::plugin

#endif  // VERBATIM_CORE_PLUGIN_INSTANCE_H_
