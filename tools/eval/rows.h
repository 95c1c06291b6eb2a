// SPDX-License-Identifier: Apache-2.0
// Rows of JSON in and out, one object a line. Trouble with a file ends the run with a message that
// names file and line.
#ifndef VERBATIM_TOOLS_EVAL_ROWS_H_
#define VERBATIM_TOOLS_EVAL_ROWS_H_

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <vector>

namespace verbatim::eval {

using Row = nlohmann::ordered_json;

// What a person did wrong, or a file that isn't what it should be. Caught in main.
class BadInput : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Every object of the file; empty lines are skipped. Throws BadInput.
std::vector<Row> ReadRows(const std::string& path);

// A field that must be there and a string. Throws BadInput that names the row.
std::string Text(const Row& row, const char* field);

// One line on standard output.
void Print(const Row& row);

}  // namespace verbatim::eval

#endif  // VERBATIM_TOOLS_EVAL_ROWS_H_
