// SPDX-License-Identifier: Apache-2.0
// The bounded look at a page before any parser sees it. What makes parsers slow or unsafe is taken
// away here, in one linear pass: attributes that nobody reads, nesting beyond all reason, scripts,
// styles, drawings, comments. What comes out is a fraction of most pages, so that this pass pays
// for itself.
#ifndef VERBATIM_CORE_INGEST_HTML_TRIM_H_
#define VERBATIM_CORE_INGEST_HTML_TRIM_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/ingest/html_names.h"

namespace verbatim::ingest {

// Most of a page's tags is attributes, which a parser reads byte by byte. So those that need no
// decoding are kept beside the markup, and a tag says where: <p class="lead" id="x"> becomes
// <p n=17>, and the attributes are those from number 17 on up to one that is the tag's last.
struct TrimmedAttribute {
  AttrName name = AttrName::kNone;
  bool last = false;
  std::string_view value;  // of what was trimmed
};
inline constexpr std::string_view kAttributesAt = "n";

struct TrimmedHtml {
  std::string html;
  std::vector<TrimmedAttribute> attributes;
  std::vector<std::string> json_ld;   // the content of <script type="application/ld+json">
  std::vector<std::string> warnings;  // a limit that was met: "attributes", "depth", "nodes"
};

// `html` is well-formed UTF-8, and lives as long as the attributes are asked for. Keeps text, with
// each run of blanks as one, tags, and of the attributes of html_names.h, each once a tag, those
// that somebody reads there: of styles those that hide, of links those of <link> and <base>;
// elements nested deeper than limits::kHtmlDepthMax lose their tags and keep their text; a page is
// cut after limits::kHtmlNodesMax tags.
TrimmedHtml TrimHtml(std::string_view html);

// Does this look like a page: a doctype, or three known tags of which one is html, head, body, p or
// div, near the beginning? "<...>" in a text is no tag.
bool LooksLikeHtml(std::string_view text);

}  // namespace verbatim::ingest

#endif  // VERBATIM_CORE_INGEST_HTML_TRIM_H_
