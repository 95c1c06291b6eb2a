// SPDX-License-Identifier: Apache-2.0
// Field by field; the enums of the structs have the numbers of the protos.
#include "messages.h"

namespace verbatim::statements {
namespace {

void Fill(const Quotation& q, v1::Statement* m) {
  m->set_annotation(q.annotation);
  m->set_article(q.article);
  m->set_text(q.text);
  m->set_begin_byte(q.begin_byte);
  m->set_kind(static_cast<verbatim::v1::Quote::Kind>(q.kind));
  m->set_speaker(q.speaker);
  m->set_speaker_key(q.speaker_key);
  m->set_side(q.side);
  m->set_saying(q.utterance);
  m->set_said_on(q.said_on);
  m->set_said_on_basis(static_cast<verbatim::v1::Quote::SaidOn>(q.basis));
  m->set_status(static_cast<verbatim::v1::AnnotationStatus>(q.status));
  m->set_title(q.title);
  m->set_outlet(q.outlet);
  m->set_story(q.story);
}

Quotation QuotationOf(const v1::Statement& m) {
  Quotation q;
  q.annotation = m.annotation();
  q.article = m.article();
  q.text = m.text();
  q.begin_byte = m.begin_byte();
  q.kind = static_cast<QuoteKind>(m.kind());
  q.speaker = m.speaker();
  q.speaker_key = m.speaker_key();
  q.side = m.side();
  q.utterance = m.saying();
  q.said_on = m.said_on();
  q.basis = static_cast<Basis>(m.said_on_basis());
  q.status = static_cast<uint32_t>(m.status());
  q.title = m.title();
  q.outlet = m.outlet();
  q.story = m.story();
  return q;
}

}  // namespace

v1::Statement ToMessage(const Statement& row) {
  v1::Statement m;
  Fill(row.quotation, &m);
  m.set_matter(row.matter);
  m.set_thread(row.thread);
  m.set_topic(row.topic);
  m.set_segment(row.segment);
  m.set_relation(static_cast<v1::Statement::Relation>(row.relation));
  m.set_previous(row.previous);
  m.set_previous_segment(row.previous_segment);
  m.set_utterance(row.utterance);
  for (const std::string& label : row.labels) m.add_labels(label);
  for (const std::string& evidence : row.label_evidence) m.add_label_evidence(evidence);
  for (const std::string& variant : row.variant) m.add_variant(variant);
  m.set_diff(row.diff);
  m.set_similarity(static_cast<float>(row.similarity) / 1000);
  m.set_days_between(row.days_between);
  m.set_sources(row.sources);
  for (const std::string& name : row.printed_by) m.add_printed_by(name);
  for (const std::string& article : row.printed_in) m.add_printed_in(article);
  for (const std::string& annotation : row.copies) m.add_copies(annotation);
  return m;
}

Statement FromMessage(const v1::Statement& m) {
  Statement row;
  row.quotation = QuotationOf(m);
  row.matter = m.matter();
  row.thread = m.thread();
  row.topic = m.topic();
  row.segment = m.segment();
  row.relation = static_cast<Relation>(m.relation());
  row.previous = m.previous();
  row.previous_segment = m.previous_segment();
  row.utterance = m.utterance();
  row.labels.assign(m.labels().begin(), m.labels().end());
  row.label_evidence.assign(m.label_evidence().begin(), m.label_evidence().end());
  row.variant.assign(m.variant().begin(), m.variant().end());
  row.diff = m.diff();
  row.similarity = static_cast<uint32_t>(m.similarity() * 1000 + 0.5F);
  row.days_between = m.days_between();
  row.sources = m.sources();
  row.printed_by.assign(m.printed_by().begin(), m.printed_by().end());
  row.printed_in.assign(m.printed_in().begin(), m.printed_in().end());
  row.copies.assign(m.copies().begin(), m.copies().end());
  return row;
}

v1::Source ToMessage(const Source& row) {
  v1::Source m;
  Fill(row.quotation, m.mutable_quotation());
  m.set_speaker_key(row.speaker_key);
  m.set_placed(row.placed);
  for (const Source::Place& place : row.places) {
    v1::Source::Place* p = m.add_places();
    p->set_segment(place.segment);
    p->set_row(place.key);
    p->set_member(place.member_key);
  }
  m.set_speaker_name(row.speaker_name);
  m.set_report(row.report);
  return m;
}

Source FromMessage(const v1::Source& m) {
  Source row{QuotationOf(m.quotation()), m.speaker_key(), m.placed(), {},
             m.speaker_name(),           m.report()};
  for (const v1::Source::Place& p : m.places()) {
    row.places.push_back({p.segment(), p.row(), p.member()});
  }
  return row;
}

v1::Member ToMessage(const Member& row) {
  v1::Member m;
  m.set_speaker_key(row.speaker_key);
  m.set_article(row.article);
  m.set_annotation(row.annotation);
  m.set_thread(row.thread);
  m.set_matter(row.matter);
  m.mutable_terms()->Assign(row.terms.begin(), row.terms.end());
  return m;
}

Member FromMessage(const v1::Member& m) {
  return {m.speaker_key(), m.article(), m.annotation(),
          m.thread(),      m.matter(),  {m.terms().begin(), m.terms().end()}};
}

v1::Thread ToMessage(const Thread& row) {
  v1::Thread m;
  m.set_matter(row.matter);
  m.set_topic(row.topic);
  return m;
}

Thread FromMessage(const v1::Thread& m) { return {m.matter(), m.topic()}; }

v1::Speaker ToMessage(const Speaker& row) {
  v1::Speaker m;
  m.set_side(row.side);
  return m;
}

Speaker FromMessage(const v1::Speaker& m) { return {m.side()}; }

v1::Article ToMessage(const Article& row) {
  v1::Article m;
  m.set_story(row.story);
  m.set_next(row.next);
  m.set_size(row.size);
  return m;
}

Article FromMessage(const v1::Article& m) { return {m.story(), m.next(), m.size()}; }

v1::Report ToMessage(const Report& row) {
  v1::Report m;
  for (const Report::Copy& copy : row.copies) {
    v1::Report::Copy* c = m.add_copies();
    c->set_article(copy.article);
    c->set_annotation(copy.annotation);
    c->set_outlet(copy.outlet);
    c->set_title(copy.title);
    c->set_said_on(copy.said_on);
    c->set_said_on_basis(static_cast<verbatim::v1::Quote::SaidOn>(copy.basis));
    c->set_placed(copy.placed);
  }
  return m;
}

Report FromMessage(const v1::Report& m) {
  Report row;
  for (const v1::Report::Copy& c : m.copies()) {
    row.copies.push_back({c.article(), c.annotation(), c.outlet(), c.title(), c.said_on(),
                          static_cast<Basis>(c.said_on_basis()), c.placed()});
  }
  return row;
}

}  // namespace verbatim::statements
