// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "core/store/keys.h"
#include "core/view/generation.h"
#include "core/view/row_format.h"

namespace verbatim::view {
namespace {

// Moving on by single steps is cheaper than a seek, while it is a matter of few versions.
constexpr int kStepsBeforeSeek = 8;

// A walk over the keys of one table that the history knows, in order, the newest version of a key
// first. What it gives out points into the map, or is good until it moves.
class HistoryWalk {
 public:
  HistoryWalk(store::Cursor cursor, uint32_t table, std::string prefix)
      : cursor_(std::move(cursor)), table_(table), prefix_(std::move(prefix)) {}

  // To the first key >= `key`.
  absl::Status Start(std::string_view key) { return Seek(HistoryBegin(table_, key)); }

  bool valid() const { return valid_; }
  std::string_view key() const { return key_; }
  uint64_t since() const { return since_; }

  // The version that the walk stands at.
  absl::StatusOr<StoredVersion> Here() const {
    const auto version = ParseHistoryValue(cursor_.entry().value);
    if (!version) return Damaged("history");
    return *version;
  }

  // To the newest version of this key that was made at or before `as_of`. False: there is none, and
  // the walk stands past the key.
  absl::StatusOr<bool> Find(uint64_t as_of) {
    const uint64_t run = run_;
    for (int steps = 0; valid_ && run_ == run && since_ > as_of; ++steps) {
      VB_RETURN_IF_ERROR(
          steps < kStepsBeforeSeek ? Next() : Seek(HistoryKey(table_, std::string(key_), as_of)));
    }
    return valid_ && run_ == run;
  }

  // Past every version of this key.
  absl::Status Skip() { return SkipRun(run_); }
  // Past those that are left of a key: its number was taken by `run` before.
  absl::Status SkipRun(uint64_t run) {
    for (int steps = 0; valid_ && run_ == run; ++steps) {
      VB_RETURN_IF_ERROR(steps < kStepsBeforeSeek ? Next()
                                                  : Seek(HistoryEnd(table_, std::string(key_))));
    }
    return absl::OkStatus();
  }
  // Counts the keys that the walk has come to.
  uint64_t run() const { return run_; }

  absl::Status Next() {
    VB_ASSIGN_OR_RETURN(valid_, cursor_.Next());
    return Take();
  }

 private:
  static constexpr size_t kSinceBytes = 8;

  absl::Status Seek(const std::string& at) {
    VB_ASSIGN_OR_RETURN(valid_, cursor_.Seek(at));
    return Take();
  }

  absl::Status Take() {
    if (!valid_) return absl::OkStatus();
    const std::string_view bytes = cursor_.entry().key;
    valid_ = !bytes.empty() && static_cast<uint8_t>(bytes.front()) == table_;
    if (!valid_) return absl::OkStatus();
    if (bytes.size() < kSinceBytes + 3) return Damaged("history");
    const std::string_view name = bytes.substr(0, bytes.size() - kSinceBytes);
    since_ = ~store::ReadU64(bytes.substr(name.size())).value();
    if (name == name_) return absl::OkStatus();
    name_ = name;
    ++run_;
    // Without a zero byte of its own a key stands there as it is.
    if (name.find('\0', 1) == name.size() - 2) {
      key_ = name.substr(1, name.size() - 3);
    } else {
      std::optional<HistoryName> parsed = ParseHistoryKey(bytes);
      if (!parsed) return Damaged("history");
      unescaped_ = std::move(parsed->key);
      key_ = unescaped_;
    }
    valid_ = key_.substr(0, prefix_.size()) == prefix_;
    return absl::OkStatus();
  }

  store::Cursor cursor_;
  uint32_t table_;
  std::string prefix_;
  bool valid_ = false;
  uint64_t run_ = 0;
  uint64_t since_ = 0;
  std::string_view name_;  // of the key: all of the entry's key but since
  std::string_view key_;
  std::string unescaped_;
};

// A walk over the present rows of one table, in order.
class PresentWalk {
 public:
  PresentWalk(store::Cursor cursor, uint32_t table, std::string_view prefix)
      : cursor_(std::move(cursor)), table_(table), prefix_(RowKey(table, prefix)) {}

  absl::Status Start(std::string_view key) {
    VB_ASSIGN_OR_RETURN(valid_, cursor_.Seek(RowKey(table_, key)));
    return Take();
  }
  absl::Status Next() {
    VB_ASSIGN_OR_RETURN(valid_, cursor_.Next());
    return Take();
  }
  bool valid() const { return valid_; }
  const RowView& row() const { return row_; }

 private:
  absl::Status Take() {
    valid_ = valid_ && cursor_.entry().key.substr(0, prefix_.size()) == prefix_;
    if (!valid_) return absl::OkStatus();
    const auto stored = ParseRowValue(cursor_.entry().value);
    if (!stored) return Damaged("rows");
    row_ = {cursor_.entry().key.substr(1), stored->since, stored->row};
    return absl::OkStatus();
  }

