// SPDX-License-Identifier: Apache-2.0
// One SQLite database: the tables `archive`, `articles` (with their texts), `annotations`, and one
// for each view with every field of its rows. Lists and messages are JSON, which SQLite's own
// functions read. Foreign ids are indexed, so that Datasette links and facets at once.
#include <google/protobuf/descriptor.h>

#include "absl/strings/str_cat.h"
#include "core/audit/rows.h"
#include "core/audit/show.h"
#include "core/base/hex.h"
#include "core/base/sha256.h"
#include "core/exchange/articles.h"
#include "core/exchange/export.h"
#include "core/exchange/view_contents.h"
#include "core/schema/json.h"
#include "core/sqlite/database.h"

namespace verbatim::exchange {
namespace {

namespace fs = std::filesystem;
using schema::Record;
using sqlite::Database;
using sqlite::Quoted;
using sqlite::Statement;

struct SqlColumn {
  std::string name;
  std::string type;  // with constraints
};

// The file appears when it is whole: a journal would guard nothing.
constexpr char kBegin[] =
    "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA user_version=1; BEGIN";

// Rows into one table, a column for each name; what a row doesn't have is null.
class Table {
 public:
  static absl::StatusOr<Table> Make(Database& database, std::string_view name,
                                    std::vector<SqlColumn> columns) {
    std::string declared;
    std::string places;
    for (const SqlColumn& column : columns) {
      absl::StrAppend(&declared, declared.empty() ? "" : ", ", Quoted(column.name), " ",
                      column.type);
      places += places.empty() ? "?" : ",?";
    }
    VB_RETURN_IF_ERROR(
        database.Run(absl::StrCat("CREATE TABLE ", Quoted(name), " (", declared, ")")));
    VB_ASSIGN_OR_RETURN(
        Statement insert,
        database.Prepare(absl::StrCat("INSERT INTO ", Quoted(name), " VALUES (", places, ")")));
    return Table(std::move(insert), std::move(columns));
  }

  absl::Status Add(const Record& row) {
    for (size_t i = 0; i < columns_.size(); ++i) {
      Bind(static_cast<int>(i) + 1, row.Find(columns_[i].name));
    }
    return insert_.Finish();
  }

 private:
  Table(Statement insert, std::vector<SqlColumn> columns)
      : insert_(std::move(insert)), columns_(std::move(columns)) {}

  void Bind(int place, const schema::Value* value) {
    if (value == nullptr || value->Omitted()) {
      insert_.BindNull(place);
    } else if (const auto* flag = std::get_if<bool>(&value->v)) {
      insert_.Bind(place, int64_t{*flag ? 1 : 0});
    } else if (const auto* number = std::get_if<int64_t>(&value->v)) {
      insert_.Bind(place, *number);
    } else if (const auto* count = std::get_if<uint64_t>(&value->v)) {
      insert_.Bind(place, static_cast<int64_t>(*count));
    } else if (std::holds_alternative<float>(value->v) ||
               std::holds_alternative<double>(value->v)) {
      // As it is printed: 0.93, and not the nearest float written out as a double.
      insert_.Bind(place, std::stod(schema::TextOf(*value)));
    } else {
      const auto* text = std::get_if<std::string>(&value->v);
      insert_.Bind(place, text != nullptr ? *text : schema::ToJson(*value));
    }
  }

