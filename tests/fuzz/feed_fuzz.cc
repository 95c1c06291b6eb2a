// SPDX-License-Identifier: Apache-2.0
// Feeds of any bytes: RSS, Atom, JSON.
#include "tests/fuzz/readings.h"

namespace verbatim::fuzz {

void Run(std::string_view bytes) {
  ingest::ByteStream stream = ingest::ByteStream::Of(std::string(bytes));
  ingest::ReadFeed(stream, "input", {}, Checking()).IgnoreError();
}

}  // namespace verbatim::fuzz
