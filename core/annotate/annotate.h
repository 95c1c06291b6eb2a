// SPDX-License-Identifier: Apache-2.0
// Drives annotators over one article: moves what stands to the latest revision, runs whoever is
// due, producers first, and turns what they propose into the events of one unit of work. Nothing is
// appended here.
//
//   VB_ASSIGN_OR_RETURN(Annotated done, AnnotateRevision(state, annotators, {.registry =
//   &registry},
//                                                        tool));
//   unit.events = done.events;   // with log::Expect::Seen(stream, state.stream_version())
//
// When the append is refused because the stream has moved on, fold it again and begin anew.
#ifndef VERBATIM_CORE_ANNOTATE_ANNOTATE_H_
#define VERBATIM_CORE_ANNOTATE_ANNOTATE_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/annotate/annotator.h"
#include "core/article/article_state.h"
#include "core/article/new_events.h"
#include "core/schema/registry.h"

namespace verbatim::annotate {

struct Options {
  const schema::Registry* registry = nullptr;  // knows the types of all bodies
  std::string only_plugin = {};                // run this one alone; empty: all
  bool force = false;                          // run also what isn't due
  // A day: the article was not published after it. Empty: the day on which its latest revision was
  // recorded, nothing when it isn't yet.
  std::string not_after = {};
};

struct RunReport {
  const Annotator* annotator = nullptr;
  v1::RunCompleted completed;
  std::vector<plugin::LogLine> log;
};

struct Annotated {
  std::vector<log::NewEvent> events;  // in the order in which they are to be appended
  std::vector<RunReport> runs;        // of those that were due, in order
  uint32_t moved = 0;                 // annotations that are on the latest revision now
  uint32_t orphaned = 0;
};

// `state` may hold pending events (an article that is about to be appended). Whatever an annotator
// does, its run is recorded and the others go on: an error status means that the annotators can't
// be put in order, or an event of our own can't be made. Events of a run carry the plugin as actor,
// those of moving `tool`'s; all are caused by the newest revision, correction of metadata or
// decision of a person that changed what the annotator is shown, unless `tool` names a cause.
absl::StatusOr<Annotated> AnnotateRevision(article::ArticleState state,
                                           const std::vector<Annotator>& annotators,
                                           const Options& options, const article::EventMaker& tool);

// Whoever is due now, in order. One that is due only because of what another will say comes after
// that one has run.
absl::StatusOr<std::vector<const Annotator*>> DueNow(const article::ArticleState& state,
                                                     const std::vector<Annotator>& annotators);

// For an article whose publication date nobody gave: the date that its text states, by the
// annotators that produce verbatim.v1.DocumentDate, with the stating words as source. Nothing when
// the text doesn't state it, or an inferred date is all there is, or the annotator fails (the run
// that follows records that).
std::optional<v1::DatedValue> StatedPublicationDate(std::string_view article,
                                                    const v1::ArticleContent& content,
                                                    const std::vector<Annotator>& annotators,
                                                    std::string_view not_after);

}  // namespace verbatim::annotate

#endif  // VERBATIM_CORE_ANNOTATE_ANNOTATE_H_
