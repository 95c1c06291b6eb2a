// SPDX-License-Identifier: Apache-2.0
// brat's standoff, as this program writes it and as people make it in brat: a text-bound annotation
// ("T") of a known type is an annotation, one that a relation has_FIELD points to is a place within
// a body. Attributes and relations have the last word over the body in the note, because they are
// what brat shows and changes; what was exported with a note and has lost one of them had it taken
// away. A note that is no such body is a remark, and becomes a verbatim.v1.Note.
#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "core/base/hex.h"
#include "core/base/ids.h"
#include "core/exchange/found.h"
#include "core/schema/fields.h"
#include "core/schema/read_message.h"
#include "verbatim/text/utf8.h"

namespace verbatim::exchange {
namespace {

constexpr std::string_view kRelation = "has_";
constexpr std::string_view kNoteType = "verbatim.v1.Note";

// The parts between separators, the last of at most `parts_max` with all that is left.
std::vector<std::string_view> Parts(std::string_view text, char separator,
                                    size_t parts_max = std::string_view::npos) {
  std::vector<std::string_view> parts;
  while (parts.size() + 1 < parts_max) {
    const size_t at = text.find(separator);
    if (at == std::string_view::npos) break;
    parts.push_back(text.substr(0, at));
    text.remove_prefix(at + 1);
  }
  parts.push_back(text);
  return parts;
}

bool ReadNumber(std::string_view text, uint32_t& number) {
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  return read.ec == std::errc() && read.ptr == text.data() + text.size();
}

struct TextBound {
  std::string type;
  std::vector<FoundSpan> spans;
  uint64_t line = 0;
};

struct Note {
  std::string text;
  uint64_t line = 0;
};

class BratReader {
 public:
  BratReader(std::string_view text, std::string_view file, const schema::Registry& registry)
      : text_(text), chars_(text), file_(file), registry_(registry) {}

  absl::StatusOr<FoundFile> Read(std::string_view ann) {
    uint64_t line = 0;
    for (const std::string_view one : Parts(ann, '\n')) {
      ++line;
      const std::string_view whole = one.substr(0, one.find_last_not_of('\r') + 1);
      if (whole.empty()) continue;
      VB_RETURN_IF_ERROR(base::WithContext(Line(whole, line), WhereOf(file_, line)));
    }
    FoundArticle article{.file = std::string(file_)};
    article.text = std::string(text_);
    for (const auto& [id, bound] : bounds_) {
      if (!within_.contains(id)) VB_RETURN_IF_ERROR(AddAnnotation(id, bound, article));
    }
    std::stable_sort(article.annotations.begin(), article.annotations.end(),
                     [](const Found& a, const Found& b) { return a.line < b.line; });
    FoundFile found;
    found.articles.push_back(std::move(article));
    if (passed_ > 0) {
      found.notes.push_back(absl::StrCat(std::string(file_), ": ", passed_,
                                         " events, normalisations and equivalences of brat mean "
                                         "nothing here: passed by"));
    }
    return found;
  }

 private:
  absl::Status Wrong(std::string_view what) const {
    return absl::InvalidArgumentError(std::string(what));
  }

  absl::Status Line(std::string_view line, uint64_t number) {
    const std::vector<std::string_view> parts = Parts(line, '\t', 3);
    if (parts.size() < 2) return Wrong("no line of brat: it has no tab");
    switch (line[0]) {
      case 'T':
        return AddBound(parts, number);
      case 'A':
      case 'M':
        return AddAttribute(parts[1]);
      case 'R':
        return AddRelation(parts[1], number);
      case '#':
        return AddNote(parts, number);
      case 'E':
      case 'N':
      case '*':
        ++passed_;
        return absl::OkStatus();
      default:
        return Wrong("no line of brat: one begins with T, A, R, #, E, N, M or *");
    }
  }

  absl::Status AddBound(const std::vector<std::string_view>& parts, uint64_t number) {
    const size_t blank = parts[1].find(' ');
    if (blank == std::string_view::npos || blank == 0) {
      return Wrong("a T line has a type and its places");
    }
    TextBound bound{std::string(parts[1].substr(0, blank)), {}, number};
    for (const std::string_view piece : Parts(parts[1].substr(blank + 1), ';')) {
      VB_ASSIGN_OR_RETURN(const FoundSpan span, SpanOf(piece));
      Join(span, bound.spans);
    }
    if (!bounds_.emplace(std::string(parts[0]), std::move(bound)).second) {
      return Wrong(absl::StrCat(std::string(parts[0]), " stands there twice"));
    }
    return absl::OkStatus();
  }

