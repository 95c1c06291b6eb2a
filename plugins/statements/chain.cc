// SPDX-License-Identifier: Apache-2.0
// Walks a thread from the changed row on until a row that began a saying begins one still: nothing
// after it can depend on the change.
#include "chain.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "relation.h"
#include "verbatim/keys.h"

namespace verbatim::statements {
namespace {

using Rows = Table<Statement>;
using Entry = std::pair<std::string, Statement>;

// Reports of one saying that are looked at for the fullest one: the last so many.
constexpr size_t kReportsMax = 64;

constexpr size_t kDayBytesMax = 32;

bool BeginsSaying(const Statement& statement) {
  return statement.relation != Relation::kSameUtterance;
}

// The reports of the last saying before `key`, in order.
std::vector<Statement> SayingBefore(std::string_view prefix, const std::string& key,
                                    const Rows& rows) {
  std::vector<Statement> saying;
  rows.Scan(prefix, key, Order::kBackward, [&](std::string_view at, const Statement& row) {
    if (at == key) return true;
    saying.push_back(row);
    return !BeginsSaying(row) && saying.size() < kReportsMax;
  });
  std::reverse(saying.begin(), saying.end());
  return saying;
}

// The first row at or after `key`, or after it only.
std::optional<Entry> RowFrom(std::string_view prefix, const std::string& key, bool after,
                             const Rows& rows) {
  std::optional<Entry> found;
  rows.Scan(prefix, key, Order::kForward, [&](std::string_view at, const Statement& row) {
    if (after && at == key) return true;
    found.emplace(std::string(at), row);
    return false;
  });
  return found;
}

// Direct words before partly quoted ones before a paraphrase; then the longest; then the first.
const Statement& Fullest(const std::vector<Statement>& saying) {
  const auto rank = [](const Statement& s) {
    const bool known = s.quotation.kind != QuoteKind::kUnspecified;
    return std::make_tuple(known ? -static_cast<int>(s.quotation.kind) : -9,
                           s.quotation.text.size());
  };
  const Statement* best = &saying.front();
  for (const Statement& s : saying) {
    if (rank(s) > rank(*best)) best = &s;
  }
  return *best;
}

// True when something changed.
bool CompareAnew(const Statement* earlier, Relation relation, Statement* row) {
  if (earlier == nullptr) {
    if (row->previous.empty() && row->utterance == row->quotation.annotation) return false;
    ClearComparison(row);
    return true;
  }
  const std::string& utterance =
      relation == Relation::kSameUtterance ? earlier->utterance : row->quotation.annotation;
  if (row->relation == relation && row->previous == earlier->quotation.annotation &&
      row->previous_segment == earlier->segment && row->utterance == utterance) {
    return false;
  }
  Compare(*earlier, relation, row);
  return true;
}

}  // namespace

std::string ThreadPrefix(std::string_view matter, std::string_view thread) {
  return KeyWriter().Bytes(matter).Bytes(thread).Take();
}

std::string RowKey(const Statement& statement) {
  const Quotation& q = statement.quotation;
  const bool undated = q.said_on.empty();
  const bool bound_only = q.basis != Basis::kStated && q.basis != Basis::kInferred;
  return KeyWriter(ThreadPrefix(statement.matter, statement.thread))
      .U8(undated ? 1 : 0)
      .ShortText(q.said_on, kDayBytesMax)
      .U8(bound_only ? 1 : 0)
      .Bytes(q.article)
      .U32(q.begin_byte)
      .Bytes(q.annotation)
      .U32(statement.segment)
      .Take();
}

void Rechain(std::string_view thread_prefix, const std::string& key, Rows& rows) {
  std::vector<Statement> saying = SayingBefore(thread_prefix, key, rows);
  std::optional<Entry> entry = RowFrom(thread_prefix, key, false, rows);
  while (entry) {
    auto& [at, row] = *entry;
    const bool began = BeginsSaying(row);
    const Relation relation = saying.empty() ? Relation::kNone : Relate(saying.back(), row);
    const bool begins = relation != Relation::kSameUtterance;
    const Statement* earlier = saying.empty() ? nullptr
                               : begins       ? &Fullest(saying)
                                              : &saying.back();
    if (CompareAnew(earlier, relation, &row)) rows.Put(at, row);
    if (at != key && began && begins) return;
    if (begins) saying.clear();
    saying.push_back(row);
    entry = RowFrom(thread_prefix, at, true, rows);
  }
}

}  // namespace verbatim::statements
