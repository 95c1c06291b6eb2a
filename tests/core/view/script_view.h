// SPDX-License-Identifier: Apache-2.0
// A view, written in C functions as a plugin has it, that does what its events say. Its events are
// verbatim.v1.SettingChanged of the stream "archive" whose value is a script, a line a step:
//
//   put 0 6b31 726f77      table, key and row in hex
//   erase 0 6b31
//   get 0 6b31 0 6b32      the row, or "none", put under the second table and key
//   scan 0 6b - forward 5 1 6b33    prefix, from ("-": none), at most 5: what was seen, put
//   fail why               VB_BAD_INPUT
//
// What it reads is written again, so that whatever it saw is in the digest.
#ifndef VERBATIM_TESTS_CORE_VIEW_SCRIPT_VIEW_H_
#define VERBATIM_TESTS_CORE_VIEW_SCRIPT_VIEW_H_

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "verbatim/plugin_abi.h"
#include "verbatim/v1/view.pb.h"

namespace verbatim::view {

const vb_view& ScriptView();
// Instances made since the program began.
int ScriptInstances();

// Two tables that keep their history, and one (2) that doesn't.
v1::ViewBuild ScriptBuild();

// The same, folded the obvious way: every version of every row in a map.
class Oracle {
 public:
  using Key = std::pair<uint32_t, std::string>;
  struct Version {
    uint64_t since;
    std::optional<std::string> row;
  };

  void Apply(uint64_t sequence, const std::string& script);

  // What stood after `as_of`, table by table, in key order.
  std::map<std::string, Version> Rows(uint32_t table, uint64_t as_of) const;
  const std::map<Key, std::vector<Version>>& versions() const { return versions_; }
  // Sum of the digests of all versions, from the definition.
  std::string Digest() const;

 private:
  using Present = std::map<std::string, std::string>;
  static Present Of(const std::map<Key, std::string>& rows, uint32_t table);

  std::map<Key, std::vector<Version>> versions_;  // oldest first
};

// The lines of a script, and their words.
std::vector<std::vector<std::string>> Steps(const std::string& script);

}  // namespace verbatim::view

#endif  // VERBATIM_TESTS_CORE_VIEW_SCRIPT_VIEW_H_
