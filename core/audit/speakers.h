// SPDX-License-Identifier: Apache-2.0
// Who is who, as people have decided: the fold of the streams "speaker/<id>". Views keep the same
// in tables of their own (plugins/sdk/speakers.h); this is for those who ask and those who decide.
#ifndef VERBATIM_CORE_AUDIT_SPEAKERS_H_
#define VERBATIM_CORE_AUDIT_SPEAKERS_H_

#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/status.h"
#include "core/log/snapshot.h"
#include "verbatim/v1/speaker.pb.h"

namespace verbatim::audit {

class SpeakerBook {
 public:
  // Up to and with `as_of`. Reads headers, and the bodies of decisions on speakers.
  static absl::StatusOr<SpeakerBook> Read(const log::Snapshot& snapshot,
                                          uint64_t as_of = std::numeric_limits<uint64_t>::max());

  void Apply(const v1::SpeakerAliased& event);
  void Apply(const v1::SpeakersMerged& event);
  void Apply(const v1::SpeakerSplit& event);

  // The key that this one means; itself where nobody has decided anything.
  std::string Resolve(std::string_view key) const;
  // The name that was decided for a key that means itself; empty: none was.
  std::string NameOf(std::string_view key) const;
  // Every key that means this one, itself left out.
  std::vector<std::string> MergedInto(std::string_view key) const;
  // Spellings given for it, as they were typed.
  std::vector<std::string> AliasesOf(std::string_view key) const;
  // Does this very key stand for another one?
  bool IsMerged(std::string_view key) const;
  // The key that a name stands for: for view::Query.
  std::vector<std::string> KeysNamed(std::string_view name) const;
  // Every key that means itself and that something was decided of.
  std::vector<std::string> Roots() const;

 private:
  void Merge(const std::string& speaker_key, const std::vector<std::string>& merged,
             const std::string& name);

  std::map<std::string, std::string, std::less<>> parents_;
  std::map<std::string, std::string, std::less<>> names_;
  std::map<std::string, std::string, std::less<>> aliases_;  // as typed -> its key
};

}  // namespace verbatim::audit

#endif  // VERBATIM_CORE_AUDIT_SPEAKERS_H_
