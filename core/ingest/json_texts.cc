// SPDX-License-Identifier: Apache-2.0
#include "core/ingest/json_texts.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/ingest/charset.h"
#include "core/ingest/json_record.h"
#include "core/ingest/limits.h"

namespace verbatim::ingest {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";
constexpr size_t kMarkBytesMax = 3;  // a byte order mark

// Goes over JSON a byte at a time and knows how deep it is.
class Depth {
 public:
  // Goes on behind this byte; true where that closed the outermost bracket.
  bool Take(char c) {
    if (in_string_) {
      if (escaped_) {
        escaped_ = false;
      } else if (c == '\\') {
        escaped_ = true;
      } else if (c == '"') {
        in_string_ = false;
      }
      return false;
    }
    if (c == '"') in_string_ = true;
    if (c == '{' || c == '[') ++depth_;
    if (c == '}' || c == ']') return depth_ > 0 && --depth_ == 0;
    return false;
  }
  bool in_string() const { return in_string_; }
  size_t depth() const { return depth_; }

 private:
  size_t depth_ = 0;
  bool in_string_ = false;
  bool escaped_ = false;
};

class TextReader {
 public:
  TextReader(ByteStream& stream, std::string_view name, const Given& given,
             const OnReading& on_reading)
      : stream_(stream), name_(name), given_(given), on_reading_(on_reading) {}

  absl::Status Run() {
    stream_.Need(kMarkBytesMax);
    stream_.Skip(stream_.Peek().size() - WithoutByteOrderMark(stream_.Peek()).size());
    while (stream_.Need(1)) {
      const char c = stream_.Peek().front();
      if (c == '{') {
        VB_RETURN_IF_ERROR(OneObject());
        continue;
      }
      if (c != '[' && c != ']' && c != ',' && kBlanks.find(c) == std::string_view::npos) {
        begin_ = stream_.offset();
        return Emit(Bad("neither an object nor an array of objects"));
      }
      lines_ += c == '\n';
      stream_.Skip(1);
    }
    return stream_.status().ok() ? absl::OkStatus() : Emit(NoDraft(stream_.status()));
  }

 private:
  MakeDraft Bad(std::string_view why) const {
    return NoDraft(absl::InvalidArgumentError(
        absl::StrCat("bad-json in line ", line_, ": ", std::string(why))));
  }

  // At '{'.
  absl::Status OneObject() {
    begin_ = stream_.offset();
    line_ = lines_ + 1;
    Depth depth;
    size_t at = 0;
    bool too_large = false;
    while (true) {
      if (at == stream_.Peek().size() && !stream_.Need(at + 1)) {
        stream_.Skip(stream_.Peek().size());
        return stream_.status().ok() ? Emit(Bad("the input ends within an object"))
                                     : absl::OkStatus();
      }
      const char c = stream_.Peek()[at++];
      lines_ += c == '\n';
      if (depth.Take(c)) break;
      if (at <= limits::kDocumentBytesMax) continue;
      too_large = true;
      stream_.Skip(std::exchange(at, 0));
    }
    std::string object(stream_.Peek().substr(0, at));
    stream_.Skip(at);
    if (too_large) {
      return Emit(NoDraft(absl::InvalidArgumentError(
          absl::StrCat("too-large: the object in line ", line_, " has more than ",
                       limits::kDocumentBytesMax, " bytes"))));
    }
    const uint64_t bytes = object.size();
    Given given = given_;
    given.record = absl::StrCat("item ", items_ + 1);
    return Emit(
        [object = std::move(object), where = absl::StrCat("line ", line_),
         name = std::string(name_), given = std::move(given)]() mutable {
          return DraftFromJson(std::move(object), where, name, given);
        },
        bytes);
  }

  absl::Status Emit(MakeDraft draft, uint64_t bytes = 0) {
    Reading reading;
    reading.record = absl::StrCat("item ", ++items_);
    reading.byte = begin_;
    reading.line = line_;
    reading.bytes = bytes;
    reading.draft = std::move(draft);
    return on_reading_(std::move(reading));
  }

  ByteStream& stream_;
  std::string_view name_;
  const Given& given_;
  const OnReading& on_reading_;
  uint64_t begin_ = 0;
  uint64_t line_ = 1;   // in which the object begins
  uint64_t lines_ = 0;  // ended so far
  size_t items_ = 0;
};

}  // namespace

bool IsOverLines(std::string_view head) {
  head = WithoutByteOrderMark(head);
  const size_t first = head.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return false;
  head.remove_prefix(first);
  if (head.front() == '[') {
    const size_t inner = head.find_first_not_of(kBlanks, 1);
    return inner == std::string_view::npos || head[inner] == '{';
  }
  const size_t end = head.find('\n');
  if (head.front() != '{' || end == std::string_view::npos) return false;
  Depth depth;
  for (const char c : head.substr(0, end)) {
    if (depth.Take(c)) return false;
  }
  // A line that was cut off ends anywhere; one that goes on below, where JSON may be parted.
  if (depth.in_string()) return false;
  const char last = head[head.find_last_not_of(kBlanks, end)];
  const size_t next = head.find_first_not_of(kBlanks, end);
  const bool leads = next != std::string_view::npos &&
                     (head[next] == ',' || head[next] == '}' || head[next] == ']');
  return last == '{' || last == '[' || last == ',' || leads;
}

absl::Status ReadJsonTexts(ByteStream& stream, std::string_view name, const Given& given,
                           const OnReading& on_reading) {
  return TextReader(stream, name, given, on_reading).Run();
}

}  // namespace verbatim::ingest
