// SPDX-License-Identifier: Apache-2.0
#include "core/view/row_filter.h"

#include <algorithm>
#include <charconv>

#include "verbatim/text/fold.h"
#include "verbatim/text/names.h"

namespace verbatim::view {
namespace {

// A condition's value as a number, where it is one.
std::optional<double> NumberIn(const std::string& text) {
  double number = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
  if (result.ec != std::errc() || result.ptr != text.data() + text.size()) return std::nullopt;
  return number;
}

bool IsNumber(const schema::Value& value) {
  return std::holds_alternative<int64_t>(value.v) || std::holds_alternative<uint64_t>(value.v) ||
         std::holds_alternative<float>(value.v) || std::holds_alternative<double>(value.v);
}

}  // namespace

const v1::Column* ColumnOfRole(const v1::Table& table, v1::Column::Role role) {
  const auto found =
      std::find_if(table.columns().begin(), table.columns().end(),
                   [role](const v1::Column& column) { return column.role() == role; });
  return found == table.columns().end() ? nullptr : &*found;
}

absl::StatusOr<RowFilter> RowFilter::Bind(
    const Condition& condition, const v1::Table& table, const schema::Descriptor& type,
    const std::function<std::vector<std::string>(std::string_view)>& keys_of_name) {
  RowFilter filter;
  filter.condition_ = condition;
  VB_ASSIGN_OR_RETURN(filter.field_, schema::FindField(type, condition.field));
  filter.folded_ = text::Fold(condition.value);
  if (condition.op != Op::kEqual) return filter;
  for (int i = 0; i < table.columns_size(); ++i) {
    const v1::Column& column = table.columns(i);
    if (column.field() != condition.field || column.role() != v1::Column::ROLE_NAME) continue;
    filter.is_name_ = true;
    filter.keys_ = {text::NameKey(condition.value)};
    if (keys_of_name) {
      for (std::string& key : keys_of_name(condition.value)) {
        filter.keys_.push_back(std::move(key));
      }
    }
    // The key of a name stands behind it, before the next name.
    for (int next = i + 1; next < table.columns_size(); ++next) {
      if (table.columns(next).role() == v1::Column::ROLE_NAME) break;
      if (table.columns(next).role() != v1::Column::ROLE_KEY) continue;
      VB_ASSIGN_OR_RETURN(filter.key_, schema::FindField(type, table.columns(next).field()));
      break;
    }
  }
  return filter;
}

std::vector<std::string> RowFilter::Texts(const schema::Message& row) const {
  std::vector<std::string> texts;
  for (const schema::Value& value : ValuesAt(row, field_)) texts.push_back(TextOf(value));
  return texts;
}

Match RowFilter::Test(const schema::Message& row) const {
  std::vector<schema::Value> values = ValuesAt(row, field_);
  if (values.empty()) values.emplace_back("");  // an unset field is an empty text
  if (is_name_) return TestName(row, values);
  const bool negative = condition_.op == Op::kNotEqual;
  const auto holds = [this](const schema::Value& value) { return TestOne(value); };
  return {negative ? std::all_of(values.begin(), values.end(), holds)
                   : std::any_of(values.begin(), values.end(), holds),
          std::nullopt};
}

Match RowFilter::TestName(const schema::Message& row,
                          const std::vector<schema::Value>& values) const {
  for (const schema::Value& value : values) {
    if (TestOne(value)) return {true, std::nullopt};
  }
  if (folded_.empty()) return {};
  for (const schema::Value& value : values) {
    const std::string name = TextOf(value);
    if (text::Fold(text::LastName(name)) == folded_) return {true, name};
  }
  if (!key_) return {};
  for (const schema::Value& value : ValuesAt(row, *key_)) {
    const std::string key = TextOf(value);
    const bool known = !key.empty() && (text::Fold(key) == folded_ ||
                                        std::find(keys_.begin(), keys_.end(), key) != keys_.end());
    if (known) return {true, TextOf(values.front())};
  }
  return {};
}

bool RowFilter::TestOne(const schema::Value& value) const {
  const std::string text = TextOf(value);
  switch (condition_.op) {
    case Op::kExact:
      return text == condition_.value;
    case Op::kHas:
      return text::Fold(text).find(folded_) != std::string::npos;
    case Op::kEqual:
    case Op::kNotEqual: {
      const std::optional<double> number = NumberIn(condition_.value);
      const bool equal = IsNumber(value) && number ? Compare(value, schema::Value(*number)) == 0 ||
                                                         text == condition_.value
                                                   : text::Fold(text) == folded_;
      return equal == (condition_.op == Op::kEqual);
    }
    case Op::kLess:
    case Op::kLessEqual:
    case Op::kGreater:
    case Op::kGreaterEqual:
      return Ordered(value);
  }
  return false;
}

bool RowFilter::Ordered(const schema::Value& value) const {
  // What is unknown is neither before nor after anything.
  if (value.Omitted()) return false;
  const std::optional<double> number = NumberIn(condition_.value);
  const int order = IsNumber(value) && number ? Compare(value, schema::Value(*number))
                                              : text::Fold(TextOf(value)).compare(folded_);
  switch (condition_.op) {
    case Op::kLess:
      return order < 0;
    case Op::kLessEqual:
      return order <= 0;
    case Op::kGreater:
      return order > 0;
    default:
      return order >= 0;
  }
}

}  // namespace verbatim::view
