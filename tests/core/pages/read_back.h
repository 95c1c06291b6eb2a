// SPDX-License-Identifier: Apache-2.0
// Marked-up text read as a browser would: characters back from entities, and which of them lie
// within which place.
#ifndef VERBATIM_TESTS_CORE_PAGES_READ_BACK_H_
#define VERBATIM_TESTS_CORE_PAGES_READ_BACK_H_

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace verbatim::testing {

struct ReadBack {
  std::string text;                        // of the whole
  std::map<size_t, std::string> by_place;  // data-p -> its characters, in order
  std::vector<std::string> tags;           // that were opened, with their attributes
  size_t deepest = 0;                      // marks within each other
};

// Fails the test when tags don't nest.
ReadBack ReadHtml(std::string_view html);

}  // namespace verbatim::testing

#endif  // VERBATIM_TESTS_CORE_PAGES_READ_BACK_H_
