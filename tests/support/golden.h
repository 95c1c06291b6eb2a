// SPDX-License-Identifier: Apache-2.0
// Golden files: expected output as text that people review. VERBATIM_UPDATE_GOLDEN=1 writes them
// anew.
#ifndef VERBATIM_TESTS_SUPPORT_GOLDEN_H_
#define VERBATIM_TESTS_SUPPORT_GOLDEN_H_

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

namespace verbatim::testing {

// Compares with tests/data/golden/NAME; shows the first line that differs.
::testing::AssertionResult MatchesGolden(const std::string& actual, const std::string& name);

// tests/data.
std::filesystem::path DataFolder();

// The folder of evaluation data that may lie beside the project; empty when it doesn't.
std::filesystem::path SharedFolder();

}  // namespace verbatim::testing

#endif  // VERBATIM_TESTS_SUPPORT_GOLDEN_H_
