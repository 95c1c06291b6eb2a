// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "core/schema/fields.h"
#include "core/view/query.h"
#include "core/view/row_filter.h"

namespace verbatim::view {
namespace {

// The conditions of a query, bound to a table.
class Conditions {
 public:
  static absl::StatusOr<Conditions> Bind(const Generation& generation, schema::Registry& registry,
                                         const Query& query) {
    if (query.table >= generation.tables()) {
      return absl::InvalidArgumentError(fmt::format("view {} has no table of number {}",
                                                    generation.manifest().name(), query.table));
    }
    const v1::Table& table = generation.manifest().tables(static_cast<int>(query.table));
    Conditions conditions;
    conditions.row_type_ = table.row_type();
    VB_ASSIGN_OR_RETURN(conditions.types_, registry.Add(generation.build().descriptors()));
    const schema::Descriptor* type = conditions.types_->Find(table.row_type());
    if (type == nullptr) {
      return absl::DataLossError(fmt::format("view {}: its descriptors don't have the row type {}",
                                             generation.manifest().name(), table.row_type()));
    }
    for (const Condition& condition : query.where) {
      VB_ASSIGN_OR_RETURN(RowFilter filter,
                          RowFilter::Bind(condition, table, *type, query.keys_of_name));
      conditions.filters_.push_back(std::move(filter));
    }
    const v1::Column* status = ColumnOfRole(table, v1::Column::ROLE_STATUS);
    if (status != nullptr && !query.all) {
      VB_ASSIGN_OR_RETURN(conditions.status_, schema::FindField(*type, status->field()));
    }
    return conditions;
  }

  // The row as a message when all hold, else null.
  absl::StatusOr<schema::MessagePtr> Test(std::string_view bytes) const {
    VB_ASSIGN_OR_RETURN(schema::MessagePtr row, types_->Parse(row_type_, bytes));
    const std::string status = status_ ? schema::TextAt(*row, *status_) : std::string();
    const bool holds = status != "REJECTED" && status != "RETRACTED" &&
                       std::all_of(filters_.begin(), filters_.end(), [&](const RowFilter& filter) {
                         return filter.Test(*row).holds;
                       });
    if (!holds) row.reset();
    return row;
  }

 private:
  const schema::TypeSet* types_ = nullptr;
  std::string row_type_;
  std::vector<RowFilter> filters_;
  std::optional<schema::FieldPath> status_;
};

}  // namespace

absl::StatusOr<std::optional<AnsweredRow>> FirstToHold(const Generation& generation,
                                                       schema::Registry& registry,
                                                       const Query& query) {
  VB_ASSIGN_OR_RETURN(const Conditions conditions, Conditions::Bind(generation, registry, query));
  VB_ASSIGN_OR_RETURN(const Reader reader, generation.Read());
  std::optional<AnsweredRow> first;
  absl::Status status;
  VB_RETURN_IF_ERROR(reader.Versions(query.table, [&](const RowView& row) {
    // Only what would come before the best so far is parsed.
    const bool before =
        !first || row.since < first->since || (row.since == first->since && row.key < first->key);
    if (!before) return true;
    auto message = conditions.Test(row.row);
    status = message.status();
    if (!status.ok()) return false;
    if (*message != nullptr) {
      first = AnsweredRow{std::string(row.key), row.since, *std::move(message)};
    }
    return true;
  }));
  VB_RETURN_IF_ERROR(status);
  return first;
}

}  // namespace verbatim::view
