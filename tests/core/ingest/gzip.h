// SPDX-License-Identifier: Apache-2.0
// Packs what a test wants to be read packed.
#ifndef VERBATIM_TESTS_CORE_INGEST_GZIP_H_
#define VERBATIM_TESTS_CORE_INGEST_GZIP_H_

#include <string>

namespace verbatim::ingest {

// One gzip member.
std::string Gzip(const std::string& text);

}  // namespace verbatim::ingest

#endif  // VERBATIM_TESTS_CORE_INGEST_GZIP_H_
