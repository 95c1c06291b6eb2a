// SPDX-License-Identifier: Apache-2.0
#include "core/article/withdrawals.h"

namespace verbatim::article {

std::set<std::string_view> Withdrawn(const std::vector<std::shared_ptr<const Step>>& steps) {
  std::set<std::string_view> dropped;
  for (auto it = steps.rbegin(); it != steps.rend(); ++it) {
    const Step& step = **it;
    if (step.kind == Step::Kind::kWithdrawn && !dropped.contains(step.event_id)) {
      dropped.insert(step.target);
    }
  }
  return dropped;
}

bool Decides(const Step& step) {
  return step.actor == ActorKind::kPerson && step.kind != Step::Kind::kWithdrawn &&
         step.kind != Step::Kind::kDisputed;
}

const Step* WithdrawnBy(const AnnotationState& annotation, std::string_view event_id) {
  const std::set<std::string_view> dropped = Withdrawn(annotation.steps);
  if (!dropped.contains(event_id)) return nullptr;
  for (auto it = annotation.steps.rbegin(); it != annotation.steps.rend(); ++it) {
    const Step& step = **it;
    if (step.kind == Step::Kind::kWithdrawn && step.target == event_id &&
        !dropped.contains(step.event_id)) {
      return &step;
    }
  }
  return nullptr;
}

}  // namespace verbatim::article
