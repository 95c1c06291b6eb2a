// SPDX-License-Identifier: Apache-2.0
// The table behind the lexicon: from a word of at most kLookupBytesMax bytes to what is known of
// it. Words are padded to whole steps of eight bytes, so that most of them are lowered, hashed and
// compared in one step; an entry is one cache line.
#ifndef VERBATIM_QUOTES_WORD_TABLE_H_
#define VERBATIM_QUOTES_WORD_TABLE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "bounds.h"

namespace verbatim::quotes {

constexpr size_t kStepBytes = sizeof(uint64_t);
static_assert(kLookupBytesMax % kStepBytes == 0);

struct LookupWord {
  std::array<uint64_t, kLookupBytesMax / kStepBytes> steps{};  // zeros behind the word
  uint32_t size = 0;         // bytes; 0: empty, or longer than any listed word
  bool had_capital = false;  // may have had one of A to Z before it was lowered; not compared

  size_t Steps() const { return (size + kStepBytes - 1) / kStepBytes; }
};

// The word as it is.
LookupWord Padded(std::string_view word);

// text[begin, end) in lower case (ASCII) with straight apostrophes.
LookupWord LowerPadded(std::string_view text, size_t begin, size_t end);

// Only for the table in memory: differs between machines.
inline uint64_t Hash(const LookupWord& word) {
  constexpr uint64_t kMultiplier = 0x9E3779B97F4A7C15ull;
  uint64_t hash = (word.size * kMultiplier ^ word.steps[0]) * kMultiplier;
  hash ^= hash >> 32;
  if (word.size <= kStepBytes) return hash;  // most words: a branch that is foreseen
  for (size_t n = 1; n < word.Steps(); ++n) {
    hash = (hash ^ word.steps[n]) * kMultiplier;
    hash ^= hash >> 32;
  }
  return hash;
}

inline bool Same(const LookupWord& a, const LookupWord& b) {
  if (a.size != b.size || a.steps[0] != b.steps[0]) return false;
  return a.size <= kStepBytes || a.steps == b.steps;
}

// Filled once, then only read. What Find returns is valid as long as the table.
template <class Value>
class WordTable {
 public:
  // `entries`: at most so many words will be added.
  void Reserve(size_t entries) {
    size_t size = 64;
    while (size < entries * 2) size *= 2;
    slots_.assign(size, Slot());
    entries_.clear();
    entries_.reserve(entries);
  }

  // The first value of a word stays. An empty word, or one that is too long, is left out, and what
  // comes after kEntriesMax others.
  void Add(const LookupWord& word, const Value& value) {
    if (word.size == 0 || entries_.size() == kEntriesMax || Find(word) != nullptr) return;
    const uint64_t hash = Hash(word);
    size_t at = hash & (slots_.size() - 1);
    while (slots_[at].entry != 0) at = (at + 1) & (slots_.size() - 1);
    entries_.push_back({word, value});
    slots_[at] = {TagOf(hash), static_cast<uint16_t>(entries_.size())};
  }

  // Null when the word is not in the table.
  const Value* Find(const LookupWord& word) const {
    if (word.size == 0) return nullptr;
    const size_t mask = slots_.size() - 1;
    const uint64_t hash = Hash(word);
    const uint16_t tag = TagOf(hash);
    for (size_t at = hash & mask; slots_[at].entry != 0; at = (at + 1) & mask) {
      if (slots_[at].tag != tag) continue;
      const Entry& entry = entries_[slots_[at].entry - 1];
      if (Same(entry.key, word)) return &entry.value;
    }
    return nullptr;
  }

 private:
  // Small, so that all of them stay in the cache: a part of the hash and where the word is.
  struct Slot {
    uint16_t tag = 0;
    uint16_t entry = 0;  // 1-based; 0: free
  };
  static constexpr size_t kEntriesMax = 0xFFFF;
  static uint16_t TagOf(uint64_t hash) { return static_cast<uint16_t>(hash >> 48); }

  struct alignas(64) Entry {
    LookupWord key;
    Value value;
  };
  std::vector<Slot> slots_ = std::vector<Slot>(1);
  std::vector<Entry> entries_;
};

}  // namespace verbatim::quotes

#endif  // VERBATIM_QUOTES_WORD_TABLE_H_
