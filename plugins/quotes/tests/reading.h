// SPDX-License-Identifier: Apache-2.0
// What was found in a text, as lines that a test can state:
//   "direct | Ada Lund | q-s-v | The bridge is safe,"
#ifndef VERBATIM_QUOTES_TESTS_READING_H_
#define VERBATIM_QUOTES_TESTS_READING_H_

#include <string>
#include <string_view>
#include <vector>

#include "quotations.h"

namespace verbatim::quotes {

inline std::vector<Quotation> Quotations(std::string_view text) {
  Article article;
  article.text = text;
  return FindQuotations(article);
}

inline std::string Words(std::string_view text, const Quotation& q) {
  std::string words;
  for (const Range& span : q.spans) {
    if (!words.empty()) words += " / ";
    words += text.substr(span.begin, span.end - span.begin);
  }
  return words;
}

inline std::vector<std::string> Reading(std::string_view text) {
  static constexpr const char* kKinds[] = {"direct", "mixed", "indirect"};
  std::vector<std::string> lines;
  for (const Quotation& q : Quotations(text)) {
    lines.push_back(std::string(kKinds[static_cast<int>(q.kind)]) + " | " + q.speaker + " | " +
                    q.rule + " | " + Words(text, q));
  }
  return lines;
}

}  // namespace verbatim::quotes

#endif  // VERBATIM_QUOTES_TESTS_READING_H_
