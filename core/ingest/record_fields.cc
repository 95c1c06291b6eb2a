// SPDX-License-Identifier: Apache-2.0
#include "core/ingest/record_fields.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/base/time_point.h"
#include "core/ingest/blocks.h"
#include "core/ingest/byline.h"
#include "core/ingest/date_text.h"
#include "core/ingest/html_reader.h"
#include "core/ingest/html_tree.h"
#include "core/ingest/html_trim.h"
#include "core/ingest/language.h"
#include "core/ingest/page.h"
#include "core/ingest/text_reader.h"
#include "core/ingest/url.h"

namespace verbatim::ingest {
namespace {

constexpr std::string_view kRecordExtractorVersion = "2";

void SetDate(std::string_view text, const Given& given, const std::string& source,
             v1::DatedValue& into) {
  const auto date = ParseMachineDate(text);
  if (!date || date->day() < "1990") return;
  if (!given.not_after.empty() && date->day() > given.not_after) return;
  into.set_value(date->value);
  into.set_basis(v1::DatedValue::BASIS_METADATA);
  into.set_source(source);
}

// The time in a record of when it was fetched; 0: none.
uint64_t FetchedAt(std::string_view text) {
  const auto date = ParseMachineDate(text);
  if (!date) return 0;
  const auto point = base::ParsePoint(date->value, 0);
  if (!point.ok() || !std::holds_alternative<base::TimeRange>(*point)) return 0;
  return std::get<base::TimeRange>(*point).begin_us;
}

bool IsPage(std::string_view html) {
  constexpr size_t kLookBytes = 1024;
  const std::string head = absl::AsciiStrToLower({html.data(), std::min(html.size(), kLookBytes)});
  return absl::StrContains(head, "<html") || absl::StrContains(head, "<!doctype html");
}

// The record says this field, whatever a page in it said.
void Overrule(const char* field, v1::ArticleMetadata& metadata) {
  auto& sources = *metadata.mutable_sources();
  sources.erase(std::remove_if(sources.begin(), sources.end(),
                               [&](const auto& source) { return source.field() == field; }),
                sources.end());
}

void FillDates(const RecordFields& fields, const Given& given, const std::string& extractor,
               v1::ArticleMetadata& metadata) {
  v1::DatedValue published;
  SetDate(fields.published, given, extractor, published);
  if (!published.value().empty()) *metadata.mutable_published() = published;
  v1::DatedValue modified;
  SetDate(fields.modified, given, extractor, modified);
  if (!modified.value().empty()) *metadata.mutable_modified() = modified;
}

void FillMetadata(const RecordFields& fields, const Given& given, const std::string& extractor,
                  v1::ArticleMetadata& metadata) {
  const auto overrule = [&](const char* field, std::string said, std::string* value) {
    if (said.empty()) return;
    Overrule(field, metadata);
    *value = std::move(said);
  };
  overrule("title", TextOfFragment(fields.title), metadata.mutable_title());
  overrule("description", TextOfFragment(fields.description), metadata.mutable_description());
  overrule("section", Unescape(fields.section), metadata.mutable_section());
  overrule("outlet", SiteName(Unescape(fields.outlet)), metadata.mutable_outlet());
  if (IsLanguageTag(fields.language)) metadata.set_language(fields.language);
  if (const auto url = CanonicalUrl(std::string(absl::StripAsciiWhitespace(fields.url))); url.ok())
    metadata.set_canonical_url(*url);
  if (metadata.outlet().empty()) metadata.set_outlet(SiteOf(metadata.canonical_url()));
  std::vector<std::string> authors;
  for (const std::string& byline : fields.authors) {
    for (std::string& name : AuthorsIn(Unescape(byline), metadata.outlet()))
      authors.push_back(std::move(name));
  }
  if (!authors.empty()) {
    Overrule("authors", metadata);
    metadata.clear_authors();
    for (std::string& name : authors) metadata.add_authors(std::move(name));
  }
  for (const std::string& tag : fields.tags) metadata.add_tags(Unescape(tag));
  FillDates(fields, given, extractor, metadata);
}

}  // namespace

std::string TextOfFragment(std::string_view html) {
  const size_t tag = html.find('<');
  const bool markup =
      tag != std::string_view::npos && html.find_first_of("/>", tag) != std::string_view::npos;
  if (!markup) return Unescape(html);
  std::string text;
  for (const Block& block : BlocksOf(HtmlTree::Parse(TrimHtml(html))))
    absl::StrAppend(&text, text.empty() ? "" : "\n\n", block.text);
  return text;
}

namespace {

// A record that keeps the page as it was fetched is read as that page.
absl::StatusOr<v1::ArticleContent> ContentOf(const RecordFields& fields, const Given& given) {
  v1::ArticleContent content;
  if (!fields.text.empty() || !IsPage(fields.html)) {
    content.set_text(fields.text.empty() ? TextOfFragment(fields.html) : fields.text);
    return content;
  }
  DateBounds bounds;
  bounds.not_after = given.not_after;
  Decoded decoded;
  decoded.text = fields.html;
  decoded.used = "utf-8";
  return ReadHtml(decoded, fields.url, bounds);
}

}  // namespace

absl::StatusOr<Draft> DraftFromFields(const RecordFields& fields, std::string bytes,
                                      std::string_view input_name, const Given& given,
                                      const std::string& extractor) {
  Given settled = given;
  if (settled.fetched_at_us == 0) settled.fetched_at_us = FetchedAt(fields.fetched);
  constexpr uint64_t kDayUs = uint64_t{86'400} * 1'000'000;
  if (settled.fetched_at_us != 0)
    settled.not_after = base::FormatDay(settled.fetched_at_us + kDayUs);
  if (settled.media_type.empty())
    settled.media_type = extractor == "feed" ? "application/xml" : "application/json";
  VB_ASSIGN_OR_RETURN(v1::ArticleContent content, ContentOf(fields, settled));
  if (content.text().find_first_not_of(" \t\r\n") == std::string::npos)
    return absl::InvalidArgumentError(
        "no-text: the record holds no text under a name that is known: text, maintext, content, "
        "body, articleBody, html");
  VB_RETURN_IF_ERROR(CheckPlainText(content.text()));
  FillMetadata(fields, settled, extractor, *content.mutable_metadata());
  content.mutable_extraction()->set_extractor(extractor);
  content.mutable_extraction()->set_version(std::string(kRecordExtractorVersion));
  content.mutable_extraction()->set_charset("utf-8");
  return DraftFromRecord(std::move(content), std::move(bytes), input_name, settled);
}

}  // namespace verbatim::ingest
