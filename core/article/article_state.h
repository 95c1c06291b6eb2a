// SPDX-License-Identifier: Apache-2.0
// One article as the fold of its stream: texts, metadata, annotations, runs. Pure: the same events
// give the same state, at any time and on any machine.
//
//   ArticleState state;
//   for (event : stream) VB_ASSIGN_OR_RETURN(Applied applied, state.Apply(seq, header, body));
//   if (applied.change) Deliver(ToProto(*applied.change->after), state.Context());
//
// A copy costs a few pointers an annotation: texts and values are shared. An Apply costs about the
// parse of its body. Events of unknown types pass by (a newer verbatim wrote them); a body that
// doesn't parse, or an event about an annotation that isn't there, is a status, and the state stays
// as it was.
#ifndef VERBATIM_CORE_ARTICLE_ARTICLE_STATE_H_
#define VERBATIM_CORE_ARTICLE_ARTICLE_STATE_H_

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/article/annotation_state.h"
#include "core/article/revision.h"
#include "core/base/status.h"
#include "core/log/unit.h"
#include "verbatim/v1/article.pb.h"
#include "verbatim/v1/desk.pb.h"
#include "verbatim/v1/event.pb.h"
#include "verbatim/v1/view.pb.h"

namespace verbatim::article {

using RevisionPtr = std::shared_ptr<const Revision>;

// One annotation around an event. Either may be null: `before` of a new one, both never.
struct Change {
  AnnotationPtr before;
  AnnotationPtr after;
};

struct Applied {
  std::optional<Change> change;  // the event was about one annotation
  // The text or the metadata that is shown with annotations changed: every annotation of the
  // article is to be delivered again.
  bool context_changed = false;
};

// A person's correction of metadata.
struct MetadataChange {
  uint64_t sequence = 0;
  std::string event_id;
  v1::ArticleMetadataCorrected correction;
};

// Where bytes came from. The content itself stays in the log.
struct Source {
  uint64_t sequence = 0;
  std::string event_id;
  v1::SourceCaptured capture;  // without `content`
};

// An annotation of an imported file whose words found no place in the text.
struct Unplaced {
  uint64_t sequence = 0;
  std::string event_id;
  std::string who;  // handle
  v1::AnnotationUnplaced annotation;
};

// The last RunCompleted of one annotator.
struct Run {
  uint64_t sequence = 0;
  v1::RunCompleted completed;
};

class ArticleState {
 public:
  // Does an event of this type change annotations, texts or metadata? What a view has to fold; the
  // other types of a stream may be left out.
  static bool MattersToViews(std::string_view type);

  // `body` is nothing when it was erased.
  absl::StatusOr<Applied> Apply(uint64_t sequence, const v1::EventHeader& header,
                                std::optional<std::string_view> body);
  // An event that is about to be appended: its unit of work sees it already. It has sequence 0, and
  // the stream version stays that of the log.
  absl::StatusOr<Applied> ApplyPending(const log::NewEvent& event);

  bool empty() const { return revisions_.empty() && !erased_; }
  // Some body of its text is gone for good: there is nothing to show.
  bool erased() const { return erased_; }
  const std::string& id() const { return id_; }  // 16 bytes
  // Of the last event of the log that was folded: for log::Expect::Seen.
  std::optional<uint64_t> stream_version() const { return stream_version_; }
  uint64_t last_sequence() const { return last_sequence_; }

  const std::vector<RevisionPtr>& revisions() const { return revisions_; }
  // Wants !revisions().empty().
  const RevisionPtr& latest() const { return revisions_.back(); }

  // Of the latest revision, with the corrections that stand laid over it, field by field.
  const v1::ArticleMetadata& metadata() const { return metadata_; }
  const std::vector<MetadataChange>& metadata_changes() const { return metadata_changes_; }
  // Those that nobody has withdrawn, in order of the log.
  std::vector<Unplaced> unplaced() const;
  // Is this event about the article itself (a correction of metadata, an annotation without a
  // place), or the withdrawal of such a one?
  bool IsArticleDecision(std::string_view event_id) const;
  v1::ArticleContext Context() const;

  // All of them, whatever their status, by id.
  const std::map<std::string, AnnotationPtr>& annotations() const { return annotations_; }
  // Null when there is none.
  AnnotationPtr Find(std::string_view annotation_id) const;
  // By first span. `type` empty: of every type.
  std::vector<AnnotationPtr> Live(std::string_view type = {}) const;
  std::vector<AnnotationPtr> All(std::string_view type = {}) const;

  // Null when it never ran.
  const Run* LastRun(std::string_view plugin, std::string_view annotator) const;
  const std::map<std::pair<std::string, std::string>, Run>& runs() const { return runs_; }
  const std::vector<Source>& sources() const { return sources_; }
  const std::vector<v1::ArticleLinked>& links() const { return links_; }

 private:
  struct Event;
  using Handler = absl::StatusOr<Applied> (ArticleState::*)(const Event&);
  static Handler HandlerOf(std::string_view type);
  absl::StatusOr<Applied> Dispatch(const Event& event);

  absl::StatusOr<Applied> OnSource(const Event& event);
  absl::StatusOr<Applied> OnRevision(const Event& event);
  absl::StatusOr<Applied> OnMetadata(const Event& event);
  absl::StatusOr<Applied> OnAdded(const Event& event);
  absl::StatusOr<Applied> OnRevised(const Event& event);
  absl::StatusOr<Applied> OnDecision(const Event& event);
  absl::StatusOr<Applied> OnDisputed(const Event& event);
  absl::StatusOr<Applied> OnReanchored(const Event& event);
  absl::StatusOr<Applied> OnWithdrawn(const Event& event);
  absl::StatusOr<Applied> OnUnplaced(const Event& event);
  absl::StatusOr<Applied> OnLinked(const Event& event);
  absl::StatusOr<Applied> OnRun(const Event& event);
  absl::StatusOr<Applied> OnErased(const Event& event);

  absl::StatusOr<Applied> FoldStep(const Event& event, const std::string& annotation, Step step);
  void RecomputeMetadata();
  // Event ids of what was decided about the article itself and is withdrawn.
  std::set<std::string_view> WithdrawnHere() const;

  std::string id_;
  bool erased_ = false;
  std::optional<uint64_t> stream_version_;
  uint64_t last_sequence_ = 0;
  std::vector<RevisionPtr> revisions_;
  v1::ArticleMetadata metadata_;
  std::vector<MetadataChange> metadata_changes_;
  std::vector<Unplaced> unplaced_;
  std::vector<std::pair<std::string, std::string>> withdrawals_;  // event_id, target
  std::map<std::string, AnnotationPtr> annotations_;
  std::map<std::pair<std::string, std::string>, Run> runs_;
  std::vector<Source> sources_;
  std::vector<v1::ArticleLinked> links_;
};

}  // namespace verbatim::article

#endif  // VERBATIM_CORE_ARTICLE_ARTICLE_STATE_H_
