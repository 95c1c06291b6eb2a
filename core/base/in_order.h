// SPDX-License-Identifier: Apache-2.0
// Work on things by several threads, taken back in the order in which they were put.
//
//   InOrder<Page> pages(4, [](Page& page) { page.Read(); });
//   for (Page& page : found) pages.Put(std::move(page));
//   while (!pages.empty()) Append(pages.Take());
#ifndef VERBATIM_CORE_BASE_IN_ORDER_H_
#define VERBATIM_CORE_BASE_IN_ORDER_H_

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "core/base/check.h"

namespace verbatim::base {

// One thread puts and takes; how much is put ahead is that thread's business. `T` is movable.
template <typename T>
class InOrder {
 public:
  // `work` is asked once for each thing, on any of `threads` threads, several at once; it doesn't
  // throw. With one thread no other is started: Put does the work. No thread is started before
  // there is work.
  InOrder(size_t threads, std::function<void(T&)> work)
      : wanted_(threads), work_(std::move(work)) {}
  InOrder(const InOrder&) = delete;
  InOrder& operator=(const InOrder&) = delete;

  // What was not taken is dropped; what is being worked on is waited for.
  ~InOrder() {
    {
      const std::lock_guard lock(mutex_);
      stop_ = true;
    }
    put_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }

  size_t size() const { return slots_.size(); }
  bool empty() const { return slots_.empty(); }

  // `wants_work` false: it only waits for its turn.
  void Put(T thing, bool wants_work = true) {
    auto slot = std::make_unique<Slot>();
    slot->thing = std::move(thing);
    if (wanted_ <= 1 && wants_work) work_(slot->thing);
    slot->done = wanted_ <= 1 || !wants_work;
    const bool waits = !slot->done;
    if (waits && threads_.empty()) {
      for (size_t i = 0; i < wanted_; ++i) threads_.emplace_back([this] { Run(); });
    }
    {
      const std::lock_guard lock(mutex_);
      slots_.push_back(std::move(slot));
    }
    if (waits) put_.notify_one();
  }

  // The first that was put, waited for. Not when there is none.
  T Take() {
    VB_CHECK(!slots_.empty(), "what is taken was put");
    std::unique_lock lock(mutex_);
    done_.wait(lock, [&] { return slots_.front()->done; });
    T thing = std::move(slots_.front()->thing);
    slots_.pop_front();
    next_ -= std::min<size_t>(next_, 1);
    return thing;
  }

  // The same if it is done already.
  std::optional<T> TakeIfDone() {
    if (slots_.empty()) return std::nullopt;
    {
      const std::lock_guard lock(mutex_);
      if (!slots_.front()->done) return std::nullopt;
    }
    return Take();
  }

 private:
  struct Slot {
    T thing;
    bool done = false;
  };

  void Run() {
    std::unique_lock lock(mutex_);
    while (true) {
      put_.wait(lock, [&] {
        while (next_ < slots_.size() && slots_[next_]->done) ++next_;
        return stop_ || next_ < slots_.size();
      });
      if (stop_) return;
      Slot& slot = *slots_[next_++];
      lock.unlock();
      work_(slot.thing);
      lock.lock();
      slot.done = true;
      done_.notify_one();
    }
  }

  const size_t wanted_;
  const std::function<void(T&)> work_;
  // Changed by the caller's thread alone, under the mutex, which guards what the others look at.
  std::deque<std::unique_ptr<Slot>> slots_;
  std::mutex mutex_;
  std::condition_variable put_;
  std::condition_variable done_;
  size_t next_ = 0;  // of slots_, that no thread has begun
  bool stop_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace verbatim::base

#endif  // VERBATIM_CORE_BASE_IN_ORDER_H_
