// SPDX-License-Identifier: Apache-2.0
// Three ways, by size. Small: a table of all prefixes, with weights. Large: units or runs of three
// that occur once in both texts are fixed first (as in patience diff) and what stands between them
// is matched by itself. Where nothing is unique, a small table slides along.
#include "verbatim/text/matching.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace verbatim::text {
namespace {

// Up to this size a table is made at once, above it runs that occur once are fixed before. Units
// that the other side lacks don't count. 160 by 160 units is a statement of about a thousand bytes.
constexpr size_t kSmallCellsMax = 25'000;
// A table of this size takes a quarter of a millisecond.
constexpr size_t kTableCellsMax = 100'000;
// Rows of the sliding table.
constexpr size_t kWindowUnits = 300;
// Anchors are looked for within anchors at most this often.
constexpr int kDepthMax = 24;

constexpr int32_t kContentWeight = 16;
constexpr int32_t kFunctionWeight = 12;
constexpr int32_t kMarkWeight = 9;
// A match that follows a match is worth more than one that stands alone.
constexpr int32_t kRunBonus = 24;

int32_t WeightOf(const Unit& unit) {
  switch (unit.kind) {
    case UnitKind::kFunction:
      return kFunctionWeight;
    case UnitKind::kMark:
      return kMarkWeight;
    default:
      return kContentWeight * unit.tokens;
  }
}

// Part of both texts, in units, half open.
struct Box {
  uint32_t a_begin;
  uint32_t a_end;
  uint32_t b_begin;
  uint32_t b_end;
  size_t rows() const { return a_end - a_begin; }
  size_t columns() const { return b_end - b_begin; }
  bool empty() const { return a_begin == a_end || b_begin == b_end; }
};

class Matcher {
 public:
  Matcher(const std::vector<Unit>& a, const std::vector<Unit>& b) : a_(a), b_(b) {
    matches_.reserve(std::min(a_.size(), b_.size()));
    uint32_t ids = 0;
    for (const Unit& unit : a_) ids = std::max(ids, unit.id + 1);
    for (const Unit& unit : b_) ids = std::max(ids, unit.id + 1);
    marks_.assign(ids, 0);
  }

  std::vector<Match> Run() {
    MatchBox({0, static_cast<uint32_t>(a_.size()), 0, static_cast<uint32_t>(b_.size())}, 0);
    return std::move(matches_);
  }

 private:
  bool Same(uint32_t a, uint32_t b) const { return a_[a].id == b_[b].id; }

  void MatchBox(Box box, int depth) {
    while (!box.empty() && Same(box.a_begin, box.b_begin)) {
      matches_.push_back({box.a_begin++, box.b_begin++});
    }
    uint32_t tail = 0;
    while (!box.empty() && Same(box.a_end - 1, box.b_end - 1)) --box.a_end, --box.b_end, ++tail;
    if (!box.empty()) MatchCore(box, depth);
    for (uint32_t n = 0; n < tail; ++n) matches_.push_back({box.a_end + n, box.b_end + n});
  }

  void MatchCore(const Box& box, int depth) {
    const Lines lines = LinesOf(box);
    const size_t cells = lines.a.size() * lines.b.size();
    if (cells == 0) return;
    if (cells <= kSmallCellsMax) return MatchByTable(lines);
    const bool deeper = depth < kDepthMax;
    const std::vector<Match> runs = deeper ? Anchors(box, 3) : std::vector<Match>{};
    if (!runs.empty()) return MatchBetween(box, runs, depth);
    if (cells <= kTableCellsMax) return MatchByTable(lines);
    const std::vector<Match> words = deeper ? Anchors(box, 1) : std::vector<Match>{};
    if (!words.empty()) return MatchBetween(box, words, depth);
    MatchByWindow(box);
  }

  // The units of a box that stand on both sides: rows and columns of the table.
  struct Lines {
    std::vector<uint32_t> a;
    std::vector<uint32_t> b;
  };

  Lines LinesOf(const Box& box) {
    return {Shared(a_, box.a_begin, box.a_end, b_, box.b_begin, box.b_end),
            Shared(b_, box.b_begin, box.b_end, a_, box.a_begin, box.a_end)};
  }

