// SPDX-License-Identifier: Apache-2.0
// The plugin's one file with protobuf: requests in, proposals out, and the view `timeline`. What is
// found and why is decided in the library beside it.
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "document_date.h"
#include "explain.h"
#include "parse.h"
#include "resolve.h"
#include "verbatim/dates/v1/timeline.pb.h"
#include "verbatim/keys.h"
#include "verbatim/plugin.h"
#include "verbatim/text/utf8.h"
#include "verbatim/v1/date.pb.h"
#include "verbatim/v1/plugin.pb.h"
#include "verbatim/v1/view.pb.h"

namespace {

namespace dates = verbatim::dates;
namespace v1 = verbatim::v1;

constexpr char kExpressionType[] = "verbatim.v1.TemporalExpression";
constexpr char kDocumentDateType[] = "verbatim.v1.DocumentDate";
constexpr std::uint32_t kTimelineTable = 0;
constexpr float kStatedConfidence = 0.98F;
constexpr float kInferredConfidence = 0.5F;

// One text and the way from its bytes to spans.
class Source {
 public:
  explicit Source(std::string_view text) : text_(text), map_(text) {}

  std::string_view text() const { return text_; }

  void Fill(dates::ByteSpan bytes, v1::TextSpan* out) const {
    verbatim::text::Span span = verbatim::text::MakeSpan(text_, map_, bytes.begin, bytes.end);
    out->set_begin_byte(span.begin_byte);
    out->set_end_byte(span.end_byte);
    out->set_begin_char(span.begin_char);
    out->set_end_char(span.end_char);
    out->set_exact(std::move(span.exact));
  }

 private:
  std::string_view text_;
  verbatim::text::CharMap map_;
};

v1::TemporalExpression::Type TypeOf(dates::Type type) {
  switch (type) {
    case dates::Type::kDate:
      return v1::TemporalExpression::TYPE_DATE;
    case dates::Type::kTime:
      return v1::TemporalExpression::TYPE_TIME;
    case dates::Type::kDuration:
      return v1::TemporalExpression::TYPE_DURATION;
    case dates::Type::kSet:
      return v1::TemporalExpression::TYPE_SET;
  }
  return v1::TemporalExpression::TYPE_UNSPECIFIED;
}

void FillBasis(const Source& source, const dates::Basis& basis,
               v1::TemporalExpression::Basis* out) {
  // The library's kinds carry the numbers of the proto's.
  out->set_kind(static_cast<v1::TemporalExpression::Basis::Kind>(basis.kind));
  out->set_value(basis.value);
  if (basis.span.end > basis.span.begin) source.Fill(basis.span, out->mutable_span());
}

template <class Repeated>
void FillCandidates(const std::vector<dates::Candidate>& candidates, Repeated* out) {
  for (const dates::Candidate& candidate : candidates) {
    auto* added = out->Add();
    added->set_value(candidate.value);
    added->set_why(candidate.why);
  }
}

v1::TemporalExpression BodyOf(const Source& source, const dates::Resolved& value) {
  v1::TemporalExpression body;
  body.set_type(TypeOf(value.type));
  body.set_value(value.value);
  body.set_mod(value.mod);
  body.set_quant(value.quant);
  body.set_freq(value.freq);
  body.set_earliest(value.earliest);
  body.set_latest(value.latest);
  body.set_underspecified(value.underspecified);
  FillCandidates(value.candidates, body.mutable_candidates());
  body.set_resolution(static_cast<v1::TemporalExpression::Resolution>(value.resolution));
  FillBasis(source, value.basis, body.mutable_anchor());
  body.mutable_direction()->set_kind(
      static_cast<v1::TemporalExpression::Direction::Kind>(value.heading));
  if (value.cue.end > value.cue.begin)
    source.Fill(value.cue, body.mutable_direction()->mutable_cue());
  body.set_rule(std::string(value.rule));
  body.set_boilerplate(value.boilerplate);
  return body;
}

v1::DocumentDate BodyOf(const Source& source, const dates::DocumentDate& date) {
  v1::DocumentDate body;
  if (date.lo && date.hi) {
    body.set_lo(dates::IsoDay(*date.lo));
    body.set_hi(dates::IsoDay(*date.hi));
  }
  if (date.best) body.set_best(dates::IsoDay(*date.best));
  FillCandidates(date.candidates, body.mutable_candidates());
  FillBasis(source, date.basis, body.mutable_basis());
  body.set_why(date.why);
  body.set_stated(date.stated);
  return body;
}

class Dates : public verbatim::Annotator {
 public:
  Dates(verbatim::Host host, std::string_view config) : host_(host) {
    if (!config.empty()) throw std::runtime_error("dates takes no configuration");
  }

  void Annotate(std::string_view request_bytes, const verbatim::Emit& emit) override {
    // A request whose text is not UTF-8 doesn't parse: BadInput.
    const auto request = verbatim::Parse<v1::AnnotateRequest>(request_bytes);
    const Source source(request.text());
    const std::vector<dates::Expression> expressions = dates::Parse(source.text());
    host_.ThrowIfCancelled();

    dates::Publication publication;
    publication.not_after = dates::ParseIsoDay(request.not_after());
    publication.day = dates::ParseIsoDay(request.metadata().published().value());
    const auto document_date =
        dates::InferDocumentDate(source.text(), expressions, publication.not_after);
    if (!publication.day && document_date && document_date->best) {
      publication.day = document_date->best;
      publication.inferred = true;
    }
    EmitExpressions(source, dates::Resolve(expressions, publication), emit);
    // Where somebody else has said when it was published there is no question to answer; a date
    // with basis STATED came from here, and stays to be seen.
    const v1::DatedValue& published = request.metadata().published();
    const bool asked =
        published.value().empty() || published.basis() == v1::DatedValue::BASIS_STATED;
    if (asked && document_date) EmitDocumentDate(source, *document_date, emit);
  }

