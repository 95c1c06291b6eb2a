// SPDX-License-Identifier: Apache-2.0
// What the rules of labelling find, each in its own order, until it is one Change.
#ifndef VERBATIM_PLUGINS_STATEMENTS_FINDINGS_H_
#define VERBATIM_PLUGINS_STATEMENTS_FINDINGS_H_

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "labels.h"

namespace verbatim::statements {

// Collects labels and the words that show them.
class Findings {
 public:
  void Add(Label label, std::string_view before, std::string_view after) {
    found_[label].push_back({label, std::string(before), std::string(after)});
  }
  bool Has(Label label) const { return found_.count(label) != 0; }
  bool empty() const { return found_.empty(); }

  Change Take() {
    Change change;
    for (auto& [label, evidence] : found_) {
      change.labels.push_back(label);
      for (Evidence& e : evidence) {
        if (!e.before.empty() || !e.after.empty()) change.evidence.push_back(std::move(e));
      }
    }
    return change;
  }

 private:
  std::map<Label, std::vector<Evidence>> found_;
};

}  // namespace verbatim::statements

#endif  // VERBATIM_PLUGINS_STATEMENTS_FINDINGS_H_
