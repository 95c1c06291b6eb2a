// SPDX-License-Identifier: Apache-2.0
#include "core/log/upcast.h"

#include <utility>

#include "core/base/check.h"
#include "fmt/format.h"

namespace verbatim::log {

namespace {

const Upcasters* in_force = nullptr;  // nullptr: CoreUpcasters()

}  // namespace

const Upcasters& UpcastersInForce() { return in_force == nullptr ? CoreUpcasters() : *in_force; }

UpcastersForTest::UpcastersForTest(const Upcasters& upcasters) { in_force = &upcasters; }
UpcastersForTest::~UpcastersForTest() { in_force = nullptr; }

void Upcasters::Add(std::string type, uint32_t schema, Function step) {
  std::vector<Function>& steps = steps_[std::move(type)];
  VB_CHECK(steps.size() == schema, "the steps of a type are added in order, from schema 0");
  steps.push_back(std::move(step));
}

uint32_t Upcasters::Newest(std::string_view type) const {
  const auto found = steps_.find(type);
  return found == steps_.end() ? 0 : static_cast<uint32_t>(found->second.size());
}

absl::StatusOr<std::string> Upcasters::Upcast(std::string_view type, uint32_t schema,
                                              std::string body) const {
  const uint32_t newest = Newest(type);
  if (schema == newest) return body;
  if (schema > newest) {
    return absl::FailedPreconditionError(
        fmt::format("its {} has schema {}, this verbatim knows up to {}: use the verbatim that "
                    "wrote it, or a later one",
                    type, schema, newest));
  }
  const std::vector<Function>& steps = steps_.find(type)->second;
  for (; schema < newest; ++schema) {
    absl::StatusOr<std::string> next = steps[schema](body);
    if (!next.ok()) {
      return base::WithContext(next.status(), fmt::format("{} of schema {}", type, schema));
    }
    body = *std::move(next);
  }
  return body;
}

const Upcasters& CoreUpcasters() {
  static const auto* const kNone = new Upcasters;
  return *kNone;
}

}  // namespace verbatim::log
