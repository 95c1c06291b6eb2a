// SPDX-License-Identifier: Apache-2.0
#include "core/ingest/title_text.h"

#include <array>

#include "absl/strings/match.h"
#include "core/ingest/html_tree.h"
#include "verbatim/text/fold.h"

namespace verbatim::ingest {

std::string WithoutSite(std::string_view title, std::string_view outlet,
                        std::string_view headline) {
  const std::string whole = FoldBlanks(title);
  static constexpr std::array<std::string_view, 8> kMarks = {" | ", " - ", " – ",  " — ",
                                                             " · ", " • ", " :: ", " » "};
  size_t at = std::string::npos;
  size_t size = 0;
  for (const std::string_view mark : kMarks) {
    const size_t found = whole.rfind(mark);
    if (found != std::string::npos && (at == std::string::npos || found > at)) {
      at = found;
      size = mark.size();
    }
  }
  if (at == std::string::npos) return whole;
  const std::string left = whole.substr(0, at);
  const std::string right = whole.substr(at + size);
  if (!headline.empty()) {
    if (text::EqualFolded(left, headline)) return left;
    if (text::EqualFolded(whole, headline)) return whole;
  }
  // The end is the outlet's name, or the name without its ending (".com", "Online").
  const std::string folded = text::Fold(right);
  const std::string site = text::Fold(outlet);
  const bool named =
      !site.empty() && (absl::StartsWith(folded, site) || absl::StartsWith(site, folded));
  if (named || (outlet.empty() && whole.find(" | ") == at))
    return WithoutSite(left, outlet, headline);
  return whole;
}

}  // namespace verbatim::ingest
