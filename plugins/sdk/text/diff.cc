// SPDX-License-Identifier: Apache-2.0
// From matched units to operations over the bytes of both texts. A unit owns the blanks after it,
// and the first one those before it, so that the operations tile both texts.
#include "verbatim/text/diff.h"

#include <algorithm>
#include <cstddef>

#include "verbatim/text/chars.h"
#include "verbatim/text/matching.h"
#include "verbatim/text/units.h"

namespace verbatim::text {
namespace {

// Matched units that stand side by side in both texts.
struct Run {
  uint32_t a = 0;
  uint32_t b = 0;
  uint32_t size = 0;
};

std::vector<Run> RunsOf(const std::vector<Match>& matches) {
  std::vector<Run> runs;
  for (const Match& match : matches) {
    if (!runs.empty() && runs.back().a + runs.back().size == match.a &&
        runs.back().b + runs.back().size == match.b) {
      ++runs.back().size;
    } else {
      runs.push_back({match.a, match.b, 1});
    }
  }
  return runs;
}

// A kept run that says nothing by itself: at most two connectives or marks.
constexpr uint32_t kIslandUnitsMax = 2;

bool IsIsland(const Run& run, const UnitPair& units) {
  if (run.size > kIslandUnitsMax) return false;
  const bool between = (run.a > 0 || run.b > 0) &&
                       (run.a + run.size < units.a.size() || run.b + run.size < units.b.size());
  return between && std::all_of(units.a.begin() + run.a, units.a.begin() + run.a + run.size,
                                [](const Unit& u) { return u.kind != UnitKind::kContent; });
}

uint32_t CountWords(const std::vector<Unit>& units) {
  uint32_t words = 0;
  for (const Unit& unit : units) words += unit.kind == UnitKind::kMark ? 0 : unit.tokens;
  return words;
}

// From this containment on, the texts are shown woven together whatever their likeness.
constexpr double kContainedMin = 0.6;

double LikenessOf(const UnitPair& units, const std::vector<Match>& matches) {
  const uint32_t words = CountWords(units.a) + CountWords(units.b);
  if (words == 0) return 1;
  uint32_t kept = 0;
  for (const Match& match : matches) {
    const Unit& unit = units.a[match.a];
    kept += unit.kind == UnitKind::kMark ? 0 : unit.tokens;
  }
  return std::min(1.0, 2.0 * kept / words);
}

// Share of the shorter text's content words that stand in the longer one in the same order: a
// statement that was only extended is like its origin, however much was added.
double ContainmentOf(const UnitPair& units, const std::vector<Match>& matches) {
  const auto is_content = [](const Unit& u) { return u.kind == UnitKind::kContent; };
  const auto a = std::count_if(units.a.begin(), units.a.end(), is_content);
  const auto b = std::count_if(units.b.begin(), units.b.end(), is_content);
  const auto kept = std::count_if(matches.begin(), matches.end(),
                                  [&](const Match& match) { return is_content(units.a[match.a]); });
  return a == 0 || b == 0 ? 0 : static_cast<double>(kept) / static_cast<double>(std::min(a, b));
}

bool IsUnlike(const UnitPair& units, const std::vector<Match>& matches, double min_similarity) {
  return LikenessOf(units, matches) < min_similarity &&
         ContainmentOf(units, matches) < kContainedMin;
}

class OpWriter {
 public:
  OpWriter(std::string_view a, std::string_view b, const UnitPair& units)
      : a_size_(static_cast<uint32_t>(a.size())),
        b_size_(static_cast<uint32_t>(b.size())),
        units_(units) {}

  std::vector<DiffOp> Write(const std::vector<Run>& runs) {
    if (units_.a.empty() && units_.b.empty()) return WithoutUnits();
    for (const Run& run : runs) {
      Change(run.a, run.b);
      const uint32_t a_end = Border(units_.a, run.a + run.size, a_size_);
      const uint32_t b_end = Border(units_.b, run.b + run.size, b_size_);
      ops_.push_back({OpKind::kKeep, {a_at_, a_end}, {b_at_, b_end}});
      a_at_ = a_end;
      b_at_ = b_end;
    }
    Change(static_cast<uint32_t>(units_.a.size()), static_cast<uint32_t>(units_.b.size()));
    return std::move(ops_);
  }

 private:
  // First byte of unit number `n`; the first unit begins with the text.
  static uint32_t Border(const std::vector<Unit>& units, uint32_t n, uint32_t size) {
    if (n == units.size()) return size;
    return n == 0 ? 0 : units[n].begin;
  }

  // Only blanks and marks that count for nothing.
  std::vector<DiffOp> WithoutUnits() const {
    if (a_size_ == 0 && b_size_ == 0) return {};
    return {{OpKind::kKeep, {0, a_size_}, {0, b_size_}}};
  }

