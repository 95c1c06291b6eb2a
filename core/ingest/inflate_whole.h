// SPDX-License-Identifier: Apache-2.0
// What is packed, expanded all at once: two to three times as fast as zlib, which goes piece by
// piece. For what is whole and of a page's size; the rest is left to zlib, which also says what is
// wrong with it, and where.
#ifndef VERBATIM_CORE_INGEST_INFLATE_WHOLE_H_
#define VERBATIM_CORE_INGEST_INFLATE_WHOLE_H_

#include <cstddef>
#include <optional>
#include <string_view>

namespace verbatim::ingest {

enum class Wrapping { kGzip, kZlib, kNone };

struct InflatedWhole {
  std::string_view bytes;  // valid until this thread's next call
  size_t packed = 0;       // bytes that they were made from
};

// What `packed` begins with: a gzip member, a zlib or a raw deflate stream. Nothing where that is
// damaged, cut off, or becomes more than limits::kExpansionFreeBytes: so no bomb costs more.
std::optional<InflatedWhole> InflateWhole(std::string_view packed, Wrapping wrapping);

}  // namespace verbatim::ingest

#endif  // VERBATIM_CORE_INGEST_INFLATE_WHOLE_H_
