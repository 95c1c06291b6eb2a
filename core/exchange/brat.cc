// SPDX-License-Identifier: Apache-2.0
// brat's standoff format: NAME.txt is the text, NAME.ann what was found in it, annotation.conf what
// there is to find. Characters are code points. An annotation is a text-bound one ("T") with an
// attribute for its status and each enum of its body ("A"), a text-bound one and a relation ("R")
// for each place within its body, and a note with the whole body ("#").
#include <google/protobuf/descriptor.h>

#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "core/audit/rows.h"
#include "core/base/files.h"
#include "core/base/hex.h"
#include "core/exchange/articles.h"
#include "core/exchange/export.h"
#include "core/schema/json.h"

namespace verbatim::exchange {
namespace {

namespace fs = std::filesystem;

// What annotation.conf declares.
struct Vocabulary {
  std::set<std::string> entities;
  std::set<std::string> relations;
  std::map<std::string, std::set<std::string>> attributes;  // with their values
};

struct Place {
  uint64_t begin_char;
  std::string_view exact;
};

bool IsLineEnd(char c) { return c == '\n' || c == '\r'; }

// "10 15;16 20<TAB>words words": brat knows no span over the end of a line.
std::string Fragments(const std::vector<Place>& places) {
  std::string numbers;
  std::string words;
  for (const Place& place : places) {
    uint64_t at_char = place.begin_char;
    for (size_t at = 0; at < place.exact.size();) {
      size_t end = at;
      uint64_t chars = 0;
      while (end < place.exact.size() && !IsLineEnd(place.exact[end])) {
        if ((static_cast<unsigned char>(place.exact[end]) & 0xC0) != 0x80) ++chars;
        ++end;
      }
      if (end > at) {
        absl::StrAppend(&numbers, numbers.empty() ? "" : ";", at_char, " ", at_char + chars);
        absl::StrAppend(&words, words.empty() ? "" : " ",
                        std::string(place.exact.substr(at, end - at)));
      }
      at_char += chars + (end < place.exact.size() ? 1 : 0);
      at = end + 1;
    }
  }
  return numbers.empty() ? "" : numbers + "\t" + words;
}

class AnnFile {
 public:
  AnnFile(const Source& source, Vocabulary& vocabulary)
      : source_(source), vocabulary_(vocabulary) {}

  void Add(const article::AnnotationState& annotation) {
    std::vector<Place> places;
    std::string spans;  // before they are cut at line ends
    for (const v1::TextSpan& span : annotation.value->anchor.spans()) {
      places.push_back({span.begin_char(), span.exact()});
      absl::StrAppend(&spans, spans.empty() ? "" : ";", span.begin_char(), " ", span.end_char());
    }
    const std::string id = TextBound(audit::ShortType(annotation.type()), places);
    if (id.empty()) return;
    Attribute("Status", id, article::StatusName(annotation.status));
    const v1::TypedBody& body = annotation.value->body;
    const auto message = source_.registry.Parse(body.type(), body.value());
    if (message.ok()) AddFields(**message, id);
    absl::StrAppend(&lines_, "#", ++notes_, "\tAnnotatorNotes ", id, "\t{\"annotation\":\"",
                    base::ToHex(annotation.id), "\",\"type\":", schema::QuoteJson(body.type()),
                    ",\"spans\":\"", spans,
                    "\",\"body\":", schema::BodyJson(source_.registry, body.type(), body.value()),
                    "}\n");
  }

  const std::string& lines() const { return lines_; }

 private:
  std::string TextBound(const std::string& type, const std::vector<Place>& places) {
    const std::string fragments = Fragments(places);
    if (fragments.empty()) return "";
    vocabulary_.entities.insert(type);
    std::string id = absl::StrCat("T", ++texts_);
    absl::StrAppend(&lines_, id, "\t", type, " ", fragments, "\n");
    return id;
  }

  void Attribute(const std::string& name, const std::string& of, const std::string& value) {
    vocabulary_.attributes[name].insert(value);
    absl::StrAppend(&lines_, "A", ++attributes_, "\t", name, " ", of, " ", value, "\n");
  }

