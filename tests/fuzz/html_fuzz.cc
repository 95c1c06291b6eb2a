// SPDX-License-Identifier: Apache-2.0
// Pages of any bytes: charset, tree, blocks, main text, metadata.
#include "tests/fuzz/readings.h"

namespace verbatim::fuzz {

void Run(std::string_view bytes) {
  const uint8_t kind = Take(bytes);
  ingest::Given given;
  given.media_type = "text/html";
  if (kind % 2 == 1) given.url = "https://courier.example/2031/03/04/harbour";
  if (kind % 3 == 1) given.fetched_at_us = 1'930'000'000'000'000;
  const auto draft = ingest::DraftFromBytes(std::string(bytes), "page.html", given);
  if (draft.ok()) CheckDraft(*draft);
}

}  // namespace verbatim::fuzz
