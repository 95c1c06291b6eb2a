// SPDX-License-Identifier: Apache-2.0
// libFuzzer's entry.
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  verbatim::fuzz::Run({reinterpret_cast<const char*>(data), size});
  return 0;
}
