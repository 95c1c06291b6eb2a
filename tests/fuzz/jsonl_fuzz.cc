// SPDX-License-Identifier: Apache-2.0
// Lines of JSON of any bytes: every line is read, or named.
#include <algorithm>

#include "tests/fuzz/readings.h"

namespace verbatim::fuzz {

void Run(std::string_view bytes) {
  ingest::ByteStream stream = ingest::ByteStream::Of(std::string(bytes));
  uint64_t last = 0;
  const auto check = Checking();
  const auto lines = static_cast<uint64_t>(std::count(bytes.begin(), bytes.end(), '\n')) + 1;
  ingest::ReadJsonLines(stream, "input", {}, 0, [&](ingest::Reading reading) {
    const bool packed = stream.gzip();
    VB_CHECK(packed || (reading.line >= last && reading.line <= lines), "lines are counted");
    last = reading.line;
    return check(std::move(reading));
  }).IgnoreError();
}

}  // namespace verbatim::fuzz
