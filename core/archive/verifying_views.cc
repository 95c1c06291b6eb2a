// SPDX-License-Identifier: Apache-2.0
// What serves, compared with a fold from zero.
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/archive/plugins.h"
#include "core/archive/views.h"
#include "core/base/files.h"
#include "core/base/hex.h"

namespace verbatim::archive {
namespace fs = std::filesystem;
namespace {

// The first row that differs between what served at a sequence and a fold from zero; empty when
// none does.
absl::StatusOr<std::string> FirstDifference(const view::Generation& served,
                                            const view::Generation& scratch, uint64_t at) {
  VB_ASSIGN_OR_RETURN(const view::Reader then, served.Read());
  VB_ASSIGN_OR_RETURN(const view::Reader now, scratch.Read());
  for (uint32_t table = 0; table < served.tables(); ++table) {
    if (!served.KeepsHistory(table)) continue;
    std::vector<std::pair<std::string, std::string>> rows;
    VB_RETURN_IF_ERROR(now.Scan(table, {}, [&](const view::RowView& row) {
      rows.emplace_back(row.key, row.row);
      return true;
    }));
    size_t next = 0;
    std::string difference;
    VB_RETURN_IF_ERROR(then.Scan(table, {.as_of = at}, [&](const view::RowView& row) {
      if (next < rows.size() && rows[next].first == row.key && rows[next].second == row.row) {
        ++next;
        return true;
      }
      difference = absl::StrCat("table ", served.manifest().tables(static_cast<int>(table)).name(),
                                ", key ", base::ToHex(row.key));
      return false;
    }));
    if (difference.empty() && next < rows.size()) {
      difference = absl::StrCat("table ", served.manifest().tables(static_cast<int>(table)).name(),
                                ", key ", base::ToHex(rows[next].first), " is missing");
    }
    if (!difference.empty()) return difference;
  }
  return std::string();
}

}  // namespace

absl::StatusOr<ViewVerification> Views::Verify(std::string_view name, std::optional<uint64_t> to) {
  VB_ASSIGN_OR_RETURN(const Plan plan, PlanOf(name));
  VB_ASSIGN_OR_RETURN(const OpenedView opened, Open(name));
  VB_ASSIGN_OR_RETURN(const v1::ViewCheckpoint checkpoint, opened.generation->Checkpoint());
  ViewVerification verification{.name = std::string(name),
                                .sequence = to.value_or(checkpoint.sequence())};
  if (verification.sequence > checkpoint.sequence()) {
    return absl::OutOfRangeError(absl::StrCat("view ", std::string(name), " stands at @",
                                              checkpoint.sequence(), " and can't be compared at @",
                                              verification.sequence));
  }
  VB_ASSIGN_OR_RETURN(const plugin::PluginFile file, OpenPinned(archive_, *plan.plugin));
  const base::TemporaryFolder folder("verbatim-verify");
  const fs::path scratch_folder = folder.path() / "generation";
  VB_RETURN_IF_ERROR(view::Generation::Create(scratch_folder, opened.generation->build(),
                                              view::Durability::kScratch)
                         .status());
  VB_RETURN_IF_ERROR(Fold(plan, file, scratch_folder, verification.sequence));
  VB_ASSIGN_OR_RETURN(const auto scratch,
                      view::Generation::Open(scratch_folder, store::Mode::kReadOnly));
  VB_ASSIGN_OR_RETURN(const v1::ViewCheckpoint folded, scratch->Checkpoint());
  verification.digest = folded.digest();
  if (verification.sequence == checkpoint.sequence()) {
    VB_ASSIGN_OR_RETURN(const view::Reader reader, opened.generation->Read());
    VB_ASSIGN_OR_RETURN(const std::string recomputed, reader.RecomputeDigest());
    if (recomputed != checkpoint.digest()) {
      verification.what =
          "the rows that serve are not those of their checkpoint: rebuild with 'verbatim replay'";
    } else if (folded.digest() != checkpoint.digest()) {
      VB_ASSIGN_OR_RETURN(const std::string row,
                          FirstDifference(*opened.generation, *scratch, checkpoint.sequence()));
      verification.what = absl::StrCat(
          "digests differ", row.empty() ? ", present rows don't: old versions do" : ": ", row);
    }
  } else {
    VB_ASSIGN_OR_RETURN(verification.what,
                        FirstDifference(*opened.generation, *scratch, verification.sequence));
  }
  verification.agrees = verification.what.empty();
  return verification;
}

}  // namespace verbatim::archive
