// SPDX-License-Identifier: Apache-2.0
// The annotator `quotes`: bytes in, bytes out. The one file where the algorithm meets protobuf.
#include <cstdint>
#include <cstdio>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "quotations.h"
#include "quotes_view.h"
#include "speakers_view.h"
#include "verbatim/plugin.h"
#include "verbatim/text/utf8.h"
#include "verbatim/v1/date.pb.h"
#include "verbatim/v1/plugin.pb.h"
#include "verbatim/v1/quote.pb.h"
#include "word_table.h"

namespace verbatim::quotes {
namespace {

using verbatim::v1::Quote;
using verbatim::v1::TemporalExpression;

constexpr char kQuoteType[] = "verbatim.v1.Quote";
constexpr char kDateType[] = "verbatim.v1.TemporalExpression";

// Is this a whole day, 2021-10-20?
bool IsDay(std::string_view value) {
  if (value.size() != 10 || value[4] != '-' || value[7] != '-') return false;
  for (const size_t n : {0U, 1U, 2U, 3U, 5U, 6U, 8U, 9U}) {
    if (value[n] < '0' || value[n] > '9') return false;
  }
  return true;
}

std::vector<DateMention> Dates(const verbatim::v1::AnnotateRequest& request) {
  std::vector<DateMention> dates;
  for (const verbatim::v1::Annotation& annotation : request.upstream()) {
    if (annotation.body().type() != kDateType || annotation.anchor().spans_size() == 0) continue;
    const auto expression = Parse<TemporalExpression>(annotation.body().value());
    const std::string_view day = std::string_view(expression.value()).substr(0, 10);
    const bool dated = expression.type() == TemporalExpression::TYPE_DATE ||
                       expression.type() == TemporalExpression::TYPE_TIME;
    if (!dated || expression.boilerplate() || !IsDay(day)) continue;
    DateMention date;
    date.bytes = {annotation.anchor().spans(0).begin_byte(),
                  annotation.anchor().spans(0).end_byte()};
    date.day = std::string(day);
    // An earlier mention, "in 2005", says less of "Nov. 15" than the article's own date.
    date.inferred = expression.resolution() == TemporalExpression::RESOLUTION_INFERRED ||
                    expression.anchor().kind() == TemporalExpression::Basis::KIND_MENTION;
    date.future = expression.direction().kind() == TemporalExpression::Direction::KIND_FUTURE;
    dates.push_back(std::move(date));
  }
  return dates;
}

class Writer {
 public:
  explicit Writer(std::string_view text) : text_(text), map_(text) {}

  // Valid until the next call: the messages are used again, with the memory that they have.
  const verbatim::v1::Proposal& Write(const Quotation& q) {
    proposal_.Clear();
    for (const Range& span : q.spans) Put(span, *proposal_.add_spans());
    // Equal words twice in one article are two claims.
    if (const int again = seen_[Words(q)]++; again > 0)
      proposal_.set_key(std::to_string(again + 1));
    proposal_.mutable_body()->set_type(kQuoteType);
    WriteBody(q);
    body_.SerializeToString(proposal_.mutable_body()->mutable_value());
    proposal_.set_confidence(static_cast<float>(q.confidence));
    proposal_.add_explanation()->append("rule ").append(q.rule);
    proposal_.add_explanation()->append("evidence ").append(q.weighed);
    return proposal_;
  }

 private:
  // What tells the words of one claim from another's. Lives as long as this does.
  std::string_view Words(const Quotation& q) {
    if (q.spans.size() == 1) return In(text_, q.spans.front());
    std::string& words = joined_.emplace_back();
    for (const Range& span : q.spans) words.append(In(text_, span)).push_back('\n');
    return words;
  }

  void Put(const Range& range, verbatim::v1::TextSpan& out) const {
    out.set_begin_byte(range.begin);
    out.set_end_byte(range.end);
    out.set_begin_char(map_.CharOf(range.begin));
    out.set_end_char(map_.CharOf(range.end));
    out.set_exact(text_.data() + range.begin, range.end - range.begin);
  }

