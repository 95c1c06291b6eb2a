// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <google/protobuf/descriptor.h>

#include "core/schema/fields.h"
#include "core/schema/reflect.h"
#include "core/schema/set_spans.h"

namespace verbatim::schema {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Reflection;

// The fields of verbatim.v1.TextSpan by number, whichever build of it this is.
enum SpanField { kBeginByte = 1, kEndByte = 2, kBeginChar = 3, kEndChar = 4, kExact = 5 };

uint32_t NumberAt(const Message& span, int number) {
  const FieldDescriptor* field = span.GetDescriptor()->FindFieldByNumber(number);
  if (field == nullptr || field->is_repeated() ||
      field->cpp_type() != FieldDescriptor::CPPTYPE_UINT32) {
    return 0;
  }
  return span.GetReflection()->GetUInt32(span, field);
}

text::Span SpanOf(const Message& message) {
  text::Span span;
  span.begin_byte = NumberAt(message, kBeginByte);
  span.end_byte = NumberAt(message, kEndByte);
  span.begin_char = NumberAt(message, kBeginChar);
  span.end_char = NumberAt(message, kEndChar);
  const FieldDescriptor* exact = message.GetDescriptor()->FindFieldByNumber(kExact);
  if (exact != nullptr && !exact->is_repeated() && exact->type() == FieldDescriptor::TYPE_STRING) {
    span.exact = message.GetReflection()->GetString(message, exact);
  }
  return span;
}

void SetNumber(Message* span, int number, uint32_t value) {
  const FieldDescriptor* field = span->GetDescriptor()->FindFieldByNumber(number);
  if (field == nullptr || field->is_repeated() ||
      field->cpp_type() != FieldDescriptor::CPPTYPE_UINT32) {
    return;
  }
  span->GetReflection()->SetUInt32(span, field, value);
}

void SetSpan(Message* message, const text::Span& span) {
  SetNumber(message, kBeginByte, span.begin_byte);
  SetNumber(message, kEndByte, span.end_byte);
  SetNumber(message, kBeginChar, span.begin_char);
  SetNumber(message, kEndChar, span.end_char);
  const FieldDescriptor* exact = message->GetDescriptor()->FindFieldByNumber(kExact);
  if (exact != nullptr && !exact->is_repeated() && exact->type() == FieldDescriptor::TYPE_STRING) {
    message->GetReflection()->SetString(message, exact, span.exact);
  }
}

std::vector<const FieldDescriptor*> MessageFields(const Message& message) {
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  std::erase_if(fields, [](const FieldDescriptor* field) {
    return field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE;
  });
  return fields;
}

absl::Status VisitIn(const Message& message, const std::string& path, const SpanVisitor& visit) {
  if (IsSpan(message.GetDescriptor())) return visit(path, SpanOf(message));
  const Reflection* reflection = message.GetReflection();
  const std::string prefix = path.empty() ? "" : path + ".";
  for (const FieldDescriptor* field : MessageFields(message)) {
    if (!field->is_repeated()) {
      VB_RETURN_IF_ERROR(
          VisitIn(reflection->GetMessage(message, field), prefix + field->name(), visit));
      continue;
    }
    for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
      VB_RETURN_IF_ERROR(VisitIn(reflection->GetRepeatedMessage(message, field, i),
                                 fmt::format("{}{}[{}]", prefix, field->name(), i), visit));
    }
  }
  return absl::OkStatus();
}

void MoveIn(Message* message, const std::string& path, const SpanMover& move);

// False: the message was a span, and is to go.
bool MoveOne(Message* message, const std::string& path, const SpanMover& move) {
  if (!IsSpan(message->GetDescriptor())) {
    MoveIn(message, path, move);
    return true;
  }
  const std::optional<text::Span> moved = move(path, SpanOf(*message));
  if (moved) SetSpan(message, *moved);
  return moved.has_value();
}

void MoveIn(Message* message, const std::string& path, const SpanMover& move) {
  const Reflection* reflection = message->GetReflection();
  const std::string prefix = path.empty() ? "" : path + ".";
  for (const FieldDescriptor* field : MessageFields(*message)) {
    if (!field->is_repeated()) {
      if (!MoveOne(reflection->MutableMessage(message, field), prefix + field->name(), move)) {
        reflection->ClearField(message, field);
      }
      continue;
    }
    const int size = reflection->FieldSize(*message, field);
    int kept = 0;
    for (int i = 0; i < size; ++i) {
      if (!MoveOne(reflection->MutableRepeatedMessage(message, field, i),
                   fmt::format("{}{}[{}]", prefix, field->name(), i), move)) {
        continue;
      }
      if (kept != i) reflection->SwapElements(message, field, kept, i);
      ++kept;
    }
    for (int i = kept; i < size; ++i) reflection->RemoveLast(message, field);
  }
}

}  // namespace

bool IsSpanField(const FieldPath& path) {
  return path.last()->message_type() != nullptr && IsSpan(path.last()->message_type());
}

absl::Status SetSpans(Message* message, const FieldPath& path,
                      const std::vector<text::Span>& spans) {
  const FieldDescriptor* field = path.last();
  if (!field->is_repeated() && spans.size() > 1) {
    return absl::InvalidArgumentError(
        fmt::format("{} holds one place, not {}", field->name(), spans.size()));
  }
  for (size_t i = 0; i + 1 < path.steps.size(); ++i) {
    if (path.steps[i]->is_repeated()) {
      return absl::InvalidArgumentError(fmt::format(
          "{} is a list, whose elements can't be set one by one", path.steps[i]->name()));
    }
    message = message->GetReflection()->MutableMessage(message, path.steps[i]);
  }
  const Reflection* reflection = message->GetReflection();
  reflection->ClearField(message, field);
  for (const text::Span& span : spans) {
    SetSpan(field->is_repeated() ? reflection->AddMessage(message, field)
                                 : reflection->MutableMessage(message, field),
            span);
  }
  return absl::OkStatus();
}

absl::Status VisitSpans(const Message& message, const SpanVisitor& visit) {
  return VisitIn(message, "", visit);
}

void MoveSpans(Message* message, const SpanMover& move) { MoveIn(message, "", move); }

}  // namespace verbatim::schema
