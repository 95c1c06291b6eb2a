// SPDX-License-Identifier: Apache-2.0
// The built plugin across its boundary: dlopen'd as a host does, requests and events in, proposals
// and rows out.
#include <dlfcn.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "verbatim/plugin_abi.h"
#include "verbatim/v1/date.pb.h"
#include "verbatim/v1/plugin.pb.h"
#include "verbatim/v1/view.pb.h"

namespace {

namespace v1 = verbatim::v1;

vb_bytes Lend(const std::string& bytes) { return {bytes.data(), bytes.size()}; }
std::string Copy(vb_bytes bytes) { return {static_cast<const char*>(bytes.data), bytes.size}; }

struct Collected {
  std::vector<std::string> items;
  vb_sink sink{this, [](void* self, vb_bytes bytes) -> int32_t {
                 static_cast<Collected*>(self)->items.push_back(Copy(bytes));
                 return 0;
               }};
};

// One table in memory, ordered as a host orders it.
struct MemoryStore {
  std::map<std::string, std::string> rows;
  vb_store store{sizeof(vb_store), 0, this, Get, Put, Erase, Scan};

  static MemoryStore& Of(void* self) { return *static_cast<MemoryStore*>(self); }
  static vb_status Get(void* self, uint32_t, vb_bytes key, vb_sink* row) {
    const auto at = Of(self).rows.find(Copy(key));
    if (at == Of(self).rows.end()) return VB_NOT_FOUND;
    row->put(row->ctx, Lend(at->second));
    return VB_OK;
  }
  static vb_status Put(void* self, uint32_t, vb_bytes key, vb_bytes row) {
    if (key.size == 0 || key.size > VB_KEY_BYTES_MAX) return VB_INVALID_ARGUMENT;
    Of(self).rows[Copy(key)] = Copy(row);
    return VB_OK;
  }
  static vb_status Erase(void* self, uint32_t, vb_bytes key) {
    return Of(self).rows.erase(Copy(key)) == 0 ? VB_NOT_FOUND : VB_OK;
  }
  static vb_status Scan(void*, uint32_t, vb_bytes, vb_bytes, vb_direction, void*,
                        int32_t (*)(void*, vb_bytes, vb_bytes)) {
    return VB_OK;
  }
};

const vb_plugin& Plugin() {
  static const vb_plugin* const plugin = [] {
    void* library = dlopen(VERBATIM_DATES_SO, RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) ADD_FAILURE() << dlerror();
    return static_cast<const vb_plugin*>(dlsym(library, VERBATIM_ENTRY_SYMBOL));
  }();
  return *plugin;
}

const vb_host kHost{sizeof(vb_host),
                    0,
                    nullptr,
                    [](void*, vb_severity, vb_bytes) {},
                    [](void*, uint64_t, uint64_t) {},
                    [](void*) -> int32_t { return 0; }};

struct Answer {
  vb_status status = VB_FAILED;
  std::string error;
  std::vector<v1::Proposal> proposals;

