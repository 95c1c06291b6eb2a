// SPDX-License-Identifier: Apache-2.0
#include "core/exchange/export.h"

#include "absl/strings/str_cat.h"
#include "core/base/new_folder.h"
#include "core/exchange/out_file.h"

namespace verbatim::exchange {
namespace fs = std::filesystem;
namespace {

constexpr Format kFormats[] = {
    {"jsonl", Shape::kStream, false, &WriteJsonl, nullptr},
    {"webannotation", Shape::kStream, false, &WriteWebAnnotations, nullptr},
    {"brat", Shape::kFolder, false, nullptr, &WriteBrat},
    {"timeml", Shape::kFolder, false, nullptr, &WriteTimeml},
    {"html", Shape::kFolder, true, nullptr, &WriteHtml},
    {"csv", Shape::kFolder, true, nullptr, &WriteCsv},
    {"sqlite", Shape::kFile, true, nullptr, &WriteSqlite},
    {"prov", Shape::kStream, false, &WriteProv, nullptr},
};

}  // namespace

absl::Span<const Format> Formats() { return kFormats; }

absl::StatusOr<const Format*> FormatNamed(std::string_view name) {
  std::string names;
  for (const Format& format : kFormats) {
    if (format.name == name) return &format;
    absl::StrAppend(&names, names.empty() ? "" : ", ", std::string(format.name));
  }
  return absl::InvalidArgumentError(
      absl::StrCat("nothing is exported as '", std::string(name), "': there are ", names));
}

absl::StatusOr<Exported> Export(const Format& format, const Source& source, const fs::path& place) {
  if (format.shape == Shape::kStream) {
    VB_ASSIGN_OR_RETURN(OutFile file, OutFile::Beside(place));
    VB_ASSIGN_OR_RETURN(const Exported done,
                        format.write(source, [&](std::string_view bytes) { file.Write(bytes); }));
    VB_RETURN_IF_ERROR(file.Finish());
    return done;
  }
  if (format.shape == Shape::kFile) {
    VB_ASSIGN_OR_RETURN(OutFile file, OutFile::Beside(place));
    VB_ASSIGN_OR_RETURN(const Exported done, format.write_at(source, file.path()));
    VB_RETURN_IF_ERROR(file.Finish());
    return done;
  }
  VB_ASSIGN_OR_RETURN(base::NewFolder made, base::NewFolder::Beside(place));
  VB_ASSIGN_OR_RETURN(const Exported done, format.write_at(source, made.path()));
  VB_RETURN_IF_ERROR(made.Finish());
  return done;
}

}  // namespace verbatim::exchange
