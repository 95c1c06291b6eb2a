// SPDX-License-Identifier: Apache-2.0
// Fields of any message by their path: "speaker", "cue.exact", "article.published.value". A path
// through a list means every element's.
//
//   VB_ASSIGN_OR_RETURN(FieldPath speaker, FindField(*row->GetDescriptor(), "speaker"));
//   TextAt(*row, speaker)                              "Ana Maar"
//   FindField(descriptor, "speeker")                   no field speeker in verbatim.v1.Quote: did
//   you mean speaker?
#ifndef VERBATIM_CORE_SCHEMA_FIELDS_H_
#define VERBATIM_CORE_SCHEMA_FIELDS_H_

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/schema/registry.h"
#include "core/schema/value.h"
#include "verbatim/text/utf8.h"

namespace verbatim::schema {

// Valid as long as the descriptors that it was found in.
struct FieldPath {
  std::vector<const google::protobuf::FieldDescriptor*> steps;
  const google::protobuf::FieldDescriptor* last() const { return steps.back(); }
};

// kInvalidArgument names the nearest field.
absl::StatusOr<FieldPath> FindField(const Descriptor& type, std::string_view path);

// Names of the fields of a type, in the order of their declaration; nested ones too when asked
// ("cue", "cue.begin_byte", ...).
std::vector<std::string> FieldNames(const Descriptor& type, bool nested = false);

// Of `names` the one nearest to `name` by edit distance, when it is near enough to be meant.
std::optional<std::string> Nearest(std::string_view name, const std::vector<std::string>& names);

// Every value at the path; empty when unset. Enums by printed name, bytes in hex.
std::vector<Value> ValuesAt(const Message& message, const FieldPath& path);

// For a cell: values joined by ", "; a TextSpan is its text.
std::string TextAt(const Message& message, const FieldPath& path);

// Sets a field from what a person typed, checked against its type: numbers in range, true and
// false, enum values by name with or without prefix in any case, bytes in hex. A list takes its
// elements parted by commas. An empty text clears. kInvalidArgument says what would be right.
absl::Status SetField(Message* message, std::string_view path, std::string_view text);

// Every verbatim.v1.TextSpan within a message, at any depth, whatever its type. `path` names it:
// "quoted[1]".
using SpanVisitor = std::function<absl::Status(std::string_view path, const text::Span& span)>;
absl::Status VisitSpans(const Message& message, const SpanVisitor& visit);

// The same, replacing each span by what comes back; nothing clears the field, or takes the element
// out of its list.
using SpanMover =
    std::function<std::optional<text::Span>(std::string_view path, const text::Span& span)>;
void MoveSpans(Message* message, const SpanMover& move);

}  // namespace verbatim::schema

#endif  // VERBATIM_CORE_SCHEMA_FIELDS_H_
