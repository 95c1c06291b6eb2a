// SPDX-License-Identifier: Apache-2.0
#include "core/schema/fields.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>

#include <algorithm>

#include "core/schema/json.h"
#include "core/schema/reflect.h"

namespace verbatim::schema {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Reflection;

void AppendNames(const Descriptor& type, const std::string& prefix, bool nested, int depth,
                 std::vector<std::string>* names) {
  constexpr int kNestedMax = 4;  // deep enough for every body, and an end to recursive types
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor* field = type.field(i);
    names->push_back(prefix + field->name());
    if (nested && field->message_type() != nullptr && depth < kNestedMax) {
      AppendNames(*field->message_type(), names->back() + ".", nested, depth + 1, names);
    }
  }
}

size_t EditDistance(std::string_view a, std::string_view b) {
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
    }
  }
  return row[b.size()];
}

void AppendValues(const Message& message, const FieldPath& path, size_t step,
                  std::vector<Value>* values) {
  const FieldDescriptor* field = path.steps[step];
  const Reflection* reflection = message.GetReflection();
  const bool is_message = field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
  if (!field->is_repeated() && !Printed(message, field)) return;
  const int size = field->is_repeated() ? reflection->FieldSize(message, field) : 1;
  for (int i = 0; i < size; ++i) {
    const int index = field->is_repeated() ? i : -1;
    if (!is_message) {
      values->push_back(ScalarAt(message, field, index));
      continue;
    }
    const Message& inner = index < 0 ? reflection->GetMessage(message, field)
                                     : reflection->GetRepeatedMessage(message, field, index);
    if (step + 1 < path.steps.size()) {
      AppendValues(inner, path, step + 1, values);
    } else if (IsSpan(inner.GetDescriptor())) {
      const FieldDescriptor* exact = inner.GetDescriptor()->FindFieldByName("exact");
      values->push_back(exact == nullptr ? Value() : ScalarAt(inner, exact, -1));
    } else {
      values->push_back(ToRecord(inner));
    }
  }
}

}  // namespace

absl::StatusOr<FieldPath> FindField(const Descriptor& type, std::string_view path) {
  FieldPath found;
  const Descriptor* at = &type;
  for (size_t begin = 0; begin <= path.size();) {
    const size_t dot = std::min(path.find('.', begin), path.size());
    const std::string_view name = path.substr(begin, dot - begin);
    begin = dot + 1;
    if (at == nullptr) {
      return absl::InvalidArgumentError(
          fmt::format("{} of {} has no fields of its own, so {} names nothing",
                      found.last()->name(), type.full_name(), path));
    }
    const FieldDescriptor* field = at->FindFieldByName(std::string(name));
    if (field == nullptr) {
      const std::vector<std::string> names = FieldNames(*at);
      const auto nearest = Nearest(name, names);
      return absl::InvalidArgumentError(
          fmt::format("no field {} in {}: {}", name, at->full_name(),
                      nearest ? fmt::format("did you mean {}?", *nearest)
                              : fmt::format("it has {}", fmt::join(names, ", "))));
    }
    found.steps.push_back(field);
    at = field->message_type();
  }
  return found;
}

std::vector<std::string> FieldNames(const Descriptor& type, bool nested) {
  std::vector<std::string> names;
  AppendNames(type, "", nested, 0, &names);
  return names;
}

std::optional<std::string> Nearest(std::string_view name, const std::vector<std::string>& names) {
  const std::string* best = nullptr;
  size_t best_distance = 0;
  for (const std::string& candidate : names) {
    const bool begins = name.size() >= 3 && candidate.compare(0, name.size(), name) == 0;
    const size_t distance = begins ? 1 : EditDistance(name, candidate);
    if (best == nullptr || distance < best_distance) {
      best = &candidate;
      best_distance = distance;
    }
  }
  const size_t bound = 1 + name.size() / 4;  // a letter, or two that changed places
  if (best == nullptr || best_distance > bound) return std::nullopt;
  return *best;
}

std::vector<Value> ValuesAt(const Message& message, const FieldPath& path) {
  std::vector<Value> values;
  AppendValues(message, path, 0, &values);
  return values;
}

std::string TextAt(const Message& message, const FieldPath& path) {
  const std::vector<Value> values = ValuesAt(message, path);
  std::string joined;
  for (const Value& value : values) {
    if (!joined.empty()) joined.append(", ");
    joined.append(TextOf(value));
  }
  return joined;
}

}  // namespace verbatim::schema
