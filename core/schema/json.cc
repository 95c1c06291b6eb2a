// SPDX-License-Identifier: Apache-2.0
#include "core/schema/json.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <utility>

#include "core/base/hex.h"
#include "core/schema/json_text.h"
#include "core/schema/reflect.h"
#include "verbatim/v1/annotation.pb.h"

namespace verbatim::schema {
namespace {

using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Reflection;

// Writes straight into the text by reflection. Depth is bounded by the parser's own limit, and by
// kDepthMax across typed bodies within typed bodies.
class JsonWriter {
 public:
  JsonWriter(const JsonOptions& options, std::string* out) : options_(options), out_(out) {}

  void WriteMessage(const Message& message, int depth) {
    if (TypedBody body = TypedBodyOf(message); body.is) return WriteBody(body, depth);
    out_->push_back('{');
    bool first = true;
    const Descriptor* type = message.GetDescriptor();
    for (int i = 0; i < type->field_count(); ++i) {
      const FieldDescriptor* field = type->field(i);
      if (!Printed(message, field)) continue;
      Key(field->name(), depth, &first);
      WriteField(message, field, depth + 1);
    }
    if (!first) LineEnd(depth);
    out_->push_back('}');
  }

 private:
  void WriteBody(const TypedBody& body, int depth) {
    MessagePtr inner;
    if (options_.registry != nullptr && depth < kDepthMax) {
      auto parsed = options_.registry->Parse(body.type, body.value);
      if (parsed.ok()) inner = *std::move(parsed);
    }
    out_->push_back('{');
    bool first = true;
    if (!body.type.empty()) {
      Key("type", depth, &first);
      AppendQuoted(body.type, out_);
    }
    if (inner != nullptr) {
      Key("value", depth, &first);
      WriteMessage(*inner, depth + 1);
    } else if (!body.value.empty()) {
      Key("value", depth, &first);
      Hex(body.value);
    }
    if (!first) LineEnd(depth);
    out_->push_back('}');
  }

  void WriteField(const Message& message, const FieldDescriptor* field, int depth) {
    if (field->is_map()) return WriteMap(message, field, depth);
    if (!field->is_repeated()) return WriteScalar(message, field, -1, depth);
    const int size = message.GetReflection()->FieldSize(message, field);
    out_->push_back('[');
    for (int i = 0; i < size; ++i) {
      if (i > 0) out_->push_back(',');
      LineEnd(depth + 1);
      WriteScalar(message, field, i, depth + 1);
    }
    LineEnd(depth);
    out_->push_back(']');
  }

  void WriteMap(const Message& message, const FieldDescriptor* field, int depth) {
    const Reflection* reflection = message.GetReflection();
    const FieldDescriptor* value = field->message_type()->map_value();
    std::vector<std::pair<std::string, const Message*>> entries;
    for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
      const Message& entry = reflection->GetRepeatedMessage(message, field, i);
      entries.emplace_back(TextOf(ScalarAt(entry, field->message_type()->map_key(), -1)), &entry);
    }
    std::sort(entries.begin(), entries.end());
    out_->push_back('{');
    bool first = true;
    for (const auto& [key, entry] : entries) {
      Key(key, depth, &first);
      WriteScalar(*entry, value, -1, depth + 1);
    }
    if (!first) LineEnd(depth);
    out_->push_back('}');
  }

  // index -1: a field that is no list.
  void WriteScalar(const Message& message, const FieldDescriptor* field, int index, int depth) {
    const Reflection* reflection = message.GetReflection();
    const auto type = field->cpp_type();
    if (type == FieldDescriptor::CPPTYPE_MESSAGE) {
      WriteMessage(index < 0 ? reflection->GetMessage(message, field)
                             : reflection->GetRepeatedMessage(message, field, index),
                   depth);
    } else if (type == FieldDescriptor::CPPTYPE_STRING) {
      std::string scratch;
      const std::string& text =
          index < 0 ? reflection->GetStringReference(message, field, &scratch)
                    : reflection->GetRepeatedStringReference(message, field, index, &scratch);
      field->type() == FieldDescriptor::TYPE_BYTES ? Hex(text) : AppendQuoted(text, out_);
    } else {
      const Value value = ScalarAt(message, field, index);
      const auto* name = std::get_if<std::string>(&value.v);
      name == nullptr ? static_cast<void>(out_->append(TextOf(value))) : AppendQuoted(*name, out_);
    }
  }

