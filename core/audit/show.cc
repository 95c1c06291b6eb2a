// SPDX-License-Identifier: Apache-2.0
#include "core/audit/show.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>

#include "core/article/load.h"
#include "core/audit/changes.h"
#include "core/audit/remarks.h"
#include "core/audit/summary.h"
#include "core/base/hex.h"
#include "core/base/time_point.h"
#include "core/schema/json.h"

namespace verbatim::audit {
namespace {

using schema::List;
using schema::Record;

std::string BasisName(const v1::DatedValue& published) {
  if (published.basis() == v1::DatedValue::BASIS_UNSPECIFIED) return "";
  return schema::EnumText(*v1::DatedValue::Basis_descriptor(), published.basis());
}

void AddMetadata(const article::ArticleState& state, Record* record) {
  const v1::ArticleMetadata& metadata = state.metadata();
  record->Add("article", base::ToHex(state.id()));
  record->Add("title", metadata.title());
  record->Add("published", metadata.published().value());
  record->Add("published_basis", BasisName(metadata.published()));
  record->Add("outlet", metadata.outlet());
  record->Add("url", metadata.canonical_url());
  record->Add("language", metadata.language());
}

List SaidOf(const article::AnnotationState& annotation) {
  List list;
  for (const article::Said& said : annotation.said) {
    Record record;
    record.Add("annotator", said.annotator).Add("version", said.version);
    record.Add("present", said.value != nullptr);
    if (said.value != nullptr) record.Add("text", WordsOf(said.value->anchor));
    list.emplace_back(std::move(record));
  }
  return list;
}

std::string_view OriginName(article::Origin origin) {
  switch (origin) {
    case article::Origin::kIngested:
      return "INGESTED";
    case article::Origin::kRevised:
      return "REVISED";
    case article::Origin::kReextracted:
      return "REEXTRACTED";
  }
  return "";
}

List RevisionsOf(const article::ArticleState& state) {
  List list;
  for (const article::RevisionPtr& revision : state.revisions()) {
    Record record;
    record.Add("revision", revision->number());
    record.Add("origin", OriginName(revision->origin()));
    record.Add("minor", revision->minor());
    record.Add("sequence", revision->sequence());
    record.Add("recorded_at", base::FormatTime(revision->recorded_at_us()));
    record.Add("characters", revision->chars().chars());
    record.Add("bytes", static_cast<uint64_t>(revision->text().size()));
    record.Add("text_sha256", base::ToHex(revision->content().text_sha256()));
    record.Add("extractor", revision->content().extraction().extractor());
    list.emplace_back(std::move(record));
  }
  return list;
}

List SourcesOf(const article::ArticleState& state) {
  List list;
  for (const article::Source& source : state.sources()) {
    Record record;
    record.Add("sequence", source.sequence);
    record.Add("input", source.capture.input()).Add("url", source.capture.url());
    record.Add("media_type", source.capture.media_type());
    record.Add("content_size", source.capture.content_size());
    record.Add("content_sha256", base::ToHex(source.capture.content_sha256()));
    if (source.capture.fetched_at_us() != 0) {
      record.Add("fetched_at", base::FormatTime(source.capture.fetched_at_us()));
    }
    list.emplace_back(std::move(record));
  }
  return list;
}

List RunsOf(const article::ArticleState& state) {
  List list;
  for (const auto& [who, run] : state.runs()) {
    Record record;
    record.Add("sequence", run.sequence);
    record.Add("plugin", run.completed.plugin()).Add("annotator", run.completed.annotator());
    record.Add("version", run.completed.version()).Add("revision", run.completed.revision());
    record.Add("outcome",
               schema::EnumText(*v1::RunCompleted::Outcome_descriptor(), run.completed.outcome()));
    record.Add("summary", RunSummary(run.completed));
    record.Add("code_sha256", base::ToHex(run.completed.code_sha256()));
    list.emplace_back(std::move(record));
  }
  return list;
}

List TypesOf(const article::ArticleState& state) {
  std::map<std::pair<std::string, std::string>, uint64_t> counts;
  for (const auto& [id, annotation] : state.annotations()) {
    ++counts[{annotation->type(), article::StatusName(annotation->status)}];
  }
  List list;
  for (const auto& [what, count] : counts) {
    list.emplace_back(
        Record().Add("type", what.first).Add("status", what.second).Add("count", count));
  }
  return list;
}

// What the headers of one article's stream say for the list. Most streams hold nothing but
// additions of annotations, and then their bodies needn't be read to know how many are live.
struct Listed {
  std::vector<uint64_t> texts;    // revisions and metadata
  std::vector<uint64_t> matters;  // all that may change the article or its annotations
  uint64_t added = 0;
  bool some_left = false;  // rejected, retracted, moved, withdrawn or erased

