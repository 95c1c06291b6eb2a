// SPDX-License-Identifier: Apache-2.0
// Which statements of one speaker are about the same thing: the threading of the statements view,
// offered over a plain list for evaluation and experiments. The view's own fold (fold.h) places one
// statement at a time with the same likeness.
//
//   Threads({{"1", "marsk", "2018-05-14", "Harbour dues will not rise."},
//            {"2", "marsk", "2020-02-18", "Harbour dues will rise by 4.5 percent."}})  ->  {{"1",
//            "2"}}
#ifndef VERBATIM_PLUGINS_STATEMENTS_THREADS_H_
#define VERBATIM_PLUGINS_STATEMENTS_THREADS_H_

#include <string>
#include <vector>

namespace verbatim::statements {

struct DatedStatement {
  std::string id;       // unique
  std::string speaker;  // equal for the same speaker
  std::string date;     // ISO day; empty when undated
  std::string text;     // UTF-8
};

// The ids of every thread, its members by date (undated last), then by place in the list. Every id
// is in exactly one thread, and a thread has one speaker. Statements are placed in that same order,
// as in an archive whose articles come in by date; threads stand in the order of their founders.
std::vector<std::vector<std::string>> Threads(const std::vector<DatedStatement>& statements);

}  // namespace verbatim::statements

#endif  // VERBATIM_PLUGINS_STATEMENTS_THREADS_H_
