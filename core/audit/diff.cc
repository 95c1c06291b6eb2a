// SPDX-License-Identifier: Apache-2.0
#include "core/audit/diff.h"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <utility>

#include "core/article/article_state.h"
#include "core/audit/changes.h"
#include "core/base/hex.h"
#include "core/base/ids.h"

namespace verbatim::audit {
namespace {

using article::AnnotationPtr;
using schema::Record;

using OpenedPtr = std::shared_ptr<const Opened>;

// Articles (hex) with an event in the stretch.
absl::StatusOr<std::set<std::string>> TouchedArticles(const log::Snapshot& snapshot,
                                                      const DiffRange& range,
                                                      const DiffFilter& filter) {
  std::set<std::string> touched;
  if (!filter.article.empty()) return std::set<std::string>{base::ToHex(filter.article)};
  VB_RETURN_IF_ERROR(
      snapshot.ScanHeaders(range.from + 1, range.to, [&](uint64_t, const log::HeaderView& header) {
        const bool article = header.stream.size() == 2 * base::kIdBytes;
        if (article && article::ArticleState::MattersToViews(header.type)) {
          touched.emplace(header.stream);
        }
        return true;
      }));
  return touched;
}

// One annotation at both ends, and which event last changed which of its fields in between.
struct Between {
  AnnotationPtr before;
  AnnotationPtr after;
  std::map<std::string, OpenedPtr> events;
  OpenedPtr last;
};

bool IsThere(const AnnotationPtr& annotation) {
  return annotation != nullptr && annotation->status != v1::ANNOTATION_STATUS_REJECTED &&
         annotation->status != v1::ANNOTATION_STATUS_RETRACTED;
}

void Note(const schema::Registry& registry, const Folded& folded, Between* between) {
  const article::Change& change = *folded.applied.change;
  const auto event = std::make_shared<const Opened>(Opened{.sequence = folded.event.sequence,
                                                           .header = folded.event.header,
                                                           .body = folded.event.body,
                                                           .message = nullptr,
                                                           .erasure = std::nullopt});
  between->last = event;
  for (const FieldChange& field : StateChanges(registry, change.before.get(), *change.after)) {
    between->events[field.field] = event;
  }
}

class Differ {
 public:
  Differ(const log::Snapshot& snapshot, const schema::Registry& registry, const DiffRange& range,
         const DiffFilter& filter)
      : snapshot_(snapshot), registry_(registry), range_(range), filter_(filter) {}

  absl::Status Article(const std::string& article_hex) {
    std::map<std::string, Between> annotations;
    VB_RETURN_IF_ERROR(
        FoldStream(snapshot_, registry_, base::FromHex(article_hex).value_or(""), range_.to,
                   Reading::kWhatMattersToViews, [&](const Folded& folded) {
                     if (folded.event.sequence <= range_.from) {
                       if (folded.applied.change) {
                         const AnnotationPtr& after = folded.applied.change->after;
                         annotations[after->id].before = after;
                         annotations[after->id].after = after;
                       }
                     } else if (folded.applied.change) {
                       Between& between = annotations[folded.applied.change->after->id];
                       between.after = folded.applied.change->after;
                       Note(registry_, folded, &between);
                     }
                   }));
    for (const auto& [id, between] : annotations) {
      if (between.last == nullptr) continue;
      VB_RETURN_IF_ERROR(Annotation(between));
    }
    return absl::OkStatus();
  }

  std::vector<Record> Take() {
    std::stable_sort(rows_.begin(), rows_.end(),
                     [](const Keyed& a, const Keyed& b) { return a.sequence < b.sequence; });
    std::vector<Record> rows;
    for (Keyed& keyed : rows_) rows.push_back(std::move(keyed.row));
    return rows;
  }

 private:
  struct Keyed {
    uint64_t sequence;
    Record row;
  };

  absl::Status Annotation(const Between& between) {
    const AnnotationPtr& any = between.after ? between.after : between.before;
    if (!filter_.type.empty() && filter_.type != any->type() &&
        filter_.type != ShortType(any->type())) {
      return absl::OkStatus();
    }
    const bool was = IsThere(between.before);
    const bool is = IsThere(between.after);
    if (!was && !is) return absl::OkStatus();
    if (was && is) return Changed(between);
    const auto decided = between.events.find("status");
    const OpenedPtr& event = decided == between.events.end() ? between.last : decided->second;
    if (is) return Add(event, "added", {"", "", WordsOf(between.after->value->anchor)}, *any);
    return Add(event, "removed", {"", WordsOf(between.before->value->anchor), ""}, *any);
  }

  absl::Status Changed(const Between& between) {
    for (const FieldChange& change :
         StateChanges(registry_, between.before.get(), *between.after)) {
      const auto event = between.events.find(change.field);
      VB_RETURN_IF_ERROR(Add(event == between.events.end() ? between.last : event->second,
                             "changed", change, *between.after));
    }
    return absl::OkStatus();
  }

  absl::Status Add(const OpenedPtr& event, std::string_view what, const FieldChange& change,
                   const article::AnnotationState& annotation) {
    VB_ASSIGN_OR_RETURN(const Opened opened, Open(snapshot_, registry_, event->sequence));
    Record row = StepRow(opened, what, change);
    row.Add("diff", DiffText(change.before, change.after));
    row.Add("annotation", base::ToHex(annotation.id));
    row.Add("article", base::ToHex(annotation.value->anchor.article()));
    row.Add("type", annotation.type());
    row.Add("status", article::StatusName(annotation.status));
    row.Add("text", WordsOf(annotation.value->anchor));
    rows_.push_back({event->sequence, std::move(row)});
    return absl::OkStatus();
  }

  const log::Snapshot& snapshot_;
  const schema::Registry& registry_;
  DiffRange range_;
  const DiffFilter& filter_;
  std::vector<Keyed> rows_;
};

}  // namespace

absl::StatusOr<std::vector<Record>> DiffAnnotations(const log::Snapshot& snapshot,
                                                    const schema::Registry& registry,
                                                    const DiffRange& range,
                                                    const DiffFilter& filter) {
  Differ differ(snapshot, registry, range, filter);
  VB_ASSIGN_OR_RETURN(const std::set<std::string> touched,
                      TouchedArticles(snapshot, range, filter));
  for (const std::string& article : touched) VB_RETURN_IF_ERROR(differ.Article(article));
  return differ.Take();
}

std::vector<schema::Column> DiffColumns() {
  using schema::Role;
  return {{"sequence", "#"},
          {"recorded_at", "when", Role::kTime},
          {"actor.name", "who", Role::kName},
          {"actor.version", "version", Role::kKey},
          {"what", "", Role::kName},
          {"annotation", "", Role::kId},
          {"field", "", Role::kName},
          {"diff", "", Role::kDiff},
          {"reason", "", Role::kText},
          {"before", "", Role::kText, true},
          {"after", "", Role::kText, true},
          {"article", "", Role::kId, true},
          {"type", "", Role::kPlain, true},
          {"status", "", Role::kPlain, true},
          {"text", "", Role::kText, true}};
}

}  // namespace verbatim::audit