  void See(uint64_t sequence, std::string_view type) {
    static constexpr std::string_view kTexts[] = {
        "verbatim.v1.ArticleIngested", "verbatim.v1.ArticleRevised",
        "verbatim.v1.ArticleReextracted", "verbatim.v1.ArticleMetadataCorrected"};
    static constexpr std::string_view kLeave[] = {
        "verbatim.v1.AnnotationRetracted", "verbatim.v1.AnnotationRejected",
        "verbatim.v1.AnnotationReanchored", "verbatim.v1.DecisionWithdrawn",
        "verbatim.v1.ContentErased"};
    if (!article::ArticleState::MattersToViews(type)) return;
    matters.push_back(sequence);
    const auto is = [&](std::string_view one) { return one == type; };
    if (std::any_of(std::begin(kTexts), std::end(kTexts), is)) texts.push_back(sequence);
    added += type == "verbatim.v1.AnnotationAdded";
    some_left = some_left || std::any_of(std::begin(kLeave), std::end(kLeave), is);
  }

  uint64_t LiveOf(const article::ArticleState& state) const {
    return some_left ? static_cast<uint64_t>(state.Live().size()) : added;
  }
};

absl::StatusOr<article::ArticleState> FoldForList(const log::Snapshot& snapshot,
                                                  const std::string& stream, const Listed& listed) {
  article::ArticleState state;
  for (const uint64_t sequence : listed.some_left ? listed.matters : listed.texts) {
    VB_ASSIGN_OR_RETURN(const v1::EventHeader header, snapshot.Header(sequence));
    VB_ASSIGN_OR_RETURN(const auto body, snapshot.Body(sequence));
    const absl::Status applied = state.Apply(sequence, header, body).status();
    if (!applied.ok()) return base::WithContext(applied, fmt::format("article {}", stream));
  }
  return state;
}

// That it was there, and not what it was.
absl::StatusOr<Record> ErasedAnnotation(const log::Snapshot& snapshot, std::string_view annotation,
                                        std::string_view article, uint64_t added) {
  VB_ASSIGN_OR_RETURN(const auto erasure, ErasureOf(snapshot, base::ToHex(article), added));
  Record record;
  record.Add("annotation", base::ToHex(annotation)).Add("article", base::ToHex(article));
  record.Add("status", "erased").Add("added_sequence", added);
  if (erasure) record.Add("erasure", ErasureRecord(*erasure));
  return record;
}

}  // namespace

absl::StatusOr<Record> ShowAnnotation(const log::Snapshot& snapshot,
                                      const schema::Registry& registry, std::string_view annotation,
                                      uint64_t as_of) {
  VB_ASSIGN_OR_RETURN(const std::string article, ArticleOf(snapshot, annotation));
  VB_ASSIGN_OR_RETURN(const article::ArticleState state, article::Load(snapshot, article, as_of));
  const article::AnnotationPtr found = state.Find(annotation);
  if (found == nullptr) {
    VB_ASSIGN_OR_RETURN(const auto hits, snapshot.FindAnnotations(base::ToHex(annotation), 1));
    if (hits[0].sequence <= as_of) {
      return ErasedAnnotation(snapshot, annotation, article, hits[0].sequence);
    }
    return absl::NotFoundError(fmt::format("annotation {} was added at sequence {}, after {}",
                                           base::ToHex(annotation), hits[0].sequence, as_of));
  }
  return AnnotationRecord(state, *found, registry);
}

Record AnnotationRecord(const article::ArticleState& state, const article::AnnotationState& found,
                        const schema::Registry& registry) {
  const article::Value& value = *found.value;
  Record record;
  record.Add("annotation", base::ToHex(found.id)).Add("article", base::ToHex(state.id()));
  record.Add("type", found.type()).Add("status", article::StatusName(found.status));
  record.Add("text", WordsOf(value.anchor));
  record.Add("body", schema::BodyValue(registry, value.body.type(), value.body.value()));
  record.Add("human_held", found.human_held).Add("disputed", found.disputed);
  record.Add("needs_review", found.needs_review).Add("confidence", value.confidence);
  record.Add("annotator", found.annotator).Add("version", found.version);
  record.Add("added_sequence", found.added_sequence);
  record.Add("changed_sequence", found.changed_sequence);
  record.Add("claim_key", base::ToHex(value.claim_key));
  record.Add("anchor", schema::ToRecord(value.anchor));
  record.Add("said", SaidOf(found));
  List remarks;
  for (const article::AnnotationPtr& remark : RemarksOn(state, found.id)) {
    remarks.emplace_back(Record()
                             .Add("annotation", base::ToHex(remark->id))
                             .Add("who", remark->steps.front()->who)
                             .Add("text", RemarkOf(remark->value->body)));
  }
  record.Add("remarks", std::move(remarks));
  record.Add("title", state.metadata().title());
  record.Add("published", state.metadata().published().value());
  return record;
}

absl::StatusOr<Record> ShowArticle(const log::Snapshot& snapshot, std::string_view article,
                                   uint64_t as_of) {
  VB_ASSIGN_OR_RETURN(const article::ArticleState state, article::Load(snapshot, article, as_of));
  if (state.empty()) {
    return absl::NotFoundError(
        as_of == kNow
            ? fmt::format("this archive has no article {}", base::ToHex(article))
            : fmt::format("article {} was not there at sequence {}", base::ToHex(article), as_of));
  }
  Record record = ArticleRecord(state);
  if (!state.erased()) return record;
  VB_ASSIGN_OR_RETURN(const auto erasure, ErasureOf(snapshot, base::ToHex(article)));
  if (erasure) record.Add("erasure", ErasureRecord(*erasure));
  return record;
}

Record ArticleRecord(const article::ArticleState& state) {
  Record record;
  AddMetadata(state, &record);
  record.Add("published_source", state.metadata().published().source());
  List authors;
  for (const std::string& author : state.metadata().authors()) authors.emplace_back(author);
  record.Add("authors", std::move(authors));
  record.Add("revisions", RevisionsOf(state));
  record.Add("annotations", static_cast<uint64_t>(state.Live().size()));
  record.Add("annotations_by_type", TypesOf(state));
  record.Add("sources", SourcesOf(state)).Add("runs", RunsOf(state));
  record.Add("erased", state.erased());
  return record;
}

Record ArticleRow(const article::ArticleState& state, uint64_t live) {
  Record row;
  AddMetadata(state, &row);
  row.Add("revisions", static_cast<uint64_t>(state.revisions().size()));
  row.Add("annotations", live);
  if (state.erased()) row.Add("erased", true);
  return row;
}

absl::Status Articles(const log::Snapshot& snapshot, absl::FunctionRef<void(const Record&)> row,
                      uint64_t as_of) {
  std::unordered_map<std::string, Listed> by_stream;
  std::vector<std::pair<uint64_t, std::string>> articles;
  VB_RETURN_IF_ERROR(snapshot.ScanArticles([&](std::string_view article, uint64_t first_sequence) {
    if (first_sequence > as_of) return true;
    articles.emplace_back(first_sequence, base::ToHex(article));
    by_stream.emplace(articles.back().second, Listed());
    return true;
  }));
  std::sort(articles.begin(), articles.end());
  std::string stream;
  VB_RETURN_IF_ERROR(snapshot.ScanHeaders(1, std::min(snapshot.head(), as_of),
                                          [&](uint64_t sequence, const log::HeaderView& header) {
                                            stream.assign(header.stream);
                                            const auto found = by_stream.find(stream);
                                            if (found != by_stream.end())
                                              found->second.See(sequence, header.type);
                                            return true;
                                          }));
  for (const auto& [first, article] : articles) {
    const Listed& listed = by_stream[article];
    VB_ASSIGN_OR_RETURN(const article::ArticleState state, FoldForList(snapshot, article, listed));
    if (state.empty()) continue;
    Record record = ArticleRow(state, listed.LiveOf(state));
    if (state.erased()) {
      VB_ASSIGN_OR_RETURN(const auto erasure, ErasureOf(snapshot, article));
      const std::string text = "(erased: " + (erasure ? ErasureText(*erasure) : "") + ")";
      for (schema::Field& field : record.fields) {
        if (field.name == "title") field.value = text;
      }
    }
    row(record);
  }
  return absl::OkStatus();
}

std::vector<schema::Column> ArticleColumns() {
  using schema::Role;
  return {{"article", "", Role::kId},
          {"published", "", Role::kDate},
          {"published_basis", "basis"},
          {"title", "", Role::kText},
          {"outlet", "", Role::kName},
          {"language"},
          {"revisions"},
          {"annotations"},
          {"url", "", Role::kText, true}};
}

}  // namespace verbatim::audit
