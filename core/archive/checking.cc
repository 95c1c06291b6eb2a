// SPDX-License-Identifier: Apache-2.0
#include "core/archive/checking.h"

#include <algorithm>
#include <set>
#include <utility>

#include "core/archive/citation.h"
#include "core/audit/log_rows.h"
#include "core/base/hex.h"
#include "core/base/ids.h"
#include "core/log/body_value.h"
#include "fmt/format.h"
#include "verbatim/v1/article.pb.h"

namespace verbatim::archive {
namespace {

constexpr std::string_view kAnnotationAdded = "verbatim.v1.AnnotationAdded";
constexpr std::string_view kSourceCaptured = "verbatim.v1.SourceCaptured";
constexpr std::string_view kContentErased = "verbatim.v1.ContentErased";

absl::Status Wrong(std::string why) { return absl::InvalidArgumentError(std::move(why)); }

absl::Status CheckSigner(const merkle::VerifyingKey& key, const Trust& trust) {
  if (trust.keys.empty() ||
      std::find(trust.keys.begin(), trust.keys.end(), key) != trust.keys.end()) {
    return absl::OkStatus();
  }
  return Wrong(
      fmt::format("it is signed by {}, which is not {}: get the signer's key from who "
                  "vouches for it, and name it with --key FILE",
                  key.ToString(), trust.whose));
}

absl::StatusOr<audit::Opened> Open(const merkle::ProvenEvent& event,
                                   const schema::Registry& registry) {
  audit::Opened opened;
  opened.sequence = event.sequence;
  if (!opened.header.ParseFromString(event.header) ||
      opened.header.event_id().size() != base::kIdBytes) {
    return Wrong(fmt::format("event @{} has no header that can be read", event.sequence));
  }
  if (event.body_state != merkle::BodyState::kThere) return opened;
  if (event.body.size() != opened.header.body_size() ||
      base::AsView(log::BodyDigest(event.salt, event.body)) != opened.header.body_digest()) {
    return Wrong(
        fmt::format("the body of event @{} is not the one that its header has the digest "
                    "of",
                    event.sequence));
  }
  opened.body = event.body;
  auto message = registry.Parse(opened.header.type(), event.body);
  if (message.ok()) opened.message = *std::move(message);
  return opened;
}

// Sequences whose erasure an event of the bundle says.
std::set<uint64_t> ErasedBy(const std::vector<audit::Opened>& events) {
  std::set<uint64_t> erased;
  for (const audit::Opened& event : events) {
    v1::ContentErased body;
    if (event.header.type() != kContentErased || !event.body ||
        !body.ParseFromString(*event.body)) {
      continue;
    }
    for (const uint64_t sequence : body.erased()) {
      if (sequence < event.sequence) erased.insert(sequence);
    }
  }
  return erased;
}

absl::Status CheckErasures(const merkle::ProofBundle& bundle,
                           const std::vector<audit::Opened>& events) {
  const std::set<uint64_t> erased = ErasedBy(events);
  for (const merkle::ProvenEvent& event : bundle.events) {
    if (event.body_state == merkle::BodyState::kErased && !erased.contains(event.sequence)) {
      return Wrong(
          fmt::format("event @{} is given as erased, and no event here erased it", event.sequence));
    }
  }
  return absl::OkStatus();
}

// May an event of another stream stand in a proof about an annotation or article?
bool IsForeign(std::string_view type) { return type == kSourceCaptured || type == kContentErased; }

absl::Status CheckStreams(const std::vector<audit::Opened>& events, std::string_view stream,
                          const merkle::Subject& subject) {
  for (const audit::Opened& event : events) {
    if (event.header.stream() == stream || IsForeign(event.header.type())) continue;
    return Wrong(
        fmt::format("event @{} has nothing to do with {}", event.sequence, subject.ToString()));
  }
  return absl::OkStatus();
}

absl::Status CheckSubject(const merkle::Subject& subject,
                          const std::vector<audit::Opened>& events) {
  if (subject.kind == merkle::Subject::Kind::kEvent) {
    bool there = false;
    for (const audit::Opened& event : events) {
      there = there || event.sequence == subject.sequence;
      if (event.sequence != subject.sequence && event.header.type() != kContentErased) {
        return Wrong(
            fmt::format("event @{} has nothing to do with {}", event.sequence, subject.ToString()));
      }
    }
    return there ? absl::OkStatus() : Wrong("it has no " + subject.ToString());
  }
  if (subject.kind == merkle::Subject::Kind::kArticle) {
    const std::string stream = base::ToHex(subject.id);
    const bool there = std::any_of(events.begin(), events.end(), [&](const audit::Opened& event) {
      return event.header.stream() == stream;
    });
    if (!there) return Wrong("it has no event of " + subject.ToString());
    return CheckStreams(events, stream, subject);
  }
  for (const audit::Opened& event : events) {
    if (event.header.type() == kAnnotationAdded &&
        base::AnnotationIdOf(event.header.event_id()) == subject.id) {
      return CheckStreams(events, event.header.stream(), subject);
    }
  }
  return Wrong("no event adds " + subject.ToString());
}

std::string_view StateName(merkle::BodyState state) {
  switch (state) {
    case merkle::BodyState::kThere:
      return "there";
    case merkle::BodyState::kWithheld:
      return "withheld";
    case merkle::BodyState::kErased:
      return "erased";
  }
  return "";
}

}  // namespace

absl::StatusOr<CheckedProof> CheckProof(std::string_view text, const Trust& trust) {
  VB_ASSIGN_OR_RETURN(const merkle::ProofBundle bundle, merkle::ParseBundle(text));
  CheckedProof proof;
  VB_ASSIGN_OR_RETURN(proof.checkpoint, merkle::CheckProofs(bundle));
  VB_RETURN_IF_ERROR(CheckSigner(bundle.key, trust));
  const schema::Registry registry;
  std::vector<audit::Opened> events;
  for (const merkle::ProvenEvent& event : bundle.events) {
    VB_ASSIGN_OR_RETURN(audit::Opened opened, Open(event, registry));
    schema::Record row = audit::LogRow(opened, registry);
    row.Add("body_state", StateName(event.body_state));
    proof.events.push_back(std::move(row));
    events.push_back(std::move(opened));
  }
  VB_RETURN_IF_ERROR(CheckErasures(bundle, events));
  VB_RETURN_IF_ERROR(CheckSubject(bundle.subject, events));
  if (bundle.subject.kind == merkle::Subject::Kind::kAnnotation) {
    VB_ASSIGN_OR_RETURN(proof.citation, CiteAnnotation(events, registry, bundle.subject.id));
  } else if (bundle.subject.kind == merkle::Subject::Kind::kArticle) {
    VB_ASSIGN_OR_RETURN(proof.citation, CiteArticle(events, bundle.subject.id));
  }
  proof.signer_verified = !trust.keys.empty();
  proof.whose = trust.whose;
  proof.subject = bundle.subject;
  proof.key = bundle.key;
  return proof;
}

}  // namespace verbatim::archive
