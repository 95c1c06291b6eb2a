// SPDX-License-Identifier: Apache-2.0
// People's decisions about who is who, as a view keeps them. A quotation carries the key that its
// speaker's name folds to; SpeakerAliased and SpeakersMerged say that a key means another one, and
// SpeakerSplit takes that back. A view subscribes to the three, keeps them in a private table of
// its own, and rewrites the rows of every key whose meaning changed.
//
//   Speakers<v1::SpeakerLink> speakers(store, kSpeakers);
//   for (const std::string& key : speakers.Merge("ada lund", {"a lund"}, "Ada Lund")) Rewrite(key);
//   speakers.Resolve("a lund").key == "ada lund";
//
// `Link` is the view's own message for a row of that table, with string fields `key`, `speaker_key`
// and `name`. Links form a forest; a change that would close a circle is none. Header only, C++17.
#ifndef VERBATIM_SPEAKERS_H_
#define VERBATIM_SPEAKERS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "verbatim/keys.h"
#include "verbatim/plugin.h"

namespace verbatim {

template <class Link>
class Speakers {
 public:
  // What a key stands for.
  struct Identity {
    std::string key;
    std::string name;  // as decided; empty: nobody has said
  };

  // Borrows the store for as long as this object is used.
  Speakers(Store& store, std::uint32_t table) : store_(store), table_(table) {}

  Identity Resolve(std::string_view key) const {
    Identity identity{std::string(key), {}};
    for (int steps = 0; steps < kStepsMax; ++steps) {
      const std::optional<Link> link = Read(identity.key);
      if (!link) break;
      if (!link->name().empty() || steps == 0) identity.name = link->name();
      if (link->speaker_key().empty()) break;
      identity.key = link->speaker_key();
      identity.name.clear();
    }
    return identity;
  }

  // `alias_key` means `speaker_key` from here on. All keys whose meaning or name changed.
  std::vector<std::string> Alias(const std::string& speaker_key, const std::string& name,
                                 const std::string& alias_key) {
    return Merge(speaker_key, {alias_key}, name);
  }

  // The keys in `merged`, and what had been merged into them, mean `speaker_key`.
  std::vector<std::string> Merge(const std::string& speaker_key,
                                 const std::vector<std::string>& merged, const std::string& name) {
    std::vector<std::string> changed;
    if (speaker_key.empty()) return changed;
    const std::string root = Resolve(speaker_key).key;
    for (const std::string& key : merged) {
      if (key.empty()) continue;
      const std::string other = Resolve(key).key;
      if (other == root) continue;
      Collect(other, &changed);
      Write(other, root, {});
    }
    if (!name.empty() && Resolve(root).name != name) {
      Write(root, {}, name);
      changed.clear();
      Collect(root, &changed);
    } else if (!changed.empty()) {
      changed.push_back(root);
    }
    return changed;
  }

  // The keys in `separated` stand alone again, each with what had been merged into it.
  std::vector<std::string> Split(const std::vector<std::string>& separated) {
    std::vector<std::string> changed;
    for (const std::string& key : separated) {
      const std::optional<Link> link = Read(key);
      if (!link || link->speaker_key().empty()) continue;
      store_.Erase(table_, ChildKey(link->speaker_key(), key));
      store_.Erase(table_, LinkKey(key));
      Collect(key, &changed);
    }
    return changed;
  }

 private:
  static constexpr int kStepsMax = 64;             // depth of the forest
  static constexpr std::size_t kKeyBytesMax = 96;  // of one speaker's key within a table's key

  static std::string LinkKey(std::string_view key) {
    return KeyWriter().U8(0).ShortText(key, kKeyBytesMax).Take();
  }
  static std::string ChildPrefix(std::string_view parent) {
    return KeyWriter().U8(1).ShortText(parent, kKeyBytesMax).Take();
  }
  static std::string ChildKey(std::string_view parent, std::string_view child) {
    return KeyWriter(ChildPrefix(parent)).ShortText(child, kKeyBytesMax).Take();
  }

  std::optional<Link> Read(std::string_view key) const {
    return store_.GetMessage<Link>(table_, LinkKey(key));
  }

  // Replaces the link of `key`; under `parent` unless that is empty.
  void Write(const std::string& key, const std::string& parent, const std::string& name) {
    const std::optional<Link> before = Read(key);
    if (before && !before->speaker_key().empty()) {
      store_.Erase(table_, ChildKey(before->speaker_key(), key));
    }
    Link link;
    link.set_key(key);
    link.set_speaker_key(parent);
    link.set_name(name);
    store_.PutMessage(table_, LinkKey(key), link);
    if (!parent.empty()) store_.PutMessage(table_, ChildKey(parent, key), link);
  }

  // `key` and everything below it.
  void Collect(const std::string& key, std::vector<std::string>* keys) const {
    std::vector<std::string> waiting{key};
    while (!waiting.empty()) {
      const std::string at = std::move(waiting.back());
      waiting.pop_back();
      keys->push_back(at);
      store_.Scan(table_, ChildPrefix(at), [&](std::string_view, std::string_view row) {
        waiting.push_back(Parse<Link>(row).key());
        return true;
      });
    }
  }

  Store& store_;
  std::uint32_t table_;
};

}  // namespace verbatim

#endif  // VERBATIM_SPEAKERS_H_
