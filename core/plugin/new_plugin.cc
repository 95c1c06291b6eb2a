// SPDX-License-Identifier: Apache-2.0
#include "core/plugin/new_plugin.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_replace.h"
#include "core/base/files.h"
#include "core/base/limits.h"
#include "core/plugin/plugin_file.h"
#include "fmt/format.h"

namespace verbatim::plugin {
namespace fs = std::filesystem;
namespace {

// Words that a namespace, a package or a build target can't be called.
const std::set<std::string>& Taken() {
  static const std::set<std::string> taken = {
      "all",      "auto",     "bool",     "break",    "case",    "catch",     "char",    "class",
      "clean",    "const",    "continue", "default",  "delete",  "do",        "double",  "else",
      "enum",     "explicit", "export",   "extern",   "false",   "float",     "for",     "friend",
      "goto",     "google",   "help",     "if",       "inline",  "install",   "int",     "long",
      "mutable",  "new",      "operator", "package",  "private", "protected", "public",  "register",
      "return",   "short",    "signed",   "sizeof",   "static",  "std",       "struct",  "switch",
      "template", "test",     "testing",  "this",     "throw",   "true",      "try",     "typedef",
      "typeid",   "typename", "union",    "unsigned", "using",   "verbatim",  "virtual", "void",
      "volatile", "while"};
  return taken;
}

// "word_counts" -> "WordCounts".
std::string ClassName(std::string_view name) {
  std::string out;
  bool begins = true;
  for (const char c : name) {
    if (c != '_') out.push_back(begins && c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c);
    begins = c == '_';
  }
  return out;
}

bool Holds(std::string_view condition, const NewPlugin& plugin) {
  const std::map<std::string_view, bool> conditions = {{"annotator", plugin.annotator},
                                                       {"view", plugin.view},
                                                       {"both", plugin.annotator && plugin.view},
                                                       {"annotator_only", !plugin.view},
                                                       {"view_only", !plugin.annotator}};
  const auto found = conditions.find(condition);
  return found != conditions.end() && found->second;
}

absl::Status CheckName(const std::string& name) {
  if (!IsName(name)) {
    return absl::InvalidArgumentError(fmt::format(
        "\"{}\" can't be a plugin's name: it is a small letter, then small letters, digits or _, "
        "at most 32 in all",
        name));
  }
  if (Taken().count(name) > 0) {
    return absl::InvalidArgumentError(
        fmt::format("\"{}\" means something to C++ or CMake: choose another name", name));
  }
  return absl::OkStatus();
}

}  // namespace

fs::path TemplateFolder() {
  return (base::ProgramFolder() / ".." / "share" / "verbatim" / "template").lexically_normal();
}

absl::StatusOr<std::string> FillTemplate(std::string_view text, const NewPlugin& plugin) {
  std::string out;
  std::vector<bool> kept = {true};  // one for each @if@ that is open, after that of the file
  size_t number = 0;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    ++number;
    if (line.substr(0, 4) == "@if " && line.back() == '@') {
      kept.push_back(kept.back() && Holds(line.substr(4, line.size() - 5), plugin));
    } else if (line == "@end@") {
      if (kept.size() == 1)
        return absl::InvalidArgumentError(fmt::format("line {}: @end@ without @if@", number));
      kept.pop_back();
    } else if (kept.back()) {
      out.append(line).append("\n");
    }
  }
  if (kept.size() > 1) return absl::InvalidArgumentError("an @if@ without @end@");
  return absl::StrReplaceAll(out, {{"@name@", plugin.name}, {"@Name@", ClassName(plugin.name)}});
}

absl::StatusOr<std::vector<fs::path>> WriteNewPlugin(const fs::path& from, const fs::path& folder,
                                                     const NewPlugin& plugin) {
  VB_RETURN_IF_ERROR(CheckName(plugin.name));
  std::error_code error;
  if (fs::exists(fs::symlink_status(folder, error))) {
    return absl::AlreadyExistsError(
        fmt::format("{} is there already: choose another name, or move it away", folder.string()));
  }
  if (!fs::is_directory(from, error)) {
    return absl::NotFoundError(
        fmt::format("no template of a plugin in {}: install verbatim again", from.string()));
  }
  std::map<fs::path, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(from, error)) {
    if (!entry.is_regular_file() || entry.path().extension() != ".in") continue;
    VB_ASSIGN_OR_RETURN(const std::string text,
                        base::ReadFile(entry.path(), limits::kPluginBytesMax));
    auto filled = FillTemplate(text, plugin);
    if (!filled.ok()) return base::WithContext(filled.status(), entry.path().string());
    const fs::path relative =
        absl::StrReplaceAll(entry.path().lexically_relative(from).replace_extension().string(),
                            {{"NAME", plugin.name}});
    files.emplace(relative, *std::move(filled));
  }
  std::vector<fs::path> written;
  for (const auto& [relative, text] : files) {
    fs::create_directories((folder / relative).parent_path(), error);
    VB_RETURN_IF_ERROR(base::WriteFileAtomically(folder / relative, text));
    written.push_back(relative);
  }
  return written;
}

}  // namespace verbatim::plugin
