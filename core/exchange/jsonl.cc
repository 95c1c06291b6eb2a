// SPDX-License-Identifier: Apache-2.0
// The log itself, an event a line: the one format that leaves nothing out. event_line.h says what
// stands in a line. Events are taken from the log one after the other, their bodies are opened,
// checked and written as text by all processors at once, and the lines go out in order while the
// next ones are made.
#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/audit/log_rows.h"
#include "core/audit/rows.h"
#include "core/base/parallel.h"
#include "core/base/sha256.h"
#include "core/exchange/event_line.h"
#include "core/exchange/export.h"
#include "core/log/body_value.h"
#include "core/log/last_erasure.h"
#include "core/log/upcast.h"

namespace verbatim::exchange {
namespace {

// What is held at once, before it is text: some thousand annotations, or one large body.
constexpr size_t kBatchEvents = 4096;
constexpr uint64_t kBatchBodyBytes = uint64_t{2} << 20;
constexpr size_t kPieceEvents = 256;

// An event as it stands in the log: views of the snapshot.
struct Stored {
  uint64_t sequence = 0;
  log::HeaderView header;
  std::optional<std::string_view> body;  // nothing: erased
  audit::Opened erased;                  // then, and when people read it too
};

absl::StatusOr<std::map<uint64_t, std::string>> Checkpoints(const Source& source) {
  std::map<uint64_t, std::string> notes;
  VB_RETURN_IF_ERROR(source.snapshot.ScanCheckpoints([&](uint64_t size, std::string_view note) {
    if (size > 0 && size <= source.as_of) notes.emplace(size, note);
    return true;
  }));
  return notes;
}

// A prefix of a log without the event that explains what is missing in it is no whole log.
absl::Status CheckExplained(const Source& source, uint64_t sequence) {
  VB_ASSIGN_OR_RETURN(const uint64_t last, log::LastErasure(source.snapshot));
  if (last <= source.as_of) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(
      "the content of @", sequence, " was erased since @", source.as_of,
      ": the events up to then can't be exported as they were; the last erasure is @", last));
}

// Makes lines; any number of threads at once.
class LineMaker {
 public:
  LineMaker(const Source& source, EventsOf whole, std::map<uint64_t, std::string> checkpoints)
      : source_(source), whole_(std::move(whole)), checkpoints_(std::move(checkpoints)) {}

  // The line of `event` at the end of `text`; `room` is memory used again.
  absl::Status Append(const Stored& event, std::string& room, std::string& text) const {
    std::optional<std::string_view> body;
    if (event.body) {
      const auto opened =
          log::OpenBody(*event.body, event.header.body_size, event.header.body_digest, room);
      if (!opened.ok()) {
        return base::WithContext(opened.status(), absl::StrCat("event ", event.sequence));
      }
      body = *opened;
    }
    VB_RETURN_IF_ERROR(AppendReadable(event, body, text));
    const auto note = checkpoints_.find(event.sequence);
    AppendExact({.header = event.header.bytes,
                 .salt = body ? log::SaltOf(*event.body) : std::string_view(),
                 .body = body.value_or(std::string_view()),
                 .checkpoint = note == checkpoints_.end() ? std::string_view() : note->second,
                 .whole = event.sequence == 1 ? &whole_ : nullptr},
                text);
    text += "}\n";
    return absl::OkStatus();
  }

 private:
  // What people read, without the closing brace.
  absl::Status AppendReadable(const Stored& event, std::optional<std::string_view> body,
                              std::string& text) const {
    if (source_.bytes_only) {
      absl::StrAppend(&text, "{\"sequence\":", event.sequence);
      return absl::OkStatus();
    }
    if (body) {
      VB_ASSIGN_OR_RETURN(std::string now,
                          log::UpcastersInForce().Upcast(event.header.type, event.header.schema,
                                                         std::string(*body)));
      VB_ASSIGN_OR_RETURN(
          const audit::Opened opened,
          audit::OpenBytes(source_.registry, event.sequence, event.header.bytes, std::move(now)));
      audit::AppendLogJson(opened, source_.registry, text);
    } else {
      audit::AppendLogJson(event.erased, source_.registry, text);
    }
    text.pop_back();
    return absl::OkStatus();
  }

