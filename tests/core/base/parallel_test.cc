// SPDX-License-Identifier: Apache-2.0
// Work shared by threads: all of it is done, once, and comes back in its order. The thread
// sanitizer runs these too.
#include "core/base/parallel.h"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "core/base/in_order.h"

namespace verbatim::base {
namespace {

TEST(InParallelTest, EveryThingIsWorkedOnOnce) {
  for (const size_t threads : {size_t{1}, size_t{2}, size_t{7}}) {
    std::vector<int> visits(500, 0);
    std::vector<size_t> by(500, 99);
    InParallel(threads, visits.size(), [&](size_t i, size_t thread) {
      ++visits[i];
      by[i] = thread;
    });
    EXPECT_EQ(visits, std::vector<int>(500, 1));
    for (const size_t thread : by) EXPECT_LT(thread, threads);
  }
  InParallel(3, 0, [](size_t, size_t) { FAIL() << "there is nothing to do"; });
}

struct Page {
  int number = 0;
  std::string text;
};

// Later pages are done sooner: order is not luck.
void Read(Page& page) {
  volatile int turns = page.number % 7 == 0 ? 20'000 : 10;
  while (turns > 0) turns = turns - 1;
  page.text = "page " + std::to_string(page.number);
}

TEST(InOrderTest, ThingsComeBackAsTheyWerePutWhateverTheNumberOfThreads) {
  for (const size_t threads : {size_t{1}, size_t{2}, size_t{5}}) {
    InOrder<Page> pages(threads, Read);
    std::vector<Page> taken;
    for (int i = 0; i < 300; ++i) {
      // Every fifth only waits for its turn.
      pages.Put({i, "as it came"}, i % 5 != 0);
      if (pages.size() > 16) taken.push_back(pages.Take());
      while (auto page = pages.TakeIfDone()) taken.push_back(*std::move(page));
    }
    while (!pages.empty()) taken.push_back(pages.Take());
    ASSERT_EQ(taken.size(), 300u);
    for (int i = 0; i < 300; ++i) {
      const Page& page = taken[static_cast<size_t>(i)];
      EXPECT_EQ(page.number, i);
      EXPECT_EQ(page.text, i % 5 == 0 ? "as it came" : "page " + std::to_string(i));
    }
    EXPECT_FALSE(pages.TakeIfDone().has_value());
  }
}

TEST(InOrderTest, WithOneThreadTheWorkIsDoneByWhoPuts) {
  const std::thread::id here = std::this_thread::get_id();
  InOrder<int> numbers(1, [&](int& number) {
    EXPECT_EQ(std::this_thread::get_id(), here);
    number *= 2;
  });
  numbers.Put(21);
  EXPECT_EQ(numbers.Take(), 42);
}

TEST(InOrderTest, WhatWasNotTakenIsDropped) {
  std::atomic<int> begun = 0;
  auto kept = std::make_shared<int>(7);
  {
    InOrder<std::shared_ptr<int>> things(3, [&](std::shared_ptr<int>&) { ++begun; });
    for (int i = 0; i < 100; ++i) things.Put(kept);
    EXPECT_EQ(*things.Take(), 7);
  }
  EXPECT_GE(begun, 1);
  EXPECT_LE(begun, 100);
  EXPECT_EQ(kept.use_count(), 1) << "nothing outlives the one that held it";
}

}  // namespace
}  // namespace verbatim::base
