// SPDX-License-Identifier: Apache-2.0
#include "core/archive/ingesting.h"

#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "core/annotate/annotate.h"
#include "core/archive/annotators.h"
#include "core/archive/copies.h"
#include "core/archive/drafting.h"
#include "core/archive/ingest_entry.h"
#include "core/archive/ingest_unit.h"
#include "core/base/limits.h"
#include "core/base/parallel.h"
#include "verbatim/text/shingles.h"

namespace verbatim::archive {
namespace {

using Time = std::chrono::steady_clock;

}  // namespace

std::string_view ToText(IngestAction action) {
  switch (action) {
    case IngestAction::kIngested:
      return "ingested";
    case IngestAction::kRevised:
      return "revised";
    case IngestAction::kDuplicate:
      return "duplicate";
    case IngestAction::kSkipped:
      return "skipped";
    case IngestAction::kFailed:
      break;
  }
  return "failed";
}

class Ingester::Work {
 public:
  Work(Archive& archive, IngestOptions options, OnResult on_result)
      : archive_(archive),
        options_(std::move(options)),
        on_result_(std::move(on_result)),
        threads_(options_.jobs != 0 ? options_.jobs : base::Processors()),
        drafting_(threads_) {}

  absl::Status Put(Drafting::Turn turn);
  absl::Status Finish();
  bool TakesKnown() const { return options_.revises.empty() && !options_.erased_too; }

 private:
  absl::Status Take(Drafting::Turn turn);
  absl::Status Hold(Entry entry);
  absl::Status Flush();
  bool MeetsOneHeld(const ingest::Draft& draft) const;
  absl::Status BuildAndPrepare(Entry& entry,
                               const std::vector<annotate::Annotator>& annotators) const;
  absl::Status FindCopiesOf(const std::vector<Entry*>& entries) const;
  absl::Status BuildAll(std::vector<Entry*>& entries);
  absl::Status Append(std::vector<Entry*> entries);
  absl::Status AppendCursors();
  absl::Status WatchRuns(const Entry& entry);

