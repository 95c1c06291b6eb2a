// SPDX-License-Identifier: Apache-2.0
#include "core/annotate/annotator.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace verbatim::annotate {
namespace {

bool Consumes(const Annotator& annotator, const Annotator& producer) {
  const auto& wanted = annotator.manifest.consumes();
  return std::any_of(wanted.begin(), wanted.end(),
                     [&](const std::string& type) { return producer.Produces(type); });
}

std::string FullName(const Annotator& annotator) {
  return annotator.plugin == annotator.name()
             ? annotator.plugin
             : fmt::format("{}/{}", annotator.plugin, annotator.name());
}

absl::Status CheckProducers(const std::vector<const Annotator*>& annotators) {
  std::map<std::pair<std::string, std::string>, const Annotator*> producers;
  for (const Annotator* annotator : annotators) {
    for (const std::string& type : annotator->manifest.produces()) {
      const auto [it, fresh] = producers.try_emplace({annotator->plugin, type}, annotator);
      if (fresh || it->second == annotator) continue;
      return absl::InvalidArgumentError(
          fmt::format("plugin {}: {} and {} both produce {}: let one of them, or make them two "
                      "plugins",
                      annotator->plugin, it->second->name(), annotator->name(), type));
    }
  }
  return absl::OkStatus();
}

// A way along "waits for" that comes back to where it began. `left` is not empty and each of them
// waits for another.
std::string Circle(const std::vector<const Annotator*>& left) {
  std::vector<const Annotator*> way = {left.front()};
  while (true) {
    const auto next = std::find_if(left.begin(), left.end(), [&](const Annotator* producer) {
      return Consumes(*way.back(), *producer);
    });
    const auto met = std::find(way.begin(), way.end(), *next);
    if (met == way.end()) {
      way.push_back(*next);
      continue;
    }
    std::vector<std::string> names;
    for (auto it = met; it != way.end(); ++it) names.push_back(FullName(**it));
    names.push_back(FullName(**next));
    return fmt::format("{}", fmt::join(names, " waits for "));
  }
}

}  // namespace

bool Annotator::Produces(std::string_view type) const {
  const auto& types = manifest.produces();
  return std::find(types.begin(), types.end(), type) != types.end();
}

v1::Actor ActorOf(const Annotator& annotator) {
  v1::Actor actor;
  v1::Actor::Plugin& plugin = *actor.mutable_plugin();
  plugin.set_name(annotator.plugin);
  plugin.set_version(annotator.version);
  plugin.set_code_sha256(annotator.code_sha256);
  plugin.set_config_sha256(annotator.config_sha256);
  return actor;
}

absl::StatusOr<std::vector<const Annotator*>> InOrder(const std::vector<Annotator>& annotators) {
  std::vector<const Annotator*> left;
  for (const Annotator& annotator : annotators) left.push_back(&annotator);
  std::sort(left.begin(), left.end(), [](const Annotator* a, const Annotator* b) {
    return std::tie(a->plugin, a->name()) < std::tie(b->plugin, b->name());
  });
  VB_RETURN_IF_ERROR(CheckProducers(left));
  std::vector<const Annotator*> order;
  while (!left.empty()) {
    const auto ready = std::find_if(left.begin(), left.end(), [&](const Annotator* annotator) {
      return std::none_of(left.begin(), left.end(), [&](const Annotator* producer) {
        return Consumes(*annotator, *producer);
      });
    });
    if (ready == left.end()) {
      return absl::InvalidArgumentError(
          fmt::format("annotators in a circle, so none can go first: {}", Circle(left)));
    }
    order.push_back(*ready);
    left.erase(ready);
  }
  return order;
}

absl::StatusOr<std::vector<const Annotator*>> WithProducers(
    const std::vector<Annotator>& annotators, const Annotator& wanted) {
  VB_ASSIGN_OR_RETURN(std::vector<const Annotator*> order, InOrder(annotators));
  std::set<const Annotator*> needed;
  for (auto it = order.rbegin(); it != order.rend(); ++it) {
    const bool wants =
        *it == &wanted || std::any_of(needed.begin(), needed.end(), [&](const Annotator* consumer) {
          return Consumes(*consumer, **it);
        });
    if (wants) needed.insert(*it);
  }
  std::erase_if(order, [&](const Annotator* annotator) { return !needed.contains(annotator); });
  return order;
}

}  // namespace verbatim::annotate
