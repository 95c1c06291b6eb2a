// SPDX-License-Identifier: Apache-2.0
#include "core/article/load.h"

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/base/hex.h"

namespace verbatim::article {

absl::StatusOr<ArticleState> Load(const log::Snapshot& snapshot, std::string_view article,
                                  uint64_t as_of) {
  VB_ASSIGN_OR_RETURN(const std::vector<uint64_t> sequences,
                      snapshot.StreamSequences(base::ToHex(article)));
  ArticleState state;
  for (const uint64_t sequence : sequences) {
    if (sequence > as_of) break;
    VB_ASSIGN_OR_RETURN(const v1::EventHeader header, snapshot.Header(sequence));
    VB_ASSIGN_OR_RETURN(const std::optional<std::string> body, snapshot.Body(sequence));
    const absl::Status applied = state.Apply(sequence, header, body).status();
    if (!applied.ok()) return base::WithContext(applied, absl::StrCat("event @", sequence));
  }
  return state;
}

}  // namespace verbatim::article
