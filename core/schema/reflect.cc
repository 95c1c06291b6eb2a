// SPDX-License-Identifier: Apache-2.0
#include "core/schema/reflect.h"

#include "core/base/hex.h"
#include "core/schema/json.h"

namespace verbatim::schema {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Reflection;

// The getters of one kind of field, for a plain field or an element.
template <class Get, class GetRepeated>
auto Read(const Message& message, const FieldDescriptor* field, int index, Get get,
          GetRepeated get_repeated) {
  const Reflection* reflection = message.GetReflection();
  return index < 0 ? (reflection->*get)(message, field)
                   : (reflection->*get_repeated)(message, field, index);
}

}  // namespace

bool Printed(const Message& message, const FieldDescriptor* field) {
  const Reflection* reflection = message.GetReflection();
  if (field->is_repeated()) return reflection->FieldSize(message, field) > 0;
  if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
    std::string scratch;
    return !reflection->GetStringReference(message, field, &scratch).empty();
  }
  return !field->has_presence() || reflection->HasField(message, field);
}

Value ScalarAt(const Message& message, const FieldDescriptor* field, int index) {
  using R = Reflection;
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return int64_t{Read(message, field, index, &R::GetInt32, &R::GetRepeatedInt32)};
    case FieldDescriptor::CPPTYPE_INT64:
      return int64_t{Read(message, field, index, &R::GetInt64, &R::GetRepeatedInt64)};
    case FieldDescriptor::CPPTYPE_UINT32:
      return uint64_t{Read(message, field, index, &R::GetUInt32, &R::GetRepeatedUInt32)};
    case FieldDescriptor::CPPTYPE_UINT64:
      return uint64_t{Read(message, field, index, &R::GetUInt64, &R::GetRepeatedUInt64)};
    case FieldDescriptor::CPPTYPE_FLOAT:
      return Read(message, field, index, &R::GetFloat, &R::GetRepeatedFloat);
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return Read(message, field, index, &R::GetDouble, &R::GetRepeatedDouble);
    case FieldDescriptor::CPPTYPE_BOOL:
      return Read(message, field, index, &R::GetBool, &R::GetRepeatedBool);
    case FieldDescriptor::CPPTYPE_ENUM: {
      const int number = Read(message, field, index, &R::GetEnumValue, &R::GetRepeatedEnumValue);
      if (field->enum_type()->FindValueByNumber(number) == nullptr) return number;
      return EnumText(*field->enum_type(), number);
    }
    case FieldDescriptor::CPPTYPE_STRING: {
      std::string text = Read(message, field, index, &R::GetString, &R::GetRepeatedString);
      return field->type() == FieldDescriptor::TYPE_BYTES ? base::ToHex(text) : std::move(text);
    }
    case FieldDescriptor::CPPTYPE_MESSAGE:
      break;
  }
  return {};
}

std::string EnumPrefix(const google::protobuf::EnumDescriptor& type) {
  std::string prefix;
  const std::string& name = type.name();
  for (size_t i = 0; i < name.size(); ++i) {
    const bool upper = name[i] >= 'A' && name[i] <= 'Z';
    const bool after_upper = i > 0 && name[i - 1] >= 'A' && name[i - 1] <= 'Z';
    const bool before_lower = i + 1 < name.size() && name[i + 1] >= 'a' && name[i + 1] <= 'z';
    if (upper && i > 0 && name[i - 1] != '_' && (!after_upper || before_lower)) prefix += '_';
    prefix += name[i] >= 'a' && name[i] <= 'z' ? static_cast<char>(name[i] - 'a' + 'A') : name[i];
  }
  return prefix + '_';
}

TypedBody TypedBodyOf(const Message& message) {
  static const std::string kName = "verbatim.v1.TypedBody";
  const Descriptor* descriptor = message.GetDescriptor();
  if (descriptor->full_name() != kName) return {};
  const FieldDescriptor* type = descriptor->FindFieldByNumber(1);
  const FieldDescriptor* value = descriptor->FindFieldByNumber(2);
  if (type == nullptr || value == nullptr || type->is_repeated() || value->is_repeated() ||
      type->type() != FieldDescriptor::TYPE_STRING ||
      value->type() != FieldDescriptor::TYPE_BYTES) {
    return {};
  }
  const Reflection* reflection = message.GetReflection();
  return {true, reflection->GetString(message, type), reflection->GetString(message, value)};
}

bool IsSpan(const Descriptor* type) {
  static const std::string kName = "verbatim.v1.TextSpan";
  return type->full_name() == kName;
}

}  // namespace verbatim::schema
