// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <charconv>

#include "core/base/hex.h"
#include "core/schema/fields.h"
#include "core/schema/json.h"
#include "core/schema/set_scalar.h"

namespace verbatim::schema {
namespace {

using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Reflection;

std::string Cased(std::string_view text, char from, char to) {
  std::string cased(text);
  for (char& c : cased) {
    if (c >= from && c <= to) c = static_cast<char>(c ^ 0x20);
  }
  return cased;
}

absl::Status Wrong(const FieldDescriptor* field, std::string_view text, std::string_view wanted) {
  return absl::InvalidArgumentError(
      fmt::format("{0}={1}: {0} takes {2}", field->name(), text, wanted));
}

template <class Number>
absl::StatusOr<Number> ParseNumber(const FieldDescriptor* field, std::string_view text) {
  Number number{};
  const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
  if (result.ec == std::errc() && result.ptr == text.data() + text.size()) return number;
  return Wrong(field, text,
               std::is_floating_point_v<Number> ? "a number"
               : std::is_signed_v<Number>       ? "an integer within its range"
                                                : "an integer of 0 or more within its range");
}

absl::StatusOr<bool> ParseBool(const FieldDescriptor* field, std::string_view text) {
  const std::string lower = Cased(text, 'A', 'Z');
  if (lower == "true" || lower == "yes" || lower == "1") return true;
  if (lower == "false" || lower == "no" || lower == "0") return false;
  return Wrong(field, text, "true or false");
}

absl::StatusOr<int> ParseEnum(const FieldDescriptor* field, std::string_view text) {
  const EnumDescriptor& type = *field->enum_type();
  const std::string upper = Cased(text, 'a', 'z');
  std::vector<std::string> names;
  for (int i = 0; i < type.value_count(); ++i) {
    const std::string printed = EnumText(type, type.value(i)->number());
    if (upper == printed || upper == type.value(i)->name()) return type.value(i)->number();
    if (type.value(i)->number() != 0) names.push_back(printed);
  }
  return Wrong(field, text, fmt::format("one of {}", fmt::join(names, ", ")));
}

// Sets the field, or appends to it where it is a list.
template <class T, class Set, class Add>
absl::Status Put(Message* message, const FieldDescriptor* field, absl::StatusOr<T> value, Set set,
                 Add add) {
  VB_RETURN_IF_ERROR(value.status());
  const Reflection* reflection = message->GetReflection();
  field->is_repeated() ? (reflection->*add)(message, field, *std::move(value))
                       : (reflection->*set)(message, field, *std::move(value));
  return absl::OkStatus();
}

absl::StatusOr<std::string> ParseText(const FieldDescriptor* field, std::string_view text) {
  if (field->type() == FieldDescriptor::TYPE_BYTES) {
    std::optional<std::string> bytes = base::FromHex(text);
    if (!bytes) return Wrong(field, text, "bytes in hex");
    return *std::move(bytes);
  }
  if (!text::IsValidUtf8(text)) return Wrong(field, "...", "UTF-8");
  return std::string(text);
}

absl::Status NotByText(const FieldDescriptor* field) {
  const Descriptor& type = *field->message_type();
  return absl::InvalidArgumentError(
      fmt::format("{0} holds a {1}: name one of its fields, as in {0}.{2}", field->name(),
                  type.full_name(), type.field_count() > 0 ? type.field(0)->name() : "..."));
}

}  // namespace

absl::Status PutScalar(Message* message, const FieldDescriptor* field, std::string_view text) {
  using R = Reflection;
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return Put(message, field, ParseNumber<int32_t>(field, text), &R::SetInt32, &R::AddInt32);
    case FieldDescriptor::CPPTYPE_INT64:
      return Put(message, field, ParseNumber<int64_t>(field, text), &R::SetInt64, &R::AddInt64);
    case FieldDescriptor::CPPTYPE_UINT32:
      return Put(message, field, ParseNumber<uint32_t>(field, text), &R::SetUInt32, &R::AddUInt32);
    case FieldDescriptor::CPPTYPE_UINT64:
      return Put(message, field, ParseNumber<uint64_t>(field, text), &R::SetUInt64, &R::AddUInt64);
    case FieldDescriptor::CPPTYPE_FLOAT:
      return Put(message, field, ParseNumber<float>(field, text), &R::SetFloat, &R::AddFloat);
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return Put(message, field, ParseNumber<double>(field, text), &R::SetDouble, &R::AddDouble);
    case FieldDescriptor::CPPTYPE_BOOL:
      return Put(message, field, ParseBool(field, text), &R::SetBool, &R::AddBool);
    case FieldDescriptor::CPPTYPE_ENUM:
      return Put(message, field, ParseEnum(field, text), &R::SetEnumValue, &R::AddEnumValue);
    case FieldDescriptor::CPPTYPE_STRING:
      return Put(message, field, ParseText(field, text), &R::SetString, &R::AddString);
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return NotByText(field);
  }
  return NotByText(field);
}

namespace {

// "a, b,c" as a b c.
std::vector<std::string_view> Elements(std::string_view text) {
  std::vector<std::string_view> elements;
  while (!text.empty()) {
    const size_t comma = std::min(text.find(','), text.size());
    std::string_view element = text.substr(0, comma);
    text.remove_prefix(std::min(comma + 1, text.size()));
    while (!element.empty() && element.front() == ' ') element.remove_prefix(1);
    while (!element.empty() && element.back() == ' ') element.remove_suffix(1);
    if (!element.empty()) elements.push_back(element);
  }
  return elements;
}

}  // namespace

absl::Status SetField(Message* message, std::string_view path, std::string_view text) {
  VB_ASSIGN_OR_RETURN(const FieldPath found, FindField(*message->GetDescriptor(), path));
  // Tried out on a copy, so that a refused value changes nothing.
  const MessagePtr changed(message->New());
  changed->CopyFrom(*message);
  Message* at = changed.get();
  for (size_t i = 0; i + 1 < found.steps.size(); ++i) {
    if (found.steps[i]->is_repeated()) {
      return absl::InvalidArgumentError(
          fmt::format("{}: {} is a list, whose elements can't be set one by one", path,
                      found.steps[i]->name()));
    }
    at = at->GetReflection()->MutableMessage(at, found.steps[i]);
  }
  const FieldDescriptor* field = found.last();
  if (text.empty() || field->is_repeated()) at->GetReflection()->ClearField(at, field);
  if (!text.empty()) {
    const std::vector<std::string_view> parts =
        field->is_repeated() ? Elements(text) : std::vector<std::string_view>{text};
    for (const std::string_view part : parts) VB_RETURN_IF_ERROR(PutScalar(at, field, part));
  }
  message->GetReflection()->Swap(message, changed.get());
  return absl::OkStatus();
}

}  // namespace verbatim::schema
