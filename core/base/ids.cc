// SPDX-License-Identifier: Apache-2.0
#include "core/base/ids.h"

#include <algorithm>
#include <mutex>

#include "core/base/check.h"
#include "core/base/sha256.h"

namespace verbatim::base {
namespace {

std::string FirstHalf(const Digest& digest) {
  return std::string(AsView(digest).substr(0, kIdBytes));
}

}  // namespace

std::string NewEventId(Clock& clock, Random& random) {
  static std::mutex mutex;
  static uint64_t last =
      0;  // 48 bits of milliseconds, then 12 bits of counter (RFC 9562, 6.2, method 1)
  const std::string noise = random.Bytes(10);
  const uint64_t now = (clock.NowUs() / 1000) << 12;
  uint64_t stamp;
  {
    const std::lock_guard lock(mutex);
    last = std::max(last + 1, now);
    stamp = last;
  }
  std::string id;
  id.reserve(kIdBytes);
  for (int shift = 52; shift >= 12; shift -= 8) id.push_back(static_cast<char>(stamp >> shift));
  const uint64_t counter = stamp & 0xfff;
  id.push_back(static_cast<char>(0x70 | (counter >> 8)));
  id.push_back(static_cast<char>(counter));
  id.append(noise, 0, 8);
  id[8] = static_cast<char>(0x80 | (static_cast<unsigned char>(id[8]) & 0x3f));
  VB_CHECK(id.size() == kIdBytes, "an event id has 16 bytes");
  return id;
}

std::string AnnotationIdOf(std::string_view event_id) { return FirstHalf(Sha256(event_id)); }

std::string ArticleIdOfUrl(std::string_view canonical_url) {
  return FirstHalf(Sha256({std::string_view("v1\0", 3), canonical_url}));
}

std::string ArticleIdOfContent(std::string_view content_key) {
  return FirstHalf(Sha256({std::string_view("v1\0text\0", 8), content_key}));
}

}  // namespace verbatim::base
