// SPDX-License-Identifier: Apache-2.0
// The statements of an archive as people read them: by side and matter, in the order in which they
// were said, the reports of one saying together, each saying with what changed since the one before
// it in its thread. From the rows of the view `statements`; no plugin is needed.
//
//   VB_ASSIGN_OR_RETURN(Timeline timeline, ReadTimeline(rows, registry, query));
//   std::fputs(TimelineText(timeline, {.width_columns = 100, .color = true}).c_str(), stdout);
#ifndef VERBATIM_CORE_AUDIT_TIMELINE_H_
#define VERBATIM_CORE_AUDIT_TIMELINE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/audit/view_rows.h"
#include "core/base/status.h"
#include "core/schema/registry.h"
#include "core/view/query.h"

namespace verbatim::audit {

// One row of the view. Fields as the row has them; ids in hex.
struct Report {
  view::AnsweredRow row;
  std::string matter;
  std::string thread;
  std::string topic;
  std::string side;
  std::string speaker;
  std::string said_on;  // a day; empty: undated
  std::string basis;    // STATED INFERRED ARTICLE_DATE UNKNOWN
  std::string kind;     // DIRECT MIXED INDIRECT
  std::string text;
  std::string article;
  std::string title;
  std::string outlet;
  std::string annotation;
  uint32_t begin_byte = 0;  // of the quotation, in its article
  std::string segment;
  std::string utterance;
  std::string relation;
  std::string previous;  // annotation; empty: the first of its thread
  std::string previous_segment;
  std::vector<std::string> labels;
  std::vector<std::string> evidence;
  std::vector<std::string> variant;
  std::string diff;
  size_t sources = 1;  // articles that print it
  // Their outlets or titles, this one's first, and their ids; empty: it alone.
  std::vector<std::string> printed_by;
  std::vector<std::string> printed_in;
};

// Reports of one utterance, in the order of the view.
struct Saying {
  std::vector<Report> reports;
  size_t fullest = 0;         // direct before mixed before indirect, then the longest
  std::string since;          // day of the saying that `diff` compares with, as Day() shows it
  std::string since_speaker;  // of it, where it is printed another way
};

struct Matter {
  std::string id;
  std::string topic;
  std::string side;
  std::vector<Saying> sayings;  // by day, undated last
};

struct Timeline {
  std::vector<Matter> matters;  // by side, then by first day
  size_t undated = 0;           // statements left out because days were asked for
  std::vector<std::string> names_taken;
  std::vector<std::string> came_near;
};

struct TimelineQuery {
  std::string speaker;  // as `view --where speaker=`; empty: everybody
  std::string matter;   // prefix of its id, else words of its title or of a statement in it
  std::string from_day;
  std::string to_day;  // both inclusive
  bool undated = false;
  uint64_t as_of = view::kNow;
  std::function<std::vector<std::string>(std::string_view name)> keys_of_name;
};

// Keeps those whose id begins so; where none does, those with the words in their title or in a
// statement. kInvalidArgument: several ids begin so.
absl::Status KeepMatters(const std::string& asked, std::vector<Matter>* matters);

// kInvalidArgument: the rows are not those of statements, or query.matter begins several ids; what
// view::Ask returns.
absl::StatusOr<Timeline> ReadTimeline(const view::Generation& generation,
                                      schema::Registry& registry, const TimelineQuery& query);

struct TimelineStyle {
  size_t width_columns = 0;  // 0: 100
  bool color = false;
};

// Days as stated, with "?" where the article only lets one infer them, "by ..." where its date
// bounds them, "undated". Direct words stand in quotation marks.
std::string TimelineText(const Timeline& timeline, const TimelineStyle& style);

// "2021-10-20", "2021-10-20?", "by 2021-10-20", "undated".
std::string ShowDay(const Report& report);

// Its day is not when it was said, but the last on which it can have been.
bool IsBound(const Report& report);
// Nothing of the old words was kept: such a diff says no more than the words themselves.
bool IsWholesale(std::string_view diff);
// Labels and a diff say how it differs from the saying before: not of another report of one saying,
// not of another event, and not of another sentence of one speech.
bool IsCompared(const Report& report);
// Said again, reported again or printed by others; or said before the days that were asked for.
bool Recurs(const Matter& matter);
// "the same in Coast Courier, The Ferryman (2 articles) and 3 more": the other articles that print
// this very report; empty: none.
std::string OtherPrinters(const Report& report);

}  // namespace verbatim::audit

#endif  // VERBATIM_CORE_AUDIT_TIMELINE_H_
