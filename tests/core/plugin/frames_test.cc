// SPDX-License-Identifier: Apache-2.0
#include "core/plugin/frames.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <utility>
#include <vector>

namespace verbatim::plugin {
namespace {

RC_GTEST_PROP(Frames, ComeOutAsTheyWentInHoweverTheyAreCut, ()) {
  const auto payloads = *rc::gen::arbitrary<std::vector<std::string>>();
  std::string stream;
  for (const std::string& payload : payloads) stream += EncodeFrame(FrameKind::kLog, payload);
  FrameBuffer buffer;
  std::vector<std::string> got;
  while (!stream.empty()) {
    const size_t size = *rc::gen::inRange<size_t>(1, stream.size() + 1);
    buffer.Append(stream.substr(0, size));
    stream.erase(0, size);
    while (true) {
      const auto frame = buffer.Next();
      RC_ASSERT(frame.ok());
      if (!frame->has_value()) break;
      RC_ASSERT((*frame)->kind == FrameKind::kLog);
      got.push_back((*frame)->payload);
    }
  }
  RC_ASSERT(got == payloads);
}

TEST(Frames, UnknownKindsAndEndlessSizesAreRefused) {
  FrameBuffer unknown;
  unknown.Append(std::string("\0\0\0\0?", 5));
  EXPECT_FALSE(unknown.Next().ok());
  FrameBuffer endless;
  endless.Append("\xFF\xFF\xFF\xFFl");
  EXPECT_FALSE(endless.Next().ok());
}

}  // namespace
}  // namespace verbatim::plugin