  std::vector<v1::TemporalExpression> Expressions() const {
    std::vector<v1::TemporalExpression> out;
    for (const v1::Proposal& p : proposals) {
      if (p.body().type() != "verbatim.v1.TemporalExpression") continue;
      EXPECT_TRUE(out.emplace_back().ParseFromString(p.body().value()));
    }
    return out;
  }
  std::vector<v1::DocumentDate> DocumentDates() const {
    std::vector<v1::DocumentDate> out;
    for (const v1::Proposal& p : proposals) {
      if (p.body().type() != "verbatim.v1.DocumentDate") continue;
      EXPECT_TRUE(out.emplace_back().ParseFromString(p.body().value()));
    }
    return out;
  }
};

Answer Annotate(const std::string& text, const std::string& published = "") {
  v1::AnnotateRequest request;
  request.set_text(text);
  request.mutable_metadata()->mutable_published()->set_value(published);
  const std::string name = "dates";
  const vb_annotator* annotator = Plugin().annotator(Lend(name));
  Collected proposals, error;
  void* self = annotator->create(&kHost, {nullptr, 0}, &error.sink);
  Answer answer;
  const std::string bytes = request.SerializePartialAsString();
  answer.status = annotator->annotate(self, Lend(bytes), &proposals.sink, &error.sink);
  annotator->destroy(self);
  for (const std::string& one : error.items) answer.error += one;
  for (const std::string& one : proposals.items)
    EXPECT_TRUE(answer.proposals.emplace_back().ParseFromString(one));
  return answer;
}

TEST(DatesPlugin, ProposesSpansInBothUnits) {
  const Answer answer = Annotate(
      "Gr\xC3\xBC\xC3\x9F"
      "e: he left on May 3, 2011.");
  ASSERT_EQ(answer.status, VB_OK) << answer.error;
  const auto expressions = answer.Expressions();
  ASSERT_EQ(expressions.size(), 1u);
  EXPECT_EQ(expressions[0].value(), "2011-05-03");
  EXPECT_EQ(expressions[0].resolution(), v1::TemporalExpression::RESOLUTION_EXPLICIT);
  EXPECT_EQ(expressions[0].earliest(), "2011-05-03");
  EXPECT_EQ(expressions[0].latest(), "2011-05-04");
  const v1::TextSpan& span = answer.proposals.back().spans(0);
  EXPECT_EQ(span.exact(), "May 3, 2011");
  EXPECT_EQ(span.begin_byte(), 20u);
  EXPECT_EQ(span.begin_char(), 18u);
  EXPECT_THAT(answer.proposals.back().explanation(), testing::Not(testing::IsEmpty()));
}

TEST(DatesPlugin, SeesDatesFromThePublicationDateGiven) {
  const auto expressions =
      Annotate("He left on Friday.", "2020-06-19T10:00:00+03:00").Expressions();
  ASSERT_EQ(expressions.size(), 1u);
  EXPECT_EQ(expressions[0].value(), "2020-06-19");
  EXPECT_EQ(expressions[0].anchor().kind(), v1::TemporalExpression::Basis::KIND_DCT_GIVEN);
  EXPECT_EQ(expressions[0].anchor().value(), "2020-06-19");
}

TEST(DatesPlugin, SeesDatesFromTheDateThatTheTextStates) {
  const Answer answer = Annotate("A title\nJuly 25, 2020\n\nThe ship left on Monday.");
  const auto dates = answer.DocumentDates();
  ASSERT_EQ(dates.size(), 1u);
  EXPECT_TRUE(dates[0].stated());
  EXPECT_EQ(dates[0].best(), "2020-07-25");
  EXPECT_EQ(dates[0].lo(), "2020-07-25");
  const auto expressions = answer.Expressions();
  ASSERT_EQ(expressions.size(), 2u);
  EXPECT_EQ(expressions[1].value(), "2020-07-20");
  EXPECT_EQ(expressions[1].resolution(), v1::TemporalExpression::RESOLUTION_INFERRED);
  EXPECT_EQ(expressions[1].anchor().kind(), v1::TemporalExpression::Basis::KIND_DCT_INFERRED);
}

TEST(DatesPlugin, TellsEqualTextsApart) {
  const Answer answer = Annotate("On Friday he left. On Friday she came.", "2020-06-19");
  ASSERT_EQ(answer.proposals.size(), 2u);
  EXPECT_EQ(answer.proposals[0].key(), "");
  EXPECT_EQ(answer.proposals[1].key(), "2");
}

TEST(DatesPlugin, RefusesWhatIsNotUtf8) {
  const Answer answer = Annotate("He left on May 3.\xFF");
  EXPECT_EQ(answer.status, VB_BAD_INPUT);
  EXPECT_THAT(answer.error, testing::HasSubstr("AnnotateRequest"));
}

TEST(DatesPlugin, FindsNothingInNothing) {
  const Answer answer = Annotate("");
  EXPECT_EQ(answer.status, VB_OK);
  EXPECT_THAT(answer.proposals, testing::IsEmpty());
}

v1::Annotation Annotation(const std::string& id, const std::string& earliest,
                          const std::string& value) {
  v1::Annotation annotation;
  annotation.set_annotation(id);
  annotation.mutable_anchor()->set_article("0123456789abcdef");
  v1::TextSpan* span = annotation.mutable_anchor()->add_spans();
  span->set_begin_byte(7);
  span->set_end_byte(9);
  span->set_exact("it");
  v1::TemporalExpression body;
  body.set_type(v1::TemporalExpression::TYPE_DATE);
  body.set_value(value);
  body.set_earliest(earliest);
  annotation.mutable_body()->set_type("verbatim.v1.TemporalExpression");
  annotation.mutable_body()->set_value(body.SerializeAsString());
  annotation.set_status(v1::ANNOTATION_STATUS_PROPOSED);
  return annotation;
}

class TimelineView : public testing::Test {
 protected:
  TimelineView() {
    const std::string name = "timeline";
    view_ = Plugin().view(Lend(name));
    self_ = view_->create(&kHost, {nullptr, 0}, &error_.sink);
  }
  ~TimelineView() override { view_->destroy(self_); }

