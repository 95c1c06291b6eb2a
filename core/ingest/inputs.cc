// SPDX-License-Identifier: Apache-2.0
#include "core/ingest/inputs.h"

#include <unistd.h>

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/base/files.h"
#include "core/ingest/limits.h"
#include "core/ingest/text_reader.h"
#include "verbatim/text/utf8.h"

namespace verbatim::ingest {
namespace fs = std::filesystem;
namespace {

void Walk(const fs::path& folder, std::vector<Input>& inputs) {
  std::error_code error;
  std::vector<fs::directory_entry> entries;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
    entries.push_back(*it);
  if (error) {
    inputs.push_back({folder});
    return;
  }
  std::sort(entries.begin(), entries.end());
  for (const fs::directory_entry& entry : entries) {
    if (entry.path().filename().string().front() == '.' || entry.is_symlink(error)) continue;
    if (entry.is_directory(error)) {
      Walk(entry.path(), inputs);
    } else if (entry.is_regular_file(error)) {
      inputs.push_back({entry.path()});
    }
  }
}

absl::Status Named(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kInvalidArgument:
      return absl::InvalidArgumentError(absl::StrCat("not-regular: ", status.message()));
    case absl::StatusCode::kResourceExhausted:
      return absl::InvalidArgumentError(absl::StrCat("too-large: ", status.message()));
    default:
      return absl::InvalidArgumentError(absl::StrCat("unreadable: ", status.message()));
  }
}

}  // namespace

std::string Input::name() const {
  const std::string bytes = path.string();
  std::string_view rest = bytes;
  std::string name;
  while (true) {
    const size_t bad = text::FirstInvalidByte(rest);
    name += rest.substr(0, bad);
    if (bad == text::kNoByte) return name;
    absl::StrAppend(&name, "\\x",
                    absl::Hex(static_cast<unsigned char>(rest[bad]), absl::kZeroPad2));
    rest.remove_prefix(bad + 1);
  }
}

std::vector<Input> ListInputs(const std::vector<std::string>& names) {
  std::vector<Input> inputs;
  for (const std::string& name : names) {
    std::error_code error;
    if (name != "-" && fs::is_directory(name, error)) {
      Walk(name, inputs);
    } else {
      inputs.push_back({name});
    }
  }
  return inputs;
}

absl::StatusOr<std::string> ReadInput(const Input& input) {
  auto bytes = input.path == "-"
                   ? base::ReadToEnd(STDIN_FILENO, "standard input", limits::kDocumentBytesMax)
                   : base::ReadFile(input.path, limits::kDocumentBytesMax);
  if (!bytes.ok()) return Named(bytes.status());
  return Expand(*std::move(bytes));
}

}  // namespace verbatim::ingest
