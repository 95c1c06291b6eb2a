// SPDX-License-Identifier: Apache-2.0
// The placing rule over a list, a speaker at a time.
#include "threads.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <numeric>
#include <optional>

#include "placing.h"
#include "pool.h"
#include "terms.h"

namespace verbatim::statements {
namespace {

struct Placed {
  Pool::Numbers terms;
  size_t thread;
};

struct Speaker {
  Pool pool;
  std::vector<Placed> placed;
};

std::vector<size_t> ByDate(const std::vector<DatedStatement>& statements) {
  std::vector<size_t> order(statements.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    const std::string& x = statements[a].date;
    const std::string& y = statements[b].date;
    if (x.empty() || y.empty()) return !x.empty();
    return x < y;
  });
  return order;
}

}  // namespace

std::vector<std::vector<std::string>> Threads(const std::vector<DatedStatement>& statements) {
  std::vector<std::vector<std::string>> threads;
  std::map<std::string, Speaker> speakers;
  for (const size_t n : ByDate(statements)) {
    Speaker& speaker = speakers[statements[n].speaker];
    Pool::Numbers terms = speaker.pool.Add(TermsOf(statements[n].text));
    Links<size_t> links;
    for (const Placed& other : speaker.placed) {
      links.Add(other.thread, speaker.pool.Likeness(terms, other.terms));
    }
    const std::optional<size_t> best = links.Best(kThreadLink);
    const size_t thread = best.value_or(threads.size());
    if (!best) threads.emplace_back();
    threads[thread].push_back(statements[n].id);
    speaker.placed.push_back({std::move(terms), thread});
  }
  return threads;
}

}  // namespace verbatim::statements
