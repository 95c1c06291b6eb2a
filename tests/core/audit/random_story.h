// SPDX-License-Identifier: Apache-2.0
// Lives of annotations at random: people and plugins propose, correct, confirm, reject, dispute and
// undo. For properties; call within one.
#ifndef VERBATIM_TESTS_CORE_AUDIT_RANDOM_STORY_H_
#define VERBATIM_TESTS_CORE_AUDIT_RANDOM_STORY_H_

#include <rapidcheck.h>

#include <string>
#include <vector>

#include "tests/core/article/story.h"

namespace verbatim::audit {

class RandomLife {
 public:
  explicit RandomLife(article::Story* story) : story_(story) {}

  void Steps(int count) {
    for (int i = 0; i < count; ++i) Step();
  }
  const std::vector<std::string>& annotations() const { return annotations_; }

 private:
  static std::string AnyValue() { return "2021-10-1" + std::to_string(*rc::gen::inRange(0, 3)); }

  void Step() {
    static const char* const kWords[] = {"Tuesday", "Friday", "harbour", "mayor"};
    if (annotations_.empty() || (annotations_.size() < 4 && *rc::gen::inRange(0, 6) == 0)) {
      const std::string words = kWords[annotations_.size()];
      annotations_.push_back(*rc::gen::inRange(0, 3) == 0 ? story_->PersonAdds(words, AnyValue())
                                                          : story_->PluginAdds(words, AnyValue()));
      return;
    }
    const std::string id = *rc::gen::elementOf(annotations_);
    switch (*rc::gen::inRange(0, decisions_.empty() ? 7 : 9)) {
      case 0:
        story_->PluginRevises(id, AnyValue());
        return;
      case 1:
        story_->PluginDisputes(id, AnyValue());
        return;
      case 2:
        story_->PluginRetracts(id);
        return;
      case 3:
      case 4:
        decisions_.push_back(story_->PersonCorrects(id, AnyValue()));
        return;
      case 5:
        decisions_.push_back(story_->PersonConfirms(id));
        return;
      case 6:
        decisions_.push_back(story_->PersonRejects(id));
        return;
      default:
        decisions_.push_back(story_->PersonUndoes(*rc::gen::elementOf(decisions_)));
    }
  }

  article::Story* story_;
  std::vector<std::string> annotations_;
  std::vector<std::string> decisions_;
};

}  // namespace verbatim::audit

#endif  // VERBATIM_TESTS_CORE_AUDIT_RANDOM_STORY_H_
