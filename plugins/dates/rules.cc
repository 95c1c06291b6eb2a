// SPDX-License-Identifier: Apache-2.0
// Compiles the rule tables.
#include "rules.h"

#include <cstdio>

namespace verbatim::dates {

bool Parsing::IsWord(size_t token, std::string_view lower_case) const {
  if (token >= tokens.size() || tokens[token].kind != TokenKind::kWord || tokens[token].width > 1)
    return false;
  const std::string_view spelling = Spelling(token);
  if (spelling.size() < lower_case.size()) return false;
  // "Sept." is the word "sept": the dot of an abbreviation doesn't count.
  if (spelling.size() > lower_case.size() &&
      !(spelling.size() == lower_case.size() + 1 && spelling.back() == '.')) {
    return false;
  }
  for (size_t i = 0; i < lower_case.size(); ++i) {
    const char c = spelling[i];
    if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c) != lower_case[i]) return false;
  }
  return true;
}

const Grammar& TheGrammar() {
  static const Grammar* const grammar = [] {
    auto* g = new Grammar;
    for (const RuleTable& table : FirstPassTables()) {
      for (size_t i = 0; i < table.size; ++i) {
        g->first.Add(table.rows[i].pattern, static_cast<int>(g->first_rules.size()), &g->lexicon);
        g->first_rules.push_back(&table.rows[i]);
      }
    }
    for (const RuleTable& table : SecondPassTables()) {
      for (size_t i = 0; i < table.size; ++i) {
        g->second.Add(table.rows[i].pattern, static_cast<int>(g->second_rules.size()), &g->lexicon);
        g->second_rules.push_back(&table.rows[i]);
      }
    }
    g->first.Finish(g->lexicon);
    g->second.Finish(g->lexicon);
    return g;
  }();
  return *grammar;
}

namespace {

std::string HashOfRules() {
  uint64_t hash = 0xCBF29CE484222325ull;  // FNV-1a
  const auto add = [&](std::string_view text) {
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ull;
    hash = (hash ^ 0xFFu) * 0x100000001B3ull;
  };
  for (const auto* rules : {&TheGrammar().first_rules, &TheGrammar().second_rules}) {
    for (const Rule* rule : *rules) {
      add(rule->id);
      add(rule->pattern);
      add(std::to_string(static_cast<int>(rule->action)));
      add(std::to_string(rule->argument));
    }
  }
  char out[17];
  std::snprintf(out, sizeof out, "%016llx", static_cast<unsigned long long>(hash));
  return out;
}

}  // namespace

const std::string& RuleSetVersion() {
  static const auto* const version = new std::string(HashOfRules());
  return *version;
}

}  // namespace verbatim::dates
