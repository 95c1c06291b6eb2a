// SPDX-License-Identifier: Apache-2.0
// What people and files say: points in time, URLs, plain text, gzip.
#include <string>

#include "core/base/time_point.h"
#include "core/ingest/text_reader.h"
#include "core/ingest/url.h"
#include "tests/fuzz/fuzz.h"
#include "verbatim/text/utf8.h"

namespace verbatim::fuzz {
namespace {

constexpr uint64_t kNowUs = 1'800'000'000'000'000;

void Times(std::string_view text) {
  if (const auto point = base::ParsePoint(text, kNowUs); point.ok()) {
    if (const auto* range = std::get_if<base::TimeRange>(&*point)) {
      VB_CHECK(range->begin_us <= range->end_us, "a range runs forwards");
      base::FormatTime(range->begin_us);
    }
  }
  if (const auto days = base::ParseDays(text, kNowUs); days.ok()) {
    VB_CHECK(days->first <= days->last, "days run forwards");
  }
  if (const auto published = base::ParsePublished(text); published.ok()) {
    VB_CHECK(base::ParsePublished(*published).value() == *published, "one writing of a day");
  }
}

}  // namespace

void Run(std::string_view bytes) {
  const uint8_t kind = Take(bytes);
  if (kind % 3 == 0) Times(bytes);
  if (kind % 3 == 1) {
    if (const auto url = ingest::CanonicalUrl(bytes); url.ok()) {
      VB_CHECK(ingest::CanonicalUrl(*url).value() == *url, "canonical is canonical");
    }
    ingest::ResolveUrl("https://news.example/a/b", bytes);
  }
  if (kind % 3 == 2) {
    if (ingest::CheckPlainText(bytes).ok()) {
      VB_CHECK(text::IsValidUtf8(bytes), "text is UTF-8");
    }
    ingest::Expand(std::string(bytes)).IgnoreError();
  }
}

}  // namespace verbatim::fuzz
