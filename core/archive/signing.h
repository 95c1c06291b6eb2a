// SPDX-License-Identifier: Apache-2.0
// The key that signs an archive's checkpoints, and the checkpoints that it signs. The key's public
// half is an event of the log; the secret half is a file of its owner alone, beside the log or
// elsewhere, and in no backup. core/merkle/README.md says what a checkpoint is worth, and to whom.
//
//   VB_ASSIGN_OR_RETURN(const SignedCheckpoint checkpoint, MakeCheckpoint(*archive));
//   std::fputs(checkpoint.note.c_str(), stdout);
#ifndef VERBATIM_CORE_ARCHIVE_SIGNING_H_
#define VERBATIM_CORE_ARCHIVE_SIGNING_H_

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/archive/archive.h"
#include "core/base/status.h"
#include "core/merkle/note.h"

namespace verbatim::archive {

// What an archive's log is called in its checkpoints, and a key that was made for it:
// "verbatim/<archive id in hex>".
std::string OriginOf(std::string_view archive_id);

// Where the archive's signing key lies: options.signing_key, else in its own folder.
std::filesystem::path SigningKeyFile(const Archive& archive);

struct KeyAtHand {
  merkle::SigningKey key;
  bool made = false;     // there was none in that place
  bool exposed = false;  // others may read the file
};

// The key in that file, or a new one of that name, put there: the file for its owner alone, a
// folder that is made for it too. kInvalidArgument when something else stands in the file.
absl::StatusOr<KeyAtHand> ReadOrMakeKey(const std::filesystem::path& file, std::string_view name,
                                        base::Random& random);

// Every public key that the archive adopted, the newest first.
std::vector<merkle::VerifyingKey> AdoptedKeys(const Archive& archive);

// The public key in a file: of one that `verbatim checkpoint --public-key` printed, or of a signing
// key.
absl::StatusOr<merkle::VerifyingKey> ReadPublicKey(const std::filesystem::path& file);

struct SignedCheckpoint {
  merkle::Checkpoint checkpoint;
  merkle::VerifyingKey key;
  std::string note;
  bool signed_now = false;   // else it was kept from before
  uint64_t adopted_at = 0;   // sequence, when the key was adopted for this checkpoint
  bool key_made = false;     // it is a new one
  bool key_exposed = false;  // others than its owner may read its file
};

// A checkpoint of the log as it is now. Signs one when the newest kept one is of fewer events, or
// of another key; keeps it in the log. An archive without its key gets a new one, adopted by an
// event. Read-only: the one kept, kFailedPrecondition when that is of fewer events. kDataLoss when
// the log no longer contains what the newest kept checkpoint promised: nothing is signed then.
absl::StatusOr<SignedCheckpoint> MakeCheckpoint(Archive& archive);

// The newest kept checkpoint, with the adopted key that signed it. kNotFound when there is none.
absl::StatusOr<SignedCheckpoint> KeptCheckpoint(const Archive& archive,
                                                const log::Snapshot& snapshot);

// Does the log still contain what a checkpoint promised?
struct PromiseReport {
  bool kept = true;
  std::string what;  // empty when kept
  std::string way_out;
  merkle::Checkpoint promised;  // as far as it could be read
  std::string signer;           // name+hash of the key
};

// `note` is a signed checkpoint; `trusted` empty: the keys that the archive adopted. What is wrong
// with the note, its signer or the log is a report; an error means that the log couldn't be read.
absl::StatusOr<PromiseReport> CheckPromise(const Archive& archive, const log::Snapshot& snapshot,
                                           std::string_view note,
                                           const std::vector<merkle::VerifyingKey>& trusted);

}  // namespace verbatim::archive

#endif  // VERBATIM_CORE_ARCHIVE_SIGNING_H_
