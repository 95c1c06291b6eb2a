// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <memory>
#include <utility>

#include "core/audit/changes.h"
#include "core/audit/view_rows.h"
#include "core/base/hex.h"

namespace verbatim::audit {
namespace {

using schema::MessagePtr;
using schema::Record;

// Makes the rows, each event opened once.
class RowWriter {
 public:
  RowWriter(const log::Snapshot& snapshot, const schema::Registry& registry, const ViewRows& rows)
      : snapshot_(snapshot), registry_(registry), rows_(rows) {}

  absl::Status Add(uint64_t sequence, std::string_view what, const FieldChange& change,
                   std::string_view key, const schema::Message& row, bool diff) {
    auto& event = events_[sequence];
    if (event == nullptr) {
      VB_ASSIGN_OR_RETURN(Opened opened, Open(snapshot_, registry_, sequence));
      event = std::make_unique<Opened>(std::move(opened));
    }
    Record record = StepRow(*event, what, change);
    if (diff) record.Add("diff", DiffText(change.before, change.after));
    record.Add("view", rows_.view());
    record.Add("key", base::ToHex(key));
    record.Add("text", rows_.TextOf(row));
    record.Add("annotation", rows_.FieldOf(row, "annotation"));
    record.Add("article", rows_.FieldOf(row, "article"));
    written_.push_back({sequence, std::move(record)});
    return absl::OkStatus();
  }

  // In order of the log.
  std::vector<Record> Take() {
    std::stable_sort(written_.begin(), written_.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<Record> records;
    for (auto& [sequence, record] : written_) records.push_back(std::move(record));
    return records;
  }

 private:
  const log::Snapshot& snapshot_;
  const schema::Registry& registry_;
  const ViewRows& rows_;
  std::map<uint64_t, std::unique_ptr<Opened>> events_;
  std::vector<std::pair<uint64_t, Record>> written_;
};

// Against a row with nothing in it.
std::vector<FieldChange> AllFields(const schema::Message& row) {
  const MessagePtr nothing(row.New());
  std::vector<FieldChange> fields = FieldChanges(*nothing, row);
  for (FieldChange& field : fields) field.before.clear();
  return fields;
}

// A row at both ends; nothing where it wasn't there, or is hidden.
struct Difference {
  std::string key;  // of `after`, else of `before`
  MessagePtr before;
  MessagePtr after;
  uint64_t changed_at = 0;
};

class Differ {
 public:
  Differ(const log::Snapshot& snapshot, const schema::Registry& registry, const ViewRows& rows,
         const DiffRange& range)
      : rows_(rows), range_(range), writer_(snapshot, registry, rows) {}

  absl::Status Collect(const view::Reader& reader, bool all) {
    absl::Status status;
    VB_RETURN_IF_ERROR(
        reader.Changes(0, range_.from, range_.to, [&](const view::RowChange& change) {
          Difference difference{change.key, nullptr, nullptr, change.changed_at};
          status = Take(change.before, all, &difference.before);
          if (status.ok()) status = Take(change.after, all, &difference.after);
          if (difference.before != nullptr || difference.after != nullptr) {
            differences_.push_back(std::move(difference));
          }
          return status.ok();
        }));
    return status;
  }

  // A row that left one key and came to another, being about the same annotation, is one row.
  void JoinMoved() {
    std::map<std::string, std::vector<Difference*>> of_annotation;
    for (Difference& difference : differences_) {
      if (difference.before != nullptr && difference.after != nullptr) continue;
      const schema::Message& row = difference.after ? *difference.after : *difference.before;
      const std::string annotation = rows_.FieldOf(row, "annotation");
      if (!annotation.empty()) of_annotation[annotation].push_back(&difference);
    }
    for (auto& [annotation, pair] : of_annotation) {
      if (pair.size() != 2 || (pair[0]->after != nullptr) == (pair[1]->after != nullptr)) continue;
      Difference* left = pair[0]->after == nullptr ? pair[0] : pair[1];
      Difference* came = pair[0]->after == nullptr ? pair[1] : pair[0];
      came->before = std::move(left->before);
    }
    std::erase_if(differences_, [](const Difference& difference) {
      return difference.before == nullptr && difference.after == nullptr;
    });
  }

  absl::Status Write(const view::Reader& reader) {
    for (const Difference& difference : differences_) {
      if (difference.before == nullptr) {
        VB_RETURN_IF_ERROR(writer_.Add(difference.changed_at, "added",
                                       {"", "", rows_.TextOf(*difference.after)}, difference.key,
                                       *difference.after, true));
      } else if (difference.after == nullptr) {
        VB_RETURN_IF_ERROR(writer_.Add(difference.changed_at, "removed",
                                       {"", rows_.TextOf(*difference.before), ""}, difference.key,
                                       *difference.before, true));
      } else {
        VB_RETURN_IF_ERROR(WriteChanged(reader, difference));
      }
    }
    return absl::OkStatus();
  }