  std::vector<uint32_t> Shared(const std::vector<Unit>& units, uint32_t begin, uint32_t end,
                               const std::vector<Unit>& others, uint32_t others_begin,
                               uint32_t others_end) {
    ++mark_;
    for (uint32_t n = others_begin; n < others_end; ++n) marks_[others[n].id] = mark_;
    std::vector<uint32_t> shared;
    shared.reserve(end - begin);
    for (uint32_t n = begin; n < end; ++n) {
      if (marks_[units[n].id] == mark_) shared.push_back(n);
    }
    return shared;
  }

  void MatchBetween(const Box& box, const std::vector<Match>& anchors, int depth) {
    Box part = box;
    for (const Match& anchor : anchors) {
      if (anchor.a < part.a_begin || anchor.b < part.b_begin)
        continue;  // taken by a prefix before it
      part.a_end = anchor.a;
      part.b_end = anchor.b;
      MatchBox(part, depth + 1);
      matches_.push_back(anchor);
      part.a_begin = anchor.a + 1;
      part.b_begin = anchor.b + 1;
    }
    part.a_end = box.a_end;
    part.b_end = box.b_end;
    MatchBox(part, depth + 1);
  }

  // Where a run of `size` units begins, with the hash of its ids.
  struct Gram {
    uint64_t hash;
    uint32_t at;
  };

  static std::vector<Gram> UniqueGrams(const std::vector<Unit>& units, uint32_t begin, uint32_t end,
                                       uint32_t size) {
    std::vector<Gram> grams;
    if (end - begin < size) return grams;
    grams.reserve(end - begin);
    for (uint32_t at = begin; at + size <= end; ++at) {
      uint64_t hash = 0;
      bool content = false;
      for (uint32_t n = 0; n < size; ++n) {
        hash = (hash ^ (units[at + n].id + 1)) * 0x9FB21C651E98DF25u;
        hash ^= hash >> 31;
        content = content || units[at + n].kind == UnitKind::kContent;
      }
      if (content) grams.push_back({hash, at});
    }
    std::sort(grams.begin(), grams.end(),
              [](const Gram& x, const Gram& y) { return x.hash < y.hash; });
    size_t kept = 0;
    for (size_t n = 0; n < grams.size();) {
      size_t next = n + 1;
      while (next < grams.size() && grams[next].hash == grams[n].hash) ++next;
      if (next == n + 1) grams[kept++] = grams[n];
      n = next;
    }
    grams.resize(kept);
    return grams;
  }

  // Units at the head of runs that stand once in both sides, thinned to the longest increasing row
  // of them.
  std::vector<Match> Anchors(const Box& box, uint32_t run) const {
    const std::vector<Gram> a = UniqueGrams(a_, box.a_begin, box.a_end, run);
    const std::vector<Gram> b = UniqueGrams(b_, box.b_begin, box.b_end, run);
    std::vector<Match> common;
    for (size_t i = 0, j = 0; i < a.size() && j < b.size();) {
      if (a[i].hash == b[j].hash) {
        if (Same(a[i].at, b[j].at)) common.push_back({a[i].at, b[j].at});
        ++i, ++j;
      } else {
        (a[i].hash < b[j].hash ? i : j) += 1;
      }
    }
    std::sort(common.begin(), common.end(),
              [](const Match& x, const Match& y) { return x.a < y.a; });
    return LongestIncreasing(common);
  }

  static std::vector<Match> LongestIncreasing(const std::vector<Match>& in) {
    std::vector<uint32_t> tails;  // number in `in` of the last match of the best row of each length
    std::vector<uint32_t> before(in.size());
    for (uint32_t n = 0; n < in.size(); ++n) {
      const auto place =
          std::lower_bound(tails.begin(), tails.end(), in[n].b,
                           [&in](uint32_t tail, uint32_t b) { return in[tail].b < b; });
      before[n] = place == tails.begin() ? n : *(place - 1);
      if (place == tails.end()) {
        tails.push_back(n);
      } else {
        *place = n;
      }
    }
    std::vector<Match> out(tails.size());
    uint32_t at = tails.empty() ? 0 : tails.back();
    for (size_t n = tails.size(); n-- > 0; at = before[at]) out[n] = in[at];
    return out;
  }

  static constexpr int32_t kNone = -1;
  enum Trace : uint8_t { kByMatch = 1, kFromUp = 2, kRunGoesOn = 4 };

