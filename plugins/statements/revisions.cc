// SPDX-License-Identifier: Apache-2.0
// Sentences are aligned by the text library; a split or a merge is compared as a whole.
#include "revisions.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <tuple>
#include <utility>

#include "labels.h"
#include "verbatim/text/align.h"
#include "verbatim/text/chars.h"
#include "verbatim/text/diff.h"
#include "verbatim/text/sentences.h"

namespace verbatim::statements {
namespace {

using text::PairKind;
using text::Range;
using text::SentencePair;

struct Revision {
  explicit Revision(std::string_view whole)
      : text(whole), sentences(text::Sentences(whole)), quoted(QuotedRanges(whole)) {}

  std::string_view In(const Range& range) const { return text.substr(range.begin, range.size()); }

  bool Quotes(const Range& range) const {
    return std::any_of(quoted.begin(), quoted.end(), [&](const Range& q) {
      const uint32_t begin = std::max(q.begin, range.begin);
      const uint32_t end = std::min(q.end, range.end);
      return begin < end &&
             text.substr(begin, end - begin).find_first_not_of(" \t\r\n") != std::string_view::npos;
    });
  }

  std::string_view text;
  std::vector<Range> sentences;
  std::vector<Range> quoted;
};

Range Shifted(const Range& range, uint32_t by) { return {range.begin + by, range.end + by}; }

// One stretch of sentences became another.
SentenceChange Edit(const Revision& before, const Range& a, const Revision& after, const Range& b) {
  SentenceChange change;
  const std::string_view old_text = before.In(a);
  const std::string_view new_text = after.In(b);
  const std::vector<text::DiffOp> ops = text::DiffWords(old_text, new_text);
  change.diff = text::RenderDiff(old_text, new_text, ops);
  for (const Label label : Labels(old_text, new_text).labels)
    change.labels.emplace_back(Name(label));
  change.in_quote = std::any_of(ops.begin(), ops.end(), [&](const text::DiffOp& op) {
    return op.kind != text::OpKind::kKeep &&
           (before.Quotes(Shifted(op.a, a.begin)) || after.Quotes(Shifted(op.b, b.begin)));
  });
  return change;
}

// From the first to the last of the pairs [first, last), on one side.
Range Cover(const std::vector<Range>& sentences, const std::vector<SentencePair>& pairs,
            size_t first, size_t last, uint32_t SentencePair::*side) {
  uint32_t low = pairs[first].*side;
  uint32_t high = low;
  for (size_t n = first; n < last; ++n) {
    low = std::min(low, pairs[n].*side);
    high = std::max(high, pairs[n].*side);
  }
  return {sentences[low].begin, sentences[high].end};
}

class Comparison {
 public:
  Comparison(std::string_view before, std::string_view after) : before_(before), after_(after) {}

  std::vector<SentenceChange> Run() {
    std::vector<std::string_view> a;
    std::vector<std::string_view> b;
    for (const Range& range : before_.sentences) a.push_back(before_.In(range));
    for (const Range& range : after_.sentences) b.push_back(after_.In(range));
    std::vector<SentencePair> pairs = text::AlignSentences(a, b);
    Paired(pairs);
    MergedPairs(pairs);
    Unpaired(pairs);
    std::sort(rows_.begin(), rows_.end(),
              [](const Row& x, const Row& y) { return x.place < y.place; });
    std::vector<SentenceChange> changes;
    for (Row& row : rows_) changes.push_back(std::move(row.change));
    return changes;
  }

 private:
  using Place = std::tuple<int64_t, int, int64_t>;
  struct Row {
    Place place;
    SentenceChange change;
  };

  void Put(SentenceChange change, RevisionKind kind, int32_t from, int32_t to, Place place) {
    change.kind = kind;
    change.from = from;
    change.to = to;
    rows_.push_back({place, std::move(change)});
  }

