// SPDX-License-Identifier: Apache-2.0
// The articles of an export, one after the other: what the formats that show texts with their
// annotations are made of.
#ifndef VERBATIM_CORE_EXCHANGE_ARTICLES_H_
#define VERBATIM_CORE_EXCHANGE_ARTICLES_H_

#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "core/article/article_state.h"
#include "core/base/status.h"
#include "core/exchange/export.h"
#include "verbatim/text/utf8.h"

namespace verbatim::exchange {

struct ArticleOut {
  const article::ArticleState& state;  // with a text
  // For its file: that of the input that it came from without its ending, else its id; no other
  // article of this export has it.
  std::string name;
  // What stands as of the source's sequence, by first span; with Source::all whatever ever stood.
  std::vector<article::AnnotationPtr> annotations;

  const article::Revision& revision() const { return *state.latest(); }
  // Does the annotation hold on the latest text?
  bool OnLatest(const article::AnnotationState& annotation) const {
    return annotation.value->anchor.revision() == revision().number();
  }
};

// In the order in which they came. Articles that were erased, or weren't there yet, are passed by.
absl::Status ForEachArticle(const Source& source,
                            absl::FunctionRef<absl::Status(const ArticleOut&)> visit);

// "12 annotations ...", for Exported::notes; nothing when there are none.
void Note(Exported& done, uint64_t count, std::string_view what);

}  // namespace verbatim::exchange

#endif  // VERBATIM_CORE_EXCHANGE_ARTICLES_H_
