// SPDX-License-Identifier: Apache-2.0
#include "text_pair.h"

#include "terms.h"
#include "verbatim/text/diff.h"
#include "verbatim/text/fold.h"
#include "verbatim/text/tokens.h"

namespace verbatim::statements {
namespace {

constexpr size_t kAmountsMax = 64;

TextSide ReadSide(std::string_view text) {
  TextSide side;
  side.text = text;
  const std::vector<text::Token> tokens = text::Tokenize(text);
  for (const text::Token& token : tokens) {
    if (!token.IsWord() && !token.IsNumber()) continue;
    Word word;
    word.folded = text::Fold(In(text, token));
    word.stem = Stem(word.folded);
    word.range = token.range();
    side.words.push_back(std::move(word));
  }
  side.amounts = AmountsOf(text, tokens);
  if (side.amounts.size() > kAmountsMax) side.amounts.resize(kAmountsMax);
  return side;
}

void Mark(std::vector<Word>* words, const text::Range& range, size_t hunk) {
  for (Word& word : *words) {
    if (word.range.end <= range.begin || word.range.begin >= range.end) continue;
    word.changed = true;
    word.hunk = hunk;
  }
}

}  // namespace

TextPair ReadPair(std::string_view a, std::string_view b) {
  TextPair pair{ReadSide(a), ReadSide(b), text::Similarity(a, b), 0};
  text::DiffOptions options;
  options.min_similarity = 0;
  options.swallow_islands = false;
  bool open = false;
  for (const text::DiffOp& op : text::DiffWords(a, b, options)) {
    if (op.kind == text::OpKind::kKeep) {
      open = false;
      continue;
    }
    if (!open) ++pair.hunks;
    open = true;
    Mark(op.kind == text::OpKind::kDelete ? &pair.a.words : &pair.b.words,
         op.kind == text::OpKind::kDelete ? op.a : op.b, pair.hunks);
  }
  return pair;
}

std::string Joined(const TextSide& side, const std::vector<const Word*>& words) {
  std::string joined;
  for (const Word* word : words) {
    if (!joined.empty()) joined += ' ';
    joined += In(side.text, word->range);
  }
  return joined;
}

bool Within(const Word& word, const Amount& amount) {
  return amount.range.begin <= word.range.begin && word.range.end <= amount.range.end;
}

}  // namespace verbatim::statements
