// SPDX-License-Identifier: Apache-2.0
// Drafts made by several threads, and taken in the order in which they were put: reading a page
// takes longer than appending it. What is put ahead is bounded. Private to the ingester.
#ifndef VERBATIM_CORE_ARCHIVE_DRAFTING_H_
#define VERBATIM_CORE_ARCHIVE_DRAFTING_H_

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "core/archive/ingest_entry.h"
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

  // With one thread no other is started: Put makes the draft.
  explicit Drafting(size_t threads) : wanted_(threads) {}
  // What was not taken is dropped.
  ~Drafting();

  // Enough is ahead: take one before the next is put.
  bool IsFull() const;
  bool empty() const { return slots_.empty(); }
  void Put(Turn turn);
  // The first that was put, waited for. Not when there is none.
  Turn Take();
  // The same if it is made already.
  std::optional<Turn> TakeIfMade();

 private:
  struct Slot {
    Turn turn;
    bool made = false;
  };
  void Run();
  void Start();

  const size_t wanted_;
  uint64_t bytes_ = 0;
  // Changed by the caller's thread alone, under the mutex, which guards what the others look at.
  std::deque<std::unique_ptr<Slot>> slots_;
  std::mutex mutex_;
  std::condition_variable put_;
  std::condition_variable made_;
  size_t next_ = 0;  // of slots_, that no thread has begun
  bool stop_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace verbatim::archive

#endif  // VERBATIM_CORE_ARCHIVE_DRAFTING_H_
