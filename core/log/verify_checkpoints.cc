// SPDX-License-Identifier: Apache-2.0
#include "core/log/verify_checkpoints.h"

#include <algorithm>
#include <string>
#include <utility>

#include "core/merkle/note.h"
#include "fmt/format.h"
#include "verbatim/v1/archive.pb.h"

namespace verbatim::log {
namespace {

constexpr std::string_view kArchiveStream = "archive";
constexpr std::string_view kKeyAdopted = "verbatim.v1.KeyAdopted";
constexpr std::string_view kWayOut =
    "compare the log with a checkpoint that was kept elsewhere (`verbatim verify --checkpoint "
    "FILE`), or restore a backup (`verbatim restore DIR`)";

absl::StatusOr<std::vector<merkle::VerifyingKey>> AdoptedKeys(const Snapshot& snapshot) {
  std::vector<merkle::VerifyingKey> keys;
  VB_ASSIGN_OR_RETURN(const std::vector<uint64_t> sequences,
                      snapshot.StreamSequences(kArchiveStream));
  for (const uint64_t sequence : sequences) {
    VB_ASSIGN_OR_RETURN(const HeaderView header, snapshot.View(sequence));
    if (header.type != kKeyAdopted) continue;
    VB_ASSIGN_OR_RETURN(const std::optional<std::string> body, snapshot.Body(sequence, header));
    v1::KeyAdopted key;
    if (body && key.ParseFromString(*body)) keys.push_back({key.name(), key.public_key()});
  }
  return keys;
}

// Empty: nothing is wrong with it.
absl::StatusOr<std::string> WhatIsWrong(const Snapshot& snapshot, uint64_t size,
                                        std::string_view note,
                                        const std::vector<merkle::VerifyingKey>* keys) {
  const size_t blank = note.find("\n\n");
  const absl::StatusOr<merkle::Checkpoint> checkpoint =
      merkle::ParseCheckpoint(note.substr(0, blank == std::string_view::npos ? 0 : blank + 1));
  if (!checkpoint.ok() || checkpoint->size != size) return "cannot be read";
  if (size > snapshot.head()) return "is of more events than the log has";
  VB_ASSIGN_OR_RETURN(const base::Digest root, snapshot.RootAt(size));
  if (root != checkpoint->root) return "has another root than the log at that size";
  const bool is_signed =
      keys == nullptr || std::any_of(keys->begin(), keys->end(), [&](const auto& key) {
        return merkle::OpenNote(note, key).ok();
      });
  return is_signed ? "" : "has no signature of a key that the archive adopted";
}

}  // namespace

absl::StatusOr<std::vector<Finding>> CheckCheckpoints(const Snapshot& snapshot, bool signatures) {
  std::vector<std::pair<uint64_t, std::string>> notes;
  VB_RETURN_IF_ERROR(snapshot.ScanCheckpoints([&](uint64_t size, std::string_view note) {
    notes.emplace_back(size, note);
    return true;
  }));
  std::vector<merkle::VerifyingKey> keys;
  if (signatures && !notes.empty()) {
    VB_ASSIGN_OR_RETURN(keys, AdoptedKeys(snapshot));
  }
  std::vector<Finding> findings;
  for (const auto& [size, note] : notes) {
    VB_ASSIGN_OR_RETURN(const std::string wrong,
                        WhatIsWrong(snapshot, size, note, signatures ? &keys : nullptr));
    if (wrong.empty()) continue;
    findings.push_back({0, fmt::format("the stored checkpoint of {} events {}", size, wrong),
                        std::string(kWayOut)});
  }
  return findings;
}

}  // namespace verbatim::log
