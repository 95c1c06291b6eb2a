// SPDX-License-Identifier: Apache-2.0
// What was said over time, to look at: a lane a matter, a dot a saying, with what changed since the
// one before it, and amounts as small series.
#ifndef VERBATIM_CORE_PAGES_TIMELINE_PAGE_H_
#define VERBATIM_CORE_PAGES_TIMELINE_PAGE_H_

#include <cstddef>
#include <string>

#include "core/audit/timeline.h"
#include "core/pages/frame.h"

namespace verbatim::pages {

size_t TimelinePages(const audit::Timeline& timeline);
// `page` counts from 0. Sides stay in the order of the timeline; of one side, matters that recur
// come before what was said once.
std::string TimelinePage(const Site& site, const audit::Timeline& timeline, size_t page);

}  // namespace verbatim::pages

#endif  // VERBATIM_CORE_PAGES_TIMELINE_PAGE_H_
