// SPDX-License-Identifier: Apache-2.0
#include "core/log/body.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/message.h>

#include <array>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "core/base/limits.h"
#include "core/log/wire.h"
#include "fmt/format.h"
#include "verbatim/text/utf8.h"
#include "verbatim/v1/annotation.pb.h"
#include "verbatim/v1/archive.pb.h"
#include "verbatim/v1/article.pb.h"
#include "verbatim/v1/date.pb.h"
#include "verbatim/v1/quote.pb.h"
#include "verbatim/v1/speaker.pb.h"

namespace verbatim::log {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::FieldDescriptor;

// What a message's fields are, by number: all that the check needs to know of a descriptor, without
// its look-ups.
struct Shape {
  enum class Kind : uint8_t { kOther, kText, kMessage, kPackedVarint, kPackedFixed };
  struct Field {
    Kind kind = Kind::kOther;
    const Shape* message = nullptr;
    uint8_t width = 0;  // of kPackedFixed: bytes of an element
  };
  const Descriptor* descriptor = nullptr;
  std::vector<Field> fields;
  bool typed_body = false;
};

// Numbers above it are legal and not used in our protos: such fields are not looked at.
constexpr int kFieldNumberMax = 1000;

class Shapes {
 public:
  // Null for a type that this program doesn't know. The shape lives for ever.
  const Shape* Find(std::string_view type) {
    // Few types make most events: those that a thread saw last cost it no lock.
    thread_local std::array<const Shape*, 4> recent = {};
    thread_local size_t oldest = 0;
    for (const Shape* shape : recent) {
      if (shape != nullptr && shape->descriptor->full_name() == type) return shape;
    }
    const Shape* shape = FindOrBuild(type);
    if (shape != nullptr) recent[oldest++ % recent.size()] = shape;
    return shape;
  }

 private:
  const Shape* FindOrBuild(std::string_view type) {
    const std::lock_guard lock(mutex_);
    const auto known = by_name_.find(type);
    if (known != by_name_.end()) return known->second;
    const Descriptor* descriptor =
        DescriptorPool::generated_pool()->FindMessageTypeByName(std::string(type));
    if (descriptor == nullptr) return nullptr;
    return Build(descriptor);
  }

  const Shape* Build(const Descriptor* descriptor) {
    const auto known = by_name_.find(descriptor->full_name());
    if (known != by_name_.end()) return known->second;
    shapes_.push_back(std::make_unique<Shape>());
    Shape* shape = shapes_.back().get();
    by_name_.emplace(descriptor->full_name(), shape);  // first: a message may hold itself
    shape->descriptor = descriptor;
    shape->typed_body = descriptor == v1::TypedBody::descriptor();
    for (int i = 0; i < descriptor->field_count(); ++i) {
      const FieldDescriptor* field = descriptor->field(i);
      if (field->number() > kFieldNumberMax) continue;
      const auto number = static_cast<size_t>(field->number());
      if (shape->fields.size() <= number) shape->fields.resize(number + 1);
      shape->fields[number] = FieldOf(*field);
    }
    return shape;
  }

  Shape::Field FieldOf(const FieldDescriptor& field) {
    switch (field.type()) {
      case FieldDescriptor::TYPE_STRING:
        return {Shape::Kind::kText};
      case FieldDescriptor::TYPE_MESSAGE:
        return {Shape::Kind::kMessage, Build(field.message_type())};
      case FieldDescriptor::TYPE_DOUBLE:
      case FieldDescriptor::TYPE_FIXED64:
      case FieldDescriptor::TYPE_SFIXED64:
        return PackedFixed(field, 8);
      case FieldDescriptor::TYPE_FLOAT:
      case FieldDescriptor::TYPE_FIXED32:
      case FieldDescriptor::TYPE_SFIXED32:
        return PackedFixed(field, 4);
      default:
        return {field.is_packable() ? Shape::Kind::kPackedVarint : Shape::Kind::kOther};
    }
  }

  static Shape::Field PackedFixed(const FieldDescriptor& field, uint8_t width) {
    if (!field.is_packable()) return {};
    return {Shape::Kind::kPackedFixed, nullptr, width};
  }