  void AddFields(const schema::Message& body, const std::string& of) {
    const schema::Record record = schema::ToRecord(body);
    const google::protobuf::Descriptor& type = *body.GetDescriptor();
    for (const schema::Field& field : record.fields) {
      const auto* declared = type.FindFieldByName(field.name);
      if (declared == nullptr) continue;
      if (declared->enum_type() != nullptr && !declared->is_repeated()) {
        const std::string value = schema::TextOf(field.value);
        if (value != "UNSPECIFIED") Attribute(field.name, of, value);
      }
      const auto* message = declared->message_type();
      if (message != nullptr && message->full_name() == "verbatim.v1.TextSpan") {
        AddPlaces(field, of);
      }
    }
  }

  void AddPlaces(const schema::Field& field, const std::string& of) {
    const auto* list = std::get_if<schema::List>(&field.value.v);
    const schema::List one = {field.value};
    for (const schema::Value& value : list != nullptr ? *list : one) {
      const auto* span = std::get_if<schema::Record>(&value.v);
      if (span == nullptr) continue;
      const schema::Value* begin = span->Find("begin_char");
      const schema::Value* exact = span->Find("exact");
      if (begin == nullptr || exact == nullptr) continue;
      const auto* at = std::get_if<uint64_t>(&begin->v);
      const auto* words = std::get_if<std::string>(&exact->v);
      if (at == nullptr || words == nullptr) continue;
      const std::string id = TextBound(field.name, {{*at, *words}});
      if (id.empty()) continue;
      vocabulary_.relations.insert("has_" + field.name);
      absl::StrAppend(&lines_, "R", ++relations_, "\thas_", field.name, " Arg1:", of, " Arg2:", id,
                      "\n");
    }
  }

  const Source& source_;
  Vocabulary& vocabulary_;
  std::string lines_;
  uint64_t texts_ = 0;
  uint64_t attributes_ = 0;
  uint64_t relations_ = 0;
  uint64_t notes_ = 0;
};

std::string ConfigurationOf(const Vocabulary& vocabulary) {
  std::string text = "[entities]\n";
  for (const std::string& entity : vocabulary.entities) absl::StrAppend(&text, entity, "\n");
  text += "\n[relations]\n";
  for (const std::string& relation : vocabulary.relations) {
    absl::StrAppend(&text, relation, "\tArg1:<ENTITY>, Arg2:<ENTITY>\n");
  }
  text += "\n[events]\n\n[attributes]\n";
  for (const auto& [name, values] : vocabulary.attributes) {
    std::string joined;
    for (const std::string& value : values)
      absl::StrAppend(&joined, joined.empty() ? "" : "|", value);
    absl::StrAppend(&text, name, "\tArg:<ENTITY>, Value:", joined, "\n");
  }
  return text;
}

}  // namespace

absl::StatusOr<Exported> WriteBrat(const Source& source, const fs::path& folder) {
  Exported done;
  Vocabulary vocabulary;
  uint64_t elsewhere = 0;
  VB_RETURN_IF_ERROR(ForEachArticle(source, [&](const ArticleOut& article) {
    AnnFile ann(source, vocabulary);
    for (const article::AnnotationPtr& annotation : article.annotations) {
      if (article.OnLatest(*annotation)) {
        ann.Add(*annotation);
        ++done.annotations;
      } else {
        ++elsewhere;
      }
    }
    ++done.articles;
    done.files += 2;
    const absl::Status text =
        base::WriteFileAtomically(folder / (article.name + ".txt"), article.revision().text());
    if (!text.ok()) return text;
    return base::WriteFileAtomically(folder / (article.name + ".ann"), ann.lines());
  }));
  VB_RETURN_IF_ERROR(
      base::WriteFileAtomically(folder / "annotation.conf", ConfigurationOf(vocabulary)));
  Note(done, elsewhere, "annotations stand in an earlier text of their article: left out");
  return done;
}

}  // namespace verbatim::exchange
