// SPDX-License-Identifier: Apache-2.0
// Runs the examples that every rule carries: "text with [expression] => value", published on
// 2015-06-17.
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "parse.h"
#include "resolve.h"
#include "rules.h"

namespace verbatim::dates {
namespace {

struct Example {
  std::string text;
  size_t begin = 0;
  size_t end = 0;
  std::string value;
};

Example ReadExample(const std::string& written) {
  Example example;
  const size_t arrow = written.rfind(" => ");
  example.value = written.substr(arrow + 4);
  const std::string marked = written.substr(0, arrow);
  const size_t open = marked.find('[');
  const size_t close = marked.find(']');
  example.begin = open;
  example.end = close - 1;
  example.text =
      marked.substr(0, open) + marked.substr(open + 1, close - open - 1) + marked.substr(close + 1);
  return example;
}

std::vector<Resolved> Read(const std::string& text) {
  Publication publication;
  publication.day = ToDayNumber(2015, 6, 17);
  return Resolve(Parse(text), publication);
}

std::string Listing(const std::string& text) {
  std::string out;
  for (const Resolved& r : Read(text)) {
    out += "  [" + text.substr(r.span.begin, r.span.end - r.span.begin) + "] " + r.value + " by " +
           std::string(r.rule) + "\n";
  }
  return out.empty() ? "  nothing\n" : out;
}

void ExpectHolds(const Rule& rule, const std::string& written) {
  const Example example = ReadExample(written);
  for (const Resolved& r : Read(example.text)) {
    if (r.span.begin == example.begin && r.span.end == example.end && r.rule == rule.id) {
      EXPECT_EQ(r.value, example.value) << "rule " << rule.id << " on: " << example.text;
      return;
    }
  }
  ADD_FAILURE() << "rule " << rule.id << " doesn't find ["
                << example.text.substr(example.begin, example.end - example.begin)
                << "] in: " << example.text << "\nfound:\n"
                << Listing(example.text);
}

void ExpectHoldsNot(const Rule& rule, const std::string& text) {
  for (const Resolved& r : Read(text)) {
    EXPECT_NE(r.rule, rule.id) << "on: " << text << "\nfound:\n" << Listing(text);
  }
}

std::vector<const Rule*> AllRules() {
  std::vector<const Rule*> all = TheGrammar().first_rules;
  all.insert(all.end(), TheGrammar().second_rules.begin(), TheGrammar().second_rules.end());
  return all;
}

TEST(Rules, EveryRowFindsItsExamples) {
  for (const Rule* rule : AllRules()) {
    ExpectHolds(*rule, rule->yes);
    ExpectHolds(*rule, rule->yes_too);
  }
}

TEST(Rules, NoRowFindsItsCounterexample) {
  for (const Rule* rule : AllRules()) ExpectHoldsNot(*rule, rule->no);
}

TEST(Rules, IdsAreUnique) {
  std::set<std::string> ids;
  for (const Rule* rule : AllRules()) EXPECT_TRUE(ids.insert(rule->id).second) << rule->id;
}

TEST(Rules, VersionIsStable) {
  EXPECT_EQ(RuleSetVersion(), RuleSetVersion());
  EXPECT_EQ(RuleSetVersion().size(), 16u);
}

}  // namespace
}  // namespace verbatim::dates
