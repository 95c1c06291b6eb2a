// SPDX-License-Identifier: Apache-2.0
// Remarks (verbatim.v1.Note): annotations that change no value, and what they are about.
#ifndef VERBATIM_CORE_AUDIT_REMARKS_H_
#define VERBATIM_CORE_AUDIT_REMARKS_H_

#include <string>
#include <string_view>
#include <vector>

#include "core/article/article_state.h"

namespace verbatim::audit {

// What a remark says; "" of any other body.
std::string RemarkOf(const v1::TypedBody& body);

// Is this a remark about the annotation with that id (16 bytes)?
bool IsRemarkOn(const article::AnnotationState& remark, std::string_view annotation);

// Live ones, by place.
std::vector<article::AnnotationPtr> RemarksOn(const article::ArticleState& state,
                                              std::string_view annotation);

}  // namespace verbatim::audit

#endif  // VERBATIM_CORE_AUDIT_REMARKS_H_
