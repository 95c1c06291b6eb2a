// SPDX-License-Identifier: Apache-2.0
// One event of a log as a line of JSON, without loss. Its exact bytes stand in three members, in
// hex; the others are for people and scripts, and an import reads none of them:
//
//   {"sequence":7,"type":"verbatim.v1.ArticleIngested",...,
//    "header_bytes":"0a10...","salt":"a0a1...","body_bytes":"0a10..."}
//
// The first line has "export" with what the whole is: {format, archive_id, events, root}. The line
// of the last event that a kept checkpoint speaks of has the signed note as "checkpoint". An event
// whose body was erased has no salt and no body_bytes.
#ifndef VERBATIM_CORE_EXCHANGE_EVENT_LINE_H_
#define VERBATIM_CORE_EXCHANGE_EVENT_LINE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/limits.h"
#include "core/base/status.h"
#include "core/log/snapshot.h"

namespace verbatim::exchange {

inline constexpr uint32_t kEventLineFormat = 1;

// The longest body twice in hex (exact, and as the bytes field that is most of it), and some.
inline constexpr size_t kEventLineBytesMax = 5 * limits::kBodyBytesMax;

// What a file of events is, as its first line says.
struct EventsOf {
  std::string archive_id;  // 16 bytes
  uint64_t events = 0;
  std::string root;  // 32 bytes, of the tree over them
};

struct EventLine {
  std::string header;
  std::optional<log::SaltedBody> body;
  std::string checkpoint;           // signed note, or empty
  std::unique_ptr<EventsOf> whole;  // of the first line, else null
};

// The members of `line`, each with a comma before it, to be put behind what people read.
std::string ExactMembers(const EventLine& line);

class EventLineReader {
 public:
  EventLineReader();
  ~EventLineReader();
  // kInvalidArgument: no line of such a file; says why.
  absl::StatusOr<EventLine> Read(std::string_view line);

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

// Does this line begin a file of events?
bool BeginsEvents(std::string_view line);

}  // namespace verbatim::exchange

#endif  // VERBATIM_CORE_EXCHANGE_EVENT_LINE_H_
