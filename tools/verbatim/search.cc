// SPDX-License-Identifier: Apache-2.0
// verbatim search: words or "a phrase" over articles, quotations, statements.
#include <CLI/CLI.hpp>
#include <cstdio>

#include "core/archive/searching.h"
#include "core/base/hex.h"
#include "core/base/time_point.h"
#include "core/schema/control.h"
#include "fmt/format.h"
#include "tools/verbatim/cli.h"
#include "tools/verbatim/exchange.h"
#include "tools/verbatim/points.h"
#include "tools/verbatim/progress.h"

namespace verbatim::tool {
namespace {

// Of a long line: what is shown before the first hit, and in all.
constexpr size_t kBeforeBytes = 60;
constexpr size_t kShownBytes = 220;
constexpr char kMatchColour[] = "\x1b[1;31m";
constexpr char kPlaceColour[] = "\x1b[35m";
constexpr char kNoColour[] = "\x1b[0m";

struct Arguments {
  std::vector<std::string> words;
  std::vector<std::string> in;
  std::string speaker;
  std::string outlet;
  std::string from;
  std::string to;
  std::string as_of;
  size_t limit = 50;
};

absl::StatusOr<archive::SearchRequest> RequestOf(const Arguments& arguments,
                                                 const archive::Archive& archive) {
  archive::SearchRequest request;
  for (const std::string& words : arguments.words) {
    request.words += (request.words.empty() ? "" : " ") + words;
  }
  for (const std::string& where : arguments.in) {
    request.articles = request.articles || where == "articles";
    request.quotes = request.quotes || where == "quotes";
    request.statements = request.statements || where == "statements";
  }
  if (request.statements && (request.articles || request.quotes)) {
    return absl::InvalidArgumentError("statements are quotations: search them alone");
  }
  if (arguments.in.empty()) {
    request.quotes = !arguments.speaker.empty();
    request.articles = arguments.speaker.empty();
  }
  request.speaker = arguments.speaker;
  request.outlet = arguments.outlet;
  const uint64_t now_us = archive.NowUs();
  if (!arguments.from.empty()) {
    VB_ASSIGN_OR_RETURN(const base::Days days, base::ParseDays(arguments.from, now_us));
    request.from_day = days.first;
  }
  if (!arguments.to.empty()) {
    VB_ASSIGN_OR_RETURN(const base::Days days, base::ParseDays(arguments.to, now_us));
    request.to_day = days.last;
  }
  if (!arguments.as_of.empty()) {
    VB_ASSIGN_OR_RETURN(request.as_of, SequenceAt(archive, arguments.as_of));
  }
  request.limit = arguments.limit;
  return request;
}

bool WithinCharacter(std::string_view text, size_t byte) {
  return byte < text.size() && (static_cast<unsigned char>(text[byte]) & 0xC0) == 0x80;
}

// The line around its first hit, the hits marked.
std::string Shown(const search::Hit::Line& line, bool color) {
  size_t begin = 0;
  size_t end = line.text.size();
  if (end > kShownBytes) {
    const size_t first = line.marks.empty() ? 0 : line.marks.front().begin;
    begin = first > kBeforeBytes ? first - kBeforeBytes : 0;
    end = std::min(end, begin + kShownBytes);
    while (begin > 0 && WithinCharacter(line.text, begin)) --begin;
    while (WithinCharacter(line.text, end)) ++end;
  }
  const auto piece = [&](size_t from, size_t to) {
    return schema::ForTerminal(std::string_view(line.text).substr(from, to - from));
  };
  std::string shown = begin > 0 ? "..." : "";
  size_t at = begin;
  for (const text::Range& mark : line.marks) {
    if (!color || mark.begin < at || mark.end > end) continue;
    shown += piece(at, mark.begin) + kMatchColour;
    shown += piece(mark.begin, mark.end) + kNoColour;
    at = mark.end;
  }
  return shown + piece(at, end) + (end < line.text.size() ? "..." : "");
}

void PrintLines(const search::Hit& hit, bool color) {
  for (const search::Hit::Line& line : hit.lines) {
    const std::string place =
        fmt::format("{}:{}", base::ShortId(hit.article),
                    line.number == 0 ? std::string("title") : std::to_string(line.number));
    const std::string who = hit.speaker.empty() ? "" : schema::ForTerminal(hit.speaker) + ": ";
    const std::string out =
        (color ? kPlaceColour + place + kNoColour : place) + ": " + who + Shown(line, color) + "\n";
    std::fwrite(out.data(), 1, out.size(), stdout);
  }
}

void WriteRows(const search::Hit& hit, std::string_view where, schema::RowWriter& rows) {
  for (const search::Hit::Line& line : hit.lines) {
    schema::List hits;
    for (const text::Range& mark : line.marks) {
      hits.emplace_back(schema::Record()
                            .Add("begin_char", text::CountChars(line.text.substr(0, mark.begin)))
                            .Add("end_char", text::CountChars(line.text.substr(0, mark.end))));
    }
    rows.Write(schema::Record()
                   .Add("article", base::ToHex(hit.article))
                   .Add("revision", hit.revision)
                   .Add("line", line.number)
                   .Add("text", line.text)
                   .Add("in", where)
                   .Add("annotation", base::ToHex(hit.annotation))
                   .Add("speaker", hit.speaker)
                   .Add("date", hit.day)
                   .Add("outlet", hit.outlet)
                   .Add("title", hit.title)
                   .Add("score", hit.score)
                   .Add("hits", std::move(hits)));
  }
}

absl::StatusOr<Exit> Run(const Cli& cli, const Arguments& arguments) {
  VB_ASSIGN_OR_RETURN(const auto archive, cli.Open(archive::Access::kRead));
  VB_ASSIGN_OR_RETURN(archive::SearchRequest request, RequestOf(arguments, *archive));
  Progress progress("articles", cli.quiet);
  request.progress = [&](uint64_t done, uint64_t total) { progress.Show(done, total, "indexing"); };
  VB_ASSIGN_OR_RETURN(const archive::SearchResult result, archive::Search(*archive, request));
  progress.Clear();
  const auto rows = cli.Rows({{"article"},
                              {"line"},
                              {"text"},
                              {"in"},
                              {"annotation"},
                              {"speaker"},
                              {"date"},
                              {"outlet"},
                              {"title"},
                              {"score"}});
  const bool table = cli.Format() == schema::Format::kTable;
  for (const search::Hit& hit : result.answer.hits) {
    if (table) {
      PrintLines(hit, cli.Color());
    } else {
      WriteRows(hit,
                request.statements                   ? "statements"
                : hit.kind == search::Kind::kArticle ? "articles"
                                                     : "quotes",
                *rows);
    }
  }
  rows->Finish();
  for (const std::string& note : result.notes) cli.Say(note);
  const search::Answer& answer = result.answer;
  if (answer.undated > 0) cli.Say(fmt::format("{} undated left out", answer.undated));
  if (answer.hits.empty()) {
    cli.Say("nothing found: all words must stand in one text; 'harbo*' finds beginnings");
  }
  if (answer.newest_only) {
    cli.Say(fmt::format("the best {} of the newest {}; older ones match too (--limit 0 ranks all)",
                        answer.hits.size(), answer.matched));
  } else if (answer.matched > answer.hits.size()) {
    cli.Say(
        fmt::format("the best {} of {} (--limit 0 shows all)", answer.hits.size(), answer.matched));
  }
  return answer.hits.empty() ? kNegative : kDone;
}

}  // namespace

void AddSearch(CLI::App& app, Cli& cli) {
  CLI::App* verb = AddVerb(app, "search", "Find words or \"a phrase\", best first",
                           "verbatim search pilots strait\n"
                           "  verbatim search '\"near misses\"' --in quotes --from 2020-01");
  auto arguments = SetRun(verb, cli, &Run);
  verb->add_option("words", arguments->words,
                   "All must be there; \"a phrase\" in quotation marks, a beginning*")
      ->required();
  verb->add_option("--in", arguments->in,
                   "articles (the default), quotes (with --speaker), statements")
      ->delimiter(',')
      ->check(CLI::IsMember({"articles", "quotes", "statements"}));
  verb->add_option("--speaker", arguments->speaker, "Name, last name or alias of who said it");
  verb->add_option("--outlet", arguments->outlet, "Only of this outlet");
  verb->add_option("--from", arguments->from, "First day (2021-10-01), month or year");
  verb->add_option("--to", arguments->to, "Last day, month or year, inclusive");
  verb->add_option("--as-of", arguments->as_of,
                   "As it was at a sequence (1043) or time (2026-11-01, yesterday)");
  verb->add_option("--limit", arguments->limit, "At most so many texts; 0: all")
      ->capture_default_str();
}

}  // namespace verbatim::tool
