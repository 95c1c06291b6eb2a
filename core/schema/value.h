// SPDX-License-Identifier: Apache-2.0
// Named values in an order: what a verb prints when no message says it, and what a field of a
// message holds.
//
//   Record row;
//   row.Add("sequence", uint64_t{7}).Add("actor", Record().Add("kind", "person"));
#ifndef VERBATIM_CORE_SCHEMA_VALUE_H_
#define VERBATIM_CORE_SCHEMA_VALUE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace verbatim::schema {

struct Field;
struct Value;
using List = std::vector<Value>;

// Fields in the order in which they were added. Names are not checked for being unique.
struct Record {
  std::vector<Field> fields;

  // Out of line: a field is complete only after this.
  Record();
  Record(const Record& other);
  Record(Record&& other) noexcept;
  Record& operator=(const Record& other);
  Record& operator=(Record&& other) noexcept;
  ~Record();

  Record& Add(std::string name, Value value);
  // The first field of that name; nullptr: none. Valid until the next Add.
  const Value* Find(std::string_view name) const;
  // Through nested records: "actor.name".
  const Value* FindPath(std::string_view path) const;
  // What FindPath finds, as TextOf shows it; "" when it finds nothing.
  std::string TextAt(std::string_view path) const;
};

// Null stands for what is unset. Enums are texts, ids and digests are hex texts.
struct Value {
  std::variant<std::monostate, bool, int64_t, uint64_t, float, double, std::string, List, Record> v;

  Value() = default;
  Value(bool b) : v(b) {}                                 // NOLINT(google-explicit-constructor)
  Value(int n) : v(int64_t{n}) {}                         // NOLINT(google-explicit-constructor)
  Value(int64_t n) : v(n) {}                              // NOLINT(google-explicit-constructor)
  Value(uint32_t n) : v(uint64_t{n}) {}                   // NOLINT(google-explicit-constructor)
  Value(uint64_t n) : v(n) {}                             // NOLINT(google-explicit-constructor)
  Value(float n) : v(n) {}                                // NOLINT(google-explicit-constructor)
  Value(double n) : v(n) {}                               // NOLINT(google-explicit-constructor)
  Value(const char* text) : v(std::string(text)) {}       // NOLINT(google-explicit-constructor)
  Value(std::string_view text) : v(std::string(text)) {}  // NOLINT(google-explicit-constructor)
  Value(std::string text) : v(std::move(text)) {}         // NOLINT(google-explicit-constructor)
  Value(List list) : v(std::move(list)) {}                // NOLINT(google-explicit-constructor)
  Value(Record record);                                   // NOLINT(google-explicit-constructor)

  // Null, "", or an empty list: what JSON leaves out.
  bool Omitted() const;
};

struct Field {
  std::string name;
  Value value;
};

inline Value::Value(Record record) : v(std::move(record)) {}

// As a cell shows it: numbers as in JSON, lists joined by ", ", records as one line of JSON.
std::string TextOf(const Value& value);

// The shortest text that reads back as the same number: 0.93, not 0.9300000071.
std::string NumberText(float number);
std::string NumberText(double number);

// Numbers by value, texts by bytes, false before true; of different kinds by TextOf. Negative, 0,
// positive.
int Compare(const Value& a, const Value& b);

// One line of JSON; `indent`: for people, two blanks a level.
std::string ToJson(const Value& value, bool indent = false);

// A text in JSON's quotation marks. UTF-8 stays as it is, ill-formed bytes become U+FFFD.
std::string QuoteJson(std::string_view text);

}  // namespace verbatim::schema

#endif  // VERBATIM_CORE_SCHEMA_VALUE_H_