  void WriteBody(const Quotation& q) {
    body_.Clear();
    body_.set_kind(q.kind == QuoteKind::kDirect  ? Quote::KIND_DIRECT
                   : q.kind == QuoteKind::kMixed ? Quote::KIND_MIXED
                                                 : Quote::KIND_INDIRECT);
    for (const Range& quoted : q.quoted) Put(quoted, *body_.add_quoted());
    if (!q.cue.empty()) Put(q.cue, *body_.mutable_cue());
    body_.set_cue_lemma(q.cue_lemma);
    body_.set_negated(q.negated);
    body_.set_modal(q.modal);
    if (!q.mention.empty()) Put(q.mention, *body_.mutable_speaker_mention());
    body_.set_speaker(q.speaker);
    body_.set_speaker_key(q.speaker_key);
    body_.set_speaker_type(Type(q.speaker_type));
    body_.set_speaker_role(q.speaker_role);
    for (const Range& evidence : q.evidence) Put(evidence, *body_.add_speaker_evidence());
    body_.set_utterance(q.utterance);
    body_.set_segment(q.segment);
    for (const std::string& flag : FlagNames(q.flags)) body_.add_flags(flag);
    body_.set_rule(q.rule);
    body_.set_said_on(q.said_on);
    body_.set_said_on_basis(Basis(q.said_on_basis));
  }

  static Quote::SpeakerType Type(SpeakerType type) {
    switch (type) {
      case SpeakerType::kPerson:
        return Quote::SPEAKER_TYPE_PERSON;
      case SpeakerType::kOrganisation:
        return Quote::SPEAKER_TYPE_ORGANISATION;
      case SpeakerType::kGovernment:
        return Quote::SPEAKER_TYPE_GOVERNMENT;
      case SpeakerType::kGroup:
        return Quote::SPEAKER_TYPE_GROUP;
      case SpeakerType::kUnknown:
        break;
    }
    return Quote::SPEAKER_TYPE_UNKNOWN;
  }

  static Quote::SaidOn Basis(SaidOn basis) {
    switch (basis) {
      case SaidOn::kStated:
        return Quote::SAID_ON_STATED;
      case SaidOn::kInferred:
        return Quote::SAID_ON_INFERRED;
      case SaidOn::kArticleDate:
        return Quote::SAID_ON_ARTICLE_DATE;
      case SaidOn::kUnknown:
        break;
    }
    return Quote::SAID_ON_UNKNOWN;
  }

  std::string_view text_;
  text::CharMap map_;
  std::unordered_map<std::string_view, int, HashBytes> seen_;
  std::deque<std::string> joined_;  // of claims in several pieces
  verbatim::v1::Proposal proposal_;
  Quote body_;
};

class Quotes : public Annotator {
 public:
  Quotes(Host, std::string_view) {}

  void Annotate(std::string_view request_bytes, const Emit& emit) override {
    const auto request = Parse<verbatim::v1::AnnotateRequest>(request_bytes);
    const size_t invalid = text::FirstInvalidByte(request.text());
    if (invalid != text::kNoByte) {
      throw BadInput("the text is not UTF-8 at byte " + std::to_string(invalid));
    }
    Article article;
    article.text = request.text();
    article.published = request.metadata().published().value();
    article.dates = Dates(request);
    Writer writer(article.text);
    std::string bytes;
    for (const Quotation& q : FindQuotations(article)) {
      writer.Write(q).SerializeToString(&bytes);
      emit(bytes);
    }
  }
};

}  // namespace
}  // namespace verbatim::quotes

VERBATIM_PLUGIN(verbatim::AnnotatorRole<verbatim::quotes::Quotes>("quotes"),
                verbatim::ViewRole<verbatim::quotes::QuotesView>("quotes"),
                verbatim::ViewRole<verbatim::quotes::SpeakersView>("speakers"));
