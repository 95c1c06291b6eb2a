// SPDX-License-Identifier: Apache-2.0
#include "core/audit/why.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "core/article/load.h"
#include "core/audit/blame.h"
#include "core/audit/changes.h"
#include "core/audit/history.h"
#include "core/audit/summary.h"
#include "core/base/hex.h"
#include "core/base/ids.h"
#include "verbatim/v1/archive.pb.h"
#include "verbatim/v1/speaker.pb.h"

namespace verbatim::audit {
namespace {

using schema::Record;

constexpr std::string_view kOwnAnnotation = "annotation";
constexpr std::string_view kArchiveStream = "archive";

// An annotation that a row names, and by which field.
struct Reference {
  std::string field;
  std::string annotation;
  std::string article;
};

// Every field of 16 bytes that is the id of an annotation; the first field of an id counts.
absl::StatusOr<std::vector<Reference>> ReferencesOf(const log::Snapshot& snapshot,
                                                    const schema::Message& row) {
  std::vector<Reference> references;
  std::set<std::string> seen;
  const auto& type = *row.GetDescriptor();
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  for (int i = 0; i < type.field_count(); ++i) fields.push_back(type.field(i));
  // What the row is of comes before what it is compared with, and before a thread that bears its
  // founder's id.
  std::stable_partition(fields.begin(), fields.end(),
                        [](const auto* field) { return field->name() == kOwnAnnotation; });
  for (const google::protobuf::FieldDescriptor* one : fields) {
    const google::protobuf::FieldDescriptor& field = *one;
    if (field.type() != google::protobuf::FieldDescriptor::TYPE_BYTES) continue;
    const auto path = schema::FindField(type, field.name());
    if (!path.ok()) continue;
    for (const schema::Value& value : schema::ValuesAt(row, *path)) {
      const std::string id = base::FromHex(schema::TextOf(value)).value_or("");
      if (id.size() != base::kIdBytes || seen.contains(id)) continue;
      VB_ASSIGN_OR_RETURN(const auto hits, snapshot.FindAnnotations(base::ToHex(id), 1));
      if (hits.empty()) continue;
      seen.insert(id);
      VB_ASSIGN_OR_RETURN(std::string article, ArticleOf(snapshot, id));
      references.push_back({field.name(), id, std::move(article)});
    }
  }
  return references;
}

// Of an article's history, the rows that a line of a view rests on.
bool IsGround(const Record& row, const std::set<uint64_t>& causes) {
  static const std::set<std::string> kFields = {"", "text", "published.value", "published.basis",
                                                "published.source"};
  const std::string what = row.TextAt("what");
  if (what == "run" || what == "linked") return false;
  const bool decision = what == "corrected" || what == "withdrawn";
  if (decision && causes.contains(std::get<uint64_t>(row.Find("sequence")->v))) return true;
  if (!kFields.contains(row.TextAt("field"))) return false;
  return what != "withdrawn" && row.Find("withdrawn_by") == nullptr;
}

class Tracer {
 public:
  Tracer(const log::Snapshot& snapshot, const schema::Registry& registry, const ViewRows& rows,
         const NamedRow& row, uint64_t as_of)
      : snapshot_(snapshot), registry_(registry), rows_(rows), row_(row), as_of_(as_of) {}

  absl::StatusOr<std::vector<Record>> Trace() {
    VB_RETURN_IF_ERROR(RowAndView());
    VB_ASSIGN_OR_RETURN(const std::vector<Reference> references,
                        ReferencesOf(snapshot_, *row_.message));
    for (const Reference& reference : references) {
      VB_RETURN_IF_ERROR(Annotation(reference));
      articles_.insert(reference.article);
    }
    // A row that names no annotation rests on its article.
    const std::string named = base::FromHex(rows_.FieldOf(*row_.message, "article")).value_or("");
    if (named.size() == base::kIdBytes) articles_.insert(named);
    for (const std::string& article : articles_) VB_RETURN_IF_ERROR(Article(article));
    VB_RETURN_IF_ERROR(Plugins());
    VB_RETURN_IF_ERROR(Speakers());
    return std::move(records_);
  }

 private:
  void Add(std::string_view part, Record step, std::string_view digest,
           std::string_view annotation = {}, std::string_view article = {}) {
    Record record;
    record.Add("part", part);
    for (schema::Field& field : step.fields) {
      record.Add(std::move(field.name), std::move(field.value));
    }
    record.Add("digest", digest);
    record.Add("view", rows_.view());
    record.Add("key", base::ToHex(row_.key));
    record.Add("annotation", base::ToHex(annotation));
    record.Add("article", base::ToHex(article));
    records_.push_back(std::move(record));
  }

