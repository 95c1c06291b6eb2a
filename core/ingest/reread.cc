// SPDX-License-Identifier: Apache-2.0
#include "core/ingest/reread.h"

#include <optional>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/ingest/reading.h"

namespace verbatim::ingest {
namespace {

// Whatever a document says of itself has a source; a person's word has none.
std::string IfGiven(const v1::ArticleMetadata& metadata, std::string_view field,
                    const std::string& value) {
  for (const auto& source : metadata.sources()) {
    if (source.field() == field) return "";
  }
  return value;
}

Given GivenBefore(const v1::SourceCaptured& source, const v1::ArticleMetadata& metadata) {
  Given given;
  given.title = IfGiven(metadata, "title", metadata.title());
  given.outlet = IfGiven(metadata, "outlet", metadata.outlet());
  given.language = IfGiven(metadata, "language", metadata.language());
  if (metadata.published().basis() == v1::DatedValue::BASIS_GIVEN)
    given.published = metadata.published().value();
  given.url = source.url();
  given.media_type = source.media_type();
  given.fetched_at_us = source.fetched_at_us();
  given.record = source.record();
  return given;
}

// The one article of a container.
class Only {
 public:
  OnReading Taker() {
    return [this](Reading reading) {
      if (reading.draft) draft_ = reading.draft();
      return absl::OkStatus();
    };
  }
  absl::StatusOr<Draft> Take(const absl::Status& read) {
    if (!read.ok()) return read;
    if (!draft_) return absl::InvalidArgumentError("no-article: the record holds none any more");
    return *std::move(draft_);
  }

 private:
  std::optional<absl::StatusOr<Draft>> draft_;
};

// A record was kept as it stood; what stood around it was not.
std::string AsFeed(const std::string& item) {
  const bool json = item.substr(0, 1) == "{";
  return json ? absl::StrCat("{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[", item,
                             "]}")
              : absl::StrCat("<rss><channel>", item, "</channel></rss>");
}

absl::StatusOr<Draft> Read(const v1::SourceCaptured& source, const std::string& extractor,
                           const Given& given) {
  if (extractor != "jsonl" && extractor != "feed")
    return DraftFromBytes(source.content(), source.input(), given);
  Only only;
  if (extractor == "jsonl") {
    ByteStream stream = ByteStream::Of(source.content());
    return only.Take(ReadJsonLines(stream, source.input(), given, 0, only.Taker()));
  }
  ByteStream stream = ByteStream::Of(AsFeed(source.content()));
  return only.Take(ReadFeed(stream, source.input(), given, only.Taker()));
}

}  // namespace

absl::StatusOr<Draft> DraftAgain(const v1::SourceCaptured& source, const v1::ArticleContent& before,
                                 std::string not_after) {
  const v1::ArticleMetadata& known = before.metadata();
  Given given = GivenBefore(source, known);
  given.not_after = std::move(not_after);
  VB_ASSIGN_OR_RETURN(Draft draft, Read(source, before.extraction().extractor(), given));
  v1::ArticleMetadata& metadata = *draft.content.mutable_metadata();
  // A feed says once for all its items who publishes them.
  if (metadata.outlet().empty()) metadata.set_outlet(known.outlet());
  // The first date is kept where the bytes give none: it was found in the text, or given.
  if (!metadata.has_published() && known.has_published())
    *metadata.mutable_published() = known.published();
  // An article keeps the address that it is known by.
  metadata.set_canonical_url(known.canonical_url());
  draft.content.set_source(before.source());
  return draft;
}

bool ReadsOtherwise(const v1::ArticleContent& a, const v1::ArticleContent& b) {
  const auto shown = [](v1::ArticleContent content) {
    content.clear_extraction();
    content.clear_source();
    return content.SerializeAsString();
  };
  return shown(a) != shown(b);
}

}  // namespace verbatim::ingest
