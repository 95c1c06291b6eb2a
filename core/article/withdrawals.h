// SPDX-License-Identifier: Apache-2.0
// Which events of an annotation were taken back, and by which.
#ifndef VERBATIM_CORE_ARTICLE_WITHDRAWALS_H_
#define VERBATIM_CORE_ARTICLE_WITHDRAWALS_H_

#include <memory>
#include <set>
#include <string_view>
#include <vector>

#include "core/article/annotation_state.h"

namespace verbatim::article {

// The ids of the events that later ones took back. A withdrawal can itself be withdrawn, and can
// only be met after its target: the last one decides first. Borrows from the steps.
std::set<std::string_view> Withdrawn(const std::vector<std::shared_ptr<const Step>>& steps);

// A person's word on what the annotation says or is. A dispute is none: it waits for one.
bool Decides(const Step& step);

// The withdrawal that stands of the event with this id; null when none does.
const Step* WithdrawnBy(const AnnotationState& annotation, std::string_view event_id);

}  // namespace verbatim::article

#endif  // VERBATIM_CORE_ARTICLE_WITHDRAWALS_H_
