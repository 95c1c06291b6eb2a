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

namespace step {

constexpr uint64_t kOnes = 0x0101010101010101ull;
constexpr uint64_t kHighBits = 0x80 * kOnes;

// All bits of the first n bytes, from [kStepBytes - n] on, whatever the order of bytes.
constexpr unsigned char kKeep[2 * kStepBytes] = {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};

inline uint64_t Load(const void* bytes) {
  uint64_t step = 0;
  std::memcpy(&step, bytes, kStepBytes);
  return step;
}

// At most eight bytes of text from `at` on, zeros behind `end`. Reads on behind `end` where the
// text does, which is faster than a copy of as many bytes as there are.
inline uint64_t At(std::string_view text, size_t at, size_t end) {
  const size_t size = end - at < kStepBytes ? end - at : kStepBytes;
  if (at + kStepBytes <= text.size()) {
    return Load(text.data() + at) & Load(kKeep + kStepBytes - size);
  }
  uint64_t step = 0;
  std::memcpy(&step, text.data() + at, size);
  return step;
}

// The high bit of each byte that is A to Z. No byte is above ASCII.
inline uint64_t Capitals(uint64_t step) {
  const uint64_t from_a = step + (0x80 - 'A') * kOnes;
  const uint64_t behind_z = step + (0x7F - 'Z') * kOnes;
  return (from_a ^ behind_z) & kHighBits;
}

}  // namespace step

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

constexpr uint64_t kHashMultiplier = 0x9E3779B97F4A7C15ull;

// Of the first step of a word, and all of a word that has no other.
inline uint64_t HashStep(uint64_t step, uint32_t size) {
  const uint64_t hash = (size * kHashMultiplier ^ step) * kHashMultiplier;
  return hash ^ hash >> 32;
}

// Only for the table in memory: differs between machines.
inline uint64_t Hash(const LookupWord& word) {
  uint64_t hash = HashStep(word.steps[0], word.size);
  for (size_t n = 1; n < word.Steps(); ++n) {
    hash = (hash ^ word.steps[n]) * kHashMultiplier;
    hash ^= hash >> 32;
  }
  return hash;
}

// The same for strings of any length, for tables of one article.
struct HashBytes {
  size_t operator()(std::string_view bytes) const {
    uint64_t hash = HashStep(step::At(bytes, 0, bytes.size()), static_cast<uint32_t>(bytes.size()));
    for (size_t at = kStepBytes; at < bytes.size(); at += kStepBytes) {
      hash = (hash ^ step::At(bytes, at, bytes.size())) * kHashMultiplier;
      hash ^= hash >> 32;
    }
    return hash;
  }
};

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
    return Probe(Hash(word), [&](const LookupWord& key) { return Same(key, word); });
  }

  // The same for a word of one step, which most are: 1 to kStepBytes bytes, zeros behind them.
  const Value* FindStep(uint64_t step, uint32_t size) const {
    return Probe(HashStep(step, size),
                 [&](const LookupWord& key) { return key.steps[0] == step && key.size == size; });
  }

 private:
  template <class IsIt>
  const Value* Probe(uint64_t hash, IsIt&& is_it) const {
    const size_t mask = slots_.size() - 1;
    const uint16_t tag = TagOf(hash);
    for (size_t at = hash & mask; slots_[at].entry != 0; at = (at + 1) & mask) {
      if (slots_[at].tag != tag) continue;
      const Entry& entry = entries_[slots_[at].entry - 1];
      if (is_it(entry.key)) return &entry.value;
    }
    return nullptr;
  }

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
