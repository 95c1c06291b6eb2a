// SPDX-License-Identifier: Apache-2.0
// Drafts made by several threads, and taken in the order in which they were put: reading a page
// takes longer than appending it. What is put ahead is bounded. Private to the ingester.
#ifndef VERBATIM_CORE_ARCHIVE_DRAFTING_H_
#define VERBATIM_CORE_ARCHIVE_DRAFTING_H_

#include <cstdint>
#include <optional>

#include "core/archive/ingest_entry.h"
#include "core/base/in_order.h"
#include "core/ingest/reading.h"
#include "core/log/unit.h"

namespace verbatim::archive {

class Drafting {
 public:
  // One thing in its turn: an entry, or how far an input has been read.
  struct Turn {
    Entry entry;
    std::optional<log::CursorUpdate> cursor;
    ingest::MakeDraft make;  // of the entry; unset: there is nothing to make
    uint64_t bytes = 0;      // what the draft is made from
  };

  // With one thread no other is started: Put makes the draft. What was not taken is dropped.
  explicit Drafting(size_t threads);

  // Enough is ahead: take one before the next is put.
  bool IsFull() const;
  bool empty() const { return turns_.empty(); }
  void Put(Turn turn);
  // The first that was put, waited for. Not when there is none.
  Turn Take() { return Taken(turns_.Take()); }
  // The same if it is made already.
  std::optional<Turn> TakeIfMade();

 private:
  Turn Taken(Turn turn);

  uint64_t bytes_ = 0;
  base::InOrder<Turn> turns_;
};

}  // namespace verbatim::archive

#endif  // VERBATIM_CORE_ARCHIVE_DRAFTING_H_
