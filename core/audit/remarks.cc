// SPDX-License-Identifier: Apache-2.0
#include "core/audit/remarks.h"

#include <optional>

#include "verbatim/v1/note.pb.h"

namespace verbatim::audit {
namespace {

std::optional<v1::Note> NoteIn(const v1::TypedBody& body) {
  v1::Note note;
  if (body.type() != v1::Note::descriptor()->full_name() || !note.ParseFromString(body.value())) {
    return std::nullopt;
  }
  return note;
}

}  // namespace

std::string RemarkOf(const v1::TypedBody& body) {
  const auto note = NoteIn(body);
  return note ? note->text() : "";
}

bool IsRemarkOn(const article::AnnotationState& remark, std::string_view annotation) {
  const auto note = NoteIn(remark.value->body);
  return note && note->about() == annotation;
}

std::vector<article::AnnotationPtr> RemarksOn(const article::ArticleState& state,
                                              std::string_view annotation) {
  std::vector<article::AnnotationPtr> remarks;
  for (article::AnnotationPtr& one : state.Live(v1::Note::descriptor()->full_name())) {
    if (IsRemarkOn(*one, annotation)) remarks.push_back(std::move(one));
  }
  return remarks;
}

}  // namespace verbatim::audit
