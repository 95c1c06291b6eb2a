// SPDX-License-Identifier: Apache-2.0
#include "core/audit/speakers.h"

#include <optional>
#include <set>

#include "verbatim/text/names.h"

namespace verbatim::audit {
namespace {

// What a key resolves through is as deep as there were merges, which no circle can close.
constexpr int kStepsMax = 64;

template <class Event>
bool Take(std::string_view type, std::string_view body, SpeakerBook* book) {
  Event event;
  if (type != event.GetDescriptor()->full_name()) return false;
  if (event.ParseFromArray(body.data(), static_cast<int>(body.size()))) book->Apply(event);
  return true;
}

}  // namespace

absl::StatusOr<SpeakerBook> SpeakerBook::Read(const log::Snapshot& snapshot, uint64_t as_of) {
  SpeakerBook book;
  absl::Status status;
  VB_RETURN_IF_ERROR(snapshot.ScanHeaders(
      1, std::min(as_of, snapshot.head()), [&](uint64_t sequence, const log::HeaderView& header) {
        if (header.stream.substr(0, 8) != "speaker/") return true;
        const auto body = snapshot.Body(sequence, header);
        status = body.status();
        if (!status.ok()) return false;
        if (!body->has_value()) return true;
        Take<v1::SpeakerAliased>(header.type, **body, &book) ||
            Take<v1::SpeakersMerged>(header.type, **body, &book) ||
            Take<v1::SpeakerSplit>(header.type, **body, &book);
        return true;
      }));
  VB_RETURN_IF_ERROR(status);
  return book;
}

void SpeakerBook::Merge(const std::string& speaker_key, const std::vector<std::string>& merged,
                        const std::string& name) {
  if (speaker_key.empty()) return;
  const std::string root = Resolve(speaker_key);
  for (const std::string& key : merged) {
    const std::string other = Resolve(key);
    if (key.empty() || other == root) continue;
    parents_[other] = root;
    names_.erase(other);
  }
  if (!name.empty()) names_[root] = name;
}

void SpeakerBook::Apply(const v1::SpeakerAliased& event) {
  if (!event.alias().empty()) aliases_[event.alias()] = event.alias_key();
  Merge(event.speaker_key(), {event.alias_key()}, event.name());
}

void SpeakerBook::Apply(const v1::SpeakersMerged& event) {
  Merge(event.speaker_key(), {event.merged().begin(), event.merged().end()}, event.name());
}

void SpeakerBook::Apply(const v1::SpeakerSplit& event) {
  for (const std::string& key : event.separated()) parents_.erase(key);
}

std::string SpeakerBook::Resolve(std::string_view key) const {
  std::string at(key);
  for (int steps = 0; steps < kStepsMax; ++steps) {
    const auto found = parents_.find(at);
    if (found == parents_.end()) break;
    at = found->second;
  }
  return at;
}

std::string SpeakerBook::NameOf(std::string_view key) const {
  const auto found = names_.find(key);
  return found == names_.end() ? "" : found->second;
}

std::vector<std::string> SpeakerBook::MergedInto(std::string_view key) const {
  std::vector<std::string> merged;
  for (const auto& [child, parent] : parents_) {
    if (Resolve(child) == key) merged.push_back(child);
  }
  return merged;
}

std::vector<std::string> SpeakerBook::AliasesOf(std::string_view key) const {
  std::vector<std::string> aliases;
  for (const auto& [alias, alias_key] : aliases_) {
    if (Resolve(alias_key) == key) aliases.push_back(alias);
  }
  return aliases;
}

bool SpeakerBook::IsMerged(std::string_view key) const { return parents_.contains(key); }

std::vector<std::string> SpeakerBook::KeysNamed(std::string_view name) const {
  const std::string key = text::NameKey(name);
  if (key.empty()) return {};
  const std::string root = Resolve(key);
  // Where nobody has decided anything, a name is no more than what it says.
  return root == key && NameOf(key).empty() ? std::vector<std::string>()
                                            : std::vector<std::string>{root};
}

std::vector<std::string> SpeakerBook::Roots() const {
  std::set<std::string> roots;
  for (const auto& [child, parent] : parents_) roots.insert(Resolve(child));
  for (const auto& [key, name] : names_) roots.insert(key);
  return {roots.begin(), roots.end()};
}

}  // namespace verbatim::audit
