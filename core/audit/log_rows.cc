// SPDX-License-Identifier: Apache-2.0
#include "core/audit/log_rows.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

#include "core/audit/summary.h"
#include "core/base/hex.h"
#include "core/base/ids.h"
#include "core/base/time_point.h"
#include "core/schema/json.h"

namespace verbatim::audit {
namespace {

std::string_view KindName(log::ActorKind kind) {
  switch (kind) {
    case log::ActorKind::kPerson:
      return "person";
    case log::ActorKind::kPlugin:
      return "plugin";
    case log::ActorKind::kTool:
      return "tool";
    case log::ActorKind::kNone:
      break;
  }
  return "";
}

bool NameMatches(std::string_view wanted, const log::HeaderView& header) {
  if (wanted == header.actor_name) return true;
  const size_t at = wanted.rfind('@');
  return at != std::string_view::npos && wanted.substr(0, at) == header.actor_name &&
         wanted.substr(at + 1) == header.actor_version;
}

bool ActorMatches(std::string_view wanted, const log::HeaderView& header) {
  const std::string_view kind = KindName(header.actor_kind);
  if (wanted.empty() || wanted == kind || NameMatches(wanted, header)) return true;
  const size_t colon = wanted.find(':');
  return colon != std::string_view::npos && wanted.substr(0, colon) == kind &&
         NameMatches(wanted.substr(colon + 1), header);
}

bool TypeMatches(std::string_view wanted, std::string_view type) {
  return wanted.empty() || wanted == type || wanted == type.substr(type.rfind('.') + 1);
}

bool Passes(const LogFilter& filter, const log::HeaderView& header) {
  return header.recorded_at_us >= filter.since_us && TypeMatches(filter.type, header.type) &&
         ActorMatches(filter.actor, header);
}

std::string Padded(std::string text, size_t cells) {
  const size_t width = schema::DisplayWidth(text);
  if (width < cells) text.append(cells - width, ' ');
  return text;
}

// Cells of a line: a sequence of a lifetime, a moment with or without its offset, most names.
constexpr size_t kGapCells = 2;
constexpr size_t kSequenceCells = 8;
constexpr size_t kTimeCells = 19;
constexpr size_t kLocalTimeCells = 25;
constexpr size_t kWhoCells = 18;
constexpr size_t kWhoCellsNarrow = 12;
constexpr size_t kArticleCells = base::kShortIdChars;
// What a line keeps for what happened, however narrow the terminal, and what is enough to read.
constexpr size_t kWhatCellsMin = 16;
constexpr size_t kWhatCellsEnough = 48;

// On a narrow terminal, names give way to what happened.
size_t WhoCells(const LogLayout& layout) {
  const size_t others = kSequenceCells + kArticleCells + 4 * kGapCells +
                        (layout.local_time ? kLocalTimeCells : kTimeCells);
  const bool wide =
      layout.width_columns == 0 || layout.width_columns >= others + kWhoCells + kWhatCellsEnough;
  return wide ? kWhoCells : kWhoCellsNarrow;
}

std::string TimeCell(std::string text, const LogLayout& layout) {
  return Padded(std::move(text), layout.local_time ? kLocalTimeCells : kTimeCells);
}

}  // namespace

absl::StatusOr<std::vector<uint64_t>> MatchingEvents(const log::Snapshot& snapshot,
                                                     const LogFilter& filter) {
  std::vector<uint64_t> matching;
  const uint64_t from = std::max<uint64_t>(filter.from, 1);
  const uint64_t to = std::min(filter.to, snapshot.head());
  if (!filter.article.empty()) {
    VB_ASSIGN_OR_RETURN(const std::vector<uint64_t> stream,
                        snapshot.StreamSequences(base::ToHex(filter.article)));
    for (const uint64_t sequence : stream) {
      if (sequence < from || sequence > to) continue;
      VB_ASSIGN_OR_RETURN(const log::HeaderView header, snapshot.View(sequence));
      if (Passes(filter, header)) matching.push_back(sequence);
    }
  } else if (from <= to) {
    VB_RETURN_IF_ERROR(
        snapshot.ScanHeaders(from, to, [&](uint64_t sequence, const log::HeaderView& header) {
          if (Passes(filter, header)) matching.push_back(sequence);
          return true;
        }));
  }
  if (filter.limit != 0 && matching.size() > filter.limit) {
    matching.erase(matching.begin(), matching.end() - static_cast<ptrdiff_t>(filter.limit));
  }
  return matching;
}

namespace {

// A row has what the header says, then the body, then what is said about it.
schema::Record BeforeBody(const Opened& event) {
  const v1::EventHeader& header = event.header;
  schema::Record row;
  row.Add("sequence", event.sequence);
  row.Add("event_id", base::ToHex(header.event_id()));
  row.Add("stream", header.stream());
  row.Add("stream_version", header.stream_version());
  row.Add("type", header.type());
  row.Add("recorded_at", base::FormatTime(header.recorded_at_us()));
  row.Add("actor", ActorRecord(header.actor()));
  row.Add("caused_by", base::ToHex(header.caused_by()));
  row.Add("correlation", base::ToHex(header.correlation()));
  const auto article = base::FromHex(header.stream());
  if (article && article->size() == base::kIdBytes) row.Add("article", header.stream());
  if (event.message != nullptr) {
    row.Add("annotation", base::ToHex(TextField(*event.message, "annotation")));
  }
  return row;
}

schema::Record AfterBody(const Opened& event) {
  schema::Record row;
  if (event.erasure) row.Add("erased", ErasureRecord(*event.erasure));
  row.Add("what", Summary(event));
  if (event.message != nullptr) row.Add("why", TextField(*event.message, "reason"));
  return row;
}

}  // namespace

schema::Record LogRow(const Opened& event, const schema::Registry& registry, Bodies bodies) {
  schema::Record row = BeforeBody(event);
  if (event.message != nullptr && bodies == Bodies::kShown) {
    row.Add("body", schema::ToRecord(*event.message, &registry));
  } else if (event.body && bodies == Bodies::kShown) {
    row.Add("body", base::ToHex(*event.body));
  }
  schema::Record after = AfterBody(event);
  std::move(after.fields.begin(), after.fields.end(), std::back_inserter(row.fields));
  return row;
}

void AppendLogJson(const Opened& event, const schema::Registry& registry, std::string& text) {
  text += schema::ToJson(BeforeBody(event));
  text.pop_back();
  if (event.message != nullptr) {
    text.append(",\"body\":").append(schema::ToJson(*event.message, {.registry = &registry}));
  } else if (event.body && !event.body->empty()) {
    text.append(",\"body\":\"").append(base::ToHex(*event.body)).push_back('"');
  }
  const std::string after = schema::ToJson(AfterBody(event));
  text.append(after == "{}" ? "" : ",").append(after, 1);
}

absl::Status Log(const log::Snapshot& snapshot, const schema::Registry& registry,
                 const LogFilter& filter, absl::FunctionRef<void(const schema::Record&)> row,
                 Bodies bodies) {
  VB_ASSIGN_OR_RETURN(const std::vector<uint64_t> matching, MatchingEvents(snapshot, filter));
  for (const uint64_t sequence : matching) {
    VB_ASSIGN_OR_RETURN(const Opened event, Open(snapshot, registry, sequence));
    row(LogRow(event, registry, bodies));
  }
  return absl::OkStatus();
}

std::vector<schema::Column> LogColumns() {
  using schema::Role;
  return {{"sequence", "#"},
          {"recorded_at", "when", Role::kTime},
          {"actor.name", "who"},
          {"actor.version", "version"},
          {"article", "", Role::kId},
          {"what", "", Role::kText},
          {"why", "", Role::kText},
          {"type", "", Role::kPlain, true},
          {"event_id", "", Role::kId, true},
          {"annotation", "", Role::kId, true}};
}

std::string LogTitles(const LogLayout& layout) {
  const std::string gap(kGapCells, ' ');
  return Padded("#", kSequenceCells) + gap +
         TimeCell(layout.local_time ? "when (local)" : "when (UTC)", layout) + gap +
         Padded("who", WhoCells(layout)) + gap + Padded("article", kArticleCells) + gap + "what\n";
}

std::string LogLine(const schema::Record& row, const LogLayout& layout) {
  const std::string gap(kGapCells, ' ');
  std::string who = row.TextAt("actor.name");
  const std::string version = row.TextAt("actor.version");
  if (!version.empty()) who += "@" + version;
  const size_t who_cells = WhoCells(layout);
  who = schema::Shorten(who, who_cells == kWhoCellsNarrow ? who_cells : 0);
  std::string line =
      Padded(row.TextAt("sequence"), kSequenceCells) + gap +
      TimeCell(base::ShowTime(row.TextAt("recorded_at"), layout.local_time), layout) + gap +
      Padded(std::move(who), who_cells) + gap +
      Padded(row.TextAt("article").substr(0, kArticleCells), kArticleCells) + gap;
  std::string what = row.TextAt("what");
  const std::string why = row.TextAt("why");
  if (!why.empty()) what += "  (" + why + ")";
  const size_t used = schema::DisplayWidth(line);
  const size_t width = layout.width_columns;
  const size_t left = width > used + kWhatCellsMin ? width - used : kWhatCellsMin;
  // Without a width this only makes one line of it.
  return line + schema::Shorten(what, width == 0 ? 0 : left) + "\n";
}

}  // namespace verbatim::audit
