// SPDX-License-Identifier: Apache-2.0
// An open-addressing table over words of up to 16 bytes, kept as two integers, so that a look-up of
// an unknown word costs one multiplication and one probe.
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

uint64_t Load(const char* bytes, size_t size) {
  uint64_t value = 0;
  std::memcpy(&value, bytes, size);
  return value;
}

// The bytes in small letters, zero-padded. Bit 0x20 tells small from capital ASCII letters; digits
// have it already.
Packed Pack(std::string_view word) {
  constexpr uint64_t kSmall = 0x2020202020202020ull;
  const size_t n = word.size();
  const char* p = word.data();
  Packed packed;
  if (n >= 8) {
    packed.low = Load(p, 8) | kSmall;
    if (n > 8) packed.high = (Load(p + n - 8, 8) | kSmall) >> (8 * (16 - n));
  } else if (n >= 4) {
    packed.low = Load(p, 4) | (Load(p + n - 4, 4) << (8 * (n - 4)));
    packed.low |= kSmall >> (8 * (8 - n));
  } else {
    for (size_t i = 0; i < n; ++i)
      packed.low |= static_cast<uint64_t>(static_cast<unsigned char>(p[i])) << (8 * i);
    packed.low |= kSmall >> (8 * (8 - n));
  }
  return packed;
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

Lexicon::Lexicon() : lexemes_(1), spellings_(1), slots_(kSlots), presence_(kPresenceBits / 64) {
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

LexemeId Lexicon::Find(std::string_view word) const {
  if (word.size() > kWordBytesMax || word.empty()) return 0;
  const Packed packed = Pack(word);
  const uint64_t hash = HashOf(packed);
  const size_t bit = PresenceBit(hash);
  if ((presence_[bit / 64] >> (bit % 64) & 1) == 0) return 0;
  for (size_t slot = FirstSlot(hash);; slot = (slot + 1) & (kSlots - 1)) {
    const Slot& s = slots_[slot];
    if (s.id == 0) return 0;
    if (s.low == packed.low && s.high == packed.high) return s.id;
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
  const Packed packed = Pack(word);
  const uint64_t hash = HashOf(packed);
  const size_t bit = PresenceBit(hash);
  presence_[bit / 64] |= uint64_t{1} << (bit % 64);
  size_t slot = FirstSlot(hash);
  while (slots_[slot].id != 0) slot = (slot + 1) & (kSlots - 1);
  slots_[slot] = {packed.low, packed.high, id};
}

}  // namespace verbatim::dates
