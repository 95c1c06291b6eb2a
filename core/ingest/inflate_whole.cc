// SPDX-License-Identifier: Apache-2.0
#include "core/ingest/inflate_whole.h"

#include <libdeflate.h>

#include <memory>

#include "core/base/check.h"
#include "core/ingest/limits.h"

namespace verbatim::ingest {
namespace {

struct Deleter {
  void operator()(libdeflate_decompressor* made) const { libdeflate_free_decompressor(made); }
};

}  // namespace

std::optional<InflatedWhole> InflateWhole(std::string_view packed, Wrapping wrapping) {
  thread_local const std::unique_ptr<libdeflate_decompressor, Deleter> decompressor(
      libdeflate_alloc_decompressor());
  thread_local const std::unique_ptr<char[]> room(new char[limits::kExpansionFreeBytes]);
  VB_CHECK(decompressor != nullptr, "memory to expand");
  const auto inflate = wrapping == Wrapping::kGzip   ? libdeflate_gzip_decompress_ex
                       : wrapping == Wrapping::kZlib ? libdeflate_zlib_decompress_ex
                                                     : libdeflate_deflate_decompress_ex;
  InflatedWhole whole;
  size_t bytes = 0;
  const libdeflate_result result =
      inflate(decompressor.get(), packed.data(), packed.size(), room.get(),
              limits::kExpansionFreeBytes, &whole.packed, &bytes);
  if (result != LIBDEFLATE_SUCCESS) return std::nullopt;
  whole.bytes = {room.get(), bytes};
  return whole;
}

}  // namespace verbatim::ingest
