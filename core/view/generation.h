// SPDX-License-Identifier: Apache-2.0
// One build of a view: an LMDB environment with its rows, every version that they ever had, its
// checkpoint, and what built it. Rows can be read as they stand and as they stood after any
// sequence, without a replay and without the plugin. README.md is the format.
//
//   VB_ASSIGN_OR_RETURN(auto view, Generation::Open(folder, store::Mode::kReadOnly));
//   VB_ASSIGN_OR_RETURN(Reader reader, view->Read());
//   reader.Scan(0, {.as_of = 1043}, [&](const RowView& row) { ...; return true; });
#ifndef VERBATIM_CORE_VIEW_GENERATION_H_
#define VERBATIM_CORE_VIEW_GENERATION_H_

#include <cstdint>
#include <filesystem>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "core/base/status.h"
#include "core/store/env.h"
#include "core/store/txn.h"
#include "verbatim/v1/view.pb.h"

namespace verbatim::view {

// The rows as they stand at the checkpoint.
inline constexpr uint64_t kNow = std::numeric_limits<uint64_t>::max();

// SHA-256 over what decides a view's rows: its name, schema version, subscriptions, tables with
// their row descriptors, configuration, plugin version and code. Reads every field of `build` but
// `fingerprint`; the descriptors are taken as they are, so normalise them first
// (schema::Normalise).
std::string Fingerprint(const v1::ViewBuild& build);

// Borrowed: valid until the visit returns.
struct RowView {
  std::string_view key;
  uint64_t since = 0;  // the sequence that made this version
  std::string_view row;
};

// One version of a row. `row` is nothing where the version says that it was erased.
struct Version {
  uint64_t since = 0;
  std::optional<std::string> row;
};

// A row at both ends of a stretch of the log: nothing where it wasn't there.
struct RowChange {
  std::string key;
  std::optional<Version> before;
  std::optional<Version> after;
  uint64_t changed_at = 0;  // the last sequence within the stretch that touched it
};

struct ScanRange {
  std::string prefix = {};  // keys that begin so; empty: all
  uint64_t as_of = kNow;
  std::string from = {};  // not before this key; empty: from the first
};

// How a checkpoint is flushed.
enum class Durability {
  kLive,     // a power cut may undo the last batch, never tear it
  kScratch,  // nothing is flushed before Flush: for rebuilds and verification
};

class Generation;

// One picture of a generation. Hold it shortly. One thread at a time.
class Reader {
 public:
  // The version of one row that stood after `as_of`; nothing when there was none.
  // kFailedPrecondition: an as-of look at a table that keeps no history.
  absl::StatusOr<std::optional<Version>> Get(uint32_t table, std::string_view key,
                                             uint64_t as_of = kNow) const;
  // Rows in key order until `visit` says false. As-of merges present and history: a seek, no
  // replay.
  absl::Status Scan(uint32_t table, const ScanRange& range,
                    absl::FunctionRef<bool(const RowView&)> visit) const;
  // Every version of one row, newest first; the present one too.
  absl::StatusOr<std::vector<Version>> History(uint32_t table, std::string_view key) const;
  // Every version of every row that the table ever had, erasures left out, in no order, until
  // `visit` says false.
  absl::Status Versions(uint32_t table, absl::FunctionRef<bool(const RowView&)> visit) const;
  // Rows that differ between two sequences (from < to), in key order.
  absl::Status Changes(uint32_t table, uint64_t from, uint64_t to,
                       absl::FunctionRef<bool(const RowChange&)> visit) const;

  const v1::ViewCheckpoint& checkpoint() const { return checkpoint_; }
  // The digest over all versions, read anew from the rows: what the checkpoint's must be.
  absl::StatusOr<std::string> RecomputeDigest() const;

 private:
  friend class Generation;
  Reader(const Generation* generation, store::ReadTxn txn)
      : generation_(generation), txn_(std::move(txn)) {}
  absl::Status CheckTable(uint32_t table, uint64_t as_of) const;

  const Generation* generation_;
  store::ReadTxn txn_;
  v1::ViewCheckpoint checkpoint_;
};

class Generation {
 public:
  // A new one in `folder`, which must not hold one. `build.fingerprint` is set here.
  static absl::StatusOr<std::unique_ptr<Generation>> Create(const std::filesystem::path& folder,
                                                            v1::ViewBuild build,
                                                            Durability durability);
  // kNotFound: there is none; kDataLoss: it is damaged (build it again).
  static absl::StatusOr<std::unique_ptr<Generation>> Open(
      const std::filesystem::path& folder, store::Mode mode,
      Durability durability = Durability::kLive);

  const v1::ViewBuild& build() const { return build_; }
  const v1::ViewManifest& manifest() const { return build_.manifest(); }
  const std::filesystem::path& folder() const { return env_->folder(); }
  // Number of the table of that name; kNotFound names those there are.
  absl::StatusOr<uint32_t> TableNamed(std::string_view name) const;
  // A table that declares HISTORY_LATEST keeps no old versions.
  bool KeepsHistory(uint32_t table) const;
  uint32_t tables() const { return static_cast<uint32_t>(build_.manifest().tables_size()); }

  absl::StatusOr<Reader> Read() const;
  absl::StatusOr<v1::ViewCheckpoint> Checkpoint() const;
  // Everything committed is on disk after OK.
  absl::Status Flush() { return env_->Flush(); }
  store::Env& env() const { return *env_; }

 private:
  friend class Reader;
  friend class Overlay;
  explicit Generation(std::unique_ptr<store::Env> env) : env_(std::move(env)) {}
  absl::Status OpenDbs();
  absl::StatusOr<v1::ViewCheckpoint> ReadCheckpoint(const store::Txn& txn) const;

  std::unique_ptr<store::Env> env_;
  store::Db rows_;
  store::Db history_;
  store::Db meta_;
  v1::ViewBuild build_;
};

}  // namespace verbatim::view

#endif  // VERBATIM_CORE_VIEW_GENERATION_H_
