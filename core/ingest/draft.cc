// SPDX-License-Identifier: Apache-2.0
#include "core/ingest/draft.h"

#include <utility>

#include "core/base/ids.h"
#include "core/base/sha256.h"
#include "core/base/time_point.h"
#include "core/ingest/charset.h"
#include "core/ingest/date_text.h"
#include "core/ingest/furniture.h"
#include "core/ingest/html_reader.h"
#include "core/ingest/html_trim.h"
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

// Headline, byline and dateline stand at the beginning; what a text says of its outlet, within what
// anybody reads.
std::string_view Beginning(std::string_view text) {
  constexpr size_t kLookBytes = 256 * 1024;
  if (text.size() <= kLookBytes) return text;
  const size_t line = text.rfind('\n', kLookBytes);
  return line == std::string_view::npos ? std::string_view() : text.substr(0, line);
}

void ReadFromText(std::string_view text, v1::ArticleMetadata& metadata) {
  if (metadata.title().empty()) {
    if (auto title = FindTitle(text)) {
      metadata.set_title(*std::move(title));
      AddSource(metadata, "title", kFromText);
    }
  }
  if (metadata.authors().empty()) {
    for (std::string& author : FindAuthors(text)) metadata.add_authors(std::move(author));
    if (!metadata.authors().empty()) AddSource(metadata, "authors", kFromText);
  }
  if (const auto dateline = FindDateline(text)) {
    *metadata.mutable_dateline() = *dateline;
    if (metadata.outlet().empty() && !dateline->agency().empty()) {
      metadata.set_outlet(dateline->agency());
      AddSource(metadata, "outlet", "dateline");
    }
  }
  if (metadata.outlet().empty()) {
    if (auto outlet = FindOutlet(text)) {
      metadata.set_outlet(*std::move(outlet));
      AddSource(metadata, "outlet", kFromText);
    }
  }
}

// Lines of the page around the text are marked where they stand; a line that is nothing but a date
// says when it was published, one beside it in which section.
void MarkFurniture(v1::ArticleContent& content) {
  const std::string& text = content.text();
  v1::ArticleMetadata& metadata = *content.mutable_metadata();
  for (const Furniture& mark : FindFurniture(text, metadata.title())) {
    const std::string_view line = text::In(text, mark.line);
    v1::DroppedSpan& span = *content.add_dropped();
    span.set_text(std::string(line));
    span.set_reason(std::string(mark.reason));
    span.set_before_byte(mark.line.begin);
    if (mark.reason == "date" && !metadata.has_published()) {
      v1::DatedValue& published = *metadata.mutable_published();
      published.set_value(FindDates(line).front().day());
      published.set_basis(v1::DatedValue::BASIS_STATED);
      published.set_source(std::string(line));
    }
  }
}

// What the person says outranks what the document says.
absl::Status AddGiven(const Given& given, v1::ArticleMetadata& metadata) {
  if (!given.title.empty()) metadata.set_title(given.title);
  if (!given.outlet.empty()) metadata.set_outlet(given.outlet);
  if (!given.language.empty()) metadata.set_language(given.language);
  if (!given.url.empty()) {
    VB_ASSIGN_OR_RETURN(std::string url, CanonicalUrl(given.url));
    if (metadata.canonical_url().empty()) metadata.set_canonical_url(std::move(url));
  }
  if (!given.published.empty()) {
    v1::DatedValue& published = *metadata.mutable_published();
    VB_ASSIGN_OR_RETURN(*published.mutable_value(), base::ParsePublished(given.published));
    published.set_basis(v1::DatedValue::BASIS_GIVEN);
    published.set_source("given at ingest");
  }
  return absl::OkStatus();
}

