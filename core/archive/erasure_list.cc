// SPDX-License-Identifier: Apache-2.0
#include "core/archive/erasure_list.h"

#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>

#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "core/archive/layout.h"
#include "core/base/files.h"
#include "core/base/hex.h"
#include "core/base/limits.h"
#include "core/base/time_point.h"
#include "core/log/last_erasure.h"
#include "core/schema/json.h"

namespace verbatim::archive {
namespace fs = std::filesystem;
namespace {

using google::protobuf::Struct;

absl::StatusOr<PastErasure> Parse(const log::Snapshot& snapshot, uint64_t sequence) {
  VB_ASSIGN_OR_RETURN(const log::HeaderView header, snapshot.View(sequence));
  VB_ASSIGN_OR_RETURN(const auto body, snapshot.Body(sequence, header));
  v1::ContentErased event;
  if (!body || !event.ParseFromString(*body)) {
    return absl::DataLossError(absl::StrCat("the erasure @", sequence, " can't be read"));
  }
  PastErasure past;
  past.event_id = std::string(header.event_id);
  past.sequence = sequence;
  past.recorded_at_us = header.recorded_at_us;
  past.reason = {event.reason_code(), event.authority()};
  if (event.has_article()) {
    past.target.article = event.article();
    past.reason.marks = event.refused_size() > 0;
  } else {
    past.target.sequence = event.sequence();
    VB_ASSIGN_OR_RETURN(const log::HeaderView target, snapshot.View(event.sequence()));
    past.target_event_id = std::string(target.event_id);
  }
  return past;
}

std::string TextIn(const Struct& line, const std::string& name) {
  const auto found = line.fields().find(name);
  return found == line.fields().end() ? "" : found->second.string_value();
}

uint64_t NumberIn(const Struct& line, const std::string& name) {
  const auto found = line.fields().find(name);
  const double number = found == line.fields().end() ? 0 : found->second.number_value();
  return number > 0 ? static_cast<uint64_t>(number) : 0;
}

std::string BytesIn(const Struct& line, const std::string& name) {
  return base::FromHex(TextIn(line, name)).value_or("");
}

absl::StatusOr<PastErasure> ParseLine(std::string_view text) {
  Struct line;
  const auto parsed = google::protobuf::util::JsonStringToMessage(std::string(text), &line);
  if (!parsed.ok()) return absl::InvalidArgumentError("it is no JSON object");
  PastErasure past;
  past.archive_id = BytesIn(line, "archive_id");
  past.event_id = BytesIn(line, "event_id");
  past.sequence = NumberIn(line, "sequence");
  past.target.article = BytesIn(line, "article");
  past.target.sequence = NumberIn(line, "target_sequence");
  past.target_event_id = BytesIn(line, "target_event_id");
  past.reason = {TextIn(line, "reason_code"), TextIn(line, "authority")};
  const auto marks = line.fields().find("marks");
  past.reason.marks = marks == line.fields().end() || marks->second.bool_value();
  const bool whole = past.archive_id.size() == base::kIdBytes &&
                     past.event_id.size() == base::kIdBytes &&
                     (past.target.article.size() == base::kIdBytes ||
                      (past.target.sequence > 0 && past.target_event_id.size() == base::kIdBytes));
  if (whole) return past;
  return absl::InvalidArgumentError(
      "it lacks archive_id, event_id, or an article or target_sequence and target_event_id");
}

}  // namespace

absl::StatusOr<std::vector<PastErasure>> ErasuresOf(const log::EventLog& log) {
  VB_ASSIGN_OR_RETURN(const log::Snapshot snapshot, log.Read());
  std::vector<uint64_t> sequences;
  VB_ASSIGN_OR_RETURN(const uint64_t last, log::LastErasure(snapshot));
  VB_RETURN_IF_ERROR(
      snapshot.ScanHeaders(1, last, [&](uint64_t sequence, const log::HeaderView& header) {
        if (header.type == "verbatim.v1.ContentErased") sequences.push_back(sequence);
        return true;
      }));
  std::vector<PastErasure> erasures;
  for (const uint64_t sequence : sequences) {
    VB_ASSIGN_OR_RETURN(erasures.emplace_back(), Parse(snapshot, sequence));
    erasures.back().archive_id = log.archive_id();
  }
  return erasures;
}

absl::StatusOr<std::string> ExportErasures(const log::EventLog& log) {
  VB_ASSIGN_OR_RETURN(const std::vector<PastErasure> erasures, ErasuresOf(log));
  std::string lines;
  for (const PastErasure& past : erasures) {
    schema::Record record;
    record.Add("archive_id", base::ToHex(past.archive_id));
    record.Add("event_id", base::ToHex(past.event_id));
    record.Add("sequence", past.sequence);
    record.Add("recorded_at", base::FormatTime(past.recorded_at_us));
    if (past.target.article.empty()) {
      record.Add("target_sequence", past.target.sequence);
      record.Add("target_event_id", base::ToHex(past.target_event_id));
    } else {
      record.Add("article", base::ToHex(past.target.article));
      if (!past.reason.marks) record.Add("marks", false);
    }
    record.Add("reason_code", past.reason.code).Add("authority", past.reason.authority);
    absl::StrAppend(&lines, schema::ToJson(record), "\n");
  }
  return lines;
}

absl::StatusOr<std::vector<PastErasure>> ReadErasures(const fs::path& path) {
  std::error_code error;
  if (fs::is_directory(path, error)) {
    log::LogOptions options;
    options.mode = store::Mode::kReadOnly;
    VB_ASSIGN_OR_RETURN(const auto log, log::EventLog::Open(Layout(path).log(), options));
    return ErasuresOf(*log);
  }
  VB_ASSIGN_OR_RETURN(const std::string text, base::ReadFile(path, limits::kExpandedBytesMax));
  std::vector<PastErasure> erasures;
  size_t number = 0;
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    ++number;
    if (line.empty()) continue;
    const auto past = ParseLine({line.data(), line.size()});
    if (!past.ok()) {
      return base::WithContext(past.status(), absl::StrCat(path.string(), ", line ", number));
    }
    erasures.push_back(*past);
  }
  return erasures;
}

absl::StatusOr<Reapplied> Reapply(Archive& archive, const std::vector<PastErasure>& erasures,
                                  const article::EventMaker& maker) {
  Reapplied reapplied;
  for (const PastErasure& past : erasures) {
    if (past.archive_id != archive.log().archive_id()) {
      return absl::InvalidArgumentError(
          absl::StrCat("the erasure ", base::ToHex(past.event_id), " is of archive ",
                       base::ToHex(past.archive_id), ", and this one is ",
                       base::ToHex(archive.log().archive_id()),
                       ": give the erasures of the archive that the backup was made of"));
    }
    bool known = false;
    bool same = true;
    {
      VB_ASSIGN_OR_RETURN(const log::Snapshot snapshot, archive.log().Read());
      VB_ASSIGN_OR_RETURN(const auto found, snapshot.FindById(past.event_id));
      known = found.has_value();
      if (past.target.article.empty()) {
        const auto header = snapshot.View(past.target.sequence);
        same = header.ok() && header->event_id == past.target_event_id;
      }
    }
    if (known || !same) {
      ++(known ? reapplied.known : reapplied.absent);
      continue;
    }
    const auto erased = Erase(archive, past.target, past.reason, maker, past.event_id);
    if (!erased.ok() && !absl::IsNotFound(erased.status())) return erased.status();
    ++(erased.ok() ? reapplied.applied : reapplied.absent);
  }
  return reapplied;
}

}  // namespace verbatim::archive
