// SPDX-License-Identifier: Apache-2.0
// The one writer of rows: table for people, json, jsonl and csv for scripts, for every verb.
//
//   RowWriter out({{"sequence", "#"}, {"type"}, {"text", "", Role::kText}}, options, sink);
//   out.Write(record);     // or any message
//   out.Finish();
#ifndef VERBATIM_CORE_SCHEMA_RENDER_H_
#define VERBATIM_CORE_SCHEMA_RENDER_H_

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/schema/json.h"
#include "core/schema/registry.h"
#include "core/schema/value.h"

namespace verbatim::schema {

enum class Format { kTable, kJson, kJsonl, kCsv };

// table, json, jsonl, csv; kInvalidArgument names them.
absl::StatusOr<Format> ParseFormat(std::string_view text);

// What a column is for a table; the same as verbatim.v1.Column.Role, by number. kTime has none
// there: it is a moment of the archive's own, RFC 3339 in UTC.
enum class Role { kPlain, kDate, kName, kKey, kStatus, kText, kId, kDiff, kDateEnd, kTime = 1000 };

struct Column {
  std::string field;       // path, see fields.h
  std::string title = {};  // of a table; empty: the field
  Role role = Role::kPlain;
  bool hidden = false;  // not in tables; in csv all the same
};

struct RenderOptions {
  Format format = Format::kTable;
  size_t width_columns = 0;            // of the terminal; 0: as wide as it comes
  bool color = false;                  // diffs in red and green
  bool local_time = false;             // moments in a table where this machine stands, else in UTC
  const Registry* registry = nullptr;  // opens typed bodies in json
};

// Tables are held until Finish, to know their widths; jsonl and csv go out row by row. In a table
// ids are cut to 8 characters, cells are cut to what the terminal leaves them, diffs go on over
// lines, and columns for which there is no room are left out and named below. A date column whose
// message has a field `<column>_basis` at ARTICLE_DATE prints "by 2019-07-27": an upper bound. json
// and jsonl print the whole row, not only its columns.
class RowWriter {
 public:
  using Sink = std::function<void(std::string_view)>;

  // No columns: the fields of the first row.
  RowWriter(std::vector<Column> columns, RenderOptions options, Sink sink);
  ~RowWriter();
  RowWriter(const RowWriter&) = delete;
  RowWriter& operator=(const RowWriter&) = delete;

  void Write(const Record& row);
  void Write(const Message& row);
  // A message with fields of its own before the message's: {"sequence":7, ...message}.
  void Write(const Record& before, const Message& row);
  // Writes what is held. Nothing may be written after it. A table without rows prints nothing, json
  // prints [], csv its header.
  void Finish();
  size_t rows() const { return rows_; }

 private:
  void WriteCells(std::vector<std::string> cells);
  void WriteJson(const std::string& json);
  std::string CsvHeader() const;

  std::vector<Column> columns_;
  RenderOptions options_;
  Sink sink_;
  std::vector<std::vector<std::string>> held_;
  size_t rows_ = 0;
  bool begun_ = false;
};

// Cells that a text takes on a terminal: wide characters two, combining and invisible ones none.
size_t DisplayWidth(std::string_view text);

// Cut to at most `width` cells, with an ellipsis at the end; line ends become blanks.
std::string Shorten(std::string_view text, size_t width);

}  // namespace verbatim::schema

#endif  // VERBATIM_CORE_SCHEMA_RENDER_H_
