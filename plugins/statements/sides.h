// SPDX-License-Identifier: Apache-2.0
// Whose side a speaker is on, read from how the article calls them: a country for those who speak
// for its state, else the body that they speak for.
//
//   "Russian Foreign Minister", "Russia's top diplomat", "the Russian Foreign Ministry"  ->
//   "Russia" "head of the Dock Workers' Union" ->  "Dock Workers' Union"
#ifndef VERBATIM_PLUGINS_STATEMENTS_SIDES_H_
#define VERBATIM_PLUGINS_STATEMENTS_SIDES_H_

#include <string>
#include <string_view>

namespace verbatim::statements {

// The side that a person's role names; empty when it names none ("transport minister").
std::string SideOfRole(std::string_view role);

// The office that stands right before a name in a sentence: "Freedonian Secretary of State" before
// "Ada Lund"; empty: none does. A borrow of `before`, the sentence up to the name.
std::string_view RoleBefore(std::string_view before);

// The side of a body that speaks itself: its country when it is a part of the state, else its name.
std::string SideOfBody(std::string_view name);

}  // namespace verbatim::statements

#endif  // VERBATIM_PLUGINS_STATEMENTS_SIDES_H_
