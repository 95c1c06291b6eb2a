// SPDX-License-Identifier: Apache-2.0
// What an annotator is shown, the digest of it, and whether it has to run.
#ifndef VERBATIM_CORE_ANNOTATE_REQUEST_H_
#define VERBATIM_CORE_ANNOTATE_REQUEST_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "core/annotate/annotator.h"
#include "core/article/article_state.h"
#include "verbatim/v1/plugin.pb.h"

namespace verbatim::annotate {

// The latest revision, the metadata that holds, and the live annotations of the types that it
// consumes. `not_after` is a day or empty.
v1::AnnotateRequest MakeRequest(const article::ArticleState& state, const Annotator& annotator,
                                std::string_view not_after);

// 32 bytes over what a run depends on: the text, the metadata shown, and the bodies and places of
// what stands upstream. Not over `not_after`, which differs from day to day.
std::string InputsDigest(const v1::AnnotateRequest& request);

struct Due {
  bool due = false;
  uint32_t attempt = 1;     // 1-based, of the run to come
  bool new_inputs = false;  // it ran before, and what it is shown has changed since
};

// A run is due unless the last one was by this build, with this configuration, on these inputs, and
// came to an end. Crashed and timed-out ones are tried again, limits::kRunAttemptsMax times in all;
// bad input never.
Due IsDue(const article::ArticleState& state, const Annotator& annotator,
          const v1::AnnotateRequest& request, std::string_view inputs_digest);

enum class Language { kRead, kUnknown, kOther };

// Is this language one that the manifest names (BCP 47 prefixes: "en" takes "en-GB")? An annotator
// that names none reads all; an article of unknown language is read by all.
Language ReadsLanguage(const v1::AnnotatorManifest& manifest, std::string_view language);

}  // namespace verbatim::annotate

#endif  // VERBATIM_CORE_ANNOTATE_REQUEST_H_
