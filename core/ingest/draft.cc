// SPDX-License-Identifier: Apache-2.0
#include "core/ingest/draft.h"

#include <utility>

#include "core/base/ids.h"
#include "core/base/sha256.h"
#include "core/base/time_point.h"
#include "core/ingest/language.h"
#include "core/ingest/metadata.h"
#include "core/ingest/text_reader.h"
#include "core/ingest/url.h"
#include "verbatim/text/fold.h"

namespace verbatim::ingest {
namespace {

constexpr char kFromText[] = "text";

void AddSource(v1::ArticleMetadata& metadata, const char* field, std::string_view source) {
  auto* added = metadata.add_sources();
  added->set_field(field);
  added->set_source(std::string(source));
}

void ReadFromText(std::string_view text, v1::ArticleMetadata& metadata) {
  if (metadata.title().empty()) {
    if (auto title = FindTitle(text)) {
      metadata.set_title(*std::move(title));
      AddSource(metadata, "title", kFromText);
    }
  }
  if (const auto dateline = FindDateline(text)) {
    *metadata.mutable_dateline() = *dateline;
    if (metadata.outlet().empty() && !dateline->agency().empty()) {
      metadata.set_outlet(dateline->agency());
      AddSource(metadata, "outlet", "dateline");
    }
  }
  if (metadata.language().empty()) {
    metadata.set_language(GuessLanguage(text));
    if (!metadata.language().empty()) AddSource(metadata, "language", kFromText);
  }
}

absl::StatusOr<v1::ArticleMetadata> MetadataOf(const Given& given) {
  v1::ArticleMetadata metadata;
  metadata.set_title(given.title);
  metadata.set_outlet(given.outlet);
  metadata.set_language(given.language);
  if (!given.url.empty()) {
    VB_ASSIGN_OR_RETURN(*metadata.mutable_canonical_url(), CanonicalUrl(given.url));
  }
  if (!given.published.empty()) {
    VB_ASSIGN_OR_RETURN(*metadata.mutable_published()->mutable_value(),
                        base::ParsePublished(given.published));
    metadata.mutable_published()->set_basis(v1::DatedValue::BASIS_GIVEN);
    metadata.mutable_published()->set_source("given at ingest");
  }
  return metadata;
}

}  // namespace

std::string ContentKey(std::string_view title, std::string_view text) {
  const std::string folded = text::FoldKeepCase(text);
  const std::string folded_title = text::FoldKeepCase(title);
  const bool apart = folded.find(folded_title) == std::string::npos;
  return base::ToString(base::Sha256({apart ? folded_title : std::string_view(), "\n", folded}));
}

absl::StatusOr<Draft> DraftFromText(std::string bytes, std::string_view input_name,
                                    const Given& given) {
  Draft draft;
  VB_ASSIGN_OR_RETURN(*draft.content.mutable_metadata(), MetadataOf(given));
  draft.source.set_content(bytes);
  VB_ASSIGN_OR_RETURN(*draft.content.mutable_text(), ReadPlainText(std::move(bytes)));
  v1::ArticleContent& content = draft.content;
  ReadFromText(content.text(), *content.mutable_metadata());
  content.set_text_sha256(base::ToString(base::Sha256(content.text())));
  content.set_content_key(ContentKey(content.metadata().title(), content.text()));
  content.mutable_extraction()->set_extractor("text");
  content.mutable_extraction()->set_version(std::string(kTextExtractorVersion));
  content.mutable_extraction()->set_charset("utf-8");

  const std::string& url = content.metadata().canonical_url();
  draft.article =
      url.empty() ? base::ArticleIdOfContent(content.content_key()) : base::ArticleIdOfUrl(url);
  v1::SourceCaptured& source = draft.source;
  source.set_article(draft.article);
  source.set_content_sha256(base::ToString(base::Sha256(source.content())));
  source.set_content_size(source.content().size());
  source.set_media_type(given.media_type.empty() ? "text/plain" : given.media_type);
  source.set_url(given.url);
  source.set_input(std::string(input_name));
  return draft;
}

}  // namespace verbatim::ingest
