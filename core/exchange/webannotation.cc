// SPDX-License-Identifier: Apache-2.0
// W3C Web Annotations: one AnnotationPage in JSON-LD, an annotation a line within it. Each span is
// a target of its own, found by its words or by its characters (code points, half open). The body
// type is a tag, the body itself the JSON that `show` prints. README.md has the terms of our own.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "core/anchor/anchor.h"
#include "core/article/ground.h"
#include "core/base/hex.h"
#include "core/base/time_point.h"
#include "core/exchange/articles.h"
#include "core/exchange/export.h"
#include "core/schema/json.h"

namespace verbatim::exchange {
namespace {

using schema::List;
using schema::Record;

Record Text(std::string_view purpose, std::string_view format, std::string value) {
  return Record()
      .Add("type", "TextualBody")
      .Add("purpose", purpose)
      .Add("format", format)
      .Add("value", std::move(value));
}

class Page {
 public:
  explicit Page(const Source& source)
      : source_(source), name_("urn:verbatim:" + base::ToHex(source.archive_id)) {}

  std::string Begin() const {
    return absl::StrCat(
        "{\"@context\":[\"http://www.w3.org/ns/anno.jsonld\",{\"verbatim\":\"urn:verbatim:terms:\","
        "\"article\":\"verbatim:article\",\"revision\":\"verbatim:revision\","
        "\"status\":\"verbatim:status\",\"confidence\":\"verbatim:confidence\"}],\n\"id\":\"",
        name_, ":annotations:", source_.as_of,
        "\",\"type\":\"AnnotationPage\",\"partOf\":{\"id\":\"", name_,
        ":annotations\",\"type\":\"AnnotationCollection\"},\"startIndex\":0,\"items\":[");
  }

  absl::StatusOr<std::string> Item(const ArticleOut& article,
                                   const article::AnnotationState& annotation) const {
    VB_ASSIGN_OR_RETURN(const std::string created, TimeOf(annotation.added_sequence));
    VB_ASSIGN_OR_RETURN(const std::string modified, TimeOf(annotation.changed_sequence));
    const v1::TypedBody& body = annotation.value->body;
    Record item;
    item.Add("id", absl::StrCat(name_, ":annotation:", base::ToHex(annotation.id)))
        .Add("type", "Annotation")
        .Add("motivation", "identifying")
        .Add("creator", Creators(annotation))
        .Add("created", created)
        .Add("modified", modified)
        .Add("generator", Agent("Software", "verbatim " + source_.tool_version))
        .Add("article", base::ToHex(article.state.id()))
        .Add("revision", annotation.value->anchor.revision())
        .Add("status", article::StatusName(annotation.status))
        .Add("confidence", annotation.value->confidence)
        .Add("body", List{Text("tagging", "text/plain", body.type()),
                          Text("describing", "application/json",
                               schema::BodyJson(source_.registry, body.type(), body.value()))})
        .Add("target", Targets(article, annotation));
    return schema::ToJson(item);
  }

 private:
  static Record Agent(std::string_view type, std::string name) {
    return Record().Add("type", type).Add("name", std::move(name));
  }

  // Who has made it what it is: each agent once, in the order in which they did.
  static List Creators(const article::AnnotationState& annotation) {
    List creators;
    std::vector<std::string> seen;
    for (const article::Stage& stage : article::Stages(annotation)) {
      const article::Step& step = *stage.step;
      if (step.kind == article::Step::Kind::kDisputed ||
          step.kind == article::Step::Kind::kReanchored) {
        continue;
      }
      const bool person = step.actor == article::ActorKind::kPerson;
      std::string name = step.version.empty() ? step.who : step.who + " " + step.version;
      if (std::find(seen.begin(), seen.end(), name) != seen.end()) continue;
      seen.push_back(name);
      creators.emplace_back(Agent(person ? "Person" : "Software", std::move(name)));
    }
    return creators;
  }

  absl::StatusOr<std::string> TimeOf(uint64_t sequence) const {
    VB_ASSIGN_OR_RETURN(const log::HeaderView header, source_.snapshot.View(sequence));
    return base::FormatTime(header.recorded_at_us);
  }

  List Targets(const ArticleOut& article, const article::AnnotationState& annotation) const {
    const std::string& url = article.state.metadata().canonical_url();
    const std::string from =
        url.empty() ? absl::StrCat(name_, ":article:", base::ToHex(article.state.id())) : url;
    const v1::Anchor& anchor = annotation.value->anchor;
    const article::Revision& revision = *article.state.revisions().at(anchor.revision());
    const anchor::RevisionText ground = article::GroundOf(article.state, revision);
    List targets;
    for (const v1::TextSpan& span : anchor.spans()) {
      // Each with the text around it, also those in between.
      const v1::Anchor alone =
          anchor::MakeAnchor(ground, {text::Range{span.begin_byte(), span.end_byte()}});
      targets.emplace_back(Record()
                               .Add("source", from)
                               .Add("selector", List{Record()
                                                         .Add("type", "TextQuoteSelector")
                                                         .Add("exact", span.exact())
                                                         .Add("prefix", alone.prefix())
                                                         .Add("suffix", alone.suffix()),
                                                     Record()
                                                         .Add("type", "TextPositionSelector")
                                                         .Add("start", span.begin_char())
                                                         .Add("end", span.end_char())}));
    }
    return targets;
  }

  const Source& source_;
  std::string name_;
};

}  // namespace

absl::StatusOr<Exported> WriteWebAnnotations(const Source& source, const Sink& sink) {
  Exported done;
  done.files = 1;
  const Page page(source);
  sink(page.Begin());
  VB_RETURN_IF_ERROR(ForEachArticle(source, [&](const ArticleOut& article) -> absl::Status {
    ++done.articles;
    for (const article::AnnotationPtr& annotation : article.annotations) {
      VB_ASSIGN_OR_RETURN(const std::string item, page.Item(article, *annotation));
      sink(absl::StrCat(done.annotations == 0 ? "\n" : ",\n", item));
      ++done.annotations;
    }
    return absl::OkStatus();
  }));
  sink("\n]}\n");
  return done;
}

}  // namespace verbatim::exchange
