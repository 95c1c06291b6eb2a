// SPDX-License-Identifier: Apache-2.0
// An article that came as one object of JSON, under the names that crawlers, extractors, news
// services and content systems use.
#ifndef VERBATIM_CORE_INGEST_JSON_RECORD_H_
#define VERBATIM_CORE_INGEST_JSON_RECORD_H_

#include <string>
#include <string_view>

#include "core/base/status.h"
#include "core/ingest/draft.h"

namespace verbatim::ingest {

// `object` is the record as it stood, which is kept; `where` says its place ("line 7"). What no
// JSON may hold and yet is met (bytes of another encoding, halves of surrogate pairs, NaN) is
// mended before it is read. kInvalidArgument: "bad-json in ...", "no-text ...".
absl::StatusOr<Draft> DraftFromJson(std::string object, std::string_view where,
                                    std::string_view input_name, const Given& given);

}  // namespace verbatim::ingest

#endif  // VERBATIM_CORE_INGEST_JSON_RECORD_H_
