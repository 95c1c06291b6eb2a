// SPDX-License-Identifier: Apache-2.0
// Any bytes read for dates: spans lie in the text and apart, the same bytes give the same values,
// the publication date moves no span, and no day is named that no calendar has. The first two bytes
// choose that date.
#include <string>
#include <vector>

#include "document_date.h"
#include "explain.h"
#include "parse.h"
#include "resolve.h"
#include "tests/fuzz/fuzz.h"
#include "verbatim/text/utf8.h"

namespace verbatim::fuzz {
namespace {

constexpr dates::DayNumber kNotAfter = 20000;

// Bytes of the text, begun and ended between characters where the text has any.
void CheckSpan(std::string_view text, bool is_utf8, dates::ByteSpan span) {
  VB_CHECK(span.begin <= span.end && span.end <= text.size(), "a span lies in the text");
  const auto inside = [&](uint32_t at) {
    return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
  };
  VB_CHECK(!is_utf8 || (!inside(span.begin) && !inside(span.end)), "a span splits no character");
}

// Where a value names a day, with or without a time, there is such a day.
void CheckDay(std::string_view value) {
  const auto digit = [&](size_t i) { return value[i] >= '0' && value[i] <= '9'; };
  const bool day = value.size() >= 10 && value[4] == '-' && value[7] == '-' && digit(0) &&
                   digit(3) && digit(5) && digit(6) && digit(8) && digit(9);
  VB_CHECK(!day || dates::ParseIsoDay(value).has_value(), "a day is a day of the calendar");
}

std::string Check(std::string_view text, bool is_utf8, const dates::Resolved& r) {
  CheckSpan(text, is_utf8, r.span);
  CheckSpan(text, is_utf8, r.cue);
  CheckSpan(text, is_utf8, r.basis.span);
  VB_CHECK(r.span.begin < r.span.end && !r.value.empty(), "an expression says something");
  VB_CHECK(r.earliest.empty() || r.latest.empty() || r.earliest < r.latest, "days run forwards");
  for (const std::string& value : {r.value, r.earliest, r.latest, r.basis.value}) CheckDay(value);
  std::string told = std::to_string(r.span.begin) + r.value + r.earliest + r.latest;
  for (const dates::Candidate& candidate : r.candidates) {
    CheckDay(candidate.value);
    told += candidate.value;
  }
  for (const std::string& line : dates::Explain(text, r)) told += line + "\n";
  return told;
}

std::string Read(std::string_view text, const dates::Publication& publication) {
  const bool is_utf8 = text::IsValidUtf8(text);
  const std::vector<dates::Expression> expressions = dates::Parse(text);
  const std::vector<dates::Resolved> values = dates::Resolve(expressions, publication);
  VB_CHECK(values.size() == expressions.size(), "a value for every expression");
  std::string told;
  uint32_t end = 0;
  for (size_t i = 0; i < values.size(); ++i) {
    VB_CHECK(values[i].span.begin >= end, "expressions stand apart");
    VB_CHECK(values[i].span.begin == expressions[i].span.begin, "resolving moves no span");
    end = values[i].span.end;
    told += Check(text, is_utf8, values[i]);
  }
  if (const auto date = dates::InferDocumentDate(text, expressions, publication.not_after)) {
    for (const dates::ByteSpan& span : date->spans) CheckSpan(text, is_utf8, span);
    VB_CHECK(!date->lo || !date->hi || *date->lo <= *date->hi, "an interval runs forwards");
    VB_CHECK(!date->best || !publication.not_after || *date->best <= *publication.not_after,
             "no day after the bound");
    for (const std::string& line : dates::Explain(text, *date)) told += line + "\n";
  }
  return told;
}

}  // namespace

void Run(std::string_view bytes) {
  const uint8_t kind = Take(bytes);
  const uint8_t day = Take(bytes);
  dates::Publication publication;
  if (kind % 4 != 0) publication.day = (kind - 100) * 150 + day;
  if (kind % 2 == 0) publication.not_after = kNotAfter;
  publication.inferred = kind % 4 == 3;
  VB_CHECK(Read(bytes, publication) == Read(bytes, publication), "the same bytes, the same values");
}

}  // namespace verbatim::fuzz
