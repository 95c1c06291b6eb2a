// SPDX-License-Identifier: Apache-2.0
#include "core/article/metadata.h"

#include <vector>

namespace verbatim::article {

void LayOver(const v1::ArticleMetadataCorrected& correction, v1::ArticleMetadata* metadata) {
  v1::ArticleMetadata corrected = correction.metadata();
  if (correction.fields().empty()) {
    *metadata = std::move(corrected);
    return;
  }
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  for (const std::string& name : correction.fields()) {
    // "published.value" corrects the whole of "published".
    const auto* field =
        v1::ArticleMetadata::descriptor()->FindFieldByName(name.substr(0, name.find('.')));
    if (field != nullptr) fields.push_back(field);
  }
  metadata->GetReflection()->SwapFields(metadata, &corrected, fields);
}

}  // namespace verbatim::article