  void Key(std::string_view name, int depth, bool* first) {
    if (!*first) out_->push_back(',');
    *first = false;
    LineEnd(depth + 1);
    AppendQuoted(name, out_);
    out_->append(options_.indent ? ": " : ":");
  }

  void LineEnd(int depth) {
    if (options_.indent) AppendLineEnd(depth, out_);
  }

  void Hex(std::string_view bytes) {
    out_->push_back('"');
    base::AppendHex(bytes, *out_);
    out_->push_back('"');
  }

  const JsonOptions& options_;
  std::string* out_;
};

Record RecordOf(const Message& message, const Registry* registry, int depth);

Value ValueOf(const Message& message, const FieldDescriptor* field, int index,
              const Registry* registry, int depth) {
  if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) {
    return ScalarAt(message, field, index);
  }
  const Reflection* reflection = message.GetReflection();
  return RecordOf(index < 0 ? reflection->GetMessage(message, field)
                            : reflection->GetRepeatedMessage(message, field, index),
                  registry, depth + 1);
}

Record RecordOf(const Message& message, const Registry* registry, int depth) {
  Record record;
  if (const TypedBody body = TypedBodyOf(message); body.is) {
    record.Add("type", body.type);
    auto inner = registry == nullptr || depth >= kDepthMax ? absl::NotFoundError("not opened")
                                                           : registry->Parse(body.type, body.value);
    if (inner.ok()) {
      return record.Add("value", RecordOf(**inner, registry, depth + 1));
    }
    return record.Add("value", base::ToHex(body.value));
  }
  const Reflection* reflection = message.GetReflection();
  const Descriptor* type = message.GetDescriptor();
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor* field = type->field(i);
    if (!Printed(message, field)) continue;
    if (!field->is_repeated()) {
      record.Add(field->name(), ValueOf(message, field, -1, registry, depth));
    } else if (field->is_map()) {
      Record entries;
      for (int n = 0; n < reflection->FieldSize(message, field); ++n) {
        const Message& entry = reflection->GetRepeatedMessage(message, field, n);
        entries.Add(TextOf(ScalarAt(entry, field->message_type()->map_key(), -1)),
                    ValueOf(entry, field->message_type()->map_value(), -1, registry, depth));
      }
      std::sort(entries.fields.begin(), entries.fields.end(),
                [](const Field& a, const Field& b) { return a.name < b.name; });
      record.Add(field->name(), std::move(entries));
    } else {
      List list;
      for (int n = 0; n < reflection->FieldSize(message, field); ++n) {
        list.push_back(ValueOf(message, field, n, registry, depth));
      }
      record.Add(field->name(), std::move(list));
    }
  }
  return record;
}

}  // namespace

std::string ToJson(const Message& message, const JsonOptions& options) {
  std::string out;
  JsonWriter(options, &out).WriteMessage(message, 0);
  return out;
}

Record ToRecord(const Message& message, const Registry* registry) {
  return RecordOf(message, registry, 0);
}

std::string BodyJson(const Registry& registry, std::string_view type, std::string_view bytes,
                     bool indent) {
  const auto message = registry.Parse(type, bytes);
  if (message.ok()) return ToJson(**message, {&registry, indent});
  return QuoteJson(base::ToHex(bytes));
}

Value BodyValue(const Registry& registry, std::string_view type, std::string_view bytes) {
  const auto message = registry.Parse(type, bytes);
  if (message.ok()) return ToRecord(**message, &registry);
  return base::ToHex(bytes);
}

std::string EnumText(const EnumDescriptor& type, int number) {
  const auto* value = type.FindValueByNumber(number);
  if (value == nullptr) return std::to_string(number);
  const std::string prefix = EnumPrefix(type);
  const std::string& name = value->name();
  return name.size() > prefix.size() && name.compare(0, prefix.size(), prefix) == 0
             ? name.substr(prefix.size())
             : name;
}

}  // namespace verbatim::schema
