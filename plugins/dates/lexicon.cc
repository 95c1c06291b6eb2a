// SPDX-License-Identifier: Apache-2.0
// An open-addressing table over words of up to 16 bytes, kept as two integers; small tables, so
// that all of it stays in the nearest caches.
#include "lexicon.h"

#include <cstring>

namespace verbatim::dates {
namespace {

constexpr size_t kWordBytesMax = 16;
constexpr size_t kSlots = 4096;  // a power of two, at least twice the words
// One bit a hash, in 2 KiB that stay in the nearest cache: most words of a text are turned away
// here.
constexpr size_t kPresenceBits = 1 << 14;

struct Packed {
  uint64_t low = 0;
  uint64_t high = 0;
};

uint64_t Load(const char* bytes) {
  uint64_t value = 0;
  std::memcpy(&value, bytes, sizeof value);
  return value;
}

constexpr uint64_t kSmall = 0x2020202020202020ull;

// The lowest `bytes` bytes, up to 8.
uint64_t Lowest(uint64_t value, size_t bytes) {
  return bytes == 0 ? 0 : value & (~uint64_t{0} >> (8 * (8 - bytes)));
}

// Up to 16 bytes in small letters, zero-padded. Bit 0x20 tells small from capital ASCII letters;
// digits have it already.
inline Packed Pack(std::string_view text, size_t begin, size_t size) {
  const char* p = text.data() + begin;
  char copy[kWordBytesMax];
  if (begin + kWordBytesMax > text.size()) {
    std::memset(copy, 0, sizeof copy);
    std::memcpy(copy, p, size);
    p = copy;
  }
  const size_t low = size < 8 ? size : 8;
  return {Lowest(Load(p) | kSmall, low), Lowest(Load(p + 8) | kSmall, size - low)};
}

uint64_t HashOf(const Packed& packed) {
  uint64_t h = (packed.low ^ (packed.high * 0x9E3779B97F4A7C15ull)) * 0xD6E8FEB86659FD93ull;
  h ^= h >> 32;
  return h;
}

size_t FirstSlot(uint64_t hash) { return static_cast<size_t>(hash) & (kSlots - 1); }
// Bits of the hash that the slot doesn't use.
size_t PresenceBit(uint64_t hash) { return static_cast<size_t>(hash >> 40) & (kPresenceBits - 1); }

}  // namespace

Lexicon::Lexicon()
    : lexemes_(1), spellings_(1), keys_(1), slots_(kSlots), presence_(kPresenceBits / 64) {
  for (const LexiconRow* table : {kTimeWords, kVerbWords}) {
    for (const LexiconRow* row = table; row->words != nullptr; ++row) {
      std::string_view words = row->words;
      while (!words.empty()) {
        const size_t blank = words.find(' ');
        const std::string_view word = words.substr(0, blank);
        words.remove_prefix(blank == std::string_view::npos ? words.size() : blank + 1);
        const bool is_new = Find(word) == 0;
        Lexeme& lexeme = lexemes_[Intern(word)];
        lexeme.classes |= row->classes;
        // A word that stands in several rows keeps the value of the first: the others are flags.
        if (is_new) lexeme.value = row->value;
        if ((row->flags & 1) != 0) lexeme.abbreviation = true;
        if ((row->flags & 2) != 0) lexeme.needs_context = true;
      }
    }
  }
}

LexemeId Lexicon::Find(std::string_view text, size_t begin, size_t end) const {
  if (end - begin > kWordBytesMax || begin == end) return 0;
  const Packed packed = Pack(text, begin, end - begin);
  const uint64_t hash = HashOf(packed);
  const size_t bit = PresenceBit(hash);
  if ((presence_[bit / 64] >> (bit % 64) & 1) == 0) return 0;
  for (size_t slot = FirstSlot(hash);; slot = (slot + 1) & (kSlots - 1)) {
    const LexemeId id = slots_[slot];
    if (id == 0) return 0;
    if (keys_[id].low == packed.low && keys_[id].high == packed.high) return id;
  }
}

LexemeId Lexicon::Intern(std::string_view word) {
  if (const LexemeId known = Find(word); known != 0) return known;
  const auto id = static_cast<LexemeId>(lexemes_.size());
  lexemes_.emplace_back();
  spellings_.emplace_back(word);
  Insert(word, id);
  return id;
}

void Lexicon::Insert(std::string_view word, LexemeId id) {
  const Packed packed = Pack(word, 0, word.size());
  const uint64_t hash = HashOf(packed);
  const size_t bit = PresenceBit(hash);
  presence_[bit / 64] |= uint64_t{1} << (bit % 64);
  size_t slot = FirstSlot(hash);
  while (slots_[slot] != 0) slot = (slot + 1) & (kSlots - 1);
  slots_[slot] = id;
  keys_.push_back({packed.low, packed.high});
}

}  // namespace verbatim::dates
