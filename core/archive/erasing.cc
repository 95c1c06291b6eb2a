// SPDX-License-Identifier: Apache-2.0
#include "core/archive/erasing.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/archive/erased_views.h"
#include "core/archive/refusals.h"
#include "core/archive/searching.h"
#include "core/article/load.h"
#include "core/audit/rows.h"
#include "core/base/hex.h"
#include "core/base/limits.h"
#include "core/log/last_erasure.h"

namespace verbatim::archive {
namespace {

constexpr std::string_view kContentErased = "verbatim.v1.ContentErased";
constexpr size_t kCodeCharsMax = 32;

bool IsReasonCode(std::string_view code) {
  return !code.empty() && code.size() <= kCodeCharsMax &&
         std::all_of(code.begin(), code.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
         });
}

absl::Status CheckReason(const ErasureReason& reason) {
  if (!IsReasonCode(reason.code)) {
    return absl::InvalidArgumentError(
        absl::StrCat("'", reason.code,
                     "' is no reason code: 1 to 32 of a-z, 0-9 and -, for example court-order"));
  }
  if (reason.authority.empty()) {
    return absl::InvalidArgumentError("an erasure names who demands it, with --authority");
  }
  return absl::OkStatus();
}

// Its text, or where the text was taken from: everything in the stream quotes it.
bool IsText(std::string_view type) {
  return type == "verbatim.v1.SourceCaptured" || type == "verbatim.v1.ArticleIngested" ||
         type == "verbatim.v1.ArticleRevised" || type == "verbatim.v1.ArticleReextracted";
}

// An event of the stream, as far as closures care.
struct Member {
  uint64_t sequence;
  std::string id;
  std::string annotation;  // that it is about, or empty
  std::string target;      // event id that it withdraws, or empty
};

absl::StatusOr<std::vector<Member>> MembersOf(const Archive& archive, const log::Snapshot& snapshot,
                                              std::string_view stream) {
  std::vector<Member> members;
  VB_ASSIGN_OR_RETURN(const std::vector<uint64_t> sequences, snapshot.StreamSequences(stream));
  for (const uint64_t sequence : sequences) {
    VB_ASSIGN_OR_RETURN(const log::HeaderView header, snapshot.View(sequence));
    if (header.type == kContentErased) continue;
    VB_ASSIGN_OR_RETURN(const audit::Opened event,
                        audit::Open(snapshot, archive.registry(), sequence));
    if (!event.body) continue;
    members.push_back({sequence, event.header.event_id(), {}, {}});
    if (event.message == nullptr) continue;
    members.back().annotation = audit::TextField(*event.message, "annotation");
    members.back().target = audit::TextField(*event.message, "target");
  }
  return members;
}

// Of one event: all of its annotation, else it and what it withdraws or is withdrawn by, since a
// withdrawal without its target, or the other way round, would change what stands.
std::vector<uint64_t> ClosureOf(const std::vector<Member>& members, const Member& first) {
  std::vector<uint64_t> closure;
  if (!first.annotation.empty()) {
    for (const Member& member : members) {
      if (member.annotation == first.annotation) closure.push_back(member.sequence);
    }
    return closure;
  }
  std::set<std::string> ids = {first.id};
  for (size_t before = 0; before != ids.size();) {
    before = ids.size();
    for (const Member& member : members) {
      if (member.target.empty() || !member.annotation.empty()) continue;
      if (ids.contains(member.id) || ids.contains(member.target)) {
        ids.insert({member.id, member.target});
      }
    }
  }
  for (const Member& member : members) {
    if (ids.contains(member.id)) closure.push_back(member.sequence);
  }
  return closure;
}

absl::Status NothingLeft(std::string_view what) {
  return absl::NotFoundError(
      absl::StrCat("nothing is left of ", std::string(what), ": it was erased before"));
}

absl::StatusOr<std::vector<uint64_t>> EventsOf(const Archive& archive,
                                               const log::Snapshot& snapshot,
                                               const ErasurePlan& plan, uint64_t sequence) {
  VB_ASSIGN_OR_RETURN(const std::vector<Member> members, MembersOf(archive, snapshot, plan.stream));
  std::vector<uint64_t> all;
  for (const Member& member : members) all.push_back(member.sequence);
  if (sequence == 0) return all;
  VB_ASSIGN_OR_RETURN(const log::HeaderView header, snapshot.View(sequence));
  if (IsText(header.type)) return all;
  for (const Member& member : members) {
    if (member.sequence == sequence) return ClosureOf(members, member);
  }
  return std::vector<uint64_t>();
}

// The stream of the target, or why it must stay.
absl::StatusOr<std::string> StreamOf(const log::Snapshot& snapshot, const ErasureTarget& target) {
  if (!target.article.empty()) {
    std::string stream = base::ToHex(target.article);
    VB_ASSIGN_OR_RETURN(const auto version, snapshot.StreamVersion(stream));
    if (!version) return absl::NotFoundError("this archive has no article " + stream);
    return stream;
  }
  VB_ASSIGN_OR_RETURN(const log::HeaderView header, snapshot.View(target.sequence));
  if (header.type == kContentErased) {
    return absl::InvalidArgumentError(
        absl::StrCat("@", target.sequence,
                     " is the record of an erasure, which says that something was here and who had "
                     "it taken out: it holds none of it, and stays"));
  }
  if (header.stream == kArchiveStream) {
    return absl::InvalidArgumentError(absl::StrCat(
        "@", target.sequence, " (", std::string(header.type),
        ") is part of the archive itself: settings, plugins, keys and schemas are what the rest is "
        "read by, so no event of the stream 'archive' can be erased"));
  }
  return std::string(header.stream);
}

absl::StatusOr<std::vector<std::string>> SameText(const log::Snapshot& snapshot,
                                                  const article::ArticleState& state) {
  std::set<std::string> others;
  for (const article::RevisionPtr& revision : state.revisions()) {
    VB_ASSIGN_OR_RETURN(const std::vector<log::ContentHit> hits,
                        snapshot.FindByContent(revision->content().content_key()));
    for (const log::ContentHit& hit : hits) {
      if (hit.article != state.id()) others.insert(hit.article);
    }
  }
  return std::vector<std::string>(others.begin(), others.end());
}

}  // namespace