  // Pairs come in order of a: the parts of a split stand together.
  void Paired(const std::vector<SentencePair>& pairs) {
    for (size_t first = 0; first < pairs.size();) {
      size_t last = first + 1;
      const SentencePair& pair = pairs[first];
      if (pair.kind == PairKind::kSplit) {
        while (last < pairs.size() && pairs[last].kind == PairKind::kSplit &&
               pairs[last].a == pair.a)
          ++last;
        const Range b = Cover(after_.sentences, pairs, first, last, &SentencePair::b);
        Put(Edit(before_, before_.sentences[pair.a], after_, b), RevisionKind::kSplit,
            Number(pair.a), Number(pair.b), {pair.b, 0, pair.a});
      } else if (pair.kind == PairKind::kEdited) {
        Put(Edit(before_, before_.sentences[pair.a], after_, after_.sentences[pair.b]),
            RevisionKind::kEdited, Number(pair.a), Number(pair.b), {pair.b, 0, pair.a});
      } else if (pair.kind == PairKind::kSame && pair.moved) {
        SentenceChange moved;
        moved.diff = std::string(after_.In(after_.sentences[pair.b]));
        Put(std::move(moved), RevisionKind::kMoved, Number(pair.a), Number(pair.b),
            {pair.b, 0, pair.a});
      }
      first = last;
    }
  }

  void MergedPairs(std::vector<SentencePair> pairs) {
    std::stable_sort(pairs.begin(), pairs.end(),
                     [](const SentencePair& x, const SentencePair& y) { return x.b < y.b; });
    for (size_t first = 0; first < pairs.size();) {
      size_t last = first + 1;
      const SentencePair& pair = pairs[first];
      if (pair.kind == PairKind::kMerged) {
        while (last < pairs.size() && pairs[last].kind == PairKind::kMerged &&
               pairs[last].b == pair.b)
          ++last;
        const Range a = Cover(before_.sentences, pairs, first, last, &SentencePair::a);
        Put(Edit(before_, a, after_, after_.sentences[pair.b]), RevisionKind::kMerged,
            Number(pair.a), Number(pair.b), {pair.b, 0, pair.a});
      }
      first = last;
    }
  }

  void Unpaired(const std::vector<SentencePair>& pairs) {
    std::vector<std::optional<int64_t>> became(before_.sentences.size());
    std::vector<bool> known(after_.sentences.size());
    for (const SentencePair& pair : pairs) {
      became[pair.a] = std::max<int64_t>(became[pair.a].value_or(-1), pair.b);
      known[pair.b] = true;
    }
    int64_t at = -1;
    for (size_t a = 0; a < became.size(); ++a) {
      if (became[a]) {
        at = *became[a];
        continue;
      }
      SentenceChange change = Edit(before_, before_.sentences[a], after_, {0, 0});
      change.labels.clear();
      Put(std::move(change), RevisionKind::kDeleted, Number(a), -1,
          {at, 1, static_cast<int64_t>(a)});
    }
    for (size_t b = 0; b < known.size(); ++b) {
      if (known[b]) continue;
      SentenceChange change = Edit(before_, {0, 0}, after_, after_.sentences[b]);
      change.labels.clear();
      Put(std::move(change), RevisionKind::kAdded, -1, Number(b), {static_cast<int64_t>(b), 0, -1});
    }
  }

  static int32_t Number(size_t n) { return static_cast<int32_t>(n); }

  Revision before_;
  Revision after_;
  std::vector<Row> rows_;
};

}  // namespace

std::vector<Range> QuotedRanges(std::string_view text) {
  std::vector<Range> ranges;
  std::optional<uint32_t> open;
  for (uint32_t at = 0; at < text.size();) {
    const text::Decoded c = text::DecodeAt(text, at);
    if (text::IsLineEnd(c.code_point)) {
      if (open && at > *open) ranges.push_back({*open, at});
      open.reset();
    } else if (text::IsDoubleQuote(c.code_point)) {
      if (!open) {
        open = at + c.size;
      } else {
        ranges.push_back({*open, at});
        open.reset();
      }
    }
    at += c.size;
  }
  if (open && *open < text.size()) ranges.push_back({*open, static_cast<uint32_t>(text.size())});
  return ranges;
}

std::vector<SentenceChange> CompareRevisions(std::string_view before, std::string_view after) {
  return Comparison(before, after).Run();
}

}  // namespace verbatim::statements
