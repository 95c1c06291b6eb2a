// SPDX-License-Identifier: Apache-2.0
// The rows of one view as an auditor meets them: named, found by that name, with their history, and
// what differs between two points of the log. All from row versions: nothing is replayed, and the
// plugin isn't needed.
//
//   VB_ASSIGN_OR_RETURN(ViewRows rows, ViewRows::Bind(*generation, registry));
//   VB_ASSIGN_OR_RETURN(NamedRow row, rows.Find(snapshot, "a91f", kNow));
#ifndef VERBATIM_CORE_AUDIT_VIEW_ROWS_H_
#define VERBATIM_CORE_AUDIT_VIEW_ROWS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/audit/diff.h"
#include "core/audit/rows.h"
#include "core/base/status.h"
#include "core/log/snapshot.h"
#include "core/schema/fields.h"
#include "core/schema/registry.h"
#include "core/schema/render.h"
#include "core/view/generation.h"

namespace verbatim::audit {

struct NamedRow {
  std::string key;
  uint64_t since = 0;  // the sequence that made this version
  schema::MessagePtr message;
};

// The first table of a view: the one that is printed.
class ViewRows {
 public:
  // Both must outlive it. kDataLoss: the generation doesn't know its own rows.
  static absl::StatusOr<ViewRows> Bind(const view::Generation& generation,
                                       schema::Registry& registry);

  const view::Generation& generation() const { return *generation_; }
  const std::string& view() const { return generation_->manifest().name(); }
  absl::StatusOr<schema::MessagePtr> Parse(std::string_view row) const;

  // What names a row in json, jsonl and csv: {key, sequence}, the key in hex, the sequence that
  // made this version. Where the row has fields of these names: row_key, row_sequence.
  schema::Record NameOf(std::string_view key, uint64_t since) const;
  std::vector<schema::Column> NameColumns() const;

  // The row as it stood at `as_of`, by a unique prefix of its key in hex, or of the id of its
  // annotation. kNotFound; kInvalidArgument when several are meant, with the candidates.
  absl::StatusOr<NamedRow> Find(const log::Snapshot& snapshot, std::string_view name,
                                uint64_t as_of) const;

  // Its first text column, whether it is hidden (rejected, retracted), and a field in hex or text:
  // empty when rows have none.
  std::string TextOf(const schema::Message& row) const;
  bool IsHidden(const schema::Message& row) const;
  std::string FieldOf(const schema::Message& row, std::string_view field) const;

 private:
  absl::StatusOr<std::vector<NamedRow>> Candidates(const log::Snapshot& snapshot,
                                                   std::string_view name, uint64_t as_of) const;
  absl::Status ByKey(std::string_view name, uint64_t as_of, std::vector<NamedRow>* found) const;
  absl::Status ByAnnotation(const log::Snapshot& snapshot, std::string_view name, uint64_t as_of,
                            std::vector<NamedRow>* found) const;

  const view::Generation* generation_ = nullptr;
  const v1::Table* table_ = nullptr;
  const schema::TypeSet* types_ = nullptr;
  const schema::Descriptor* type_ = nullptr;
  std::optional<schema::FieldPath> text_;
  std::optional<schema::FieldPath> status_;
};

// One row as a record: {key, sequence, ...its fields}.
schema::Record ShowRow(const ViewRows& rows, const NamedRow& row);

// Every version of the row with this key up to `as_of`, field by field: rows {sequence,
// recorded_at, actor, what, field, before, after, reason, view, key, text, annotation, article};
// `what` is added, changed or erased.
absl::StatusOr<std::vector<schema::Record>> RowHistory(const log::Snapshot& snapshot,
                                                       const schema::Registry& registry,
                                                       const ViewRows& rows, std::string_view key,
                                                       uint64_t as_of);

// Rows that differ between two points: the same and `diff`, in order of the log. A row that only
// went to another key (its day changed) is a change of its fields. Hidden rows count as gone unless
// `all`.
absl::StatusOr<std::vector<schema::Record>> DiffRows(const log::Snapshot& snapshot,
                                                     const schema::Registry& registry,
                                                     const ViewRows& rows, const DiffRange& range,
                                                     bool all);
std::vector<schema::Column> RowDiffColumns();
std::vector<schema::Column> RowHistoryColumns();

}  // namespace verbatim::audit

#endif  // VERBATIM_CORE_AUDIT_VIEW_ROWS_H_
