// SPDX-License-Identifier: Apache-2.0
// The placing rule over a list, a speaker at a time.
#include "threads.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <numeric>
#include <optional>

#include "neighbourhood.h"
#include "terms.h"

namespace verbatim::statements {
namespace {

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
  std::map<std::string, Neighbourhood> speakers;
  for (const size_t n : ByDate(statements)) {
    const DatedStatement& statement = statements[n];
    Neighbourhood& neighbours = speakers[statement.speaker];
    const Terms terms = TermsOf(statement.text);
    const std::optional<std::string> joined = neighbours.Find(statement.speaker, terms).thread;
    const std::string thread = joined.value_or(std::to_string(threads.size()));
    if (!joined) threads.emplace_back();
    threads[std::stoul(thread)].push_back(statement.id);
    neighbours.Add(std::to_string(n), {statement.speaker, thread, ""}, terms);
  }
  return threads;
}

}  // namespace verbatim::statements
