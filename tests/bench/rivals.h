// SPDX-License-Identifier: Apache-2.0
// What others would write: opaque blobs under a growing number, in LMDB, SQLite or RocksDB, each
// with the settings that make a commit as durable as ours. They check nothing and index nothing.
#ifndef VERBATIM_TESTS_BENCH_RIVALS_H_
#define VERBATIM_TESTS_BENCH_RIVALS_H_

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace verbatim::bench {

using Blobs = std::vector<std::string>;
using Rows = std::vector<std::pair<std::string, std::string>>;

enum class Flush {
  kEveryCommit,  // LMDB as it comes; SQLite WAL, synchronous FULL; RocksDB with a synced log
  kNever,        // MDB_NOSYNC; SQLite synchronous OFF; RocksDB unsynced
};

class Rival {
 public:
  virtual ~Rival() = default;
  // One durable commit.
  virtual void Append(const Blobs& blobs) = 0;
  // Every byte of every value is looked at; their sum, so that nothing is left out.
  virtual uint64_t Scan() = 0;
  // One value by its number, from 1.
  virtual uint64_t Read(uint64_t number) = 0;
  // Rows by their keys, in one commit; keys may stand already. `read_first`: the row that stands
  // there is looked at before.
  virtual void Put(const Rows& rows, bool read_first) = 0;
};

std::unique_ptr<Rival> MakeLmdb(const std::filesystem::path& folder, Flush flush);
// Bare LMDB again, with what our format makes of an event and nothing else: header and body apart,
// the id, the place in the stream, the digest of the body, the leaf, a node of the tree. Nothing is
// checked, serialized, compressed, or read back. Only Append.
std::unique_ptr<Rival> MakeFloor(const std::filesystem::path& folder, Flush flush);
std::unique_ptr<Rival> MakeSqlite(const std::filesystem::path& folder, Flush flush);
std::unique_ptr<Rival> MakeRocks(const std::filesystem::path& folder, Flush flush);

// What a rebuild could cost at best: `rows` sorted in memory, then MDB_APPEND in one commit into a
// new environment that is flushed at the end.
void SortAndAppend(const std::filesystem::path& folder, Rows rows);

// The sum that Scan makes of one value: every byte.
inline uint64_t Touch(std::string_view value) {
  uint64_t sum = 0;
  for (const char byte : value) sum += static_cast<unsigned char>(byte);
  return sum;
}

}  // namespace verbatim::bench

#endif  // VERBATIM_TESTS_BENCH_RIVALS_H_
