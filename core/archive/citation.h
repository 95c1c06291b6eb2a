// SPDX-License-Identifier: Apache-2.0
// What a proven annotation or article says, from the events of a bundle alone, folded as the log's
// own are.
#ifndef VERBATIM_CORE_ARCHIVE_CITATION_H_
#define VERBATIM_CORE_ARCHIVE_CITATION_H_

#include <string>
#include <vector>

#include "core/audit/rows.h"
#include "core/base/status.h"
#include "core/schema/registry.h"
#include "core/schema/value.h"

namespace verbatim::archive {

// {words, speaker, speaker_role, kind, said_on, said_on_basis, title, authors[], outlet, published,
// published_basis, url, link, status, place, text_sha256, source_sha256, source_bytes, media_type,
// fetched_at, confirmed_by[], history[], record{...}}. `link` leads to the words on the page. When
// its bodies were erased or withheld: {missing} with the reason alone. kInvalidArgument when the
// events don't fit together, or the words don't stand where the annotation says.
absl::StatusOr<schema::Record> CiteAnnotation(const std::vector<audit::Opened>& events,
                                              const schema::Registry& registry,
                                              const std::string& annotation);

// {title, authors[], outlet, published, published_basis, url, revisions[], record{...}}.
absl::StatusOr<schema::Record> CiteArticle(const std::vector<audit::Opened>& events,
                                           const std::string& article);

}  // namespace verbatim::archive

#endif  // VERBATIM_CORE_ARCHIVE_CITATION_H_
