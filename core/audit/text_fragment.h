// SPDX-License-Identifier: Apache-2.0
// Links that lead to words on a page: text fragments, as browsers understand them
// (wicg.github.io/scroll-to-text-fragment).
#ifndef VERBATIM_CORE_AUDIT_TEXT_FRAGMENT_H_
#define VERBATIM_CORE_AUDIT_TEXT_FRAGMENT_H_

#include <string>
#include <string_view>

#include "verbatim/v1/annotation.pb.h"

namespace verbatim::audit {

// The URL with a directive for every span of the anchor: "https://a.example/b#:~:text=to%20be". A
// long span is named by its first and last words; one whose words stand more than once in `text`
// (of the anchor's revision), by the words around it too. "" without a URL.
std::string LinkToWords(std::string_view url, const v1::Anchor& anchor, std::string_view text);

}  // namespace verbatim::audit

#endif  // VERBATIM_CORE_AUDIT_TEXT_FRAGMENT_H_