  absl::StatusOr<FoundSpan> SpanOf(std::string_view piece) const {
    FoundSpan span;
    const std::vector<std::string_view> ends = Parts(piece, ' ');
    if (ends.size() != 2 || !ReadNumber(ends[0], span.begin_char) ||
        !ReadNumber(ends[1], span.end_char) || span.begin_char >= span.end_char ||
        span.end_char > chars_.chars()) {
      return Wrong(absl::StrCat("'", std::string(piece), "' is no part of the text, which has ",
                                chars_.chars(), " characters"));
    }
    span.exact = TextBetween(span.begin_char, span.end_char);
    return span;
  }

  std::string TextBetween(uint32_t begin_char, uint32_t end_char) const {
    const uint32_t begin = chars_.ByteOf(begin_char);
    return std::string(text_.substr(begin, chars_.ByteOf(end_char) - begin));
  }

  // brat cuts a span at the ends of lines: what stands on both sides of nothing else is one.
  void Join(const FoundSpan& span, std::vector<FoundSpan>& spans) const {
    if (!spans.empty() && spans.back().end_char <= span.begin_char) {
      const std::string between = TextBetween(spans.back().end_char, span.begin_char);
      if (between.find_first_not_of("\r\n") == std::string::npos) {
        spans.back().end_char = span.end_char;
        spans.back().exact = TextBetween(spans.back().begin_char, span.end_char);
        return;
      }
    }
    spans.push_back(span);
  }

  absl::Status AddAttribute(std::string_view words) {
    const std::vector<std::string_view> parts = Parts(words, ' ');
    if (parts.size() < 2) return Wrong("an A line has a name and what it is of");
    attributes_[std::string(parts[1])][std::string(parts[0])] =
        parts.size() > 2 ? std::string(parts[2]) : "true";
    return absl::OkStatus();
  }

  absl::Status AddRelation(std::string_view words, uint64_t number) {
    const std::vector<std::string_view> parts = Parts(words, ' ');
    if (parts.size() != 3 || parts[1].substr(0, 5) != "Arg1:" || parts[2].substr(0, 5) != "Arg2:") {
      return Wrong("an R line has a name, Arg1:T1 and Arg2:T2");
    }
    if (parts[0].substr(0, kRelation.size()) != kRelation) {
      ++passed_;
      return absl::OkStatus();
    }
    const std::string to(parts[2].substr(5));
    relations_[std::string(parts[1].substr(5))].push_back(
        {std::string(parts[0].substr(kRelation.size())), to, number});
    within_.insert(to);
    return absl::OkStatus();
  }

  absl::Status AddNote(const std::vector<std::string_view>& parts, uint64_t number) {
    const std::vector<std::string_view> words = Parts(parts[1], ' ');
    if (words.size() != 2 || parts.size() < 3)
      return Wrong("a # line has a name and what it is of");
    notes_[std::string(words[1])].push_back({std::string(parts[2]), number});
    return absl::OkStatus();
  }

  // The annotation as it was exported; false: this is a remark.
  bool ReadNote(const std::string& note, Found& found) const {
    const auto members = schema::JsonMembers(note);
    if (!members.ok()) return false;
    const auto member = [&](const char* name) {
      const auto at = members->find(name);
      const auto text = at == members->end() ? absl::StatusOr<std::string>("")
                                             : schema::ReadJsonString(at->second);
      return text.ok() ? *text : std::string();
    };
    const auto body = members->find("body");
    if (body == members->end() || member("type").empty()) return false;
    found.type = member("type");
    found.body_json = std::string(body->second);
    found.id = base::FromHex(member("annotation")).value_or("");
    if (found.id.size() != base::kIdBytes) found.id.clear();
    KeepParts(member("spans"), found);
    return true;
  }