  store::Cursor cursor_;
  uint32_t table_;
  std::string prefix_;
  bool valid_ = false;
  RowView row_;
};

std::string_view Later(std::string_view a, std::string_view b) { return a < b ? b : a; }

// Present before history, in key order: negative when the present's key comes first.
int KeyOrder(const PresentWalk& present, const HistoryWalk& history) {
  if (!history.valid()) return -1;
  if (!present.valid()) return 1;
  return present.row().key.compare(history.key());
}

Version Copy(uint64_t since, const StoredVersion& stored) {
  Version version{since, std::nullopt};
  if (!stored.erased) version.row = std::string(stored.row);
  return version;
}

// The newest of `versions` (newest first) made at or before `as_of`; nothing when it is absent or
// says erased.
std::optional<Version> StoodAt(const std::vector<Version>& versions, uint64_t as_of) {
  for (const Version& version : versions) {
    if (version.since > as_of) continue;
    return version.row ? std::optional<Version>(version) : std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

absl::Status Reader::CheckTable(uint32_t table, uint64_t as_of) const {
  if (table >= generation_->tables()) {
    return absl::InvalidArgumentError(fmt::format("view {} has {} tables, none of number {}",
                                                  generation_->manifest().name(),
                                                  generation_->tables(), table));
  }
  if (as_of < checkpoint_.sequence() && !generation_->KeepsHistory(table)) {
    return absl::FailedPreconditionError(
        fmt::format("table {} of view {} keeps no history: it can be seen as it is, not as it was",
                    generation_->manifest().tables(static_cast<int>(table)).name(),
                    generation_->manifest().name()));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::optional<Version>> Reader::Get(uint32_t table, std::string_view key,
                                                   uint64_t as_of) const {
  VB_RETURN_IF_ERROR(CheckTable(table, as_of));
  VB_ASSIGN_OR_RETURN(const auto value, txn_.Find(generation_->rows_, RowKey(table, key)));
  if (value) {
    const auto stored = ParseRowValue(*value);
    if (!stored) return Damaged("rows");
    if (stored->since <= as_of) {
      return std::optional<Version>({stored->since, std::string(stored->row)});
    }
  }
  if (as_of >= checkpoint_.sequence()) return std::optional<Version>();
  VB_ASSIGN_OR_RETURN(store::Cursor cursor, txn_.OpenCursor(generation_->history_));
  HistoryWalk history(std::move(cursor), table, std::string(key));
  VB_RETURN_IF_ERROR(history.Start(key));
  if (!history.valid() || history.key() != key) return std::optional<Version>();
  VB_ASSIGN_OR_RETURN(const bool found, history.Find(as_of));
  if (!found) return std::optional<Version>();
  VB_ASSIGN_OR_RETURN(const StoredVersion stored, history.Here());
  return stored.erased ? std::optional<Version>() : Copy(history.since(), stored);
}

absl::Status Reader::Scan(uint32_t table, const ScanRange& range,
                          absl::FunctionRef<bool(const RowView&)> visit) const {
  VB_RETURN_IF_ERROR(CheckTable(table, range.as_of));
  const std::string_view start = Later(range.prefix, range.from);
  VB_ASSIGN_OR_RETURN(store::Cursor rows, txn_.OpenCursor(generation_->rows_));
  PresentWalk present(std::move(rows), table, range.prefix);
  VB_RETURN_IF_ERROR(present.Start(start));
  VB_ASSIGN_OR_RETURN(store::Cursor versions, txn_.OpenCursor(generation_->history_));
  HistoryWalk history(std::move(versions), table, range.prefix);
  if (range.as_of < checkpoint_.sequence()) VB_RETURN_IF_ERROR(history.Start(start));

  while (present.valid() || history.valid()) {
    const int order = KeyOrder(present, history);
    if (order <= 0 && present.row().since <= range.as_of) {
      if (!visit(present.row())) return absl::OkStatus();
      if (order == 0) VB_RETURN_IF_ERROR(history.Skip());
    } else if (order >= 0) {
      const uint64_t run = history.run();
      VB_ASSIGN_OR_RETURN(const bool found, history.Find(range.as_of));
      if (found) {
        VB_ASSIGN_OR_RETURN(const StoredVersion stored, history.Here());
        if (!stored.erased && !visit({history.key(), history.since(), stored.row})) {
          return absl::OkStatus();
        }
      }
      VB_RETURN_IF_ERROR(history.SkipRun(run));
    }
    if (order <= 0) VB_RETURN_IF_ERROR(present.Next());
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Version>> Reader::History(uint32_t table, std::string_view key) const {
  VB_RETURN_IF_ERROR(CheckTable(table, kNow));
  std::vector<Version> versions;
  VB_ASSIGN_OR_RETURN(const std::optional<Version> present, Get(table, key));
  if (present) versions.push_back(*present);
  VB_ASSIGN_OR_RETURN(store::Cursor cursor, txn_.OpenCursor(generation_->history_));
  HistoryWalk history(std::move(cursor), table, std::string(key));
  VB_RETURN_IF_ERROR(history.Start(key));
  while (history.valid() && history.key() == key) {
    VB_ASSIGN_OR_RETURN(const StoredVersion stored, history.Here());
    versions.push_back(Copy(history.since(), stored));
    VB_RETURN_IF_ERROR(history.Next());
  }
  return versions;
}

absl::Status Reader::Versions(uint32_t table, absl::FunctionRef<bool(const RowView&)> visit) const {
  VB_RETURN_IF_ERROR(CheckTable(table, 0));
  VB_ASSIGN_OR_RETURN(store::Cursor rows, txn_.OpenCursor(generation_->rows_));
  PresentWalk present(std::move(rows), table, "");
  VB_RETURN_IF_ERROR(present.Start(""));
  while (present.valid()) {
    if (!visit(present.row())) return absl::OkStatus();
    VB_RETURN_IF_ERROR(present.Next());
  }
  VB_ASSIGN_OR_RETURN(store::Cursor cursor, txn_.OpenCursor(generation_->history_));
  HistoryWalk history(std::move(cursor), table, "");
  VB_RETURN_IF_ERROR(history.Start(""));
  while (history.valid()) {
    VB_ASSIGN_OR_RETURN(const StoredVersion stored, history.Here());
    if (!stored.erased && !visit({history.key(), history.since(), stored.row})) break;
    VB_RETURN_IF_ERROR(history.Next());
  }
  return absl::OkStatus();
}

absl::Status Reader::Changes(uint32_t table, uint64_t from, uint64_t to,
                             absl::FunctionRef<bool(const RowChange&)> visit) const {
  VB_RETURN_IF_ERROR(CheckTable(table, from));
  VB_ASSIGN_OR_RETURN(store::Cursor rows, txn_.OpenCursor(generation_->rows_));
  PresentWalk present(std::move(rows), table, "");
  VB_RETURN_IF_ERROR(present.Start(""));
  VB_ASSIGN_OR_RETURN(store::Cursor cursor, txn_.OpenCursor(generation_->history_));
  HistoryWalk history(std::move(cursor), table, "");
  VB_RETURN_IF_ERROR(history.Start(""));

  while (present.valid() || history.valid()) {
    const int order = KeyOrder(present, history);
    const std::string key(order <= 0 ? present.row().key : history.key());
    std::vector<Version> versions;  // newest first, down to the one that stood at `from`
    if (order <= 0) versions.push_back({present.row().since, std::string(present.row().row)});
    while (order >= 0 && history.valid() && history.key() == key) {
      if (!versions.empty() && versions.back().since <= from) {
        VB_RETURN_IF_ERROR(history.Skip());
        break;
      }
      VB_ASSIGN_OR_RETURN(const StoredVersion stored, history.Here());
      versions.push_back(Copy(history.since(), stored));
      VB_RETURN_IF_ERROR(history.Next());
    }
    if (order <= 0) VB_RETURN_IF_ERROR(present.Next());

    RowChange change{key, StoodAt(versions, from), StoodAt(versions, to), 0};
    for (const Version& version : versions) {
      if (version.since > to) continue;
      if (version.since > from) change.changed_at = version.since;
      break;
    }
    const bool same = change.before.has_value() == change.after.has_value() &&
                      (!change.before || change.before->row == change.after->row);
    if (change.changed_at == 0 || same) continue;
    if (!visit(change)) return absl::OkStatus();
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> Reader::RecomputeDigest() const {
  DigestSum sum;
  bool whole = true;
  VB_RETURN_IF_ERROR(txn_.Scan(
      generation_->rows_, std::string_view(), std::nullopt, [&](const store::Entry& entry) {
        const auto stored = ParseRowValue(entry.value);
        whole = stored && !entry.key.empty();
        if (!whole) return false;
        sum.Add(VersionDigest(static_cast<uint8_t>(entry.key.front()), entry.key.substr(1),
                              stored->since, stored->row));
        return true;
      }));
  if (!whole) return Damaged("rows");
  VB_RETURN_IF_ERROR(txn_.Scan(
      generation_->history_, std::string_view(), std::nullopt, [&](const store::Entry& entry) {
        const auto name = ParseHistoryKey(entry.key);
        const auto version = ParseHistoryValue(entry.value);
        whole = name && version;
        if (!whole) return false;
        sum.Add(VersionDigest(
            static_cast<uint8_t>(entry.key.front()), name->key, name->since,
            version->erased ? std::nullopt : std::optional<std::string_view>(version->row)));
        return true;
      }));
  if (!whole) return Damaged("history");
  return sum.bytes();
}

}  // namespace verbatim::view