  // The pin under which this build of a plugin came into the archive, and an event of it.
  absl::StatusOr<std::optional<Opened>> PinOf(std::string_view plugin,
                                              std::string_view code) const {
    VB_ASSIGN_OR_RETURN(const std::vector<uint64_t> sequences,
                        snapshot_.StreamSequences(kArchiveStream));
    for (const uint64_t sequence : sequences) {
      VB_ASSIGN_OR_RETURN(const log::HeaderView header, snapshot_.View(sequence));
      if (header.type != "verbatim.v1.PluginPinned") continue;
      VB_ASSIGN_OR_RETURN(Opened event, Open(snapshot_, registry_, sequence));
      const auto* pin = dynamic_cast<const v1::PluginPinned*>(event.message.get());
      if (pin == nullptr || pin->manifest().name() != plugin || pin->code_sha256() != code)
        continue;
      return std::optional<Opened>(std::move(event));
    }
    return std::optional<Opened>();
  }

  absl::Status RowAndView() {
    VB_ASSIGN_OR_RETURN(const Opened event, Open(snapshot_, registry_, row_.since));
    Add("row", StepRow(event, Summary(event), {"", "", rows_.TextOf(*row_.message)}), "");
    const v1::ViewBuild& build = rows_.generation().build();
    VB_ASSIGN_OR_RETURN(const auto pin, PinOf(build.plugin(), build.code_sha256()));
    if (pin) {
      Add("view",
          StepRow(*pin, "pinned",
                  {"", "", fmt::format("{} {}", build.plugin(), build.plugin_version())}),
          base::ToHex(build.code_sha256()));
    }
    return absl::OkStatus();
  }

  absl::Status Annotation(const Reference& reference) {
    VB_ASSIGN_OR_RETURN(const article::ArticleState state,
                        article::Load(snapshot_, reference.article, as_of_));
    const article::AnnotationPtr annotation = state.Find(reference.annotation);
    if (annotation == nullptr) return absl::OkStatus();
    revisions_[reference.article].insert(annotation->value->anchor.revision());
    VB_ASSIGN_OR_RETURN(const Blamed blamed, BlameAnnotation(snapshot_, registry_, annotation));
    const bool own = reference.field == kOwnAnnotation;
    if (own) RememberSpeaker(annotation->value->body);
    for (const BlamedField& field : blamed.fields) {
      // Of what a row is compared with, its words and who stands for them are enough.
      if (!own && field.change.field != "text" && field.change.field != "status") continue;
      const v1::Actor& actor = field.event->header.actor();
      if (actor.has_plugin()) plugins_.emplace(actor.plugin().name(), actor.plugin().code_sha256());
      VB_RETURN_IF_ERROR(RememberCause(*field.event));
      Add(reference.field, StepRow(*field.event, field.what, field.change),
          base::ToHex(actor.plugin().code_sha256()), reference.annotation, reference.article);
    }
    return absl::OkStatus();
  }

  absl::Status RememberCause(const Opened& event) {
    if (event.header.caused_by().empty()) return absl::OkStatus();
    VB_ASSIGN_OR_RETURN(const auto sequence, snapshot_.FindById(event.header.caused_by()));
    if (sequence) causes_.insert(*sequence);
    return absl::OkStatus();
  }

  void RememberSpeaker(const v1::TypedBody& body) {
    const auto message = registry_.Parse(body.type(), body.value());
    if (message.ok()) speakers_.insert(TextField(**message, "speaker_key"));
  }

  absl::Status Article(const std::string& article) {
    VB_ASSIGN_OR_RETURN(const std::vector<Record> history,
                        ArticleHistory(snapshot_, registry_, article, as_of_));
    const std::set<uint64_t>& wanted = revisions_[article];
    for (const Record& step : history) {
      if (!IsGround(step, causes_)) continue;
      const schema::Value* revision = step.Find("revision");
      const bool other_text = revision != nullptr && !wanted.empty() &&
                              !wanted.contains(std::get<uint64_t>(revision->v));
      if (other_text) continue;
      const schema::Value* digest = step.Find("digest");
      Record kept;
      for (const char* field :
           {"sequence", "recorded_at", "actor", "what", "field", "before", "after", "reason"}) {
        kept.Add(field, *step.Find(field));
      }
      Add("article", std::move(kept), digest ? schema::TextOf(*digest) : std::string(), "",
          article);
    }
    return absl::OkStatus();
  }

