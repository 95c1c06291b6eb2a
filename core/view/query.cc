// SPDX-License-Identifier: Apache-2.0
#include "core/view/query.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/schema/fields.h"
#include "core/view/row_filter.h"
#include "verbatim/text/fold.h"

namespace verbatim::view {
namespace {

using schema::Descriptor;
using schema::FieldPath;
using schema::Message;

constexpr size_t kNamesNearMax = 5;
constexpr std::string_view kBasisSuffix = "_basis";
constexpr std::string_view kUpperBound = "ARTICLE_DATE";

// The row type of a table, from the descriptors that the generation stores.
struct Rows {
  const v1::Table* table = nullptr;
  const schema::TypeSet* types = nullptr;
  const Descriptor* type = nullptr;
};

absl::StatusOr<Rows> RowsOf(const Generation& generation, schema::Registry& registry,
                            uint32_t table) {
  if (table >= generation.tables()) {
    return absl::InvalidArgumentError(
        fmt::format("view {} has no table of number {}", generation.manifest().name(), table));
  }
  Rows rows;
  rows.table = &generation.manifest().tables(static_cast<int>(table));
  VB_ASSIGN_OR_RETURN(rows.types, registry.Add(generation.build().descriptors()));
  rows.type = rows.types->Find(rows.table->row_type());
  if (rows.type == nullptr) {
    return absl::DataLossError(fmt::format("view {}: its descriptors don't have the row type {}",
                                           generation.manifest().name(), rows.table->row_type()));
  }
  return rows;
}

// A day, month or year as the first and the last day that it may mean; nothing when the text is no
// date.
struct DayRange {
  std::string first;
  std::string last;
};

std::optional<DayRange> DaysOf(const std::string& text) {
  const auto digits = [&](size_t begin, size_t size) {
    return text.size() >= begin + size &&
           std::all_of(text.begin() + static_cast<std::ptrdiff_t>(begin),
                       text.begin() + static_cast<std::ptrdiff_t>(begin + size),
                       [](char c) { return c >= '0' && c <= '9'; });
  };
  if (!digits(0, 4)) return std::nullopt;
  const std::string year = text.substr(0, 4);
  if (text.size() < 7 || text[4] != '-' || !digits(5, 2)) {
    return DayRange{year + "-01-01", year + "-12-31"};
  }
  const std::string month = text.substr(0, 7);
  if (text.size() < 10 || text[7] != '-' || !digits(8, 2)) {
    return DayRange{month + "-01", month + "-31"};
  }
  return DayRange{text.substr(0, 10), text.substr(0, 10)};
}

// --from and --to against the date column, or against the interval that it begins.
class DayFilter {
 public:
  enum class Verdict { kIn, kOut, kUndated };

  static absl::StatusOr<DayFilter> Bind(const Query& query, const Rows& rows,
                                        std::string_view view) {
    DayFilter filter;
    filter.from_ = query.from_day;
    filter.to_ = query.to_day;
    if (filter.from_.empty() && filter.to_.empty()) return filter;
    const v1::Column* date = ColumnOfRole(*rows.table, v1::Column::ROLE_DATE);
    if (date == nullptr) {
      return absl::InvalidArgumentError(
          fmt::format("view {} has no date column: use --where instead of --from and --to", view));
    }
    VB_ASSIGN_OR_RETURN(filter.date_, schema::FindField(*rows.type, date->field()));
    const v1::Column* end = ColumnOfRole(*rows.table, v1::Column::ROLE_DATE_END);
    if (end != nullptr) {
      VB_ASSIGN_OR_RETURN(filter.end_, schema::FindField(*rows.type, end->field()));
    }
    return filter;
  }

  Verdict Test(const Message& row) const {
    if (!date_) return Verdict::kIn;
    const std::optional<DayRange> days = DaysOf(TextAt(row, *date_));
    const std::string end = end_ ? TextAt(row, *end_) : std::string();
    if (!days) return Verdict::kUndated;
    const bool begins_in_time = to_.empty() || days->first <= to_;
    // An end is exclusive: an interval that ends on the first day asked for is over by then. An end
    // with a time of day still reaches into its day.
    const bool lasts =
        from_.empty() || days->last >= from_ ||
        (!end.empty() && (end.size() > 10 ? end.substr(0, 10) >= from_ : end > from_));
    return begins_in_time && lasts ? Verdict::kIn : Verdict::kOut;
  }

