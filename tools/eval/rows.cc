// SPDX-License-Identifier: Apache-2.0
#include "tools/eval/rows.h"

#include <fstream>
#include <iostream>

namespace verbatim::eval {

std::vector<Row> ReadRows(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw BadInput(path + ": can't be read");
  std::vector<Row> rows;
  size_t number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    Row row = Row::parse(line, nullptr, /*allow_exceptions=*/false);
    if (!row.is_object()) {
      throw BadInput(path + ":" + std::to_string(number) + ": not an object of JSON");
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

std::string Text(const Row& row, const char* field) {
  const auto found = row.find(field);
  if (found == row.end() || !found->is_string()) {
    throw BadInput(std::string("a row lacks the text \"") + field +
                   "\": " + row.dump(-1, ' ', false, Row::error_handler_t::replace).substr(0, 200));
  }
  return found->get<std::string>();
}

void Print(const Row& row) {
  std::cout << row.dump(-1, ' ', false, Row::error_handler_t::replace) << '\n';
}

}  // namespace verbatim::eval
