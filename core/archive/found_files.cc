// SPDX-License-Identifier: Apache-2.0
// Files of annotations from the disk: which of them are meant, what they are, and their bytes.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "core/archive/taking_in.h"
#include "core/ingest/byte_stream.h"

namespace verbatim::archive {
namespace fs = std::filesystem;
namespace {

using exchange::FoundFile;
using exchange::FoundFormat;

// Of a file, to see what it is.
constexpr size_t kBeginningBytes = 64 * 1024;

absl::StatusOr<std::string> ReadAll(const fs::path& path) {
  VB_ASSIGN_OR_RETURN(ingest::ByteStream stream, ingest::ByteStream::Open(path));
  std::string bytes;
  while (stream.Need(1)) {
    const std::string_view piece = stream.Peek();
    if (bytes.size() + piece.size() > exchange::kFoundFileBytesMax) {
      return absl::ResourceExhaustedError(absl::StrCat(path.string(), " is larger than ",
                                                       exchange::kFoundFileBytesMax,
                                                       " bytes: split it by article"));
    }
    bytes += piece;
    stream.Skip(piece.size());
  }
  VB_RETURN_IF_ERROR(base::WithContext(stream.status(), path.string()));
  return bytes;
}

std::string Plain(const fs::path& path) {
  std::string name = path.filename().string();
  if (name.ends_with(".gz")) name.resize(name.size() - 3);
  return name;
}

absl::StatusOr<std::vector<fs::path>> FilesOf(const fs::path& path) {
  std::error_code error;
  if (!fs::exists(path, error)) {
    return absl::NotFoundError(absl::StrCat(path.string(), ": there is no such file or folder"));
  }
  if (!fs::is_directory(path, error)) return std::vector<fs::path>{path};
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(path, error)) {
    const std::string name = Plain(entry.path());
    for (const std::string_view ending : {".ann", ".tml", ".json", ".jsonld"}) {
      if (name.ends_with(ending)) files.push_back(entry.path());
    }
  }
  if (error) return base::ErrnoStatus(error.value(), "read " + path.string());
  std::sort(files.begin(), files.end());
  if (!files.empty()) return files;
  return absl::NotFoundError(
      absl::StrCat(path.string(), ": no file in it ends in .ann, .tml, .json or .jsonld"));
}

// NAME.ann -> NAME.txt, gzip or not.
absl::StatusOr<std::string> TextBeside(const fs::path& ann) {
  std::string name = Plain(ann);
  if (name.ends_with(".ann")) name.resize(name.size() - 4);
  const fs::path text = ann.parent_path() / (name + ".txt");
  std::error_code error;
  auto bytes = ReadAll(fs::exists(text, error) ? text : fs::path(text.string() + ".gz"));
  if (bytes.ok()) return bytes;
  return absl::InvalidArgumentError(
      absl::StrCat(ann.string(), ": its text is wanted beside it, as ", text.string()));
}

absl::StatusOr<FoundFile> Read(const fs::path& path, std::optional<FoundFormat> format,
                               const schema::Registry& registry) {
  VB_ASSIGN_OR_RETURN(const std::string bytes, ReadAll(path));
  if (!format) format = exchange::Recognise(bytes);
  if (!format && Plain(path).ends_with(".ann")) format = FoundFormat::kBrat;  // an empty one
  if (!format) {
    return absl::InvalidArgumentError(absl::StrCat(
        path.string(), ": begins like no format that is imported; say which with --as"));
  }
  const std::string name = path.string();
  std::string stem = Plain(path);
  stem.resize(std::min(stem.rfind('.'), stem.size()));
  switch (*format) {
    case FoundFormat::kBrat: {
      VB_ASSIGN_OR_RETURN(const std::string text, TextBeside(path));
      VB_ASSIGN_OR_RETURN(FoundFile found, exchange::ReadBrat(bytes, text, name, registry));
      found.articles[0].name = stem;
      return found;
    }
    case FoundFormat::kTimeml: {
      VB_ASSIGN_OR_RETURN(FoundFile found, exchange::ReadTimeml(bytes, name));
      if (found.articles[0].name.empty()) found.articles[0].name = stem;
      return found;
    }
    case FoundFormat::kWebAnnotation:
      return exchange::ReadWebAnnotations(bytes, name);
    case FoundFormat::kEvents:
      break;
  }
  return absl::InvalidArgumentError(absl::StrCat(
      name, ": these are the events of an archive: 'verbatim -C NEW import' makes one of them"));
}

}  // namespace

absl::Status VisitFound(
    const fs::path& path, std::optional<FoundFormat> format, const schema::Registry& registry,
    const std::function<absl::Status(const fs::path& file, const absl::StatusOr<FoundFile>& found)>&
        visit) {
  VB_ASSIGN_OR_RETURN(const std::vector<fs::path> files, FilesOf(path));
  for (const fs::path& file : files) {
    VB_RETURN_IF_ERROR(visit(file, Read(file, format, registry)));
  }
  return absl::OkStatus();
}

absl::StatusOr<FoundFormat> RecogniseFile(const fs::path& path) {
  VB_ASSIGN_OR_RETURN(const std::vector<fs::path> files, FilesOf(path));
  VB_ASSIGN_OR_RETURN(ingest::ByteStream stream, ingest::ByteStream::Open(files[0]));
  stream.Need(kBeginningBytes);
  const auto format = exchange::Recognise(stream.Peek());
  if (format) return *format;
  if (Plain(files[0]).ends_with(".ann")) return FoundFormat::kBrat;
  // What is none of the others is read as events, whose reader says what is wrong.
  return FoundFormat::kEvents;
}

}  // namespace verbatim::archive