 private:
  std::string from_;
  std::string to_;
  std::optional<FieldPath> date_;
  std::optional<FieldPath> end_;
};

// Sorting by a field: what is unset comes last, whichever way; an upper bound comes after the dates
// of its day.
struct SortKey {
  schema::Value value;
  bool upper_bound = false;
  bool unset = false;
};

class Sorter {
 public:
  static absl::StatusOr<Sorter> Bind(std::string_view by, const Descriptor& type) {
    Sorter sorter;
    sorter.reverse_ = !by.empty() && by.front() == '-';
    if (sorter.reverse_) by.remove_prefix(1);
    VB_ASSIGN_OR_RETURN(sorter.field_, schema::FindField(type, by));
    const auto basis = schema::FindField(type, fmt::format("{}{}", by, kBasisSuffix));
    if (basis.ok()) sorter.basis_ = *basis;
    return sorter;
  }

  SortKey KeyOf(const Message& row) const {
    SortKey key;
    std::vector<schema::Value> values = ValuesAt(row, field_);
    key.unset = values.empty() || values.front().Omitted();
    if (!values.empty()) key.value = std::move(values.front());
    key.upper_bound = basis_ && TextAt(row, *basis_) == kUpperBound;
    return key;
  }

  bool Before(const SortKey& a, const SortKey& b) const {
    if (a.unset != b.unset) return b.unset;
    if (a.unset) return false;
    const int order = Compare(a.value, b.value);
    if (order != 0) return reverse_ ? order > 0 : order < 0;
    return reverse_ ? a.upper_bound && !b.upper_bound : !a.upper_bound && b.upper_bound;
  }

 private:
  bool reverse_ = false;
  FieldPath field_;
  std::optional<FieldPath> basis_;
};

void SortRows(const Sorter& sorter, std::vector<AnsweredRow>* rows) {
  std::vector<std::pair<SortKey, AnsweredRow>> keyed;
  keyed.reserve(rows->size());
  for (AnsweredRow& row : *rows) keyed.emplace_back(sorter.KeyOf(*row.message), std::move(row));
  std::stable_sort(keyed.begin(), keyed.end(),
                   [&](const auto& a, const auto& b) { return sorter.Before(a.first, b.first); });
  rows->clear();
  for (auto& [key, row] : keyed) rows->push_back(std::move(row));
}

// The values that a condition on one field didn't find, for "did you mean".
class Nearby {
 public:
  void See(const std::string& text) {
    constexpr size_t kDistinctMax = 10'000;
    if (!text.empty() && seen_.size() < kDistinctMax) seen_.insert(text);
  }

  // By likeness to `wanted`: those that contain it, then those a few letters off.
  std::vector<std::string> To(const std::string& wanted) const {
    const std::string folded = text::Fold(wanted);
    std::vector<std::string> near;
    const auto take = [&](const std::string& text) {
      const bool new_one = std::find(near.begin(), near.end(), text) == near.end();
      if (new_one && near.size() < kNamesNearMax) near.push_back(text);
    };
    for (const std::string& text : seen_) {
      if (!folded.empty() && text::Fold(text).find(folded) != std::string::npos) take(text);
    }
    for (const std::string& text : seen_) {
      const std::string candidate = text::Fold(text);
      std::vector<std::string> parts = {candidate};
      for (size_t begin = 0; begin < candidate.size();) {
        const size_t end = std::min(candidate.find(' ', begin), candidate.size());
        parts.push_back(candidate.substr(begin, end - begin));
        begin = end + 1;
      }
      if (schema::Nearest(folded, parts)) take(text);
    }
    return near;
  }

 private:
  std::set<std::string> seen_;
};

// One question, bound to the table that it is asked of.
class Asking {
 public:
  static absl::StatusOr<Asking> Bind(const Generation& generation, schema::Registry& registry,
                                     const Query& query) {
    Asking asking;
    VB_ASSIGN_OR_RETURN(asking.rows_, RowsOf(generation, registry, query.table));
    asking.query_ = &query;
    for (const Condition& condition : query.where) {
      VB_ASSIGN_OR_RETURN(
          RowFilter filter,
          RowFilter::Bind(condition, *asking.rows_.table, *asking.rows_.type, query.keys_of_name));
      asking.filters_.push_back(std::move(filter));
    }
    asking.nearby_.resize(asking.filters_.size());
    asking.met_.resize(asking.filters_.size());
    VB_ASSIGN_OR_RETURN(asking.days_,
                        DayFilter::Bind(query, asking.rows_, generation.manifest().name()));
    if (!query.sort.empty()) {
      VB_ASSIGN_OR_RETURN(asking.sorter_, Sorter::Bind(query.sort, *asking.rows_.type));
    }
    const v1::Column* status = ColumnOfRole(*asking.rows_.table, v1::Column::ROLE_STATUS);
    if (status != nullptr && !query.all) {
      VB_ASSIGN_OR_RETURN(asking.status_, schema::FindField(*asking.rows_.type, status->field()));
    }
    return asking;
  }

