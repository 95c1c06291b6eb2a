// SPDX-License-Identifier: Apache-2.0
// Corrections of an article's metadata, field by field: a corrected date stays corrected when a
// later revision brings another title.
#ifndef VERBATIM_CORE_ARTICLE_METADATA_H_
#define VERBATIM_CORE_ARTICLE_METADATA_H_

#include "verbatim/v1/article.pb.h"

namespace verbatim::article {

// Takes over the corrected fields; all of them when the correction names none. Names that a later
// verbatim may have written are passed over.
void LayOver(const v1::ArticleMetadataCorrected& correction, v1::ArticleMetadata* metadata);

}  // namespace verbatim::article

#endif  // VERBATIM_CORE_ARTICLE_METADATA_H_
