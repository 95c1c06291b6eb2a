// SPDX-License-Identifier: Apache-2.0
// Where LMDB 0.9 puts what in data.mdb, on 64-bit little-endian machines. Private to the room.
#ifndef VERBATIM_CORE_STORE_PAGE_LAYOUT_H_
#define VERBATIM_CORE_STORE_PAGE_LAYOUT_H_

#include <cstdint>
#include <cstring>
#include <string_view>

namespace verbatim::store {

inline constexpr uint32_t kMetaMagic = 0xBEEFC0DE;
inline constexpr uint32_t kMetaVersion = 1;
inline constexpr uint64_t kMetaPages = 2;
inline constexpr uint32_t kPageBytesMin = 512;
inline constexpr uint32_t kPageBytesMax = 65536;
inline constexpr uint64_t kPagesMax = uint64_t{1} << 40;  // 4 PiB: no file of ours
inline constexpr uint64_t kNoPage = ~uint64_t{0};
inline constexpr unsigned kTreeDepthMax = 31;  // LMDB's cursors go no deeper
inline constexpr size_t kKeyBytesMax = 511;

inline constexpr size_t kPageHeadBytes = 16;
inline constexpr size_t kNodeHeadBytes = 8;
inline constexpr size_t kDbRecordBytes = 48;

inline constexpr uint16_t kBranchPage = 0x01;
inline constexpr uint16_t kLeafPage = 0x02;
inline constexpr uint16_t kOverflowPage = 0x04;
inline constexpr uint16_t kBigData = 0x01;      // a node's value stands in pages of its own
inline constexpr uint16_t kSubDatabase = 0x02;  // a node's value is a database's record
inline constexpr uint16_t kFreeDbFlags = 0x08;  // integer keys

template <typename Integer>
Integer ReadNative(std::string_view bytes, size_t at) {
  Integer value;
  std::memcpy(&value, bytes.data() + at, sizeof value);
  return value;
}
inline uint16_t U16(std::string_view bytes, size_t at) { return ReadNative<uint16_t>(bytes, at); }
inline uint32_t U32(std::string_view bytes, size_t at) { return ReadNative<uint32_t>(bytes, at); }
inline uint64_t U64(std::string_view bytes, size_t at) { return ReadNative<uint64_t>(bytes, at); }

struct DbRecord {
  uint32_t pad;
  uint16_t flags;
  uint16_t depth;
  uint64_t branch_pages;
  uint64_t leaf_pages;
  uint64_t overflow_pages;
  uint64_t entries;
  uint64_t root;
};

inline DbRecord ReadDbRecord(std::string_view bytes, size_t at) {
  return {U32(bytes, at),      U16(bytes, at + 4),  U16(bytes, at + 6),  U64(bytes, at + 8),
          U64(bytes, at + 16), U64(bytes, at + 24), U64(bytes, at + 32), U64(bytes, at + 40)};
}

struct MetaPage {
  uint32_t magic;
  uint32_t version;
  DbRecord free;
  DbRecord main;
  uint64_t last_page;
  uint64_t txn;
  uint32_t page_bytes;  // kept where the free list's record has room
};

inline MetaPage ReadMeta(std::string_view page) {
  const size_t at = kPageHeadBytes;
  const size_t records = at + 24;  // after magic, version, address, map size
  MetaPage meta = {U32(page, at),
                   U32(page, at + 4),
                   ReadDbRecord(page, records),
                   ReadDbRecord(page, records + kDbRecordBytes),
                   U64(page, records + 2 * kDbRecordBytes),
                   U64(page, records + 2 * kDbRecordBytes + 8),
                   0};
  meta.page_bytes = meta.free.pad;
  return meta;
}

struct PageHead {
  uint64_t number;
  uint16_t flags;
  uint16_t lower;           // end of the list of nodes
  uint16_t upper;           // begin of the nodes
  uint32_t overflow_pages;  // in their place, of a long value
};

inline PageHead ReadPageHead(std::string_view page) {
  return {U64(page, 0), U16(page, 10), U16(page, 12), U16(page, 14), U32(page, 12)};
}

struct Node {
  uint16_t low;
  uint16_t high;
  uint16_t flags;
  uint16_t key_bytes;
  size_t key_begin;
  uint32_t data_bytes;

  size_t data_begin() const { return key_begin + key_bytes; }
  // Of a branch: 48 bits of a page's number.
  uint64_t child() const { return uint64_t{low} | uint64_t{high} << 16 | uint64_t{flags} << 32; }
};

inline Node ReadNode(std::string_view page, size_t at) {
  Node node = {U16(page, at),     U16(page, at + 2),   U16(page, at + 4),
               U16(page, at + 6), at + kNodeHeadBytes, 0};
  node.data_bytes = uint32_t{node.low} | uint32_t{node.high} << 16;
  return node;
}

}  // namespace verbatim::store

#endif  // VERBATIM_CORE_STORE_PAGE_LAYOUT_H_
