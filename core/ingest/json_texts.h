// SPDX-License-Identifier: Apache-2.0
// Articles as JSON that is laid out over lines, or stands in one array: each object of the
// outermost array, or each of several that follow each other, is an article.
#ifndef VERBATIM_CORE_INGEST_JSON_TEXTS_H_
#define VERBATIM_CORE_INGEST_JSON_TEXTS_H_

#include <string_view>

#include "core/base/status.h"
#include "core/ingest/reading.h"

namespace verbatim::ingest {

// What IsOverLines is shown of an input.
inline constexpr size_t kJsonLookBytes = 4096;

// Is this the beginning of JSON of which a line is no article: an array of objects, or an object
// that goes on below its first line?
bool IsOverLines(std::string_view head);

// Reads them, an object at a time in memory, to the end of the stream.
absl::Status ReadJsonTexts(ByteStream& stream, std::string_view name, const Given& given,
                           const OnReading& on_reading);

}  // namespace verbatim::ingest

#endif  // VERBATIM_CORE_INGEST_JSON_TEXTS_H_
