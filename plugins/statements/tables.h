// SPDX-License-Identifier: Apache-2.0
// The tables that the fold writes, by interface: the host's store in the plugin, maps in tests.
#ifndef VERBATIM_PLUGINS_STATEMENTS_TABLES_H_
#define VERBATIM_PLUGINS_STATEMENTS_TABLES_H_

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "rows.h"

namespace verbatim::statements {

enum class Order { kForward, kBackward };

// Rows by key, in byte order of the keys. What a call has put, the next one sees.
template <class Row>
class Table {
 public:
  // Return false to stop. May read the table, not change it.
  using Visit = std::function<bool(std::string_view key, const Row& row)>;

  virtual ~Table() = default;
  virtual std::optional<Row> Get(std::string_view key) const = 0;
  virtual void Put(std::string_view key, const Row& row) = 0;
  virtual void Erase(std::string_view key) = 0;
  // Rows whose key begins with `prefix`, from the first key >= from (forward) or the last key <=
  // from (backward); from empty: from that direction's end.
  virtual void Scan(std::string_view prefix, std::string_view from, Order order,
                    const Visit& visit) const = 0;
};

// Borrowed; the same tables for the life of a fold.
struct Tables {
  Table<Statement>* statements;
  Table<Source>* sources;    // by article, annotation
  Table<Member>* members;    // by side, speaker, annotation, segment
  Table<Thread>* threads;    // by id; never erased, so that no id is given twice
  Table<Speaker>* speakers;  // by resolved key
  Table<Article>* articles;  // by id: those that are in a story
  Table<Report>* reports;    // as ReportKey
};

}  // namespace verbatim::statements

#endif  // VERBATIM_PLUGINS_STATEMENTS_TABLES_H_
