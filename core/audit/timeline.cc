// SPDX-License-Identifier: Apache-2.0
// Rows come by matter and thread; what is left to do is to put them together by saying and day.
#include "core/audit/timeline.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/base/hex.h"
#include "core/schema/fields.h"
#include "verbatim/text/fold.h"

namespace verbatim::audit {
namespace {

constexpr size_t kIdPrefixMin = 4;  // fewer letters are a word

// Reads one row after the other.
class ReportReader {
 public:
  explicit ReportReader(const schema::Descriptor& type) : type_(type) {}

  absl::StatusOr<Report> Read(view::AnsweredRow row) {
    Report report;
    const schema::Message& message = *row.message;
    for (const auto& [field, member] : Texts()) {
      VB_ASSIGN_OR_RETURN(const schema::FieldPath* const path, Path(field));
      report.*member = schema::TextAt(message, *path);
    }
    for (const auto& [field, member] : Lists()) {
      const schema::FieldPath* const path = PathIfThere(field);
      if (path == nullptr) continue;
      for (const schema::Value& value : schema::ValuesAt(message, *path)) {
        (report.*member).push_back(schema::TextOf(value));
      }
    }
    VB_ASSIGN_OR_RETURN(const schema::FieldPath* const begin, Path("begin_byte"));
    if (!absl::SimpleAtoi(schema::TextAt(message, *begin), &report.begin_byte))
      report.begin_byte = 0;
    const schema::FieldPath* const sources = PathIfThere("sources");
    if (sources == nullptr ||
        !absl::SimpleAtoi(schema::TextAt(message, *sources), &report.sources)) {
      report.sources = 1;
    }
    report.row = std::move(row);
    return report;
  }

 private:
  using Text = std::pair<std::string_view, std::string Report::*>;
  using TextList = std::pair<std::string_view, std::vector<std::string> Report::*>;

  static const std::vector<Text>& Texts() {
    static const std::vector<Text> texts = {{"matter", &Report::matter},
                                            {"thread", &Report::thread},
                                            {"topic", &Report::topic},
                                            {"side", &Report::side},
                                            {"speaker", &Report::speaker},
                                            {"said_on", &Report::said_on},
                                            {"said_on_basis", &Report::basis},
                                            {"kind", &Report::kind},
                                            {"text", &Report::text},
                                            {"article", &Report::article},
                                            {"title", &Report::title},
                                            {"outlet", &Report::outlet},
                                            {"annotation", &Report::annotation},
                                            {"segment", &Report::segment},
                                            {"utterance", &Report::utterance},
                                            {"relation", &Report::relation},
                                            {"previous", &Report::previous},
                                            {"previous_segment", &Report::previous_segment},
                                            {"diff", &Report::diff}};
    return texts;
  }
  static const std::vector<TextList>& Lists() {
    static const std::vector<TextList> lists = {{"labels", &Report::labels},
                                                {"label_evidence", &Report::evidence},
                                                {"variant", &Report::variant},
                                                {"printed_by", &Report::printed_by},
                                                {"printed_in", &Report::printed_in}};
    return lists;
  }

  absl::StatusOr<const schema::FieldPath*> Path(std::string_view field) {
    const auto known = paths_.find(field);
    if (known != paths_.end()) return &known->second;
    VB_ASSIGN_OR_RETURN(schema::FieldPath path, schema::FindField(type_, field));
    return &paths_.emplace(field, std::move(path)).first->second;
  }

  // The build of the plugin that an archive has pinned may be older than a field.
  const schema::FieldPath* PathIfThere(std::string_view field) {
    const auto path = Path(field);
    return path.ok() ? *path : nullptr;
  }

