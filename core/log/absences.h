// SPDX-License-Identifier: Apache-2.0
// Which bodies may be absent: those that a ContentErased names, before or after. Private to the
// room.
#ifndef VERBATIM_CORE_LOG_ABSENCES_H_
#define VERBATIM_CORE_LOG_ABSENCES_H_

#include <algorithm>
#include <cstdint>
#include <vector>

namespace verbatim::log {

class Absences {
 public:
  // The event has no body. In order of sequence.
  void Absent(uint64_t sequence) { absent_.push_back(sequence); }
  // A ContentErased says that this one's body went.
  void Erased(uint64_t sequence) {
    erased_.push_back(sequence);
    sorted_ = false;
  }
  uint64_t absent() const { return absent_.size(); }
  // The first without a body whose absence nothing explains; 0: there is none.
  uint64_t FirstUnexplained() {
    if (!sorted_) std::sort(erased_.begin(), erased_.end());
    sorted_ = true;
    for (const uint64_t sequence : absent_) {
      if (!std::binary_search(erased_.begin(), erased_.end(), sequence)) return sequence;
    }
    return 0;
  }

 private:
  std::vector<uint64_t> absent_;
  std::vector<uint64_t> erased_;
  bool sorted_ = true;
};

}  // namespace verbatim::log

#endif  // VERBATIM_CORE_LOG_ABSENCES_H_
