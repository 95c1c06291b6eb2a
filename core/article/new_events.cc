// SPDX-License-Identifier: Apache-2.0
#include "core/article/new_events.h"

#include <google/protobuf/message.h>

#include <utility>

#include "core/base/ids.h"
#include "core/log/body.h"

namespace verbatim::article {

EventMaker::EventMaker(base::Clock& clock, base::Random& random, v1::Actor actor,
                       std::string correlation)
    : clock_(&clock),
      random_(&random),
      actor_(std::move(actor)),
      correlation_(std::move(correlation)) {}

EventMaker EventMaker::As(v1::Actor actor) const {
  EventMaker other = *this;
  other.actor_ = std::move(actor);
  return other;
}

EventMaker EventMaker::CausedBy(std::string event_id) const {
  EventMaker other = *this;
  other.caused_by_ = std::move(event_id);
  return other;
}

std::string EventMaker::NewId() const { return base::NewEventId(*clock_, *random_); }

absl::StatusOr<log::NewEvent> EventMaker::Make(std::string_view stream,
                                               const google::protobuf::Message& body) const {
  return MakeWithId(NewId(), stream, body);
}

absl::StatusOr<log::NewEvent> EventMaker::MakeWithId(std::string event_id, std::string_view stream,
                                                     const google::protobuf::Message& body) const {
  log::NewEvent event;
  event.id = std::move(event_id);
  event.stream = stream;
  event.type = body.GetDescriptor()->full_name();
  event.actor = actor_;
  event.caused_by = caused_by_;
  event.correlation = correlation_;
  VB_ASSIGN_OR_RETURN(event.body, log::EncodeBody(body));
  return event;
}

v1::Actor PersonActor(std::string_view handle) {
  v1::Actor actor;
  actor.mutable_person()->set_handle(std::string(handle));
  return actor;
}

v1::Actor ToolActor(std::string_view name, std::string_view version) {
  v1::Actor actor;
  actor.mutable_tool()->set_name(std::string(name));
  actor.mutable_tool()->set_version(std::string(version));
  return actor;
}

}  // namespace verbatim::article