  const schema::Descriptor& type_;
  std::map<std::string, schema::FieldPath, std::less<>> paths_;
};

auto WhenSaid(const Report& report) {
  return std::make_tuple(report.said_on.empty(), std::string_view(report.said_on), IsBound(report));
}

auto InOrder(const Report& report) {
  return std::tuple_cat(WhenSaid(report),
                        std::make_tuple(std::string_view(report.article), report.begin_byte));
}

size_t FullestOf(const std::vector<Report>& reports) {
  const auto rank = [](const Report& report) {
    const int words = report.kind == "DIRECT" ? 2 : report.kind == "MIXED" ? 1 : 0;
    return std::make_pair(words, report.text.size());
  };
  size_t best = 0;
  for (size_t n = 1; n < reports.size(); ++n) {
    if (rank(reports[n]) > rank(reports[best])) best = n;
  }
  return best;
}

// A statement is named by its annotation and the number of its segment there.
using Name = std::pair<std::string_view, std::string_view>;

void NameWhatCameBefore(const std::map<Name, const Report*>& by_name, Saying* saying) {
  const Report& first = saying->reports.front();
  const auto before = by_name.find(Name(first.previous, first.previous_segment));
  if (before == by_name.end()) return;
  saying->since = ShowDay(*before->second);
  if (before->second->speaker != first.speaker) saying->since_speaker = before->second->speaker;
}

// Reports of one thread, in the order of the view.
void AddThread(std::vector<Report> reports, Matter* matter) {
  std::vector<Saying> sayings;
  for (Report& report : reports) {
    if (sayings.empty() || report.relation != "SAME_UTTERANCE") sayings.emplace_back();
    sayings.back().reports.push_back(std::move(report));
  }
  std::map<Name, const Report*> by_name;
  for (const Saying& saying : sayings) {
    for (const Report& report : saying.reports) {
      by_name.emplace(Name(report.annotation, report.segment), &report);
    }
  }
  for (Saying& saying : sayings) {
    saying.fullest = FullestOf(saying.reports);
    NameWhatCameBefore(by_name, &saying);
  }
  std::move(sayings.begin(), sayings.end(), std::back_inserter(matter->sayings));
}

std::vector<Matter> GroupByMatter(std::vector<Report> reports) {
  std::map<std::string, std::map<std::string, std::vector<Report>>> matters;
  for (Report& report : reports) matters[report.matter][report.thread].push_back(std::move(report));
  std::vector<Matter> grouped;
  for (auto& [id, threads] : matters) {
    Matter matter;
    matter.id = id;
    for (auto& [thread, members] : threads) AddThread(std::move(members), &matter);
    std::stable_sort(matter.sayings.begin(), matter.sayings.end(),
                     [](const Saying& a, const Saying& b) {
                       return InOrder(a.reports.front()) < InOrder(b.reports.front());
                     });
    matter.topic = matter.sayings.front().reports.front().topic;
    matter.side = matter.sayings.front().reports.front().side;
    grouped.push_back(std::move(matter));
  }
  return grouped;
}

bool IsHex(std::string_view text) {
  return text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

// `words`, folded, where a word begins: "rate" is in "Rates" and not in "tolerate".
bool Holds(std::string_view text, const std::string& words) {
  const std::string folded = text::Fold(text);
  for (size_t at = folded.find(words); at != std::string::npos; at = folded.find(words, at + 1)) {
    if (at == 0 || !absl::ascii_isalnum(static_cast<unsigned char>(folded[at - 1]))) return true;
  }
  return false;
}

bool HasWords(const Matter& matter, const std::string& words) {
  if (Holds(matter.topic, words)) return true;
  return std::any_of(matter.sayings.begin(), matter.sayings.end(), [&](const Saying& saying) {
    return std::any_of(saying.reports.begin(), saying.reports.end(),
                       [&](const Report& report) { return Holds(report.text, words); });
  });
}

// A saying stays when one of its reports falls within the days.
void KeepDays(const TimelineQuery& query, Timeline* timeline) {
  if (query.from_day.empty() && query.to_day.empty()) return;
  const auto outside = [&](const Saying& saying) {
    return std::none_of(saying.reports.begin(), saying.reports.end(), [&](const Report& report) {
      if (report.said_on.empty()) return query.undated;
      return report.said_on >= query.from_day &&
             (query.to_day.empty() || report.said_on <= query.to_day);
    });
  };
  for (Matter& matter : timeline->matters) {
    for (const Saying& saying : matter.sayings) {
      if (!query.undated && saying.reports.front().said_on.empty()) {
        timeline->undated += saying.reports.size();
      }
    }
    std::erase_if(matter.sayings, outside);
  }
  std::erase_if(timeline->matters, [](const Matter& matter) { return matter.sayings.empty(); });
}

// Words from one occasion that have little in common, and no label that says more than that: two
// sentences of a speech, and no change.
bool IsAnotherSentence(const Report& report) {
  static constexpr std::string_view kOfWords[] = {"reworded", "extended", "shortened"};
  return report.relation == "SAME_EVENT" && (report.diff.empty() || IsWholesale(report.diff)) &&
         std::all_of(report.labels.begin(), report.labels.end(), [](const std::string& label) {
           return std::find(std::begin(kOfWords), std::end(kOfWords), label) != std::end(kOfWords);
         });
}

}  // namespace

std::string ShowDay(const Report& report) {
  if (report.said_on.empty()) return "undated";
  if (report.basis == "STATED") return report.said_on;
  if (report.basis == "INFERRED") return report.said_on + "?";
  return "by " + report.said_on;
}

bool IsBound(const Report& report) {
  return report.basis != "STATED" && report.basis != "INFERRED";
}

bool IsWholesale(std::string_view diff) {
  const size_t kept = diff.find("-] {+");
  return diff.rfind("[-", 0) == 0 && kept != std::string_view::npos && diff.size() >= 2 &&
         diff.substr(diff.size() - 2) == "+}" && diff.find("[-", 2) == std::string_view::npos &&
         diff.find("{+", kept + 5) == std::string_view::npos;
}

bool IsCompared(const Report& report) {
  return !IsAnotherSentence(report) && !report.relation.empty() &&
         report.relation != "UNSPECIFIED" && report.relation != "SAME_UTTERANCE" &&
         report.relation != "DIFFERENT_EVENT";
}

bool Recurs(const Matter& matter) {
  const Saying& first = matter.sayings.front();
  return matter.sayings.size() > 1 || first.reports.size() > 1 || !first.since.empty() ||
         first.reports.front().sources > 1;
}

std::string OtherPrinters(const Report& report) {
  std::vector<std::pair<std::string, size_t>> others;  // with the articles of each
  for (size_t n = 1; n < report.printed_by.size(); ++n) {
    std::string name = report.printed_by[n];
    if (name.empty() && n < report.printed_in.size()) {
      name = "article " + report.printed_in[n].substr(0, base::kShortIdChars);
    }
    const auto known = std::find_if(others.begin(), others.end(),
                                    [&](const auto& other) { return other.first == name; });
    if (known == others.end()) {
      others.emplace_back(std::move(name), 1);
    } else {
      ++known->second;
    }
  }
  if (others.empty()) return "";
  const auto named = [](std::string* out, const std::pair<std::string, size_t>& other) {
    absl::StrAppend(out, other.first);
    if (other.second > 1) absl::StrAppend(out, " (", other.second, " articles)");
  };
  const size_t left_out = report.sources - std::min(report.sources, report.printed_by.size());
  return absl::StrCat("the same in ", absl::StrJoin(others, ", ", named),
                      left_out > 0 ? absl::StrCat(" and ", left_out, " more") : "");
}

absl::Status KeepMatters(const std::string& asked, std::vector<Matter>* matters) {
  const std::string words = text::Fold(asked);
  const auto has_id = [&](const Matter& matter) { return matter.id.rfind(words, 0) == 0; };
  const bool hex = asked.size() >= kIdPrefixMin && IsHex(asked);
  const auto named = hex ? std::count_if(matters->begin(), matters->end(), has_id) : 0;
  if (named > 1) {
    std::string candidates;
    for (const Matter& matter : *matters) {
      if (has_id(matter)) absl::StrAppend(&candidates, "\n  ", matter.id, "  ", matter.topic);
    }
    return absl::InvalidArgumentError(
        absl::StrCat("'", asked, "' begins the ids of ", named,
                     " matters; type more of the one you mean:", candidates));
  }
  std::erase_if(*matters, [&](const Matter& matter) {
    return named == 1 ? !has_id(matter) : !HasWords(matter, words);
  });
  return absl::OkStatus();
}

absl::StatusOr<Timeline> ReadTimeline(const view::Generation& generation,
                                      schema::Registry& registry, const TimelineQuery& query) {
  view::Query ask;
  ask.as_of = query.as_of;
  ask.keys_of_name = query.keys_of_name;
  if (!query.speaker.empty()) ask.where.push_back({"speaker", view::Op::kEqual, query.speaker});
  VB_ASSIGN_OR_RETURN(view::Answer answer, view::Ask(generation, registry, ask));
  Timeline timeline;
  timeline.names_taken = std::move(answer.names_taken);
  timeline.came_near = std::move(answer.came_near);
  if (answer.rows.empty()) return timeline;

  ReportReader reader(*answer.rows.front().message->GetDescriptor());
  std::vector<Report> reports;
  for (view::AnsweredRow& row : answer.rows) {
    VB_ASSIGN_OR_RETURN(reports.emplace_back(), reader.Read(std::move(row)));
  }
  timeline.matters = GroupByMatter(std::move(reports));
  if (!query.matter.empty()) VB_RETURN_IF_ERROR(KeepMatters(query.matter, &timeline.matters));
  KeepDays(query, &timeline);
  std::stable_sort(
      timeline.matters.begin(), timeline.matters.end(), [](const Matter& a, const Matter& b) {
        const auto order = [](const Matter& m) {
          return std::make_tuple(text::Fold(m.side), WhenSaid(m.sayings.front().reports.front()));
        };
        return order(a) < order(b);
      });
  return timeline;
}

}  // namespace verbatim::audit
