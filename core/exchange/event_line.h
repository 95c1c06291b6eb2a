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
#include <string>
#include <string_view>

#include "core/base/limits.h"
#include "core/base/status.h"

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

// What a line is made of, borrowed. An erased body has no salt.
struct ExactEvent {
  std::string_view header;
  std::string_view salt;
  std::string_view body;
  std::string_view checkpoint;      // signed note, or empty
  const EventsOf* whole = nullptr;  // of the first line
};

// The exact members at the end of `text`, each with a comma before it, to be put behind what people
// read.
void AppendExact(const ExactEvent& event, std::string& text);

// What was read of one: views of memory of the reader, until it reads the next.
struct EventLine {
  std::string_view header;
  std::string_view salt;  // empty: the body was erased
  std::string_view body;
  std::string checkpoint;           // signed note, or empty
  std::unique_ptr<EventsOf> whole;  // of the first line, else null
};

// Reads one line after the other in memory of its own. A thread each.
class EventLineReader {
 public:
  // Bytes that may be read, and are not looked at, after the end of a line.
  static constexpr size_t kPaddingBytes = 64;

  EventLineReader();
  EventLineReader(EventLineReader&&) noexcept;
  ~EventLineReader();
  // kInvalidArgument: no line of such a file; says why. `line` is followed by kPaddingBytes bytes
  // of the same memory.
  absl::StatusOr<EventLine> ReadPadded(std::string_view line);
  // The same of a line that stands alone.
  absl::StatusOr<EventLine> Read(std::string_view line);

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

// Does this line begin a file of events?
bool BeginsEvents(std::string_view line);

}  // namespace verbatim::exchange

#endif  // VERBATIM_CORE_EXCHANGE_EVENT_LINE_H_
