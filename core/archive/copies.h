// SPDX-License-Identifier: Apache-2.0
// Copies of one story under several names: a wire report printed by many, cut, extended, edited.
// New texts are compared with all that the log has, and with each other: by their sketches, then
// word by word.
//
//   std::vector<NewText> texts = {{article, text::Shingles(text), {}}};
//   VB_RETURN_IF_ERROR(FindCopies(snapshot, texts));
//   for (const Copy& copy : texts[0].copies) Link(article, copy.article, copy.containment);
#ifndef VERBATIM_CORE_ARCHIVE_COPIES_H_
#define VERBATIM_CORE_ARCHIVE_COPIES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/status.h"
#include "core/log/snapshot.h"

namespace verbatim::archive {

struct Copy {
  std::string article;     // 16 bytes
  double containment = 0;  // share of the shorter text's word triples that both have
};

struct NewText {
  std::string article;                  // 16 bytes
  std::vector<uint64_t> shingles = {};  // text::Shingles of its text
  // Found: one of each group of copies that the log or an earlier one of these texts belongs to;
  // none of a group that the article is linked with already. Empty for a short text.
  std::vector<Copy> copies = {};
};

// Fills in `copies`. One sequential read of the sketches, whatever the number of texts.
absl::Status FindCopies(const log::Snapshot& snapshot, std::vector<NewText>& texts);

}  // namespace verbatim::archive

#endif  // VERBATIM_CORE_ARCHIVE_COPIES_H_
