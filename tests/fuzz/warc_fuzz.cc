// SPDX-License-Identifier: Apache-2.0
// Crawls of any bytes: members, headers, HTTP, chunks, coded bodies.
#include "tests/fuzz/readings.h"

namespace verbatim::fuzz {

void Run(std::string_view bytes) {
  ingest::ByteStream stream = ingest::ByteStream::Of(std::string(bytes));
  ingest::ReadWarc(stream, "input", {}, Checking()).IgnoreError();
}

}  // namespace verbatim::fuzz