DateBounds BoundsOf(const Given& given) {
  DateBounds bounds;
  bounds.not_after = given.not_after;
  // Clocks and time zones: a page taken in the evening may be of tomorrow elsewhere.
  constexpr uint64_t kDayUs = uint64_t{86'400} * 1'000'000;
  if (given.fetched_at_us != 0) bounds.not_after = base::FormatDay(given.fetched_at_us + kDayUs);
  return bounds;
}

// The words tell a language surer than a declaration that a template left behind.
void SettleLanguage(v1::ArticleContent& content) {
  v1::ArticleMetadata& metadata = *content.mutable_metadata();
  const std::string guessed = GuessLanguage(content.text());
  if (guessed.empty() || metadata.language().substr(0, guessed.size()) == guessed) return;
  metadata.set_language(guessed);
  AddSource(metadata, "language", kFromText);
}

bool IsHtml(std::string_view media_type, std::string_view text) {
  if (media_type.empty()) return LooksLikeHtml(text);
  return media_type.find("html") != std::string_view::npos;
}

absl::StatusOr<v1::ArticleContent> ReadDocument(std::string_view bytes, const Given& given,
                                                bool& is_html) {
  VB_RETURN_IF_ERROR(CheckReadable(bytes));
  VB_ASSIGN_OR_RETURN(Decoded decoded, Decode(bytes, given.media_type));
  is_html = IsHtml(given.media_type, decoded.text);
  if (is_html) return ReadHtml(decoded, given.url, BoundsOf(given));
  VB_RETURN_IF_ERROR(CheckPlainText(decoded.text));
  v1::ArticleContent content;
  content.set_text(std::move(decoded.text));
  v1::Extraction& extraction = *content.mutable_extraction();
  extraction.set_extractor("text");
  extraction.set_version(std::string(kTextExtractorVersion));
  extraction.set_charset(decoded.used);
  extraction.set_charset_declared(decoded.declared);
  extraction.set_replaced(decoded.replaced);
  return content;
}

}  // namespace

std::string ContentKey(std::string_view title, std::string_view text) {
  const std::string folded = text::FoldKeepCase(text);
  const std::string folded_title = text::FoldKeepCase(title);
  const bool apart = folded.find(folded_title) == std::string::npos;
  return base::ToString(base::Sha256({apart ? folded_title : std::string_view(), "\n", folded}));
}

absl::StatusOr<Draft> DraftFromRecord(v1::ArticleContent content, std::string bytes,
                                      std::string_view input_name, const Given& given) {
  Draft draft;
  draft.content = std::move(content);
  v1::ArticleMetadata& metadata = *draft.content.mutable_metadata();
  VB_RETURN_IF_ERROR(AddGiven(given, metadata));
  if (given.language.empty()) SettleLanguage(draft.content);
  draft.content.set_text_sha256(base::ToString(base::Sha256(draft.content.text())));
  draft.content.set_content_key(ContentKey(metadata.title(), draft.content.text()));
  const std::string& url = metadata.canonical_url();
  draft.article = url.empty() ? base::ArticleIdOfContent(draft.content.content_key())
                              : base::ArticleIdOfUrl(url);
  v1::SourceCaptured& source = draft.source;
  source.set_article(draft.article);
  source.set_content_sha256(base::ToString(base::Sha256(bytes)));
  source.set_content_size(bytes.size());
  source.set_content(std::move(bytes));
  source.set_media_type(given.media_type);
  source.set_url(given.url);
  source.set_input(std::string(input_name));
  source.set_record(given.record);
  source.set_fetched_at_us(given.fetched_at_us);
  return draft;
}

absl::StatusOr<Draft> DraftFromBytes(std::string bytes, std::string_view input_name,
                                     const Given& given) {
  bool is_html = false;
  VB_ASSIGN_OR_RETURN(v1::ArticleContent content, ReadDocument(bytes, given, is_html));
  if (!is_html) {
    v1::ArticleMetadata& metadata = *content.mutable_metadata();
    metadata.set_title(given.title);
    metadata.set_outlet(given.outlet);
    metadata.set_language(given.language);
    ReadFromText(Beginning(content.text()), metadata);
    MarkFurniture(content);
  } else if (const auto dateline = FindDateline(content.text())) {
    *content.mutable_metadata()->mutable_dateline() = *dateline;
  }
  Given settled = given;
  if (settled.media_type.empty()) settled.media_type = is_html ? "text/html" : "text/plain";
  return DraftFromRecord(std::move(content), std::move(bytes), input_name, settled);
}

}  // namespace verbatim::ingest
