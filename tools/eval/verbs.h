// SPDX-License-Identifier: Apache-2.0
// The verbs: each reads rows from files and prints the rows that a scorer compares with gold.
#ifndef VERBATIM_TOOLS_EVAL_VERBS_H_
#define VERBATIM_TOOLS_EVAL_VERBS_H_

#include <string>

namespace verbatim::eval {

// {"id","speaker","date","text"} -> {"type":"thread","id","members":[id...]}
void RunThreads(const std::string& statements_path);

// {"doc","sentences":[...]} and {"doc_a","doc_b"} ->
// {"type":"align","doc_a","doc_b","pairs":[[i,j]...]}
void RunAlign(const std::string& docs_path, const std::string& pairs_path);

// {"a","b" | "id", "text_a","text_b"} -> {"type":"pair","a","b","labels":[...]}
void RunLabels(const std::string& pairs_path);

// The same in -> {"type":"ops", "a","b" | "id", "ops":[["="|"-"|"+", text]...]}. Compared unfolded,
// so that the operations give both texts back.
void RunDiff(const std::string& pairs_path);

// {"id","old","new","start","end"} in code points ->
// {"type":"anchor","id","outcome":"found"|"orphan","start","end"}
void RunAnchors(const std::string& tasks_path);

}  // namespace verbatim::eval

#endif  // VERBATIM_TOOLS_EVAL_VERBS_H_
