// SPDX-License-Identifier: Apache-2.0
// What a worker may send: whole or in pieces, the same frames come out.
#include <string>
#include <vector>

#include "core/plugin/frames.h"
#include "tests/fuzz/fuzz.h"

namespace verbatim::fuzz {
namespace {

// Frames as they were sent, as one text; and whether the stream broke.
std::string Frames(std::string_view bytes, size_t piece) {
  plugin::FrameBuffer buffer;
  std::string all;
  while (true) {
    const auto frame = buffer.Next();
    if (!frame.ok()) return all + "broken";
    if (*frame) {
      all += plugin::EncodeFrame((*frame)->kind, (*frame)->payload);
      continue;
    }
    if (bytes.empty()) return all;
    buffer.Append(bytes.substr(0, piece));
    bytes.remove_prefix(std::min(piece, bytes.size()));
  }
}

}  // namespace

void Run(std::string_view bytes) {
  const std::string whole = Frames(bytes, bytes.size() + 1);
  VB_CHECK(Frames(bytes, 3) == whole, "pieces don't matter");
  const bool broken = whole.size() >= 6 && whole.substr(whole.size() - 6) == "broken";
  const std::string sent = broken ? whole.substr(0, whole.size() - 6) : whole;
  VB_CHECK(bytes.substr(0, sent.size()) == sent, "frames are the bytes that were sent");
}

}  // namespace verbatim::fuzz
