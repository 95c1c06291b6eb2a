// SPDX-License-Identifier: Apache-2.0
// One line on an event, for people: + Quote "We would prefer…".
#ifndef VERBATIM_CORE_AUDIT_SUMMARY_H_
#define VERBATIM_CORE_AUDIT_SUMMARY_H_

#include <string>

#include "core/audit/rows.h"

namespace verbatim::audit {

std::string Summary(const Opened& event);

// What a run did: "+2 ~1 -0, kept 9, disputed 1, suppressed 1", or how it ended.
std::string RunSummary(const v1::RunCompleted& run);

}  // namespace verbatim::audit

#endif  // VERBATIM_CORE_AUDIT_SUMMARY_H_
