// SPDX-License-Identifier: Apache-2.0
#include "plugins/statements/threads.h"

#include "tools/eval/rows.h"
#include "tools/eval/verbs.h"

namespace verbatim::eval {

void RunThreads(const std::string& statements_path) {
  std::vector<statements::DatedStatement> list;
  for (const Row& row : ReadRows(statements_path)) {
    const bool dated = row.contains("date") && row["date"].is_string();
    list.push_back(
        {Text(row, "id"), Text(row, "speaker"), dated ? Text(row, "date") : "", Text(row, "text")});
  }
  size_t number = 0;
  for (const std::vector<std::string>& members : statements::Threads(list)) {
    Print({{"type", "thread"}, {"id", "t" + std::to_string(++number)}, {"members", members}});
  }
}

}  // namespace verbatim::eval