absl::StatusOr<ErasurePlan> PlanErasure(const Archive& archive, const ErasureTarget& target,
                                        const ErasureReason& reason) {
  VB_RETURN_IF_ERROR(CheckReason(reason));
  VB_ASSIGN_OR_RETURN(const log::Snapshot snapshot, archive.log().Read());
  ErasurePlan plan;
  VB_ASSIGN_OR_RETURN(plan.stream, StreamOf(snapshot, target));
  VB_ASSIGN_OR_RETURN(plan.seen_version, snapshot.StreamVersion(plan.stream));
  VB_ASSIGN_OR_RETURN(plan.events, EventsOf(archive, snapshot, plan, target.sequence));
  if (plan.events.empty()) {
    return NothingLeft(target.article.empty() ? absl::StrCat("@", target.sequence)
                                              : "article " + plan.stream);
  }
  const bool whole = !target.article.empty() ||
                     IsText(snapshot.View(target.sequence).value_or(log::HeaderView()).type);
  if (whole) {
    const std::string article = base::FromHex(plan.stream).value_or("");
    plan.event.set_article(article);
    VB_ASSIGN_OR_RETURN(const article::ArticleState state, article::Load(snapshot, article));
    VB_ASSIGN_OR_RETURN(plan.same_text, SameText(snapshot, state));
    if (reason.marks) {
      for (std::string& mark : RefusalMarks(archive.log().archive_id(), state)) {
        plan.event.add_refused(std::move(mark));
      }
    }
  } else {
    plan.event.set_sequence(target.sequence);
  }
  plan.event.set_reason_code(reason.code);
  plan.event.set_authority(reason.authority);
  plan.event.mutable_erased()->Add(plan.events.begin(), plan.events.end());
  return plan;
}

absl::StatusOr<Erased> Erase(Archive& archive, const ErasureTarget& target,
                             const ErasureReason& reason, const article::EventMaker& maker,
                             const std::string& event_id) {
  absl::Status conflict;
  for (uint32_t attempt = 0; attempt < limits::kConflictRetriesMax; ++attempt) {
    Erased erased;
    VB_ASSIGN_OR_RETURN(erased.plan, PlanErasure(archive, target, reason));
    log::Unit unit;
    VB_ASSIGN_OR_RETURN(unit.events.emplace_back(),
                        maker.MakeWithId(event_id.empty() ? maker.NewId() : event_id,
                                         erased.plan.stream, erased.plan.event));
    unit.expects.push_back(log::Expect::Seen(erased.plan.stream, erased.plan.seen_version));
    unit.erase = erased.plan.events;
    const auto appended = archive.log().Append(std::move(unit));
    if (appended.ok()) {
      erased.sequence = appended->front();
      return erased;
    }
    conflict = appended.status();
    if (!absl::IsAborted(conflict)) return conflict;
  }
  return conflict;
}

absl::StatusOr<std::vector<std::string>> RebuildWithoutErased(Archive& archive,
                                                              ViewProgress progress) {
  std::vector<std::string> notes;
  Views views(archive, std::move(progress));
  for (const std::string& name : archive.catalog().ViewNames()) {
    const auto current = view::ViewHome(archive.layout().view(name)).Current();
    if (!current.ok() || !*current) continue;  // never built: the first reading builds it
    const auto opened = views.Open(name);
    if (!opened.ok()) notes.push_back(std::string(opened.status().message()));
  }
  uint64_t last_erasure = 0;
  {
    VB_ASSIGN_OR_RETURN(const log::Snapshot snapshot, archive.log().Read());
    VB_ASSIGN_OR_RETURN(last_erasure, log::LastErasure(snapshot));
  }
  VB_ASSIGN_OR_RETURN(const bool all,
                      DropErased(archive.layout(), last_erasure, OthersAtWork::kWait));
  DropErasedIndexes(archive.layout(), last_erasure);
  if (!all) notes.push_back("a generation of a view is open here and will go at the next open");
  return notes;
}

}  // namespace verbatim::archive
