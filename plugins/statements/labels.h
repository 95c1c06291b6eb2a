// SPDX-License-Identifier: Apache-2.0
// What changed between two neighbouring statements of a thread, as a set of labels, each with the
// words that show it.
//
//   Labels("Dues will rise by 3 percent.", "Dues may rise by 4 percent.")
//     -> {number: "3 percent" -> "4 percent", strength: "will" -> "may"}
#ifndef VERBATIM_PLUGINS_STATEMENTS_LABELS_H_
#define VERBATIM_PLUGINS_STATEMENTS_LABELS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace verbatim::statements {

enum class Label : uint8_t {
  kVerbatim,   // equal after folding of case, marks, blanks and the final stop
  kReworded,   // the same claim in other words
  kExtended,   // the new one holds the old one and more
  kShortened,  // the old one holds the new one and more
  kNumber,     // one slot, another amount, date or count
  kNegation,   // the polarity of one predicate flips
  kStrength,   // modality, hedge or degree: will -> may, nearly balanced -> balanced
  kPosition,   // another decision or assessment: maintain -> raise
  kReference,  // only a date or a name rolls forward: met in September -> met in October
};

// "verbatim", "reworded" ...
std::string_view Name(Label label);

struct Evidence {
  Label label = Label::kReworded;
  std::string before;  // words of the old text; empty when nothing stood there
  std::string after;   // words of the new one
};

struct Change {
  std::vector<Label> labels;       // in the order of the enum, none twice, at least one
  std::vector<Evidence> evidence;  // in the order of the labels, then of the texts
};

// From the old text `a` to the new one `b`, both UTF-8. Bounded effort on any input.
Change Labels(std::string_view a, std::string_view b);

}  // namespace verbatim::statements

#endif  // VERBATIM_PLUGINS_STATEMENTS_LABELS_H_
