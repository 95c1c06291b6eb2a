// SPDX-License-Identifier: Apache-2.0
// Decisions as JSON, one a line:
//
//   {"do":"correct","id":"a91f","fields":{"speaker":"Ana Maar"},"reason":"named in the lead"}
//   {"do":"add","article":"3fa9","type":"quote","quote":"no time to lose","fields":{...}}
//   {"do":"confirm","id":"b07c","if_version":3}
//   {"do":"undo","sequence":1050}
//
// Also `occurrence`, `chars` ("120..135"), and `fields` whose values are texts, numbers, booleans,
// or lists of them. Empty lines pass by.
#ifndef VERBATIM_CORE_ARCHIVE_DECISION_FILE_H_
#define VERBATIM_CORE_ARCHIVE_DECISION_FILE_H_

#include <string>
#include <string_view>
#include <vector>

#include "core/archive/deciding.h"

namespace verbatim::archive {

// `name` is the file's, for messages; `kind` is that of lines without a "do". kInvalidArgument:
// "decisions.jsonl, line 3: ..." of the first bad line, whether it is no JSON, lacks something, or
// has a member that nothing reads.
absl::StatusOr<std::vector<Decision>> ParseDecisions(std::string_view jsonl, std::string_view name,
                                                     Decision::Kind kind);

}  // namespace verbatim::archive

#endif  // VERBATIM_CORE_ARCHIVE_DECISION_FILE_H_
