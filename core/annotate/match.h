// SPDX-License-Identifier: Apache-2.0
// Which proposal speaks of which annotation. One to one, best first:
//   1. the place that this annotator itself last gave it, whatever a person made of it: with the
//      same claim and value, then with the same value, then with the same claim
//   2. the place and claim that it has now
//   3. the same claim elsewhere, the nearest first
//   4. an overlap of at least half, the greatest first
// The order of pairs doesn't depend on what a run appends, so a second run of the same annotator
// pairs everything as the first did.
#ifndef VERBATIM_CORE_ANNOTATE_MATCH_H_
#define VERBATIM_CORE_ANNOTATE_MATCH_H_

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "core/article/annotation_state.h"

namespace verbatim::annotate {

// Shared bytes over all bytes, below which two places are not the same claim.
inline constexpr double kOverlapMin = 0.5;

// Do two values say the same?
using SameValue = absl::FunctionRef<bool(const article::ValuePtr&, const article::ValuePtr&)>;

// For each proposal the number of its annotation, if it has one. `proposals` differ from each other
// in place or claim and stand in reading order; `annotations` hold on the same revision.
std::vector<std::optional<size_t>> Match(const std::vector<article::ValuePtr>& proposals,
                                         const std::vector<article::AnnotationPtr>& annotations,
                                         std::string_view annotator, SameValue same);

}  // namespace verbatim::annotate

#endif  // VERBATIM_CORE_ANNOTATE_MATCH_H_