  void Change(const v1::Annotation* before, const v1::Annotation* after) {
    v1::AnnotationChanged change;
    if (before != nullptr) *change.mutable_before() = *before;
    if (after != nullptr) *change.mutable_after() = *after;
    v1::ViewEvent event;
    event.set_type("verbatim.v1.AnnotationChanged");
    event.set_body(change.SerializeAsString());
    const std::string bytes = event.SerializeAsString();
    ASSERT_EQ(view_->apply(self_, Lend(bytes), &rows_.store, &error_.sink), VB_OK);
  }

  const vb_view* view_;
  void* self_;
  Collected error_;
  MemoryStore rows_;
};

TEST_F(TimelineView, HoldsARowForADate) {
  const auto dated = Annotation("one", "2020-06-19", "2020-06-19");
  Change(nullptr, &dated);
  EXPECT_EQ(rows_.rows.size(), 1u);
}

TEST_F(TimelineView, MovesTheRowOfAChangedDate) {
  const auto before = Annotation("one", "2020-06-19", "2020-06-19");
  const auto after = Annotation("one", "2019-06-19", "2019-06-19");
  Change(nullptr, &before);
  const std::string old_key = rows_.rows.begin()->first;
  Change(&before, &after);
  ASSERT_EQ(rows_.rows.size(), 1u);
  EXPECT_LT(rows_.rows.begin()->first, old_key);
}

TEST_F(TimelineView, KeepsTheRowOfARejectedDate) {
  const auto before = Annotation("one", "2020-06-19", "2020-06-19");
  auto after = before;
  after.set_status(v1::ANNOTATION_STATUS_REJECTED);
  Change(nullptr, &before);
  Change(&before, &after);
  EXPECT_EQ(rows_.rows.size(), 1u);
}

TEST_F(TimelineView, PutsTheUndatedLastAndLeavesOutTheVague) {
  const auto undated = Annotation("one", "", "XXXX-10-20");
  const auto dated = Annotation("two", "2020-06-19", "2020-06-19");
  const auto vague = Annotation("six", "", "PAST_REF");
  Change(nullptr, &undated);
  Change(nullptr, &dated);
  Change(nullptr, &vague);
  ASSERT_EQ(rows_.rows.size(), 2u);
  EXPECT_THAT(rows_.rows.begin()->second, testing::HasSubstr("2020-06-19"));
}

TEST_F(TimelineView, DropsTheRowOfADateThatIsNoneAnyMore) {
  const auto before = Annotation("one", "2020-06-19", "2020-06-19");
  const auto after = Annotation("one", "", "PRESENT_REF");
  Change(nullptr, &before);
  Change(&before, &after);
  EXPECT_TRUE(rows_.rows.empty());
}

}  // namespace
