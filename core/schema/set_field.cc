// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <charconv>

#include "core/base/hex.h"
#include "core/schema/fields.h"
#include "core/schema/json.h"

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
#define VB_PUT_(Kind, value)                                           \
  (field->is_repeated() ? reflection->Add##Kind(message, field, value) \
                        : reflection->Set##Kind(message, field, value))

absl::Status PutScalar(Message* message, const FieldDescriptor* field, std::string_view text) {
  const Reflection* reflection = message->GetReflection();
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32: {
      VB_ASSIGN_OR_RETURN(const int32_t number, ParseNumber<int32_t>(field, text));
      VB_PUT_(Int32, number);
      break;
    }
    case FieldDescriptor::CPPTYPE_INT64: {
      VB_ASSIGN_OR_RETURN(const int64_t number, ParseNumber<int64_t>(field, text));
      VB_PUT_(Int64, number);
      break;
    }
    case FieldDescriptor::CPPTYPE_UINT32: {
      VB_ASSIGN_OR_RETURN(const uint32_t number, ParseNumber<uint32_t>(field, text));
      VB_PUT_(UInt32, number);
      break;
    }
    case FieldDescriptor::CPPTYPE_UINT64: {
      VB_ASSIGN_OR_RETURN(const uint64_t number, ParseNumber<uint64_t>(field, text));
      VB_PUT_(UInt64, number);
      break;
    }
    case FieldDescriptor::CPPTYPE_FLOAT: {
      VB_ASSIGN_OR_RETURN(const float number, ParseNumber<float>(field, text));
      VB_PUT_(Float, number);
      break;
    }
    case FieldDescriptor::CPPTYPE_DOUBLE: {
      VB_ASSIGN_OR_RETURN(const double number, ParseNumber<double>(field, text));
      VB_PUT_(Double, number);
      break;
    }
    case FieldDescriptor::CPPTYPE_BOOL: {
      VB_ASSIGN_OR_RETURN(const bool flag, ParseBool(field, text));
      VB_PUT_(Bool, flag);
      break;
    }
    case FieldDescriptor::CPPTYPE_ENUM: {
      VB_ASSIGN_OR_RETURN(const int number, ParseEnum(field, text));
      VB_PUT_(EnumValue, number);
      break;
    }
    case FieldDescriptor::CPPTYPE_STRING: {
      std::string value(text);
      if (field->type() == FieldDescriptor::TYPE_BYTES) {
        const auto bytes = base::FromHex(text);
        if (!bytes) return Wrong(field, text, "bytes in hex");
        value = *bytes;
      } else if (!text::IsValidUtf8(text)) {
        return Wrong(field, text, "UTF-8");
      }
      VB_PUT_(String, value);
      break;
    }
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return absl::InvalidArgumentError(fmt::format(
          "{0} holds a {1}: name one of its fields, as in {0}.{2}", field->name(),
          field->message_type()->full_name(),
          field->message_type()->field_count() > 0 ? field->message_type()->field(0)->name()
                                                   : "..."));
  }
  return absl::OkStatus();
}
#undef VB_PUT_

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
