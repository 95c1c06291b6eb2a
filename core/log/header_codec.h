// SPDX-License-Identifier: Apache-2.0
// Writes a header, once. Its bytes are those of the generated serializer (a test compares), at a
// tenth of the cost.
#ifndef VERBATIM_CORE_LOG_HEADER_CODEC_H_
#define VERBATIM_CORE_LOG_HEADER_CODEC_H_

#include <string>

#include "core/base/sha256.h"
#include "core/log/unit.h"

namespace verbatim::log {

// What the log itself adds to an event.
struct HeaderFacts {
  uint64_t stream_version = 0;
  uint64_t recorded_at_us = 0;
  base::Digest body_digest = {};
  uint64_t body_size = 0;
};

// Serialized v1::Actor.
std::string EncodeActor(const v1::Actor& actor);

// Serialized v1::EventHeader, into `out`, whose memory is used again.
void EncodeHeader(const NewEvent& event, std::string_view actor, const HeaderFacts& facts,
                  std::string& out);

}  // namespace verbatim::log

#endif  // VERBATIM_CORE_LOG_HEADER_CODEC_H_
