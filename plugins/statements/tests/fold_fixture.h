// SPDX-License-Identifier: Apache-2.0
// A fold over tables in maps, and quotations of invented speakers for it.
#ifndef VERBATIM_PLUGINS_STATEMENTS_TESTS_FOLD_FIXTURE_H_
#define VERBATIM_PLUGINS_STATEMENTS_TESTS_FOLD_FIXTURE_H_

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fold.h"
#include "map_tables.h"

namespace verbatim::statements {

inline Identity Itself(std::string_view key) { return {std::string(key), ""}; }

// An id of 16 bytes.
inline std::string Id(int n) {
  std::string id(16, 'a');
  id[0] = static_cast<char>('A' + n % 26);
  id[1] = static_cast<char>('0' + n / 26);
  return id;
}

// Annotation Id(n) of article Id(n + 200).
inline Quotation Say(int n, std::string speaker, std::string day, std::string text) {
  Quotation q;
  q.annotation = Id(n);
  q.article = Id(n + 200);
  q.text = std::move(text);
  q.speaker = speaker;
  q.speaker_key = std::move(speaker);
  q.kind = QuoteKind::kDirect;
  q.basis = day.empty() ? Basis::kUnknown : Basis::kStated;
  q.said_on = std::move(day);
  q.status = 1;
  return q;
}

class FoldTest : public testing::Test {
 protected:
  void Put(const Quotation& q) { fold_.Put(q, ++sequence_, Itself); }

  // The texts of every row, in order.
  std::vector<std::string> Texts() const {
    std::vector<std::string> texts;
    for (const auto& [key, row] : tables_.statements.rows) texts.push_back(row.quotation.text);
    return texts;
  }
  const Statement& Row(const std::string& text) const {
    for (const auto& [key, row] : tables_.statements.rows) {
      if (row.quotation.text == text) return row;
    }
    ADD_FAILURE() << "no row says: " << text;
    static const Statement none;
    return none;
  }

  MapTables tables_;
  Fold fold_{tables_.tables()};
  uint64_t sequence_ = 0;
};

inline constexpr char kNotRise[] = "Harbour dues will not rise this year.";
inline constexpr char kMayRise[] = "Harbour dues may rise by 3 percent this year.";
inline constexpr char kWillRise[] = "Harbour dues will rise by 4.5 percent this year.";

inline constexpr char kTolland[] = "No pilot will take a ship through there at night.";

}  // namespace verbatim::statements

#endif  // VERBATIM_PLUGINS_STATEMENTS_TESTS_FOLD_FIXTURE_H_
