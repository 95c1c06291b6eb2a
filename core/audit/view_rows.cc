// SPDX-License-Identifier: Apache-2.0
#include "core/audit/view_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "core/base/hex.h"
#include "core/base/ids.h"
#include "core/schema/json.h"

namespace verbatim::audit {
namespace {

constexpr size_t kCandidatesShown = 8;
constexpr size_t kKeyHexShown = 24;
constexpr std::string_view kAnnotationField = "annotation";

std::optional<schema::FieldPath> PathOf(const v1::Table& table, const schema::Descriptor& type,
                                        v1::Column::Role role) {
  for (const v1::Column& column : table.columns()) {
    if (column.role() != role) continue;
    auto path = schema::FindField(type, column.field());
    if (path.ok()) return *std::move(path);
  }
  return std::nullopt;
}

bool Contains(const std::vector<NamedRow>& rows, std::string_view key) {
  return std::any_of(rows.begin(), rows.end(), [&](const NamedRow& row) { return row.key == key; });
}

}  // namespace

absl::StatusOr<ViewRows> ViewRows::Bind(const view::Generation& generation,
                                        schema::Registry& registry) {
  ViewRows rows;
  rows.generation_ = &generation;
  if (generation.tables() == 0) {
    return absl::DataLossError(fmt::format("view {} has no table", generation.manifest().name()));
  }
  rows.table_ = &generation.manifest().tables(0);
  VB_ASSIGN_OR_RETURN(rows.types_, registry.Add(generation.build().descriptors()));
  rows.type_ = rows.types_->Find(rows.table_->row_type());
  if (rows.type_ == nullptr) {
    return absl::DataLossError(fmt::format("view {}: its descriptors don't have the row type {}",
                                           generation.manifest().name(), rows.table_->row_type()));
  }
  rows.text_ = PathOf(*rows.table_, *rows.type_, v1::Column::ROLE_TEXT);
  rows.status_ = PathOf(*rows.table_, *rows.type_, v1::Column::ROLE_STATUS);
  return rows;
}

absl::StatusOr<schema::MessagePtr> ViewRows::Parse(std::string_view row) const {
  return types_->Parse(table_->row_type(), row);
}

schema::Record ViewRows::NameOf(std::string_view key, uint64_t since) const {
  const std::vector<schema::Column> columns = NameColumns();
  schema::Record name;
  name.Add(columns[0].field, base::ToHex(key));
  name.Add(columns[1].field, since);
  return name;
}

std::vector<schema::Column> ViewRows::NameColumns() const {
  const auto taken = [&](const char* field) { return schema::FindField(*type_, field).ok(); };
  schema::Column key{.field = taken("key") ? "row_key" : "key"};
  schema::Column sequence{.field = taken("sequence") ? "row_sequence" : "sequence"};
  key.hidden = true;
  sequence.hidden = true;
  return {key, sequence};
}

std::string ViewRows::TextOf(const schema::Message& row) const {
  return text_ ? schema::TextAt(row, *text_) : std::string();
}

bool ViewRows::IsHidden(const schema::Message& row) const {
  if (!status_) return false;
  const std::string status = schema::TextAt(row, *status_);
  return status == "REJECTED" || status == "RETRACTED";
}

std::string ViewRows::FieldOf(const schema::Message& row, std::string_view field) const {
  const auto path = schema::FindField(*type_, field);
  return path.ok() ? schema::TextAt(row, *path) : std::string();
}

absl::Status ViewRows::ByKey(std::string_view name, uint64_t as_of,
                             std::vector<NamedRow>* found) const {
  const std::string prefix = base::FromHex(name.substr(0, name.size() / 2 * 2)).value_or("");
  VB_ASSIGN_OR_RETURN(const view::Reader reader, generation_->Read());
  absl::Status status;
  VB_RETURN_IF_ERROR(
      reader.Scan(0, {.prefix = prefix, .as_of = as_of}, [&](const view::RowView& row) {
        const std::string hex = base::ToHex(row.key);
        if (hex.compare(0, name.size(), name) != 0) return true;
        auto message = Parse(row.row);
        status = message.status();
        if (!status.ok()) return false;
        const bool exact = hex == name;
        if (exact) found->clear();
        found->push_back({std::string(row.key), row.since, *std::move(message)});
        return !exact && found->size() < kCandidatesShown;
      }));
  return status;
}

absl::Status ViewRows::ByAnnotation(const log::Snapshot& snapshot, std::string_view name,
                                    uint64_t as_of, std::vector<NamedRow>* found) const {
  if (name.size() > 2 * base::kIdBytes || !schema::FindField(*type_, kAnnotationField).ok()) {
    return absl::OkStatus();
  }
  VB_ASSIGN_OR_RETURN(const std::vector<log::AnnotationHit> hits,
                      snapshot.FindAnnotations(name, kCandidatesShown));
  if (hits.empty()) return absl::OkStatus();
  VB_ASSIGN_OR_RETURN(const view::Reader reader, generation_->Read());
  absl::Status status;
  const std::string prefix = absl::AsciiStrToLower(absl::string_view(name.data(), name.size()));
  // The bytes are looked through first: most rows needn't be parsed. Where there may be more hits
  // than were asked for, one of those may have the row.
  const bool all_known = hits.size() < kCandidatesShown;
  const auto names_one = [&](std::string_view row) {
    return std::any_of(hits.begin(), hits.end(), [&](const log::AnnotationHit& hit) {
      return row.find(hit.annotation) != std::string_view::npos ||
             row.find(base::ToHex(hit.annotation)) != std::string_view::npos;
    });
  };
  VB_RETURN_IF_ERROR(reader.Scan(0, {.as_of = as_of}, [&](const view::RowView& row) {
    if (all_known && !names_one(row.row)) return true;
    auto message = Parse(row.row);
    status = message.status();
    if (!status.ok()) return false;
    const std::string hex = FieldOf(**message, kAnnotationField);
    if (hex.compare(0, prefix.size(), prefix) != 0 || Contains(*found, row.key)) return true;
    found->push_back({std::string(row.key), row.since, *std::move(message)});
    return found->size() < kCandidatesShown;
  }));
  return status;
}

absl::StatusOr<std::vector<NamedRow>> ViewRows::Candidates(const log::Snapshot& snapshot,
                                                           std::string_view name,
                                                           uint64_t as_of) const {
  std::vector<NamedRow> found;
  if (name.empty() || !base::IsHex(name)) return found;
  VB_RETURN_IF_ERROR(ByKey(name, as_of, &found));
  const bool exact = found.size() == 1 && base::ToHex(found[0].key) == name;
  if (!exact) VB_RETURN_IF_ERROR(ByAnnotation(snapshot, name, as_of, &found));
  return found;
}

absl::StatusOr<NamedRow> ViewRows::Find(const log::Snapshot& snapshot, std::string_view name,
                                        uint64_t as_of) const {
  VB_ASSIGN_OR_RETURN(std::vector<NamedRow> found, Candidates(snapshot, name, as_of));
  if (found.size() == 1) return std::move(found[0]);
  if (found.empty()) {
    const std::string when =
        as_of < snapshot.head() ? fmt::format(" at @{}", as_of) : std::string();
    return absl::NotFoundError(fmt::format(
        "view {} has no row {}{}: give a prefix of its key or of its annotation, as 'verbatim view "
        "{} --format jsonl' prints them",
        view(), name, when, view()));
  }
  std::string list;
  for (const NamedRow& row : found) {
    const std::string hex = base::ToHex(row.key);
    list += fmt::format("\n  {}{}  {}", hex.substr(0, kKeyHexShown),
                        hex.size() > kKeyHexShown ? "..." : "",
                        schema::Shorten(TextOf(*row.message), 60));
  }
  return absl::InvalidArgumentError(
      fmt::format("'{}' names several rows of {}; type more of one's key, or all of it:{}", name,
                  view(), list));
}

schema::Record ShowRow(const ViewRows& rows, const NamedRow& row) {
  schema::Record record = rows.NameOf(row.key, row.since);
  record.Add("view", rows.view());
  for (schema::Field& field : schema::ToRecord(*row.message).fields) {
    record.Add(std::move(field.name), std::move(field.value));
  }
  return record;
}

}  // namespace verbatim::audit
