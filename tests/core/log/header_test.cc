// SPDX-License-Identifier: Apache-2.0
// Headers: written as the generated serializer would, read in place.
#include <algorithm>

#include "core/log/header_codec.h"
#include "core/log/header_view.h"
#include "tests/core/log/log_fixture.h"

namespace verbatim::log {
namespace {

NewEvent FullEvent(v1::Actor actor) {
  NewEvent event;
  event.id = "0123456789abcdef";
  event.stream = "speaker/mara-lind";
  event.type = "verbatim.v1.SpeakerAliased";
  event.schema = 300;
  event.actor = std::move(actor);
  event.caused_by = "fedcba9876543210";
  event.correlation = "aaaabbbbccccdddd";
  return event;
}

v1::Actor Plugin() {
  v1::Actor actor;
  actor.mutable_plugin()->set_name("quotes");
  actor.mutable_plugin()->set_version("1.2.3");
  actor.mutable_plugin()->set_code_sha256(std::string(32, 'c'));
  actor.mutable_plugin()->set_config_sha256(std::string(32, 'd'));
  return actor;
}

v1::Actor Person(std::string handle) {
  v1::Actor actor;
  actor.mutable_person()->set_handle(std::move(handle));
  return actor;
}

const HeaderFacts kFacts = {70'000, 1'800'000'000'000'001, base::Sha256("body"), 1'234'567};

std::string Encode(const NewEvent& event, const HeaderFacts& facts) {
  std::string bytes = "left from before";
  EncodeHeader(event, EncodeActor(event.actor), facts, bytes);
  return bytes;
}

v1::EventHeader AsMessage(const NewEvent& event, const HeaderFacts& facts) {
  v1::EventHeader header;
  header.set_event_id(event.id);
  header.set_stream(event.stream);
  header.set_stream_version(facts.stream_version);
  header.set_type(event.type);
  header.set_schema(event.schema);
  header.set_recorded_at_us(facts.recorded_at_us);
  *header.mutable_actor() = event.actor;
  header.set_caused_by(event.caused_by);
  header.set_correlation(event.correlation);
  header.set_body_digest(base::ToString(facts.body_digest));
  header.set_body_size(facts.body_size);
  return header;
}

TEST(HeaderCodec, WritesWhatTheGeneratedSerializerWrites) {
  for (const v1::Actor& actor : {Plugin(), Person("ana"), Person(""), Tool()}) {
    const NewEvent event = FullEvent(actor);
    EXPECT_EQ(Encode(event, kFacts), AsMessage(event, kFacts).SerializeAsString());
    NewEvent bare = event;
    bare.schema = 0;
    bare.caused_by.clear();
    bare.correlation.clear();
    const HeaderFacts first = {0, 1, base::Sha256(""), 0};
    EXPECT_EQ(Encode(bare, first), AsMessage(bare, first).SerializeAsString());
  }
}

TEST(HeaderView, ReadsEveryField) {
  const NewEvent event = FullEvent(Plugin());
  const std::string bytes = Encode(event, kFacts);
  const HeaderView header = HeaderView::Parse(bytes).value();
  EXPECT_EQ(header.event_id, event.id);
  EXPECT_EQ(header.stream, event.stream);
  EXPECT_EQ(header.stream_version, kFacts.stream_version);
  EXPECT_EQ(header.type, event.type);
  EXPECT_EQ(header.schema, event.schema);
  EXPECT_EQ(header.recorded_at_us, kFacts.recorded_at_us);
  EXPECT_EQ(header.actor_kind, ActorKind::kPlugin);
  EXPECT_EQ(header.actor_name, "quotes");
  EXPECT_EQ(header.actor_version, "1.2.3");
  EXPECT_EQ(header.code_sha256, std::string(32, 'c'));
  EXPECT_EQ(header.config_sha256, std::string(32, 'd'));
  EXPECT_EQ(header.caused_by, event.caused_by);
  EXPECT_EQ(header.correlation, event.correlation);
  EXPECT_EQ(header.body_digest, base::AsView(kFacts.body_digest));
  EXPECT_EQ(header.body_size, kFacts.body_size);
}

TEST(HeaderView, TellsActorsApart) {
  const auto kind = [](const v1::Actor& actor) {
    return HeaderView::Parse(Encode(FullEvent(actor), kFacts))->actor_kind;
  };
  EXPECT_EQ(kind(Person("ana")), ActorKind::kPerson);
  EXPECT_EQ(kind(Tool()), ActorKind::kTool);
  EXPECT_EQ(kind(v1::Actor()), ActorKind::kNone);
}

TEST(HeaderView, SkipsFieldsOfALaterRelease) {
  std::string bytes = Encode(FullEvent(Tool()), kFacts);
  bytes += std::string("\xa2\x01\x03new", 6);  // field 20
  EXPECT_EQ(HeaderView::Parse(bytes)->stream, "speaker/mara-lind");
}

// A cut between two fields leaves a message, so the body's size is what tells it; the tree tells
// all.
TEST(HeaderView, CutOrFlippedBytesAreAStatusNeverACrash) {
  const std::string bytes = Encode(FullEvent(Plugin()), kFacts);
  for (size_t size = 0; size < bytes.size(); ++size) {
    const auto header = HeaderView::Parse(bytes.substr(0, size));
    EXPECT_TRUE(!header.ok() || header->body_size == 0) << size;
  }
  for (size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    std::string flipped = bytes;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
    const auto header = HeaderView::Parse(flipped);
    EXPECT_TRUE(header.ok() || absl::IsDataLoss(header.status()));
  }
}

}  // namespace
}  // namespace verbatim::log
