// SPDX-License-Identifier: Apache-2.0
// Who is who: the speakers of an archive, and decisions about them, which are events on streams of
// their own. Views rewrite the rows of both sides at that event.
#ifndef VERBATIM_CORE_ARCHIVE_SPEAKING_H_
#define VERBATIM_CORE_ARCHIVE_SPEAKING_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/archive/archive.h"
#include "core/audit/speakers.h"

namespace verbatim::archive {

struct Speaker {
  std::string key;
  std::string name;  // as decided, else as it is printed most often
  uint64_t quotations = 0;
  std::map<std::string, uint64_t> printed = {};  // names as printed, with their quotations
  std::vector<std::string> merged = {};          // other keys that mean this one
  std::vector<std::string> aliases = {};
};

class Speakers {
 public:
  // From the view "quotes", brought up to head, and the decisions.
  static absl::StatusOr<Speakers> Read(Archive& archive);

  // The most quoted first.
  const std::vector<Speaker>& all() const { return all_; }
  const audit::SpeakerBook& book() const { return book_; }
  // By key, by any of its names in any spelling that folds to its key, or by a last name that only
  // one has. kNotFound names the nearest, kInvalidArgument those that are meant.
  absl::StatusOr<const Speaker*> Find(std::string_view name) const;

 private:
  std::vector<Speaker> all_;
  audit::SpeakerBook book_;
};

struct SpeakerDecision {
  enum class Kind { kAlias, kMerge, kSplit };
  Kind kind = Kind::kMerge;
  std::string speaker;              // a key, or a name
  std::vector<std::string> others;  // spellings to add; speakers to merge; keys or names to part
  std::string name = {};            // to show; empty: the one it has
  std::string reason = {};
  bool may_be_new = false;  // the speaker need not be quoted yet
};

// One unit of work. Returns sequences. kInvalidArgument when there is nothing to change: they are
// one already, or were never merged.
absl::StatusOr<std::vector<uint64_t>> DecideOnSpeakers(
    Archive& archive, const std::vector<SpeakerDecision>& decisions, const v1::Actor& person);

// Lines "name<TAB>spelling<TAB>spelling..." as decisions; lines that begin with # pass by.
absl::StatusOr<std::vector<SpeakerDecision>> ParseSpeakerTable(std::string_view table,
                                                               std::string_view file);

inline constexpr std::string_view kSpeakerStreams = "speaker/";

// The stream of a speaker: "speaker/" and 32 digits of the key's SHA-256, so that no name stands
// in a header.
std::string SpeakerStream(std::string_view key);

// The events that take back the decision on speakers at that sequence.
absl::StatusOr<std::vector<log::NewEvent>> InverseOnSpeakers(const log::Snapshot& snapshot,
                                                             uint64_t sequence,
                                                             std::string_view reason,
                                                             const article::EventMaker& person);

}  // namespace verbatim::archive

#endif  // VERBATIM_CORE_ARCHIVE_SPEAKING_H_
