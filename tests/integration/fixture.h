// SPDX-License-Identifier: Apache-2.0
// An archive in a temporary folder, used through the tool as its users do.
#ifndef VERBATIM_TESTS_INTEGRATION_FIXTURE_H_
#define VERBATIM_TESTS_INTEGRATION_FIXTURE_H_

#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/support/golden.h"
#include "tests/support/process.h"

namespace verbatim::testing {

using Json = nlohmann::ordered_json;

// A file that must be there, whole.
std::string ReadAll(const std::filesystem::path& file);

class ArchiveTest : public ::testing::Test {
 protected:
  ArchiveTest();
  ~ArchiveTest() override;

  // `verbatim -C <archive> arguments...`.
  Finished Verbatim(std::vector<std::string> arguments, const std::string& input = "") const;
  // In another archive beside this one.
  Finished At(const std::string& archive, std::vector<std::string> arguments,
              const std::string& input = "") const;
  std::string Path(const std::string& name) const { return (folder_ / name).string(); }
  // The same as Verbatim, expecting exit 0, as the rows of --format jsonl.
  std::vector<Json> Rows(std::vector<std::string> arguments) const;
  // The lines of a field, one a row.
  std::string Lines(const std::vector<std::string>& arguments,
                    const std::vector<std::string>& fields) const;
  // The id of the first quotation that holds these words, of any status.
  std::string Quotation(const std::string& words) const;
  uint64_t Head() const;
  std::string Write(const std::string& name, const std::string& text) const;
  // Ingests the sample articles, here or in another archive.
  Finished IngestSamples(std::vector<std::string> flags = {},
                         const std::string& archive = "archive") const;

  std::filesystem::path folder_;
};

}  // namespace verbatim::testing

#endif  // VERBATIM_TESTS_INTEGRATION_FIXTURE_H_
