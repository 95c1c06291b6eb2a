// SPDX-License-Identifier: Apache-2.0
// Another archive's decisions, taken into this one: each keeps its event id, so that whatever was
// pulled once, or came back by another way, is known and appended no second time; an event before
// it says in which archive, when and by whom it was made. A decision made there on what stands here
// is applied; where people here have decided otherwise, and nobody there had seen it, it is a
// dispute, and waits as a conflict.
#ifndef VERBATIM_CORE_ARCHIVE_PULLING_H_
#define VERBATIM_CORE_ARCHIVE_PULLING_H_

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/archive/annotating.h"
#include "core/archive/archive.h"
#include "core/archive/backup.h"
#include "core/base/files.h"
#include "core/base/status.h"

namespace verbatim::archive {

// An archive to pull from, opened to be read.
class OtherDesk {
 public:
  // A folder with an archive, or a file of `export --as jsonl`, which is made an archive in a
  // temporary folder that ends with this.
  static absl::StatusOr<std::unique_ptr<OtherDesk>> Open(const std::filesystem::path& place,
                                                         const Options& options,
                                                         CopyProgress progress = {});
  const Archive& archive() const { return *archive_; }

 private:
  OtherDesk() = default;
  std::unique_ptr<base::TemporaryFolder> folder_;
  std::unique_ptr<Archive> archive_;
};

struct PulledDecision {
  enum class What {
    kApplied,   // what was decided there holds here
    kAgreed,    // people here had decided the same
    kConflict,  // they had decided otherwise: a dispute
    kUnplaced,  // its words don't stand in the text here; nothing was appended
    kUnknown,   // the article, or what was rejected, isn't here; nothing was appended
  };
  What what = What::kUnknown;
  std::string who;                    // decided there
  uint64_t there = 0;                 // sequence there
  std::string annotation_there = {};  // 16 bytes
  std::string article = {};           // 16 bytes, here; there where it isn't here
  std::string annotation = {};        // 16 bytes, the same
  std::string type = {};
  std::string text = {};
  std::string why = {};
  uint64_t sequence = 0;  // here; 0: nothing was appended
};
// "applied", "agreed", "conflict", "unplaced", "unknown"
std::string_view ToText(PulledDecision::What what);

// How far two desks decide alike about annotations of one type, in articles that both have: what
// people here decided before anybody there had seen it, against what holds there.
struct Agreement {
  uint64_t both = 0;       // annotations that people at both have decided on
  uint64_t alike = 0;      // with the same outcome: the same value, or gone at both
  uint64_t live_here = 0;  // of those
  uint64_t live_there = 0;
  uint64_t live_alike = 0;  // the same value at both
  // How they judged what was there: [here][there], each confirmed, corrected or rejected.
  uint64_t judged[3][3] = {};

  double F1() const;  // of the annotations that hold; 1 when none does
  // Cohen's, over the three judgements; none where both desks gave only one and the same, which
  // agreement by chance explains.
  std::optional<double> Kappa() const;
};

struct PullResult {
  std::map<std::string, Agreement> agreement;  // by body type
  std::vector<AnnotateResult> runs;            // of annotators that were shown something else
};

// One article is one unit of work. `dry_run`: what would be, and nothing appended.
absl::StatusOr<PullResult> Pull(Archive& archive, const OtherDesk& other, bool dry_run,
                                const std::function<void(const PulledDecision&)>& on_row);

}  // namespace verbatim::archive

#endif  // VERBATIM_CORE_ARCHIVE_PULLING_H_
