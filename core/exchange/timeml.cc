// SPDX-License-Identifier: Apache-2.0
// TimeML 1.2.1, a file an article: its time expressions as TIMEX3 elements within <TEXT>, which
// otherwise holds the text as it is. Elements can't overlap; of expressions that do, the longest is
// kept.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "core/base/files.h"
#include "core/base/hex.h"
#include "core/exchange/articles.h"
#include "core/exchange/export.h"
#include "core/schema/json.h"
#include "verbatim/v1/date.pb.h"

namespace verbatim::exchange {
namespace {

namespace fs = std::filesystem;
using v1::TemporalExpression;

constexpr std::string_view kType = "verbatim.v1.TemporalExpression";
constexpr std::string_view kBegin =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<TimeML xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
    "xsi:noNamespaceSchemaLocation=\"http://timeml.org/timeMLdocs/TimeML_1.2.1.xsd\">\n\n";

// XML has no way to say most control characters: each becomes one U+FFFD, so that characters keep
// their numbers. A carriage return would be read as a line end.
std::string Escaped(std::string_view text) {
  std::string xml;
  xml.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        xml += "&amp;";
        break;
      case '<':
        xml += "&lt;";
        break;
      case '>':
        xml += "&gt;";
        break;
      case '"':
        xml += "&quot;";
        break;
      case '\r':
        xml += "&#13;";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') {
          xml += "\xEF\xBF\xBD";
        } else {
          xml.push_back(c);
        }
    }
  }
  // The two that no text may hold, though UTF-8 can.
  return absl::StrReplaceAll(xml,
                             {{"\xEF\xBF\xBE", "\xEF\xBF\xBD"}, {"\xEF\xBF\xBF", "\xEF\xBF\xBD"}});
}

struct Expression {
  uint32_t begin_byte;
  uint32_t end_byte;
  TemporalExpression body;
  std::string tid;
};

// Those that don't overlap, in order of the text.
std::vector<Expression> ExpressionsOf(const ArticleOut& article, uint64_t& left_out) {
  std::vector<Expression> all;
  for (const article::AnnotationPtr& annotation : article.annotations) {
    if (annotation->type() != kType || !article.OnLatest(*annotation)) continue;
    const auto& spans = annotation->value->anchor.spans();
    Expression one{spans.begin()->begin_byte(), spans.rbegin()->end_byte(), {}, {}};
    if (one.body.ParseFromString(annotation->value->body.value())) all.push_back(std::move(one));
  }
  std::stable_sort(all.begin(), all.end(), [](const Expression& a, const Expression& b) {
    return a.end_byte - a.begin_byte > b.end_byte - b.begin_byte;
  });
  std::vector<Expression> kept;
  for (Expression& one : all) {
    const bool free = std::none_of(kept.begin(), kept.end(), [&](const Expression& other) {
      return one.begin_byte < other.end_byte && other.begin_byte < one.end_byte;
    });
    if (free) {
      kept.push_back(std::move(one));
    } else {
      ++left_out;
    }
  }
  std::sort(kept.begin(), kept.end(),
            [](const Expression& a, const Expression& b) { return a.begin_byte < b.begin_byte; });
  for (size_t i = 0; i < kept.size(); ++i) kept[i].tid = absl::StrCat("t", i + 1);
  return kept;
}

void Attribute(std::string_view name, std::string_view value, std::string& xml) {
  absl::StrAppend(&xml, " ", std::string(name), "=\"", Escaped(value), "\"");
}

// The expression that this one was resolved against, where it has an element.
std::string AnchorOf(const Expression& one, const std::vector<Expression>& all) {
  const TemporalExpression::Basis& anchor = one.body.anchor();
  switch (anchor.kind()) {
    case TemporalExpression::Basis::KIND_DCT_GIVEN:
    case TemporalExpression::Basis::KIND_DCT_INFERRED:
      return "t0";
    case TemporalExpression::Basis::KIND_MENTION:
      for (const Expression& other : all) {
        if (other.begin_byte <= anchor.span().begin_byte() &&
            anchor.span().begin_byte() < other.end_byte && &other != &one) {
          return other.tid;
        }
      }
      return "";
    default:
      return "";
  }
}

std::string OpeningTag(const Expression& one, const std::vector<Expression>& all, bool has_dct) {
  std::string xml = "<TIMEX3";
  Attribute("tid", one.tid, xml);
  Attribute("type", schema::EnumText(*TemporalExpression::Type_descriptor(), one.body.type()), xml);
  Attribute("value", one.body.value(), xml);
  if (!one.body.mod().empty()) Attribute("mod", one.body.mod(), xml);
  if (!one.body.quant().empty()) Attribute("quant", one.body.quant(), xml);
  if (!one.body.freq().empty()) Attribute("freq", one.body.freq(), xml);
  const std::string anchor = AnchorOf(one, all);
  Attribute("temporalFunction", anchor.empty() ? "false" : "true", xml);
  if (!anchor.empty() && (anchor != "t0" || has_dct)) Attribute("anchorTimeID", anchor, xml);
  return xml + ">";
}

std::string TimemlOf(const ArticleOut& article, const std::vector<Expression>& expressions) {
  const v1::ArticleMetadata& metadata = article.state.metadata();
  const std::string day = metadata.published().value().substr(0, 10);
  std::string xml(kBegin);
  absl::StrAppend(&xml, "<DOCID>", Escaped(article.name), "</DOCID>\n\n");
  if (!day.empty()) {
    absl::StrAppend(&xml, "<DCT><TIMEX3 tid=\"t0\" type=\"DATE\" value=\"", Escaped(day),
                    "\" temporalFunction=\"false\" functionInDocument=\"CREATION_TIME\">",
                    Escaped(day), "</TIMEX3></DCT>\n\n");
  }
  if (!metadata.title().empty()) {
    absl::StrAppend(&xml, "<TITLE>", Escaped(metadata.title()), "</TITLE>\n\n");
  }
  absl::StrAppend(&xml, "<EXTRAINFO>article ", base::ToHex(article.state.id()), " revision ",
                  article.revision().number(), "</EXTRAINFO>\n\n<TEXT>");
  const std::string_view text = article.revision().text();
  size_t at = 0;
  for (const Expression& one : expressions) {
    xml += Escaped(text.substr(at, one.begin_byte - at));
    xml += OpeningTag(one, expressions, !day.empty());
    xml += Escaped(text.substr(one.begin_byte, one.end_byte - one.begin_byte)) + "</TIMEX3>";
    at = one.end_byte;
  }
  return absl::StrCat(xml, Escaped(text.substr(at)), "</TEXT>\n\n</TimeML>\n");
}

}  // namespace

absl::StatusOr<Exported> WriteTimeml(const Source& source, const fs::path& folder) {
  Exported done;
  uint64_t overlapping = 0;
  VB_RETURN_IF_ERROR(ForEachArticle(source, [&](const ArticleOut& article) {
    const std::vector<Expression> expressions = ExpressionsOf(article, overlapping);
    ++done.articles;
    ++done.files;
    done.annotations += expressions.size();
    return base::WriteFileAtomically(folder / (article.name + ".tml"),
                                     TimemlOf(article, expressions));
  }));
  Note(done, overlapping, "time expressions lie across others, and TimeML can't say so: left out");
  return done;
}

}  // namespace verbatim::exchange
