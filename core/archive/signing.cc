// SPDX-License-Identifier: Apache-2.0
#include "core/archive/signing.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "core/base/files.h"
#include "core/base/hex.h"
#include "core/base/limits.h"
#include "fmt/format.h"

namespace verbatim::archive {
namespace fs = std::filesystem;
namespace {

// Another process may append to the stream "archive" between reading and writing.
constexpr int kAdoptTries = 5;

// Its one line; what follows a newline is not looked at.
std::string_view FirstLine(std::string_view text) { return text.substr(0, text.find('\n')); }

absl::StatusOr<KeyAtHand> ReadKey(const fs::path& file) {
  VB_ASSIGN_OR_RETURN(const std::string text, base::ReadFile(file, limits::kNoteBytesMax));
  const absl::StatusOr<merkle::SigningKey> key = merkle::SigningKey::Parse(FirstLine(text));
  if (!key.ok()) return base::WithContext(key.status(), file.string());
  struct stat status {};
  const bool exposed = ::stat(file.c_str(), &status) == 0 && (status.st_mode & 077) != 0;
  return KeyAtHand{*key, false, exposed};
}

absl::Status MakePrivateFolder(const fs::path& folder) {
  if (folder.empty() || ::mkdir(folder.c_str(), 0700) == 0 || errno == EEXIST) {
    return absl::OkStatus();
  }
  return base::ErrnoStatus(errno, "make " + folder.string());
}

bool Adopted(const Archive& archive, const merkle::VerifyingKey& key) {
  const std::vector<merkle::VerifyingKey> keys = AdoptedKeys(archive);
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

// The sequence of the event, 0 when the key had been adopted before.
absl::StatusOr<uint64_t> Adopt(Archive& archive, const merkle::VerifyingKey& key) {
  for (int tries = 1;; ++tries) {
    if (Adopted(archive, key)) return uint64_t{0};
    v1::KeyAdopted event;
    event.set_name(key.name);
    event.set_public_key(key.public_key);
    std::vector<log::NewEvent> events(1);
    VB_ASSIGN_OR_RETURN(events[0], archive.Events().Make(kArchiveStream, event));
    const std::string id = events[0].id;
    const absl::Status appended = archive.AppendToCatalog(std::move(events));
    if (absl::IsAborted(appended) && tries < kAdoptTries) {
      VB_RETURN_IF_ERROR(archive.Refresh());
      continue;
    }
    VB_RETURN_IF_ERROR(appended);
    VB_ASSIGN_OR_RETURN(const log::Snapshot snapshot, archive.log().Read());
    VB_ASSIGN_OR_RETURN(const std::optional<uint64_t> sequence, snapshot.FindById(id));
    return sequence.value_or(0);
  }
}

std::string NameOf(const merkle::VerifyingKey& key) {
  const std::string text = key.ToString();
  return text.substr(0, text.rfind('+'));
}

absl::Status Unkept(const merkle::Checkpoint& checkpoint) {
  return absl::DataLossError(fmt::format(
      "the log no longer contains what its own checkpoint of {} events promised; nothing was "
      "signed: run `verbatim verify --full`",
      checkpoint.size));
}

PromiseReport Broken(PromiseReport report, std::string what, std::string_view way_out) {
  report.kept = false;
  report.what = std::move(what);
  report.way_out = way_out;
  return report;
}

// The text of a note that one of the keys signed; its name goes to `signer`.
absl::StatusOr<std::string> OpenWithAny(std::string_view note,
                                        const std::vector<merkle::VerifyingKey>& keys,
                                        std::string& signer) {
  absl::Status why =
      absl::InvalidArgumentError("the archive has adopted no key: `verbatim checkpoint` makes one");
  for (const merkle::VerifyingKey& key : keys) {
    absl::StatusOr<std::string> text = merkle::OpenNote(note, key);
    if (!text.ok()) {
      why = text.status();
      continue;
    }
    signer = NameOf(key);
    return text;
  }
  return why;
}

constexpr std::string_view kOtherHistory =
    "the history before that checkpoint was changed: ask who wrote it, and restore a backup "
    "(`verbatim restore DIR`) that contains it";

}  // namespace

std::string OriginOf(std::string_view archive_id) { return "verbatim/" + base::ToHex(archive_id); }

fs::path SigningKeyFile(const Archive& archive) {
  const fs::path& elsewhere = archive.options().signing_key;
  return elsewhere.empty() ? archive.layout().signing_key() : elsewhere;
}

absl::StatusOr<KeyAtHand> ReadOrMakeKey(const fs::path& file, std::string_view name,
                                        base::Random& random) {
  absl::StatusOr<KeyAtHand> key = ReadKey(file);
  if (!absl::IsNotFound(key.status())) return key;
  VB_ASSIGN_OR_RETURN(
      const merkle::SigningKey made,
      merkle::SigningKey::FromSeed(std::string(name), random.Bytes(merkle::kEd25519KeyBytes)));
  VB_RETURN_IF_ERROR(MakePrivateFolder(file.parent_path()));
  VB_RETURN_IF_ERROR(base::WriteFileAtomically(file, made.ToString() + "\n", 0600));
  // What is in the file counts: another process may have been as quick.
  VB_ASSIGN_OR_RETURN(KeyAtHand read, ReadKey(file));
  read.made = true;
  return read;
}

std::vector<merkle::VerifyingKey> AdoptedKeys(const Archive& archive) {
  std::vector<merkle::VerifyingKey> keys;
  for (const v1::KeyAdopted& key : archive.catalog().keys()) {
    keys.push_back({key.name(), key.public_key()});
  }
  std::reverse(keys.begin(), keys.end());
  return keys;
}

absl::StatusOr<merkle::VerifyingKey> ReadPublicKey(const fs::path& file) {
  VB_ASSIGN_OR_RETURN(const std::string text, base::ReadFile(file, limits::kNoteBytesMax));
  const absl::StatusOr<merkle::SigningKey> secret = merkle::SigningKey::Parse(FirstLine(text));
  if (secret.ok()) return secret->verifying_key();
  const absl::StatusOr<merkle::VerifyingKey> key = merkle::VerifyingKey::Parse(FirstLine(text));
  if (!key.ok()) return base::WithContext(key.status(), file.string());
  return key;
}

absl::StatusOr<SignedCheckpoint> KeptCheckpoint(const Archive& archive,
                                                const log::Snapshot& snapshot) {
  VB_ASSIGN_OR_RETURN(const std::optional<log::StoredCheckpoint> kept, snapshot.LatestCheckpoint());
  if (!kept) return absl::NotFoundError("no checkpoint was made yet: `verbatim checkpoint`");
  for (const merkle::VerifyingKey& key : AdoptedKeys(archive)) {
    const absl::StatusOr<std::string> text = merkle::OpenNote(kept->note, key);
    if (!text.ok()) continue;
    VB_ASSIGN_OR_RETURN(const merkle::Checkpoint checkpoint, merkle::ParseCheckpoint(*text));
    SignedCheckpoint found;
    found.checkpoint = checkpoint;
    found.key = key;
    found.note = kept->note;
    VB_ASSIGN_OR_RETURN(const PromiseReport report,
                        CheckPromise(archive, snapshot, found.note, {key}));
    if (!report.kept) return Unkept(checkpoint);
    return found;
  }
  return absl::DataLossError(fmt::format(
      "the checkpoint of {} events that the log keeps has no signature of a key that the archive "
      "adopted: run `verbatim verify --full`",
      kept->size));
}

absl::StatusOr<SignedCheckpoint> MakeCheckpoint(Archive& archive) {
  SignedCheckpoint made;
  std::optional<KeyAtHand> key;
  if (!archive.read_only()) {
    VB_ASSIGN_OR_RETURN(key,
                        ReadOrMakeKey(SigningKeyFile(archive), OriginOf(archive.log().archive_id()),
                                      *archive.options().random));
    made.key_made = key->made;
    made.key_exposed = key->exposed;
    VB_ASSIGN_OR_RETURN(made.adopted_at, Adopt(archive, key->key.verifying_key()));
  }
  VB_ASSIGN_OR_RETURN(const log::Snapshot snapshot, archive.log().Read());
  absl::StatusOr<SignedCheckpoint> kept = KeptCheckpoint(archive, snapshot);
  if (!kept.ok() && !absl::IsNotFound(kept.status())) return kept.status();
  if (kept.ok() && kept->checkpoint.size == snapshot.head() &&
      (!key || kept->key == key->key.verifying_key())) {
    kept->key_exposed = made.key_exposed;
    return kept;
  }
  if (!key) {
    return absl::FailedPreconditionError(fmt::format(
        "{} can only be read, and no checkpoint of its {} events was made while it could be "
        "written: make one there, or copy the archive",
        archive.layout().root().string(), snapshot.head()));
  }
  made.checkpoint.origin = OriginOf(archive.log().archive_id());
  made.checkpoint.size = snapshot.head();
  VB_ASSIGN_OR_RETURN(made.checkpoint.root, snapshot.RootAt(snapshot.head()));
  made.key = key->key.verifying_key();
  VB_ASSIGN_OR_RETURN(made.note,
                      merkle::SignNote(merkle::CheckpointText(made.checkpoint), key->key));
  VB_RETURN_IF_ERROR(archive.log().KeepCheckpoint(made.checkpoint.size, made.note));
  made.signed_now = true;
  return made;
}

absl::StatusOr<PromiseReport> CheckPromise(const Archive& archive, const log::Snapshot& snapshot,
                                           std::string_view note,
                                           const std::vector<merkle::VerifyingKey>& trusted) {
  PromiseReport report;
  const absl::StatusOr<std::string> text =
      OpenWithAny(note, trusted.empty() ? AdoptedKeys(archive) : trusted, report.signer);
  if (!text.ok()) {
    return Broken(std::move(report), std::string(text.status().message()),
                  "use a checkpoint of this archive, or name the key that it was signed with by "
                  "--key FILE");
  }
  const absl::StatusOr<merkle::Checkpoint> promised = merkle::ParseCheckpoint(*text);
  if (!promised.ok()) {
    return Broken(std::move(report), std::string(promised.status().message()),
                  "use a file that `verbatim checkpoint` wrote");
  }
  report.promised = *promised;
  const std::string origin = OriginOf(archive.log().archive_id());
  if (promised->origin != origin) {
    return Broken(
        std::move(report),
        fmt::format("the checkpoint is of {}, this archive is {}", promised->origin, origin),
        "name the archive that it is of with -C");
  }
  const uint64_t head = snapshot.head();
  if (promised->size > head) {
    return Broken(std::move(report),
                  fmt::format("the checkpoint is of {} events, and the log has only {}: events are "
                              "missing",
                              promised->size, head),
                  "restore a backup (`verbatim restore DIR`) that has them");
  }
  VB_ASSIGN_OR_RETURN(const merkle::Hash root, snapshot.RootAt(head));
  VB_ASSIGN_OR_RETURN(const merkle::Proof proof, snapshot.ConsistencyProof(promised->size, head));
  const absl::Status consistent =
      merkle::CheckConsistency(promised->size, head, promised->root, root, proof);
  if (!consistent.ok()) {
    return Broken(std::move(report),
                  fmt::format("the first {} events of the log are not those of the checkpoint: "
                              "their root is another",
                              promised->size),
                  kOtherHistory);
  }
  return report;
}

}  // namespace verbatim::archive
