// SPDX-License-Identifier: Apache-2.0
#include "reports.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <tuple>
#include <unordered_set>
#include <vector>

#include "fold_keys.h"
#include "verbatim/keys.h"
#include "verbatim/text/fold.h"
#include "verbatim/text/tokens.h"

namespace verbatim::statements {
namespace {

// A row names so many sources, and counts all of them.
constexpr size_t kSourcesNamedMax = 200;

constexpr size_t kWordBytesMax = 80;

// A day that is known before one that only bounds it, and none last.
auto DayRank(const std::string& said_on, Basis basis) {
  const int rank = said_on.empty()             ? 3
                   : basis == Basis::kStated   ? 0
                   : basis == Basis::kInferred ? 1
                                               : 2;
  return std::make_tuple(rank, std::string_view(said_on));
}

}  // namespace

std::string ReportKey(const std::string& story, const std::string& speaker_key,
                      const std::string& text) {
  std::string words;
  for (const text::Token& token : text::Tokenize(text)) {
    if (token.IsWord() || token.IsNumber()) words += text::Fold(In(text, token)) + ' ';
  }
  return KeyWriter()
      .Bytes(story)
      .ShortText(speaker_key, kNameBytesMax)
      .ShortText(words, kWordBytesMax)
      .Take();
}

Report::Copy CopyOf(const Quotation& q, uint64_t placed) {
  return {q.article, q.annotation, q.outlet, q.title, q.said_on, q.basis, placed};
}

void PutCopy(const Report::Copy& copy, Report* report) {
  std::vector<Report::Copy>& copies = report->copies;
  for (Report::Copy& known : copies) {
    if (known.annotation == copy.annotation) {
      known = copy;
      return;
    }
  }
  const auto order = [](const Report::Copy& c) { return std::tie(c.placed, c.annotation); };
  // Never before the one that stands in the view.
  auto at = copies.begin() + (copies.empty() ? 0 : 1);
  while (at != copies.end() && order(*at) < order(copy)) ++at;
  copies.insert(at, copy);
}

bool RemoveCopy(std::string_view annotation, Report* report) {
  const auto is_it = [&](const Report::Copy& c) { return c.annotation == annotation; };
  const auto at = std::find_if(report->copies.begin(), report->copies.end(), is_it);
  if (at == report->copies.end()) return false;
  report->copies.erase(at);
  return true;
}

Quotation WithBestDay(Quotation quotation, const Report& report) {
  for (const Report::Copy& copy : report.copies) {
    if (DayRank(quotation.said_on, quotation.basis) <= DayRank(copy.said_on, copy.basis)) continue;
    quotation.said_on = copy.said_on;
    quotation.basis = copy.basis;
  }
  return quotation;
}

void NameSources(const Report& report, Statement* row) {
  row->printed_by.clear();
  row->printed_in.clear();
  row->copies.clear();
  std::unordered_set<std::string_view> articles;
  for (const Report::Copy& copy : report.copies) {
    const bool fresh = articles.insert(copy.article).second;
    if (row->copies.size() >= kSourcesNamedMax || report.copies.size() < 2) continue;
    row->copies.push_back(copy.annotation);
    if (!fresh) continue;
    row->printed_by.push_back(copy.outlet.empty() ? copy.title : copy.outlet);
    row->printed_in.push_back(copy.article);
  }
  row->sources = std::max(1u, static_cast<uint32_t>(articles.size()));
}

}  // namespace verbatim::statements
