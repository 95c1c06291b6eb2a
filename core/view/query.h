// SPDX-License-Identifier: Apache-2.0
// Questions to the rows of any view, answered from what its generation stores: columns from the
// manifest, row types from the descriptors. No plugin is needed.
//
//   Query query;
//   VB_ASSIGN_OR_RETURN(query.where.emplace_back(), ParseCondition("speaker=Maar"));
//   VB_ASSIGN_OR_RETURN(Answer answer, Ask(*generation, registry, query));
//   for (const AnsweredRow& row : answer.rows) writer.Write(*row.message);
#ifndef VERBATIM_CORE_VIEW_QUERY_H_
#define VERBATIM_CORE_VIEW_QUERY_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/status.h"
#include "core/schema/registry.h"
#include "core/schema/render.h"
#include "core/view/generation.h"

namespace verbatim::view {

enum class Op { kEqual, kExact, kHas, kNotEqual, kLess, kLessEqual, kGreater, kGreaterEqual };

struct Condition {
  std::string field;  // path
  Op op = Op::kEqual;
  std::string value;
};

// FIELD=VALUE (folded: case, accents and blanks don't count; a name column also by key or last
// name), == exact, ~ contains, != < <= > >=, and FIELD.ne= .lt= .le= .gt= .ge= .has= which need no
// quoting. kInvalidArgument shows the forms.
absl::StatusOr<Condition> ParseCondition(std::string_view text);

struct Query {
  std::vector<Condition> where;  // all must hold
  std::string from_day;          // on the date column, both inclusive, ISO days; empty: open
  std::string to_day;
  bool undated = false;  // keep rows without a date although days were asked for
  std::string sort;      // a field; "-field" against its order; empty: by key
  std::optional<uint64_t> limit;
  uint64_t as_of = kNow;
  uint64_t since = 0;  // only rows added or changed after this sequence
  bool all = false;    // rejected and retracted ones too
  uint32_t table = 0;
  // Keys (of a ROLE_KEY column) that a name stands for by alias; may be empty.
  std::function<std::vector<std::string>(std::string_view name)> keys_of_name;
};

struct AnsweredRow {
  std::string key;
  uint64_t since = 0;
  schema::MessagePtr message;
};

struct Answer {
  std::vector<AnsweredRow> rows;
  uint64_t matched = 0;  // before the limit
  uint64_t undated = 0;  // left out because days were asked for
  uint64_t hidden = 0;   // rejected or retracted, matching otherwise
  // Whom `=` on a name column took where it wasn't the whole name: distinct names, sorted.
  std::vector<std::string> names_taken;
  // When nothing matched a condition: "speaker=Marr: did you mean Ana Maar?", a line each.
  std::vector<std::string> came_near;
};

// kInvalidArgument: an unknown field (names the nearest), a table that isn't there; what
// Reader::Scan returns.
absl::StatusOr<Answer> Ask(const Generation& generation, schema::Registry& registry,
                           const Query& query);

// The earliest version of any row of which every condition held, whatever became of it later: what
// bisect looks for. Of the query `where`, `all`, `table` and `keys_of_name` count. Reads versions,
// replays nothing. Nothing: it never held. Of two made by one event, the first by key.
absl::StatusOr<std::optional<AnsweredRow>> FirstToHold(const Generation& generation,
                                                       schema::Registry& registry,
                                                       const Query& query);

// One condition against one row, as Ask reads it but for the aliases.
absl::StatusOr<bool> Holds(const Generation& generation, uint32_t table, const schema::Message& row,
                           const Condition& condition);

// The columns of a table for schema::RowWriter; every field where the manifest names none.
absl::StatusOr<std::vector<schema::Column>> ColumnsOf(const Generation& generation,
                                                      schema::Registry& registry, uint32_t table);

// A row of a table as a message; kDataLoss when it doesn't parse.
absl::StatusOr<schema::MessagePtr> ParseRow(const Generation& generation,
                                            schema::Registry& registry, uint32_t table,
                                            std::string_view row);

}  // namespace verbatim::view

#endif  // VERBATIM_CORE_VIEW_QUERY_H_
