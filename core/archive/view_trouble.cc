// SPDX-License-Identifier: Apache-2.0
#include "core/archive/view_trouble.h"

#include <algorithm>
#include <system_error>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "core/base/files.h"
#include "core/base/hex.h"
#include "core/base/limits.h"

namespace verbatim::archive {
namespace fs = std::filesystem;
namespace {

constexpr char kTroubleFile[] = "TROUBLE";
// A message, two digests and a number.
constexpr size_t kTroubleBytesMax = 2 * limits::kPluginMessageBytesMax;

std::string BuildOf(const InstalledPlugin& plugin) {
  return absl::StrCat(base::ToHex(plugin.pin.code_sha256()), " ",
                      base::ToHex(plugin.config_sha256));
}

}  // namespace

bool ViewTrouble::parked() const { return times >= limits::kCrashesBeforeParking; }

std::string WayOutOfTrouble(const std::string& plugin) {
  return absl::StrCat(
      "'verbatim plugin upgrade FILE' pins a build that is better, 'verbatim plugin release ",
      plugin, "' tries this one again");
}

ViewTrouble ReadTrouble(const fs::path& home, const InstalledPlugin& plugin) {
  const auto text = base::ReadFile(home / kTroubleFile, kTroubleBytesMax);
  if (!text.ok()) return {};
  // The build, how often, the last words.
  const std::vector<std::string> lines = absl::StrSplit(*text, absl::MaxSplits('\n', 2));
  ViewTrouble trouble;
  if (lines.size() != 3 || lines[0] != BuildOf(plugin) ||
      !absl::SimpleAtoi(lines[1], &trouble.times)) {
    return {};
  }
  trouble.why = lines[2].substr(0, lines[2].find('\n'));
  return trouble;
}

absl::Status NoteTrouble(const fs::path& home, const InstalledPlugin& plugin,
                         std::string_view why) {
  const ViewTrouble before = ReadTrouble(home, plugin);
  const std::string_view line =
      why.substr(0, std::min(why.find('\n'), limits::kPluginMessageBytesMax));
  return base::WriteFileAtomically(
      home / kTroubleFile,
      absl::StrCat(BuildOf(plugin), "\n", before.times + 1, "\n", std::string(line), "\n"));
}

void ForgetTrouble(const fs::path& home) {
  std::error_code ignored;
  fs::remove(home / kTroubleFile, ignored);
}

}  // namespace verbatim::archive
