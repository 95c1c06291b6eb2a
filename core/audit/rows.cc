// SPDX-License-Identifier: Apache-2.0
#include "core/audit/rows.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>

#include <utility>

#include "core/schema/fields.h"
#include "verbatim/text/utf8.h"

namespace verbatim::audit {
namespace {

using google::protobuf::FieldDescriptor;

// Messages within messages are compared field by field down to here, then as a whole.
constexpr int kNestedMax = 3;

bool HasFields(const FieldDescriptor& field) {
  return !field.is_repeated() && field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE &&
         field.message_type()->full_name() != "verbatim.v1.TextSpan";
}

void AppendChanges(const schema::Message& before, const schema::Message& after,
                   const schema::Descriptor& type, const std::string& prefix, int depth,
                   std::vector<FieldChange>* changes) {
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    const std::string name = prefix + field.name();
    if (depth < kNestedMax && HasFields(field)) {
      AppendChanges(before, after, *field.message_type(), name + ".", depth + 1, changes);
      continue;
    }
    const auto path = schema::FindField(*after.GetDescriptor(), name);
    if (!path.ok()) continue;
    FieldChange change{name, schema::TextAt(before, *path), schema::TextAt(after, *path)};
    if (change.before != change.after) changes->push_back(std::move(change));
  }
}

}  // namespace

absl::StatusOr<Opened> Open(const log::Snapshot& snapshot, const schema::Registry& registry,
                            uint64_t sequence) {
  VB_ASSIGN_OR_RETURN(const std::string_view header, snapshot.RawHeader(sequence));
  VB_ASSIGN_OR_RETURN(std::optional<std::string> body, snapshot.Body(sequence));
  if (body) return OpenBytes(registry, sequence, header, *std::move(body));
  Opened event;
  event.sequence = sequence;
  VB_ASSIGN_OR_RETURN(event.header, snapshot.Header(sequence));
  VB_ASSIGN_OR_RETURN(event.erasure, ErasureOf(snapshot, event.header.stream(), sequence));
  return event;
}

absl::StatusOr<Opened> OpenBytes(const schema::Registry& registry, uint64_t sequence,
                                 std::string_view header, std::string body) {
  Opened event;
  event.sequence = sequence;
  if (!event.header.ParseFromArray(header.data(), static_cast<int>(header.size()))) {
    return absl::DataLossError(fmt::format("event @{}: its header cannot be read", sequence));
  }
  auto message = registry.Parse(event.header.type(), body);
  if (message.ok()) {
    event.message = *std::move(message);
  } else if (!absl::IsNotFound(message.status())) {
    return base::WithContext(message.status(), fmt::format("event @{}", sequence));
  }
  event.body = std::move(body);
  return event;
}

schema::Record ActorRecord(const v1::Actor& actor) {
  schema::Record record;
  if (actor.has_person()) {
    record.Add("kind", "person").Add("name", actor.person().handle());
  } else if (actor.has_plugin()) {
    record.Add("kind", "plugin").Add("name", actor.plugin().name());
    record.Add("version", actor.plugin().version());
  } else {
    record.Add("kind", "tool").Add("name", actor.tool().name());
    record.Add("version", actor.tool().version());
  }
  return record;
}

std::string ShortType(std::string_view type) {
  return std::string(type.substr(type.rfind('.') + 1));
}

std::string TextField(const schema::Message& message, std::string_view name) {
  const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(std::string(name));
  if (field == nullptr || field->is_repeated() ||
      field->cpp_type() != FieldDescriptor::CPPTYPE_STRING) {
    return "";
  }
  return message.GetReflection()->GetString(message, field);
}

std::string WordsOf(const v1::Anchor& anchor, size_t chars_max) {
  std::string words;
  for (const v1::TextSpan& span : anchor.spans()) {
    if (!words.empty()) words += " ... ";
    words += span.exact();
  }
  if (chars_max == 0) return words;
  const text::CharMap map(words);
  if (map.chars() <= chars_max) return words;
  return words.substr(0, map.ByteOf(static_cast<uint32_t>(chars_max))) + "…";
}

std::string PlaceOf(const v1::Anchor& anchor) {
  std::string place = fmt::format("revision {}, characters", anchor.revision());
  for (const v1::TextSpan& span : anchor.spans()) {
    place += fmt::format(" {}-{}", span.begin_char(), span.end_char());
  }
  return place;
}

std::vector<FieldChange> FieldChanges(const schema::Message& before, const schema::Message& after) {
  std::vector<FieldChange> changes;
  AppendChanges(before, after, *after.GetDescriptor(), "", 0, &changes);
  return changes;
}

std::vector<FieldChange> FieldChanges(const schema::Registry& registry, std::string_view type,
                                      std::optional<std::string_view> before,
                                      std::string_view after) {
  auto now = registry.Parse(type, after);
  auto then = before ? registry.Parse(type, *before) : registry.New(type);
  if (now.ok() && then.ok()) return FieldChanges(**then, **now);
  if (before && *before == after) return {};
  return {{"body", before ? schema::BodyJson(registry, type, *before) : "",
           schema::BodyJson(registry, type, after)}};
}

}  // namespace verbatim::audit
