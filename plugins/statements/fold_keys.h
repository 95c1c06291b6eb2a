// SPDX-License-Identifier: Apache-2.0
// Keys of the fold's own tables, and the order in which statements are placed.
#ifndef VERBATIM_PLUGINS_STATEMENTS_FOLD_KEYS_H_
#define VERBATIM_PLUGINS_STATEMENTS_FOLD_KEYS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>

#include "rows.h"
#include "verbatim/keys.h"

namespace verbatim::statements {

inline constexpr size_t kNameBytesMax = 80;

inline std::string SidePrefix(const std::string& side) {
  return KeyWriter().ShortText(side, kNameBytesMax).Take();
}

inline std::string SpeakerPrefix(const std::string& side, const std::string& speaker_key) {
  return KeyWriter(SidePrefix(side)).ShortText(speaker_key, kNameBytesMax).Take();
}

inline std::string MemberKey(const std::string& side, const std::string& speaker_key,
                             const std::string& annotation, uint32_t segment) {
  return KeyWriter(SpeakerPrefix(side, speaker_key)).Bytes(annotation).U32(segment).Take();
}

// Of what is known of a speaker.
inline std::string SpeakerKey(const std::string& speaker_key) {
  return KeyWriter().ShortText(speaker_key, 2 * kNameBytesMax).Take();
}

inline std::string SourceKey(std::string_view article, std::string_view annotation) {
  return KeyWriter().Bytes(article).Bytes(annotation).Take();
}

inline std::string SourceKey(const Quotation& q) { return SourceKey(q.article, q.annotation); }

// Of a speaker whom no article puts on a side. No name begins so.
inline std::string OwnSide(const std::string& speaker_key) { return "=" + speaker_key; }

inline bool IsOwnSide(const std::string& side) { return !side.empty() && side.front() == '='; }

inline std::string Shown(const std::string& side, const std::string& speaker) {
  return IsOwnSide(side) ? speaker : side;
}

// By day, undated ones last; what one article says of a day in its own order.
inline auto WhenSaid(const Quotation& q) {
  return std::make_tuple(q.said_on.empty(), std::string_view(q.said_on),
                         std::string_view(q.article), q.begin_byte, std::string_view(q.annotation));
}

}  // namespace verbatim::statements

#endif  // VERBATIM_PLUGINS_STATEMENTS_FOLD_KEYS_H_
