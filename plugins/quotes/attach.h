// SPDX-License-Identifier: Apache-2.0
// Attribution: which words belong to which reporting verb, sentence by sentence. Every pattern has
// a rule id (README.md lists them).
#ifndef VERBATIM_QUOTES_ATTACH_H_
#define VERBATIM_QUOTES_ATTACH_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "phrases.h"
#include "scan.h"

namespace verbatim::quotes {

enum class QuoteKind : uint8_t { kDirect, kMixed, kIndirect };

// One saying with the words that attribute it. Elements are numbers into Document::elements.
struct Attribution {
  const char* rule = "";
  int32_t sentence = -1;
  int32_t cue_first = -1;  // elements, both inclusive; -1: no cue of its own
  int32_t cue_last = -1;
  std::string lemma;
  std::string modal;
  bool negated = false;
  bool weak = false;              // the verb reports only sometimes
  Phrase subject;                 // not found: see `inherits`
  int32_t inherits = -1;          // takes its speaker from this attribution
  bool continues = false;         // without a subject: takes the last one who spoke
  std::vector<Range> pieces;      // content in text order; without marks where direct
  std::vector<int32_t> segments;  // quoted segments within the content
  QuoteKind kind = QuoteKind::kIndirect;
  uint8_t flags = 0;  // Flag
  uint32_t paragraph = 0;
};

// All attributions of a document, in text order of their first piece. Linear.
std::vector<Attribution> FindAttributions(const Document& doc);

// link.cc: joins the pieces of one saying, and gives quotations without an attribution of their own
// to whoever was speaking.
void LinkSayings(const Document& doc, std::vector<Attribution>& found);

}  // namespace verbatim::quotes

#endif  // VERBATIM_QUOTES_ATTACH_H_