  Statement insert_;
  std::vector<SqlColumn> columns_;
};

const std::vector<SqlColumn>& ArticleTable() {
  static const std::vector<SqlColumn> columns = {{"article", "TEXT PRIMARY KEY"},
                                                 {"title", "TEXT"},
                                                 {"published", "TEXT"},
                                                 {"published_basis", "TEXT"},
                                                 {"outlet", "TEXT"},
                                                 {"url", "TEXT"},
                                                 {"language", "TEXT"},
                                                 {"revisions", "INTEGER"},
                                                 {"annotations", "INTEGER"},
                                                 {"text", "TEXT"}};
  return columns;
}

const std::vector<SqlColumn>& AnnotationTable() {
  static const std::vector<SqlColumn> columns = {{"annotation", "TEXT PRIMARY KEY"},
                                                 {"article", "TEXT REFERENCES articles(article)"},
                                                 {"revision", "INTEGER"},
                                                 {"type", "TEXT"},
                                                 {"status", "TEXT"},
                                                 {"begin_char", "INTEGER"},
                                                 {"end_char", "INTEGER"},
                                                 {"text", "TEXT"},
                                                 {"confidence", "REAL"},
                                                 {"human_held", "INTEGER"},
                                                 {"annotator", "TEXT"},
                                                 {"added_sequence", "INTEGER"},
                                                 {"changed_sequence", "INTEGER"},
                                                 {"spans", "TEXT"},
                                                 {"body", "TEXT"}};
  return columns;
}

Record AnnotationRow(const Source& source, const article::AnnotationState& annotation) {
  const v1::Anchor& anchor = annotation.value->anchor;
  schema::List spans;
  for (const v1::TextSpan& span : anchor.spans()) spans.emplace_back(schema::ToRecord(span));
  const v1::TypedBody& body = annotation.value->body;
  Record row;
  row.Add("annotation", base::ToHex(annotation.id))
      .Add("article", base::ToHex(anchor.article()))
      .Add("revision", anchor.revision())
      .Add("type", body.type())
      .Add("status", article::StatusName(annotation.status))
      .Add("begin_char", anchor.spans().begin()->begin_char())
      .Add("end_char", anchor.spans().rbegin()->end_char())
      .Add("text", audit::WordsOf(anchor))
      .Add("confidence", annotation.value->confidence)
      .Add("human_held", annotation.human_held)
      .Add("annotator", annotation.annotator)
      .Add("added_sequence", annotation.added_sequence)
      .Add("changed_sequence", annotation.changed_sequence)
      .Add("spans", std::move(spans))
      .Add("body", schema::BodyJson(source.registry, body.type(), body.value()));
  return row;
}

absl::Status WriteArticles(const Source& source, Database& database, Exported& done) {
  VB_ASSIGN_OR_RETURN(Table articles, Table::Make(database, "articles", ArticleTable()));
  VB_ASSIGN_OR_RETURN(Table annotations, Table::Make(database, "annotations", AnnotationTable()));
  const absl::Status status =
      ForEachArticle(source, [&](const ArticleOut& article) -> absl::Status {
        Record row = audit::ArticleRow(article.state, article.state.Live().size());
        row.Add("text", article.revision().text());
        VB_RETURN_IF_ERROR(articles.Add(row));
        ++done.articles;
        for (const article::AnnotationPtr& annotation : article.annotations) {
          VB_RETURN_IF_ERROR(annotations.Add(AnnotationRow(source, *annotation)));
          ++done.annotations;
        }
        return absl::OkStatus();
      });
  VB_RETURN_IF_ERROR(status);
  return database.Run("CREATE INDEX annotations_of_article ON annotations(article)");
}

std::string SqlType(const google::protobuf::FieldDescriptor& field) {
  using F = google::protobuf::FieldDescriptor;
  if (field.is_repeated()) return "TEXT";
  switch (field.cpp_type()) {
    case F::CPPTYPE_INT32:
    case F::CPPTYPE_INT64:
    case F::CPPTYPE_UINT32:
    case F::CPPTYPE_UINT64:
    case F::CPPTYPE_BOOL:
      return "INTEGER";
    case F::CPPTYPE_FLOAT:
    case F::CPPTYPE_DOUBLE:
      return "REAL";
    default:
      return "TEXT";
  }
}

absl::Status WriteView(const Source& source, const NamedView& view, Database& database,
                       Exported& done) {
  VB_ASSIGN_OR_RETURN(const ViewContents contents, ContentsOf(source, view));
  VB_ASSIGN_OR_RETURN(const schema::MessagePtr any, contents.named.Parse(""));
  std::vector<SqlColumn> columns;
  for (const schema::Column& name : contents.named.NameColumns()) {
    const bool key = name.field.ends_with("key");
    columns.push_back({name.field, key ? "TEXT PRIMARY KEY" : "INTEGER"});
  }
  for (int i = 0; i < any->GetDescriptor()->field_count(); ++i) {
    const auto* field = any->GetDescriptor()->field(i);
    columns.push_back({field->name(), SqlType(*field)});
  }
  VB_ASSIGN_OR_RETURN(Table table, Table::Make(database, view.name, columns));
  for (const view::AnsweredRow& row : contents.answer.rows) {
    Record record = contents.named.NameOf(row.key, row.since);
    Record fields = schema::ToRecord(*row.message, &source.registry);
    for (schema::Field& field : fields.fields) {
      record.Add(std::move(field.name), std::move(field.value));
    }
    VB_RETURN_IF_ERROR(table.Add(record));
  }
  done.rows += contents.answer.rows.size();
  for (const std::string_view id : {"article", "annotation"}) {
    if (any->GetDescriptor()->FindFieldByName(std::string(id)) == nullptr) continue;
    VB_RETURN_IF_ERROR(database.Run(
        absl::StrCat("CREATE INDEX ", Quoted(absl::StrCat(view.name, "_of_", std::string(id))),
                     " ON ", Quoted(view.name), "(", std::string(id), ")")));
  }
  return absl::OkStatus();
}

absl::Status WriteArchive(const Source& source, Database& database) {
  VB_ASSIGN_OR_RETURN(const base::Digest root, source.snapshot.RootAt(source.as_of));
  VB_ASSIGN_OR_RETURN(
      Table archive,
      Table::Make(
          database, "archive",
          {{"archive_id", "TEXT"}, {"sequence", "INTEGER"}, {"root", "TEXT"}, {"tool", "TEXT"}}));
  return archive.Add(Record()
                         .Add("archive_id", base::ToHex(source.archive_id))
                         .Add("sequence", source.as_of)
                         .Add("root", base::ToHex(base::AsView(root)))
                         .Add("tool", "verbatim " + source.tool_version));
}

}  // namespace

absl::StatusOr<Exported> WriteSqlite(const Source& source, const fs::path& file) {
  for (const NamedView& view : source.views) {
    for (const std::string_view taken : {"archive", "articles", "annotations"}) {
      if (view.name == taken) {
        return absl::InvalidArgumentError(
            absl::StrCat("a view named ", view.name,
                         " would take the place of the table of that name: leave "
                         "it out with --view"));
      }
    }
  }
  Exported done;
  done.files = 1;
  VB_ASSIGN_OR_RETURN(Database database, Database::Open(file));
  VB_RETURN_IF_ERROR(database.Run(kBegin));
  VB_RETURN_IF_ERROR(WriteArchive(source, database));
  VB_RETURN_IF_ERROR(WriteArticles(source, database, done));
  for (const NamedView& view : source.views) {
    VB_RETURN_IF_ERROR(WriteView(source, view, database, done));
  }
  VB_RETURN_IF_ERROR(database.Run("COMMIT"));
  return done;
}

}  // namespace verbatim::exchange