 private:
  static void EmitDocumentDate(const Source& source, const dates::DocumentDate& date,
                               const verbatim::Emit& emit) {
    v1::Proposal proposal;
    for (const dates::ByteSpan& span : date.spans) source.Fill(span, proposal.add_spans());
    proposal.mutable_body()->set_type(kDocumentDateType);
    proposal.mutable_body()->set_value(BodyOf(source, date).SerializeAsString());
    proposal.set_confidence(date.stated ? kStatedConfidence : kInferredConfidence);
    for (std::string& line : dates::Explain(source.text(), date))
      proposal.add_explanation(std::move(line));
    verbatim::EmitMessage(emit, proposal);
  }

  static void EmitExpressions(const Source& source, const std::vector<dates::Resolved>& values,
                              const verbatim::Emit& emit) {
    // The second "Friday" of a text is another claim than the first.
    std::map<std::string_view, int> seen;
    for (const dates::Resolved& value : values) {
      v1::Proposal proposal;
      const int nth =
          ++seen[source.text().substr(value.span.begin, value.span.end - value.span.begin)];
      if (nth > 1) proposal.set_key(std::to_string(nth));
      source.Fill(value.span, proposal.add_spans());
      proposal.mutable_body()->set_type(kExpressionType);
      proposal.mutable_body()->set_value(BodyOf(source, value).SerializeAsString());
      proposal.set_confidence(dates::ConfidenceOf(value));
      for (std::string& line : dates::Explain(source.text(), value))
        proposal.add_explanation(std::move(line));
      verbatim::EmitMessage(emit, proposal);
    }
  }

  verbatim::Host host_;
};

// A row for every expression that names a stretch of the calendar, resolved or not.
class Timeline : public verbatim::View {
 public:
  Timeline(verbatim::Host, std::string_view config) {
    if (!config.empty()) throw std::runtime_error("timeline takes no configuration");
  }

  void Apply(std::string_view event_bytes, verbatim::Store& store) override {
    const auto event = verbatim::Parse<v1::ViewEvent>(event_bytes);
    const auto change = verbatim::Parse<v1::AnnotationChanged>(event.body());
    const std::string before = change.has_before() ? KeyOf(change.before()) : "";
    const std::string after = change.has_after() ? KeyOf(change.after()) : "";
    if (!before.empty() && before != after) store.Erase(kTimelineTable, before);
    if (!after.empty()) store.PutMessage(kTimelineTable, after, RowOf(change));
  }

 private:
  static v1::TemporalExpression BodyIn(const v1::Annotation& annotation) {
    if (annotation.body().type() != kExpressionType) {
      throw verbatim::BadInput("timeline was sent a " + annotation.body().type() + ", not a " +
                               kExpressionType);
    }
    return verbatim::Parse<v1::TemporalExpression>(annotation.body().value());
  }

  // Lengths without a place in the calendar, recurring times and PAST_REF have no row.
  static bool NamesCalendar(const v1::TemporalExpression& body) {
    if (!body.earliest().empty() || !body.latest().empty()) return true;
    const bool point = body.type() == v1::TemporalExpression::TYPE_DATE ||
                       body.type() == v1::TemporalExpression::TYPE_TIME;
    const std::string& value = body.value();
    const bool vague = value.size() > 4 && value.compare(value.size() - 4, 4, "_REF") == 0;
    return point && !vague && !value.empty();
  }

  // By date, then article, then place; what has no date comes last. Empty: no row.
  static std::string KeyOf(const v1::Annotation& annotation) {
    const v1::TemporalExpression body = BodyIn(annotation);
    if (!NamesCalendar(body) || annotation.anchor().spans().empty()) return "";
    return verbatim::KeyWriter()
        .U8(body.earliest().empty() ? 1 : 0)
        .Text(body.earliest())
        .Bytes(annotation.anchor().article())
        .U32(annotation.anchor().spans(0).begin_byte())
        .Bytes(annotation.annotation())
        .Take();
  }

  static verbatim::dates::v1::TimelineRow RowOf(const v1::AnnotationChanged& change) {
    const v1::Annotation& annotation = change.after();
    const v1::TemporalExpression body = BodyIn(annotation);
    verbatim::dates::v1::TimelineRow row;
    row.set_date(body.earliest());
    row.set_earliest(body.earliest());
    row.set_latest(body.latest());
    row.set_resolution(body.resolution());
    row.set_text(annotation.anchor().spans(0).exact());
    row.set_sentence(change.sentence().exact());
    row.set_article(annotation.anchor().article());
    row.set_annotation(annotation.annotation());
    row.set_status(annotation.status());
    row.set_value(body.value());
    row.set_type(body.type());
    row.set_title(change.article().title());
    row.set_published(change.article().published().value());
    row.set_boilerplate(body.boilerplate());
    row.set_begin_byte(annotation.anchor().spans(0).begin_byte());
    return row;
  }
};

}  // namespace

VERBATIM_PLUGIN(verbatim::AnnotatorRole<Dates>("dates"), verbatim::ViewRole<Timeline>("timeline"));
