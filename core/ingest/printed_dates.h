// SPDX-License-Identifier: Apache-2.0
// The dates that a page shows to its readers, apart from what it tells machines: beside the
// headline, at the beginning of the text, and elsewhere. What stands near the headline speaks of
// the article; what stands far from it mostly speaks of another.
#ifndef VERBATIM_CORE_INGEST_PRINTED_DATES_H_
#define VERBATIM_CORE_INGEST_PRINTED_DATES_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/types/span.h"
#include "core/ingest/blocks.h"
#include "core/ingest/date_text.h"
#include "core/ingest/page.h"
#include "core/ingest/page_dates.h"

namespace verbatim::ingest {

// Each list in the order in which it is believed.
struct PrintedDates {
  std::vector<DatedStatement> times;      // <time> near the headline
  std::vector<DatedStatement> beside;     // elements called a date and short lines near it
  std::vector<DatedStatement> lines;      // lines anywhere that speak of publishing, the dateline
  std::vector<DatedStatement> elsewhere;  // <time> and elements called a date far from it
  std::vector<DatedStatement> modified;

  // The day that everything near the headline agrees on, or that the first of `lines` says; empty
  // when there is none, or more than one.
  std::string Day() const;
};

// `headline` is the block of the headline (blocks.size(): none, and all of the page is near it).
// What `bounds` do not allow is left out.
PrintedDates PrintedDatesOf(const Page& page, const std::vector<Block>& blocks, size_t headline,
                            DateStyle style, const DateBounds& bounds);

// Words in a line or in an element's names.
bool SaysPublished(std::string_view text);
bool SaysModified(std::string_view text);
bool ClaimsRights(std::string_view text);
// Does `text`, in small letters or not, hold one of `words`, which are in small letters?
bool ContainsAny(std::string_view text, absl::Span<const std::string_view> words);

// What a machine reads of an element: its datetime, content or title where that is a date, else
// its text.
std::string MachineText(const HtmlTree& tree, uint32_t node, DateStyle style);

bool IsBelievable(std::string_view day, const DateBounds& bounds);

}  // namespace verbatim::ingest

#endif  // VERBATIM_CORE_INGEST_PRINTED_DATES_H_