  // Everything before these units, and after what has been written, was replaced.
  void Change(uint32_t a_unit, uint32_t b_unit) {
    const uint32_t a_end = Border(units_.a, a_unit, a_size_);
    const uint32_t b_end = Border(units_.b, b_unit, b_size_);
    if (a_end > a_at_) ops_.push_back({OpKind::kDelete, {a_at_, a_end}, {b_at_, b_at_}});
    a_at_ = a_end;
    if (b_end > b_at_) ops_.push_back({OpKind::kInsert, {a_at_, a_at_}, {b_at_, b_end}});
    b_at_ = b_end;
  }

  uint32_t a_size_;
  uint32_t b_size_;
  const UnitPair& units_;
  std::vector<DiffOp> ops_;
  uint32_t a_at_ = 0;
  uint32_t b_at_ = 0;
};

bool IsSpaceAt(std::string_view text, uint32_t byte) {
  const char32_t c = DecodeAt(text, byte).code_point;
  return IsBlank(c) || IsLineEnd(c);
}

// Bytes before the blanks at the end.
uint32_t TrimmedSize(std::string_view text) {
  auto end = static_cast<uint32_t>(text.size());
  while (end > 0 && IsSpaceAt(text, PreviousChar(text, end))) end = PreviousChar(text, end);
  return end;
}

// The changed text with its brackets, the blanks around it outside. Nothing but blanks: no
// brackets.
std::string Bracket(std::string_view text, std::string_view open, std::string_view close) {
  uint32_t begin = 0;
  const uint32_t end = TrimmedSize(text);
  while (begin < end && IsSpaceAt(text, begin)) begin += DecodeAt(text, begin).size;
  std::string out(text.substr(0, begin));
  if (begin < end) {
    out.append(open).append(text.substr(begin, end - begin)).append(close);
  }
  return out.append(text.substr(end));
}

}  // namespace

std::vector<DiffOp> DiffWords(std::string_view a, std::string_view b, const DiffOptions& options) {
  const UnitPair units = MakeUnits(a, b, options.folded);
  std::vector<Match> matches = MatchUnits(units.a, units.b);
  if (IsUnlike(units, matches, options.min_similarity)) matches.clear();
  std::vector<Run> runs = RunsOf(matches);
  if (options.swallow_islands) {
    runs.erase(std::remove_if(runs.begin(), runs.end(),
                              [&units](const Run& run) { return IsIsland(run, units); }),
               runs.end());
  }
  return OpWriter(a, b, units).Write(runs);
}

double Similarity(std::string_view a, std::string_view b) {
  const UnitPair units = MakeUnits(a, b);
  return LikenessOf(units, MatchUnits(units.a, units.b));
}

Overlap OverlapOf(std::string_view a, std::string_view b) {
  const UnitPair units = MakeUnits(a, b);
  std::vector<uint32_t> left(units.ids, 0);
  for (const Unit& unit : units.a) left[unit.id] += unit.kind == UnitKind::kMark ? 0 : 1;
  uint32_t common = 0;
  for (const Unit& unit : units.b) {
    if (left[unit.id] == 0) continue;
    --left[unit.id];
    common += unit.tokens;
  }
  const uint32_t words_a = CountWords(units.a);
  const uint32_t words_b = CountWords(units.b);
  if (words_a == 0 || words_b == 0) return {};
  return {2.0 * common / (words_a + words_b), 1.0 * common / std::min(words_a, words_b)};
}

std::string RenderDiff(std::string_view a, std::string_view b, const std::vector<DiffOp>& ops) {
  std::string out;
  out.reserve(std::max(a.size(), b.size()) + 8 * ops.size());
  for (size_t n = 0; n < ops.size(); ++n) {
    const DiffOp& op = ops[n];
    const OpKind next = n + 1 < ops.size() ? ops[n + 1].kind : OpKind::kKeep;
    if (op.kind == OpKind::kKeep) {
      // Before a deletion the old text's blanks show whether it began with one.
      const std::string_view kept = In(b, op.b);
      const std::string_view old = In(a, op.a);
      out.append(next == OpKind::kDelete ? kept.substr(0, TrimmedSize(kept)) : kept);
      if (next == OpKind::kDelete) out.append(old.substr(TrimmedSize(old)));
    } else if (op.kind == OpKind::kDelete) {
      const std::string_view gone = In(a, op.a);
      out.append(Bracket(gone, "[-", "-]"));
      if (next == OpKind::kInsert && TrimmedSize(gone) == gone.size()) out.push_back(' ');
    } else {
      out.append(Bracket(In(b, op.b), "{+", "+}"));
    }
  }
  return out;
}

uint32_t MapByte(const std::vector<DiffOp>& ops, uint32_t a_byte) {
  const auto after =
      std::upper_bound(ops.begin(), ops.end(), a_byte,
                       [](uint32_t byte, const DiffOp& op) { return byte < op.a.end; });
  if (after == ops.end()) return ops.empty() ? 0 : ops.back().b.end;
  if (after->kind != OpKind::kKeep) return after->b.begin;
  return std::min(after->b.begin + (a_byte - after->a.begin), after->b.end);
}

}  // namespace verbatim::text
