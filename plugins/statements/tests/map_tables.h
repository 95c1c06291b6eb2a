// SPDX-License-Identifier: Apache-2.0
// Tables in maps: what a fold's tests look at.
#ifndef VERBATIM_PLUGINS_STATEMENTS_TESTS_MAP_TABLES_H_
#define VERBATIM_PLUGINS_STATEMENTS_TESTS_MAP_TABLES_H_

#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "tables.h"

namespace verbatim::statements {

template <class Row>
class MapTable : public Table<Row> {
 public:
  using Visit = typename Table<Row>::Visit;

  std::optional<Row> Get(std::string_view key) const override {
    Expect(key);
    const auto it = rows.find(key);
    if (it == rows.end()) return std::nullopt;
    return it->second;
  }
  void Put(std::string_view key, const Row& row) override {
    Expect(key);
    rows.insert_or_assign(std::string(key), row);
  }
  void Erase(std::string_view key) override {
    const auto it = rows.find(key);
    if (it != rows.end()) rows.erase(it);
  }
  void Scan(std::string_view prefix, std::string_view from, Order order,
            const Visit& visit) const override {
    const auto within = [&](std::string_view key) {
      return key.substr(0, prefix.size()) == prefix;
    };
    if (order == Order::kForward) {
      for (auto it = rows.lower_bound(from > prefix ? from : prefix); it != rows.end(); ++it) {
        if (!within(it->first) || !visit(it->first, it->second)) return;
      }
      return;
    }
    auto it = from.empty() ? rows.end() : rows.upper_bound(from);
    while (it != rows.begin()) {
      --it;
      if (it->first < prefix) return;
      if (within(it->first) && !visit(it->first, it->second)) return;
    }
  }

  // As the host's store has it.
  static void Expect(std::string_view key) {
    if (key.empty() || key.size() > 240) throw std::length_error("a key that the store refuses");
  }

  std::map<std::string, Row, std::less<>> rows;
};

struct MapTables {
  MapTable<Statement> statements;
  MapTable<Source> sources;
  MapTable<Member> members;
  MapTable<Thread> threads;
  MapTable<Speaker> speakers;
  MapTable<Article> articles;
  MapTable<Report> reports;

  Tables tables() {
    return {&statements, &sources, &members, &threads, &speakers, &articles, &reports};
  }
};

}  // namespace verbatim::statements

#endif  // VERBATIM_PLUGINS_STATEMENTS_TESTS_MAP_TABLES_H_
