// SPDX-License-Identifier: Apache-2.0
#include "core/schema/render.h"

#include <fmt/format.h>

#include <utility>

#include "core/base/time_point.h"
#include "core/schema/control.h"
#include "core/schema/fields.h"
#include "core/schema/json_text.h"
#include "core/schema/table.h"
#include "verbatim/text/utf8.h"

namespace verbatim::schema {
namespace {

// CSV has no escapes: line ends and tabs stay, other controls are written as JSON would.
bool StaysInCsv(char32_t c) { return !SteersTerminal(c) || c == '\n' || c == '\r' || c == '\t'; }

// RFC 4180: quoted where a comma, a quotation mark or a line end is in it.
void AppendCsvCell(std::string_view cell, std::string& line) {
  const bool quoted = cell.find_first_of(",\"\r\n") != std::string_view::npos;
  if (quoted) line.push_back('"');
  for (size_t byte = 0; byte < cell.size();) {
    const text::Decoded c = text::DecodeAt(cell, byte);
    if (!StaysInCsv(c.code_point)) {
      AppendCodePoint(c.code_point, &line);
    } else {
      line.append(cell.substr(byte, c.size));
      if (c.code_point == '"') line.push_back('"');
    }
    byte += c.size;
  }
  if (quoted) line.push_back('"');
}

std::string CsvLine(const std::vector<std::string>& cells) {
  std::string line;
  for (size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) line.push_back(',');
    AppendCsvCell(cells[i], line);
  }
  return line + "\r\n";
}

constexpr std::string_view kBasisSuffix = "_basis";
constexpr std::string_view kUpperBound = "ARTICLE_DATE";

std::string CellOf(const Message& row, const Column& column, bool table) {
  const auto path = FindField(*row.GetDescriptor(), column.field);
  if (!path.ok()) return {};
  std::string text = TextAt(row, *path);
  if (table && column.role == Role::kDate && !text.empty()) {
    const auto basis =
        FindField(*row.GetDescriptor(), fmt::format("{}{}", column.field, kBasisSuffix));
    if (basis.ok() && TextAt(row, *basis) == kUpperBound) return "by " + text;
  }
  return text;
}

std::string CellOf(const Record& row, const Column& column) { return row.TextAt(column.field); }

std::vector<Column> ColumnsOf(const Record& row) {
  std::vector<Column> columns;
  for (const Field& field : row.fields) columns.push_back({.field = field.name});
  return columns;
}

std::vector<Column> ColumnsOf(const Message& row) {
  std::vector<Column> columns;
  for (std::string& name : FieldNames(*row.GetDescriptor())) {
    columns.push_back({.field = std::move(name)});
  }
  return columns;
}

// {"a":1} and {"b":2} as {"a":1,"b":2}.
std::string JoinObjects(const std::string& before, const std::string& after, bool indent) {
  if (before == "{}") return after;
  if (after == "{}") return before;
  std::string joined = before.substr(0, before.size() - (indent ? 2 : 1));
  return joined + "," + after.substr(1);
}

}  // namespace

absl::StatusOr<Format> ParseFormat(std::string_view text) {
  if (text == "table") return Format::kTable;
  if (text == "json") return Format::kJson;
  if (text == "jsonl") return Format::kJsonl;
  if (text == "csv") return Format::kCsv;
  return absl::InvalidArgumentError(
      fmt::format("--format {}: it is one of table, json, jsonl, csv", text));
}

RowWriter::RowWriter(std::vector<Column> columns, RenderOptions options, Sink sink)
    : columns_(std::move(columns)), options_(options), sink_(std::move(sink)) {
  if (options_.format != Format::kTable) return;
  for (Column& column : columns_) {
    if (column.role != Role::kTime) continue;
    if (column.title.empty()) column.title = column.field;
    column.title += options_.local_time ? " (local)" : " (UTC)";
  }
}

RowWriter::~RowWriter() = default;

void RowWriter::Write(const Record& row) {
  if (options_.format == Format::kJson || options_.format == Format::kJsonl) {
    return WriteJson(ToJson(Value(row), options_.format == Format::kJson));
  }
  if (columns_.empty()) columns_ = ColumnsOf(row);
  std::vector<std::string> cells;
  for (const Column& column : columns_) {
    cells.push_back(CellOf(row, column));
    if (options_.format == Format::kTable && column.role == Role::kTime) {
      cells.back() = base::ShowTime(cells.back(), options_.local_time);
    }
  }
  WriteCells(std::move(cells));
}

void RowWriter::Write(const Message& row) { Write(Record(), row); }

void RowWriter::Write(const Record& before, const Message& row) {
  const bool indent = options_.format == Format::kJson;
  if (indent || options_.format == Format::kJsonl) {
    return WriteJson(JoinObjects(ToJson(Value(before), indent),
                                 ToJson(row, {options_.registry, indent}), indent));
  }
  if (columns_.empty()) {
    columns_ = ColumnsOf(before);
    for (Column& column : ColumnsOf(row)) columns_.push_back(std::move(column));
  }
  std::vector<std::string> cells;
  for (const Column& column : columns_) {
    cells.push_back(before.FindPath(column.field) != nullptr
                        ? CellOf(before, column)
                        : CellOf(row, column, options_.format == Format::kTable));
  }
  WriteCells(std::move(cells));
}

void RowWriter::WriteCells(std::vector<std::string> cells) {
  ++rows_;
  if (options_.format == Format::kTable) {
    held_.push_back(std::move(cells));
    return;
  }
  if (!std::exchange(begun_, true)) sink_(CsvHeader());
  sink_(CsvLine(cells));
}

std::string RowWriter::CsvHeader() const {
  std::vector<std::string> names;
  for (const Column& column : columns_) names.push_back(column.field);
  return CsvLine(names);
}

void RowWriter::WriteJson(const std::string& json) {
  ++rows_;
  if (options_.format == Format::kJsonl) return sink_(json + "\n");
  sink_(std::exchange(begun_, true) ? ",\n" : "[\n");
  sink_(json);
}

void RowWriter::Finish() {
  switch (options_.format) {
    case Format::kTable:
      if (!held_.empty())
        sink_(LayOutTable(columns_, held_, options_.width_columns, options_.color));
      held_.clear();
      break;
    case Format::kJson:
      sink_(begun_ ? "\n]\n" : "[]\n");
      break;
    case Format::kCsv:
      if (!begun_ && !columns_.empty()) sink_(CsvHeader());
      break;
    case Format::kJsonl:
      break;
  }
}

}  // namespace verbatim::schema
