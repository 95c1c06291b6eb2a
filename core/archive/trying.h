// SPDX-License-Identifier: Apache-2.0
// Annotators over texts that are in no archive: for plugin authors and for evaluation. Reads no
// clock.
//
//   VB_ASSIGN_OR_RETURN(auto bench, Tryout::Make("quotes", {}));
//   VB_ASSIGN_OR_RETURN(TriedText tried, bench->Try(text, published, ""));
#ifndef VERBATIM_CORE_ARCHIVE_TRYING_H_
#define VERBATIM_CORE_ARCHIVE_TRYING_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/archive/annotators.h"
#include "core/archive/archive.h"
#include "core/plugin/annotator_runner.h"

namespace verbatim::archive {

struct TriedText {
  std::vector<v1::Proposal> proposals;  // of the annotator that is tried, by first span
  std::vector<plugin::LogLine> log;
};

class Tryout {
 public:
  // `what` is a file of a plugin, or the name of a built-in one (or of its annotator). The built-in
  // plugins stand by to produce what it consumes. `config` is its own, serialized. `annotator`: the
  // one of the plugin's that is meant; empty: its first. kNotFound names what there is.
  static absl::StatusOr<std::unique_ptr<Tryout>> Make(const std::string& what,
                                                      const Options& options,
                                                      const std::string& config = "",
                                                      const std::string& annotator = "");

  const annotate::Annotator& annotator() const { return *wanted_; }
  const schema::Registry& registry() const { return registry_; }

  // What the tried annotator is asked about a text: with what the others find of the types that it
  // consumes. As Try.
  absl::StatusOr<v1::AnnotateRequest> RequestOf(std::string_view text,
                                                const std::string& published);

  // `published` as base::ParsePublished takes it, or empty: then a date that the text states is
  // taken, unless `hide_date`. `not_after` is a day or empty. kInvalidArgument: the annotator can't
  // read it, or answered wrongly.
  absl::StatusOr<TriedText> Try(std::string_view text, const std::string& published,
                                const std::string& not_after, bool hide_date = false);

 private:
  Tryout(const Options& options) : options_(options) {}
  absl::StatusOr<article::ArticleState> StateOf(std::string_view text, const std::string& published,
                                                const std::string& not_after, bool hide_date) const;
  absl::StatusOr<plugin::AnnotateOutcome> Run(const article::ArticleState& state,
                                              const annotate::Annotator& annotator,
                                              const std::string& not_after) const;
  // Everything that comes before the tried annotator: the text, and what it consumes.
  absl::StatusOr<article::ArticleState> StateBefore(std::string_view text,
                                                    const std::string& published,
                                                    const std::string& not_after,
                                                    bool hide_date) const;

  Options options_;
  schema::Registry registry_;
  std::unique_ptr<AnnotatorSet> set_;
  const annotate::Annotator* wanted_ = nullptr;
  std::vector<const annotate::Annotator*> order_;  // producers first, the wanted one last
};

}  // namespace verbatim::archive

#endif  // VERBATIM_CORE_ARCHIVE_TRYING_H_