  std::vector<Record> Rows() { return writer_.Take(); }

 private:
  absl::Status Take(const std::optional<view::Version>& version, bool all, MessagePtr* row) const {
    if (!version || !version->row) return absl::OkStatus();
    VB_ASSIGN_OR_RETURN(*row, rows_.Parse(*version->row));
    if (!all && rows_.IsHidden(**row)) row->reset();
    return absl::OkStatus();
  }

  // Each field with the last version within the stretch that changed it.
  absl::Status WriteChanged(const view::Reader& reader, const Difference& difference) {
    VB_ASSIGN_OR_RETURN(const std::vector<view::Version> versions,
                        reader.History(0, difference.key));
    std::map<std::string, uint64_t> changed_by;
    MessagePtr before;
    for (auto version = versions.rbegin(); version != versions.rend(); ++version) {
      if (version->since <= range_.from || version->since > range_.to || !version->row) continue;
      VB_ASSIGN_OR_RETURN(MessagePtr after, rows_.Parse(*version->row));
      const schema::Message& then = before ? *before : *difference.before;
      for (const FieldChange& change : FieldChanges(then, *after)) {
        changed_by[change.field] = version->since;
      }
      before = std::move(after);
    }
    for (const FieldChange& change : FieldChanges(*difference.before, *difference.after)) {
      const auto by = changed_by.find(change.field);
      VB_RETURN_IF_ERROR(writer_.Add(by == changed_by.end() ? difference.changed_at : by->second,
                                     "changed", change, difference.key, *difference.after, true));
    }
    return absl::OkStatus();
  }

  const ViewRows& rows_;
  DiffRange range_;
  RowWriter writer_;
  std::vector<Difference> differences_;
};

std::vector<schema::Column> Columns(bool diff) {
  using schema::Role;
  std::vector<schema::Column> columns = {{"sequence", "#"},
                                         {"recorded_at", "when", Role::kTime},
                                         {"actor.name", "who", Role::kName},
                                         {"actor.version", "version", Role::kKey},
                                         {"what", "", Role::kName},
                                         {"annotation", "", Role::kId},
                                         {"field", "", Role::kName}};
  if (diff) columns.push_back({"diff", "", Role::kDiff});
  columns.push_back({"before", "", Role::kText, diff});
  columns.push_back({"after", "", Role::kText, diff});
  columns.push_back({"reason", "", Role::kText});
  for (const char* name : {"view", "key", "text", "article"}) {
    columns.push_back({name, "", Role::kPlain, true});
  }
  return columns;
}

}  // namespace

absl::StatusOr<std::vector<Record>> RowHistory(const log::Snapshot& snapshot,
                                               const schema::Registry& registry,
                                               const ViewRows& rows, std::string_view key,
                                               uint64_t as_of) {
  VB_ASSIGN_OR_RETURN(const view::Reader reader, rows.generation().Read());
  VB_ASSIGN_OR_RETURN(const std::vector<view::Version> versions, reader.History(0, key));
  RowWriter writer(snapshot, registry, rows);
  MessagePtr last;  // the row as it last was, also after it was erased
  bool there = false;
  for (auto version = versions.rbegin(); version != versions.rend(); ++version) {
    if (version->since > as_of) break;
    if (!version->row) {
      if (there) VB_RETURN_IF_ERROR(writer.Add(version->since, "erased", {}, key, *last, false));
      there = false;
      continue;
    }
    VB_ASSIGN_OR_RETURN(MessagePtr row, rows.Parse(*version->row));
    for (const FieldChange& change : there ? FieldChanges(*last, *row) : AllFields(*row)) {
      VB_RETURN_IF_ERROR(
          writer.Add(version->since, there ? "changed" : "added", change, key, *row, false));
    }
    last = std::move(row);
    there = true;
  }
  return writer.Take();
}

absl::StatusOr<std::vector<Record>> DiffRows(const log::Snapshot& snapshot,
                                             const schema::Registry& registry, const ViewRows& rows,
                                             const DiffRange& range, bool all) {
  VB_ASSIGN_OR_RETURN(const view::Reader reader, rows.generation().Read());
  Differ differ(snapshot, registry, rows, range);
  VB_RETURN_IF_ERROR(differ.Collect(reader, all));
  differ.JoinMoved();
  VB_RETURN_IF_ERROR(differ.Write(reader));
  return differ.Rows();
}

std::vector<schema::Column> RowDiffColumns() { return Columns(/*diff=*/true); }
std::vector<schema::Column> RowHistoryColumns() { return Columns(/*diff=*/false); }

}  // namespace verbatim::audit
