// SPDX-License-Identifier: Apache-2.0
// Checks a proof bundle with nothing but its text and, perhaps, a key that is trusted: the proofs,
// that every body fits its header, that the events are about what the bundle says, and that an
// annotation's words stand where it says. Reads no archive.
#ifndef VERBATIM_CORE_ARCHIVE_CHECKING_H_
#define VERBATIM_CORE_ARCHIVE_CHECKING_H_

#include <string>
#include <string_view>
#include <vector>

#include "core/base/status.h"
#include "core/merkle/bundle.h"
#include "core/schema/value.h"

namespace verbatim::archive {

// Whose checkpoints are believed. No keys: nobody's, and the signer stays unverified.
struct Trust {
  std::vector<merkle::VerifyingKey> keys;
  std::string whose;  // for messages: "the key in archive.pub"
};

struct CheckedProof {
  bool signer_verified = false;
  std::string whose;  // of the trust that verified it
  merkle::Subject subject;
  merkle::VerifyingKey key;
  merkle::Checkpoint checkpoint;
  std::vector<schema::Record> events;  // as audit::LogRow, with body_state before the body
  schema::Record citation;             // of an annotation or article; empty of an event
};

// Total over any bytes. kInvalidArgument says what doesn't hold; kResourceExhausted that it is too
// large to be read.
absl::StatusOr<CheckedProof> CheckProof(std::string_view text, const Trust& trust);

}  // namespace verbatim::archive

#endif  // VERBATIM_CORE_ARCHIVE_CHECKING_H_
