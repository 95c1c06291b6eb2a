// SPDX-License-Identifier: Apache-2.0
#include "core/exchange/found.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "core/exchange/event_line.h"

namespace verbatim::exchange {
namespace {

bool Has(std::string_view text, std::string_view what) {
  return text.find(what) != std::string_view::npos;
}

// "T1<TAB>Quote 3 7<TAB>words", or another line of standoff.
bool IsStandoff(std::string_view line) {
  return line.size() > 2 && std::string_view("TRAEN#*M").find(line[0]) != std::string_view::npos &&
         (line[0] == '*' || (line[1] >= '0' && line[1] <= '9')) && Has(line, "\t");
}

}  // namespace

absl::StatusOr<FoundFormat> FoundFormatNamed(std::string_view name) {
  if (name == "jsonl") return FoundFormat::kEvents;
  if (name == "webannotation") return FoundFormat::kWebAnnotation;
  if (name == "brat") return FoundFormat::kBrat;
  if (name == "timeml") return FoundFormat::kTimeml;
  return absl::InvalidArgumentError(
      absl::StrCat("nothing is imported as '", std::string(name),
                   "': there are jsonl, webannotation, brat, timeml (--by says who decides)"));
}

std::optional<FoundFormat> Recognise(std::string_view beginning) {
  const size_t first = beginning.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  if (first == std::string_view::npos) return std::nullopt;
  const std::string_view text = beginning.substr(first);
  if (text[0] == '<') {
    return Has(text, "<TimeML") ? std::optional(FoundFormat::kTimeml) : std::nullopt;
  }
  if (text[0] == '{' || text[0] == '[') {
    const std::string_view line = text.substr(0, text.find('\n'));
    if (BeginsEvents(line) || Has(line, "\"header_bytes\"")) return FoundFormat::kEvents;
    const bool web = Has(text, "ns/anno.jsonld") || Has(text, "\"Annotation");
    return web ? std::optional(FoundFormat::kWebAnnotation) : std::nullopt;
  }
  return IsStandoff(text.substr(0, text.find('\n'))) ? std::optional(FoundFormat::kBrat)
                                                     : std::nullopt;
}

std::string WhereOf(std::string_view file, uint64_t line) {
  return line == 0 ? std::string(file) : absl::StrCat(std::string(file), ", line ", line);
}

}  // namespace verbatim::exchange
