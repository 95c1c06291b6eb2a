// SPDX-License-Identifier: Apache-2.0
// The title of a matter.
#ifndef VERBATIM_PLUGINS_STATEMENTS_TOPIC_H_
#define VERBATIM_PLUGINS_STATEMENTS_TOPIC_H_

#include <string>
#include <string_view>

namespace verbatim::statements {

// What the text is about: the few words standing together that carry most of its content, as they
// are printed, and the first such where several do. Where only one carries content, or none, the
// beginning of its clause. Empty when the text has no word, or one too long for a title. Depends on
// the text only.
//
//   Topic("The board decided to maintain the key rate at 2.5 percent.")  ->  "board decided to
//   maintain the key rate"
std::string Topic(std::string_view text);

}  // namespace verbatim::statements

#endif  // VERBATIM_PLUGINS_STATEMENTS_TOPIC_H_
