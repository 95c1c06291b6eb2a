// SPDX-License-Identifier: Apache-2.0
#include "core/archive/drafting.h"

#include <algorithm>
#include <utility>

#include "core/base/check.h"
#include "core/ingest/limits.h"

namespace verbatim::archive {

Drafting::~Drafting() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  put_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

bool Drafting::IsFull() const {
  return slots_.size() >= limits::kDraftsAheadMax || bytes_ >= limits::kDraftBytesAheadMax;
}

void Drafting::Put(Turn turn) {
  auto slot = std::make_unique<Slot>();
  slot->turn = std::move(turn);
  bytes_ += slot->turn.bytes;
  if (wanted_ <= 1 && slot->turn.make) slot->turn.entry.draft = slot->turn.make();
  slot->made = wanted_ <= 1 || !slot->turn.make;
  const bool work = !slot->made;
  if (work && threads_.empty()) Start();
  {
    const std::lock_guard lock(mutex_);
    slots_.push_back(std::move(slot));
  }
  if (work) put_.notify_one();
}

Drafting::Turn Drafting::Take() {
  VB_CHECK(!slots_.empty(), "what is taken was put");
  std::unique_lock lock(mutex_);
  made_.wait(lock, [&] { return slots_.front()->made; });
  Turn turn = std::move(slots_.front()->turn);
  slots_.pop_front();
  next_ -= std::min<size_t>(next_, 1);
  bytes_ -= turn.bytes;
  turn.make = nullptr;
  return turn;
}

std::optional<Drafting::Turn> Drafting::TakeIfMade() {
  if (slots_.empty()) return std::nullopt;
  {
    const std::lock_guard lock(mutex_);
    if (!slots_.front()->made) return std::nullopt;
  }
  return Take();
}

void Drafting::Start() {
  for (size_t i = 0; i < wanted_; ++i) threads_.emplace_back([this] { Run(); });
}

void Drafting::Run() {
  std::unique_lock lock(mutex_);
  while (true) {
    put_.wait(lock, [&] {
      while (next_ < slots_.size() && slots_[next_]->made) ++next_;
      return stop_ || next_ < slots_.size();
    });
    if (stop_) return;
    Slot& slot = *slots_[next_++];
    lock.unlock();
    slot.turn.entry.draft = slot.turn.make();
    lock.lock();
    slot.made = true;
    made_.notify_one();
  }
}

}  // namespace verbatim::archive
