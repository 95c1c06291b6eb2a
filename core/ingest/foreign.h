// SPDX-License-Identifier: Apache-2.0
// What newsrooms also have and this does not read: documents of offices, mail, tables, other
// packings. Each is refused in one line that says what it is and the way out.
#ifndef VERBATIM_CORE_INGEST_FOREIGN_H_
#define VERBATIM_CORE_INGEST_FOREIGN_H_

#include <string_view>

#include "core/base/status.h"

namespace verbatim::ingest {

// What an input's first bytes are looked at for it.
inline constexpr size_t kForeignLookBytes = 4096;

// kInvalidArgument "unsupported: ..." when these first bytes, expanded when they were gzip, are of
// such a format; OK when they may be anything that is read.
absl::Status CheckForeign(std::string_view head);

// The name of the root element of XML, without its prefix; empty when this is none. A borrow.
std::string_view XmlRoot(std::string_view head);

}  // namespace verbatim::ingest

#endif  // VERBATIM_CORE_INGEST_FOREIGN_H_
