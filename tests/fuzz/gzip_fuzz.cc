// SPDX-License-Identifier: Apache-2.0
// Gzip of any bytes: members, damage, going on behind it. What comes out is bounded by what went
// in, and no byte is read twice.
#include "core/ingest/limits.h"
#include "tests/fuzz/readings.h"

namespace verbatim::fuzz {

void Run(std::string_view bytes) {
  ingest::ByteStream stream = ingest::ByteStream::Of(std::string(bytes));
  uint64_t out = 0;
  uint64_t place = 0;
  do {
    while (stream.Need(1)) {
      VB_CHECK(stream.offset() >= place, "a stream goes forwards");
      place = stream.offset();
      out += stream.Peek().size();
      stream.Skip(stream.Peek().size());
    }
  } while (!stream.status().ok() && stream.Resync("W"));
  // What is damaged is read once more: as often as all before it, and a MiB.
  const uint64_t most = (2 * bytes.size() + limits::kMiB) * limits::kExpansionRatioMax;
  VB_CHECK(out <= most + (bytes.size() / 18 + 1) * (2 * limits::kExpansionFreeBytes),
           "a member is stopped at its limit");
}

}  // namespace verbatim::fuzz