  const Source& source_;
  const EventsOf whole_;
  const std::map<uint64_t, std::string> checkpoints_;
};

// Takes events from the log, has their lines made, and gives them out.
class Exporter {
 public:
  Exporter(const Source& source, const LineMaker& lines, const Sink& sink)
      : source_(source), lines_(lines), sink_(sink) {}

  absl::Status Run() {
    VB_RETURN_IF_ERROR(Take());
    while (!taken_.empty()) {
      const std::vector<Stored> events = std::exchange(taken_, {});
      const size_t pieces = (events.size() + kPieceEvents - 1) / kPieceEvents;
      // Their memory is used again: new pages for every batch would cost as much as the hex.
      std::swap(pieces_, given_);
      pieces_.resize(pieces);
      for (std::string& piece : pieces_) piece.clear();
      std::vector<absl::Status> made(pieces + 1);
      // What needs order is one piece of work of its own, beside those that don't.
      base::InParallel(base::Processors(), pieces + 1, [&](size_t i, size_t) {
        if (i > 0) {
          made[i] = Make(events, i - 1);
          return;
        }
        for (const std::string& piece : given_) sink_(piece);
        made[0] = Take();
      });
      // The first event's trouble is told.
      for (size_t i = 1; i <= pieces; ++i) VB_RETURN_IF_ERROR(made[i]);
      VB_RETURN_IF_ERROR(made[0]);
    }
    for (const std::string& piece : pieces_) sink_(piece);
    return absl::OkStatus();
  }

 private:
  // The next events.
  absl::Status Take() {
    uint64_t bytes = 0;
    absl::Status status;
    VB_RETURN_IF_ERROR(source_.snapshot.ScanHeaders(
        next_, source_.as_of, [&](uint64_t sequence, const log::HeaderView& header) {
          status = TakeOne(sequence, header);
          next_ = sequence + 1;
          bytes += header.body_size;
          return status.ok() && taken_.size() < kBatchEvents && bytes < kBatchBodyBytes;
        }));
    return status;
  }

  absl::Status TakeOne(uint64_t sequence, const log::HeaderView& header) {
    Stored event{.sequence = sequence, .header = header, .body = {}, .erased = {}};
    VB_ASSIGN_OR_RETURN(event.body, source_.snapshot.BodyValue(sequence));
    if (!event.body) {
      VB_RETURN_IF_ERROR(CheckExplained(source_, sequence));
      if (!source_.bytes_only) {
        VB_ASSIGN_OR_RETURN(event.erased,
                            audit::Open(source_.snapshot, source_.registry, sequence));
      }
    }
    taken_.push_back(std::move(event));
    return absl::OkStatus();
  }

  absl::Status Make(const std::vector<Stored>& events, size_t piece) {
    const size_t end = std::min(events.size(), (piece + 1) * kPieceEvents);
    std::string room;
    for (size_t i = piece * kPieceEvents; i < end; ++i) {
      VB_RETURN_IF_ERROR(lines_.Append(events[i], room, pieces_[piece]));
    }
    return absl::OkStatus();
  }

  const Source& source_;
  const LineMaker& lines_;
  const Sink& sink_;
  uint64_t next_ = 1;
  std::vector<Stored> taken_;
  std::vector<std::string> pieces_;  // of text, in order; not given out yet
  std::vector<std::string> given_;   // those before them
};

}  // namespace

absl::StatusOr<Exported> WriteJsonl(const Source& source, const Sink& sink) {
  if (!source.articles.empty()) {
    return absl::InvalidArgumentError(
        "jsonl is the whole log: --article is for the formats that show articles");
  }
  VB_ASSIGN_OR_RETURN(const base::Digest root, source.snapshot.RootAt(source.as_of));
  VB_ASSIGN_OR_RETURN(auto checkpoints, Checkpoints(source));
  const LineMaker lines(source,
                        EventsOf{source.archive_id, source.as_of, std::string(base::AsView(root))},
                        std::move(checkpoints));
  VB_RETURN_IF_ERROR(Exporter(source, lines, sink).Run());
  Exported done;
  done.events = source.as_of;
  done.files = 1;
  return done;
}

}  // namespace verbatim::exchange
