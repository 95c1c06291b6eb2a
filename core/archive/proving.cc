// SPDX-License-Identifier: Apache-2.0
#include "core/archive/proving.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "core/article/load.h"
#include "core/audit/changes.h"
#include "core/base/hex.h"
#include "core/base/limits.h"
#include "core/merkle/bundle.h"
#include "fmt/format.h"

namespace verbatim::archive {
namespace {

using Sequences = std::set<uint64_t>;

constexpr std::string_view kContentErased = "verbatim.v1.ContentErased";

// What is to be proved, and the events that say it.
struct Wanted {
  merkle::Subject subject;
  Sequences sequences;
};

// The captures that hold a source's bytes: its own, and the first one of the same bytes, which may
// stand in another article's stream.
absl::Status AddSource(const log::Snapshot& snapshot, const article::Source& source,
                       Sequences& sequences) {
  sequences.insert(source.sequence);
  if (source.capture.same_as().empty()) return absl::OkStatus();
  VB_ASSIGN_OR_RETURN(const std::optional<uint64_t> holder,
                      snapshot.FindById(source.capture.same_as()));
  if (holder) sequences.insert(*holder);
  return absl::OkStatus();
}

// Every text of the article (the fold wants them in a row), every correction of its metadata with
// its withdrawals, and the bytes of those revisions that the annotation was ever anchored to.
absl::Status AddArticle(const log::Snapshot& snapshot, const article::ArticleState& state,
                        const std::set<uint32_t>& anchored, Sequences& sequences) {
  for (const article::RevisionPtr& revision : state.revisions()) {
    sequences.insert(revision->sequence());
    if (!anchored.contains(revision->number())) continue;
    for (const article::Source& source : state.sources()) {
      if (source.event_id != revision->content().source()) continue;
      VB_RETURN_IF_ERROR(AddSource(snapshot, source, sequences));
    }
  }
  VB_ASSIGN_OR_RETURN(const std::vector<uint64_t> stream,
                      snapshot.StreamSequences(base::ToHex(state.id())));
  for (const uint64_t sequence : stream) {
    VB_ASSIGN_OR_RETURN(const log::HeaderView header, snapshot.View(sequence));
    // What found no place says nothing of the annotation that is proved.
    if (header.type == "verbatim.v1.AnnotationUnplaced") continue;
    if (state.IsArticleDecision(header.event_id)) sequences.insert(sequence);
  }
  return absl::OkStatus();
}

// The bodies of an erased annotation went together: what erased them names them.
absl::Status AddErasedAnnotation(const log::Snapshot& snapshot, std::string_view article,
                                 uint64_t added, Sequences& sequences) {
  sequences.insert(added);
  VB_ASSIGN_OR_RETURN(const std::vector<uint64_t> stream,
                      snapshot.StreamSequences(base::ToHex(article)));
  for (const uint64_t sequence : stream) {
    VB_ASSIGN_OR_RETURN(const log::HeaderView header, snapshot.View(sequence));
    if (header.type != kContentErased) continue;
    VB_ASSIGN_OR_RETURN(const std::optional<std::string> body, snapshot.Body(sequence, header));
    v1::ContentErased erased;
    if (!body || !erased.ParseFromString(*body)) continue;
    const auto& gone = erased.erased();
    if (std::find(gone.begin(), gone.end(), added) == gone.end()) continue;
    sequences.insert(sequence);
    if (!erased.has_article()) sequences.insert(gone.begin(), gone.end());
  }
  return absl::OkStatus();
}

absl::StatusOr<Wanted> OfAnnotation(const log::Snapshot& snapshot, const audit::Resolved& thing) {
  Wanted wanted;
  wanted.subject = {merkle::Subject::Kind::kAnnotation, 0, thing.id};
  VB_ASSIGN_OR_RETURN(const std::string article, audit::ArticleOf(snapshot, thing.id));
  VB_ASSIGN_OR_RETURN(const article::ArticleState state, article::Load(snapshot, article));
  const article::AnnotationPtr annotation = state.Find(thing.id);
  if (annotation == nullptr) {
    VB_RETURN_IF_ERROR(AddErasedAnnotation(snapshot, article, thing.sequence, wanted.sequences));
    return wanted;
  }
  std::set<uint32_t> anchored;
  for (const auto& step : annotation->steps) {
    wanted.sequences.insert(step->sequence);
    if (step->value != nullptr) anchored.insert(step->value->anchor.revision());
    if (step->to.spans_size() > 0) anchored.insert(step->to.revision());
  }
  VB_RETURN_IF_ERROR(AddArticle(snapshot, state, anchored, wanted.sequences));
  return wanted;
}

absl::StatusOr<Wanted> OfArticle(const log::Snapshot& snapshot, const audit::Resolved& thing) {
  Wanted wanted;
  wanted.subject = {merkle::Subject::Kind::kArticle, 0, thing.id};
  VB_ASSIGN_OR_RETURN(const std::vector<uint64_t> stream,
                      snapshot.StreamSequences(base::ToHex(thing.id)));
  wanted.sequences.insert(stream.begin(), stream.end());
  VB_ASSIGN_OR_RETURN(const article::ArticleState state, article::Load(snapshot, thing.id));
  for (const article::Source& source : state.sources()) {
    VB_RETURN_IF_ERROR(AddSource(snapshot, source, wanted.sequences));
  }
  return wanted;
}

absl::StatusOr<Wanted> WhatIsWanted(const log::Snapshot& snapshot, const audit::Resolved& thing) {
  switch (thing.kind) {
    case audit::Kind::kAnnotation:
      return OfAnnotation(snapshot, thing);
    case audit::Kind::kArticle:
      return OfArticle(snapshot, thing);
    case audit::Kind::kEvent:
      break;
  }
  return Wanted{{merkle::Subject::Kind::kEvent, thing.sequence, ""}, {thing.sequence}};
}

// Adds the events that erased the bodies of those that have none any more.
absl::Status AddErasures(const log::Snapshot& snapshot, Sequences& sequences) {
  Sequences gone;
  for (const uint64_t sequence : sequences) {
    VB_ASSIGN_OR_RETURN(const std::optional<std::string> body, snapshot.Body(sequence));
    if (!body) gone.insert(sequence);
  }
  if (gone.empty()) return absl::OkStatus();
  std::vector<uint64_t> erasures;
  VB_RETURN_IF_ERROR(snapshot.ScanHeaders(*gone.begin(), snapshot.head(),
                                          [&](uint64_t sequence, const log::HeaderView& header) {
                                            if (header.type == kContentErased)
                                              erasures.push_back(sequence);
                                            return true;
                                          }));
  for (const uint64_t sequence : erasures) {
    VB_ASSIGN_OR_RETURN(const std::optional<std::string> body, snapshot.Body(sequence));
    v1::ContentErased erased;
    if (!body || !erased.ParseFromString(*body)) continue;
    bool names_one = false;
    for (const uint64_t named : erased.erased()) names_one |= gone.erase(named) > 0;
    if (names_one) sequences.insert(sequence);
  }
  if (gone.empty()) return absl::OkStatus();
  return absl::DataLossError(fmt::format(
      "event @{} has no body, and no event says that it was erased: run `verbatim verify --full`",
      *gone.begin()));
}

absl::StatusOr<merkle::ProvenEvent> EventOf(const log::Snapshot& snapshot, uint64_t sequence,
                                            uint64_t size, bool bodies) {
  merkle::ProvenEvent event;
  event.sequence = sequence;
  VB_ASSIGN_OR_RETURN(event.header, snapshot.RawHeader(sequence));
  VB_ASSIGN_OR_RETURN(std::optional<log::SaltedBody> body, snapshot.BodyWithSalt(sequence));
  if (!body) {
    event.body_state = merkle::BodyState::kErased;
  } else if (!bodies) {
    event.body_state = merkle::BodyState::kWithheld;
  } else {
    event.salt = std::move(body->salt);
    event.body = std::move(body->body);
  }
  VB_ASSIGN_OR_RETURN(event.proof, snapshot.InclusionProof(sequence, size));
  return event;
}

// A kept checkpoint may be signed by others too; a bundle has room for its own signer only.
absl::StatusOr<std::string> NoteOf(const SignedCheckpoint& checkpoint) {
  VB_ASSIGN_OR_RETURN(const std::string text, merkle::OpenNote(checkpoint.note, checkpoint.key));
  std::string_view signatures = std::string_view(checkpoint.note).substr(text.size() + 1);
  while (!signatures.empty()) {
    const std::string_view line = signatures.substr(0, signatures.find('\n') + 1);
    std::string alone = text + "\n" + std::string(line);
    if (merkle::OpenNote(alone, checkpoint.key).ok()) return alone;
    signatures.remove_prefix(line.size());
  }
  return absl::DataLossError("the kept checkpoint has lost its signature");
}

absl::StatusOr<SignedCheckpoint> Covering(Archive& archive, log::Snapshot& snapshot,
                                          uint64_t sequence) {
  absl::StatusOr<SignedCheckpoint> kept = KeptCheckpoint(archive, snapshot);
  if (!kept.ok() && !absl::IsNotFound(kept.status())) return kept.status();
  if (kept.ok() && kept->checkpoint.size >= sequence) return kept;
  VB_ASSIGN_OR_RETURN(SignedCheckpoint made, MakeCheckpoint(archive));
  VB_RETURN_IF_ERROR(snapshot.Renew());
  return made;
}

}  // namespace

absl::StatusOr<Proved> Prove(Archive& archive, const audit::Resolved& thing,
                             const ProveOptions& options) {
  VB_ASSIGN_OR_RETURN(log::Snapshot snapshot, archive.log().Read());
  VB_ASSIGN_OR_RETURN(Wanted wanted, WhatIsWanted(snapshot, thing));
  VB_RETURN_IF_ERROR(AddErasures(snapshot, wanted.sequences));
  Proved proved;
  VB_ASSIGN_OR_RETURN(proved.checkpoint, Covering(archive, snapshot, *wanted.sequences.rbegin()));
  merkle::ProofBundle bundle;
  bundle.subject = wanted.subject;
  bundle.key = proved.checkpoint.key;
  VB_ASSIGN_OR_RETURN(bundle.note, NoteOf(proved.checkpoint));
  size_t body_bytes = 0;
  for (const uint64_t sequence : wanted.sequences) {
    VB_ASSIGN_OR_RETURN(const log::HeaderView header, snapshot.View(sequence));
    // What erased a body is the proof that it was.
    const bool with_body = options.bodies || header.type == kContentErased;
    VB_ASSIGN_OR_RETURN(merkle::ProvenEvent event,
                        EventOf(snapshot, sequence, proved.checkpoint.checkpoint.size, with_body));
    body_bytes += event.body.size();
    if (body_bytes > limits::kProofBytesMax / 2) {
      return absl::ResourceExhaustedError(fmt::format(
          "{} has more than {} bytes of bodies: prove it without them (--no-body), or event by "
          "event (@SEQ)",
          wanted.subject.ToString(), limits::kProofBytesMax / 2));
    }
    bundle.events.push_back(std::move(event));
  }
  proved.events = bundle.events.size();
  proved.text = merkle::EncodeBundle(bundle);
  return proved;
}

}  // namespace verbatim::archive
