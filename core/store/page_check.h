// SPDX-License-Identifier: Apache-2.0
// Reads the pages of data.mdb without LMDB, which trusts them: a flipped bit in a page number or a
// node's size makes it read beyond the map. After these checks it may be let loose on the file.
// Layout: MDB_meta, MDB_db, MDB_page and MDB_node of LMDB 0.9, 64 bit, little-endian.
#ifndef VERBATIM_CORE_STORE_PAGE_CHECK_H_
#define VERBATIM_CORE_STORE_PAGE_CHECK_H_

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "core/base/status.h"
#include "core/store/env.h"

namespace verbatim::store {

// What LMDB needs to open the file at all: two sound meta pages. An empty file is sound.
// kFailedPrecondition when it is no LMDB file, kDataLoss when it is a damaged one.
absl::Status CheckMetaPages(const std::filesystem::path& folder);

// Of the picture that `txn` reads. OK, or kDataLoss saying which page of which database; kAborted
// when the picture is older than the last two commits; kUnavailable when the file cannot be read.
absl::Status CheckPages(const std::filesystem::path& folder, const ReadTxn& txn, PageDepth depth);

// Where a status of CheckPages found damage: no entry before this key of the database is touched by
// it. Nothing when the damage is in no database's entries.
struct DamagedEntries {
  std::string database;
  std::string from_key;
};
std::optional<DamagedEntries> WhereDamaged(const absl::Status& status);

}  // namespace verbatim::store

#endif  // VERBATIM_CORE_STORE_PAGE_CHECK_H_
