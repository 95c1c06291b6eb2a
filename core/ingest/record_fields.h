// SPDX-License-Identifier: Apache-2.0
// An article that comes as named fields: a line of JSON, an item of a feed.
#ifndef VERBATIM_CORE_INGEST_RECORD_FIELDS_H_
#define VERBATIM_CORE_INGEST_RECORD_FIELDS_H_

#include <string>
#include <string_view>
#include <vector>

#include "core/base/status.h"
#include "core/ingest/draft.h"

namespace verbatim::ingest {

struct RecordFields {
  std::string text;  // plain; or
  std::string html;  // a fragment or a page, where there is no text
  std::string title;
  std::string url;
  std::string published;
  std::string modified;
  std::string fetched;
  std::string outlet;
  std::string language;
  std::string description;
  std::string section;
  std::vector<std::string> authors;
  std::vector<std::string> tags;
};

// `bytes` is the record as it stood; `extractor` names the reader ("jsonl", "feed") and its source
// of dates. kInvalidArgument "no-text" when the record holds none.
absl::StatusOr<Draft> DraftFromFields(const RecordFields& fields, std::string bytes,
                                      std::string_view input_name, const Given& given,
                                      const std::string& extractor);

// The text of a fragment of HTML, a block a paragraph.
std::string TextOfFragment(std::string_view html);

}  // namespace verbatim::ingest

#endif  // VERBATIM_CORE_INGEST_RECORD_FIELDS_H_
