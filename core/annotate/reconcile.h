// SPDX-License-Identifier: Apache-2.0
// A run appends only the delta, and never overrides a person. What an annotator proposes is
// compared with what it last said itself: the same is nothing, whatever a person made of it.
//
//   matched, the same value            nothing
//   matched, another value             AnnotationRevised; while a person holds it
//   AnnotationDisputed,
//                                      once a version and value, and nothing when it now equals
//                                      what the person holds
//   new                                AnnotationAdded, unless a person rejected the claim
//   gone                               AnnotationRetracted; while a person holds it
//   AnnotationDisputed
//
// A second run of one version over one text therefore appends nothing.
#ifndef VERBATIM_CORE_ANNOTATE_RECONCILE_H_
#define VERBATIM_CORE_ANNOTATE_RECONCILE_H_

#include <cstdint>
#include <vector>

#include "core/annotate/annotator.h"
#include "core/article/article_state.h"
#include "core/article/new_events.h"
#include "core/schema/registry.h"

namespace verbatim::annotate {

struct Reconciled {
  std::vector<log::NewEvent> events;  // in reading order, what is gone last
  uint32_t added = 0;
  uint32_t revised = 0;
  uint32_t retracted = 0;
  uint32_t kept = 0;
  uint32_t disputed = 0;
  uint32_t suppressed = 0;  // proposals that a person had rejected
};

// `values` come from ValuesOf with the same state. `events` makes the plugin's events. Pure but for
// the ids that it draws.
absl::StatusOr<Reconciled> Reconcile(const article::ArticleState& state, const Annotator& annotator,
                                     const std::vector<article::ValuePtr>& values,
                                     const schema::Registry& registry,
                                     const article::EventMaker& events);

}  // namespace verbatim::annotate

#endif  // VERBATIM_CORE_ANNOTATE_RECONCILE_H_
