// SPDX-License-Identifier: Apache-2.0
// Is what an annotator proposes true of the text that it was given? Nothing that fails here becomes
// an event.
#ifndef VERBATIM_CORE_PLUGIN_PROPOSALS_H_
#define VERBATIM_CORE_PLUGIN_PROPOSALS_H_

#include <string_view>
#include <vector>

#include "core/base/status.h"
#include "core/schema/registry.h"
#include "verbatim/text/utf8.h"
#include "verbatim/v1/plugin.pb.h"

namespace verbatim::plugin {

// Checks the proposals of one annotator. The types outlive it; without any, bodies aren't parsed.
class ProposalChecker {
 public:
  ProposalChecker(const v1::AnnotatorManifest& annotator, const schema::TypeSet* types)
      : annotator_(annotator), types_(types) {}

  // kInvalidArgument, saying what is wrong with it: spans empty, out of order, overlapping, beyond
  // the text, inside a character, of another text than `exact`, or with characters that don't agree
  // with the bytes; a body type that the manifest doesn't promise, or bytes that are none; a
  // confidence outside 0 to 1.
  absl::Status Check(const v1::Proposal& proposal, std::string_view text,
                     const text::CharMap& map) const;

 private:
  v1::AnnotatorManifest annotator_;
  const schema::TypeSet* types_;
};

}  // namespace verbatim::plugin

#endif  // VERBATIM_CORE_PLUGIN_PROPOSALS_H_
