// SPDX-License-Identifier: Apache-2.0
// One spelling for every URL of one page, so that a second visit is a revision and not another
// article.
#ifndef VERBATIM_CORE_INGEST_URL_H_
#define VERBATIM_CORE_INGEST_URL_H_

#include <string>
#include <string_view>

#include "core/base/status.h"

namespace verbatim::ingest {

// Scheme and host in lower case; default port, fragment, user and tracking parameters (utm_*,
// fbclid, gclid ...) gone; the other parameters sorted; percent-encoding and dot segments
// normalised (RFC 3986, section 6.2.2). kInvalidArgument when it is no absolute http or https URL.
absl::StatusOr<std::string> CanonicalUrl(std::string_view url);

// The URL that a link on a page means; empty when it is none. `base` is the page's own URL and may
// be empty.
std::string ResolveUrl(std::string_view base, std::string_view link);

// The host of an absolute URL in small letters, without "www.".
std::string SiteOf(std::string_view url);

// What a page calls its site: of an address the host, else the name as it is.
std::string SiteName(std::string_view named);

// Do two URLs belong to one publisher, as far as the end of their hosts tells?
bool IsSameSite(std::string_view a, std::string_view b);

// Does a link's path lead to the page of an author: /author/ann-reed, /team/ann-reed?
bool LeadsToAuthor(std::string_view link);

}  // namespace verbatim::ingest

#endif  // VERBATIM_CORE_INGEST_URL_H_
