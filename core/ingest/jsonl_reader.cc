// SPDX-License-Identifier: Apache-2.0
// Lines of JSON, an article each. A bad line is a bad line and no more.
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/ingest/charset.h"
#include "core/ingest/json_record.h"
#include "core/ingest/json_texts.h"
#include "core/ingest/limits.h"
#include "core/ingest/reading.h"

namespace verbatim::ingest {
namespace {

class LineReader {
 public:
  LineReader(ByteStream& stream, std::string_view name, const Given& given, uint64_t lines_before,
             const OnReading& on_reading)
      : stream_(stream), name_(name), given_(given), on_reading_(on_reading), line_(lines_before) {}

  absl::Status Run() {
    while (stream_.Need(1)) {
      begin_ = stream_.offset();
      ++line_;
      absl::StatusOr<std::string> line = stream_.ReadLine(limits::kDocumentBytesMax);
      if (absl::IsOutOfRange(line.status())) break;
      if (!line.ok()) {
        VB_RETURN_IF_ERROR(Emit(NoDraft(absl::InvalidArgumentError(absl::StrCat(
            "too-large: line ", line_, " has more than ", limits::kDocumentBytesMax, " bytes")))));
        SkipLine();
        continue;
      }
      if (line_ == 1) line->erase(0, line->size() - WithoutByteOrderMark(*line).size());
      if (line->find_first_not_of(" \t\r") == std::string::npos) continue;
      // What the damage cut off is no line: whole ones before it are kept.
      if (!stream_.status().ok() && stream_.line_cut()) break;
      VB_RETURN_IF_ERROR(Take(*std::move(line)));
    }
    if (stream_.status().ok()) return absl::OkStatus();
    return Emit(NoDraft(stream_.status()));
  }

 private:
  absl::Status Take(std::string line) {
    const uint64_t bytes = line.size();
    Given given = given_;
    given.record = absl::StrCat("line ", line_);
    return Emit(
        [line = std::move(line), name = std::string(name_), given = std::move(given)]() mutable {
          const std::string where = given.record;
          return DraftFromJson(std::move(line), where, name, given);
        },
        bytes);
  }

  absl::Status Emit(MakeDraft draft, uint64_t bytes = 0) {
    Reading reading;
    reading.bytes = bytes;
    reading.line = line_;
    reading.byte = begin_;
    reading.record = absl::StrCat("line ", line_);
    reading.draft = std::move(draft);
    return on_reading_(std::move(reading));
  }

  void SkipLine() {
    while (stream_.Need(1)) {
      const size_t end = stream_.Peek().find('\n');
      if (end != std::string_view::npos) {
        stream_.Skip(end + 1);
        return;
      }
      stream_.Skip(stream_.Peek().size());
    }
  }

  ByteStream& stream_;
  std::string_view name_;
  const Given& given_;
  const OnReading& on_reading_;
  uint64_t line_;
  uint64_t begin_ = 0;
};

}  // namespace

absl::Status ReadJsonLines(ByteStream& stream, std::string_view name, const Given& given,
                           uint64_t lines_before, const OnReading& on_reading) {
  stream.Need(kJsonLookBytes);
  if (lines_before == 0 && IsOverLines(stream.Peek()))
    return ReadJsonTexts(stream, name, given, on_reading);
  return LineReader(stream, name, given, lines_before, on_reading).Run();
}

}  // namespace verbatim::ingest
