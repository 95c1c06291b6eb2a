// SPDX-License-Identifier: Apache-2.0
#include "core/log/header_codec.h"

#include "core/base/limits.h"
#include "core/log/wire.h"

namespace verbatim::log {

std::string EncodeActor(const v1::Actor& actor) {
  std::string who;
  std::string out;
  WireWriter fields(who);
  WireWriter writer(out);
  switch (actor.who_case()) {
    case v1::Actor::kPerson:
      fields.Bytes(1, actor.person().handle());
      writer.Message(1, who);
      break;
    case v1::Actor::kPlugin:
      fields.Bytes(1, actor.plugin().name());
      fields.Bytes(2, actor.plugin().version());
      fields.Bytes(3, actor.plugin().code_sha256());
      fields.Bytes(4, actor.plugin().config_sha256());
      writer.Message(2, who);
      break;
    case v1::Actor::kTool:
      fields.Bytes(1, actor.tool().name());
      fields.Bytes(2, actor.tool().version());
      writer.Message(3, who);
      break;
    case v1::Actor::WHO_NOT_SET:
      break;
  }
  return out;
}

void EncodeHeader(const NewEvent& event, std::string_view actor, const HeaderFacts& facts,
                  std::string& out) {
  out.clear();
  out.reserve(limits::kHeaderBytesMax);
  WireWriter writer(out);
  writer.Bytes(1, event.id);
  writer.Bytes(2, event.stream);
  writer.Varint(3, facts.stream_version);
  writer.Bytes(4, event.type);
  writer.Varint(5, event.schema);
  writer.Fixed64(6, facts.recorded_at_us);
  writer.Message(7, actor);
  writer.Bytes(8, event.caused_by);
  writer.Bytes(9, event.correlation);
  writer.Bytes(10, base::AsView(facts.body_digest));
  writer.Varint(11, facts.body_size);
}

}  // namespace verbatim::log