  Archive& archive_;
  const IngestOptions options_;
  const OnResult on_result_;
  const size_t threads_;
  Drafting drafting_;
  std::unique_ptr<AnnotatorPool> pool_;
  CrashWatch watch_;
  std::vector<Entry> held_;
  size_t held_bytes_ = 0;
  std::set<std::string> held_keys_;
  std::map<std::string, std::string> cursors_;  // input -> how far, in what is held
  Time::time_point first_held_;
};

absl::Status Ingester::Work::Put(Drafting::Turn turn) {
  while (drafting_.IsFull()) VB_RETURN_IF_ERROR(Take(drafting_.Take()));
  drafting_.Put(std::move(turn));
  while (auto made = drafting_.TakeIfMade()) VB_RETURN_IF_ERROR(Take(*std::move(made)));
  return absl::OkStatus();
}

absl::Status Ingester::Work::Take(Drafting::Turn turn) {
  if (!turn.cursor) return Hold(std::move(turn.entry));
  cursors_[std::move(turn.cursor->input)] = std::move(turn.cursor->value);
  return absl::OkStatus();
}

absl::Status Ingester::Work::Finish() {
  while (!drafting_.empty()) VB_RETURN_IF_ERROR(Take(drafting_.Take()));
  return Flush();
}

absl::Status Ingester::Work::Hold(Entry entry) {
  const absl::StatusOr<ingest::Draft>& draft = entry.draft;
  // What an input meets must be in the log before it is decided what the input is.
  if (draft.ok() && MeetsOneHeld(*draft)) VB_RETURN_IF_ERROR(Flush());
  if (held_.empty()) first_held_ = Time::now();
  if (draft.ok()) {
    held_bytes_ += draft->content.text().size() + draft->source.content().size();
    held_keys_.insert(
        {draft->article, draft->content.content_key(), draft->source.content_sha256()});
  }
  held_.push_back(std::move(entry));
  const bool full =
      held_.size() >= limits::kIngestBatchArticles || held_bytes_ >= limits::kIngestBatchBytes;
  const auto waited =
      std::chrono::duration_cast<std::chrono::milliseconds>(Time::now() - first_held_).count();
  return full || waited >= static_cast<int64_t>(limits::kIngestBatchMs) ? Flush()
                                                                        : absl::OkStatus();
}

bool Ingester::Work::MeetsOneHeld(const ingest::Draft& draft) const {
  return held_keys_.contains(draft.article) || held_keys_.contains(draft.content.content_key()) ||
         held_keys_.contains(draft.source.content_sha256()) ||
         (!options_.revises.empty() && !held_.empty());
}

absl::Status Ingester::Work::BuildAndPrepare(
    Entry& entry, const std::vector<annotate::Annotator>& annotators) const {
  VB_RETURN_IF_ERROR(BuildUnit(archive_, options_.annotate, annotators, entry));
  VB_ASSIGN_OR_RETURN(entry.prepared, archive_.log().Prepare(std::move(entry.unit)));
  return absl::OkStatus();
}

// Of texts that no other article has word for word: that one's links are theirs too.
absl::Status Ingester::Work::FindCopiesOf(const std::vector<Entry*>& entries) const {
  std::vector<NewText> texts;
  std::vector<Entry*> owners;
  for (Entry* entry : entries) {
    if (HasSameText(*entry)) continue;
    texts.push_back({entry->draft->article});
    owners.push_back(entry);
  }
  base::InParallel(threads_, texts.size(), [&](size_t i, size_t) {
    texts[i].shingles = text::Shingles(owners[i]->draft->content.text());
  });
  VB_ASSIGN_OR_RETURN(const log::Snapshot snapshot, archive_.log().Read());
  VB_RETURN_IF_ERROR(FindCopies(snapshot, texts));
  for (size_t i = 0; i < owners.size(); ++i) owners[i]->copies = std::move(texts[i].copies);
  return absl::OkStatus();
}

absl::Status Ingester::Work::BuildAll(std::vector<Entry*>& entries) {
  {
    VB_ASSIGN_OR_RETURN(const log::Snapshot snapshot, archive_.log().Read());
    for (Entry* entry : entries) {
      VB_RETURN_IF_ERROR(Decide(snapshot, archive_.log().archive_id(), options_, *entry));
    }
  }
  std::erase_if(entries, [](const Entry* entry) {
    return entry->result.action != IngestAction::kIngested &&
           entry->result.action != IngestAction::kRevised;
  });
  if (options_.dry_run) entries.clear();
  if (entries.empty()) return absl::OkStatus();
  VB_RETURN_IF_ERROR(FindCopiesOf(entries));
  if (pool_ == nullptr && options_.annotate) {
    VB_ASSIGN_OR_RETURN(pool_, AnnotatorPool::Make(archive_, options_.jobs));
  }
  const auto build = [&](size_t i, const std::vector<annotate::Annotator>& annotators) {
    entries[i]->status = BuildAndPrepare(*entries[i], annotators);
  };
  if (pool_ != nullptr) {
    pool_->ForEach(entries.size(), build);
  } else {
    base::InParallel(threads_, entries.size(), [&](size_t i, size_t) { build(i, {}); });
  }
  for (const Entry* entry : entries) VB_RETURN_IF_ERROR(entry->status);
  return absl::OkStatus();
}

// A conflict means that another process was there between reading and appending: decide and
// annotate anew.
absl::Status Ingester::Work::Append(std::vector<Entry*> entries) {
  for (uint32_t attempt = 0; attempt < limits::kConflictRetriesMax; ++attempt) {
    VB_RETURN_IF_ERROR(BuildAll(entries));
    if (entries.empty()) return absl::OkStatus();
    std::vector<log::PreparedUnit> units;
    for (Entry* entry : entries) units.push_back(std::move(entry->prepared));
    const auto appended = archive_.log().AppendPrepared(std::move(units));
    std::vector<Entry*> again;
    for (size_t i = 0; i < entries.size(); ++i) {
      if (absl::IsAborted(appended[i].status())) {
        again.push_back(entries[i]);
      } else if (!appended[i].ok()) {
        return appended[i].status();
      } else {
        VB_RETURN_IF_ERROR(WatchRuns(*entries[i]));
      }
    }
    entries = std::move(again);
    if (entries.empty()) return absl::OkStatus();
  }
  for (Entry* entry : entries) {
    entry->result.action = IngestAction::kFailed;
    entry->result.reason = "conflict: others keep changing this article; ingest it again";
  }
  return absl::OkStatus();
}

absl::Status Ingester::Work::WatchRuns(const Entry& entry) {
  VB_ASSIGN_OR_RETURN(const bool parked, watch_.Take(archive_, entry.runs));
  if (parked) pool_.reset();
  return absl::OkStatus();
}

// Behind everything that they speak of: a cursor may lag, what is read again is a duplicate; it
// never leads, not even where an append was tried twice.
absl::Status Ingester::Work::AppendCursors() {
  log::Unit unit;
  for (auto& [input, value] : cursors_) unit.cursors.push_back({input, std::move(value)});
  cursors_.clear();
  if (unit.cursors.empty() || options_.dry_run) return absl::OkStatus();
  std::vector<log::Unit> units;
  units.push_back(std::move(unit));
  return archive_.log().AppendBatch(std::move(units)).front().status();
}

absl::Status Ingester::Work::Flush() {
  std::vector<Entry> entries = std::move(held_);
  held_.clear();
  held_bytes_ = 0;
  held_keys_.clear();
  std::vector<Entry*> all;
  for (Entry& entry : entries) all.push_back(&entry);
  VB_RETURN_IF_ERROR(Append(std::move(all)));
  for (const Entry& entry : entries) {
    if (!entry.document || entry.result.action != IngestAction::kDuplicate) continue;
    log::CursorUpdate cursor = DocumentCursor(entry);
    cursors_[std::move(cursor.input)] = std::move(cursor.value);
  }
  VB_RETURN_IF_ERROR(AppendCursors());
  for (const Entry& entry : entries) on_result_(entry.result);
  return absl::OkStatus();
}

Ingester::Ingester(Archive& archive, IngestOptions options, OnResult on_result)
    : work_(std::make_unique<Work>(archive, std::move(options), std::move(on_result))) {}

Ingester::~Ingester() = default;

absl::Status Ingester::Add(std::string input, absl::StatusOr<ingest::Draft> draft,
                           InputPlace place) {
  return AddLater(
      std::move(input), [draft = std::move(draft)]() mutable { return std::move(draft); }, 0,
      std::move(place));
}

absl::Status Ingester::AddLater(std::string input, ingest::MakeDraft draft, uint64_t bytes,
                                InputPlace place, std::optional<log::CursorUpdate> document) {
  return work_->Put({.entry = {.input = std::move(input),
                               .place = std::move(place),
                               .document = std::move(document)},
                     .cursor = {},
                     .make = std::move(draft),
                     .bytes = bytes});
}

absl::Status Ingester::Repeat(std::string input, std::string article, uint32_t revision) {
  IngestResult known = {.input = input,
                        .action = IngestAction::kDuplicate,
                        .article = std::move(article),
                        .revision = revision};
  return work_->Put({.entry = {.input = std::move(input),
                               .draft = absl::CancelledError("known"),
                               .repeat = std::move(known)},
                     .cursor = {},
                     .make = {}});
}

bool Ingester::TakesKnown() const { return work_->TakesKnown(); }

absl::Status Ingester::Skip(std::string input, InputPlace place, std::string why) {
  return work_->Put({.entry = {.input = std::move(input),
                               .draft = absl::CancelledError(why),
                               .place = std::move(place),
                               .skipped = why},
                     .cursor = {},
                     .make = {}});
}

absl::Status Ingester::Mark(log::CursorUpdate cursor) {
  return work_->Put({.entry = {.input = {}}, .cursor = std::move(cursor), .make = {}});
}

absl::Status Ingester::Finish() { return work_->Finish(); }

}  // namespace verbatim::archive
