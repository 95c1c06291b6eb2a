// SPDX-License-Identifier: Apache-2.0
// Annotators that do as they are told: they find given words and say a given thing of them.
//
//   FakeAnnotator dates("dates", "1.0.0", {{"Tuesday", "2021-10-19"}});
//   RunAll(&story, {dates.annotator()});
#ifndef VERBATIM_TESTS_CORE_ANNOTATE_FAKE_ANNOTATOR_H_
#define VERBATIM_TESTS_CORE_ANNOTATE_FAKE_ANNOTATOR_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/annotate/annotate.h"
#include "core/plugin/annotator_runner.h"
#include "core/schema/registry.h"
#include "tests/core/article/story.h"

namespace verbatim::annotate {

struct Finding {
  std::string words;
  std::string value;
  int occurrence = 1;
  std::string key = {};
  std::string rule = {};
};

// The n-th place of the words, as a verbatim.v1.TemporalExpression; none when the text lacks them.
std::vector<v1::Proposal> Propose(const std::string& text, const std::vector<Finding>& findings);

class FakeAnnotator {
 public:
  using Body = std::function<plugin::AnnotateOutcome(const v1::AnnotateRequest&)>;

  FakeAnnotator(std::string name, std::string version, std::vector<Finding> findings);
  FakeAnnotator(std::string name, std::string version, Body body);

  // Valid as long as the fake.
  Annotator annotator() const;
  v1::AnnotatorManifest& manifest() { return manifest_; }
  int calls() const { return runner_->calls; }
  const v1::AnnotateRequest& last_request() const { return runner_->last; }

 private:
  struct Runner : plugin::AnnotatorRunner {
    plugin::AnnotateOutcome Annotate(const v1::AnnotateRequest& request) override;
    Body body;
    int calls = 0;
    v1::AnnotateRequest last;
  };
  std::string name_;
  std::string version_;
  v1::AnnotatorManifest manifest_;
  std::unique_ptr<Runner> runner_;
};

// Runs what is due over the story's article and tells the events.
Annotated RunAll(article::Story* story, const std::vector<Annotator>& annotators,
                 Options options = {});

// Events about annotations: what a run of the same version over the same text must not append.
size_t AnnotationEvents(const Annotated& done);

const schema::Registry& Types();

}  // namespace verbatim::annotate

#endif  // VERBATIM_TESTS_CORE_ANNOTATE_FAKE_ANNOTATOR_H_