  // best[j]: the best row of matches of the prefixes; ends[j]: the best one that matches their last
  // units.
  void MatchByTable(const Lines& lines) {
    const size_t width = lines.b.size() + 1;
    std::vector<int32_t> best(width, 0), ends(width, kNone);
    trace_.assign(width * (lines.a.size() + 1), 0);
    std::vector<uint32_t> ids;  // of the columns
    ids.reserve(lines.b.size());
    for (const uint32_t b : lines.b) ids.push_back(b_[b].id);
    for (size_t i = 1; i <= lines.a.size(); ++i) {
      const Unit& unit = a_[lines.a[i - 1]];
      const int32_t weight = WeightOf(unit);
      const bool row_follows = i > 1 && lines.a[i - 1] == lines.a[i - 2] + 1;
      uint8_t* trace = trace_.data() + i * width;
      int32_t best_diagonal = 0, ends_diagonal = kNone;
      for (size_t j = 1; j < width; ++j) {
        const int32_t best_up = best[j];
        const int32_t ends_up = ends[j];
        uint8_t bits = best_up >= best[j - 1] ? kFromUp : 0;
        int32_t value = std::max(best_up, best[j - 1]);
        int32_t matched = kNone;
        if (ids[j - 1] == unit.id) {
          const bool follows =
              row_follows && ends_diagonal != kNone && lines.b[j - 1] == lines.b[j - 2] + 1;
          const bool goes_on = follows && ends_diagonal + kRunBonus >= best_diagonal;
          matched = weight + (goes_on ? ends_diagonal + kRunBonus : best_diagonal);
          if (goes_on) bits |= kRunGoesOn;
          if (matched > value) {
            value = matched;
            bits |= kByMatch;
          }
        }
        trace[j] = bits;
        best[j] = value;
        ends[j] = matched;
        best_diagonal = best_up;
        ends_diagonal = ends_up;
      }
    }
    TraceBack(lines, width);
  }

  void TraceBack(const Lines& lines, size_t width) {
    const size_t first = matches_.size();
    size_t i = lines.a.size();
    size_t j = lines.b.size();
    bool in_run = false;
    while (i > 0 && j > 0) {
      const uint8_t bits = trace_[i * width + j];
      if (in_run || (bits & kByMatch) != 0) {
        in_run = (bits & kRunGoesOn) != 0;
        --i, --j;
        matches_.push_back({lines.a[i], lines.b[j]});
      } else if ((bits & kFromUp) != 0) {
        --i;
      } else {
        --j;
      }
    }
    std::reverse(matches_.begin() + static_cast<ptrdiff_t>(first), matches_.end());
  }

  // A table slides along the diagonal; what it says of its front half holds.
  void MatchByWindow(Box box) {
    while (!box.empty()) {
      const size_t a_size = std::min(box.rows(), kWindowUnits);
      const size_t b_size = std::min(box.columns(), kTableCellsMax / a_size);
      const Box window{box.a_begin, box.a_begin + static_cast<uint32_t>(a_size), box.b_begin,
                       box.b_begin + static_cast<uint32_t>(b_size)};
      const size_t first = matches_.size();
      MatchByTable(LinesOf(window));
      if (window.a_end == box.a_end && window.b_end == box.b_end) return;
      Box half{window.a_begin + static_cast<uint32_t>((a_size + 1) / 2), box.a_end,
               window.b_begin + static_cast<uint32_t>((b_size + 1) / 2), box.b_end};
      while (matches_.size() > first && matches_.back().a >= half.a_begin) matches_.pop_back();
      if (matches_.size() > first) {
        const Match last = matches_.back();
        const size_t advance = last.a - window.a_begin + last.b - window.b_begin;
        if (advance * 4 >= a_size + b_size) half.a_begin = last.a + 1, half.b_begin = last.b + 1;
        while (matches_.size() > first && matches_.back().b >= half.b_begin) matches_.pop_back();
      }
      box = half;
    }
  }

  const std::vector<Unit>& a_;
  const std::vector<Unit>& b_;
  std::vector<Match> matches_;
  std::vector<uint8_t> trace_;
  std::vector<uint32_t> marks_;  // by id: the last question that it answered with yes
  uint32_t mark_ = 0;
};

}  // namespace

std::vector<Match> MatchUnits(const std::vector<Unit>& a, const std::vector<Unit>& b) {
  return Matcher(a, b).Run();
}

}  // namespace verbatim::text
