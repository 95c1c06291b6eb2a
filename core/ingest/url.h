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

}  // namespace verbatim::ingest

#endif  // VERBATIM_CORE_INGEST_URL_H_
