// SPDX-License-Identifier: Apache-2.0
#include "tests/proto/facts.h"

#include <fmt/format.h>

#include <sstream>

namespace verbatim::testing {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;

// "repeated verbatim.v1.TextSpan", "optional uint64", "oneof target: bytes".
std::string TypeOf(const FieldDescriptor& field) {
  std::string type = field.type_name();
  if (field.message_type() != nullptr) type = field.message_type()->full_name();
  if (field.enum_type() != nullptr) type = field.enum_type()->full_name();
  if (field.is_map()) return "map of " + type;
  if (field.is_repeated()) return "repeated " + type;
  if (field.real_containing_oneof() != nullptr) {
    return fmt::format("oneof {}: {}", field.real_containing_oneof()->name(), type);
  }
  return (field.has_presence() && field.message_type() == nullptr ? "optional " : "") + type;
}

void AddEnum(const EnumDescriptor& type, Facts* facts) {
  facts->insert("enum " + type.full_name());
  for (int i = 0; i < type.value_count(); ++i) {
    facts->insert(fmt::format("value {} {} {}", type.full_name(), type.value(i)->number(),
                              type.value(i)->name()));
  }
  for (int i = 0; i < type.reserved_range_count(); ++i) {
    // Of an enum the end is within the range.
    for (int number = type.reserved_range(i)->start; number <= type.reserved_range(i)->end;
         ++number) {
      facts->insert(fmt::format("reserved {} {}", type.full_name(), number));
    }
  }
  for (int i = 0; i < type.reserved_name_count(); ++i) {
    facts->insert(fmt::format("reserved {} {}", type.full_name(), type.reserved_name(i)));
  }
}

void AddMessage(const Descriptor& type, Facts* facts) {
  facts->insert("message " + type.full_name());
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    facts->insert(fmt::format("field {} {} {} {}", type.full_name(), field.number(), field.name(),
                              TypeOf(field)));
  }
  for (int i = 0; i < type.reserved_range_count(); ++i) {
    for (int number = type.reserved_range(i)->start; number < type.reserved_range(i)->end;
         ++number) {
      facts->insert(fmt::format("reserved {} {}", type.full_name(), number));
    }
  }
  for (int i = 0; i < type.reserved_name_count(); ++i) {
    facts->insert(fmt::format("reserved {} {}", type.full_name(), type.reserved_name(i)));
  }
  for (int i = 0; i < type.nested_type_count(); ++i) AddMessage(*type.nested_type(i), facts);
  for (int i = 0; i < type.enum_type_count(); ++i) AddEnum(*type.enum_type(i), facts);
}

// "field M 3 name ..." and "value E 3 NAME" are removed well when M reserves 3 and name.
bool IsRemovedWell(const std::string& fact, const Facts& today) {
  std::istringstream words(fact);
  std::string kind, owner, number, name;
  words >> kind >> owner >> number >> name;
  if (kind != "field" && kind != "value") return false;
  return today.count(fmt::format("reserved {} {}", owner, number)) == 1 &&
         today.count(fmt::format("reserved {} {}", owner, name)) == 1;
}

// The fact of today that has the same kind, owner and number.
std::string InItsPlace(const std::string& fact, const Facts& today) {
  std::istringstream words(fact);
  std::string kind, owner, number;
  words >> kind >> owner >> number;
  const std::string begin = fmt::format("{} {} {} ", kind, owner, number);
  const auto found = today.lower_bound(begin);
  return found != today.end() && found->compare(0, begin.size(), begin) == 0 ? *found : "";
}

}  // namespace

Facts FactsOf(const google::protobuf::FileDescriptor& file) {
  Facts facts;
  for (int i = 0; i < file.message_type_count(); ++i) AddMessage(*file.message_type(i), &facts);
  for (int i = 0; i < file.enum_type_count(); ++i) AddEnum(*file.enum_type(i), &facts);
  return facts;
}

std::vector<std::string> Breaks(const Facts& baseline, const Facts& today) {
  std::vector<std::string> breaks;
  for (const std::string& fact : baseline) {
    if (today.count(fact) == 1 || IsRemovedWell(fact, today)) continue;
    const std::string now = InItsPlace(fact, today);
    breaks.push_back(
        now.empty() ? fmt::format("'{}' is gone: put it back; or, if nothing reads it any more, "
                                  "reserve its number and its name",
                                  fact)
                    : fmt::format("'{}' became '{}': give the new one a new number", fact, now));
  }
  return breaks;
}

}  // namespace verbatim::testing
