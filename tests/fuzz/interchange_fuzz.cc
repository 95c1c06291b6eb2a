// SPDX-License-Identifier: Apache-2.0
// Files of other programs, and events of other archives: Web Annotations, brat (the annotations, a
// NUL, the text), TimeML, a line of exported events.
#include "core/exchange/event_line.h"
#include "core/exchange/found.h"
#include "core/schema/registry.h"
#include "tests/fuzz/fuzz.h"
#include "verbatim/text/utf8.h"

namespace verbatim::fuzz {
namespace {

void CheckSpans(const std::vector<exchange::FoundSpan>& spans) {
  for (const exchange::FoundSpan& span : spans) {
    VB_CHECK(span.begin_char <= span.end_char, "a span ends after it begins");
    VB_CHECK(text::IsValidUtf8(span.exact), "its words are UTF-8");
  }
}

void CheckFound(const absl::StatusOr<exchange::FoundFile>& file) {
  if (!file.ok()) {
    VB_CHECK(file.status().message().substr(0, 5) == "input", "what is said of a file names it");
    return;
  }
  for (const exchange::FoundArticle& article : file->articles) {
    VB_CHECK(text::IsValidUtf8(article.text), "a text is UTF-8");
    for (const exchange::Found& found : article.annotations) {
      VB_CHECK(!found.type.empty(), "an annotation has a type");
      VB_CHECK(!found.spans.empty(), "an annotation has a place");
      CheckSpans(found.spans);
      for (const auto& [field, spans] : found.places) CheckSpans(spans);
    }
  }
}

}  // namespace

void Run(std::string_view bytes) {
  static const auto* const registry = new schema::Registry;
  const uint8_t kind = Take(bytes) % 4;
  exchange::Recognise(bytes);
  if (kind == 0) {
    CheckFound(exchange::ReadWebAnnotations(std::string(bytes), "input"));
  } else if (kind == 1) {
    const size_t end = bytes.find('\0');
    const std::string_view text = end == bytes.npos ? std::string_view() : bytes.substr(end + 1);
    CheckFound(exchange::ReadBrat(bytes.substr(0, end), text, "input", *registry));
  } else if (kind == 2) {
    CheckFound(exchange::ReadTimeml(bytes, "input"));
  } else {
    exchange::EventLineReader reader;
    const auto line = reader.Read(bytes);
    if (line.ok() && line->whole) VB_CHECK(line->whole->root.size() == 32, "a root has 32 bytes");
  }
}

}  // namespace verbatim::fuzz
