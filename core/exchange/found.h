// SPDX-License-Identifier: Apache-2.0
// Annotations as a file of another program has them: what the readers of Web Annotations, brat and
// TimeML give, before anybody has looked for the article or the place. Readers are bounded, follow
// no reference out of the file, and name its line where something is wrong.
#ifndef VERBATIM_CORE_EXCHANGE_FOUND_H_
#define VERBATIM_CORE_EXCHANGE_FOUND_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/article/typed_fields.h"
#include "core/base/limits.h"
#include "core/base/status.h"
#include "core/schema/registry.h"

namespace verbatim::exchange {

// One file to import: the annotations of a hundred thousand articles as Web Annotations. It is held
// in memory, and some four times over while it is read.
inline constexpr size_t kFoundFileBytesMax = 16 * limits::kDocumentBytesMax;

struct FoundSpan {
  uint32_t begin_char = 0;  // code points, half open
  uint32_t end_char = 0;
  std::string exact;
};

struct Found {
  std::string type;                              // of the body: its full name, or the last part
  std::string body_json = {};                    // the whole body; empty: only `fields` are said
  std::vector<article::Assignment> fields = {};  // laid over it; an empty value clears
  // Fields of the body that hold places, each set as a whole.
  std::vector<std::pair<std::string, std::vector<FoundSpan>>> places = {};
  std::vector<FoundSpan> spans = {};  // at least one, in order
  std::string prefix = {};            // text around them, as far as it is said
  std::string suffix = {};
  std::string id = {};                    // 16 bytes: the annotation that this was; or empty
  std::string status = {};                // that it had: "REJECTED"; or empty
  std::optional<uint32_t> revision = {};  // that the spans are counted in
  uint64_t line = 0;                      // of its file, from 1
};

struct FoundArticle {
  std::string file;       // that was read, as given
  std::string name = {};  // what an export calls the article
  std::string id = {};    // 16 bytes, or empty
  std::string url = {};
  std::string text = {};  // whole; empty: the file has none
  std::vector<Found> annotations = {};
};

struct FoundFile {
  std::vector<FoundArticle> articles;
  std::vector<std::string> notes;  // what has no meaning here and was passed by, a line each
};

enum class FoundFormat { kEvents, kWebAnnotation, kBrat, kTimeml };

// "jsonl", "webannotation", "brat", "timeml"; kInvalidArgument names them.
absl::StatusOr<FoundFormat> FoundFormatNamed(std::string_view name);
// By how the file begins; nothing when it is none of them.
std::optional<FoundFormat> Recognise(std::string_view beginning);

// `file` stands before what is said of it. kInvalidArgument: "talks.ann, line 4: ...".
absl::StatusOr<FoundFile> ReadWebAnnotations(const std::string& bytes, std::string_view file);
// `ann` is NAME.ann, `text` NAME.txt.
absl::StatusOr<FoundFile> ReadBrat(std::string_view ann, std::string_view text,
                                   std::string_view file, const schema::Registry& registry);
absl::StatusOr<FoundFile> ReadTimeml(std::string_view bytes, std::string_view file);

// "talks.ann, line 4"
std::string WhereOf(std::string_view file, uint64_t line);

}  // namespace verbatim::exchange

#endif  // VERBATIM_CORE_EXCHANGE_FOUND_H_