  absl::Status Take(const RowView& view) {
    if (view.since <= query_->since && query_->since > 0) return absl::OkStatus();
    VB_ASSIGN_OR_RETURN(schema::MessagePtr row,
                        rows_.types->Parse(rows_.table->row_type(), view.row));
    const bool hidden = Hidden(*row);
    std::vector<std::string> taken;
    bool holds = true;
    for (size_t i = 0; i < filters_.size(); ++i) {
      Match match = filters_[i].Test(*row);
      if (match.holds) {
        met_[i] = true;
        if (match.taken) taken.push_back(*std::move(match.taken));
        continue;
      }
      holds = false;
      if (!hidden) {
        for (const std::string& text : filters_[i].Texts(*row)) nearby_[i].See(text);
      }
    }
    if (!holds) return absl::OkStatus();
    const DayFilter::Verdict days = days_.Test(*row);
    if (days == DayFilter::Verdict::kOut) return absl::OkStatus();
    if (hidden) {
      ++answer_.hidden;
      return absl::OkStatus();
    }
    if (days == DayFilter::Verdict::kUndated && !query_->undated) {
      ++answer_.undated;
      return absl::OkStatus();
    }
    taken_.insert(taken.begin(), taken.end());
    answer_.rows.push_back({std::string(view.key), view.since, std::move(row)});
    return absl::OkStatus();
  }

  Answer Finish() {
    answer_.matched = answer_.rows.size();
    if (sorter_) SortRows(*sorter_, &answer_.rows);
    if (query_->limit && answer_.rows.size() > *query_->limit) {
      answer_.rows.resize(*query_->limit);
    }
    answer_.names_taken.assign(taken_.begin(), taken_.end());
    for (size_t i = 0; i < filters_.size(); ++i) {
      const Condition& condition = filters_[i].condition();
      if (met_[i] || (condition.op != Op::kEqual && condition.op != Op::kExact)) continue;
      const std::vector<std::string> near = nearby_[i].To(condition.value);
      if (near.empty()) continue;
      answer_.came_near.push_back(fmt::format("{}={}: did you mean {}?", condition.field,
                                              condition.value, fmt::join(near, ", ")));
    }
    return std::move(answer_);
  }

 private:
  bool Hidden(const Message& row) const {
    if (!status_) return false;
    const std::string status = TextAt(row, *status_);
    return status == "REJECTED" || status == "RETRACTED";
  }

  Rows rows_;
  const Query* query_ = nullptr;
  std::vector<RowFilter> filters_;
  std::vector<Nearby> nearby_;
  std::vector<bool> met_;
  DayFilter days_;
  std::optional<Sorter> sorter_;
  std::optional<FieldPath> status_;
  std::set<std::string> taken_;
  Answer answer_;
};

}  // namespace

absl::StatusOr<Answer> Ask(const Generation& generation, schema::Registry& registry,
                           const Query& query) {
  VB_ASSIGN_OR_RETURN(Asking asking, Asking::Bind(generation, registry, query));
  VB_ASSIGN_OR_RETURN(const Reader reader, generation.Read());
  absl::Status status;
  VB_RETURN_IF_ERROR(reader.Scan(query.table, {.as_of = query.as_of}, [&](const RowView& row) {
    status = asking.Take(row);
    return status.ok();
  }));
  VB_RETURN_IF_ERROR(status);
  return asking.Finish();
}

absl::StatusOr<bool> Holds(const Generation& generation, uint32_t table, const Message& row,
                           const Condition& condition) {
  if (table >= generation.tables()) return absl::InvalidArgumentError("there is no such table");
  VB_ASSIGN_OR_RETURN(
      const RowFilter filter,
      RowFilter::Bind(condition, generation.manifest().tables(static_cast<int>(table)),
                      *row.GetDescriptor(), {}));
  return filter.Test(row).holds;
}

absl::StatusOr<std::vector<schema::Column>> ColumnsOf(const Generation& generation,
                                                      schema::Registry& registry, uint32_t table) {
  VB_ASSIGN_OR_RETURN(const Rows rows, RowsOf(generation, registry, table));
  std::vector<schema::Column> columns;
  for (const v1::Column& column : rows.table->columns()) {
    VB_RETURN_IF_ERROR(schema::FindField(*rows.type, column.field()).status());
    columns.push_back({.field = column.field(),
                       .title = column.title(),
                       .role = static_cast<schema::Role>(column.role()),
                       .hidden = column.hidden()});
  }
  if (!columns.empty()) return columns;
  for (std::string& name : schema::FieldNames(*rows.type)) {
    columns.push_back({.field = std::move(name)});
  }
  return columns;
}

absl::StatusOr<schema::MessagePtr> ParseRow(const Generation& generation,
                                            schema::Registry& registry, uint32_t table,
                                            std::string_view row) {
  VB_ASSIGN_OR_RETURN(const Rows rows, RowsOf(generation, registry, table));
  return rows.types->Parse(rows.table->row_type(), row);
}

}  // namespace verbatim::view
