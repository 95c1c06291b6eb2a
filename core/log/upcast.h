// SPDX-License-Identifier: Apache-2.0
// Bodies of an older schema, read as the newest. A header's `schema` is the revision of its type's
// meaning; what is stored is never rewritten, so whoever reads a body is given what a pure function
// makes of it, one step a revision. README.md says when a schema is raised.
//
//   Upcasters upcasters;
//   upcasters.Add("verbatim.v1.SettingChanged", 0, [](std::string_view body) { ... });  // to 1
//   VB_ASSIGN_OR_RETURN(std::string now, upcasters.Upcast("verbatim.v1.SettingChanged", 0, body));
#ifndef VERBATIM_CORE_LOG_UPCAST_H_
#define VERBATIM_CORE_LOG_UPCAST_H_

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/status.h"

namespace verbatim::log {

class Upcasters {
 public:
  // Pure: the same bytes give the same bytes, at any time and on any machine.
  using Function = std::function<absl::StatusOr<std::string>(std::string_view body)>;

  // From `schema` of `type` to `schema` + 1. Steps are added in order, from 0.
  void Add(std::string type, uint32_t schema, Function step);

  // The schema that readers of `type` are given, and that writers write.
  uint32_t Newest(std::string_view type) const;

  // `body` as the newest schema. kFailedPrecondition when it is of a later one than this program
  // knows, and what a step says, with the type and schema named.
  absl::StatusOr<std::string> Upcast(std::string_view type, uint32_t schema,
                                     std::string body) const;

 private:
  std::map<std::string, std::vector<Function>, std::less<>> steps_;
};

// Of the types in proto/verbatim/v1. None has been raised yet.
const Upcasters& CoreUpcasters();

// What Snapshot::Body reads by: CoreUpcasters(), unless a test put others in force.
const Upcasters& UpcastersInForce();

// For tests: these, while it lives. Not while another thread reads a log.
class UpcastersForTest {
 public:
  explicit UpcastersForTest(const Upcasters& upcasters);
  ~UpcastersForTest();
  UpcastersForTest(const UpcastersForTest&) = delete;
  UpcastersForTest& operator=(const UpcastersForTest&) = delete;
};

}  // namespace verbatim::log

#endif  // VERBATIM_CORE_LOG_UPCAST_H_
