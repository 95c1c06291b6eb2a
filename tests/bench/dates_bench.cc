// SPDX-License-Identifier: Apache-2.0
// How fast the dates plugin reads: parse and resolve, beside RE2 looking for the same shapes, and
// on inputs made to be slow.
//
//   dates_bench [--rounds N] [--texts DIR]
#include <fmt/format.h>
#include <re2/re2.h>

#include "parse.h"
#include "resolve.h"
#include "tests/bench/text_bench.h"

namespace verbatim::dates {
namespace {

// Names of months and days, numbers with units, years: what a scan for dates would look for, with
// none of the work of reading them.
constexpr const char* kShapes =
    R"((?i)\b(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.? \d{1,2}(?:, \d{4})?)"
    R"(|\d{1,2} (?:january|february|march|april|may|june|july|august|september|october|november|)"
    R"(december)(?: \d{4})?|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
    R"(|(?:to|yester)day|tomorrow|tonight|(?:last|next|this) (?:week|month|year|quarter|spring|)"
    R"(summer|autumn|winter)|\d+ (?:second|minute|hour|day|week|month|year)s?(?: ago)?)"
    R"(|(?:1[0-9]|20)\d{2}|\d{4}-\d{2}-\d{2}|\d{1,2}:\d{2})\b)";

size_t found = 0;  // printed at the end, so that no work can be left out

void Read(std::string_view text) {
  Publication publication;
  publication.day = ToDayNumber(2015, 6, 17);
  found += Resolve(Parse(text), publication).size();
}

void Run(const bench::Options& options) {
  const bench::Corpus corpus = bench::LoadCorpus(options, "eval/dates/dev");
  const RE2 shapes(kShapes);
  bench::CompareOnText(
      options, "dates.text", corpus, [&](size_t text) { Read(corpus.texts[text]); }, "re2",
      [&](size_t text) {
        re2::StringPiece rest(corpus.texts[text]);
        while (RE2::FindAndConsume(&rest, shapes)) ++found;
      });
  for (const auto& [name, piece] : {std::pair<const char*, const char*>{"digits", "7"},
                                    {"years", "1990 "},
                                    {"may", "may "},
                                    {"newlines", "\n"},
                                    {"ago", "two years ago "},
                                    {"commas", "May 1, "},
                                    {"ranges", "3-4-"},
                                    {"the", "the early "}}) {
    bench::PrintGrowth(options, fmt::format("dates.hostile.{}", name), piece, Read);
  }
  fmt::print("# {} expressions and shapes\n", found);
}

}  // namespace
}  // namespace verbatim::dates

int main(int argc, char** argv) {
  const auto options = verbatim::bench::Options::Parse(argc, argv);
  if (options.Wants("P13")) verbatim::dates::Run(options);
  return 0;
}
