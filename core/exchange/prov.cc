// SPDX-License-Identifier: Apache-2.0
// The log as provenance: PROV-O in JSON-LD. Entities are what came to be (captured bytes, texts,
// versions of annotations and of metadata), activities are commands and runs (what one correlation
// ties together), agents are persons, plugins at a version, and the tool. One pass over the log,
// each node written when it is first met, so an archive of any size is exported in bounded memory
// but for the last version of each annotation.
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/audit/rows.h"
#include "core/base/hex.h"
#include "core/base/time_point.h"
#include "core/exchange/export.h"
#include "core/schema/json.h"
#include "verbatim/v1/desk.pb.h"

namespace verbatim::exchange {
namespace {

using schema::List;
using schema::Record;

constexpr char kContext[] =
    "{\"@context\":{\"prov\":\"http://www.w3.org/ns/prov#\",\"xsd\":\"http://www.w3.org/2001/"
    "XMLSchema#\",\"verbatim\":\"urn:verbatim:terms:\",\"label\":{\"@id\":\"http://www.w3.org/2000/"
    "01/rdf-schema#label\"},\"wasDerivedFrom\":{\"@id\":\"prov:wasDerivedFrom\",\"@type\":\"@id\"},"
    "\"wasRevisionOf\":{\"@id\":\"prov:wasRevisionOf\",\"@type\":\"@id\"},\"wasInvalidatedBy\":{"
    "\"@id\":\"prov:wasInvalidatedBy\",\"@type\":\"@id\"},\"wasGeneratedBy\":{\"@id\":\"prov:"
    "wasGeneratedBy\",\"@type\":\"@id\"},\"wasAttributedTo\":{\"@id\":\"prov:wasAttributedTo\","
    "\"@type\":\"@id\"},\"wasAssociatedWith\":{\"@id\":\"prov:wasAssociatedWith\",\"@type\":\"@"
    "id\"},"
    "\"wasInformedBy\":{\"@id\":\"prov:wasInformedBy\",\"@type\":\"@id\"},\"generatedAtTime\":{"
    "\"@id\":\"prov:generatedAtTime\",\"@type\":\"xsd:dateTime\"},\"startedAtTime\":{\"@id\":"
    "\"prov:startedAtTime\",\"@type\":\"xsd:dateTime\"},\"sequence\":\"verbatim:sequence\","
    "\"event\":\"verbatim:event\",\"type\":\"verbatim:type\",\"text\":\"verbatim:text\",\"reason\":"
    "\"verbatim:reason\"},\n\"@graph\":[";

class Graph {
 public:
  Graph(const Source& source, const Sink& sink)
      : source_(source), sink_(sink), name_("urn:verbatim:" + base::ToHex(source.archive_id)) {}

  absl::Status Event(uint64_t sequence) {
    VB_ASSIGN_OR_RETURN(const audit::Opened event,
                        audit::Open(source_.snapshot, source_.registry, sequence));
    const std::string agent = Agent(event.header.actor());
    const std::string activity = Activity(event, agent);
    ++done_.events;
    if (const auto* pulled = dynamic_cast<const v1::DecisionPulled*>(event.message.get())) {
      pulled_ = {event.header.event_id(),
                 absl::StrCat("urn:verbatim:", base::ToHex(pulled->archive()),
                              ":entity:", pulled->sequence())};
    }
    if (!Entity(event)) return absl::OkStatus();
    Record node;
    node.Add("@id", EntityName(sequence)).Add("@type", "prov:Entity");
    node.Add("sequence", sequence).Add("event", event.header.type());
    node.Add("generatedAtTime", base::FormatTime(event.header.recorded_at_us()));
    node.Add("wasGeneratedBy", activity).Add("wasAttributedTo", agent);
    if (!event.body) {
      node.Add("label", "erased");
    } else if (event.message != nullptr) {
      Describe(event, node);
    }
    Write(node);
    return absl::OkStatus();
  }

  Exported Finish() {
    sink_("\n]}\n");
    done_.files = 1;
    return std::move(done_);
  }

 private:
  // Events of the catalog and of runs are activities alone.
  static bool Entity(const audit::Opened& event) {
    const std::string& type = event.header.type();
    return event.header.stream() != "archive" && type != "verbatim.v1.RunCompleted" &&
           type != "verbatim.v1.DecisionPulled" && type != "verbatim.v1.ContentErased";
  }

  std::string EntityName(uint64_t sequence) const {
    return absl::StrCat(name_, ":entity:", sequence);
  }

  void Write(const Record& node) {
    sink_(absl::StrCat(nodes_++ == 0 ? "\n" : ",\n", schema::ToJson(node)));
  }

