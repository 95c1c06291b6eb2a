// SPDX-License-Identifier: Apache-2.0
// Proof bundles: one that is read is written as it was read, byte for byte.
#include "core/merkle/bundle.h"
#include "tests/fuzz/fuzz.h"

namespace verbatim::fuzz {

void Run(std::string_view bytes) {
  const auto bundle = merkle::ParseBundle(bytes);
  if (!bundle.ok()) return;
  VB_CHECK(merkle::EncodeBundle(*bundle) == bytes, "one writing of a bundle");
  merkle::CheckProofs(*bundle).IgnoreError();
}

}  // namespace verbatim::fuzz
