// SPDX-License-Identifier: Apache-2.0
#include "core/archive/drafting.h"

#include <utility>

#include "core/ingest/limits.h"

namespace verbatim::archive {

Drafting::Drafting(size_t threads)
    : turns_(threads, [](Turn& turn) { turn.entry.draft = turn.make(); }) {}

bool Drafting::IsFull() const {
  return turns_.size() >= limits::kDraftsAheadMax || bytes_ >= limits::kDraftBytesAheadMax;
}

void Drafting::Put(Turn turn) {
  bytes_ += turn.bytes;
  const bool wants_draft = static_cast<bool>(turn.make);
  turns_.Put(std::move(turn), wants_draft);
}

std::optional<Drafting::Turn> Drafting::TakeIfMade() {
  auto turn = turns_.TakeIfDone();
  if (!turn) return std::nullopt;
  return Taken(*std::move(turn));
}

Drafting::Turn Drafting::Taken(Turn turn) {
  bytes_ -= turn.bytes;
  turn.make = nullptr;
  return turn;
}

}  // namespace verbatim::archive
