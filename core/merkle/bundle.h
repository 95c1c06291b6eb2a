// SPDX-License-Identifier: Apache-2.0
// Proof bundles: events of a log with what proves that they are in it, in one text file that can be
// checked without the log. README.md beside this file is the format, byte by byte. A bundle has one
// writing only: whatever ParseBundle accepts, EncodeBundle gives back byte for byte.
//
//   VB_ASSIGN_OR_RETURN(ProofBundle bundle, ParseBundle(text));
//   VB_ASSIGN_OR_RETURN(Checkpoint checkpoint, CheckProofs(bundle));
//   if (bundle.key == whom I trust) ...
//
// What the events say, and that their bodies fit their headers, is for core/archive to check: this
// room knows bytes and hashes only.
#ifndef VERBATIM_CORE_MERKLE_BUNDLE_H_
#define VERBATIM_CORE_MERKLE_BUNDLE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/status.h"
#include "core/merkle/note.h"
#include "core/merkle/proof.h"

namespace verbatim::merkle {

inline constexpr size_t kBodySaltBytes = 16;
inline constexpr size_t kSubjectIdBytes = 16;

enum class BodyState {
  kThere,
  kWithheld,  // whoever made the bundle left it out
  kErased,    // the log has it no more
};

struct ProvenEvent {
  uint64_t sequence = 0;  // from 1: leaf number + 1
  std::string header;     // the leaf
  BodyState body_state = BodyState::kThere;
  std::string salt;  // 16 bytes; empty unless the body is there
  std::string body;
  Proof proof;  // of the leaf, in the tree of the checkpoint
};

// What a bundle was made about.
struct Subject {
  enum class Kind { kEvent, kAnnotation, kArticle };
  Kind kind = Kind::kEvent;
  uint64_t sequence = 0;  // of the event
  std::string id;         // 16 bytes, of the annotation or article

  // "event 12", "annotation <hex>", "article <hex>".
  std::string ToString() const;
};

struct ProofBundle {
  Subject subject;
  VerifyingKey key;                 // that signed the note; no reason to believe it
  std::string note;                 // a checkpoint with one signature
  std::vector<ProvenEvent> events;  // by sequence, each once, at least one
};

// The text. Wants a bundle as ParseBundle gives it: checked.
std::string EncodeBundle(const ProofBundle& bundle);

// Total: any bytes give a bundle or kInvalidArgument, which names the line. Of more than
// limits::kProofBytesMax kResourceExhausted.
absl::StatusOr<ProofBundle> ParseBundle(std::string_view text);

// That the note is a checkpoint signed by the bundle's key, and that every event is in its tree.
// kInvalidArgument says what doesn't hold.
absl::StatusOr<Checkpoint> CheckProofs(const ProofBundle& bundle);

}  // namespace verbatim::merkle

#endif  // VERBATIM_CORE_MERKLE_BUNDLE_H_
