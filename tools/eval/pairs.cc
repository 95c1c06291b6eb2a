// SPDX-License-Identifier: Apache-2.0
// align, labels and diff: verbs over pairs of texts.
#include <map>
#include <string_view>
#include <utility>

#include "plugins/statements/labels.h"
#include "tools/eval/rows.h"
#include "tools/eval/verbs.h"
#include "verbatim/text/align.h"
#include "verbatim/text/diff.h"

namespace verbatim::eval {
namespace {

// A row that names the same pair.
Row Named(const char* type, const Row& pair) {
  Row row;
  row["type"] = type;
  for (const char* field : {"id", "a", "b"}) {
    if (pair.contains(field)) row[field] = pair[field];
  }
  return row;
}

const char* Sign(text::OpKind kind) {
  switch (kind) {
    case text::OpKind::kDelete:
      return "-";
    case text::OpKind::kInsert:
      return "+";
    default:
      return "=";
  }
}

bool IsPair(const Row& row) { return row.contains("text_a") && row.contains("text_b"); }

}  // namespace

void RunAlign(const std::string& docs_path, const std::string& pairs_path) {
  std::map<std::string, std::vector<std::string>> docs;
  for (const Row& row : ReadRows(docs_path)) {
    if (!row.contains("sentences")) throw BadInput(docs_path + ": a row has no \"sentences\"");
    docs[Text(row, "doc")] = row["sentences"].get<std::vector<std::string>>();
  }
  const auto views = [&docs](const std::string& doc) {
    const auto found = docs.find(doc);
    if (found == docs.end()) throw BadInput("no document is named \"" + doc + "\"");
    return std::vector<std::string_view>(found->second.begin(), found->second.end());
  };
  for (const Row& row : ReadRows(pairs_path)) {
    const std::string doc_a = Text(row, "doc_a"), doc_b = Text(row, "doc_b");
    Row out{{"type", "align"}, {"doc_a", doc_a}, {"doc_b", doc_b}, {"pairs", Row::array()}};
    for (const text::SentencePair& pair : text::AlignSentences(views(doc_a), views(doc_b))) {
      out["pairs"].push_back(Row::array({pair.a, pair.b}));
    }
    Print(out);
  }
}

void RunLabels(const std::string& pairs_path) {
  for (const Row& row : ReadRows(pairs_path)) {
    if (!IsPair(row)) continue;
    Row out = Named("pair", row);
    out["labels"] = Row::array();
    for (const statements::Label label :
         statements::Labels(Text(row, "text_a"), Text(row, "text_b")).labels) {
      out["labels"].push_back(std::string(statements::Name(label)));
    }
    Print(out);
  }
}

void RunDiff(const std::string& pairs_path) {
  text::DiffOptions options;
  options.folded = false;
  for (const Row& row : ReadRows(pairs_path)) {
    if (!IsPair(row)) continue;
    const std::string a = Text(row, "text_a"), b = Text(row, "text_b");
    Row out = Named("ops", row);
    out["ops"] = Row::array();
    for (const text::DiffOp& op : text::DiffWords(a, b, options)) {
      const std::string_view words =
          op.kind == text::OpKind::kDelete ? text::In(a, op.a) : text::In(b, op.b);
      out["ops"].push_back(Row::array({Sign(op.kind), std::string(words)}));
    }
    Print(out);
  }
}

}  // namespace verbatim::eval
