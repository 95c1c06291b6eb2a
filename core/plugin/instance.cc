// SPDX-License-Identifier: Apache-2.0
#include "core/plugin/instance.h"

#include <exception>
#include <utility>

#include "core/base/limits.h"
#include "core/schema/control.h"
#include "fmt/format.h"
#include "verbatim/text/utf8.h"

namespace verbatim::plugin {
namespace {

std::string_view View(vb_bytes bytes) {
  if (bytes.size == 0 || bytes.data == nullptr) return {};
  return {static_cast<const char*>(bytes.data), bytes.size};
}

vb_bytes Bytes(std::string_view view) { return {view.data(), view.size()}; }

// Counts what one call proposes and stops it at the quota.
struct Proposals {
  const Quota* quota;
  const std::function<void(std::string_view)>* take;
  size_t count = 0;
  size_t bytes = 0;
  bool too_much = false;
  bool failed = false;  // the host's own trouble: out of memory

  static int32_t Put(void* self_ptr, vb_bytes proposal) {
    auto* self = static_cast<Proposals*>(self_ptr);
    if (self->too_much || self->failed) return 1;
    self->count += 1;
    self->bytes += proposal.size;
    self->too_much =
        self->count > self->quota->proposals || self->bytes > limits::kProposalBytesMax;
    if (self->too_much) return 1;
    try {
      (*self->take)(View(proposal));
    } catch (const std::exception&) {
      self->failed = true;  // nothing is thrown over the boundary, in either direction
    }
    return self->failed ? 1 : 0;
  }
};

}  // namespace

std::string CleanMessage(std::string_view text) {
  std::string clean;
  for (size_t at = 0; at < text.size() && clean.size() < limits::kPluginMessageBytesMax;) {
    const text::Decoded decoded = text::DecodeAt(text, at);
    // A line is a line, whatever the plugin wrote.
    const bool steers = schema::SteersTerminal(decoded.code_point);
    text::AppendUtf8(steers ? U' ' : decoded.code_point, &clean);
    at += decoded.size;
  }
  return clean;
}

HostAdapter::HostAdapter(HostHooks hooks) : hooks_(std::move(hooks)) {
  abi_ = {sizeof(vb_host),
          0,
          this,
          [](void* self, vb_severity severity, vb_bytes text) {
            try {
              static_cast<HostAdapter*>(self)->hooks_.log(severity, View(text));
            } catch (const std::exception&) {
              // A line that can't be kept is dropped: nothing is thrown into a plugin.
            }
          },
          [](void*, uint64_t, uint64_t) {},
          [](void* self) -> int32_t {
            return static_cast<HostAdapter*>(self)->hooks_.cancelled() ? 1 : 0;
          }};
}

MessageSink::MessageSink()
    : abi_{this, [](void* self, vb_bytes bytes) -> int32_t {
             std::string& text = static_cast<MessageSink*>(self)->text_;
             const size_t room = limits::kPluginMessageBytesMax - text.size();
             text.append(View(bytes).substr(0, room));
             return bytes.size > room ? 1 : 0;
           }} {}

absl::StatusOr<std::unique_ptr<AnnotatorInstance>> AnnotatorInstance::Create(
    const vb_annotator* functions, const vb_host* host, std::string_view config) {
  MessageSink error;
  void* self = functions->create(host, Bytes(config), error.abi());
  if (self == nullptr) {
    std::string why = error.Take();
    return absl::FailedPreconditionError(why.empty() ? "it gave no reason" : why);
  }
  return std::unique_ptr<AnnotatorInstance>(new AnnotatorInstance(functions, self));
}

AnnotatorInstance::~AnnotatorInstance() { functions_->destroy(self_); }

AnnotatorInstance::Answer AnnotatorInstance::Annotate(
    std::string_view request, const Quota& quota,
    const std::function<void(std::string_view)>& take) {
  Proposals proposals{&quota, &take};
  vb_sink sink{&proposals, &Proposals::Put};
  MessageSink error;
  const vb_status status = functions_->annotate(self_, Bytes(request), &sink, error.abi());
  if (proposals.too_much) {
    return {AnnotateEnd::kTooMuch,
            fmt::format("made more than {} proposals, or {} MiB of them: raise proposals_max in "
                        "its manifest if it needs more",
                        quota.proposals, limits::kProposalBytesMax / limits::kMiB)};
  }
  if (proposals.failed) return {AnnotateEnd::kFailed, "its proposals could not be taken"};
  switch (status) {
    case VB_OK:
      return {AnnotateEnd::kCompleted, ""};
    case VB_BAD_INPUT:
      return {AnnotateEnd::kBadInput, error.Take()};
    case VB_CANCELLED:
      return {AnnotateEnd::kCancelled, "stopped when its time was up"};
    default:
      return {AnnotateEnd::kFailed, error.Take()};
  }
}

}  // namespace verbatim::plugin
