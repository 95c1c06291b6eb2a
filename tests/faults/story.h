// SPDX-License-Identifier: Apache-2.0
// What the writers of the fault tests append: units that follow from a writer's name and a number,
// so that a test can say of any of them, years and crashes later, what must stand in the log.
#ifndef VERBATIM_TESTS_FAULTS_STORY_H_
#define VERBATIM_TESTS_FAULTS_STORY_H_

#include <cstdint>
#include <string>

#include "core/log/event_log.h"

namespace verbatim::faults {

// Unit `number` (from 0) of a writer (0 to 255): a script for the view (tests/core/view), and often
// an article with annotations, from some bytes to several pages long.
log::Unit UnitOf(uint32_t writer, uint64_t number);

inline const std::string kArchiveId = "faultsfaultsfaul";

// The script in the body of an event that has one, else empty.
std::string ScriptOf(std::string_view type, const std::string& body);

}  // namespace verbatim::faults

#endif  // VERBATIM_TESTS_FAULTS_STORY_H_