  absl::Status Plugins() {
    for (const auto& [name, code] : plugins_) {
      VB_ASSIGN_OR_RETURN(const auto pin, PinOf(name, code));
      if (!pin) continue;
      const auto& pinned = dynamic_cast<const v1::PluginPinned&>(*pin->message);
      Add("plugin",
          StepRow(*pin, "pinned",
                  {"", "", fmt::format("{} {}", name, pinned.manifest().version())}),
          base::ToHex(code));
    }
    return absl::OkStatus();
  }

  // Decisions that name the speaker of this row, as it was printed or as it is resolved.
  absl::Status Speakers() {
    speakers_.insert(rows_.FieldOf(*row_.message, "speaker_key"));
    speakers_.erase("");
    if (speakers_.empty()) return absl::OkStatus();
    std::vector<uint64_t> decisions;
    VB_RETURN_IF_ERROR(snapshot_.ScanHeaders(1, std::min(as_of_, snapshot_.head()),
                                             [&](uint64_t sequence, const log::HeaderView& header) {
                                               const bool speaker =
                                                   header.type == "verbatim.v1.SpeakerAliased" ||
                                                   header.type == "verbatim.v1.SpeakersMerged" ||
                                                   header.type == "verbatim.v1.SpeakerSplit";
                                               if (speaker) decisions.push_back(sequence);
                                               return true;
                                             }));
    for (const uint64_t sequence : decisions) {
      VB_ASSIGN_OR_RETURN(const Opened event, Open(snapshot_, registry_, sequence));
      if (event.message != nullptr) AddSpeaker(event);
    }
    return absl::OkStatus();
  }

  void AddSpeaker(const Opened& event) {
    std::set<std::string> named;
    std::string what;
    std::string name;
    if (const auto* alias = dynamic_cast<const v1::SpeakerAliased*>(event.message.get())) {
      what = "aliased";
      name = alias->name();
      named = {alias->alias_key()};
    } else if (const auto* merged = dynamic_cast<const v1::SpeakersMerged*>(event.message.get())) {
      what = "merged";
      name = merged->name();
      named.insert(merged->merged().begin(), merged->merged().end());
    } else if (const auto* split = dynamic_cast<const v1::SpeakerSplit*>(event.message.get())) {
      what = "split";
      named.insert(split->separated().begin(), split->separated().end());
    }
    const std::string key = TextField(*event.message, "speaker_key");
    const bool concerns = speakers_.contains(key) ||
                          std::any_of(named.begin(), named.end(),
                                      [&](const auto& one) { return speakers_.contains(one); });
    if (!concerns) return;
    std::string others;
    for (const std::string& one : named) others += (others.empty() ? "" : ", ") + one;
    Add("speaker", StepRow(event, what, {"speaker_key", others, name.empty() ? key : name}), "");
  }

  const log::Snapshot& snapshot_;
  const schema::Registry& registry_;
  const ViewRows& rows_;
  const NamedRow& row_;
  uint64_t as_of_;
  std::set<std::string> articles_;
  std::map<std::string, std::set<uint64_t>> revisions_;
  std::set<uint64_t> causes_;
  std::set<std::pair<std::string, std::string>> plugins_;  // name, code
  std::set<std::string> speakers_;                         // keys
  std::vector<Record> records_;
};

}  // namespace

absl::StatusOr<std::vector<Record>> WhyRow(const log::Snapshot& snapshot,
                                           const schema::Registry& registry, const ViewRows& rows,
                                           const NamedRow& row, uint64_t as_of) {
  return Tracer(snapshot, registry, rows, row, as_of).Trace();
}

std::vector<schema::Column> WhyColumns() {
  using schema::Role;
  return {{"part"},
          {"sequence", "#"},
          {"recorded_at", "when", Role::kTime},
          {"actor.name", "who", Role::kName},
          {"actor.version", "version", Role::kKey},
          {"what", "", Role::kName},
          {"field", "", Role::kName},
          {"after", "", Role::kText},
          {"before", "", Role::kText, true},
          {"reason", "", Role::kText},
          {"digest", "", Role::kId},
          {"view", "", Role::kPlain, true},
          {"key", "", Role::kPlain, true},
          {"annotation", "", Role::kId, true},
          {"article", "", Role::kId, true}};
}

}  // namespace verbatim::audit