  // The names are those of descriptors, which live for ever.
  std::mutex mutex_;
  std::unordered_map<std::string_view, const Shape*> by_name_;
  std::vector<std::unique_ptr<Shape>> shapes_;
};

Shapes& AllShapes() {
  // A static library gives the pool only those files that something names.
  static Shapes* const shapes = [] {
    for (const Descriptor* used :
         {v1::AnnotationAdded::descriptor(), v1::ArchiveCreated::descriptor(),
          v1::ArticleIngested::descriptor(), v1::DocumentDate::descriptor(),
          v1::Quote::descriptor(), v1::SpeakerAliased::descriptor()}) {
      static_cast<void>(used);
    }
    return new Shapes;
  }();
  return *shapes;
}

absl::Status BadField(const Shape& shape, uint32_t number, std::string_view why) {
  const FieldDescriptor* field = shape.descriptor->FindFieldByNumber(static_cast<int>(number));
  return absl::InvalidArgumentError(
      fmt::format("{} {}", field ? field->full_name() : shape.descriptor->full_name(), why));
}

bool IsPacked(const Shape::Field& field, std::string_view bytes) {
  if (field.kind == Shape::Kind::kPackedFixed) return bytes.size() % field.width == 0;
  constexpr size_t kVarintBytesMax = 10;
  size_t length = 0;
  for (const char c : bytes) {
    if (++length > kVarintBytesMax) return false;
    if (static_cast<unsigned char>(c) < 0x80) length = 0;
  }
  return length == 0;
}

absl::Status CheckMessage(const Shape& shape, std::string_view bytes, int depth) {
  if (depth > limits::kBodyDepthMax) {
    return absl::InvalidArgumentError(fmt::format("{}: messages within messages, more than {} deep",
                                                  shape.descriptor->full_name(),
                                                  limits::kBodyDepthMax));
  }
  std::string_view typed_body_type;
  std::string_view typed_body_value;
  WireReader reader(bytes);
  while (reader.Next()) {
    const WireField& field = reader.field();
    if (field.number >= shape.fields.size()) continue;
    const Shape::Field& known = shape.fields[field.number];
    if (known.kind == Shape::Kind::kOther) {
      if (shape.typed_body && field.number == v1::TypedBody::kValueFieldNumber) {
        typed_body_value = field.bytes;
      }
      continue;
    }
    if (known.kind == Shape::Kind::kPackedVarint || known.kind == Shape::Kind::kPackedFixed) {
      if (field.type == WireType::kBytes && !IsPacked(known, field.bytes)) {
        return BadField(shape, field.number, "is no list of numbers");
      }
      continue;
    }
    if (field.type != WireType::kBytes) return BadField(shape, field.number, "has a wrong type");
    if (known.kind == Shape::Kind::kMessage) {
      VB_RETURN_IF_ERROR(CheckMessage(*known.message, field.bytes, depth + 1));
      continue;
    }
    if (const size_t bad = text::FirstInvalidByte(field.bytes); bad != text::kNoByte) {
      return BadField(shape, field.number, fmt::format("is not UTF-8 from byte {} on", bad));
    }
    if (shape.typed_body) typed_body_type = field.bytes;
  }
  if (!reader.whole()) {
    return absl::InvalidArgumentError(
        fmt::format("these bytes are no {}", shape.descriptor->full_name()));
  }
  if (shape.typed_body) {
    const Shape* inner = AllShapes().Find(typed_body_type);
    if (inner != nullptr) return CheckMessage(*inner, typed_body_value, depth + 1);
  }
  return absl::OkStatus();
}

absl::Status CheckSize(std::string_view type, size_t bytes) {
  if (bytes <= limits::kBodyBytesMax) return absl::OkStatus();
  return absl::ResourceExhaustedError(
      fmt::format("a {} of {} bytes is over the limit of {}", type, bytes, limits::kBodyBytesMax));
}

}  // namespace

absl::Status CheckBody(std::string_view type, std::string_view body) {
  VB_RETURN_IF_ERROR(CheckSize(type, body.size()));
  if (const Shape* shape = AllShapes().Find(type)) return CheckMessage(*shape, body, 0);
  WireReader reader(body);
  while (reader.Next()) {
  }
  if (reader.whole()) return absl::OkStatus();
  return absl::InvalidArgumentError(fmt::format("these bytes are no message ({})", type));
}

absl::StatusOr<std::string> EncodeBody(const google::protobuf::Message& message) {
  const std::string& type = message.GetDescriptor()->full_name();
  const size_t size = message.ByteSizeLong();
  VB_RETURN_IF_ERROR(CheckSize(type, size));
  std::string body(size, '\0');
  {
    google::protobuf::io::ArrayOutputStream stream(body.data(), static_cast<int>(size));
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    message.SerializeWithCachedSizes(&coded);
    if (coded.HadError() || static_cast<size_t>(coded.ByteCount()) != size) {
      return absl::InvalidArgumentError(type + " cannot be serialized");
    }
  }
  VB_RETURN_IF_ERROR(CheckBody(type, body));
  return body;
}

}  // namespace verbatim::log
