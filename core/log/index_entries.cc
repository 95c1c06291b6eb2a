// SPDX-License-Identifier: Apache-2.0
#include "core/log/index_entries.h"

#include "core/base/hex.h"
#include "core/base/ids.h"
#include "core/log/log_keys.h"
#include "core/log/wire.h"
#include "fmt/format.h"
#include "verbatim/text/shingles.h"
#include "verbatim/v1/annotation.pb.h"
#include "verbatim/v1/article.pb.h"

namespace verbatim::log {
namespace {

constexpr std::string_view kAnnotationAdded = "verbatim.v1.AnnotationAdded";
constexpr std::string_view kSourceCaptured = "verbatim.v1.SourceCaptured";
constexpr std::string_view kArticleIngested = "verbatim.v1.ArticleIngested";
constexpr std::string_view kArticleRevised = "verbatim.v1.ArticleRevised";
constexpr std::string_view kArticleReextracted = "verbatim.v1.ArticleReextracted";
constexpr std::string_view kMetadataCorrected = "verbatim.v1.ArticleMetadataCorrected";

// Field numbers that several messages share: `article` of all that are named above, `revision` and
// `content` of ArticleRevised and ArticleReextracted.
constexpr int kArticle = v1::ArticleIngested::kArticleFieldNumber;
constexpr int kRefused = v1::ContentErased::kRefusedFieldNumber;
constexpr int kRevision = v1::ArticleRevised::kRevisionFieldNumber;
constexpr int kFirstContent = v1::ArticleIngested::kContentFieldNumber;
constexpr int kLaterContent = v1::ArticleRevised::kContentFieldNumber;
static_assert(kArticle == int{v1::ArticleRevised::kArticleFieldNumber} &&
              kArticle == int{v1::ArticleReextracted::kArticleFieldNumber} &&
              kArticle == int{v1::ArticleMetadataCorrected::kArticleFieldNumber} &&
              kArticle == int{v1::SourceCaptured::kArticleFieldNumber});
static_assert(kRevision == int{v1::ArticleReextracted::kRevisionFieldNumber} &&
              kLaterContent == int{v1::ArticleReextracted::kContentFieldNumber});

// The last field of that number, as protobuf reads it; empty when there is none.
std::string_view BytesField(std::string_view message, int number) {
  std::string_view bytes;
  WireReader reader(message);
  while (reader.Next()) {
    if (reader.field().number == static_cast<uint32_t>(number)) bytes = reader.field().bytes;
  }
  return bytes;
}

uint64_t NumberField(std::string_view message, int number) {
  uint64_t value = 0;
  WireReader reader(message);
  while (reader.Next()) {
    if (reader.field().number == static_cast<uint32_t>(number)) value = reader.field().value;
  }
  return value;
}

std::string DigestKey(std::string_view digest, std::string_view article) {
  return std::string(digest.substr(0, base::kIdBytes)).append(article);
}

void AddMetadata(std::string_view metadata, IndexEntries& entries) {
  const std::string_view url = BytesField(metadata, v1::ArticleMetadata::kCanonicalUrlFieldNumber);
  if (!url.empty()) entries.url_key = ShortDigest(url);
}

void AddContent(std::string_view content, IndexEntries& entries) {
  const std::string_view key = BytesField(content, v1::ArticleContent::kContentKeyFieldNumber);
  if (key.size() >= base::kIdBytes) entries.content_key = DigestKey(key, entries.article);
  AddMetadata(BytesField(content, v1::ArticleContent::kMetadataFieldNumber), entries);
  const auto sketch = text::CopySketch(BytesField(content, v1::ArticleContent::kTextFieldNumber));
  if (sketch) entries.sketch = SketchValue(entries.article, *sketch);
}

// What must not come again unasked: marks of 16 bytes, kept under the article that went.
void AddRefused(std::string_view body, std::string_view stream, IndexEntries& entries) {
  const std::optional<std::string> article = ArticleOfStream(stream);
  if (!article) return;
  WireReader reader(body);
  while (reader.Next()) {
    if (reader.field().number != static_cast<uint32_t>(kRefused)) continue;
    if (reader.field().bytes.size() != base::kIdBytes) continue;
    entries.refused_keys.push_back(DigestKey(reader.field().bytes, *article));
  }
}

}  // namespace

IndexEntries EntriesOfHeader(std::string_view event_id, std::string_view type) {
  IndexEntries entries;
  if (type == kAnnotationAdded) entries.annotation = AnnotationKeyOf(event_id);
  return entries;
}

absl::StatusOr<IndexEntries> EntriesOf(std::string_view event_id, std::string_view stream,
                                       std::string_view type, std::string_view body) {
  IndexEntries entries = EntriesOfHeader(event_id, type);
  if (type == kAnnotationAdded) {
    if (BytesField(body, v1::AnnotationAdded::kAnnotationFieldNumber) ==
        IdView(*entries.annotation)) {
      return entries;
    }
    return absl::InvalidArgumentError(
        "an AnnotationAdded carries the id that base::AnnotationIdOf(event id) gives");
  }
  if (type == kContentErased) {
    AddRefused(body, stream, entries);
    return entries;
  }
  const bool first = type == kArticleIngested;
  const bool revised = type == kArticleRevised;
  const bool reextracted = type == kArticleReextracted;
  const bool corrected = type == kMetadataCorrected;
  const bool captured = type == kSourceCaptured;
  if (!first && !revised && !reextracted && !corrected && !captured) return entries;

  const std::optional<std::string> article = ArticleOfStream(stream);
  if (!article || BytesField(body, kArticle) != *article) {
    return absl::InvalidArgumentError(
        fmt::format("{} on stream {} names article {}: the stream is the article's id in hex", type,
                    stream, base::ToHex(BytesField(body, kArticle))));
  }
  entries.article = *article;
  if (captured) {
    const std::string_view digest = BytesField(body, v1::SourceCaptured::kContentSha256FieldNumber);
    const bool here = !BytesField(body, v1::SourceCaptured::kContentFieldNumber).empty();
    if (here && digest.size() >= base::kIdBytes) entries.source_key = DigestKey(digest, *article);
    return entries;
  }
  if (corrected) {
    AddMetadata(BytesField(body, v1::ArticleMetadataCorrected::kMetadataFieldNumber), entries);
    return entries;
  }
  if (!first) {
    entries.content_revision = static_cast<uint32_t>(NumberField(body, kRevision));
  }
  AddContent(BytesField(body, first ? kFirstContent : kLaterContent), entries);
  return entries;
}

}  // namespace verbatim::log