  std::string Agent(const v1::Actor& actor) {
    std::string name;
    std::string type = "prov:SoftwareAgent";
    std::string label;
    if (actor.has_person()) {
      type = "prov:Person";
      label = actor.person().handle();
      name = absl::StrCat(name_, ":person:", base::ToHex(label));
    } else if (actor.has_plugin()) {
      label = actor.plugin().name() + " " + actor.plugin().version();
      name = absl::StrCat(name_, ":plugin:", actor.plugin().name(), ":", actor.plugin().version(),
                          ":", base::ToHex(actor.plugin().code_sha256()).substr(0, 16));
    } else {
      label = actor.tool().name() + " " + actor.tool().version();
      name = absl::StrCat(name_, ":tool:", actor.tool().name(), ":", actor.tool().version());
    }
    if (agents_.insert(name).second) {
      Write(Record().Add("@id", name).Add("@type", List{"prov:Agent", type}).Add("label", label));
    }
    return name;
  }

  // A command or run: its events stand near each other, so the last few are enough to name it once;
  // what comes back later is one more statement on the same activity.
  std::string Activity(const audit::Opened& event, const std::string& agent) {
    const v1::EventHeader& header = event.header;
    const std::string id = header.correlation().empty() ? header.event_id() : header.correlation();
    std::string name = absl::StrCat(name_, ":activity:", base::ToHex(id));
    const std::string key = name + " " + agent;
    if (!recent_.insert(key).second) return name;
    if (recent_.size() > kRecentMax) recent_ = {key};
    Record node;
    node.Add("@id", name).Add("@type", "prov:Activity").Add("wasAssociatedWith", agent);
    node.Add("startedAtTime", base::FormatTime(header.recorded_at_us()));
    if (const auto cause = CauseOf(header)) node.Add("wasInformedBy", *cause);
    Write(node);
    return name;
  }

  // The activity of the event that led to this one, where that is another.
  std::optional<std::string> CauseOf(const v1::EventHeader& header) const {
    if (header.caused_by().empty()) return std::nullopt;
    const auto sequence = source_.snapshot.FindById(header.caused_by());
    if (!sequence.ok() || !*sequence) return std::nullopt;
    const auto cause = source_.snapshot.Header(**sequence);
    if (!cause.ok()) return std::nullopt;
    if (!cause->correlation().empty() && cause->correlation() == header.correlation()) {
      return std::nullopt;
    }
    return absl::StrCat(
        name_, ":activity:",
        base::ToHex(cause->correlation().empty() ? cause->event_id() : cause->correlation()));
  }

  void Describe(const audit::Opened& event, Record& node) {
    const std::string& stream = event.header.stream();
    const std::string annotation = audit::TextField(*event.message, "annotation");
    node.Add("reason", audit::TextField(*event.message, "reason"));
    if (event.header.type() == "verbatim.v1.SourceCaptured") {
      node.Add("label", "bytes of article " + stream);
      sources_[stream] = event.sequence;
      return;
    }
    if (stream.find('/') != std::string::npos) {
      node.Add("label", stream);
      return;
    }
    if (annotation.empty()) return DescribeArticle(event, node);
    node.Add("label", "annotation " + base::ToHex(annotation));
    const Record body = schema::ToRecord(*event.message);
    if (const auto* type = body.FindPath("body.type")) node.Add("type", *type);
    const auto last = annotations_.find(annotation);
    List from;
    if (last != annotations_.end()) {
      from.emplace_back(EntityName(last->second));
      node.Add("wasRevisionOf", EntityName(last->second));
    } else {
      ++done_.annotations;
    }
    if (const auto text = texts_.find(stream); text != texts_.end()) {
      from.emplace_back(EntityName(text->second));
    }
    if (pulled_ && event.header.caused_by() == pulled_->first) from.emplace_back(pulled_->second);
    node.Add("wasDerivedFrom", std::move(from));
    annotations_[annotation] = event.sequence;
  }

  void DescribeArticle(const audit::Opened& event, Record& node) {
    const std::string& stream = event.header.stream();
    node.Add("label", "article " + stream);
    List from;
    for (const auto* known : {&texts_, &sources_}) {
      const auto at = known->find(stream);
      if (at != known->end()) from.emplace_back(EntityName(at->second));
    }
    node.Add("wasDerivedFrom", std::move(from));
    const std::string& type = event.header.type();
    if (type == "verbatim.v1.AnnotationUnplaced" || type == "verbatim.v1.ArticleLinked") return;
    if (texts_.insert_or_assign(stream, event.sequence).second) ++done_.articles;
  }

  // Activities that are remembered as written.
  static constexpr size_t kRecentMax = 100'000;

  const Source& source_;
  const Sink& sink_;
  std::string name_;
  uint64_t nodes_ = 0;
  // The last event that says where a decision was made: its id, and the entity there.
  std::optional<std::pair<std::string, std::string>> pulled_;
  Exported done_;
  std::set<std::string> agents_;
  std::set<std::string> recent_;
  std::map<std::string, uint64_t> sources_;      // by stream: the last entity
  std::map<std::string, uint64_t> texts_;        // by stream
  std::map<std::string, uint64_t> annotations_;  // by id
};

}  // namespace

absl::StatusOr<Exported> WriteProv(const Source& source, const Sink& sink) {
  sink(kContext);
  Graph graph(source, sink);
  for (uint64_t sequence = 1; sequence <= source.as_of; ++sequence) {
    VB_RETURN_IF_ERROR(graph.Event(sequence));
  }
  return graph.Finish();
}

}  // namespace verbatim::exchange
