// SPDX-License-Identifier: Apache-2.0
// Re-anchoring: an old text with a span, and the text that it became.
#include "core/anchor/anchor.h"
#include "core/anchor/reanchor.h"
#include "tools/eval/rows.h"
#include "tools/eval/verbs.h"

namespace verbatim::eval {
namespace {

// Anchors name an article; which one makes no difference here.
constexpr char kArticle[] = "0123456789abcdef";

uint32_t Number(const Row& row, const char* field) {
  const auto found = row.find(field);
  if (found == row.end() || !found->is_number_unsigned()) {
    throw BadInput(std::string("a task lacks the number \"") + field + "\"");
  }
  return found->get<uint32_t>();
}

Row Find(const Row& task) {
  const std::string old_text = Text(task, "old"), new_text = Text(task, "new");
  const text::CharMap old_chars(old_text), new_chars(new_text);
  const anchor::RevisionText from(kArticle, 0, old_text, old_chars);
  const anchor::RevisionText to(kArticle, 1, new_text, new_chars);
  const uint32_t begin = old_chars.ByteOf(Number(task, "start"));
  const uint32_t end = old_chars.ByteOf(Number(task, "end"));
  if (begin >= end) throw BadInput("a task has an empty span: " + Text(task, "id"));
  const anchor::Mapping mapping(from, to);
  const anchor::Reanchored moved =
      anchor::Reanchor(anchor::MakeAnchor(from, std::vector<text::Range>{{begin, end}}), mapping);
  Row out{{"type", "anchor"}, {"id", Text(task, "id")}};
  if (moved.outcome == v1::AnnotationReanchored::OUTCOME_ORPHANED) {
    out["outcome"] = "orphan";
    return out;
  }
  out["outcome"] = "found";
  out["start"] = moved.to.spans(0).begin_char();
  out["end"] = moved.to.spans(moved.to.spans_size() - 1).end_char();
  out["score"] = moved.score;
  return out;
}

}  // namespace

void RunAnchors(const std::string& tasks_path) {
  for (const Row& task : ReadRows(tasks_path)) Print(Find(task));
}

}  // namespace verbatim::eval
