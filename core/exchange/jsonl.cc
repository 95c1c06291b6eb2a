// SPDX-License-Identifier: Apache-2.0
// The log itself, an event a line: the one format that leaves nothing out. event_line.h says what
// stands in a line.
#include <map>

#include "absl/strings/str_cat.h"
#include "core/audit/log_rows.h"
#include "core/base/sha256.h"
#include "core/exchange/event_line.h"
#include "core/exchange/export.h"
#include "core/log/last_erasure.h"

namespace verbatim::exchange {
namespace {

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

class Writer {
 public:
  Writer(const Source& source, const Sink& sink) : source_(source), sink_(sink) {}

  absl::Status Event(uint64_t sequence, EventLine exact) {
    VB_ASSIGN_OR_RETURN(const std::string_view header, source_.snapshot.RawHeader(sequence));
    exact.header = header;
    VB_ASSIGN_OR_RETURN(exact.body, source_.snapshot.BodyWithSalt(sequence));
    if (!exact.body) VB_RETURN_IF_ERROR(CheckExplained(source_, sequence));
    VB_ASSIGN_OR_RETURN(std::string line, Readable(sequence));
    line.pop_back();  // the closing brace
    sink_(absl::StrCat(line, ExactMembers(exact), "}\n"));
    return absl::OkStatus();
  }

 private:
  absl::StatusOr<std::string> Readable(uint64_t sequence) const {
    if (source_.bytes_only) return absl::StrCat("{\"sequence\":", sequence, "}");
    VB_ASSIGN_OR_RETURN(const audit::Opened event,
                        audit::Open(source_.snapshot, source_.registry, sequence));
    return schema::ToJson(audit::LogRow(event, source_.registry, audit::Bodies::kShown));
  }

  const Source& source_;
  const Sink& sink_;
};

}  // namespace

absl::StatusOr<Exported> WriteJsonl(const Source& source, const Sink& sink) {
  if (!source.articles.empty()) {
    return absl::InvalidArgumentError(
        "jsonl is the whole log: --article is for the formats that show articles");
  }
  VB_ASSIGN_OR_RETURN(const base::Digest root, source.snapshot.RootAt(source.as_of));
  VB_ASSIGN_OR_RETURN(auto checkpoints, Checkpoints(source));
  Writer writer(source, sink);
  for (uint64_t sequence = 1; sequence <= source.as_of; ++sequence) {
    EventLine line;
    if (sequence == 1) {
      line.whole = std::make_unique<EventsOf>(
          EventsOf{source.archive_id, source.as_of, std::string(base::AsView(root))});
    }
    const auto note = checkpoints.find(sequence);
    if (note != checkpoints.end()) line.checkpoint = note->second;
    VB_RETURN_IF_ERROR(writer.Event(sequence, std::move(line)));
  }
  Exported done;
  done.events = source.as_of;
  done.files = 1;
  return done;
}

}  // namespace verbatim::exchange
