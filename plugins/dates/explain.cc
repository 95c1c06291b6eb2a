// SPDX-License-Identifier: Apache-2.0
// See explain.h.
#include "explain.h"

#include "rules.h"

namespace verbatim::dates {
namespace {

std::string Quoted(std::string_view text, ByteSpan span) {
  return "\"" + std::string(text.substr(span.begin, span.end - span.begin)) + "\"";
}

std::string BasisLine(std::string_view text, const Basis& basis) {
  switch (basis.kind) {
    case BasisKind::kNone:
      return "";
    case BasisKind::kGiven:
      return "seen from the publication date " + basis.value;
    case BasisKind::kInferred:
      return "seen from the date that the text gives for itself, " + basis.value;
    case BasisKind::kMention:
      return "seen from " + Quoted(text, basis.span) + " = " + basis.value;
    case BasisKind::kCalendar:
      return "the weekday agrees with the calendar";
  }
  return "";
}

}  // namespace

const char* ResolutionName(Resolution resolution) {
  static constexpr const char* kNames[] = {"",         "EXPLICIT",  "CHECKED",    "ANCHORED",
                                           "INFERRED", "AMBIGUOUS", "UNRESOLVED", "CONTRADICTORY"};
  return kNames[static_cast<size_t>(resolution)];
}

float ConfidenceOf(const Resolved& value) {
  static constexpr float kByClass[] = {0.0F, 0.98F, 0.98F, 0.9F, 0.75F, 0.5F, 0.6F, 0.3F};
  return kByClass[static_cast<size_t>(value.resolution)];
}

std::vector<std::string> Explain(std::string_view text, const Resolved& value) {
  std::vector<std::string> lines;
  lines.push_back("rule " + std::string(value.rule) + " of rule set " + RuleSetVersion());
  std::string resolved = std::string(ResolutionName(value.resolution)) + ": " + value.value;
  if (!value.underspecified.empty()) resolved += ", by itself " + value.underspecified;
  lines.push_back(resolved);
  if (std::string basis = BasisLine(text, value.basis); !basis.empty())
    lines.push_back(std::move(basis));
  if (value.heading == Heading::kPast || value.heading == Heading::kFuture) {
    lines.push_back((value.heading == Heading::kPast ? "past, by " : "future, by ") +
                    Quoted(text, value.cue));
  } else if (value.heading == Heading::kNearest) {
    lines.push_back("no word says past or future: the nearest that news would mean");
  }
  if (value.boilerplate) lines.push_back("page furniture: what a page says of itself");
  for (const Candidate& candidate : value.candidates) {
    lines.push_back("or " + candidate.value + ": " + candidate.why);
  }
  return lines;
}

std::vector<std::string> Explain(std::string_view text, const DocumentDate& date) {
  std::vector<std::string> lines;
  lines.push_back((date.stated ? "stated: " : "inferred: ") + date.why);
  for (const ByteSpan& span : date.spans) lines.push_back("from " + Quoted(text, span));
  for (const Candidate& candidate : date.candidates) {
    lines.push_back("or " + candidate.value + ": " + candidate.why);
  }
  return lines;
}

}  // namespace verbatim::dates
