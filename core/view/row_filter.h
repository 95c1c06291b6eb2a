// SPDX-License-Identifier: Apache-2.0
// One condition of a query, bound to the row type that it is asked of. Private to core/view.
#ifndef VERBATIM_CORE_VIEW_ROW_FILTER_H_
#define VERBATIM_CORE_VIEW_ROW_FILTER_H_

#include <optional>
#include <string>
#include <vector>

#include "core/schema/fields.h"
#include "core/view/query.h"
#include "verbatim/v1/plugin.pb.h"

namespace verbatim::view {

// How a row met a condition.
struct Match {
  bool holds = false;
  // `=` on a name column held by key, alias or last name: the whole name of the row.
  std::optional<std::string> taken;
};

class RowFilter {
 public:
  // kInvalidArgument names the field nearest to an unknown one.
  static absl::StatusOr<RowFilter> Bind(
      const Condition& condition, const v1::Table& table, const schema::Descriptor& type,
      const std::function<std::vector<std::string>(std::string_view)>& keys_of_name);

  Match Test(const schema::Message& row) const;
  // The texts of the field, for saying what came near.
  std::vector<std::string> Texts(const schema::Message& row) const;
  const Condition& condition() const { return condition_; }

 private:
  Match TestName(const schema::Message& row, const std::vector<schema::Value>& values) const;
  bool TestOne(const schema::Value& value) const;
  bool Ordered(const schema::Value& value) const;

  Condition condition_;
  schema::FieldPath field_;
  std::string folded_;  // of the condition's value
  bool is_name_ = false;
  std::optional<schema::FieldPath> key_;  // the key column of a name column
  std::vector<std::string> keys_;         // that the value stands for
};

// The first column of a role; nullptr: none.
const v1::Column* ColumnOfRole(const v1::Table& table, v1::Column::Role role);

}  // namespace verbatim::view

#endif  // VERBATIM_CORE_VIEW_ROW_FILTER_H_
