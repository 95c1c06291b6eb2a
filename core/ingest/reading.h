// SPDX-License-Identifier: Apache-2.0
// The one interface of the readers: an input goes in, and for each thing in it that could be an
// article comes a Reading: a draft, a reason why it is none, or what is wrong with it.
#ifndef VERBATIM_CORE_INGEST_READING_H_
#define VERBATIM_CORE_INGEST_READING_H_

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/status.h"
#include "core/ingest/byte_stream.h"
#include "core/ingest/draft.h"
#include "core/ingest/inputs.h"

namespace verbatim::ingest {

// Makes the draft of what a reader has cut out, or says what is wrong with it. Asked once, on any
// thread; owns what it needs.
using MakeDraft = std::function<absl::StatusOr<Draft>()>;

struct Reading {
  std::string record;   // id or number within a container; empty: the input itself
  uint64_t byte = 0;    // where it begins in the file
  uint64_t line = 0;    // from 1; 0: lines mean nothing there
  uint64_t bytes = 0;   // what the draft is made from
  MakeDraft draft;      // unset when it was skipped
  std::string skipped;  // why it is no article, and no fault either: "request", "status 404"
};

// Takes one reading; a status that isn't OK ends the reading of the input and is handed back.
using OnReading = std::function<absl::Status(Reading)>;

enum class Format { kAuto, kText, kHtml, kWarc, kJsonl, kFeed };

// The format that the first bytes show.
Format FormatOf(std::string_view head);

// Is an input that begins so one document, a page or a text, and no container of several?
bool IsDocument(std::string_view head, std::string_view media_type);

// A draft that can't be made.
inline MakeDraft NoDraft(absl::Status why) {
  return [why = std::move(why)] { return why; };
}

// Where in a container a reading begins: that of an earlier one of the same file goes on there.
struct From {
  uint64_t byte = 0;
  uint64_t line = 0;
};

// Reads one input to its end. `given` holds for every article in it. A file that is no container is
// read from its beginning.
absl::Status ReadArticles(const Input& input, const Given& given, From from,
                          const OnReading& on_reading);

// The readers behind it, each to the end of the stream.
absl::Status ReadWarc(ByteStream& stream, std::string_view name, const Given& given,
                      const OnReading& on_reading);
// `lines_before` is what stands before the stream's first line in the file.
absl::Status ReadJsonLines(ByteStream& stream, std::string_view name, const Given& given,
                           uint64_t lines_before, const OnReading& on_reading);
absl::Status ReadFeed(ByteStream& stream, std::string_view name, const Given& given,
                      const OnReading& on_reading);

}  // namespace verbatim::ingest

#endif  // VERBATIM_CORE_INGEST_READING_H_
