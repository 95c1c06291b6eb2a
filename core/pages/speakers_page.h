// SPDX-License-Identifier: Apache-2.0
// Who is quoted, and what of each: from the rows of the views `speakers` and `quotes`. No plugin is
// needed.
#ifndef VERBATIM_CORE_PAGES_SPEAKERS_PAGE_H_
#define VERBATIM_CORE_PAGES_SPEAKERS_PAGE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/status.h"
#include "core/pages/frame.h"
#include "core/schema/registry.h"
#include "core/view/generation.h"

namespace verbatim::pages {

struct Speaker {
  std::string key;
  std::string name;
  std::string quotations;
  std::string first;  // days; empty: none is dated
  std::string last;
  std::string aliases;
};

struct Quotation {
  std::string speaker_key;
  std::string said_on;
  std::string basis;
  std::string kind;
  std::string text;
  std::string article;  // hex
  std::string title;
  std::string outlet;
  std::string annotation;  // hex
  std::string status;
};

// By name. kInvalidArgument: rows of another kind.
absl::StatusOr<std::vector<Speaker>> ReadSpeakers(const view::Generation& generation,
                                                  schema::Registry& registry, uint64_t as_of);
// By day; those of one speaker, or of everybody when the key is empty.
absl::StatusOr<std::vector<Quotation>> ReadQuotations(const view::Generation& generation,
                                                      schema::Registry& registry, uint64_t as_of,
                                                      std::string_view speaker_key = {});

size_t SpeakersPages(const std::vector<Speaker>& speakers);
// `page` counts from 0.
std::string SpeakersPage(const Site& site, const std::vector<Speaker>& speakers, size_t page);
// Of one speaker with his quotations, cut into pages as the list is.
size_t SpeakerPages(const std::vector<Quotation>& quotations);
std::string SpeakerPage(const Site& site, const Speaker& speaker,
                        const std::vector<Quotation>& quotations, size_t page);

}  // namespace verbatim::pages

#endif  // VERBATIM_CORE_PAGES_SPEAKERS_PAGE_H_
