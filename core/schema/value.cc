// SPDX-License-Identifier: Apache-2.0
#include "core/schema/value.h"

#include <charconv>
#include <cmath>

#include "core/schema/json_text.h"

namespace verbatim::schema {
namespace {

template <class Number>
std::string ShortestText(Number number) {
  if (!std::isfinite(number)) return "null";
  char buffer[40];
  // Digits as long as people read them so: an amount of 9 million is no 9e+06.
  const Number size = std::fabs(number);
  const bool plain = size == 0 || (size >= Number(1e-7) && size < Number(1e21));
  const auto result =
      plain ? std::to_chars(buffer, buffer + sizeof(buffer), number, std::chars_format::fixed)
            : std::to_chars(buffer, buffer + sizeof(buffer), number);
  return std::string(buffer, result.ptr);
}

void AppendValue(const Value& value, int depth, bool indent, std::string* out);

void AppendRecord(const Record& record, int depth, bool indent, std::string* out) {
  out->push_back('{');
  bool first = true;
  for (const Field& field : record.fields) {
    if (field.value.Omitted()) continue;
    if (!first) out->push_back(',');
    first = false;
    if (indent) AppendLineEnd(depth + 1, out);
    AppendQuoted(field.name, out);
    out->append(indent ? ": " : ":");
    AppendValue(field.value, depth + 1, indent, out);
  }
  if (indent && !first) AppendLineEnd(depth, out);
  out->push_back('}');
}

void AppendList(const List& list, int depth, bool indent, std::string* out) {
  out->push_back('[');
  for (size_t i = 0; i < list.size(); ++i) {
    if (i > 0) out->push_back(',');
    if (indent) AppendLineEnd(depth + 1, out);
    AppendValue(list[i], depth + 1, indent, out);
  }
  if (indent && !list.empty()) AppendLineEnd(depth, out);
  out->push_back(']');
}

void AppendValue(const Value& value, int depth, bool indent, std::string* out) {
  if (const auto* record = std::get_if<Record>(&value.v)) {
    AppendRecord(*record, depth, indent, out);
  } else if (const auto* list = std::get_if<List>(&value.v)) {
    AppendList(*list, depth, indent, out);
  } else if (const auto* text = std::get_if<std::string>(&value.v)) {
    AppendQuoted(*text, out);
  } else if (std::holds_alternative<std::monostate>(value.v)) {
    out->append("null");
  } else {
    out->append(TextOf(value));
  }
}

// Numbers that may be compared with each other; nothing for other kinds.
struct Numeric {
  bool is = false;
  long double value = 0;
};

Numeric NumericOf(const Value& value) {
  return std::visit(
      [](const auto& v) -> Numeric {
        using T = std::decay_t<decltype(v)>;
        if constexpr (std::is_arithmetic_v<T> && !std::is_same_v<T, bool>) {
          return {true, static_cast<long double>(v)};
        } else {
          return {};
        }
      },
      value.v);
}

}  // namespace

Record::Record() = default;
Record::Record(const Record& other) = default;
Record::Record(Record&& other) noexcept = default;
Record& Record::operator=(const Record& other) = default;
Record& Record::operator=(Record&& other) noexcept = default;
Record::~Record() = default;

Record& Record::Add(std::string name, Value value) {
  fields.push_back({std::move(name), std::move(value)});
  return *this;
}

const Value* Record::Find(std::string_view name) const {
  for (const Field& field : fields) {
    if (field.name == name) return &field.value;
  }
  return nullptr;
}

const Value* Record::FindPath(std::string_view path) const {
  const size_t dot = path.find('.');
  const Value* value = Find(path.substr(0, dot));
  if (value == nullptr || dot == std::string_view::npos) return value;
  const auto* nested = std::get_if<Record>(&value->v);
  return nested == nullptr ? nullptr : nested->FindPath(path.substr(dot + 1));
}

std::string Record::TextAt(std::string_view path) const {
  const Value* value = FindPath(path);
  return value == nullptr ? std::string() : TextOf(*value);
}

bool Value::Omitted() const {
  if (std::holds_alternative<std::monostate>(v)) return true;
  if (const auto* text = std::get_if<std::string>(&v)) return text->empty();
  if (const auto* list = std::get_if<List>(&v)) return list->empty();
  return false;
}

std::string NumberText(float number) { return ShortestText(number); }
std::string NumberText(double number) { return ShortestText(number); }

std::string TextOf(const Value& value) {
  return std::visit(
      [&value](const auto& v) -> std::string {
        using T = std::decay_t<decltype(v)>;
        if constexpr (std::is_same_v<T, std::monostate>) {
          return {};
        } else if constexpr (std::is_same_v<T, bool>) {
          return v ? "true" : "false";
        } else if constexpr (std::is_same_v<T, int64_t> || std::is_same_v<T, uint64_t>) {
          return std::to_string(v);
        } else if constexpr (std::is_same_v<T, float> || std::is_same_v<T, double>) {
          return NumberText(v);
        } else if constexpr (std::is_same_v<T, std::string>) {
          return v;
        } else if constexpr (std::is_same_v<T, List>) {
          std::string joined;
          for (const Value& element : v) {
            if (!joined.empty()) joined.append(", ");
            joined.append(TextOf(element));
          }
          return joined;
        } else {
          return ToJson(value);
        }
      },
      value.v);
}

int Compare(const Value& a, const Value& b) {
  const Numeric x = NumericOf(a);
  const Numeric y = NumericOf(b);
  if (x.is && y.is) return x.value < y.value ? -1 : (x.value > y.value ? 1 : 0);
  const auto* s = std::get_if<std::string>(&a.v);
  const auto* t = std::get_if<std::string>(&b.v);
  const int order = s != nullptr && t != nullptr ? s->compare(*t) : TextOf(a).compare(TextOf(b));
  return order < 0 ? -1 : (order > 0 ? 1 : 0);
}

std::string ToJson(const Value& value, bool indent) {
  std::string out;
  AppendValue(value, 0, indent, &out);
  return out;
}

std::string QuoteJson(std::string_view text) {
  std::string out;
  AppendQuoted(text, &out);
  return out;
}

}  // namespace verbatim::schema