  // "10 15;16 20": the spans before brat's way of cutting and this reader's of joining, where they
  // still say the same.
  void KeepParts(const std::string& parts, Found& found) const {
    std::vector<FoundSpan> exact;
    std::vector<FoundSpan> joined;
    for (const std::string_view piece : Parts(parts, ';')) {
      const auto span = SpanOf(piece);
      if (!span.ok()) return;
      exact.push_back(*span);
      Join(*span, joined);
    }
    const bool same = std::equal(joined.begin(), joined.end(), found.spans.begin(),
                                 found.spans.end(), [](const FoundSpan& a, const FoundSpan& b) {
                                   return a.begin_char == b.begin_char && a.end_char == b.end_char;
                                 });
    if (same) found.spans = std::move(exact);
  }

  absl::Status AddAnnotation(const std::string& id, const TextBound& bound, FoundArticle& article) {
    Found found{.type = bound.type, .spans = bound.spans, .line = bound.line};
    for (const Note& note : notes_[id]) {
      if (found.body_json.empty() && ReadNote(note.text, found)) continue;
      article.annotations.push_back({.type = std::string(kNoteType),
                                     .fields = {{"text", note.text}},
                                     .spans = bound.spans,
                                     .line = note.line});
    }
    if (found.type.substr(found.type.rfind('.') + 1) != bound.type) {
      // Its type was changed in brat: what the note says is of another kind.
      found.type = bound.type;
      found.body_json.clear();
      found.id.clear();
    }
    LayAttributes(id, found);
    VB_RETURN_IF_ERROR(LayPlaces(id, found));
    article.annotations.push_back(std::move(found));
    return absl::OkStatus();
  }

  void LayAttributes(const std::string& id, Found& found) const {
    const auto at = attributes_.find(id);
    std::map<std::string, std::string> said;
    if (at != attributes_.end()) said = at->second;
    if (const auto status = said.find("Status"); status != said.end()) {
      found.status = status->second;
      said.erase(status);
    }
    const schema::Descriptor* type = registry_.FindMessage(found.type);
    if (type != nullptr && !found.body_json.empty()) {
      for (int i = 0; i < type->field_count(); ++i) {
        const auto* field = type->field(i);
        if (field->enum_type() == nullptr || field->is_repeated()) continue;
        said.emplace(field->name(), "");
      }
    }
    for (auto& [field, value] : said) found.fields.push_back({field, value});
  }

  absl::Status LayPlaces(const std::string& id, Found& found) {
    std::map<std::string, std::vector<FoundSpan>> places;
    const schema::Descriptor* type = registry_.FindMessage(found.type);
    if (type != nullptr && !found.body_json.empty()) {
      for (int i = 0; i < type->field_count(); ++i) {
        const auto* message = type->field(i)->message_type();
        if (message != nullptr && message->full_name() == "verbatim.v1.TextSpan") {
          places[type->field(i)->name()];
        }
      }
    }
    for (const Relation& relation : relations_[id]) {
      const auto to = bounds_.find(relation.to);
      if (to == bounds_.end()) {
        return absl::InvalidArgumentError(
            absl::StrCat(WhereOf(file_, relation.line), ": there is no ", relation.to));
      }
      auto& spans = places[relation.field];
      spans.insert(spans.end(), to->second.spans.begin(), to->second.spans.end());
    }
    for (auto& [field, spans] : places) found.places.emplace_back(field, std::move(spans));
    return absl::OkStatus();
  }

  struct Relation {
    std::string field;
    std::string to;
    uint64_t line;
  };

  std::string_view text_;
  text::CharMap chars_;
  std::string_view file_;
  const schema::Registry& registry_;
  std::map<std::string, TextBound> bounds_;
  std::map<std::string, std::map<std::string, std::string>> attributes_;  // of, name, value
  std::map<std::string, std::vector<Relation>> relations_;                // by what they are from
  std::set<std::string> within_;                                          // what relations point to
  std::map<std::string, std::vector<Note>> notes_;                        // by what they are of
  uint64_t passed_ = 0;
};

}  // namespace

absl::StatusOr<FoundFile> ReadBrat(std::string_view ann, std::string_view text,
                                   std::string_view file, const schema::Registry& registry) {
  for (const std::string_view bytes : {ann, text}) {
    const size_t bad = text::FirstInvalidByte(bytes);
    if (bad == text::kNoByte) continue;
    return absl::InvalidArgumentError(absl::StrCat(std::string(file),
                                                   bytes.data() == text.data() ? ", its text" : "",
                                                   ": byte ", bad, " is no UTF-8"));
  }
  return BratReader(text, file, registry).Read(ann);
}

}  // namespace verbatim::exchange
