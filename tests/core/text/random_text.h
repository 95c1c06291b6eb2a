// SPDX-License-Identifier: Apache-2.0
// Random texts for property tests: made of words, amounts, marks and odd characters, so that the
// interesting borders come up often.
#ifndef VERBATIM_TESTS_CORE_TEXT_RANDOM_TEXT_H_
#define VERBATIM_TESTS_CORE_TEXT_RANDOM_TEXT_H_

#include <rapidcheck.h>

#include <string>
#include <vector>

namespace verbatim::text {

inline rc::Gen<std::string> AnyPiece() {
  return rc::gen::element<std::string>(
      "the", "of", "harbour", "Harbour", "HARBOUR", "treaty", "will", "may", "not", "Mr.", "U.S.",
      "a.m.", "5", "5-1/4", "percent", "$725", "million", "78%", "to", "at", ".", "!", "?", ",",
      "\"", "'", "`", "``", "''", "\u201C", "\u201D", "\u2019", "\u2014", "-", "--", "...",
      "\u2026", "<...>", "[he]", " ", "  ", "\t", "\n", "\r\n", "\u00A0", "\u2009", "\u200B",
      "\u00AD", "caf\u00E9", "cafe\u0301", "\u00C9t\u00E9", "\u0130", "\u00DF", "\uFB01", "\u0301",
      "\u0416\u0438\u0442\u044C", "\u6771\u4EAC", "\U0001F680", "\uFF21", "\uFF02", "\u00BD", "x");
}

inline std::string Join(const std::vector<std::string>& pieces) {
  std::string text;
  for (const std::string& piece : pieces) text += piece;
  return text;
}

inline rc::Gen<std::string> AnyText() {
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(AnyPiece()), Join);
}

// Any bytes at all, often ill-formed.
inline rc::Gen<std::string> AnyBytes() {
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(rc::gen::oneOf(
                          AnyPiece(), rc::gen::element<std::string>(
                                          "\x80", "\xC0", "\xC3", "\xE2\x80", "\xED\xA0\x80",
                                          "\xF0\x9F", "\xF4\x90\x80\x80", "\xFF"))),
                      Join);
}

}  // namespace verbatim::text

#endif  // VERBATIM_TESTS_CORE_TEXT_RANDOM_TEXT_H_
