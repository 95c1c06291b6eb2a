// SPDX-License-Identifier: Apache-2.0
// Makes events of one actor, for one command or run. The edge where ids are drawn: what decides
// which events there are is given one of these, and stays pure but for the ids.
//
//   EventMaker events(clock, random, actor, correlation);
//   VB_ASSIGN_OR_RETURN(log::NewEvent event, events.Make(stream, confirmed));
#ifndef VERBATIM_CORE_ARTICLE_NEW_EVENTS_H_
#define VERBATIM_CORE_ARTICLE_NEW_EVENTS_H_

#include <string>
#include <string_view>

#include "core/base/clock.h"
#include "core/base/status.h"
#include "core/log/unit.h"
#include "verbatim/v1/event.pb.h"

namespace google::protobuf {
class Message;
}

namespace verbatim::article {

class EventMaker {
 public:
  // Both must outlive it. `correlation`: 16 bytes, or empty.
  EventMaker(base::Clock& clock, base::Random& random, v1::Actor actor, std::string correlation);

  // The same for another actor, or with another cause.
  EventMaker As(v1::Actor actor) const;
  EventMaker CausedBy(std::string event_id) const;
  bool HasCause() const { return !caused_by_.empty(); }

  // A new event id, 16 bytes. Draw one first where the body needs it (an annotation's id).
  std::string NewId() const;

  // Fails when a text of the message is not UTF-8 or the body is over the limit.
  absl::StatusOr<log::NewEvent> Make(std::string_view stream,
                                     const google::protobuf::Message& body) const;
  absl::StatusOr<log::NewEvent> MakeWithId(std::string event_id, std::string_view stream,
                                           const google::protobuf::Message& body) const;

  const v1::Actor& actor() const { return actor_; }
  const std::string& correlation() const { return correlation_; }

 private:
  base::Clock* clock_;
  base::Random* random_;
  v1::Actor actor_;
  std::string correlation_;
  std::string caused_by_;
};

v1::Actor PersonActor(std::string_view handle);
v1::Actor ToolActor(std::string_view name, std::string_view version);

}  // namespace verbatim::article

#endif  // VERBATIM_CORE_ARTICLE_NEW_EVENTS_H_
